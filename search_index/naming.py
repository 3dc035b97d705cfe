"""How well the name of a document answers, beyond the words it shares with a question.

A name is short and says what a procedure is, so what it says besides counts too: "Đăng ký lại khai sinh" answers "đăng
ký khai sinh" less well than "Đăng ký khai sinh" does. Five things are weighed, each a share from 0 to 1:

    bonus = COVERED · share of the name's words that were asked for
          + OPENING · the same for its first words, which tell the act
          + ASKED · share of the question that the document holds
          - OTHER_ACT · acts asked for (gia hạn, thu hồi …) that the name does not tell
          - FARTHER · whether the name is that of a level the question does not name, above the nearest one

The bonus is a share of the best score by words. The weights were fitted on some sources of questions and checked on
the others; they differ little between sources.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from search_index import vietnamese

COVERED, OPENING, ASKED, OTHER_ACT, FARTHER = 0.65, 0.2, 0.25, 0.3, 0.2
OPENING_WORDS = 4

# Each line one act; a name and a question tell it when they hold one of its words or pairs.
_ACTS = """
cấp lại|ký lại|làm lại
cấp đổi
thay đổi
sửa đổi|bổ sung
điều chỉnh
cập nhật
đính chính
gia hạn
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


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: its words without "thủ tục" and without notes in brackets, its acts, its upper level."""

    words: tuple[str, ...]
    acts: frozenset[int]
    upper: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants of a name: folded words and the acts they tell."""

    words: frozenset[str]
    acts: frozenset[int]

    @classmethod
    def of(cls, words: Iterable[str], pairs: Iterable[str]) -> Wanted:
        """From folded words and pairs of a question, other names included."""
        words = frozenset(words)
        return cls(words, _acts([*words, *pairs]))


@lru_cache(maxsize=32_768)
def taken_apart(name: str) -> Name:
    """A name as it is weighed; one that is nothing but notes keeps them."""
    words = _words(_NOTE_RE.sub(" ", name)) or _words(name)
    folded = vietnamese.fold(name)
    upper = next((named for level, named in _UPPER_LEVELS if level.search(folded)), frozenset())
    return Name(words, _acts([*words, *vietnamese.pairs(words)]), upper)


def bonus(name: Name, wanted: Wanted, held: float) -> float:
    """What a name adds to a score, in shares of the best; `held` is the share of the question in the document."""
    if not name.words:
        return 0.0
    opening = name.words[:OPENING_WORDS]
    return (
        COVERED * _share(name.words, wanted.words)
        + OPENING * _share(opening, wanted.words)
        + ASKED * held
        - OTHER_ACT * len(wanted.acts - name.acts)
        - FARTHER * (bool(name.upper) and not name.upper & wanted.words)
    )


def confidence(names: Iterable[str], wanted: Wanted, held: float) -> float:
    """How sure an answer is (0 to 1): both the question is held by the document and a name of it was asked for."""
    return math.sqrt(held * max((_share(taken_apart(name).words, wanted.words) for name in names), default=0.0))


def _share(words: tuple[str, ...], wanted: frozenset[str]) -> float:
    return sum(word in wanted for word in words) / len(words) if words else 0.0


def _words(text: str) -> tuple[str, ...]:
    words = tuple(folded for folded, _ in vietnamese.forms(text))
    return words[2:] if words[:2] == ("thu", "tuc") and len(words) > 2 else words


def _acts(terms: Iterable[str]) -> frozenset[int]:
    return frozenset(_ACT_OF[term] for term in terms if term in _ACT_OF)
