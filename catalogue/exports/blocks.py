"""Long texts (Markdown, or plain lines with list marks) as blocks: the one place where exports read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from catalogue.exports.text import Block, Grid, Item, Items, Paragraph, Subheading

# Dots of symbol fonts and coloured dots, which few fonts have; a variation selector alone is nothing.
_DOTS = "\uf0b7\uf0a7\uf0d8\uf0fc🔹🔸🔷🔶➢➤❖"
_SYMBOLS = dict.fromkeys(map(ord, _DOTS), "•") | {0xF02D: "-", 0xF02B: "+", 0xFE0F: ""}
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BULLETS = "-+*•–—·▪●○■◦"
_MARK = re.compile(
    rf"(?P<mark>[{_BULLETS}](?![{_BULLETS}\d])|\(?\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.)](?=\s)|\(?[a-zđ]\d?\)(?=\s)|\([ivx]+\)(?=\s))\s*(?P<text>\S.*)"
)
_LABELLED = re.compile(r"(?P<label>Bước \d{1,2}(?:\.\d{1,2})?\s*[:.])\s*(?P<text>\S.*)")
_HEADING = re.compile(r"#{1,6}\s+(?P<text>\S.*?)\s*#*$")
_BOLD = re.compile(r"(?<![\w*(])\*\*(?=[\w\"“«])(.+?)(?<=[\w.:;,)?\"”»])\*\*(?![\w*)])")
_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """``text`` in NFC with ``\\n`` as its only control character: what every paper format can hold.

    Invisible marks (soft hyphens, direction overrides, lone surrogates) are dropped: on paper they could only
    reorder or hide words.
    """
    lines = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).translate(_SYMBOLS)
    return lines.translate(_KEPT).strip()


class _KeptCharacters(dict[int, str]):
    """What each character becomes, worked out at its first appearance: lists pass millions of characters here."""

    def __missing__(self, code: int) -> str:
        self[code] = _kept(chr(code))
        return self[code]


_KEPT = _KeptCharacters()


def _kept(character: str) -> str:
    if character == "\n" or "!" <= character <= "~":
        return character
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") else character


def one_line(text: str) -> str:
    """``plain`` with every run of blanks and line ends as one space: names, numbers, cells."""
    return " ".join(plain(text).split())


@lru_cache(maxsize=4096)
def cell(text: str) -> str:
    """``plain`` without Markdown marks, line ends kept, blank lines dropped: the text of a table cell."""
    lines = (" ".join(line.split()) for line in plain(text).split("\n"))
    return "\n".join(_inline(line) for line in lines if line)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Paragraphs, lists with their printed marks, and Markdown tables, in order; an empty text has no blocks."""
    return tuple(_grouped(_parsed(plain(text).split("\n"))))


def _parsed(lines: list[str]) -> Iterator[Block | Item | None]:
    open_ranks: list[int] = []
    at = 0
    while at < len(lines):
        line = " ".join(lines[at].split())
        if line.startswith("|") and at + 1 < len(lines) and _RULE.fullmatch(lines[at + 1].strip()):
            grid, at = _table(lines, at)
            yield grid
            continue
        at += 1
        if not line:
            yield None
            continue
        yield _line(line, open_ranks)


def _line(line: str, open_ranks: list[int]) -> Block | Item:
    if found := _HEADING.fullmatch(line):
        open_ranks.clear()
        return Subheading(_inline(found["text"]))
    if found := _LABELLED.fullmatch(line):
        open_ranks.clear()
        return Paragraph(_inline(found["text"]), label=found["label"])
    if (found := _MARK.fullmatch(line)) and not _BOLD.match(line):
        return Item(_inline(found["text"]), found["mark"], _depth(found["mark"], open_ranks))
    open_ranks.clear()
    return Paragraph(_inline(line))


def _depth(mark: str, open_ranks: list[int]) -> int:
    """How deep a mark stands below the marks before it: numbers and "*" outermost, then letters, "-", "+", dots."""
    if mark[0].isdigit() or mark == "*" or mark[1:2].isdigit():
        rank = 0
    elif mark.endswith(")"):
        rank = 1
    else:
        rank = 2 if mark in "-–—" else 3 if mark == "+" else 4
    while open_ranks and open_ranks[-1] >= rank:
        open_ranks.pop()
    open_ranks.append(rank)
    return len(open_ranks) - 1


def _grouped(parsed: Iterable[Block | Item | None]) -> Iterator[Block]:
    """Neighbouring items as one list; a blank line between two items does not end the list."""
    items: list[Item] = []
    for block in parsed:
        if isinstance(block, Item):
            items.append(block)
        elif block is not None:
            if items:
                yield Items(tuple(items))
                items = []
            yield block
    if items:
        yield Items(tuple(items))


def _table(lines: list[str], start: int) -> tuple[Grid, int]:
    """The Markdown table that starts at ``start``, and the index after it."""
    end = start + 2
    while end < len(lines) and lines[end].strip().startswith("|"):
        end += 1
    rows = [_cells(line) for line in (lines[start], *lines[start + 2 : end])]
    width = max(len(row) for row in rows)
    header, *body = ((*row, *("",) * (width - len(row))) for row in rows)
    return Grid(header, tuple(body), (1,) * width), end


def _cells(line: str) -> tuple[str, ...]:
    return tuple(_inline(text.strip()) for text in line.strip().strip("|").split("|"))


def _inline(line: str) -> str:
    """Without the Markdown marks that mean nothing on paper; a link keeps its address."""
    line = _LINK.sub(lambda m: m[1] if m[1] == m[2] else f"{m[1]} ({m[2]})", line)
    return _ESCAPED.sub(r"\1", _AUTOLINK.sub(r"\1", _BOLD.sub(r"\1", line)))
