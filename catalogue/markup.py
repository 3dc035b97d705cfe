"""Long texts to safe HTML, in one place: Markdown as officials type it, then a sanitiser.

The printed marks are kept: "1." and "a)" stay what the paper says, a line break stays a line break, and a star at the
start of a line is a star. Lists made with "-" and below them "+" become lists. Raw HTML is shown as text.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache

import markdown
import nh3
from markupsafe import Markup, escape

TAGS = {"p", "br", "ul", "li", "strong", "em", "a", "table", "thead", "tbody", "tr", "th", "td"}

_local = threading.local()
_ITEM = re.compile(r"^\s*([-–+•])\s+(?=\S)")


@lru_cache(maxsize=4096)
def to_html(text: str) -> Markup:
    """Sanitised HTML of a Markdown text; the empty text gives the empty string."""
    if not text.strip():
        return Markup("")
    html = _converter().reset().convert(_prepared(text))
    # The sanitiser has the last word, so what it returns is safe to print.
    return Markup(nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}))  # noqa: S704


def _converter() -> markdown.Markdown:
    found: markdown.Markdown | None = getattr(_local, "converter", None)
    if found is None:
        found = markdown.Markdown(extensions=["nl2br", "tables"])
        # Indented lines, underlined lines and "1." are ordinary in official texts and must not turn into code or lists.
        for name in ("code", "hashheader", "setextheader", "olist", "hr", "quote"):
            found.parser.blockprocessors.deregister(name)
        _local.converter = found
    return found


def _prepared(text: str) -> str:
    lines: list[str] = []
    in_list = False
    for raw in str(escape(text)).replace("&#34;", '"').replace("&#39;", "'").splitlines():
        line = raw.replace("\u00a0", " ").strip()
        item = _ITEM.match(line)
        if item:
            if lines and not in_list and lines[-1]:
                lines.append("")
            nested = item[1] == "+" and in_list
            lines.append(f"{'    ' if nested else ''}- {line[item.end() :]}")
        else:
            if in_list and line:
                lines.append("")
            lines.append(re.sub(r"^([*#])", r"\\\1", line))
        in_list = bool(item) or (in_list and not line)
    return "\n".join(lines)
