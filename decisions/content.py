"""The text of one version as a typed value: printed words beside parsed values, and its canonical JSON.

Source of the parts: NĐ 63/2010/NĐ-CP Đ.8 k.2 (as amended by NĐ 92/2017). The stored form is ``canonical_json``; two
texts are the same text when their ``content_hash`` is equal; the order of sets (bases, subjects …) does not count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from decisions.codec import from_plain, to_plain
from decisions.kinds import OnlineGrade


class TimeUnit(StrEnum):
    """Units a time limit is counted in (domain.md 7)."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    OTHER = "other"  # chỉ có trong lời văn


class ChannelKind(StrEnum):
    """Ways to file: at the desk, online, by public post."""

    DIRECT = "direct"
    ONLINE = "online"
    POSTAL = "postal"


class FeeKind(StrEnum):
    """What is paid: phí, lệ phí, or a price (giá)."""

    FEE = "fee"
    CHARGE = "charge"
    PRICE = "price"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class TimeLimit:
    """A time limit as printed; ``quantity`` and ``unit`` only where they could be read.

    ``cut_text``/``cut_quantity`` hold the time after a cut (column "Sau cắt giảm"), in the same unit.
    """

    text: str = ""
    quantity: Decimal | None = None
    unit: TimeUnit | None = None
    cut_text: str = ""
    cut_quantity: Decimal | None = None


@dataclass(frozen=True)
class Fee:
    """A charge as printed. ``amount`` is in đồng, ``None`` when only words say it; a zero alone is never "miễn phí"."""

    kind: FeeKind = FeeKind.UNKNOWN
    amount: Decimal | None = None
    text: str = ""
    channel: ChannelKind | None = None
    exempt: tuple[str, ...] = ()
    basis: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class OfficialForm:
    """A form (mẫu đơn, tờ khai); ``file`` is the SHA-256 of a stored file, or empty when only named."""

    name: str = ""
    file: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Paper:
    """One item of the dossier with the number of originals and copies."""

    name: str
    originals: int = 0
    copies: int = 0
    forms: tuple[OfficialForm, ...] = ()
    electronic: bool = False
    code: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One step of the order of execution; ``text`` is Markdown."""

    text: str
    name: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A case (trường hợp) with its own papers, and its own steps, time and fees where they differ."""

    name: str = ""
    code: str = ""
    steps: tuple[Step, ...] = ()
    papers: tuple[Paper, ...] = ()
    time: TimeLimit | None = None
    fees: tuple[Fee, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Channel:
    """A way to file with its own time and fees; ``text`` says how, in Markdown."""

    kind: ChannelKind
    time: TimeLimit | None = None
    fees: tuple[Fee, ...] = ()
    text: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Named:
    """A body, sector, subject or outcome as the source names it, with its code where it has one."""

    name: str
    code: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LegalBasis:
    """A text a procedure rests on; ``articles`` as printed."""

    title: str = ""
    number: str = ""
    articles: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Bodies:
    """The four roles of bodies (domain.md 12.4)."""

    executing: tuple[Named, ...] = ()
    deciding: tuple[Named, ...] = ()
    delegated: tuple[Named, ...] = ()
    coordinating: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Flags:
    """Marks a list or record sets: phi địa giới, BCCI in and out, liên thông."""

    non_territorial: bool = False
    post_in: bool = False
    post_out: bool = False
    joint: bool = False


@dataclass(frozen=True)
class ProcedureContent:
    """Everything one version says, at one level of government."""

    name: str
    friendly_name: str = ""
    other_names: tuple[str, ...] = ()
    sectors: tuple[Named, ...] = ()
    steps: tuple[Step, ...] = ()
    cases: tuple[Case, ...] = ()
    channels: tuple[Channel, ...] = ()
    times: tuple[TimeLimit, ...] = ()
    fees: tuple[Fee, ...] = ()
    dossier_sets: str = ""
    subjects: tuple[Named, ...] = ()
    bodies: Bodies = Bodies()
    outcomes: tuple[Named, ...] = ()
    forms: tuple[OfficialForm, ...] = ()
    conditions: str = ""
    bases: tuple[LegalBasis, ...] = ()
    reception: str = ""
    returning: str = ""
    online: OnlineGrade = OnlineGrade.UNKNOWN
    flags: Flags = Flags()
    keywords: tuple[str, ...] = ()
    note: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers of all cases, in order."""
        return tuple(paper for case in self.cases for paper in case.papers)

    @property
    def time_texts(self) -> tuple[str, ...]:
        """Every distinct printed time limit: general, by channel, by case."""
        limits = [*self.times, *(c.time for c in self.channels if c.time), *(c.time for c in self.cases if c.time)]
        return tuple(dict.fromkeys(limit.text for limit in limits if limit.text))

    @property
    def all_fees(self) -> tuple[Fee, ...]:
        """Every fee with its channel filled in: general, by channel, by case."""
        by_channel = [
            replace(fee, channel=fee.channel or channel.kind) for channel in self.channels for fee in channel.fees
        ]
        by_case = [fee for case in self.cases for fee in case.fees]
        return (*self.fees, *by_channel, *by_case)


PARTS: tuple[str, ...] = tuple(ProcedureContent.__dataclass_fields__)
"""Names of the parts, in the order of the value; labels are in the glossary."""

MANDATORY_PARTS: tuple[str, ...] = ("name", "steps", "channels", "papers", "times", "subjects", "bodies")
"""The seven parts a–g of NĐ 63/2010 Đ.8 k.2 that every procedure has."""

_SETS = ("sectors", "subjects", "bases", "outcomes", "keywords", "other_names")


def missing_parts(content: ProcedureContent) -> tuple[str, ...]:
    """The mandatory parts (Đ.8 k.2 a–g) that this text does not have yet; empty means complete."""
    has = {
        "name": bool(content.name),
        "steps": bool(content.steps) or any(case.steps for case in content.cases),
        "channels": bool(content.channels),
        "papers": bool(content.papers),
        "times": bool(content.time_texts),
        "subjects": bool(content.subjects),
        "bodies": bool(content.bodies.executing or content.bodies.deciding),
    }
    return tuple(part for part in MANDATORY_PARTS if not has[part])


def awaits_content(content: ProcedureContent) -> bool:
    """Whether only the listing is known ("đã công bố, chờ nội dung"): no steps and no papers."""
    missing = missing_parts(content)
    return "steps" in missing and "papers" in missing


def canonical_json(content: ProcedureContent) -> str:
    """The stored form: sorted keys, defaults left out, order of rows kept, real Unicode."""
    return json.dumps(to_plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> ProcedureContent:
    """Read what ``canonical_json`` wrote.

    Raises:
        ValueError: the text is no JSON or a value has a wrong type.
    """
    return from_plain(ProcedureContent, json.loads(text))


def content_hash(content: ProcedureContent) -> str:
    """SHA-256 (hex) of the text with its sets sorted, so that order alone is no new version."""
    return hashlib.sha256(canonical_json(_with_sorted_sets(content)).encode()).hexdigest()


def _with_sorted_sets(content: ProcedureContent) -> ProcedureContent:
    bodies = Bodies(**{role: _sorted(getattr(content.bodies, role)) for role in Bodies.__dataclass_fields__})
    parts: dict[str, Any] = {part: _sorted(getattr(content, part)) for part in _SETS}
    return replace(content, bodies=bodies, **parts)


def _sorted(items: tuple[Any, ...]) -> tuple[Any, ...]:
    by_text = {json.dumps(to_plain(item), ensure_ascii=False, sort_keys=True): item for item in items}
    return tuple(by_text[text] for text in sorted(by_text))
