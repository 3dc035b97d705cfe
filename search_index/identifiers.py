"""Codes and decision numbers as people type and print them, made comparable.

A code ("1.001193", "1.001193.000.00.00.H17", case "1.001193.01", "2020STTTT_PTTT06") and a decision number
("2815/QĐ-UBND", "qđ 2815", "44/2026/QĐ-UBND") each become a few terms, from exact to general; a question and a
document meet on the most exact term they share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search_index import vietnamese

# National: one to three digits, a point, six digits (up to nine where a hand slipped); what follows is case or
# locality, and "-Xoa" where a portal keeps a struck record beside the live one.
_CODE_RE = re.compile(r"(?<![\d.,])(\d{1,3})\s?[.,]\s?(\d{6,9})(?!\d)((?:\s?\.\s?[0-9a-z]{1,3})*)(\s?-\s?xoa\b)?", re.I)
_CASE_RE = re.compile(r"^\.(?!00)(\d{2})(?:\.|$)")
# Local: a year, letters, an underscore and a running number.
_LOCAL_CODE_RE = re.compile(r"\b\d{4}[a-z]{2,}_?[a-z]*\d{1,4}\b", re.I)
_BARE_CODE_RE = re.compile(r"^\s*(\d{6})\s*$")

# What a paper calls itself before its number; the words say what the first letters of the symbol say.
_KINDS = {"quyết định": "qd", "qđ": "qd", "nghị định": "nd", "nđ": "nd", "thông tư": "tt", "nghị quyết": "nq"}
_KIND_OF = {vietnamese.fold(words): letters for words, letters in _KINDS.items()}
_SPOKEN = r"quyết\s+định|quyet\s+dinh|nghị\s+định|nghi\s+dinh|thông\s+tư|thong\s+tu|nghị\s+quyết|nghi\s+quyet"
_SYMBOL = r"[a-zđ]{2,}(?:\s?[-_]\s?[a-zđ][a-z0-9đ]*)*"
_NUMBER_RE = re.compile(
    rf"(?:\b(?:{_SPOKEN})\s+)?(?:\bs[ốo]\s*:?\s*)?(?<![\d./])0*(\d{{1,6}})"
    rf"(?:\s?\.?\s?/\s?(?:\d{{4}}\s?/\s?)?|\s?(?=q[đd]\b))({_SYMBOL})",
    re.I,
)
# "qđ 2815", "QĐ2338-BTP", "quyết định số 2815", "nghị định 146/2025".
_KIND_FIRST_RE = re.compile(
    rf"\b(q[đd]|n[đd]|{_SPOKEN})\s*(?:s[ốo]\s*:?\s*)?0*(\d{{1,6}})(?!\d|\.\d)"
    r"(?:\s?/\s?\d{4}\b)?(?:\s?-\s?([a-z]{2,}[a-z0-9-]*))?",
    re.I,
)
_ONLY_NUMBER_RE = re.compile(r"^\s*(?:s[ốo]\s*:?\s*)?0*(\d{2,6})\s*$", re.I)


@dataclass(frozen=True)
class Identifiers:
    """What a question names: code terms and number terms, the most exact first, and the text that is left.

    `certain` is false where a bare number may as well be meant as a word.
    """

    codes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    rest: str = ""
    certain: bool = True


def code_terms(code: str) -> tuple[str, ...]:
    """The terms under which a document's code is found, the most exact first; a code of no known form is one term."""
    if not code.strip():
        return ()
    match = _CODE_RE.search(vietnamese.clean(code))
    if match is None:
        return (_plain(code),)
    return _national_terms(match)


def _national_terms(match: re.Match[str]) -> tuple[str, ...]:
    base = f"{match.group(1)}.{match.group(2)}"
    case = _CASE_RE.match(re.sub(r"\s", "", match.group(3)))
    # Six digits alone are the tail of a code that someone read out.
    return (
        *((f"{base}-xoa",) if match.group(4) else ()),
        *((f"{base}.{case.group(1)}",) if case else ()),
        base,
        match.group(2),
    )


def _plain(code: str) -> str:
    return re.sub(r"[\s_.]", "", vietnamese.fold(code))


def number_terms(printed: str) -> tuple[str, ...]:
    """The terms under which a decision number is found: with its symbol, with its kind alone, and the bare number."""
    text = vietnamese.clean(printed)
    if match := _NUMBER_RE.search(text):
        return _terms(match.group(1), match.group(2))
    if match := _KIND_FIRST_RE.search(text):
        return _kind_first_terms(match)
    match = _ONLY_NUMBER_RE.match(text)
    return (match.group(1),) if match else ()


def cited(text: str) -> set[str]:
    """The numbers with their symbols that a text mentions: legal bases, earlier decisions."""
    return {term for match in _NUMBER_RE.finditer(text) for term in _terms(match.group(1), match.group(2))[:2]}


def _kind_first_terms(match: re.Match[str]) -> tuple[str, ...]:
    kind = _KIND_OF[vietnamese.fold(match.group(1))]
    return _terms(match.group(2), kind + (match.group(3) or ""))


def _terms(number: str, symbol: str) -> tuple[str, ...]:
    folded = vietnamese.fold(symbol)
    letters = re.sub(r"[^a-z0-9]", "", folded)
    kind = "qd" if letters.startswith("qd") else re.split(r"[-_ ]", folded.strip())[0]
    return tuple(dict.fromkeys((f"{number}/{letters}", f"{number}/{kind}", number)))


def in_question(text: str) -> Identifiers:
    """The codes and decision numbers a question names. A number given with its symbol is not matched without it."""
    rest = vietnamese.clean(text)
    codes: list[str] = []
    for match in _CODE_RE.finditer(rest):
        codes += _national_terms(match)[:-1]
    rest = _CODE_RE.sub(" ", rest)
    codes += [_plain(match.group()) for match in _LOCAL_CODE_RE.finditer(rest)]
    rest = _LOCAL_CODE_RE.sub(" ", rest)
    if bare := _BARE_CODE_RE.match(rest):
        return Identifiers((*codes, bare.group(1)), (bare.group(1).lstrip("0"),), rest, certain=False)
    numbers = [_terms(match.group(1), match.group(2))[0] for match in _NUMBER_RE.finditer(rest)]
    rest = _NUMBER_RE.sub(" ", rest)
    numbers += [_kind_first_terms(match)[0] for match in _KIND_FIRST_RE.finditer(rest)]
    rest = _KIND_FIRST_RE.sub(" ", rest)
    if not numbers and (only := _ONLY_NUMBER_RE.match(rest)):
        return Identifiers(tuple(codes), (only.group(1),), rest, certain=False)
    return Identifiers(tuple(codes), tuple(dict.fromkeys(numbers)), rest)
