"""Cleaning and folding of printed words, so that one word printed in five ways is one word to the rules."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\ufeff"))


def clean(text: str) -> str:
    """NFC, without invisible marks, every run of blanks (tabs, U+00A0, line ends) as one space, ends stripped."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


def fold(text: str) -> str:
    """``clean`` in lower case without tone and vowel marks; đ becomes d, which has no decomposition."""
    decomposed = unicodedata.normalize("NFD", clean(text).casefold().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W_]+")


def spelling(text: str) -> str:
    """The words in lower case, one blank apart, each with its tone at the end: "Hoá đơn" and "hóa  đơn." are equal.

    Vowel marks, đ and tones still count, so "đường" is not "dương"; blanks, punctuation and tone placement do not.
    """
    return " ".join(_toned_last(word) for word in _WORD.findall(clean(text).casefold()))


@lru_cache(maxsize=20_000)  # few syllables, many texts
def _toned_last(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in decomposed if c in _TONES)
    return "".join(c for c in decomposed if c not in _TONES) + tones


def squeezed(text: str) -> str:
    """Only the folded letters and digits: equal for two spellings that differ in blanks, marks or punctuation."""
    return re.sub(r"[\W_]+", "", fold(text))
