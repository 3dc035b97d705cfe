"""Broken syllables ("t ốt nghiệp", "Qu ả ng Ngãi"), found by the shape of Vietnamese syllables.

They are shown with a suggestion, never corrected silently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from catalogue.imports.decision_values import Doubt

_ONSETS = tuple("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split())  # noqa: SIM905
_CODAS = ("c", "ch", "m", "n", "ng", "nh", "p", "t")
_STOPS = ("c", "ch", "p", "t")
_VOWELS = tuple(
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oe oi oo ôi ơi oai oay oao oeo "  # noqa: SIM905
    "ua uâ uê uô uơ ui uôi uy uya uyê uyu uây ưa ươ ưi ươi ươu ưu yê yêu".split()
)


def _any_of(parts: Iterable[str]) -> str:
    return "|".join(sorted(parts, key=len, reverse=True))


_SYLLABLE = re.compile(f"(?:{_any_of(_ONSETS)})?(?:{_any_of(_VOWELS)})({_any_of(_CODAS)})?")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_SHARP = re.compile("[\u0301\u0323]")
_WORD = re.compile(r"[^\W_]+")
_MARKED = re.compile(r"[^\x00-\x7f]")
_LABELLED = frozenset(("hạng", "loại", "nhóm", "mẫu", "bảng", "mục", "phần", "khối", "lớp", "điểm"))


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word has the shape of one Vietnamese syllable; a stop at its end needs the tone sắc or nặng."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    match = _SYLLABLE.fullmatch(unicodedata.normalize("NFC", decomposed.translate(_TONES)))
    return match is not None and (match[1] not in _STOPS or bool(_SHARP.search(decomposed)))


def _is_onset(word: str) -> bool:
    return word.lower() in _ONSETS and word.lower() != "gi"


def _opens_with_vowel(word: str) -> bool:
    return unicodedata.normalize("NFD", word[0].lower())[0] in "aeiouy"


def _joined(words: list[str], index: int) -> int:
    """How many words from ``index`` on make one broken syllable: 2, 3 or 0."""
    head, *behind = words[index : index + 3]
    before = words[index - 1].lower() if index else ""
    if len(head) <= 2 and (before in _LABELLED or before[-1:].isdigit()):
        return 0  # "hạng B ở", "20 m ở"
    if len(behind) == 2 and _is_onset(head) and behind[1] in _CODAS and is_syllable("".join([head, *behind])):
        return 3
    if not behind or not is_syllable(head + behind[0]):
        return 0
    broken_front = _is_onset(head) and bool(_MARKED.search(behind[0])) and _opens_with_vowel(behind[0])
    broken_end = behind[0] in _CODAS and is_syllable(head) and bool(_MARKED.search(head))
    return 2 if broken_front or broken_end else 0


def broken_syllables(column: str, text: str) -> list[Doubt]:
    """One doubt for every broken syllable of a cell, with the joined reading as suggestion."""
    doubts: list[Doubt] = []
    for run in re.split(r"[^\w ]|\n", unicodedata.normalize("NFC", text)):
        words, index = _WORD.findall(run), 0
        while index < len(words):
            if length := _joined(words, index):
                printed = " ".join(words[index : index + length])
                joined = "".join(words[index : index + length])
                doubts.append(Doubt(column, printed, "Âm tiết có thể bị ngắt khi chuyển đổi tệp.", joined))
                index += length
            else:
                index += 1
    return doubts
