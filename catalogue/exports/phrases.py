"""What fees, times, papers and places say in words, for the sections of a procedure and for rows of the list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from catalogue import glossary
from catalogue.exports import labels
from catalogue.exports.blocks import cell, one_line
from decisions.content import (
    Case,
    ChannelKind,
    Fee,
    LegalBasis,
    Named,
    OfficialForm,
    Paper,
    ProcedureContent,
    TimeLimit,
    TimeUnit,
)
from decisions.fees import fees_due

_UNITS = {TimeUnit.HOUR: "giờ", TimeUnit.DAY: "ngày", TimeUnit.WORKING_DAY: "ngày làm việc", TimeUnit.MONTH: "tháng"}
_PARTS = {
    "departmentPromulgateName": "Cơ quan ban hành",
    "departmentPromulgate": "Cơ quan ban hành",
    "serviceGroupsDetails": "Nhóm thủ tục",
    "description": "Mô tả",
}
_FOR_MACHINES = ("file", "attachment", "currency", "bucket", "procedureproposal")
"""Files and currencies are no words for citizens; the decision stands in a section of its own."""
_LEGAL_NUMBER = r"(?P<number>\d{1,5}[a-z]?/\d{4}/(?P<symbol>[A-ZĐ]{2,8}\d{0,2})(?:-[A-ZĐ]{2,12})*)\b"
_NUMBER_LAST = re.compile(rf".*\(số {_LEGAL_NUMBER}\)\.?")
_NUMBER_FIRST = re.compile(rf"(?:Nghị định|Thông tư|Quyết định|Nghị quyết)(?: số)? {_LEGAL_NUMBER}.*")
_LEGAL_KINDS = {"NĐ": "Nghị định", "TT": "Thông tư", "QĐ": "Quyết định", "NQ": "Nghị quyết"}
_SUM = re.compile(r"(?P<sum>\b\d{1,3}(?:,\d{3})*)\s+(?:Việt Nam Đồng|VNĐ|VND)\b")
_PER = re.compile(r"(?P<sum>\d (?:đồng|USD)) \((?P<per>/[^()]*)\)")
_SHORT_ENOUGH = 60
_OURS = ("Đối tượng được miễn", "Căn cứ: ", "Áp dụng ", "Tệp kèm theo")
_SAYS_ZERO = ("0 đồng", "miễn", "không thu", "không mất", "không phải nộp")


def time_text(limit: TimeLimit) -> str:
    """The limit as printed, else made of its quantity; with the time after a cut."""
    text = cell(limit.text)
    if not text and limit.quantity is not None and limit.unit in _UNITS:
        quantity = labels.number(limit.quantity)
        text = f"{quantity.zfill(2) if quantity.isdigit() else quantity} {_UNITS[limit.unit]}"
    cut = cell(limit.cut_text)
    if not cut and limit.cut_quantity is not None and limit.unit in _UNITS:
        cut = f"{labels.number(limit.cut_quantity)} {_UNITS[limit.unit]}"
    if not cut:
        return text
    return f"Theo quy định: {text}\nSau cắt giảm: {cut}" if text else f"Sau cắt giảm: {cut}"


def fee_lines(fee: Fee) -> tuple[str, ...]:
    """Everything one fee says, a line each: amount or words, who is exempt, basis, days, and words of unknown parts.

    An amount of zero is not called "miễn phí": where words stand beside it they come first and the figure is quoted.
    """
    lines = [_price(fee)]
    if exempt := [cell(group).rstrip(" .;") for group in fee.exempt if cell(group)]:
        lines.append(f"Đối tượng được miễn, giảm: {'; '.join(exempt)}")
    if cell(fee.basis):
        lines.append(f"Căn cứ: {cell(fee.basis)}")
    if fee.valid_from:
        lines.append(f"Áp dụng từ ngày {labels.day(fee.valid_from)}")
    if fee.valid_until:
        lines.append(f"Áp dụng {labels.until(fee.valid_until)}")
    lines += prose_in(fee.extra, known=f"{fee.text} {fee.basis}")
    if name := _attached(fee):
        lines.append(f"Tệp kèm theo ở nguồn: {name}")
    return tuple(line for line in lines if line)


def _attached(fee: Fee) -> str:
    """The file in which the source prints the rates; only its name is known here."""
    file = fee.extra.get("attachment")
    return one_line(str(file.get("fileName") or "")) if isinstance(file, Mapping) else ""


def _price(fee: Fee) -> str:
    kind, text = labels.FEE_KINDS[fee.kind], money_text(cell(fee.text))
    if fee.amount is None:
        price = text or "chưa có thông tin về mức thu"
    elif not text:
        price = labels.dong(fee.amount)
    elif fee.amount == 0:
        said = any(words in text.lower() for words in _SAYS_ZERO)
        price = text if said else f"{text} (số tiền ghi trong nguồn: 0 đồng)"
    else:
        price = text if labels.number(fee.amount) in text else f"{labels.dong(fee.amount)}. {text}"
    return f"{kind}: {price}" if kind and not price.lower().startswith(kind.lower()) else labels.capital(price)


def money_text(text: str) -> str:
    """Sums as people write them: "70,000 VNĐ (/bản)" becomes "70.000 đồng/bản"; no other word is touched."""
    text = _SUM.sub(lambda found: found["sum"].replace(",", ".") + " đồng", text)
    return _PER.sub(r"\g<sum>\g<per>", text)


def fee_sentence(fee: Fee) -> str:
    """Everything one fee says, on one line."""
    first, *rest = fee_lines(fee)
    return "; ".join((first, *(line[:1].lower() + line[1:] if line.startswith(_OURS) else line for line in rest)))


def due_lines(content: ProcedureContent, filed_on: date, channel: ChannelKind) -> tuple[tuple[str, ...], ...]:
    """What a filing pays, the lines of each fee; a fee that only some cases have begins with their names."""
    shared = [*content.fees, *(fee for way in content.channels if way.kind is channel for fee in way.fees)]
    found = []
    for fee in fees_due(content, filed_on, channel):
        cases = [] if fee in shared else [case for case in content.cases if fee in case.fees]
        label = ", ".join(name.rstrip(" :") for case in cases if (name := case_name(case, content)))
        first, *rest = fee_lines(fee)
        found.append((f"{label}: {first}" if label else first, *rest))
    return tuple(found)


def listing_fee_text(content: ProcedureContent) -> str:
    """Every fee of a text for one cell; where all channels say the same, the channels are not repeated."""
    named = [(glossary.CHANNELS[fee.channel] if fee.channel else "", fee) for fee in content.fees]
    named += [(glossary.CHANNELS[channel.kind], fee) for channel in content.channels for fee in channel.fees]
    named += [(case_name(case, content), fee) for case in content.cases for fee in case.fees]
    return _by_words(content, ((name, fee_sentence(fee)) for name, fee in named))


def listing_time_text(content: ProcedureContent) -> str:
    """Every distinct time limit of a text for one cell; case and channel are named where the limits differ."""
    return _by_words(content, ((name, time_text(limit)) for name, limit in named_times(content)))


def named_times(content: ProcedureContent) -> list[tuple[str, TimeLimit]]:
    """Every time limit with the channel or case it is for; the general ones have no name."""
    named = [("", limit) for limit in content.times]
    named += [(glossary.CHANNELS[channel.kind], channel.time) for channel in content.channels if channel.time]
    return named + [(case_name(case, content), case.time) for case in content.cases if case.time]


def case_name(case: Case, content: ProcedureContent) -> str:
    """What a case is called; empty when it only repeats the name of the procedure."""
    name = one_line(case.name or case.code).lstrip("*+-–• ")
    return "" if _letters(name) == _letters(content.name) else name


def _by_words(content: ProcedureContent, named: Iterable[tuple[str, str]]) -> str:
    by_words: dict[str, list[str]] = {}
    for name, words in named:
        if words:
            by_words.setdefault(words, []).append(name)
    offered = {glossary.CHANNELS[channel.kind] for channel in content.channels}
    lines = []
    for words, names in by_words.items():
        everywhere = "" in names or (bool(offered) and offered <= set(names))
        label = ", ".join(dict.fromkeys(name.rstrip(" :") for name in names))
        lines.append(words if everywhere or not label else f"{label}: {words}")
    return "\n".join(lines)


def place_text(content: ProcedureContent) -> str:
    """Where one files and gets the outcome; where the text names no place, the bodies that carry it out."""
    lines = [cell(content.reception)]
    if cell(content.returning) and cell(content.returning) != lines[0]:
        lines.append(f"Trả kết quả: {cell(content.returning)}")
    found = [line for line in lines if line]
    return "\n".join(found) or "\n".join(named_text(body) for body in content.bodies.executing)


def basis_text(basis: LegalBasis) -> str:
    """Articles, title and number of a legal text, nothing said twice."""
    title, number, articles = one_line(basis.title), one_line(basis.number), one_line(basis.articles)
    text = title or number
    if title and number and number not in title:
        text = f"{title} (số {number})" if number[0].isdigit() else f"{title} ({labels.capital(number)})"
    return f"{articles}, {text}" if articles and articles not in text else text


def short_basis(text: str) -> str:
    """How a row of a printed list cites a text: a long title gives way to kind and number, as provincial annexes do.

    Only where it is plain which number is the text's own; the full title stands on the procedure's own paper.
    """
    words = cell(text)
    if len(words) <= _SHORT_ENOUGH or words.startswith("Điều "):
        return words
    own = _NUMBER_LAST.fullmatch(words)
    if own is None and len(re.findall(_LEGAL_NUMBER, words)) == 1:
        own = _NUMBER_FIRST.fullmatch(words)
    kind = _LEGAL_KINDS.get(own["symbol"]) if own else None
    return f"{kind} số {own['number']}" if own and kind else words


def named_text(named: Named) -> str:
    """A body, subject, outcome; its code only when it has no name."""
    return one_line(named.name) or one_line(named.code)


def form_text(form: OfficialForm) -> str:
    """The name of a form with what else the source says of it."""
    return "; ".join((one_line(form.name), *prose_in(form.extra, known=form.name))).strip("; ")


def paper_text(paper: Paper) -> str:
    """The name of a paper with what else the source says of it."""
    return "\n".join(line for line in (cell(paper.name), *prose_in(paper.extra, known=paper.name)) if line)


def prose_in(extra: Mapping[str, Any], known: str = "") -> list[str]:
    """The sentences in parts we do not model, with the label of the part where it has one.

    Only strings of several words count, and only those ``known`` does not say yet (blanks, marks and capitals aside).
    Identifiers, file names, addresses and switches are for machines; they stay in the JSON.
    """
    said, found = _letters(known), []
    for part, value in extra.items():
        for text in dict.fromkeys(cell(text) for text in _strings({part: value})):
            if " " in text and _letters(text) not in said:
                said += _letters(text)
                found.append(f"{_PARTS[part]}: {text}" if part in _PARTS else text)
    return found


def other_words(content: ProcedureContent) -> list[str]:
    """What the source says of the procedure in parts we do not model: who issued it, its group, a description."""
    places = f"{content.reception} {content.returning}"
    return prose_in(content.extra, known=f"{content.name} {content.note} {content.conditions} {places}")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", one_line(text)).casefold()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not str(key).lower().startswith(_FOR_MACHINES):
                yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
