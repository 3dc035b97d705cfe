"""The workflows of a decision: read out of its annexes, each given to the procedure it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from catalogue.imports.decision_labels import level_of_heading
from catalogue.imports.decision_values import (
    Doubt,
    ParsedAct,
    ParsedLine,
    ParsedWorkflow,
    Unexplained,
    WorkflowExpiry,
)
from catalogue.imports.decision_word import Block, Cell, Row, Table
from catalogue.imports.workflow_drafts import WorkflowDraft
from catalogue.imports.workflow_finishing import finished, limit_of
from catalogue.imports.workflow_headings import NamedProcedure, bare_name, read_heading
from catalogue.imports.workflow_tables import WorkflowReader
from decisions.kinds import ChangeKind, Level
from decisions.numbering import find_codes, parse_code
from decisions.text import fold
from decisions.workflow import WorkflowKind

_ALIKE = 0.93
_NON_TERRITORIAL = re.compile(r"(?:khong phu thuoc (?:vao )?|phi )dia gioi")
_SIGN = re.compile(r"(?:ký hiệu|mã hiệu)\s*:?\s*([A-ZĐ]{2,}[\w.&/Đ-]*\d)")


@dataclass(frozen=True)
class WorkflowsRead:
    """What the annexes gave: workflows, rows of theirs nobody understood, rows that belong to something else."""

    workflows: tuple[ParsedWorkflow, ...]
    left: tuple[Unexplained, ...]
    others: frozenset[tuple[int, int]]

    @property
    def rows(self) -> frozenset[tuple[int, int]]:
        """(table, row) of everything in a workflow."""
        return frozenset(row for workflow in self.workflows for row in workflow.rows)


def read_workflows(blocks: Sequence[Block], lines: Sequence[ParsedLine], subject: str) -> WorkflowsRead:
    """Every workflow of the annexes; one for each procedure where the paper gives one to a group."""
    reader = WorkflowReader().read(blocks)
    found = [workflow for draft in reader.drafts for workflow in _for_each(draft, lines, subject)]
    return WorkflowsRead(tuple(found), tuple(reader.left), frozenset(reader.others))


def workflow_of_rows(rows: Sequence[Sequence[str]], heading: str = "") -> ParsedWorkflow | None:
    """One workflow out of rows of cells, as pasted; without a header the columns are told by what they hold."""
    table = Table(1, tuple(
        Row(number, tuple(Cell(text, column, 1, merged=False) for column, text in enumerate(cells)))
        for number, cells in enumerate(rows, start=1)
    ))  # fmt: skip
    reader = WorkflowReader().read([table])
    if not reader.drafts:
        return None
    draft = reader.drafts[0]
    draft.heading = draft.heading or heading
    left = tuple(Doubt("", piece.text, "Hàng này không phải một bước và chưa được đưa vào.") for piece in reader.left)
    first = next(iter(_for_each(draft, (), "")))
    return replace(first, doubts=(*first.doubts, *left))


def _for_each(draft: WorkflowDraft, lines: Sequence[ParsedLine], subject: str) -> Iterator[ParsedWorkflow]:
    heading = read_heading(draft.heading)
    case = draft.case or heading.case
    said = fold(f"{subject} {draft.annex} {draft.above}")
    electronic = "quy trinh dien tu" in said and "quy trinh noi bo" not in said
    kind = WorkflowKind.ELECTRONIC if electronic else WorkflowKind.INTERNAL
    level = read_heading(draft.above).level or heading.level
    named = heading.procedures or (NamedProcedure("", ""),)
    workflow = finished(draft, "", case, kind=kind, non_territorial=bool(_NON_TERRITORIAL.search(said)))
    limit = limit_of(draft, case, heading.limit)
    if not draft.steps:
        draft.doubt(draft.symbol or draft.heading[:120], "Quy trình này không có bước nào đọc được.")
    for procedure in named:
        line = line_of(procedure, level, lines)
        code = procedure.code or (line.code if line else "")
        yield ParsedWorkflow(
            place=f"{draft.place}, dòng {draft.rows[0][1]}" if draft.rows else draft.place,
            annex=draft.annex,
            heading=heading.text,
            ordinal=heading.ordinal,
            name=procedure.name or (line.name if line else ""),
            code_printed=code,
            code_key=_key(code),
            level=level or (line.level if line else None) or level_of_heading(draft.annex) or Level.UNKNOWN,
            workflow=replace(workflow, name=procedure.name, symbol=workflow.symbol or heading.symbol or _symbol(line)),
            limit=limit,
            line=line.position.order if line else None,
            group=tuple(other.name or other.code for other in named if other is not procedure),
            rows=tuple(draft.rows),
            doubts=(*draft.doubts, *_nameless(procedure, draft)),
        )


def _key(code: str) -> str | None:
    parsed = parse_code(code) if code else None
    return parsed.root if parsed else None


def _nameless(procedure: NamedProcedure, draft: WorkflowDraft) -> Iterator[Doubt]:
    if not procedure.name and not procedure.code:
        yield Doubt("", draft.heading[:200], "Chưa biết quy trình này của thủ tục nào; cần chọn thủ tục.")


def _symbol(line: ParsedLine | None) -> str:
    """The sign that the list of workflows prints beside the name (column "Ký hiệu")."""
    cells = line.cells if line else ()
    return next((text for label, text in cells if fold(label).startswith(("ky hieu", "ma hieu")) and text), "")


# ---------------------------------------------------------------- which procedure


def line_of(procedure: NamedProcedure, level: Level | None, lines: Sequence[ParsedLine]) -> ParsedLine | None:
    """The line of the decision that lists the procedure: by code, else by name; of several the one of the level."""
    key = _key(procedure.code)
    coded = [line for line in lines if key and key in (line.code_key, *line.codes)]
    found = coded or [lines[i] for i in names_like(procedure.name, [line.name for line in lines])]
    found.sort(key=lambda line: (line.kind is ChangeKind.ABOLISHED, level is not None and line.level is not level))
    return found[0] if found else None


def names_like(name: str, names: Sequence[str]) -> list[int]:
    """Indexes of the names that are this one: equal without marks and blanks, one inside the other, or nearly equal."""
    own = bare_name(name)
    if len(own) < 8:
        return []
    bare = [bare_name(other) for other in names]
    equal = [i for i, other in enumerate(bare) if other == own]
    if equal:
        return equal
    inside = [i for i, other in enumerate(bare) if len(other) > 24 and len(own) > 24 and (own in other or other in own)]
    if inside:
        return sorted(inside, key=lambda i: abs(len(bare[i]) - len(own)))
    ratios = [
        (SequenceMatcher(None, own, other).ratio() if _near(own, other) else 0.0, -i) for i, other in enumerate(bare)
    ]
    best = max(ratios, default=(0.0, 0))
    return [-best[1]] if best[0] >= _ALIKE else []


def _near(own: str, other: str) -> bool:
    return abs(len(own) - len(other)) < 0.15 * max(len(own), len(other), 1)


# ---------------------------------------------------------------- what ends


def read_expiries(acts: Sequence[ParsedAct]) -> tuple[WorkflowExpiry, ...]:
    """What the acts say of workflows of earlier decisions: by printed serials, or each by sign, code and name."""
    return tuple(expiry for act in acts if "quy trình" in act.serials.lower() for expiry in _expiries_of(act))


def ends_workflows_only(act: ParsedAct) -> bool:
    """Whether the rows an act speaks of are workflows and no rows of a list: "Quy trình nội bộ có số thứ tự 12"."""
    return bool(re.match(r"\s*(?:các\s+|những\s+)?quy trình\b", act.serials, re.IGNORECASE))


def _expiries_of(act: ParsedAct) -> Iterator[WorkflowExpiry]:
    opening, *listed = act.serials.split("\n")
    ending = WorkflowExpiry(act.target, act.target_date, act.sentence, act.article)
    named = [line for line in listed if _SIGN.search(line) or find_codes(line)]
    if not named:
        yield replace(ending, serials=" ".join(act.serials.split()))
    for line in named:
        symbol, codes = _SIGN.search(line), find_codes(line)
        procedures = read_heading(line).procedures
        yield replace(
            ending,
            symbol=symbol[1] if symbol else "",
            name=procedures[0].name if procedures else "",
            code=codes[0].printed if codes else "",
        )
