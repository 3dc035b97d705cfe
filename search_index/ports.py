"""What search means to the application: documents and questions as values, and the contract of a back end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:  # the analysis of questions needs the values below
    from search_index.question import Vocabulary

Status = Literal["in_force", "coming", "ended", "any"]
Order = Literal["best", "name", "newest"]
Span = tuple[int, int]
Progress = Callable[[int], None]

FACETS = (
    "level", "sector", "agency", "subjects", "online_grade", "fee_free", "non_territorial", "register", "status",
)  # fmt: skip
YES = "yes"  # the one value of a facet that is a mark


@dataclass(frozen=True)
class IndexedDocument:
    """One version of one procedure at one level, as search sees it.

    `key` names the document; `procedure` names the lasting identity that its versions share. Validity is half-open:
    the document binds on days with `valid_from <= day < valid_until`; `valid_until` None means open.
    `agency` may name several, apart by "; ". `subjects` are those who may ask, `fee_free` and `non_territorial` marks;
    these three serve filters only and are not searched.
    `boost` multiplies the score and is 1.0 unless the application has a reason it can explain.
    """

    key: str
    code: str
    name: str
    level: str
    valid_from: date
    valid_until: date | None = None
    procedure: str = ""
    friendly_name: str = ""
    keywords: tuple[str, ...] = ()
    body: str = ""
    sector: str = ""
    agency: str = ""
    register: str = "public"
    decision_numbers: tuple[str, ...] = ()
    online_grade: str = "unknown"
    subjects: tuple[str, ...] = ()
    fee_free: bool = False
    non_territorial: bool = False
    boost: float = 1.0


@dataclass(frozen=True)
class Query:
    """A question put on a day. Empty filters mean "all"; an empty text lists everything by name.

    `status` is relative to `on`. Every status yields at most one document for a (procedure, level): the one in force,
    the next to come, the last to have ended (only where nothing is in force), or, for "any", the first of these three
    that exists. `subjects` asks for documents with any of them, `fee_free` and `non_territorial` for those so marked.
    `facets` names the counts wanted (of `FACETS`); a facet's counts ignore the filter on that facet.
    `explain` asks each hit for the parts of its score.
    `first` are procedures that lead the answers, in this order, where they stand on the day and pass every filter;
    nothing leads what the text names by code or number. `order` puts them otherwise: by name, or those first that
    have begun last.
    """

    text: str
    on: date
    limit: int = 20
    offset: int = 0
    status: Status = "in_force"
    register: str | None = "public"
    levels: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    online_grades: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    fee_free: bool = False
    non_territorial: bool = False
    facets: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    order: Order = "best"
    explain: bool = False


@dataclass(frozen=True)
class ScorePart:
    """What one thing adds to a score; the parts of a hit sum to its score.

    `what` is "folded", "marked" or "pair" for a term (`term`; `origin` the phrase that brought it, "" where it was
    typed), "code" or "number" for what was named, "boost" for the document's own, "pinned", "floor", or one of the
    parts of `naming` and "sector".
    """

    what: str
    worth: float
    term: str = ""
    origin: str = ""


# Nine in ten right first answers reach this, one in twenty first answers to what no office does.
SURE = 0.55


@dataclass(frozen=True)
class Hit:
    """One document found. `highlights` maps "name" and "friendly_name" to half-open spans of the original text.

    `coverage` (0 to 1) is the share of the question's weight that the document contains at all. `confidence` (0 to 1)
    is low unless the question is in the document and the name in the question; a first hit below `SURE` is a guess.
    `pinned` tells what `Query.first` put there. `parts` explain the score where `Query.explain` asked for it.
    """

    key: str
    code: str
    level: str
    score: float
    name: str = ""
    procedure: str = ""
    coverage: float = 1.0
    confidence: float = 1.0
    highlights: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    pinned: bool = False
    parts: tuple[ScorePart, ...] = ()


@dataclass(frozen=True)
class ResultPage:
    """`total` counts every document that answers; `facets` maps a facet to (value, count), most frequent first.

    `intent` is what the question asks about a procedure, a value of `intents.Intent` ("papers", "fee" …), or "".
    `mended` is the question as it was read where slips of the hand were mended in it, else "".
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    intent: str = ""
    mended: str = ""


class SearchError(Exception):
    """Something about the index itself, told in one Vietnamese sentence."""


class IndexBusy(SearchError):
    """Another writer holds the index; nothing was changed, try again later."""


class IndexFailed(SearchError):
    """Writing failed, for instance because the disk is full; the index answers as before."""


class IndexUnusable(SearchError):
    """There is no index here, it has another schema, or it is damaged; the application should rebuild it."""


class Searcher(Protocol):
    """Something that answers questions."""

    def search(self, query: Query, vocabulary: Vocabulary | None = None) -> ResultPage:
        """Answer a question, read with `vocabulary` or else with what was given at opening. No text makes it fail."""


class SearchBackend(Searcher, Protocol):
    """The contract, proved for every back end by `tests/search_index/test_contract.py`.

    All but `rebuild` raise IndexUnusable where there is no usable index; writers also raise IndexBusy and IndexFailed.
    """

    @property
    def joins_transactions(self) -> bool:
        """Whether changes are made in the application's own transaction, and are seen when that one is committed."""

    @property
    def revision(self) -> str:
        """Changes whenever answers may change; the same for every reader of the same state."""

    def count(self) -> int:
        """How many documents are held, of all days and registers."""

    def replace(self, documents: Iterable[IndexedDocument]) -> None:
        """Add documents; one with a key already held takes its place. All or none."""

    def replace_procedures(self, changes: Mapping[str, Sequence[IndexedDocument]]) -> None:
        """For each procedure, drop every document it has and add the given ones (none: it leaves). All or none."""

    def remove(self, keys: Iterable[str]) -> None:
        """Drop documents by key; unknown keys are no error. All or none."""

    def preview(self, changes: Mapping[str, Sequence[IndexedDocument]]) -> Searcher:
        """What would answer if `replace_procedures` were called with `changes`; nothing is written, words are needed.

        The preview stays as it is when the index moves on, and may then fail with IndexUnusable.
        """

    def rebuild(self, documents: Iterable[IndexedDocument], progress: Progress | None = None) -> int:
        """Build a new index from `documents` beside the live one and switch to it at once; return how many.

        A key given twice counts once, the first. `progress` is called with the number of documents read so far.
        A rebuild that fails or is killed leaves the live index as it was.
        """
