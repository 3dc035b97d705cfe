"""A rehearsal as a report: one sentence of totals, then procedure by procedure what binds before and after."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.burden_words import FigureRow, total_rows
from catalogue.exports import phrases
from catalogue.glossary import KINDS, LEVELS, PARTS
from catalogue.models import Decision, DecisionLine, Procedure, ProcedureVersion
from catalogue.redlines import Redline, redline
from catalogue.services.planning import Plan, PlannedTarget
from catalogue.services.publication import Rehearsal
from decisions.burden import Burden, burden, totals
from decisions.content import ProcedureContent
from decisions.effects import Effect, EffectKind
from decisions.timeline import Period

NAMED_CHANGES = 4  # changes told in the sentence on top; the rest stands below


@dataclass(frozen=True)
class PageBefore:
    """A page of the catalogue that will look different: one procedure at one level."""

    key: str
    code: str
    name: str
    level: str
    lines: tuple[DecisionLine, ...]
    effects: tuple[str, ...]
    redline: Redline | None = None
    burdens: tuple[Burden, Burden] | None = None  # before and after, where there is a text on both sides
    opened: ProcedureContent | None = None  # the whole new text where there was none before
    is_known: bool = False


@dataclass(frozen=True)
class Report:
    """What a person signs. ``waiting`` are rows without a day, ``idle`` rows that change nothing.

    ``figures`` are the burden on citizens before and after, over all texts that are amended.
    """

    sentences: tuple[str, ...]
    pages: tuple[PageBefore, ...]
    waiting: tuple[DecisionLine, ...]
    idle: tuple[DecisionLine, ...]
    figures: tuple[FigureRow, ...] = ()


@dataclass
class _Track:
    targets: list[PlannedTarget] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)


def make_report(session: Session, decision: Decision, rehearsal: Rehearsal) -> Report:
    """The report of a rehearsal; nothing is changed."""
    plan = rehearsal.plan
    tracks: dict[tuple[str, str], _Track] = defaultdict(_Track)
    for target in plan.targets:
        tracks[target.track].targets.append(target)
    for effect in plan.effects:
        tracks[effect.procedure, effect.level].effects.append(effect)
    versions = _versions(session, plan)
    pages = tuple(_page(session, key, track, versions) for key, track in tracks.items())
    return Report(_sentences(decision, plan, pages), pages, plan.waiting, plan.idle, _figures(pages))


def _figures(pages: Iterable[PageBefore]) -> tuple[FigureRow, ...]:
    pairs = [page.burdens for page in pages if page.burdens]
    return tuple(total_rows(totals(pairs), len(pairs)))


def _versions(session: Session, plan: Plan) -> dict[int, ProcedureVersion]:
    """The stored versions that effects and targets speak of."""
    wanted = {effect.version for effect in plan.effects if effect.version > 0}
    wanted |= {target.binding for target in plan.targets if target.binding}
    found: dict[int, ProcedureVersion] = {}
    ordered = sorted(wanted)
    for start in range(0, len(ordered), 400):
        query = select(ProcedureVersion).where(ProcedureVersion.id.in_(ordered[start : start + 400]))
        found |= {version.id: version for version in session.scalars(query)}
    return found


def _page(session: Session, key: tuple[str, str], track: _Track, versions: dict[int, ProcedureVersion]) -> PageBefore:
    opening = next((target for target in track.targets if target.content is not None), None)
    before = _before(track, opening, versions)
    procedure = next((target.procedure for target in track.targets if target.procedure), None) or (
        session.scalar(select(Procedure).where(Procedure.key == key[0]))
    )
    content = opening.content if opening else None
    name = content.name if content else before.name if before else ""
    old = before.value if before is not None else None
    return PageBefore(
        key=procedure.key if procedure else "",
        code=(procedure.code if procedure else track.targets[0].line.code_key) or "",
        name=name or (track.targets[0].line.name if track.targets else key[0]),
        level=key[1],
        lines=tuple(dict.fromkeys(target.line for target in track.targets)),
        effects=tuple(_effect_sentences(track.effects, versions)),
        redline=redline(old, content) if old and content else None,
        burdens=(burden(old), burden(content)) if old and content else None,
        opened=content if before is None else None,
        is_known=procedure is not None and before is not None,
    )


def _before(
    track: _Track, opening: PlannedTarget | None, versions: dict[int, ProcedureVersion]
) -> ProcedureVersion | None:
    bound = next((target.binding for target in track.targets if target.binding), None)
    if bound is not None:
        return versions.get(bound)
    if opening is not None and opening.base is not None:
        return opening.base
    ended = [effect.version for effect in track.effects if effect.before is not None and effect.version > 0]
    return versions.get(ended[0]) if ended and opening is None else None


# ------------------------------------------------------------------ sentences


def _sentences(decision: Decision, plan: Plan, pages: Sequence[PageBefore]) -> tuple[str, ...]:
    """Totals first, then the changes a reader would ask for, then what happens not yet."""
    told = [_totals(plan)]
    told += [f"{_name(page)}: {words}" for page, words in islice(_striking(pages), NAMED_CHANGES)]
    if plan.annulments:
        told.append("Tác động lên quyết định trước: " + _acts(decision) + ".")
    if plan.waiting:
        told.append(f"{len(plan.waiting)} dòng chưa xác định được ngày có hiệu lực nên chưa công khai.")
    if plan.idle:
        told.append(f"{len(plan.idle)} dòng không làm thay đổi danh mục.")
    return tuple(told)


def _totals(plan: Plan) -> str:
    opened = sum(1 for effect in plan.effects if effect.kind is EffectKind.OPENS)
    closed = sum(1 for effect in plan.effects if effect.kind in (EffectKind.CLOSES, EffectKind.WITHDRAWN))
    moved = len(plan.effects) - opened - closed
    parts = [f"mở {opened} phiên bản" if opened else "", f"đóng {closed} phiên bản" if closed else "",
             f"dời ngày của {moved} phiên bản" if moved else ""]  # fmt: skip
    done = ", ".join(filter(None, parts)) or "không làm thay đổi hiệu lực của thủ tục nào"
    procedures = len({effect.procedure for effect in plan.effects})
    about = f" của {procedures} thủ tục" if procedures else ""
    return f"Quyết định này sẽ {done}{about}{_days(plan)}{_kinds(plan)}."


def _days(plan: Plan) -> str:
    days = sorted({target.effective_on for target in plan.targets})
    if not days:
        return ""
    if len(days) == 1:
        return f", từ ngày {_day(days[0])}"
    return f", từ {len(days)} ngày khác nhau, sớm nhất {_day(days[0])}, muộn nhất {_day(days[-1])}"


def _kinds(plan: Plan) -> str:
    kinds = Counter(line.kind for line in dict.fromkeys(target.line for target in plan.targets))
    words = ", ".join(f"{count} {KINDS[kind].lower()}" for kind, count in kinds.items())
    return f" ({words})" if words else ""


def _striking(pages: Sequence[PageBefore]) -> Iterable[tuple[PageBefore, str]]:
    """Pages on which something changes, each with its sentence."""
    for page in pages:
        if page.redline and not page.redline.is_same:
            yield page, page.redline.sentence[:1].lower() + page.redline.sentence[1:]


def _acts(decision: Decision) -> str:
    words = [f"{act.target.number if act.target else act.target_text}" for act in decision.acts if not act.dismissed]
    return ", ".join(dict.fromkeys(words))


def _effect_sentences(effects: Iterable[Effect], versions: dict[int, ProcedureVersion]) -> Iterable[str]:
    for effect in effects:
        stored = versions.get(effect.version)
        name = f"Phiên bản {stored.number}" if stored else "Phiên bản mới"
        yield f"{name} {_happening(effect)}."


def _happening(effect: Effect) -> str:
    before, after = effect.before, effect.after
    match effect.kind:
        case EffectKind.OPENS if after is not None:
            return "có hiệu lực lại " + _span(after) if effect.version > 0 else "có hiệu lực " + _span(after)
        case EffectKind.WITHDRAWN if before is not None:
            return f"không còn áp dụng ngày nào (trước đây {_span(before)})"
        case EffectKind.MOVED if before is not None and after is not None:
            return f"áp dụng {_span(after)} thay vì {_span(before)}"
        case EffectKind.CLOSES if after is not None and after.valid_until is not None:
            return f"hết hiệu lực từ ngày {_day(after.valid_until)}"
        case _:
            return "áp dụng " + (_span(after) if after else "")


def _span(period: Period) -> str:
    until = f" đến hết ngày {_day(period.valid_until - timedelta(days=1))}" if period.valid_until else ""
    return f"từ ngày {_day(period.valid_from)}{until}"


def _name(page: PageBefore) -> str:
    return f"{page.code or page.name} ({LEVELS[page.level].lower()})"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def opened_rows(content: ProcedureContent) -> list[tuple[str, str]]:
    """A new text in short: the parts a listing shows, with their labels."""
    rows = [
        (PARTS["sectors"], "; ".join(sector.name for sector in content.sectors)),
        (PARTS["times"], phrases.listing_time_text(content)),
        (PARTS["fees"], phrases.listing_fee_text(content)),
        (PARTS["reception"], phrases.place_text(content)),
        (PARTS["bases"], "\n".join(phrases.basis_text(basis) for basis in content.bases)),
    ]
    return [(label, words) for label, words in rows if words]
