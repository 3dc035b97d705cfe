"""Bodies, sectors, legal texts and decisions that records name: each made a row once, found again ever after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from catalogue.imports.portal import NamedDecision, PortalRecord
from catalogue.models import Agency, Decision, LegalDocument, Sector
from catalogue.services.legal_texts import unknown_documents
from catalogue.services.registry import agency_named
from catalogue.services.versions import sector_id, sector_slug
from decisions.content import LegalBasis, ProcedureContent
from decisions.kinds import DecisionKind, DecisionStatus, EffectType, Register

DecisionKey = tuple[str, int | None, int | None]
"""(number key, issuer id, year or None)."""

_LONGEST_NUMBER = 60  # longer ones are sentences, not numbers


@dataclass
class Sources:
    """Finds or makes the rows a record points to. ``made`` counts the decisions made in this run."""

    session: Session
    now: datetime
    since: date
    source: str
    made: int = 0
    inventory_id: int | None = None
    _agencies: dict[str, int | None] = field(default_factory=dict)
    _without_code: set[int] = field(default_factory=set)
    _sectors: dict[str, int | None] = field(default_factory=dict)
    _uncoded: dict[str, int] = field(default_factory=dict)
    _legal: set[str] = field(default_factory=set)
    _decisions: dict[DecisionKey, tuple[int, bool]] = field(default_factory=dict)  # -> id, made by an import
    _internal: set[int] = field(default_factory=set)
    _undated: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._legal = set(self.session.scalars(select(LegalDocument.number_key)))
        self._uncoded = {row.slug: row.id for row in self.session.scalars(select(Sector).where(Sector.code == ""))}
        known = select(
            Decision.id, Decision.number_key, Decision.issuer_id, Decision.year, Decision.status, Decision.drafter_id,
            Decision.register, Decision.signed_on,
        ).where(Decision.number_key.is_not(None))  # fmt: skip
        for row in self.session.execute(known):
            ours = row.status == DecisionStatus.ISSUED and row.drafter_id is None
            self._decisions[row.number_key, row.issuer_id, row.year] = (row.id, ours)
            if ours and row.register == Register.INTERNAL:
                self._internal.add(row.id)
            if ours and row.signed_on is None:
                self._undated.add(row.id)

    def agency(self, name: str, code: str = "") -> int | None:
        """The body of that name, in whatever way it is written; None for an empty name."""
        if name not in self._agencies:
            found = agency_named(self.session, name)
            self._agencies[name] = found.id if found is not None else None
            if found is not None and not found.code:
                self._without_code.add(found.id)
        agency_id = self._agencies[name]
        if code and agency_id in self._without_code:
            self._without_code.discard(agency_id)
            self.session.get_one(Agency, agency_id).code = code[:60]
        return agency_id

    def sector(self, content: ProcedureContent) -> int | None:
        """The row of the first sector; a national code learnt later is put where there was none."""
        if not content.sectors:
            return None
        named = content.sectors[0]
        if named.name not in self._sectors:
            self._sectors[named.name] = sector_id(self.session, content)
        if named.code and (row_id := self._uncoded.pop(sector_slug(named.name), None)) is not None:
            self.session.get_one(Sector, row_id).code = named.code[:40]
        return self._sectors[named.name]

    def legal_documents(self, bases: Iterable[LegalBasis]) -> None:
        """Make the texts that are cited by a whole number (``49/2026/NĐ-CP``); cut or glued numbers stay words."""
        if rows := unknown_documents(bases, self._legal):
            self.session.execute(insert(LegalDocument), rows)

    def signed_elsewhere(self, record: PortalRecord) -> int | None:
        """The decision a record names, when people of this office hold it (drafted or issued here)."""
        key = self._key(record.decision)
        known = self._decisions.get(key) if key else None
        return known[0] if known and not known[1] else None

    def decision(self, record: PortalRecord) -> int:
        """The decision whose line this record becomes: the one it names, else the inventory of this run."""
        key = self._key(record.decision)
        if key is None or record.decision is None or self.signed_elsewhere(record) is not None:
            return self.inventory()
        if key not in self._decisions:
            self._decisions[key] = (self._make(key, record.decision, record.register), True)
        found = self._decisions[key][0]
        self._complete(found, record.decision, record.register)
        return found

    def _complete(self, decision_id: int, named: NamedDecision, register: Register) -> None:
        """Later records may know more: the day of signing, or that the decision is not only about internal matters."""
        if register is Register.PUBLIC and decision_id in self._internal:
            self._internal.discard(decision_id)
            self.session.get_one(Decision, decision_id).register = Register.PUBLIC
        if named.signed_on is not None and decision_id in self._undated:
            self._undated.discard(decision_id)
            decision = self.session.get_one(Decision, decision_id)
            decision.signed_on = decision.effect_from = named.signed_on
            decision.effect_type = EffectType.ON_SIGNING

    def _key(self, named: NamedDecision | None) -> DecisionKey | None:
        """None where the printed number is no decision's: a submission, a test row, nothing at all."""
        if named is None or not named.number.is_decision or not 0 < len(named.number.key) <= _LONGEST_NUMBER:
            return None
        return named.number.key, self.agency(named.issuer), named.year

    def _make(self, key: DecisionKey, named: NamedDecision, register: Register) -> int:
        effect = EffectType.ON_SIGNING if named.signed_on else EffectType.UNRESOLVED
        decision = Decision(
            kind=DecisionKind.PUBLICATION, status=DecisionStatus.ISSUED, register=register, number=named.number.text,
            number_key=key[0], issuer_id=key[1], year=key[2], issuer_text=named.issuer, signed_on=named.signed_on,
            effect_type=effect, effect_from=named.signed_on, created_at=self.now, issued_at=self.now,
        )  # fmt: skip
        self.session.add(decision)
        self.session.flush()  # lines point to the id
        self.made += 1
        if register is Register.INTERNAL:
            self._internal.add(decision.id)
        if named.signed_on is None:
            self._undated.add(decision.id)
        return decision.id

    def inventory(self) -> int:
        """The inventory record of this run, made when first needed. It is no decision and never shown as one."""
        if self.inventory_id is None:
            decision = Decision(
                kind=DecisionKind.INVENTORY, status=DecisionStatus.ISSUED, number="", subject=f"Kiểm kê: {self.source}",
                effect_type=EffectType.FIXED, effect_from=self.since, created_at=self.now, issued_at=self.now,
            )  # fmt: skip
            self.session.add(decision)
            self.session.flush()  # lines and acts point to the id
            self.inventory_id = decision.id
        return self.inventory_id
