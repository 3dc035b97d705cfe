"""Procedure codes, decision numbers and levels as real papers print them: parsed, never rejected, print kept.

Shapes and their dirt: ``domain.md`` is summed up in the tests; the national code is a digit, a dot and six digits,
optionally with a case (``.01``), a unit path (``.000.00.00``) and a body code (``.H44``, QĐ 20/2020/QĐ-TTg).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from decisions.kinds import Level
from decisions.text import clean, fold

# ---------------------------------------------------------------- procedure codes

_CODE = re.compile(
    r"(?P<first>[1-9])\.(?P<six>\d{6})"
    r"(?:\.(?P<case>\d{2}))?"
    r"(?P<path>\.000\.00\.00)?"
    r"(?:\.(?P<body>[GH]\d{2}))?"
)
_SPLIT_SIX = re.compile(r"([1-9])\.(\d{3})\.(\d{3})(\.[GH]\d{2})")
_NEARLY = re.compile(r"(\d{1,2})\.(\d{6})(.*)")
_ABSENT = frozenset(
    ("", "-", "–", "—", "x", "khong", "khong co", "khong co ma", "khong co ma so", "chua co", "chua co ma",
     "chua co ma so", "chua cap", "chua cong bo", "moi", "...", "…")
)  # fmt: skip

# Blanks inside a printed code are accepted only where a body code closes it, else "2. 500000 đồng" would be a code.
_IN_TEXT = re.compile(
    r"(?<![\w.,/-])(?:"
    r"[1-9]\s*\.\s*\d{3}\s*\.?\s*\d{3}(?:\s*\.\s*0\s*0\s*0\s*\.\s*0\s*0\s*\.\s*0\s*0)?\s*\.\s*[GHgh]\s*\d\s*\d(?!\d)"
    r"|[1-9]\.\d{6}(?:\.\d{2})?(?:\.000\.00\.00)?(?![\d\w-])(?!\.\d)"
    r")"
)
_ODD_IN_BRACKETS = re.compile(
    r"[(\[]\s*(?:[Mm]ã[^():]{0,20}:?\s*)?(\d{1,2}\.\d{6,9}(?:-\w+)?(?:\.[GHgh]\d{2})?)\s*[)\]]"
)


@dataclass(frozen=True)
class ProcedureCode:
    """One printed code.

    ``root`` is the national code (``1.001193``) or None when the print is not one; ``case`` two digits; ``body`` the
    suffix of the publishing body (``H44``). ``warnings`` are codes: ``stray_space``, ``stray_mark`` (a dot, comma or
    bracket too many), ``extra_digits``, ``not_standard``. ``suggestion`` is a root a person may accept; the rules
    never do, because the neighbouring code is another procedure.
    """

    root: str | None
    case: str | None
    body: str | None
    printed: str
    warnings: tuple[str, ...] = ()
    long_form: bool = False
    suggestion: str | None = None

    @property
    def is_standard(self) -> bool:
        """Whether a national code could be read, however dirty the print."""
        return self.root is not None

    @property
    def is_absent(self) -> bool:
        """Whether the paper says that there is no code (yet); such rows must never be merged by ``key``."""
        return self.root is None and fold(self.printed).strip(" .()") in _ABSENT

    @property
    def key(self) -> str:
        """Identity in the catalogue: the root, else the print without blanks; empty when there is no code."""
        if self.root is not None:
            return self.root
        return "" if self.is_absent else self.printed.replace(" ", "")

    @property
    def text(self) -> str:
        """The code as we print it: root, case and body in the short form, else what the paper printed."""
        if self.root is None:
            return "" if self.is_absent else self.printed
        return ".".join(part for part in (self.root, self.case, self.body) if part)


def parse_code(text: str) -> ProcedureCode:
    """Read one cell or field as a code. Never raises: what is no national code comes back with ``root`` None."""
    printed = clean(text)
    bare = printed.strip("()[]{}.,;:-–* ")
    warnings: list[str] = []
    if bare != printed:
        warnings.append("stray_mark")
    compact = bare.replace(" ", "")
    if compact != bare:
        warnings.append("stray_space")
    shaped = compact.upper().replace(",", ".").replace("..", ".")
    if split := _SPLIT_SIX.fullmatch(shaped):
        shaped = f"{split[1]}.{split[2]}{split[3]}{split[4]}"
    if shaped != compact.upper():
        warnings.append("stray_mark")
    if match := _CODE.fullmatch(shaped):
        return _standard(match, printed, tuple(dict.fromkeys(warnings)))
    return _not_standard(printed, compact)


def _standard(match: re.Match[str], printed: str, warnings: tuple[str, ...]) -> ProcedureCode:
    root = f"{match['first']}.{match['six']}"
    return ProcedureCode(root, match["case"], match["body"], printed, warnings, long_form=bool(match["path"]))


def _not_standard(printed: str, compact: str) -> ProcedureCode:
    code = ProcedureCode(None, None, None, printed)
    if code.is_absent:
        return code
    nearly = _NEARLY.fullmatch(compact)
    suggestion = f"{nearly[1][0]}.{nearly[2]}" if nearly and nearly[1][0] != "0" else None
    extra = bool(nearly and (len(nearly[1]) > 1 or nearly[3][:1].isdigit()))
    warnings = ("extra_digits", "not_standard") if extra else ("not_standard",)
    return ProcedureCode(None, None, None, printed, warnings, suggestion=suggestion)


def find_codes(text: str) -> list[ProcedureCode]:
    """Every code inside running text, in order of appearance, repeats included; amounts of money are no codes."""
    cleaned = clean(text)
    found = [(m.start(), parse_code(m.group())) for m in _IN_TEXT.finditer(cleaned)]
    taken = {start for start, _ in found}
    odd = (m for m in _ODD_IN_BRACKETS.finditer(cleaned) if m.start(1) not in taken)
    found.extend((m.start(1), parse_code(m[1])) for m in odd)
    return [code for _, code in sorted(found, key=lambda pair: pair[0])]


# ---------------------------------------------------------------- decision numbers

_LEADING_WORDS = re.compile(r"^(?:quyết định\s*)?(?:số\s*[:.]?\s*)?(?=\S)", re.IGNORECASE)
_NUMBER_FIRST = re.compile(
    r"(?P<number>\d+(?:\.\d+)?[A-Za-zĐđ]?)(?:/(?P<year>(?:19|20)\d\d))?(?:/(?P<symbol>[^\d\W][^/]*))?", re.UNICODE
)
_SYMBOL_FIRST = re.compile(r"(?P<kind>Q[ĐD])/?(?P<number>\d+)-?(?P<rest>[^\W\d].*)?")
_NUMBER_IN_TEXT = re.compile(
    r"(?<![\w/])\d{1,6}(?:\.\d)?[A-Za-zđ]?\s?\.?\s?/\s?\.?(?:\d{4}\s?/\s?)?"
    r"Q[ĐD](?:CB)?(?:\s?[-–_]\s?[A-ZĐƯÂ][\w&]*(?:\.[A-ZĐ][\w&]*)*)*"
)


@dataclass(frozen=True)
class DecisionNumber:
    """One printed number and symbol.

    ``number`` keeps its zero padding and letter (``01779``, ``1061b``), ``symbol`` is canonical (``QĐ-UBND``) or empty,
    ``year`` is set only in the normative form ``44/2026/QĐ-UBND``. ``warnings`` are codes: ``stray_mark``,
    ``stray_space``, ``missing_mark`` (``QD-BTC``), ``no_symbol``, ``odd_order`` (``QĐ2338-BTP``), ``odd_symbol``
    (``QĐ-UBND-DatDai``), ``not_a_decision``, ``test_row``, ``no_number``.
    A number is a key only together with issuer and year of signing.
    """

    number: str
    symbol: str
    year: int | None
    printed: str
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As we print it; what could not be read is shown as the paper printed it."""
        if not self.number:
            return self.printed
        return "/".join(part for part in (self.number, str(self.year or ""), self.symbol) if part)

    @property
    def key(self) -> str:
        """For comparison: no leading zeros, no marks, one case: 1779/QĐ-UBND equals 01779/QD-UBND."""
        if not self.number:
            return fold(self.printed).upper().replace(" ", "")
        number = self.number.lstrip("0").lower() or "0"
        symbol = fold(self.symbol).upper()
        return "/".join(part for part in (number, str(self.year or ""), symbol) if part)

    @property
    def is_decision(self) -> bool:
        """False for submissions, letters and test rows; a bare number says nothing against being a decision."""
        return not {"not_a_decision", "test_row", "no_number"} & set(self.warnings)


def parse_decision_number(text: str) -> DecisionNumber:
    """Read one field as a decision number. Never raises."""
    printed = clean(text)
    worded = _LEADING_WORDS.sub("", printed)
    core = worded.strip(" .,;:()")
    tight = re.sub(r"\s*([-–_/.&])\s*", lambda m: m[1].replace("–", "-").replace("_", "-"), core)
    tight = re.sub(r"\.?/\.?", "/", tight)
    warnings = ["stray_space"] if " " in core else []
    if core != worded or core.replace(" ", "") != tight.replace(" ", ""):
        warnings.append("stray_mark")
    if match := _NUMBER_FIRST.fullmatch(tight.replace(" ", "")):
        year = int(match["year"]) if match["year"] else None
        return _number(match["number"], match["symbol"] or "", year, printed, warnings)
    if match := _SYMBOL_FIRST.fullmatch(tight.replace(" ", "")):
        symbol = "-".join(part for part in (match["kind"], match["rest"]) if part)
        return _number(match["number"], symbol, None, printed, [*warnings, "odd_order"])
    test = ["test_row"] if _is_test(tight) else []
    return DecisionNumber("", "", None, printed, tuple(dict.fromkeys([*warnings, "no_number", *test])))


def _number(number: str, symbol: str, year: int | None, printed: str, warnings: list[str]) -> DecisionNumber:
    canonical = _canonical_symbol(symbol)
    if canonical.startswith("QĐ") and "QĐ" not in symbol:
        warnings.append("missing_mark")
    if not canonical:
        warnings.append("no_symbol")
    elif not canonical.startswith("QĐ"):
        warnings.append("not_a_decision")
    elif re.search(r"[a-zđ]", canonical.replace("TTg", "").replace("Ttg", "")):
        warnings.append("odd_symbol")
    if _is_test(printed):
        warnings.append("test_row")
    return DecisionNumber(number, canonical, year, printed, tuple(dict.fromkeys(warnings)))


def _canonical_symbol(symbol: str) -> str:
    stripped = symbol.strip(" .-")
    if fold(stripped[:2]) == "qd":
        return "QĐ" + stripped[2:]
    return stripped


def _is_test(text: str) -> bool:
    return bool(re.search(r"test|demo", fold(text)))


def find_decision_numbers(text: str) -> list[DecisionNumber]:
    """Every decision number inside running text, in order of appearance, repeats included."""
    return [parse_decision_number(match.group()) for match in _NUMBER_IN_TEXT.finditer(clean(text))]


# ---------------------------------------------------------------- levels

_LEVEL_NAMES = {
    "trung ương": Level.CENTRAL,
    "bộ": Level.CENTRAL,
    "tỉnh": Level.PROVINCE,
    "thành phố": Level.PROVINCE,
    "huyện": Level.DISTRICT,
    "xã": Level.COMMUNE,
    "phường": Level.COMMUNE,
}
_ONE_LEVEL = r"(?:trung ương|bộ|tỉnh|thành phố|huyện|xã|phường)"
_LEVELS_AFTER_CAP = re.compile(rf"cấp\s+({_ONE_LEVEL}(?:\s*(?:,|;|/|-|–|và|hoặc)\s*(?:cấp\s+)?{_ONE_LEVEL})*)\b")
_SHARED = re.compile(r"dùng chung|áp dụng chung|chung (?:cho )?(?:các|hai|ba|02|03|2|3) cấp")
_WHOLE = re.compile(rf"(?:[a-dđ0-9ivx]+\s*[.)]\s*)?(?:cấp|ubnd|ủy ban nhân dân)?\s*({_ONE_LEVEL})")


def parse_levels(text: str) -> tuple[Level, ...]:
    """Every level that the words name, in order of mention: ``cấp tỉnh, cấp xã`` gives both; none gives ()."""
    lowered = clean(text).lower()
    named = [name for match in _LEVELS_AFTER_CAP.finditer(lowered) for name in re.findall(_ONE_LEVEL, match[1])]
    if not named and (whole := _WHOLE.fullmatch(lowered.strip(" .:"))):
        named = [whole[1]]
    levels = list(_central_bodies(lowered))
    return tuple(dict.fromkeys([*levels, *(_LEVEL_NAMES[name] for name in named)]))


def _central_bodies(lowered: str) -> Iterator[Level]:
    if re.search(r"(?:ở|cơ quan|tại) trung ương", lowered):
        yield Level.CENTRAL


def parse_level(text: str) -> Level | None:
    """The level one row or group stands for; several levels in one heading are what annexes call dùng chung."""
    lowered = clean(text).lower()
    if _SHARED.search(lowered):
        return Level.SHARED
    levels = parse_levels(text)
    if len(levels) > 1:
        return Level.SHARED
    if levels:
        return levels[0]
    return Level.OTHER if "cơ quan khác" in lowered else None
