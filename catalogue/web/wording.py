"""How printed words are shown calmly: subjects out of capitals, headings told from cases, marks told from papers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from catalogue.exports import phrases
from decisions.content import Case, Paper, ProcedureContent
from decisions.dossier import bare, is_choice, is_note

__all__ = ["bare", "calm", "calm_place", "is_choice", "is_note", "named_cases", "shown_papers", "with_links"]

_NAMES = """
An Giang; Bà Rịa; Vũng Tàu; Bạc Liêu; Bắc Giang; Bắc Kạn; Bắc Ninh; Bến Tre; Bình Dương; Bình Định; Bình Phước
Bình Thuận; Cà Mau; Cao Bằng; Cần Thơ; Đà Nẵng; Đắk Lắk; Đắk Nông; Điện Biên; Đồng Nai; Đồng Tháp; Gia Lai
Hà Giang; Hà Nam; Hà Nội; Hà Tĩnh; Hải Dương; Hải Phòng; Hậu Giang; Hòa Bình; Hồ Chí Minh; Hưng Yên; Khánh Hòa
Kiên Giang; Kon Tum; Lai Châu; Lạng Sơn; Lào Cai; Lâm Đồng; Long An; Nam Định; Nghệ An; Ninh Bình; Ninh Thuận
Phú Thọ; Phú Yên; Quảng Bình; Quảng Nam; Quảng Ngãi; Quảng Ninh; Quảng Trị; Sóc Trăng; Sơn La; Tây Ninh
Thái Bình; Thái Nguyên; Thanh Hóa; Thừa Thiên Huế; Huế; Tiền Giang; Trà Vinh; Tuyên Quang; Vĩnh Long; Vĩnh Phúc
Yên Bái; Việt Nam
Bộ Công an; Bộ Công Thương; Bộ Dân tộc và Tôn giáo; Bộ Giáo dục và Đào tạo; Bộ Khoa học và Công nghệ
Bộ Ngoại giao; Bộ Nội vụ; Bộ Nông nghiệp và Môi trường; Bộ Quốc phòng; Bộ Tài chính; Bộ Tư pháp
Bộ Văn hóa, Thể thao và Du lịch; Bộ Xây dựng; Bộ Y tế; Chính phủ; Hội đồng nhân dân; Ngân hàng Nhà nước; Nhà nước
Sở Công Thương; Sở Dân tộc và Tôn giáo; Sở Du lịch; Sở Giáo dục và Đào tạo; Sở Khoa học và Công nghệ
Sở Ngoại vụ; Sở Nội vụ; Sở Nông nghiệp và Môi trường; Sở Tài chính; Sở Tư pháp; Sở Văn hóa và Thể thao
Sở Văn hóa, Thể thao và Du lịch; Sở Xây dựng; Sở Y tế; Thanh tra; Thủ tướng; Ủy ban nhân dân
TTHC; UBND; HĐND; HIV; BHXH; BHYT; PCCC; ODA; TTPVHCC
"""
_NUMBER = re.compile(r"\S*\d\S*/\S+|\b[A-ZĐ]{2,}(?:-[A-ZĐ]{2,})+\b")
_CITED = re.compile(r"\b(?:quyết định|nghị định|thông tư|nghị quyết|công văn|kế hoạch)(?= số \d)")
_CAPITALS = re.compile(r"(?:[^\W\d_a-z]{2,}|\bÝ)(?:[ ,]+(?:[^\W\d_a-z]+))+")
_CONTACT = re.compile(
    r"(https?://[^\s;,]+[^\s;,.]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<=điện thoại )[+0-9][0-9. ]{6,}[0-9])"
)
_MARK = re.compile(r"^(?P<mark>[-–+*•]+)\s*(?=\S)")


def calm(subject: str) -> str:
    """A subject that is printed in capitals as a sentence; one in ordinary letters stays as it is.

    Which words are names is lost in capitals: numbers and short forms stay, bodies and provinces get theirs back.
    """
    line = " ".join(subject.split())
    letters = [sign for sign in line if sign.isalpha()]
    if not letters or sum(sign.isupper() for sign in letters) < 0.7 * len(letters):
        return line
    kept = _NUMBER.findall(line)
    text = line.lower()
    for pattern, name in _names():
        text = pattern.sub(name, text)
    text = _CITED.sub(lambda found: found[0].capitalize(), text)
    for printed in kept:
        text = text.replace(printed.lower(), printed)
    return text[:1].upper() + text[1:]


def calm_place(place: str) -> str:
    """A place in an annex with its headings out of capitals: "Phụ lục I, A. Danh mục thủ tục …, số 1"."""
    return _CAPITALS.sub(lambda found: calm(found[0]), place).rstrip(" .:;")


@cache
def _names() -> tuple[tuple[re.Pattern[str], str], ...]:
    names = re.split(r"\s*[;\n]\s*", _NAMES.strip())
    return tuple((re.compile(rf"\b{re.escape(name.lower())}\b"), name) for name in names)


@dataclass(frozen=True)
class ShownPaper:
    """A row of the checklist: its words without the list mark, how deep it stands, whether it only heads the next."""

    paper: Paper
    text: str
    depth: int
    heads: bool


def shown_papers(papers: Sequence[Paper]) -> list[ShownPaper]:
    """The rows as a reader ticks them off; "+" stands under "-", a row that ends in a colon has no box."""
    found = []
    for place, paper in enumerate(papers):
        text = phrases.paper_text(paper)
        mark = _MARK.match(text)
        counted = paper.originals or paper.copies or paper.forms
        heads = text.rstrip().endswith(":") and not counted and place + 1 < len(papers)
        deep = 1 if mark and "+" in mark["mark"] else 0
        found.append(ShownPaper(paper, text[mark.end() :] if mark else text, deep, heads))
    return found


@dataclass(frozen=True)
class NamedCase:
    """A case under the name that tells it from the procedure, with its code where it has one."""

    case: Case
    name: str


def named_cases(cases: Iterable[Case], content: ProcedureContent) -> list[NamedCase]:
    """The cases that are more than the procedure itself under its own name."""
    named = ((case, phrases.case_name(case, content)) for case in cases)
    return [NamedCase(case, f"{name} ({case.code})" if case.code not in name else name) for case, name in named if name]


def with_links(sentence: str) -> Markup:
    """Telephone numbers, mail addresses and web addresses of a contact sentence as links; the rest is escaped."""
    return Markup().join(
        Markup('<a href="{}">{}</a>').format(_link(part), part) if place % 2 else escape(part)
        for place, part in enumerate(_CONTACT.split(sentence))
    )


def _link(contact: str) -> str:
    if "@" in contact:
        return f"mailto:{contact}"
    return contact if contact.startswith("http") else f"tel:{re.sub(r'[^+0-9]', '', contact)}"
