"""The filters of the search page: their names in addresses, what can be chosen with how many results, what is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from catalogue import glossary
from catalogue.queries import procedures, tallies
from catalogue.queries.facts import State
from catalogue.queries.procedures import Selection
from catalogue.services.versions import sector_slug
from catalogue.web.portal.filters import GRADE_SLUGS, LEVEL_SLUGS, STATE_SLUGS, YES, ProcedureFilter
from catalogue.web.portal.memory import remembered
from search_index.vietnamese import collation_key

AGENCIES_SHOWN = 40
SUBJECTS_SHOWN = 10
OF_THE_INDEX = {
    "level": "level", "sector": "sector", "online": "online_grade", "agency": "agency", "subject": "subjects",
    "fee_free": "fee_free", "non_territorial": "non_territorial", "state": "status",
}  # fmt: skip


@dataclass(frozen=True)
class Names:
    """What the values in addresses stand for: one slug may stand for several spellings of one name."""

    sectors: Mapping[str, str]
    agencies: Mapping[str, tuple[str, ...]]
    subjects: Mapping[str, tuple[str, ...]]

    def agency(self, slug: str) -> str:
        """The name to show."""
        return self.agencies.get(slug, (slug,))[0]

    def subject(self, slug: str) -> str:
        """The name to show."""
        return self.subjects.get(slug, (slug,))[0]


@dataclass(frozen=True)
class Counted:
    """How many results there are: ``by`` facet and value of the address; ``labels`` are the names of such values."""

    by: Mapping[str, Mapping[str, int]]
    labels: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Option:
    """One value of a filter. ``value`` is as in the address; ``count`` None where nothing was counted."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter. ``key`` is its name in the address; ``shape`` is checks, choice (a list of one) or radio."""

    key: str
    legend: str
    shape: str
    options: tuple[Option, ...]

    @property
    def is_chosen(self) -> bool:
        """Whether anything is chosen, for a radio anything but the first."""
        return any(option.chosen for option in self.options[1 if self.shape == "radio" else 0 :])


def known_names(session: Session, wanted: ProcedureFilter) -> Names:
    """The names of the current revision; of agencies and subjects only where the filter needs them."""
    sectors = remembered(lambda: procedures.sector_names(session), "sector names")
    if not (wanted.agencies or wanted.subjects):
        return Names(sectors, {}, {})
    agencies, subjects = remembered(lambda: tallies.several_names(session), "several names")
    return Names(sectors, _by_slug(agencies), _by_slug(subjects))


def _by_slug(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names, key=collation_key):
        if slug := slug_of(name):
            found.setdefault(slug, []).append(name)
    return {slug: tuple(spellings) for slug, spellings in found.items()}


@lru_cache(maxsize=8192)
def slug_of(name: str) -> str:
    """The name as it stands in addresses."""
    return sector_slug(name)


def understood(wanted: ProcedureFilter, names: Names) -> ProcedureFilter:
    """The filter without sectors, agencies and subjects that nothing is known of; these become ``ignored``."""
    known: tuple[Mapping[str, object], ...] = (names.sectors, names.agencies, names.subjects)
    written = (wanted.sectors, wanted.agencies, wanted.subjects)
    kept = [tuple(s for s in slugs if s in by_slug) for slugs, by_slug in zip(written, known, strict=True)]
    lost = [s[:40] for slugs, by_slug in zip(written, known, strict=True) for s in slugs if s not in by_slug]
    if not lost:
        return wanted
    ignored = tuple(dict.fromkeys((*wanted.ignored, *lost)))[:5]
    return replace(wanted, sectors=kept[0], agencies=kept[1], subjects=kept[2], ignored=ignored)


def selection_of(wanted: ProcedureFilter, on: date, names: Names) -> Selection:
    """The same filter for the database."""
    return Selection(
        on, wanted.state, wanted.levels, wanted.sectors, wanted.online,
        agencies=tuple(name for slug in wanted.agencies for name in names.agencies.get(slug, ())),
        subjects=tuple(name for slug in wanted.subjects for name in names.subjects.get(slug, ())),
        fee_free=wanted.fee_free, non_territorial=wanted.non_territorial,
    )  # fmt: skip


def counted(counts: Mapping[str, Iterable[tuple[str, int]]], names: Names) -> Counted:
    """Counts by name as counts by the values of addresses; spellings of one name are added up."""
    by = {facet: dict(pairs) for facet, pairs in counts.items()}
    labels: dict[str, dict[str, str]] = {"sector": dict(names.sectors)}
    for facet in ("agency", "subject"):
        merged: Counter[str] = Counter()
        labels[facet] = {}
        for name, count in by.get(facet, {}).items():
            if slug := slug_of(name):
                merged[slug] += count
                labels[facet].setdefault(slug, name)
        by[facet] = dict(sorted(merged.items(), key=lambda pair: -pair[1]))
    return Counted(by, labels)


def facets(counted: Counted, wanted: ProcedureFilter, names: Names) -> tuple[Facet, ...]:
    """The filters to offer: those that divide the results, and those in which something is chosen."""
    counts, labels = counted.by, counted.labels
    sectors = sorted(_values(counts.get("sector", {}), wanted.sectors), key=lambda slug: _sorted_as(names, slug))
    agencies = _values(counts.get("agency", {}), wanted.agencies, AGENCIES_SHOWN)
    subjects = _values(counts.get("subject", {}), wanted.subjects, SUBJECTS_SHOWN)
    levels, grades = counts.get("level", {}), counts.get("online", {})
    told = bool(set(grades) - {"unknown"})
    offered = (
        _facet("cap", _("Cấp thực hiện"), "checks",
               [(LEVEL_SLUGS[v], glossary.LEVELS[v], levels.get(v), v in wanted.levels)
                for v in _values(levels, wanted.levels) if v in LEVEL_SLUGS]),
        _facet("linh-vuc", _("Lĩnh vực"), "choice",
               _options(sectors, counts.get("sector", {}), wanted.sectors, lambda s: names.sectors.get(s, s))),
        _facet("co-quan", _("Cơ quan thực hiện"), "choice",
               _options(agencies, counts.get("agency", {}), wanted.agencies,
                        lambda s: labels["agency"].get(s) or names.agency(s))),
        _facet("doi-tuong", _("Ai được làm"), "checks",
               _options(subjects, counts.get("subject", {}), wanted.subjects,
                        lambda s: labels["subject"].get(s) or names.subject(s))),
        _facet("truc-tuyen", _("Dịch vụ công trực tuyến"), "checks",
               [(GRADE_SLUGS[v], glossary.GRADES[v], grades.get(v), v in wanted.online)
                for v in _values(grades, wanted.online) if v in GRADE_SLUGS and told]),
        *(_mark(key, label, counts.get(facet, {}), chosen) for facet, key, label, chosen in _marks(wanted)),
        _states(counts.get("state", {}), wanted),
    )  # fmt: skip
    return tuple(facet for facet in offered if facet.options)


def _options(
    slugs: Sequence[str], counts: Mapping[str, int], chosen: Sequence[str], label: Callable[[str], str]
) -> list[tuple[str, str, int | None, bool]]:
    return [(slug, label(slug), counts.get(slug), slug in chosen) for slug in slugs]


def _marks(wanted: ProcedureFilter) -> tuple[tuple[str, str, str, bool], ...]:
    anywhere = _("Phi địa giới: nộp nơi nào trong tỉnh cũng được")
    return (
        ("fee_free", "mien-phi", _("Không mất phí, lệ phí"), wanted.fee_free),
        ("non_territorial", "phi-dia-gioi", anywhere, wanted.non_territorial),
    )


def _mark(key: str, label: str, counts: Mapping[str, int], chosen: bool) -> Facet:
    number = sum(counts.values())
    return _facet(key, "", "checks", [(YES, label, number, chosen)] if number or chosen else [])


def _states(counts: Mapping[str, int], wanted: ProcedureFilter) -> Facet:
    labels = {**{state.value: glossary.STATES[state.value] for state in State}, "": _("Cả ba, kể cả đã bãi bỏ")}
    options = [
        (slug, labels[state.value if state else ""], counts.get(state.value) if state else None, state is wanted.state)
        for state, slug in STATE_SLUGS.items()
    ]
    return _facet("trang-thai", _("Hiệu lực"), "radio", options)


def _facet(key: str, legend: str, shape: str, options: Sequence[tuple[str, str, int | None, bool]]) -> Facet:
    return Facet(key, legend, shape, tuple(Option(*option) for option in options))


def _values(counts: Mapping[str, int], chosen: Sequence[str], most: int = 1000) -> list[str]:
    """The values to offer, most frequent first; a chosen one is offered even where nothing is left of it."""
    return list(dict.fromkeys((*list(counts)[:most], *chosen)))


def _sorted_as(names: Names, slug: str) -> str:
    return collation_key(names.sectors.get(slug, slug))
