"""What a record brought stands over what we would write; but not over what an officer has written since.

A key of ``extra`` that the model writes too was kept because the portal says the same in other signs ("120" for a time
in words). Once the part was edited it says something else, and then the model speaks alone.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

from catalogue.imports.portal_content import read_channel, read_detail, read_paper, read_row, without_guessed_time
from catalogue.imports.portal_values import Node
from catalogue.imports.portal_writing import write_channel, write_content, write_paper, write_row
from decisions.codec import to_plain
from decisions.content import Channel, Paper, ProcedureContent

PLACE = "bản ghi sẽ xuất"
_READ = tuple(
    field.name for field in fields(ProcedureContent) if field.name not in ("extra", "online", "channels", "times")
)
_ROW = ("name", "sectors", "subjects", "bodies")


def without_stale(content: ProcedureContent) -> ProcedureContent:
    """The text without those keys of ``extra`` that say what a part said before it was edited."""
    cases = tuple(replace(case, papers=tuple(map(_settled_paper, case.papers))) for case in content.cases)
    settled = replace(content, cases=cases, channels=tuple(map(_settled_channel, content.channels)))
    own = write_content(replace(settled, extra={}))
    if not (shared := own.keys() & content.extra.keys()):
        return settled
    read = read_detail(Node({**own, **content.extra}, PLACE))
    said = read_detail(Node({**content.extra, **own}, PLACE))
    if all(_words(getattr(read, part)) == _words(getattr(said, part)) for part in _READ):
        return settled
    return replace(settled, extra={key: value for key, value in content.extra.items() if key not in shared})


def row_without_stale(content: ProcedureContent) -> ProcedureContent:
    """The same for a text that came from a row of the national list."""
    own = write_row(content)
    read = read_row(Node({**own, **content.extra}, PLACE))
    if all(_words(getattr(read, part)) == _words(getattr(content, part)) for part in _ROW):
        return content
    return replace(content, extra={key: value for key, value in content.extra.items() if key not in own})


def _words(value: Any) -> str:
    """What a part says, whatever came with its rows; the order of sets does not count."""
    plain = _bare(to_plain(value))
    rows = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in plain] if isinstance(plain, list) else plain
    return json.dumps(sorted(rows) if isinstance(rows, list) else rows, ensure_ascii=False, sort_keys=True)


def _bare(plain: Any) -> Any:
    if isinstance(plain, dict):
        found = {key: _bare(value) for key, value in plain.items() if key != "extra"}
        return {key: sorted(v, key=str) if isinstance(v, list) else v for key, v in found.items()}
    return [_bare(item) for item in plain] if isinstance(plain, list) else plain


def _settled_paper(paper: Paper) -> Paper:
    own = write_paper(replace(paper, extra={}))
    if not (shared := own.keys() & paper.extra.keys()):
        return paper
    if _words(read_paper(Node(write_paper(paper), PLACE))) == _words(paper):
        return paper
    return replace(paper, extra={key: value for key, value in paper.extra.items() if key not in shared})


def _settled_channel(channel: Channel) -> Channel:
    own = write_channel(replace(channel, extra={}))
    if not (shared := own.keys() & channel.extra.keys()):
        return channel
    read = read_channel(Node(write_channel(channel), PLACE))
    if read.text == channel.text and channel.time in (read.time, without_guessed_time(read).time):
        return channel
    return replace(channel, extra={key: value for key, value in channel.extra.items() if key not in shared})
