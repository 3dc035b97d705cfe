"""Reading a question: what it names, which of its words carry meaning, what else they may be called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search_index import identifiers, vietnamese, wrapping
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
MARKED_SHARE = 0.4
PAIR_WEIGHT = 1.0

# General abbreviations of the administration, folded. What an installation calls things comes as `expansions`.
ABBREVIATIONS: Expansions = {
    "attp": ("an toàn thực phẩm",),
    "bds": ("bất động sản",),
    "bhtn": ("bảo hiểm thất nghiệp",),
    "bhxh": ("bảo hiểm xã hội",),
    "bhyt": ("bảo hiểm y tế",),
    "blx": ("giấy phép lái xe",),
    "bnn": ("bệnh nghề nghiệp",),
    "cccd": ("căn cước công dân", "căn cước"),
    "cchn": ("chứng chỉ hành nghề",),
    "ck": ("chồng",),
    "cmnd": ("chứng minh nhân dân",),
    "cmt": ("chứng minh nhân dân",),
    "cnqsdd": ("chứng nhận quyền sử dụng đất",),
    "cty": ("công ty",),
    "dk": ("đăng ký",),
    "dkkd": ("đăng ký kinh doanh",),
    "dkkh": ("đăng ký kết hôn",),
    "dkks": ("đăng ký khai sinh",),
    "dn": ("doanh nghiệp",),
    "dntn": ("doanh nghiệp tư nhân",),
    "dtm": ("đánh giá tác động môi trường",),
    "dvc": ("dịch vụ công",),
    "gcn": ("giấy chứng nhận",),
    "gcnqsdd": ("giấy chứng nhận quyền sử dụng đất",),
    "gks": ("giấy khai sinh",),
    "gpkd": ("giấy phép kinh doanh",),
    "gpld": ("giấy phép lao động",),
    "gplx": ("giấy phép lái xe",),
    "gpxd": ("giấy phép xây dựng",),
    "gtgt": ("giá trị gia tăng",),
    "hdld": ("hợp đồng lao động",),
    "hdv": ("hướng dẫn viên",),
    "hkd": ("hộ kinh doanh",),
    "htx": ("hợp tác xã",),
    "kcb": ("khám bệnh chữa bệnh",),
    "lltp": ("lý lịch tư pháp",),
    "mst": ("mã số thuế",),
    "mtv": ("một thành viên",),
    "ncc": ("người có công",),
    "nld": ("người lao động",),
    "nnn": ("người nước ngoài",),
    "nvqs": ("nghĩa vụ quân sự",),
    "onl": ("trực tuyến",),
    "pccc": ("phòng cháy chữa cháy",),
    "qsdd": ("quyền sử dụng đất",),
    "sdd": ("sử dụng đất",),
    "tctn": ("trợ cấp thất nghiệp",),
    "tmdt": ("thương mại điện tử",),
    "tncn": ("thu nhập cá nhân",),
    "tndn": ("thu nhập doanh nghiệp",),
    "tnhh": ("trách nhiệm hữu hạn",),
    "tnld": ("tai nạn lao động",),
    "ttdb": ("tiêu thụ đặc biệt",),
    "tthc": ("thủ tục hành chính",),
    "tthn": ("tình trạng hôn nhân",),
    "ubnd": ("ủy ban nhân dân",),
    "vk": ("vợ",),
    "vlncn": ("vật liệu nổ công nghiệp",),
    "vlxd": ("vật liệu xây dựng",),
    "vpdd": ("văn phòng đại diện",),
    "vsattp": ("vệ sinh an toàn thực phẩm",),
}
# Official texts print these too: who writes the full name must find them.
_PRINTED = frozenset({"bhtn", "bhxh", "bhyt", "bnn", "gtgt", "htx", "mtv", "pccc", "tncn", "tndn", "tnhh", "tnld"})

# Words that belong to half of all questions and to some names ("xin thôi quốc tịch"): they count a little.
_WEAK = frozenset(vietnamese.fold("làm xin đi giấy tờ mới người nhà").split())


@dataclass(frozen=True)
class Term:
    """One thing to look up: its kind, the term, and what it counts for in the question.

    An `essential` term is one the writer used and that has no other name: a good answer should hold it. `origin` is
    the phrase whose other name brought the term, "" where the writer used it.
    """

    kind: str
    text: str
    weight: float
    essential: bool = False
    origin: str = ""


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


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another way to say a phrase. An `everyday` phrase is less likely than its other name to stand in a document."""

    phrase: tuple[Word, ...]
    name: tuple[Word, ...]
    everyday: bool


Phrase = tuple[Word, ...]
Placed = tuple[int, Word]
Renamed = dict[int, list[OtherName]]


class Vocabulary:
    """Phrases and their other names, ready to be looked up in questions.

    Known are the abbreviations, both ways where both are printed, and the expansions given.

    A phrase given with marks is not found where other marks were typed; without marks its letters suffice.
    """

    def __init__(self, expansions: Expansions | None = None) -> None:
        self._names: dict[tuple[str, ...], list[OtherName]] = {}
        for short, others in ABBREVIATIONS.items():
            for other in others:
                self._add(short, other, everyday=False)
                if short in _PRINTED:
                    self._add(other, short, everyday=False)
        for phrase, others in (expansions or {}).items():
            for other in others:
                self._add(phrase, other, everyday=True)
        self._longest = max(map(len, self._names), default=0)

    def _add(self, phrase: str, other: str, everyday: bool) -> None:
        words = tuple(vietnamese.words(phrase))
        name = OtherName(words, tuple(vietnamese.words(other)), everyday)
        self._names.setdefault(tuple(word.folded for word in words), []).append(name)

    def found(self, asked: Sequence[Placed], with_marks: bool) -> Renamed:
        """By place, the other names of the phrase that stands there: from the left, the longest phrase first."""
        renamed: Renamed = {}
        at = 0
        while at < len(asked):
            size, names = self.longest([word for _, word in asked[at : at + self._longest]], with_marks)
            renamed.update((place, names) for place, _ in asked[at : at + size])
            at += size or 1
        return renamed

    def longest(self, words: Sequence[Word], with_marks: bool) -> tuple[int, list[OtherName]]:
        """The longest known phrase that these words begin with, by its length, and its other names; 0 without one."""
        for size in range(min(self._longest, len(words)), 0, -1):
            if names := self._named(words[:size], with_marks):
                return size, names
        return 0, []

    def _named(self, phrase: Sequence[Word], with_marks: bool) -> list[OtherName]:
        known = self._names.get(tuple(word.folded for word in phrase), ())
        if with_marks:
            return [name for name in known if _same_marks(name.phrase, phrase)]
        # A lone syllable without marks could be too many others: "cuoi" is cưới, cuối, cười.
        return [name for name in known if len(phrase) > 1 or _same_marks(name.phrase, phrase)]


def _same_marks(known: Sequence[Word], typed: Sequence[Word]) -> bool:
    """Whether the known phrase has no marks, or none but those that were typed."""
    return all(one.marked in (other.marked, one.folded) for one, other in zip(known, typed, strict=True))


_GENERAL = Vocabulary()


def read(text: str, vocabulary: Vocabulary | None = None) -> Question:
    """Read a question. Never fails; a text without any word gives a question without terms."""
    named = identifiers.in_question(text[:MOST_CHARACTERS])
    found = list(vietnamese.words(named.rest))[:MOST_WORDS]
    with_marks = any(word.folded != word.marked for word in found)
    vocabulary = vocabulary or _GENERAL
    renamed, kept = _cut(found, with_marks, vocabulary)
    # "Chồng em mất" tells its phrase only when the wrapping is gone.
    renamed |= vocabulary.found([entry for entry in kept if entry[0] not in renamed], with_marks)
    if not kept and not (named.certain and (named.codes or named.numbers)):
        kept = list(enumerate(found))
    names = {other.name: other.phrase for others in renamed.values() for other in reversed(others)}
    return Question(
        codes=named.codes, numbers=named.numbers, certain=named.certain, blank=not vietnamese.clean(text),
        highlighted=(*(word for _, word in kept), *(word for name in names for word in name)),
        terms=_terms(kept, with_marks, names, renamed),
    )  # fmt: skip


# Without marks these may be other words ("cho" is cho, chợ, chỗ), but mostly they only link what is meant.
_LINKING = frozenset(vietnamese.fold("cho của và với về khi để").split())


def _terms(
    kept: Sequence[Placed], with_marks: bool, names: Mapping[Phrase, Phrase], renamed: Renamed
) -> tuple[Term, ...]:
    """The terms of the kept words, and of the other names of their phrases (name to phrase)."""
    weights: dict[tuple[str, str], float] = {}
    origins: dict[tuple[str, str], str] = {}
    everyday = {place for place, others in renamed.items() if any(other.everyday for other in others)}
    for place, word in kept:
        marks_count = with_marks and word.marked != word.folded
        weak = word.folded in _WEAK or (not with_marks and word.folded in _LINKING)
        share = (REPLACED_SHARE if place in everyday else 1.0) * (WEAK_WEIGHT if weak else 1.0)
        weights[FOLDED, word.folded] = share * (1.0 - MARKED_SHARE if marks_count else 1.0)
        if marks_count:
            weights[MARKED, word.marked] = share * MARKED_SHARE
    for (place, first), (next_place, second) in zip(kept, kept[1:], strict=False):
        if next_place == place + 1:
            share = REPLACED_SHARE if {place, next_place} <= everyday else 1.0
            if not with_marks and not _LINKING.isdisjoint((first.folded, second.folded)):
                share *= WEAK_WEIGHT
            weights[PAIR, f"{first.folded}_{second.folded}"] = PAIR_WEIGHT * share
    for name, phrase in names.items():
        folded = [word.folded for word in name]
        for kind, texts in ((FOLDED, folded), (PAIR, vietnamese.pairs(folded))):
            for text in texts:
                if (kind, text) not in weights:
                    origins[kind, text] = " ".join(word.folded for word in phrase)
                weights[kind, text] = max(weights.get((kind, text), 0.0), EXPANSION_WEIGHT)
    typed = {word.folded for place, word in kept if place not in renamed}
    return tuple(
        Term(kind, text, weight, kind == FOLDED and text in typed, origins.get((kind, text), ""))
        for (kind, text), weight in weights.items()
    )


def _cut(found: Sequence[Word], with_marks: bool, vocabulary: Vocabulary) -> tuple[Renamed, list[Placed]]:
    """The other names by place, and the words outside every wrapping with their places."""
    known = [vocabulary.longest(found[at:], with_marks) for at in range(len(found))]
    renamed: Renamed = {}
    kept: list[Placed] = []
    for at, size, dropped in wrapping.pieces(found, with_marks, [size for size, _ in known]):
        if dropped:
            continue
        kept += [(place, found[place]) for place in range(at, at + size)]
        # "Mở tiệm thuốc" opens a shop and sells medicine: a phrase may reach over the end of the one before.
        for begin in range(at, at + size):
            length, names = known[begin]
            if begin == at and length == size or begin > at and begin + length > at + size:
                for place in range(begin, begin + length):
                    renamed.setdefault(place, []).extend(names)
    return renamed, kept
