"""Broken syllables ("t ốt nghiệp", "Qu ả ng Ngãi"): found by the shape of Vietnamese syllables, never corrected silently."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from catalogue.imports.decision_values import Doubt

_ONSETS = (
    "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
).split()  # fmt: skip
_CODAS = ("c", "ch", "m", "n", "ng", "nh", "p", "t")
_VOWELS = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oe oi oo ôi ơi oai oay oao oeo ua uâ uê uô uơ ui "
    "uôi uy uya uyê uyu uây ưa ươ ưi ươi ươu ưu yê yêu"
).split()
_SYLLABLE = re.compile(f"(?:{'|'.join(sorted(_ONSETS, key=len, reverse=True))})?(?:{'|'.join(sorted(_VOWELS, key=len, reverse=True))})(?:{'|'.join(sorted(_CODAS, key=len, reverse=True))})?")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word has the shape of one Vietnamese syllable."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES))
    return bool(_SYLLABLE.fullmatch(plain))


def _is_onset(word: str) -> bool:
    return word.lower() in _ONSETS and word.lower() not in ("y", "gi")


def _joined(words: list[str], index: int) -> int:
    """How many words from ``index`` on make one broken syllable: 2, 3 or 0."""
    head = words[index]
    three = words[index : index + 3]
    if len(three) == 3 and _is_onset(head) and not is_syllable(three[2]) and three[2] in _CODAS and is_syllable("".join(three)):
        return 3
    two = words[index : index + 2]
    if len(two) < 2:
        return 0
    broken_front = _is_onset(head) and bool(_MARKED.search(two[1])) and two[1][0].lower() in "aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    broken_end = two[1] in _CODAS and not is_syllable(two[1]) and is_syllable(head) and bool(_MARKED.search(head))
    return 2 if (broken_front or broken_end) and is_syllable("".join(two)) else 0


def broken_syllables(column: str, text: str) -> list[Doubt]:
    """One doubt for every broken syllable of a cell, with the joined reading as suggestion."""
    doubts: list[Doubt] = []
    for run in re.split(r"[^\w ]|\d|\n", unicodedata.normalize("NFC", text)):
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
