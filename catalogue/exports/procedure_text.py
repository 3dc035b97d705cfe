"""One procedure at one level as the value every format prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from catalogue import glossary
from catalogue.exports import labels
from catalogue.exports.blocks import blocks_of, one_line
from catalogue.exports.editions import edition_code
from catalogue.exports.phrases import due_lines, listing_fee_text, listing_time_text, named_text, place_text
from catalogue.exports.sections import brief, sections_of
from catalogue.exports.text import Block, Edition, Fact, Head, Notice, Paragraph, ProcedureText, Section
from decisions.burden import burden
from decisions.codec import to_plain
from decisions.content import ProcedureContent, awaits_content
from decisions.fees import filing_channels


@dataclass(frozen=True)
class ActingDecision:
    """A decision that made or changed the text, newest first: how it is cited, what it did, from which day."""

    reference: str
    change: str = ""
    effective_on: date | None = None


@dataclass(frozen=True)
class PartOrigin:
    """The annex row that set one part of the text: decision, place in its annex, first day."""

    decision: str
    signed_on: date | None
    annex: str
    section: str
    ordinal: str
    effective_on: date


@dataclass(frozen=True)
class ProcedureFacts:
    """What the ledger says about the text of one procedure at one level on day ``on``.

    ``state`` is in_force | coming | ended | never; ``since_known`` is False where only "có hiệu lực từ trước" is known.
    ``ended_by`` cites what ended it, ``adoptions`` are the decisions that adopted its internal workflows, and
    ``successors`` are printed "mã – tên". ``today`` is the day of printing, ``address`` the full address of the page
    (empty: no QR).
    """

    level: str
    on: date
    today: date
    head: Head
    code: str | None = None
    state: str = "in_force"
    valid_from: date | None = None
    valid_until: date | None = None
    since_known: bool = True
    decisions: tuple[ActingDecision, ...] = ()
    ended_by: str = ""
    successors: tuple[str, ...] = ()
    address: str = ""
    notice: Notice | None = None
    draft: bool = False
    origins: Mapping[str, PartOrigin] = field(default_factory=dict)
    adoptions: tuple[ActingDecision, ...] = ()


def decision_reference(number: str, signed_on: date | None, issuer: str) -> str:
    """ "Quyết định số 2815/QĐ-UBND ngày 18/11/2025 của Chủ tịch UBND tỉnh …", without the parts that are not known."""
    parts = [f"Quyết định số {one_line(number)}" if one_line(number) else "Quyết định (chưa rõ số)"]
    if signed_on:
        parts.append(f"ngày {labels.day(signed_on)}")
    if one_line(issuer):
        parts.append(f"của {one_line(issuer)}")
    return " ".join(parts)


def procedure_text(content: ProcedureContent, facts: ProcedureFacts) -> ProcedureText:
    """Everything a reader is told; the same value for paper, Word and JSON."""
    sections = (*sections_of(content), *_publication(content, facts))
    state_line, summary = _state_line(facts), _summary(content, facts)
    plain_content = to_plain(content)
    code = one_line(facts.code or "") or labels.NO_CODE
    edition_parts = (code, facts.level, state_line, json.dumps(plain_content, ensure_ascii=False, sort_keys=True))
    prefix = facts.code if facts.code else "TTHC"
    return ProcedureText(
        head=facts.head,
        code=code,
        title=one_line(content.name),
        friendly_name=one_line(content.friendly_name),
        level=facts.level,
        level_label=glossary.LEVELS[facts.level],
        state=facts.state,
        state_line=state_line,
        on=facts.on,
        valid_from=facts.valid_from if facts.since_known else None,
        valid_until=facts.valid_until,
        summary=summary,
        sections=sections,
        decisions=tuple(one_line(decision.reference) for decision in facts.decisions),
        edition=Edition(edition_code(one_line(prefix), edition_parts), facts.today, facts.address),
        banner=day_banner(facts.on, facts.today),
        notice=facts.notice,
        draft=facts.draft,
        content=plain_content,
        burden=to_plain(burden(content)),
        fees_due=_fees_due(content, facts.on),
        provenance={part: to_plain(origin) for part, origin in facts.origins.items()},
    )


def _fees_due(content: ProcedureContent, on: date) -> dict[str, list[list[str]]]:
    """By channel, the lines of every fee that a filing on the day pays (story S5)."""
    kinds = filing_channels(content)
    return {kind.value: [list(lines) for lines in due_lines(content, on, kind)] for kind in kinds}


def day_banner(on: date, today: date) -> str:
    """The sentence on top when the day shown is not the day of printing; empty when it is."""
    return "" if on == today else f"Nội dung theo ngày {labels.day(on)}, in ngày {labels.day(today)}."


def _state_line(facts: ProcedureFacts) -> str:
    by = f", theo {one_line(facts.decisions[0].reference)}" if facts.decisions else ""
    if facts.state == "in_force":
        since = f"Còn hiệu lực từ ngày {labels.day(facts.valid_from)}" if facts.valid_from else "Còn hiệu lực"
        if not facts.since_known:
            since = labels.capital(labels.SINCE_UNKNOWN)
        until = f"; {labels.until(facts.valid_until)}" if facts.valid_until else ""
        return f"{since}{by}{until}."
    if facts.state == "coming":
        start = f" từ ngày {labels.day(facts.valid_from)}" if facts.valid_from else ""
        return f"Sắp có hiệu lực{start}{by}."
    if facts.state == "ended":
        end = f" từ ngày {labels.day(facts.valid_until)}" if facts.valid_until else ""
        cause = f", theo {one_line(facts.ended_by)}" if one_line(facts.ended_by) else ""
        return f"Hết hiệu lực{end}{cause}."
    return f"{glossary.STATES['never']}."


def _summary(content: ProcedureContent, facts: ProcedureFacts) -> tuple[Fact, ...]:
    pairs = (
        ("Mã thủ tục", one_line(facts.code or "") or labels.NO_CODE),
        ("Cấp thực hiện", glossary.LEVELS[facts.level]),
        ("Lĩnh vực", "; ".join(named_text(sector) for sector in content.sectors)),
        ("Thời hạn giải quyết", brief(listing_time_text(content), "times")),
        ("Phí, lệ phí", brief(listing_fee_text(content), "fees")),
        ("Nơi nộp hồ sơ", brief(place_text(content), "bodies")),
        ("Cách nộp", ", ".join(dict.fromkeys(glossary.CHANNELS[c.kind] for c in content.channels))),
        ("Dịch vụ công trực tuyến", labels.GRADES[content.online]),
        ("Thủ tục thay thế", "\n".join(one_line(name) for name in facts.successors)),
        ("Nội dung", f"{labels.AWAITS_CONTENT}." if awaits_content(content) else ""),
    )
    return tuple(Fact(label, text) for label, text in pairs if text)


def _publication(content: ProcedureContent, facts: ProcedureFacts) -> tuple[Section, ...]:
    """The last section: which decisions published and changed the text or adopted its workflow, newest first."""
    blocks: list[Block] = []
    acts = sorted((*facts.decisions, *facts.adoptions), key=lambda act: act.effective_on or date.min, reverse=True)
    for decision in acts:
        since = f", có hiệu lực từ ngày {labels.day(decision.effective_on)}" if decision.effective_on else ""
        blocks.append(Paragraph(f"{labels.capital(one_line(decision.reference))}{since}."))
        blocks += blocks_of(decision.change)
    if not blocks:
        return ()
    return (Section("Quyết định công bố", tuple(blocks)),)
