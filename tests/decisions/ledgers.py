"""Random ledgers and short spellings of entries for the tests of the replay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from decisions.timeline import Annulment, AnnulmentKind, Entry, rank_of

FIRST = date(2025, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(13)]
INSTANTS = [datetime(2025, 1, n, 9, tzinfo=UTC) for n in range(1, 6)]


def entry(
    number: int,
    effective_on: date,
    version: int | None,
    *,
    until: date | None = None,
    decision: int | None = None,
    recorded_at: datetime = INSTANTS[0],
    position: int = 1,
) -> Entry:
    """Entry ``number`` of decision ``number`` (unless given), signed later the greater the number."""
    of = number if decision is None else decision
    rank = rank_of(FIRST + timedelta(days=of), f"{of}/QD-UBND", position)
    return Entry(number, effective_on, until, rank, version, recorded_at, of)


def revocation(
    number: int, by: int, of: int, *, on: date | None = None, recorded_at: datetime = INSTANTS[0]
) -> Annulment:
    return Annulment(number, by, AnnulmentKind.ANNULLED, on, recorded_at, target_decision=of)


@st.composite
def entries(draw: st.DrawFn, max_size: int = 6) -> list[Entry]:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(DAYS[:10]),
                st.one_of(st.none(), st.sampled_from(DAYS)),
                st.one_of(st.none(), st.integers(1, 4)),
                st.integers(1, 4),
                st.sampled_from(INSTANTS),
            ),
            max_size=max_size,
        )
    )
    return [
        entry(n, on, version, until=until, decision=decision, recorded_at=at, position=n)
        for n, (on, until, version, decision, at) in enumerate(rows, start=1)
    ]


@st.composite
def annulments(draw: st.DrawFn, max_size: int = 4) -> list[Annulment]:
    """Acts of decisions 5–7 on entries, on decisions 1–4 and on each other, without cycles."""
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(5, 7),
                st.sampled_from(list(AnnulmentKind)),
                st.one_of(st.none(), st.sampled_from(DAYS)),
                st.sampled_from(INSTANTS),
                st.booleans(),
                st.integers(1, 6),
            ),
            max_size=max_size,
        )
    )
    made = []
    for number, (by, kind, on, at, whole, target) in enumerate(rows, start=1):
        decision = min(target, by - 1) if whole else None
        made.append(Annulment(number, by, kind, on, at, entry=None if whole else target, target_decision=decision))
    return made
