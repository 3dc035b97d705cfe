"""Reading a question: what it names, which of its words carry meaning, what else they may be called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


# Without marks most single words could be others ("can" is cần, cân, cạn, căn); these few could not.
_PLAIN_ALONE = frozenset({"toi", "muon", "gi", "cua", "nhung"})


def _phrases(text: str) -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    """The wrapping as tuples of words: marked, for questions with marks, and folded, for those without."""
    found = [vietnamese.forms(phrase) for phrase in text.split("|") if phrase]
    marked = frozenset(tuple(marked for _, marked in phrase) for phrase in found)
    folded = frozenset(
        tuple(folded for folded, _ in phrase) for phrase in found if len(phrase) > 1 or phrase[0][0] in _PLAIN_ALONE
    )
    return marked, folded


_WRAPPING_MARKED, _WRAPPING_FOLDED = _phrases(_WRAPPING)
_LONGEST_WRAPPING = max(map(len, _WRAPPING_MARKED))


@dataclass(frozen=True)
class Term:
    """One thing to look up: its kind, the term, and what it counts for in the question.

    An `essential` term is one the writer used and that has no other name: a good answer should hold it.
    """

    kind: str
    text: str
    weight: float
    essential: bool = False


@dataclass(frozen=True)
class Question:
    """A question ready for the index.

    `codes` and `numbers` are what it names, the most exact first; `terms` what its other words ask for. Where a bare
    number may be meant either way, `certain` is false and `terms` holds it too. `highlighted` are the words to show
    in what was found. `blank` tells an empty question from one without words.
    """

    codes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    certain: bool = True
    highlighted: tuple[Word, ...] = ()
    terms: tuple[Term, ...] = ()
    blank: bool = False


def read(text: str, expansions: Expansions | None = None) -> Question:
    """Read a question. Never fails; a text without any word gives a question without terms.

    `expansions` maps a folded phrase to other ways to say it, in the manner of `ABBREVIATIONS`.
    """
    named = identifiers.in_question(text[:MOST_CHARACTERS])
    found = list(vietnamese.words(named.rest))[:MOST_WORDS]
    with_marks = any(word.folded != word.marked for word in found)
    kept = _unwrapped(found, with_marks)
    if not kept and not (named.certain and (named.codes or named.numbers)):
        kept = list(enumerate(found))
    others = _other_names([word.folded for _, word in kept], {**ABBREVIATIONS, **(expansions or {})})
    names = [name for _, name in others]
    return Question(
        codes=named.codes, numbers=named.numbers, certain=named.certain, blank=not vietnamese.clean(text),
        highlighted=(*(word for _, word in kept), *(word for name in names for word in name)),
        terms=_terms(kept, with_marks, names, {word for phrase, _ in others for word in phrase.split()}),
    )  # fmt: skip


def _terms(
    kept: Sequence[tuple[int, Word]], with_marks: bool, names: Sequence[Sequence[Word]], replaceable: set[str]
) -> tuple[Term, ...]:
    weights: dict[tuple[str, str], float] = {}
    for _, word in kept:
        marks_count = with_marks and word.marked != word.folded
        weights[FOLDED, word.folded] = 1.0 - MARKED_SHARE if marks_count else 1.0
        if marks_count:
            weights[MARKED, word.marked] = MARKED_SHARE
    for (place, first), (next_place, second) in zip(kept, kept[1:], strict=False):
        if next_place == place + 1:
            weights[PAIR, f"{first.folded}_{second.folded}"] = PAIR_WEIGHT
    for name in names:
        folded = [word.folded for word in name]
        for kind, texts in ((FOLDED, folded), (PAIR, vietnamese.pairs(folded))):
            for text in texts:
                weights.setdefault((kind, text), EXPANSION_WEIGHT)
    typed = {word.folded for _, word in kept} - replaceable
    return tuple(
        Term(kind, text, weight, kind == FOLDED and text in typed) for (kind, text), weight in weights.items()
    )


def _unwrapped(found: Sequence[Word], with_marks: bool) -> list[tuple[int, Word]]:
    """The words outside every wrapping phrase with their places; at each place the longest phrase is taken."""
    phrases = _WRAPPING_MARKED if with_marks else _WRAPPING_FOLDED
    forms = [word.marked if with_marks else word.folded for word in found]
    kept: list[tuple[int, Word]] = []
    at = 0
    while at < len(found):
        longest = min(_LONGEST_WRAPPING, len(found) - at)
        length = next((size for size in range(longest, 0, -1) if tuple(forms[at : at + size]) in phrases), 0)
        if not length:
            kept.append((at, found[at]))
        at += length or 1
    return kept


def _other_names(folded: Sequence[str], table: Expansions) -> list[tuple[str, list[Word]]]:
    """Every phrase of the question that the table knows, with each of its other names."""
    longest = max((phrase.count(" ") + 1 for phrase in table), default=0)
    phrases = (
        " ".join(folded[at : at + size])
        for at in range(len(folded))
        for size in range(1, min(longest, len(folded) - at) + 1)
    )
    return [(phrase, list(vietnamese.words(other))) for phrase in phrases for other in table.get(phrase, ())]
