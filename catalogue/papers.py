"""What goes on paper and into files: rows and texts of a day made into the values that every format prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from sqlalchemy.orm import Session

from catalogue.exports.listing_text import listing_text
from catalogue.exports.phrases import basis_text, listing_fee_text, listing_time_text, place_text
from catalogue.exports.procedure_text import ActingDecision, PartOrigin, ProcedureFacts, decision_reference
from catalogue.exports.text import Head, ListingRow, ListingText, Notice
from catalogue.glossary import GRADES, KINDS, LEVELS, WORKFLOW_ADOPTED
from catalogue.queries import history
from catalogue.queries.facts import DecisionFact, LineFact, State, line_facts
from catalogue.queries.history import Ending, ProcedureFact, Term
from catalogue.queries.procedure_acts import ProcedureAct
from catalogue.queries.procedures import ProcedureRow, Selection, every_row, known_rows, sector_names
from decisions.content import ProcedureContent
from decisions.kinds import ChangeKind, DecisionKind

BATCH = 500


@dataclass(frozen=True)
class Frame:
    """What stands around every paper: head, notice about petitions, and the public address of the site."""

    head: Head
    notice: Notice | None = None
    address: str = ""


def frame_of(settings: Mapping[str, str], address: str = "") -> Frame:
    """The frame from the province's settings; ``address`` goes before the one in the settings."""
    feedback, contact = feedback_line(settings), contact_line(settings)
    lines = tuple(line for line in (feedback, contact) if line)
    province = settings.get("province_name", "")
    head = Head(
        issuer=settings.get("issuer_name") or settings.get("office_name") or province or "Danh mục thủ tục hành chính",
        place=settings.get("place_name") or re.sub(r"^(tỉnh|thành phố) ", "", province, flags=re.IGNORECASE),
    )
    notice = Notice("Tiếp nhận phản ánh, kiến nghị về quy định hành chính", lines) if lines else None
    return Frame(head, notice, (address or settings.get("site_address", "")).rstrip("/"))


def feedback_line(settings: Mapping[str, str]) -> str:
    """Where to send petitions, as one sentence without its subject; empty when nothing is known."""
    phone, email, web = (settings.get(f"pakn_{part}", "") for part in ("phone", "email", "website"))
    ways = [f"điện thoại {phone}" if phone else "", f"thư điện tử {email}" if email else "", web]
    return "; ".join(way for way in ways if way) + ("." if any(ways) else "")


def contact_line(settings: Mapping[str, str]) -> str:
    """The postal address for petitions; empty when it is not known."""
    address = settings.get("pakn_address", "")
    return f"Địa chỉ: {address}." if address else ""


def listing_paper(
    session: Session, wanted: Selection, *, today: date, frame: Frame, query: str = "", known_at: datetime | None = None
) -> ListingText:
    """The list of a selection as every format prints it; ``query`` makes the QR lead to the same list."""
    found = known_rows(session, wanted, known_at) if known_at else every_row(session, wanted)
    rows = listing_rows(session, found, wanted.on, frame.address)
    address = f"{frame.address}/danh-muc" + (f"?{query}" if query else "")
    return listing_text(
        rows,
        wanted.on,
        head=frame.head,
        today=today,
        filter_sentence=filter_sentence(wanted, sector_names(session, wanted.sectors)),
        address=address if frame.address else "",
        notice=frame.notice,
    )


def filter_sentence(wanted: Selection, names: Mapping[str, str]) -> str:
    """The chosen filters in one line that can be read aloud; empty for the whole list."""
    parts = [LEVELS[level].lower() for level in wanted.levels]
    parts += [f"lĩnh vực {names.get(slug, slug)}" for slug in wanted.sectors]
    parts += [f"trực tuyến: {GRADES[grade].lower()}" for grade in wanted.online]
    return f"Chỉ gồm: {'; '.join(parts)}." if parts else ""


def procedure_path(key: str) -> str:
    """The lasting path of a procedure's page."""
    return f"/thu-tuc/{quote(key)}"


def listing_rows(
    session: Session, rows: Iterable[ProcedureRow], on: date, site_address: str = ""
) -> Iterator[ListingRow]:
    """Rows of the list with what only the full texts say; texts are read a batch at a time."""
    ordered = list(rows)
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        contents = history.listing_contents(session, [row.version_id for row in batch])
        lines = line_facts(session, [row.opened_by for row in batch])
        for row in batch:
            yield _listing_row(
                row, contents[row.version_id], lines.get(row.opened_by), on, site_address + procedure_path(row.key)
            )


def _listing_row(
    row: ProcedureRow, content: ProcedureContent, line: LineFact | None, on: date, address: str
) -> ListingRow:
    return ListingRow(
        name=row.name,
        level=row.level,
        code=row.code,
        key=row.key,
        friendly_name=content.friendly_name,
        sector=row.sector,
        agency=row.agency,
        time_text=listing_time_text(content),
        place=place_text(content),
        fee_text=listing_fee_text(content),
        bases=tuple(basis_text(basis) for basis in content.bases),
        online=row.online,
        channels=tuple(dict.fromkeys(channel.kind.value for channel in content.channels)),
        decision_text=short_reference(line.decision) if line else "",
        state=row.state_on(on).value,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        since_known=since_known(line),
        awaits_content=row.awaits_content,
        non_territorial=content.flags.non_territorial,
        note=content.note,
        address=address,
    )


def since_known(line: LineFact | None) -> bool:
    """Whether the first day of a text is the one a decision names, not the day the inventory was taken."""
    if line is None:
        return False
    if line.kind != ChangeKind.INVENTORY:
        return True
    return line.decision.signed_on is not None and line.effective_on == line.decision.signed_on


def short_reference(decision: DecisionFact) -> str:
    """``2815/QĐ-UBND ngày 20/11/2025``; empty for the inventory, which is no decision."""
    if decision.kind == DecisionKind.INVENTORY:
        return ""
    return f"{decision.number} ngày {decision.signed_on:%d/%m/%Y}" if decision.signed_on else decision.number


def full_reference(decision: DecisionFact) -> str:
    """``Quyết định số … ngày … của …``; empty for the inventory."""
    if decision.kind == DecisionKind.INVENTORY:
        return ""
    return decision_reference(decision.number, decision.signed_on, decision.issuer)


def procedure_facts(
    procedure: ProcedureFact, term: Term | None, state: State, *, level: str, earlier: Iterable[Term], on: date,
    today: date, frame: Frame, ending: Ending | None = None, origins: Mapping[str, LineFact] | None = None,
    adoptions: Iterable[ProcedureAct] = (),
) -> ProcedureFacts:  # fmt: skip
    """What the ledger says about the text shown; ``earlier`` are the terms of the level up to the one shown.

    ``origins`` are the annex rows that set its parts, ``adoptions`` the decisions that adopted its workflows.
    """
    acting = [_acting(found.opening) for found in earlier if found.opening and found.opening.decision.shown]
    return ProcedureFacts(
        level=level,
        on=on,
        today=today,
        head=frame.head,
        code=procedure.code,
        state=state.value,
        valid_from=term.valid_from if term else None,
        valid_until=term.valid_until if term else None,
        since_known=since_known(term.opening) if term else False,
        decisions=tuple(reversed(acting)),
        ended_by=full_reference(ending.decision) if ending and ending.decision else "",
        successors=tuple(f"{item.key} – {item.name}" for item in ending.successors) if ending else (),
        address=frame.address + procedure_path(procedure.key) if frame.address else "",
        notice=frame.notice,
        adoptions=tuple(map(_adopting, adoptions)),
        origins={part: part_origin(line) for part, line in (origins or {}).items()},
    )


def part_origin(line: LineFact) -> PartOrigin:
    """Where a part was set, as papers and programs cite it."""
    decision = line.decision
    return PartOrigin(decision.number, decision.signed_on, line.annex, line.section, line.ordinal, line.effective_on)


def _acting(line: LineFact) -> ActingDecision:
    what = KINDS.get(line.kind, line.kind)
    change = f"{what}: {line.changed_parts}" if line.changed_parts else what
    return ActingDecision(full_reference(line.decision), change, line.effective_on)


def _adopting(act: ProcedureAct) -> ActingDecision:
    what = " ".join((WORKFLOW_ADOPTED, *[", ".join(act.symbols)] * bool(act.symbols)))
    return ActingDecision(full_reference(act.decision) if act.decision else "", f"{what}.", act.day)
