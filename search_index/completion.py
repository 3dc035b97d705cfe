"""Phrases that begin as somebody types: whole words in any order, the last one perhaps not finished."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from search_index import vietnamese

MOST_TYPED = 100  # characters
MOST_WORDS = 12
# So many more words a phrase may have that holds what was typed in one piece, and that begins with it.
TOGETHER, BEGINNING = 3, 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to ask for. ``kind`` says where it comes from, ``means`` what it stands for, if for something else."""

    text: str
    kind: str
    means: str = ""


class Completions:
    """Phrases ready to be looked through; those given first are preferred where they answer equally well."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        by_words: dict[str, Phrase] = {}
        for phrase in phrases:
            folded = " ".join(folded for folded, _ in vietnamese.forms(phrase.text))
            if folded:
                by_words.setdefault(f" {folded}", phrase)
        self._phrases = list(by_words.items())

    def of(self, typed: str, most: int = 8, most_of_kind: int = 5) -> list[Phrase]:
        """The phrases that hold what was typed, those first that say little besides or begin with it.

        At most ``most_of_kind`` come from one kind as long as others wait, and of those that stand for the same thing
        only the first.
        """
        asked = list(vietnamese.words(typed[:MOST_TYPED]))[:MOST_WORDS]
        if not asked:
            return []
        finished = typed[:MOST_TYPED][asked[-1].end :] != ""
        words = [f" {word.folded}" for word in asked]
        whole = [f"{word} " for word in (words if finished else words[:-1])]
        last = "" if finished else words[-1]
        # "ki" may be kí, which is ký, or the beginning of kinh.
        begun = tuple(dict.fromkeys((last, " " + _plain(typed[asked[-1].start : asked[-1].end])))) if last else ("",)
        ways = tuple("".join(words if finished else words[:-1]) + start for start in begun)
        found = []
        for place, (folded, phrase) in enumerate(self._phrases):
            if _holds(folded, whole, begun):
                worth = TOGETHER * any(way in folded for way in ways) + BEGINNING * folded.startswith(ways)
                marks = typed.casefold().strip() in phrase.text.casefold()
                found.append((folded.count(" ") - worth, not marks, place, phrase))
        return _mixed([phrase for *_, phrase in sorted(found, key=lambda entry: entry[:3])], most, most_of_kind)


def _holds(folded: str, whole: list[str], begun: tuple[str, ...]) -> bool:
    rest = folded + " "
    for word in whole:
        if word not in rest:
            return False
        # A word that has been typed does not stand for the next one too.
        rest = rest.replace(word, " ", 1)
    return any(start in rest for start in begun)


def _mixed(phrases: list[Phrase], most: int, most_of_kind: int) -> list[Phrase]:
    first: list[Phrase] = []
    rest: list[Phrase] = []
    meant: set[str] = set()
    for phrase in phrases:
        if phrase.means and phrase.means in meant:
            continue
        meant.add(phrase.means)
        (first if sum(one.kind == phrase.kind for one in first) < most_of_kind else rest).append(phrase)
        if len(first) == most:
            break
    return (first + rest)[:most]


def _plain(word: str) -> str:
    """The letters as typed, without marks."""
    letters = unicodedata.normalize("NFD", word.casefold()).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter) and not letter.isdigit())
