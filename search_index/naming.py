"""How well the name of a document answers, beyond the words it shares with a question.

A name is short and says what a procedure is, so what it says besides counts too: "Đăng ký lại khai sinh" answers "đăng
ký khai sinh" less well than "Đăng ký khai sinh" does. Each of these is weighed, most of them a share from 0 to 1:

    bonus = TELLING · share of the name's words that were asked for, each counted by how few names hold it
          + OPENING · the same for its first words, which tell the act
          + PAIRED · share of the question's pairs of words that the name holds
          + HELD · share of the question that the document holds
          + NEAREST · whether the nearest office does it, where no other was named
          - OTHER_ACT · acts asked for (gia hạn, thu hồi …) that the name does not tell
          - OTHER_MATTER · acts that the name tells and nobody asked for
          - FARTHER · whether the name is that of a level the question does not name, above the nearest one

The bonus is a share of the best score by words. The weights were fitted on some sources of questions and checked on
the others; they differ little between sources.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search_index import vietnamese

TELLING, OPENING, PAIRED, HELD, NEAREST = 0.6, 0.25, 0.45, 0.35, 0.12
OTHER_ACT, OTHER_MATTER, FARTHER = 0.25, 0.05, 0.24
OPENING_WORDS = 4

# Each line one act; a name and a question tell it when they hold one of its words or pairs.
_ACTS = """
cấp lại|ký lại|làm lại
cấp đổi
thay đổi|sửa đổi|bổ sung|điều chỉnh|cập nhật
đính chính
gia hạn|hết hạn
thu hồi
xóa
hủy
chấm dứt|giải thể
tạm ngừng|đình chỉ
mở khóa
bản sao|trích lục
nước ngoài
cấp phép|giấy phép
thông báo
báo cáo
chuyển nhượng|chuyển đổi
khiếu nại
tố cáo
"""
_ACT_OF = {
    phrase.replace(" ", "_"): number
    for number, line in enumerate(vietnamese.fold(act) for act in _ACTS.strip().splitlines())
    for phrase in line.split("|")
}

_NOTE_RE = re.compile(r"\([^()]*\)")
_UPPER_LEVELS = (
    (re.compile(r"\bcap trung uong\b|\b(?:cap|cua|tai) bo\b|\bbo quoc phong\b"), frozenset({"bo", "uong"})),
    (re.compile(r"\bcap tinh\b"), frozenset({"tinh"})),
)


# Levels at which a citizen's nearest office works, and pairs of words by which a question names a farther one.
_NEAREST = frozenset({"commune", "shared"})
_FARTHER = frozenset({"cap_tinh", "cap_bo", "trung_uong", "cap_so"})

Part = tuple[str, float]  # what was weighed, and what it adds


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: its words without "thủ tục" and without notes in brackets, its acts, its upper level."""

    words: tuple[str, ...]
    pairs: frozenset[str]
    acts: frozenset[int]
    upper: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants of a name: folded words, the worth of each pair of them, and the acts they tell."""

    words: frozenset[str]
    pairs: Mapping[str, float]
    acts: frozenset[int]

    @classmethod
    def of(cls, words: Iterable[str], pairs: Mapping[str, float]) -> Wanted:
        """From folded words and pairs of a question, other names included."""
        words = frozenset(words)
        return cls(words, pairs, _acts([*words, *pairs]))


class Rarities:
    """How telling each word of names is: the fewer names hold it, the more."""

    def __init__(self, names: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        number = 0
        for name in names:
            number += 1
            counts.update(set(taken_apart(name).words))
        self._worth = {word: math.log(1.0 + number / count) for word, count in counts.items()}
        self._unknown = math.log(2.0 + number)

    def share(self, words: Sequence[str], wanted: frozenset[str]) -> float:
        """The share of the words that is wanted, each counted by what it tells."""
        worth = [(self._worth.get(word, self._unknown), word in wanted) for word in words]
        return sum(each for each, inside in worth if inside) / sum(each for each, _ in worth) if worth else 0.0


@lru_cache(maxsize=32_768)
def taken_apart(name: str) -> Name:
    """A name as it is weighed; one that is nothing but notes keeps them."""
    words = _words(_NOTE_RE.sub(" ", name)) or _words(name)
    pairs = frozenset(vietnamese.pairs(words))
    folded = vietnamese.fold(name)
    upper = next((named for level, named in _UPPER_LEVELS if level.search(folded)), frozenset())
    return Name(words, pairs, _acts([*words, *pairs]), upper)


def parts(name: Name, level: str, wanted: Wanted, held: float, rarities: Rarities) -> list[Part]:
    """What a name adds to a score, part by part, in shares of the best; `held` is the share of the question in the
    document, `level` that of the document."""
    if not name.words:
        return []
    full = sum(wanted.pairs.values())
    paired = sum(worth for pair, worth in wanted.pairs.items() if pair in name.pairs)
    nearest = level in _NEAREST and not _FARTHER & wanted.pairs.keys()
    weighed = [
        ("telling", TELLING * rarities.share(name.words, wanted.words)),
        ("opening", OPENING * _share(name.words[:OPENING_WORDS], wanted.words)),
        ("paired", PAIRED * paired / full if full else 0.0),
        ("held", HELD * held),
        ("nearest", NEAREST * nearest),
        ("other_act", -OTHER_ACT * len(wanted.acts - name.acts)),
        ("other_matter", -OTHER_MATTER * len(name.acts - wanted.acts)),
        ("farther", -FARTHER * (bool(name.upper) and not name.upper & wanted.words)),
    ]
    return [(what, worth) for what, worth in weighed if worth]


def confidence(names: Iterable[str], wanted: Wanted, held: float) -> float:
    """How sure an answer is (0 to 1): both the question is held by the document and a name of it was asked for."""
    return math.sqrt(held * max((_share(taken_apart(name).words, wanted.words) for name in names), default=0.0))


def _share(words: Sequence[str], wanted: frozenset[str]) -> float:
    return sum(word in wanted for word in words) / len(words) if words else 0.0


def _words(text: str) -> tuple[str, ...]:
    words = tuple(folded for folded, _ in vietnamese.forms(text))
    return words[2:] if words[:2] == ("thu", "tuc") and len(words) > 2 else words


def _acts(terms: Iterable[str]) -> frozenset[int]:
    return frozenset(_ACT_OF[term] for term in terms if term in _ACT_OF)
