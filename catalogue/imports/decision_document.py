"""A Word decision as one value: ``read_decision(data, filename)``. Pure: bytes in, ``ParsedDecision`` out.

Nothing of an annex is dropped: each table row has an account, and list rows that were not understood are listed with
their place. What contradicts itself is read by the nearest words and marked with a doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from catalogue.imports.decision_acts import read_acts
from catalogue.imports.decision_annexes import AnnexRead, AnnexReader
from catalogue.imports.decision_articles import read_effects, split_articles
from catalogue.imports.decision_context import DecisionKinds
from catalogue.imports.decision_counts import count_lines, count_problems, stated_in_groups, stated_in_text
from catalogue.imports.decision_front import Front, split_front
from catalogue.imports.decision_head import FrontMatter, read_front, recipients_of
from catalogue.imports.decision_labels import change_kinds, is_step, level_of_heading, list_kind, sector_of_title
from catalogue.imports.decision_lines import LineDraft, finished
from catalogue.imports.decision_paragraphs import read_paragraph_lists
from catalogue.imports.decision_spelling import broken_syllables
from catalogue.imports.decision_values import (
    DecisionHead,
    EffectClause,
    NotADecision,
    ParsedDecision,
    ParsedLine,
    Problem,
    RowAccount,
    RowRole,
    StatedCount,
    Unexplained,
    short_annex,
)
from catalogue.imports.decision_word import Block, read_blocks
from catalogue.imports.workflow_targets import WorkflowsRead, read_expiries, read_workflows
from decisions.kinds import ChangeKind, DecisionKind, EffectType, Level, Register
from decisions.numbering import find_codes
from decisions.text import fold, squeezed

__all__ = ["NotADecision", "ParsedDecision", "read_decision"]


def read_decision(data: bytes, filename: str) -> ParsedDecision:
    """Reads one Word file (.docx); raises ``NotADecision`` when it is none or holds no decision."""
    blocks = read_blocks(data, filename)
    front = split_front(blocks)
    articles = split_articles(front.articles)
    matter = read_front(list(front.texts), list(front.signature))
    if not articles or not (matter.head.subject or matter.head.number.number):
        raise NotADecision(f"Văn bản “{filename}” không phải quyết định: không thấy “QUYẾT ĐỊNH” và các Điều.")
    return _assembled(filename, blocks, front, matter, articles)


def _assembled(
    filename: str, blocks: Sequence[Block], front: Front, matter: FrontMatter, articles: tuple[tuple[str, str], ...]
) -> ParsedDecision:
    subject = matter.head.subject
    whole = _kinds(subject, articles)
    annex, lines = _read_annexes(front.annexes, whole, subject, articles)
    effects, effect_problems = read_effects(articles, matter.head.signed_on)
    lines = _with_effects(lines, effects)
    stated, count_problem = _stated(subject, articles, lines, annex)
    flows = read_workflows(front.annexes, lines, subject)
    accounts = _with_workflows(annex.accounts, flows)
    unexplained = (*_unexplained(annex, lines, flows, accounts), *flows.left)
    acts = read_acts(subject, articles)
    return ParsedDecision(
        filename=filename, head=matter.head, kind=_decision_kind(whole, subject, lines, bool(acts)),
        register=_register(subject), bases=matter.bases, proposal=matter.proposal, articles=articles,
        recipients=recipients_of(list(front.signature)), effects=effects, acts=acts,
        stated=stated, counted=count_lines(lines), lines=tuple(lines), unexplained=unexplained,
        rows=(*front.accounts, *accounts), workflows=flows.workflows, expiries=read_expiries(acts),
        problems=(
            *matter.problems, *effect_problems, *_head_problems(matter.head), *_problems(lines, front, effects, whole),
            *count_problem,
        ),
    )  # fmt: skip


def _kinds(subject: str, articles: tuple[tuple[str, str], ...]) -> DecisionKinds:
    first = articles[0][1].split("Trường hợp")[0] if articles else ""
    named = frozenset((*change_kinds(subject), *change_kinds(first)))
    return DecisionKinds(list_kind(subject), change_kinds(subject) or change_kinds(first), named)


def _read_annexes(
    blocks: Sequence[Block], whole: DecisionKinds, subject: str, articles: tuple[tuple[str, str], ...]
) -> tuple[AnnexRead, list[ParsedLine]]:
    level, sector = level_of_heading(subject) or _only_level(subject, articles), sector_of_title(subject)
    annex = AnnexReader(whole, level, sector).all(blocks)
    if not annex.drafts:
        found = read_paragraph_lists(blocks, whole, level, sector)
        annex.drafts += found.drafts
        annex.groups = list(found.groups)
    above: LineDraft | None = None
    lines = []
    for order, draft in enumerate(annex.drafts, start=1):
        draft.resolve(above if above and above.schema.roles == draft.schema.roles else None)
        line = finished(draft, order)
        lines.append(replace(line, level=level) if line.level is Level.UNKNOWN and level else line)
        above = draft
    return annex, lines


def _only_level(subject: str, articles: tuple[tuple[str, str], ...]) -> Level | None:
    """The level of all procedures that title and Điều 1 count ("03 thủ tục hành chính cấp tỉnh"), if it is one."""
    texts = [subject, *(text.split("Trường hợp")[0] for _, text in articles[:1])]
    levels = {count.level for text in texts for count, _ in stated_in_text("", text, [])} - {None}
    return levels.pop() if len(levels) == 1 else None


def _decision_kind(whole: DecisionKinds, subject: str, lines: list[ParsedLine], acts: bool) -> DecisionKind:
    if whole.listing is ChangeKind.WORKFLOW:
        return DecisionKind.WORKFLOW
    if whole.listing is ChangeKind.DELEGATED:
        return DecisionKind.DELEGATION
    if whole.listing:
        return DecisionKind.LISTING
    if (
        acts
        and not lines
        and re.match(r"(?:ve viec )?(?:sua doi|dinh chinh|thu hoi|bai bo)\b.*quyet dinh", fold(subject))
    ):
        return DecisionKind.ACT
    return DecisionKind.PUBLICATION


def _register(subject: str) -> Register:
    internal = re.search(r"(?:thu tuc hanh chinh|tthc) noi bo", fold(subject))
    return Register.INTERNAL if internal else Register.PUBLIC


def _with_effects(lines: list[ParsedLine], effects: tuple[EffectClause, ...]) -> list[ParsedLine]:
    """Gives a line the clause that names it ("kể từ ngày … đối với thủ tục …")."""
    named = [
        (squeezed(re.sub(r"^(?:các )?thủ tục\s+", "", clause.about)), clause) for clause in effects if clause.about
    ]
    return [
        replace(line, effect=next((c for words, c in named if words and words[:60] in squeezed(line.name)), None))
        for line in lines
    ]


def _stated(
    subject: str, articles: tuple[tuple[str, str], ...], lines: list[ParsedLine], annex: AnnexRead
) -> tuple[tuple[StatedCount, ...], tuple[Problem, ...]]:
    stated: list[StatedCount] = []
    problems: list[Problem] = []
    for place, text in (("tiêu đề", subject), *articles[:1]):
        for count, problem in stated_in_text(place, text.split("Trường hợp")[0], lines):
            stated.append(count)
            problems += [problem] if problem else []
    stated += stated_in_groups(annex.groups, annex.drafts)
    return tuple(stated), (*problems, *(count_problems(stated) if lines else ()))


def _with_workflows(accounts: Sequence[RowAccount], flows: WorkflowsRead) -> tuple[RowAccount, ...]:
    """Rows that turned out to belong to a workflow, and those among its rows that do not."""
    stepped = {account.table for account in accounts if _has_step(account)} | {table for table, _ in flows.rows}
    changed = []
    for account in accounts:
        place = account.table, account.row
        foreign = account.table not in stepped or (place in flows.others and place not in flows.rows)
        if place in flows.rows and account.role in (RowRole.OTHER, RowRole.UNEXPLAINED):
            account = replace(account, role=RowRole.WORKFLOW)
        elif foreign and account.role is RowRole.WORKFLOW:
            account = replace(account, role=RowRole.OTHER)
        changed.append(account)
    return tuple(changed)


def _has_step(account: RowAccount) -> bool:
    return account.role is RowRole.WORKFLOW and any(is_step(text) for text in account.text.split(" | ")[:2])


def _unread_steps(accounts: Sequence[RowAccount], flows: WorkflowsRead) -> Iterator[Unexplained]:
    """Rows that look like those of a workflow and got into none: nothing of a table of steps is dropped silently."""
    told = {left.place for left in flows.left}
    for account in accounts:
        place = f"bảng {account.table}, dòng {account.row}"
        known = (account.table, account.row) in flows.rows | flows.others
        if account.role is RowRole.WORKFLOW and not known and not any(other.endswith(place) for other in told):
            yield Unexplained(account.text, place)


def _unexplained(
    annex: AnnexRead, lines: list[ParsedLine], flows: WorkflowsRead, accounts: Sequence[RowAccount]
) -> Iterator[Unexplained]:
    """Rows the reader gave up on, codes outside any line, and annexes that announce a list nobody could read."""
    taken = tuple(f"bảng {table}, dòng {row}" for table, row in flows.rows)
    yield from (left for left in annex.unexplained if not left.place.endswith(taken))
    yield from _unread_steps(accounts, flows)
    known = {code for line in lines for code in line.codes}
    listed = {(line.position.table, row) for line in lines for row in line.position.rows}
    for account in annex.accounts:
        place = account.table, account.row
        if account.role is RowRole.OTHER and place not in listed and place not in flows.rows:
            yield from _stray(account, known)
    if not lines:
        for title, text in annex.loose:
            if re.search(r"\b(?:stt|ten tthc)\b|\ba\s+thu tuc hanh chinh", fold(text)) or find_codes(text):
                yield Unexplained(text, short_annex(title) or "phụ lục")


def _stray(account: RowAccount, known: set[str]) -> Iterator[Unexplained]:
    strange = [code for code in find_codes(account.text) if code.key not in known and code.is_standard]
    if strange:
        yield Unexplained(account.text, f"bảng {account.table}, dòng {account.row}")


def _head_problems(head: DecisionHead) -> Iterator[Problem]:
    """Place and signer printed with a syllable torn apart ("Qu ả ng Ngãi")."""
    for value in (head.place, head.signer):
        whole = value
        for doubt in broken_syllables("", value):
            whole = whole.replace(doubt.text, doubt.suggestion)
        if whole != value:
            yield Problem("phần đầu", value, f"“{value}” có âm tiết bị ngắt; có thể là “{whole}”.")


def _problems(
    lines: list[ParsedLine], front: Front, effects: tuple[EffectClause, ...], whole: DecisionKinds
) -> Iterator[Problem]:
    if not front.annexes:
        yield Problem("phụ lục", "", "Tệp không có phụ lục nên không có dòng nào; hãy nhập lại tệp có đủ phụ lục.")
    elif not lines and whole.listing is not ChangeKind.WORKFLOW:
        yield Problem("phụ lục", "", "Không đọc được dòng danh mục nào trong phụ lục.")
    if not any(not clause.about and clause.type is not EffectType.UNRESOLVED for clause in effects):
        yield Problem("hiệu lực", "", "Chưa xác định được ngày có hiệu lực từ các Điều của quyết định.")
    yield from _repeated(lines)


def _repeated(lines: list[ParsedLine]) -> Iterator[Problem]:
    """One code on two lines of one level and annex."""
    seen: dict[tuple[str, Level, str, ChangeKind], list[ParsedLine]] = defaultdict(list)
    for line in lines:
        if line.code_key:
            seen[line.code_key, line.level, line.position.annex, line.kind].append(line)
    for (code, *_), same in seen.items():
        if len(same) > 1:
            places = "; ".join(line.position.place for line in same)
            yield Problem(places, code, f"Mã {code} đứng ở {len(same)} dòng của một phụ lục ({places}).")
