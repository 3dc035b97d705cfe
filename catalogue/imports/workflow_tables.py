"""Finds the tables of steps in the annexes and reads them row by row: every row of them gets into a draft or is left.

A workflow may be split over several tables, one table may hold several, headers repeat on each page, and converters
glue the next heading and header behind a total.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalogue.imports.decision_context import HeadingRank, is_attachment_note, rank_of
from catalogue.imports.decision_segments import take_apart
from catalogue.imports.decision_values import Unexplained, short_annex
from catalogue.imports.decision_word import Block, Cell, Paragraph, Row, Table
from catalogue.imports.workflow_columns import (
    StepColumn,
    StepHeader,
    find_header,
    guess_header,
    is_label,
    looks_timed,
    text_under,
    with_second_row,
)
from catalogue.imports.workflow_drafts import (
    Section,
    WorkflowDraft,
    is_part_row,
    is_step_row,
    is_total_row,
    stage_of,
    step_of,
    torn_apart,
)
from catalogue.imports.workflow_headings import (
    is_capital,
    is_part_of_paper,
    names_procedure,
    opens_case,
    opens_stage,
    without_case,
)
from decisions.numbering import find_codes
from decisions.text import fold

_SYMBOL = re.compile(r"^\W*(?:ky hieu|ma hieu) (?:quy trinh|tai lieu)\W*$")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})?\.?")
_STAGE_TOTAL = re.compile(r"\b(?:tại|ở|của)\s+(?!TTHC)(.+?)(?:\s+là)?\s*:?\s*$", re.IGNORECASE)
_LETTERHEAD = re.compile(r"CỘNG H[OÒ][AÀ] XÃ HỘI|\.{5,}|…{2,}|Ký, ghi rõ|\(Chữ ký")


class WorkflowReader:
    """Reads the blocks behind the signature once; ``drafts``, ``left`` and ``others`` hold what came out.

    ``others`` are rows inside such tables that belong to something else (forms behind the steps).
    """

    def __init__(self) -> None:
        self.drafts: list[WorkflowDraft] = []
        self.left: list[Unexplained] = []
        self.others: set[tuple[int, int]] = set()
        self._draft: WorkflowDraft | None = None
        self._pending: list[str] = []
        self._named = ""
        self._seen = ""
        self._annex = ""
        self._above: list[str] = []
        self._awaits_total = False
        self._fresh: WorkflowDraft | None = None

    def read(self, blocks: Sequence[Block]) -> WorkflowReader:
        """Reads everything; call once."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block.text)
            else:
                self._table(block)
        self._forget_empty()
        return self

    def _forget_empty(self) -> None:
        """A header without a step under it was that of some other table."""
        empty = [draft for draft in self.drafts if not draft.steps and not draft.iso]
        self.drafts = [draft for draft in self.drafts if draft not in empty]
        self.left = [left for left in self.left if not any(left.place.startswith(d.place) for d in empty)]

    # ------------------------------------------------------------ headings

    def _paragraph(self, text: str) -> None:
        rank = rank_of(text)
        if rank in (HeadingRank.ANNEX, HeadingRank.PART):
            self._draft, self._pending, self._named, self._seen = None, [], "", ""
            self._annex = " ".join(text.split()) if rank is HeadingRank.ANNEX else self._annex
            self._above = [text]
        elif not is_attachment_note(text):
            self._pending.append(text)
            if rank is not HeadingRank.NONE or _LETTERED_HEAD.search(text):
                self._above.append(text)

    def _begin(self, table: Table, glued: str) -> WorkflowDraft:
        """The draft that the next steps belong to: a new one where a heading opens it, else the one being read."""
        lines = [line for line in (*self._pending, glued) if line]
        self._pending = []
        opening = _last(lines, names_procedure)
        case = _last(lines, opens_case)
        fresh = self._draft is None or self._draft.closed
        if opening is not None and (case is None or case >= opening):
            while opening and re.match(r"\W*quy trình (?:số|thứ)", lines[opening - 1], re.IGNORECASE):
                opening -= 1
            stage = lines.pop() if opens_stage(lines[-1]) and opening < len(lines) - 1 else ""
            self._named = "\n".join(lines[opening:])
            draft = self._new(table, self._named)
            if stage:
                draft.enter_stage(stage)
            return draft
        if case is not None:
            return self._new(table, f"{without_case(self._named)}\n" + "\n".join(lines[case:]))
        if fresh:
            last = lines[-1] if lines and not (is_part_of_paper(lines[-1]) or is_capital(lines[-1])) else ""
            self._named = last or self._seen
            return self._new(table, self._named)
        assert self._draft is not None
        if lines and opens_stage(lines[-1]):
            self._draft.enter_stage(lines[-1])
        elif lines:
            self._draft.notes += lines
        return self._draft

    def _new(self, table: Table, heading: str) -> WorkflowDraft:
        place = ", ".join(part for part in (short_annex(self._annex), f"bảng {table.number}") if part)
        self._draft = WorkflowDraft(place, heading, self._annex, "\n".join(self._above))
        self._awaits_total = False
        self.drafts.append(self._draft)
        return self._draft

    # ------------------------------------------------------------ tables

    def _table(self, table: Table) -> None:
        self._go_on_or_leave(table)
        for row in table.rows:
            self._row(table, row)

    def _go_on_or_leave(self, table: Table) -> None:
        """A table without a header goes on with the steps above; with a heading of its own its columns are guessed."""
        if any(find_header(row.cells) for row in table.rows):
            return
        rows = [[cell.text for cell in row.cells if cell.text] for row in table.rows]
        stepped = sum(bool(row) and is_label(row[0]) for row in rows)
        named = _last(self._pending, names_procedure) is not None
        if stepped < 2:
            self._draft = self._draft if self._draft and not named and _goes_on(table, self._draft) else None
        elif (self._draft is None or self._draft.closed or named) and (header := guess_header(rows)):
            self._begin(table, "").header = header

    def _row(self, table: Table, row: Row) -> None:
        texts = [cell.text for cell in row.cells if cell.text]
        if not texts:
            return
        if found := find_header(row.cells):
            self._header(table, row, row.cells[: found[0]], found[1])
        elif (symbol := next((i for i, c in enumerate(row.cells) if _SYMBOL.match(fold(c.text))), None)) is not None:
            self._iso(table, row, symbol)
        elif self._fresh and self._fresh.header and (wider := with_second_row(self._fresh.header, row.cells)):
            self._fresh.header, self._fresh = wider, None
            self._claim(table, row)
            return
        elif self._draft is None:
            self._watch(table, row, texts)
        else:
            self._inside(table, row, texts)
        self._fresh = self._draft if found else None

    def _watch(self, table: Table, row: Row, texts: Sequence[str]) -> None:
        """Rows that belong to no workflow may still name the procedure whose steps come later."""
        for text in texts:
            if find_codes(text) and re.search(r"thu tuc|quy trinh", fold(text)) and len(text) > 40:
                self._seen = text
                if _LETTERED_HEAD.search(text):
                    self._above.append(text[:200])
        stepped = any(is_label(text) for text in texts[:2])
        if not stepped and any(draft.rows and draft.rows[0][0] == table.number for draft in self.drafts):
            self.others.add((table.number, row.number))

    def _header(self, table: Table, row: Row, before: Sequence[Cell], header: StepHeader) -> None:
        texts = [cell.text for cell in before if cell.text]
        glued = ""
        if texts and not is_total_row(texts[-1:]) and not looks_timed(texts[-1]):
            glued = texts.pop()
        if texts and self._draft is not None:
            self._inside(table, row, texts)
        if glued:
            self._above += [glued[:200]] if _LETTERED_HEAD.search(glued) else []
        if self._draft is not None and self._draft.iso and not self._draft.steps:
            self._draft.header = header
        else:
            draft = self._begin(table, glued)
            draft.header = header
        self._claim(table, row)

    def _iso(self, table: Table, row: Row, index: int) -> None:
        """ "KÝ HIỆU QUY TRÌNH" opens a workflow in the ISO layout; the name may be glued in front."""
        before = [cell.text for cell in row.cells[:index] if cell.text and not _SECTION.fullmatch(cell.text)]
        self._draft = None
        draft = self._begin(table, before[-1] if before else "")
        draft.symbol = next((cell.text for cell in row.cells[index + 1 :] if cell.text), "")
        draft.iso = True
        self._claim(table, row)

    # ------------------------------------------------------------ rows of a workflow

    def _inside(self, table: Table, row: Row, texts: Sequence[str]) -> None:
        draft = self._draft
        assert draft is not None
        if self._awaits_total and looks_timed(texts[0], draft.header.unit if draft.header else None):
            label, _ = draft.totals[-1]
            draft.totals[-1] = (label, texts[0])
            self._awaits_total = False
        elif is_total_row(texts):
            self._total(draft, texts, row)
        elif is_step_row(row.cells, draft):
            self._step(table, row)
        elif draft.iso and self._section(draft, texts):
            pass
        elif is_part_row(row.cells, draft):
            self._append(draft, row, table)
        elif draft.closed:
            self._behind(table, row, texts)
            return
        else:
            self._loose(table, row, texts)
        self._claim(table, row)

    def _total(self, draft: WorkflowDraft, texts: Sequence[str], row: Row) -> None:
        """The sum stands behind its label, in it, or in the next row; of two sums the one under the time column."""
        label, *rest = texts
        before, _, own = label.partition(":")
        if own.strip() and (not rest or looks_timed(own.strip())):
            label, value = before, own.strip()
        elif draft.header and len(rest) > 1 and looks_timed(rest[1]):
            value = text_under(row.cells, draft.header, StepColumn.TIME) or rest[0]
            rest = [text for text in rest if text != value]
        else:
            value, rest = (rest[0] if rest else ""), rest[1:]
        draft.notes += [f"{label}: {text}" for text in rest if looks_timed(text)]
        draft.sections += [Section("", text) for text in rest if not looks_timed(text)]
        if stage := _STAGE_TOTAL.search(label):
            name = stage[1].strip(" :")
            for step in draft.steps:
                step.stage = step.stage or name
            draft.stages.append((name, value))
            return
        draft.totals.append((label, value))
        draft.closed = True
        self._awaits_total = not value

    def _step(self, table: Table, row: Row) -> None:
        """A label that starts again at 1 without a heading opens an unnamed workflow, or a part of this one."""
        draft = self._draft
        assert draft is not None
        texts = [cell.text for cell in row.cells if cell.text]
        first = re.sub(r"\D", "", texts[0])[:3].lstrip("0") == "1" and is_label(texts[0])
        if draft.closed and first:
            header = draft.header
            draft = self._begin(table, "")
            draft.header = header
            if not draft.heading:
                draft.doubt(texts[0], "Bảng quy trình này không có tên thủ tục ở trên.")
        elif draft.closed:
            draft.closed = False
            draft.doubt(texts[0], "Bước này đứng sau hàng tổng thời gian.")
        elif first and draft.steps and not row.cells[0].merged and any(s.stage == draft.stage for s in draft.steps):
            draft.enter_stage(f"Phần {len({step.stage for step in draft.steps}) + 1}")
            draft.doubt(texts[0], "Số bước bắt đầu lại từ 1 mà không có tên phần; được coi là phần tiếp theo.")
        self._append(draft, row, table)

    def _append(self, draft: WorkflowDraft, row: Row, table: Table) -> None:
        for step in torn_apart(step_of(row.cells, draft), row.cells, draft):
            step.row = (table.number, row.number)
            draft.steps.append(step)

    def _section(self, draft: WorkflowDraft, texts: Sequence[str]) -> bool:
        """Parts of the ISO layout before and behind the steps."""
        numbered = bool(_SECTION.fullmatch(texts[0])) and len(texts) > 1
        if numbered and (not draft.steps or is_capital(texts[1].split("(")[0])):
            title, _, rest = texts[1].partition(":")
            section = Section(
                texts[0].rstrip("."), title.strip(), [text for text in (rest.strip(), *texts[2:]) if text]
            )
            draft.sections.append(section)
            return True
        if draft.sections and (not draft.steps or draft.sections[-1].number in ("3", "4", "5", "6", "7", "8")):
            if not draft.steps and draft.header:
                return False
            draft.sections[-1].lines.append(" ".join(text for text in texts if text not in ("-", "–", "+")))
            return True
        return False

    def _loose(self, table: Table, row: Row, texts: Sequence[str]) -> None:
        """A row with one text: a stage, a case, a name, the rest of a torn cell, or a remark."""
        draft = self._draft
        assert draft is not None
        stage = stage_of(texts, draft)
        lettered = stage is not None
        text = " ".join(texts) if lettered else texts[0]
        if len(texts) > 2 and all(re.fullmatch(r"\(?\d{1,2}\)?", text) for text in texts) and not draft.steps:
            return  # the columns are numbered below their labels
        if len(texts) > 1 and not lettered:
            self.left.append(Unexplained(row.text, f"{draft.place}, dòng {row.number}"))
        elif (
            opens_case(named := stage[0] if stage else text)
            and (lettered or not draft.steps or len(text) < 160)
            and _is_heading_case(text, lettered)
        ):
            self._case(table, named)
        elif draft.steps and (find_codes(text) and names_procedure(text)):
            self._pending, draft.closed = [text], True
        elif stage or opens_stage(text):
            draft.enter_stage(*(stage or (text,)))
        elif draft.steps and text[:1].islower():
            draft.steps[-1].text = f"{draft.steps[-1].text} {text}"
        elif (
            draft.steps and not draft.steps[-1].product and fold(text).startswith(("ho so", "mau", "phieu", "bieu mau"))
        ):
            draft.steps[-1].product = text
        else:
            draft.notes.append(text)

    def _case(self, table: Table, text: str) -> None:
        """A case inside a table: the steps that follow are a workflow of their own under the same sign."""
        draft = self._draft
        assert draft is not None
        if not draft.steps:
            draft.case = text
            return
        new = self._new(table, draft.heading)
        new.header, new.symbol, new.iso, new.case = draft.header, draft.symbol, draft.iso, text
        new.sections = list(draft.sections)

    def _behind(self, table: Table, row: Row, texts: Sequence[str]) -> None:
        """Rows behind the total: the name of the next workflow, further numbered parts, then forms."""
        draft = self._draft
        assert draft is not None
        if len(texts) == 1 and (names_procedure(texts[0]) or opens_case(texts[0])):
            self._pending.append(texts[0])
            self._claim(table, row)
            return
        kept = [text for text in texts if not _LETTERHEAD.search(text)]
        if kept and len(kept) == len(texts):
            draft.sections.append(Section("", kept[0], list(kept[1:])))
            self._claim(table, row)
            return
        draft.sections += [Section("", text) for text in kept]
        self._draft = None
        if kept:
            self._claim(table, row, draft)
        else:
            self.others.add((table.number, row.number))

    def _claim(self, table: Table, row: Row, draft: WorkflowDraft | None = None) -> None:
        owner = draft or self._draft
        if owner is not None and (table.number, row.number) not in owner.rows:
            owner.rows.append((table.number, row.number))


def _goes_on(table: Table, draft: WorkflowDraft) -> bool:
    """Whether a table without a header belongs to what is open: it adds up, or the ISO layout goes on in it."""
    if not table.rows or draft.closed or take_apart(table.rows[0], 0).schema:
        return False
    rows = [[cell.text for cell in row.cells if cell.text] for row in table.rows]
    added = any(is_total_row(texts) for texts in rows)
    return added or draft.iso or any(is_step_row(row.cells, draft) for row in table.rows)


_LETTERED_HEAD = re.compile(r"(?:^|\s)[A-H]\.\s+[A-ZĐÀ-Ỹ]{2,}")


def _last(lines: Sequence[str], test: object) -> int | None:
    assert callable(test)
    return next((index for index in range(len(lines) - 1, -1, -1) if test(lines[index])), None)


def _is_heading_case(text: str, lettered: bool) -> bool:
    """ "Trường hợp hồ sơ quá hạn xử lý, …" is a remark; a case has its number or ends without a sentence."""
    return lettered or (len(text) < 160 and "," not in text[:80])
