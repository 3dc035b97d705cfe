"""Slips of the hand: a word that stands in no document and is no syllable, mended to one that does.

Two slips are known: telex typed without its keyboard ("ddawng kys" for "đăng ký"), and one letter wrong, missing, too
many or exchanged with its neighbour ("khai sih"). A word that any document holds is never touched, so foreign words,
names and new abbreviations stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import lru_cache

from search_index import vietnamese
from search_index.vietnamese import Word

# So many words of a question are mended; one with more is not Vietnamese.
MOST_MENDED = 8
_SHORTEST = 3

_ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in
inh ip it iu o oa oac oach oai oam oan oang oanh oat oay oc oe oen oet oi om on ong oong op ot u ua uan uang uat uay uc
ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyt y yem yen yeng yet
yeu
"""
_SYLLABLES = frozenset(onset + rime for onset in ["", *_ONSETS.split()] for rime in _RIMES.split())

_LETTERS = "abcdeghiklmnopqrstuvxy"
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VOWELS = {"aa": "â", "ee": "ê", "oo": "ô", "aw": "ă", "ow": "ơ", "uw": "ư"}
_TELEX_RE = re.compile(r"^(dd|[bcdghklmnpqrstvx]*)([aeiouyw]+)([a-z]*?)$")

Held = Callable[[Iterable[tuple[str, ...]]], Mapping[tuple[str, ...], int]]
"""For each word, or pair of neighbours, in how many documents it stands."""


def mended(words: Sequence[Word], telling: Container[str], held: Held) -> dict[int, str]:
    """By place, what a word was meant to be; empty where nothing slipped.

    Only words whose folded form is `telling` are looked at: those of the matter that have no other name.
    """
    suspects = [place for place, word in enumerate(words) if word.folded in telling and _may_be_slip(word)]
    suspects = suspects[: 2 * MOST_MENDED]
    unknown = held((words[place].folded,) for place in suspects) if suspects else {}
    found: dict[int, str] = {}
    for place in suspects:
        if unknown[words[place].folded,] or len(found) >= MOST_MENDED:
            continue
        neighbours = [found.get(at) or words[at].folded for at in (place - 1, place + 1) if 0 <= at < len(words)]
        if best := _best(words[place].folded, place, neighbours, held):
            found[place] = best
    return found


def _may_be_slip(word: Word) -> bool:
    letters = word.folded
    # Without a vowel it is an abbreviation, known or not.
    plain = letters.isascii() and letters.isalpha() and not set(letters).isdisjoint("aeiouy")
    return plain and len(letters) >= _SHORTEST and letters not in _SYLLABLES


def _best(written: str, place: int, neighbours: Sequence[str], held: Held) -> str:
    """The likeliest word: as telex says, else the one that goes with its neighbours, else the most frequent."""
    if decoded := telex(written):
        folded = vietnamese.fold(decoded)
        return decoded if held([(folded,)])[folded,] else ""
    near = nearest(written)
    before = [vietnamese.fold(word) for word in neighbours[:1]] if place else []
    after = [vietnamese.fold(word) for word in neighbours[len(before) :]]
    wanted = [(word,) for word in near]
    joined = {word: [(one, word) for one in before] + [(word, one) for one in after] for word in near}
    counts = held([*wanted, *(pair for pairs in joined.values() for pair in pairs)])
    ranked = [(sum(counts[pair] for pair in joined[word]), counts[word,], word) for word in near if counts[word,]]
    return max(ranked, default=(0, 0, ""))[2]


@lru_cache(maxsize=1_024)
def telex(written: str) -> str:
    """The syllable with its marks that these keys give ("kys" gives "ký"), or "" when they give none."""
    keys = written.lower()
    match = _TELEX_RE.match(keys)
    if match is None or keys in _SYLLABLES:
        return ""
    onset, vowels, rest = match.groups()
    tone = next((letter for letter in rest if letter in _TONES), "")
    late = [letter for letter in rest if letter in "aeow"]  # typed after the end: "tacahs", "quyenef"
    if any(letter not in vowels if letter != "w" else not set("aou") & set(vowels) for letter in late):
        return ""
    for letter in late:
        at = max(vowels.rfind(base) for base in ("aou" if letter == "w" else letter))
        vowels = vowels[: at + 1] + letter + vowels[at + 1 :]
    coda = re.sub("[aeow]", "", rest.replace(tone, "", 1) if tone else rest)
    for typed, meant in _VOWELS.items():
        vowels = vowels.replace(typed, meant, 1)
    vowels = vowels.replace("ươ", "ươ").replace("uơ", "ươ").replace("w", "ư", 1)
    syllable = ("đ" if onset == "dd" else onset) + vowels + _TONES.get(tone, "") + coda
    changed = tone or onset == "dd" or vowels != match.group(2)
    return vietnamese.clean(syllable) if changed and vietnamese.fold(syllable) in _SYLLABLES else ""


@lru_cache(maxsize=1_024)
def nearest(written: str) -> tuple[str, ...]:
    """Every syllable one slip away: a letter too many, missing, wrong, or exchanged with the next."""
    cuts = [(written[:at], written[at:]) for at in range(len(written) + 1)]
    slips = {head + tail[1:] for head, tail in cuts if tail}
    slips |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    slips |= {head + letter + tail for head, tail in cuts for letter in _LETTERS}
    slips |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS}
    return tuple(sorted(word for word in slips if word in _SYLLABLES and word != written))
