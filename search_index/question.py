"""Reading a question: what it names, which of its words carry meaning, what else they may be called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from search_index import identifiers, vietnamese
from search_index.relevance import FOLDED, MARKED, PAIR
from search_index.vietnamese import Word

Expansions = Mapping[str, Sequence[str]]

# A longer question has said it all by then; only its first words are read.
MOST_CHARACTERS = 2_000
MOST_WORDS = 64
EXPANSION_WEIGHT = 0.7
# Where marks were typed, this share of a syllable counts only with these marks, the rest by its letters alone.
MARKED_SHARE = 0.2
PAIR_WEIGHT = 1.0

# General abbreviations of the administration, folded. What an installation calls things comes as `expansions`.
ABBREVIATIONS: Expansions = {
    "bhtn": ("bảo hiểm thất nghiệp",),
    "bhxh": ("bảo hiểm xã hội",),
    "bhyt": ("bảo hiểm y tế",),
    "cccd": ("căn cước công dân", "căn cước"),
    "cmnd": ("chứng minh nhân dân",),
    "cmt": ("chứng minh nhân dân",),
    "cnqsdd": ("chứng nhận quyền sử dụng đất",),
    "dkkd": ("đăng ký kinh doanh",),
    "dk": ("đăng ký",),
    "dn": ("doanh nghiệp",),
    "dvc": ("dịch vụ công",),
    "gcn": ("giấy chứng nhận",),
    "gplx": ("giấy phép lái xe",),
    "gpxd": ("giấy phép xây dựng",),
    "hkd": ("hộ kinh doanh",),
    "htx": ("hợp tác xã",),
    "mst": ("mã số thuế",),
    "pccc": ("phòng cháy chữa cháy",),
    "qsdd": ("quyền sử dụng đất",),
    "tnhh": ("trách nhiệm hữu hạn",),
    "tthc": ("thủ tục hành chính",),
    "ubnd": ("ủy ban nhân dân",),
    "vsattp": ("vệ sinh an toàn thực phẩm",),
}

# How people wrap a question. The wrapping is dropped when something else remains; official texts seldom say "tôi" or
# "làm sao", so these words would otherwise pass for rare and decisive ones.
_WRAPPING = """
thủ tục hành chính|thủ tục|trình tự thực hiện|trình tự|quy trình|hồ sơ gồm những gì|hồ sơ|thành phần hồ sơ|các bước
cần những giấy tờ gì|cần giấy tờ gì|những giấy tờ gì|giấy tờ gì|giấy tờ nào|cần chuẩn bị|chuẩn bị
như thế nào|thế nào|ra sao|làm sao để|làm sao|làm thế nào|cần làm gì|phải làm gì|cần phải làm gì|làm gì
cần những gì|những gì|gồm những gì|cái gì|là gì|là bao lâu|bao lâu|mất bao lâu|bao nhiêu tiền|bao nhiêu ngày|bao nhiêu
ở đâu|nộp ở đâu|tại đâu|đến đâu|khi nào|vì sao|tại sao|có được không|được không|có phải|hay không|phải không
tôi muốn|tôi cần|tôi phải|tôi đang|tôi vừa|tôi có|tôi là|tôi|chúng tôi|em|cho tôi hỏi|cho hỏi|xin hỏi|xin chào|mình
được thực hiện|thực hiện|theo quy định|quy định về|quy định|đối với|trường hợp|điều kiện gì|yêu cầu gì
muốn|cần|phải|hỏi|gì|nào|sao|đâu|thì|là|và|hoặc|của|cho|để|khi|với|về|các|những|một|này|đó|có|được|bị|ạ|nhỉ|nếu|vậy|mà|hãy
""".replace("\n", "|")


def _phrases(text: str) -> tuple[dict[tuple[str, ...], int], dict[tuple[str, ...], int]]:
    """The wrapping as word tuples: marked forms (for questions with marks) and folded forms of two words and more."""
    marked: dict[tuple[str, ...], int] = {}
    folded: dict[tuple[str, ...], int] = {}
    for phrase in filter(None, text.split("|")):
        found = list(vietnamese.words(phrase))
        marked[tuple(word.marked for word in found)] = len(found)
        if len(found) > 1 or found[0].folded in {"toi", "muon", "gi", "cua", "nhung"}:
            folded[tuple(word.folded for word in found)] = len(found)
    return marked, folded


_WRAPPING_MARKED, _WRAPPING_FOLDED = _phrases(_WRAPPING)
_LONGEST_WRAPPING = max(_WRAPPING_MARKED.values())


@dataclass(frozen=True)
class Term:
    """One thing to look up: its kind, the term, and what it counts for in the question."""

    kind: str
    text: str
    weight: float


@dataclass(frozen=True)
class Question:
    """A question ready for the index. `words` are those that carry meaning, for highlighting and coverage."""

    codes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    certain: bool = True
    words: tuple[Word, ...] = ()
    terms: tuple[Term, ...] = ()
    all_terms: tuple[Term, ...] = field(default=(), repr=False)
    blank: bool = False


def read(text: str, expansions: Expansions | None = None) -> Question:
    """Read a question. Never fails; a text without any word gives a question without terms.

    `expansions` maps a folded phrase to other ways to say it, in the manner of `ABBREVIATIONS`.
    """
    shortened = text[:MOST_CHARACTERS]
    named = identifiers.in_question(shortened)
    table = {**ABBREVIATIONS, **(expansions or {})}
    words, terms = _meaning(named.rest, table)
    everything = terms if named.rest == shortened else _meaning(shortened, table)[1]
    return Question(
        codes=named.codes, numbers=named.numbers, certain=named.certain, words=words, terms=terms,
        all_terms=everything, blank=not vietnamese.clean(text),
    )  # fmt: skip


def _meaning(text: str, table: Expansions) -> tuple[tuple[Word, ...], tuple[Term, ...]]:
    found = list(vietnamese.words(text))[:MOST_WORDS]
    with_marks = any(word.folded != word.marked for word in found)
    kept = _unwrapped(found, with_marks) or found
    weights: dict[tuple[str, str], float] = {}
    for word in kept:
        weights[FOLDED, word.folded] = 1.0 - MARKED_SHARE if with_marks and word.marked != word.folded else 1.0
        if with_marks and word.marked != word.folded:
            weights[MARKED, word.marked] = MARKED_SHARE
    for first, second in zip(kept, kept[1:], strict=False):
        if _adjacent(first, second, found):
            weights[PAIR, f"{first.folded}_{second.folded}"] = PAIR_WEIGHT
    for (kind, term), weight in _expanded([word.folded for word in kept], table).items():
        weights.setdefault((kind, term), weight)
    return tuple(kept), tuple(Term(kind, term, weight) for (kind, term), weight in weights.items())


def _adjacent(first: Word, second: Word, found: Sequence[Word]) -> bool:
    return found.index(second) - found.index(first) == 1


def _unwrapped(found: Sequence[Word], with_marks: bool) -> list[Word]:
    """The words outside every wrapping phrase, the longest phrase first."""
    phrases = _WRAPPING_MARKED if with_marks else _WRAPPING_FOLDED
    forms = [word.marked if with_marks else word.folded for word in found]
    kept: list[Word] = []
    at = 0
    while at < len(found):
        length = next(
            (size for size in range(_LONGEST_WRAPPING, 0, -1) if tuple(forms[at : at + size]) in phrases
             and at + size <= len(found)), 0,
        )  # fmt: skip
        if not length:
            kept.append(found[at])
        at += length or 1
    return kept


def _expanded(folded: Sequence[str], table: Expansions) -> dict[tuple[str, str], float]:
    """Terms of the other names of every phrase of the question that the table knows."""
    more: dict[tuple[str, str], float] = {}
    longest = max((phrase.count(" ") + 1 for phrase in table), default=0)
    for at in range(len(folded)):
        for size in range(1, longest + 1):
            for other in table.get(" ".join(folded[at : at + size]), ()):
                said = [word.folded for word in vietnamese.words(other)]
                more.update({(FOLDED, term): EXPANSION_WEIGHT for term in said})
                more.update({(PAIR, pair): EXPANSION_WEIGHT for pair in vietnamese.pairs(said)})
    return more
