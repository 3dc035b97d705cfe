"""The parts of a text as rows that can be compared, without what only a source puts there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from decisions.content import Case, Fee, LegalBasis, OfficialForm, Paper, ProcedureContent, Step, TimeLimit
from decisions.dossier import choices
from decisions.redline import word_key
from decisions.redline_rows import Row
from decisions.text import clean, fold

EXPECTED: tuple[str, ...] = (
    "steps", "cases", "papers", "channels", "times", "fees", "sectors", "subjects", "outcomes", "bases", "keywords",
    "dossier_sets", "conditions", "reception", "returning", "online",
)  # fmt: skip
"""The parts that texts are expected to have: where one text has none, its source may only not have told it."""

_PLACEHOLDERS = frozenset(("", "khong", "khong co", "khong co thong tin", "khong quy dinh", "khong yeu cau", "n a"))
_TAG = re.compile(r"</?[a-z][^<>]{0,80}>", re.IGNORECASE)
_MARKED = re.compile(r"[a-zđ][.)]")
_LEGAL_NUMBER = re.compile(
    r"(?P<number>\d+(?:\.\d+)?[a-z]?)/(?:(?P<year>\d{4})/)?(?P<symbol>(?:QH|UBTVQH)\d{2}|[A-ZĐ]+(?:-[A-ZĐ]+)*(?![^\W\d_A-ZĐ]))"
)
_MINISTRIES = (
    "BCA|BCT|BDTTG|BGDĐT|BGTVT|BKHCN|BKHĐT|BLĐTBXH|BNG|BNNMT|BNNPTNT|BNV|BQP|BTC|BTNMT|BTP|BTTTT|BVHTTDL|BXD|BYT"
)
_SYMBOL = re.compile(rf"(?:NĐ-CP|NQ-CP|QĐ-TTG|CT-TTG|QĐ-UBND|NQ-HĐND|TT-(?:{_MINISTRIES}|NHNN|VPCP))")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Codes that sources glue to the name of an outcome: ".000031Trích lục …", "… thế chấpMã: G15-TP05.00001".
_GLUED_CODE = re.compile(r"^(?:<\w+>|[\s.*+•–-])*\d{4,}(?=[^\W\d])|\s*Mã:\s*[\w.–-]+[\s;.,]*(?:</?\w+>)*$")
_FORM_START = 8  # letters by which the name of a file is known again
_FILE_TYPE = re.compile(r"\.(?:docx?|pdf|xlsx?|odt|rtf)\b", re.IGNORECASE)


def said(text: str) -> str:
    """The printed words; "" for those that stand for "nothing entered"."""
    words = str(text).strip()
    if "<" in words:
        words = _TAG.sub(" ", words).strip()
    return "" if " ".join(re.findall(r"\w+", fold(words))) in _PLACEHOLDERS else words


def lines(texts: Iterable[str]) -> list[str]:
    """Every paragraph that says something; a line that a source broke in the middle of a sentence is made whole."""
    found: list[str] = []
    for text in texts:
        first = len(found)
        for line in map(str.strip, text.splitlines()):
            if len(found) > first and line[:1].islower() and not _MARKED.match(line) and found[-1][-1] not in ".;:":
                found[-1] = f"{found[-1]} {line}"
            elif line:
                found.append(line)
    return [line for line in found if said(line)]


def says(content: ProcedureContent, part: str) -> bool:
    """Whether the text says anything at all about a part."""
    if part == "papers":
        return bool(content.papers)
    if part == "cases":
        return bool(choices(content))
    if part == "times":
        return any(said(text) for text in content.time_texts)
    if part == "fees":
        return bool(fees(content.all_fees))
    if part == "steps":
        return bool(content.steps) or any(case.steps for case in content.cases)
    value = getattr(content, part)
    return bool(said(value) and value != "unknown" if isinstance(value, str) else value)


def step_lines(steps: Iterable[Step]) -> list[str]:
    """One row a paragraph, because sources cut the same steps into different blocks."""
    return lines(text for step in steps for text in (step.name, step.text))


def papers(found: Iterable[Paper], *contents: ProcedureContent) -> list[Row]:
    """Papers with their copies and forms, each only where all texts to be compared speak of such at all."""
    counted = all(any(p.originals or p.copies for p in content.papers) for content in contents)
    formed = all(any(p.forms for p in content.papers) for content in contents)
    known = {_form_name(form) for content in contents for paper in content.papers for form in paper.forms} - {""}
    rows = []
    for paper in found:
        name, glued = _without_form("\n".join(map(clean, paper.name.splitlines())), known)
        forms = {_form_name(form) for form in paper.forms if form.name} | ({glued} if glued else set())
        if word_key(name):
            rows.append(Row(name, _paper_cells(paper, counted, forms if formed else (), known)))
    return rows


def _without_form(name: str, known: Iterable[str]) -> tuple[str, str]:
    """The name of a paper apart from that of its file, whole or cut off, which some sources glue right behind it."""
    for form in known:
        place = name.rfind(form[:_FORM_START])
        tail = _FILE_TYPE.sub("", _TAG.sub("", name[place:])).rstrip(" .;,")
        glued = place > 0 and (not name[place - 1].isspace() or name[:place].rstrip()[-1:] in ".;:)")
        if glued and len(tail) >= _FORM_START and form.startswith(tail):
            return name[:place].rstrip(), form
    return name, ""


def _paper_cells(
    paper: Paper, counted: bool, forms: Iterable[str], known: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    counts = (("originals", str(paper.originals)), ("copies", str(paper.copies)))
    names = "; ".join(sorted({_whole_form(form, known) for form in forms}))
    return (*(counts if counted else ()), *((("forms", names),) if names else ()))


def _whole_form(name: str, known: Iterable[str]) -> str:
    """The longest name of a file that ends like this one, of which a source kept only the end."""
    return max((form for form in known if form.endswith(name)), key=len, default=name)


def _form_name(form: OfficialForm) -> str:
    return clean(_FILE_TYPE.sub("", _TAG.sub(" ", form.name))).strip("*-+•.,; ")


def placed(
    part: str, content: ProcedureContent, own: Sequence[Case | None], pairs: Sequence[tuple[Case | None, Case | None]]
) -> dict[str, list[Row]]:
    """Times or fees by what they are for: "" the whole, a channel, or a case under the name of its pair."""
    found: dict[str, list[Row]] = {}

    def put(where: str, rows: list[Row]) -> None:
        if rows:
            found.setdefault(where, []).extend(rows)

    timed = part == "times"
    put("", times(content.times) if timed else fees(content.fees))
    for channel in content.channels:
        put(channel.kind.value, times([channel.time]) if timed else fees(channel.fees))
    for case, (one, other) in zip(own, pairs, strict=True):
        if case is not None:
            put((other or one or Case()).name, times([case.time]) if timed else fees(case.fees))
    return found


def times(limits: Iterable[TimeLimit | None]) -> list[Row]:
    """Time limits as printed, the time after a cut beside them."""
    stated = [limit for limit in limits if limit is not None and (said(limit.text) or limit.cut_text)]
    return [Row(said(t.text) or t.cut_text, (("cut", t.cut_text),) if t.cut_text else ()) for t in stated]


def fees(found: Iterable[Fee]) -> list[Row]:
    """Fees as printed; "Không" says that nothing is paid, a zero without words says nothing (a source's filler)."""
    return [Row(words, _fee_cells(fee)) for fee in found if (words := fee.text.strip() or _money(fee))]


def _fee_cells(fee: Fee) -> tuple[tuple[str, str], ...]:
    days = (("valid_from", fee.valid_from), ("valid_until", fee.valid_until))
    cells = [("exempt", "; ".join(fee.exempt)), ("basis", fee.basis)]
    cells += [(name, f"{day:%d/%m/%Y}") for name, day in days if day]
    return tuple((name, words) for name, words in cells if words)


def _money(fee: Fee) -> str:
    return f"{fee.amount:,.0f} đồng".replace(",", ".") if fee.amount else ""


# ------------------------------------------------------------------ sets


def set_rows(part: str, content: ProcedureContent, both: Iterable[ProcedureContent]) -> list[Row]:
    """The items of a set; legal bases by their number, told the same way in both texts."""
    items = getattr(content, part)
    if part == "bases":
        known = _symbols(basis for other in both for basis in other.bases)
        return [row for row in (_basis(item, known) for item in items) if row.name]
    if part == "forms":
        return [Row(name) for name in map(_form_name, items) if said(name)]
    return names(items)


def names(items: Iterable[Any]) -> list[Row]:
    """Bodies, sectors, subjects, outcomes, words by their names."""
    printed = ("\n".join(map(clean, getattr(item, "name", item).splitlines())) for item in items)
    rows = (Row(said(_GLUED_CODE.sub("", words))) for words in printed)
    return [row for row in rows if word_key(row.name)]


def split(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """Names that a source prints in one row, told apart where the other text has some of them as rows or pieces."""
    whole = {word_key(row.name) for row in others}
    known = whole | {word_key(piece) for row in others for piece in row.name.split(",")}
    found: list[Row] = []
    for row in rows:
        pieces = [piece.strip() for piece in row.name.split(",")]
        if word_key(row.name) in whole or not any(word_key(piece) in known for piece in pieces):
            found.append(row)
            continue
        waiting: list[str] = []
        for piece in pieces:
            if word_key(piece) in known:
                found += [Row(", ".join(waiting))] if waiting else []
                found.append(Row(piece))
                waiting = []
            else:
                waiting.append(piece)
        found += [Row(", ".join(waiting))] if waiting else []
    return [row for row in found if word_key(row.name)]


Symbols = Mapping[tuple[str, str], Sequence[str]]


def _symbols(bases: Iterable[LegalBasis]) -> Symbols:
    """The symbols met with each number and year, shortest first: a longer one has the next words glued to it."""
    found: dict[tuple[str, str], set[str]] = {}
    for basis in bases:
        if number := _LEGAL_NUMBER.search(clean(basis.number)):
            found.setdefault(_numbered(number), set()).add(number["symbol"])
    return {number: sorted(symbols, key=len) for number, symbols in found.items()}


def _numbered(number: re.Match[str]) -> tuple[str, str]:
    digits, year = number["number"].lstrip("0"), number["year"] or ""
    # "202068/2020/QH14": the year of the text before stands glued to the number.
    return digits[4:] if year and len(digits) > 4 else digits, year


def _basis(basis: LegalBasis, known: Symbols) -> Row:
    """A legal basis is known by its number; sources spell its title, and the words around the number, in many ways."""
    words = clean(basis.number)
    number = _LEGAL_NUMBER.search(words)
    if number is None:
        return Row(basis.number.strip() or basis.title.strip(), _articles(basis))
    if not number["year"] and _YEAR.fullmatch(number["number"]):
        return Row("")  # the tail of another number, cut off by a source: "2014/QH13"
    symbol = next(symbol for symbol in known[_numbered(number)] if number["symbol"].startswith(symbol))
    if _SYMBOL.fullmatch(symbol[:-1]) and not _SYMBOL.fullmatch(symbol):
        symbol = symbol[:-1]  # the first letter of the next text is glued to it
    digits, year = _numbered(number)
    return Row("/".join(filter(None, (digits.zfill(2), year, symbol))), _articles(basis))


def _articles(basis: LegalBasis) -> tuple[tuple[str, str], ...]:
    return (("articles", basis.articles.strip()),) if basis.articles.strip() else ()
