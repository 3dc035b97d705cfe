"""Cuts a decision into its front (head, bases), the articles, the signature and the annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalogue.imports.decision_context import HeadingRank, rank_of
from catalogue.imports.decision_segments import take_apart
from catalogue.imports.decision_values import RowAccount, RowRole
from catalogue.imports.decision_word import Block, Paragraph, Row, Table
from decisions.text import fold

_DECIDES = re.compile(r"QUYẾT ĐỊNH\s*:")
_ARTICLE = re.compile(r"(?:^|\s)Điều\s+1\s*\.|^Điều\s*$")
_SIGNS = re.compile(r"nơi nhận|^\W*(?:KT|TM|TUQ|TL)\s*\.|^\W*(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG)\b", re.IGNORECASE)
_SIGNS_BELOW = re.compile(
    r"\W*(?:[Nn]ơi nhận|NƠI NHẬN)\b|\W*(?:KT|TM|TUQ|TL)\s*\.\s*[A-ZỦỤ]|(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|CHÁNH VĂN PHÒNG)$"
)
_GLUED_ANNEX = re.compile(r"(?<=\s)(?=Phụ lục [IVX\d]+ DANH MỤC)")


@dataclass(frozen=True)
class Front:
    """``texts``: what stands before the articles; ``articles``: one text; ``signature``: cells; the rest is annex."""

    texts: tuple[str, ...]
    articles: str
    signature: tuple[str, ...]
    annexes: tuple[Block, ...]
    accounts: tuple[RowAccount, ...]


def split_front(blocks: Sequence[Block]) -> Front:
    """Splits at "QUYẾT ĐỊNH:" (or Điều 1), at the signature and at the first annex heading."""
    blocks = _with_lines(blocks)
    start = next((i for i, block in enumerate(blocks) if _opens_articles(block)), len(blocks))
    texts, accounts = _texts(blocks[:start])
    articles: list[str] = []
    inserted: list[Block] = []
    for index in range(start, len(blocks)):
        block = blocks[index]
        if isinstance(block, Table):
            if _articles_go_on(blocks[index + 1 :]):
                inserted.append(block)  # a list printed inside an article
                continue
            front = _signed(blocks, index, texts, articles, accounts)
            return replace(front, annexes=(*inserted, *front.annexes))
        if articles and _starts_annex(block):
            return Front(tuple(texts), _body(articles), (), (*inserted, *blocks[index:]), tuple(accounts))
        if articles and _SIGNS_BELOW.match(block.text):
            signature, rest = _signed_by_paragraphs(blocks[index:])
            return Front(tuple(texts), _body(articles), signature, (*inserted, *rest), tuple(accounts))
        articles.append(block.text)
    return Front(tuple(texts), _body(articles), (), tuple(inserted), tuple(accounts))


def _body(articles: list[str]) -> str:
    joined = "\n".join(articles)
    match = _DECIDES.search(joined)
    return joined[match.end() :] if match else joined


def _articles_go_on(blocks: Sequence[Block]) -> bool:
    """Whether a further "Điều n." follows before any annex or other table."""
    for block in blocks:
        if isinstance(block, Table) or _starts_annex(block):
            return False
        if re.match(r"Điều\s+\d+\s*\.", block.text):
            return True
    return False


def _signed_by_paragraphs(blocks: Sequence[Block]) -> tuple[tuple[str, ...], tuple[Block, ...]]:
    """A signature without a table: "Nơi nhận" with its dashes, then capacity and name."""
    recipients: list[str] = []
    signs: list[str] = []
    for block in blocks:
        if isinstance(block, Table) or _starts_annex(block) or rank_of(block.text) is HeadingRank.TITLE:
            break
        listed = fold(block.text).startswith("noi nhan") or (recipients and block.text.startswith(("-", "–")))
        (recipients if listed else signs).append(block.text)
    found = ("\n".join(part) for part in (recipients, signs) if part)
    return tuple(found), tuple(blocks[len(recipients) + len(signs) :])


def _with_lines(blocks: Sequence[Block]) -> list[Block]:
    """Texts that hold "QUYẾT ĐỊNH: Điều 1." or an annex title in one paragraph become several blocks."""
    lined: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            lined.append(block)
            continue
        match = _DECIDES.search(block.text)
        pieces = [block.text[: match.start()], block.text[match.start() :]] if match and match.start() else [block.text]
        parts = (part.strip() for whole in pieces for part in _GLUED_ANNEX.split(whole))
        lined += [Paragraph(part) for part in parts if part]
    return lined


def _opens_articles(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_DECIDES.match(block.text) or re.match(r"Điều\s+1\s*\.", block.text))


def _starts_annex(block: Paragraph) -> bool:
    return rank_of(block.text) in (HeadingRank.ANNEX, HeadingRank.PART)


def _texts(blocks: Sequence[Block]) -> tuple[list[str], list[RowAccount]]:
    texts: list[str] = []
    accounts: list[RowAccount] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
            continue
        for row in block.rows:
            texts += [cell.text for cell in row.cells if cell.text]
            role = RowRole.HEAD if row.text else RowRole.EMPTY
            accounts.append(RowAccount(block.number, row.number, role, row.text))
    return texts, accounts


def _signed(
    blocks: Sequence[Block], index: int, texts: list[str], articles: list[str], accounts: list[RowAccount]
) -> Front:
    """The table behind the articles: its signature cells are taken out, what is glued behind them stays annex."""
    table = blocks[index]
    assert isinstance(table, Table)
    body = _body(articles)
    first = table.rows[0] if table.rows else Row(1, ())
    signs = [cell for cell in first.cells if _SIGNS.search(cell.text)]
    if not signs:
        return Front(tuple(texts), body, (), tuple(blocks[index:]), tuple(accounts))
    last = first.cells.index(signs[-1])
    signature = [cell for cell in first.cells[: last + 1] if cell.text]
    accounts.append(RowAccount(table.number, first.number, RowRole.HEAD, " | ".join(c.text for c in signature)))
    rest = first.cells[last + 1 :]
    glued = any(cell.text for cell in rest) and take_apart(Row(first.number, rest), 0).schema
    if glued:
        rows = (replace(first, cells=rest), *table.rows[1:])
        annexes: list[Block] = [Table(table.number, rows), *blocks[index + 1 :]]
    elif any(cell.text for cell in rest) or len(table.rows) > 1:
        rows = (replace(first, cells=rest), *table.rows[1:]) if any(c.text for c in rest) else table.rows[1:]
        annexes = [Table(table.number, rows), *blocks[index + 1 :]]
    else:
        annexes = list(blocks[index + 1 :])
    return Front(tuple(texts), body, tuple(cell.text for cell in signature), tuple(annexes), tuple(accounts))
