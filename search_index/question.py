"""Reading a question: what it names, which of its words carry meaning, what else they may be called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search_index import identifiers, vietnamese
from search_index.relevance import FOLDED, MARKED, PAIR
from search_index.vietnamese import Word

Expansions = Mapping[str, Sequence[str]]

# A longer question has said it all by then; only its first words are read.
MOST_CHARACTERS = 2_000
MOST_WORDS = 64
EXPANSION_WEIGHT = 0.5
# What is left to the words of a phrase that has another name.
REPLACED_SHARE = 0.35
WEAK_WEIGHT = 0.3
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


# Words that belong to half of all questions and to some names ("xin thôi quốc tịch"): they count a little.
_WEAK = frozenset(vietnamese.fold("làm xin đi giấy tờ mới người nhà").split())

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


class Vocabulary:
    """Phrases and their other names, ready to be looked up in questions.

    A phrase given with marks is not found where other marks were typed; without marks its letters suffice.
    """

    def __init__(self, expansions: Expansions | None = None) -> None:
        self._names: dict[tuple[str, ...], list[tuple[tuple[str, ...], tuple[Word, ...]]]] = {}
        for table in (ABBREVIATIONS, expansions or {}):
            for phrase, others in table.items():
                written = list(vietnamese.words(phrase))
                folded, marked = tuple(word.folded for word in written), tuple(word.marked for word in written)
                for other in others:
                    self._names.setdefault(folded, []).append((marked, tuple(vietnamese.words(other))))
        self._longest = max(map(len, self._names), default=0)

    def found(self, asked: Sequence[Word], with_marks: bool) -> Iterator[tuple[range, list[tuple[Word, ...]]]]:
        """Every phrase of the question, from the left and the longest first, with all its other names."""
        at = 0
        while at < len(asked):
            for size in range(min(self._longest, len(asked) - at), 0, -1):
                if names := self._named(asked[at : at + size], with_marks):
                    yield range(at, at + size), names
                    at += size - 1
                    break
            at += 1

    def _named(self, phrase: Sequence[Word], with_marks: bool) -> list[tuple[Word, ...]]:
        known = self._names.get(tuple(word.folded for word in phrase), ())
        folded, typed = tuple(word.folded for word in phrase), tuple(word.marked for word in phrase)
        return [name for marked, name in known if not with_marks or marked in (typed, folded)]


_GENERAL = Vocabulary()


def read(text: str, vocabulary: Vocabulary | None = None) -> Question:
    """Read a question. Never fails; a text without any word gives a question without terms."""
    named = identifiers.in_question(text[:MOST_CHARACTERS])
    found = list(vietnamese.words(named.rest))[:MOST_WORDS]
    with_marks = any(word.folded != word.marked for word in found)
    kept = _unwrapped(found, with_marks)
    if not kept and not (named.certain and (named.codes or named.numbers)):
        kept = list(enumerate(found))
    replaced = list((vocabulary or _GENERAL).found([word for _, word in kept], with_marks))
    names = [name for _, others in replaced for name in others]
    return Question(
        codes=named.codes, numbers=named.numbers, certain=named.certain, blank=not vietnamese.clean(text),
        highlighted=(*(word for _, word in kept), *(word for name in names for word in name)),
        terms=_terms(kept, with_marks, names, {place for places, _ in replaced for place in places}),
    )  # fmt: skip


def _terms(
    kept: Sequence[tuple[int, Word]], with_marks: bool, names: Sequence[Sequence[Word]], replaced: set[int]
) -> tuple[Term, ...]:
    weights: dict[tuple[str, str], float] = {}
    for at, (_, word) in enumerate(kept):
        marks_count = with_marks and word.marked != word.folded
        share = (REPLACED_SHARE if at in replaced else 1.0) * (WEAK_WEIGHT if word.folded in _WEAK else 1.0)
        weights[FOLDED, word.folded] = share * (1.0 - MARKED_SHARE if marks_count else 1.0)
        if marks_count:
            weights[MARKED, word.marked] = share * MARKED_SHARE
    for at, ((place, first), (next_place, second)) in enumerate(zip(kept, kept[1:], strict=False)):
        if next_place == place + 1:
            share = REPLACED_SHARE if at in replaced and at + 1 in replaced else 1.0
            weights[PAIR, f"{first.folded}_{second.folded}"] = PAIR_WEIGHT * share
    for name in names:
        folded = [word.folded for word in name]
        for kind, texts in ((FOLDED, folded), (PAIR, vietnamese.pairs(folded))):
            for text in texts:
                weights[kind, text] = max(weights.get((kind, text), 0.0), EXPANSION_WEIGHT)
    typed = {word.folded for at, (_, word) in enumerate(kept) if at not in replaced}
    return tuple(Term(kind, text, weight, kind == FOLDED and text in typed) for (kind, text), weight in weights.items())


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
