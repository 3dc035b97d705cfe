"""Texts of an invented province, and readers that take the words out of a file with another library than wrote it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pypdfium2
import zxingcpp
from docx import Document
from docx.oxml.ns import qn

from catalogue.exports.listing_text import listing_text
from catalogue.exports.procedure_text import ActingDecision, ProcedureFacts, decision_reference, procedure_text
from catalogue.exports.text import (
    Block,
    Grid,
    Head,
    Items,
    ListingRow,
    ListingText,
    Notice,
    ProcedureText,
)
from decisions.content import (
    Bodies,
    Case,
    Channel,
    ChannelKind,
    Fee,
    FeeKind,
    Flags,
    LegalBasis,
    Named,
    OfficialForm,
    Paper,
    ProcedureContent,
    Step,
    TimeLimit,
)
from decisions.kinds import OnlineGrade

TODAY = date(2026, 11, 21)
HEAD = Head("Văn phòng", superior="Ủy ban nhân dân tỉnh Sông Thao", place="Sông Thao")
NOTICE = Notice(
    "Tiếp nhận phản ánh, kiến nghị về quy định hành chính",
    ("Điện thoại chuyên dùng: 0200 000 000.", "Thư điện tử: pakn@songthao.example."),
)
ADDRESS = "https://tthc.songthao.example/thu-tuc/1.001193?cap=commune"
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵdđ"
EXEMPT = ("Trẻ em dưới 06 tuổi", "Người có công với cách mạng", "Người thuộc hộ nghèo", "Người khuyết tật")
HOSTILE = '#import "x.typ" * @nhãn \\ $x$ <b> & = {{ ]]> "trích" =1+1'

CONTENT = ProcedureContent(
    name="Đăng ký khai sinh",
    friendly_name="Làm giấy khai sinh cho con",
    other_names=("Khai sinh cho trẻ",),
    sectors=(Named("Hộ tịch"),),
    steps=(
        Step(
            "Bước 1: Người nộp điền **tờ khai**.\n- Nộp tại quầy.\n+ Nộp sau 15 giờ thì nhận vào hôm sau.\n"
            "Bước 2: Chờ kết quả."
        ),
        Step("Công chức ghi sổ.", name="Ghi vào sổ hộ tịch"),
    ),
    cases=(
        Case(
            name="Đăng ký đúng hạn",
            papers=(
                Paper("Tờ khai theo mẫu", 1, 0, (OfficialForm("Mẫu TK-KS 01"),), electronic=True),
                Paper("Giấy chứng sinh", 1, 2, extra={"moTa": "Không có thì nộp văn bản của người làm chứng"}),
            ),
        ),
        Case(
            name="Đăng ký quá hạn",
            steps=(Step("Công chức xác minh thêm tại nơi cư trú."),),
            papers=(Paper("Giấy cam đoan", 1),),
            time=TimeLimit("2,5 ngày làm việc", Decimal("2.5")),
            fees=(Fee(FeeKind.CHARGE, Decimal(8000), exempt=EXEMPT[2:], basis="Nghị quyết số 12/2026/NQ-HĐND"),),
        ),
    ),
    channels=(
        Channel(
            ChannelKind.DIRECT,
            TimeLimit("Trong ngày làm việc"),
            (Fee(FeeKind.CHARGE, Decimal(8000), "8.000 đồng/việc", exempt=EXEMPT[:2], valid_from=date(2026, 8, 8)),),
            "Nộp tại quầy số 3.",
        ),
        Channel(
            ChannelKind.ONLINE,
            TimeLimit("04 giờ làm việc", cut_text="02 giờ làm việc"),
            (Fee(FeeKind.CHARGE, Decimal(0), "HĐND tỉnh quy định", extra={"ghiChu": "Thu khi trả kết quả"}),),
        ),
    ),
    dossier_sets="01 bộ",
    subjects=(Named("Công dân Việt Nam"), Named("Người nước ngoài")),
    bodies=Bodies(executing=(Named("Ủy ban nhân dân xã"),), coordinating=(Named("Công an xã"),)),
    outcomes=(Named("Giấy khai sinh"),),
    conditions="a) Cha hoặc mẹ cư trú tại xã;\nb) Trẻ sinh tại Việt Nam.",
    bases=(LegalBasis("Luật Hộ tịch", "60/2014/QH13", "Điều 13, 16"), LegalBasis(number="123/2015/NĐ-CP")),
    reception="Trung tâm Phục vụ hành chính công xã",
    returning="Tại nhà, qua bưu chính",
    online=OnlineGrade.FULL,
    flags=Flags(non_territorial=True, post_out=True),
    keywords=("giấy khai sinh", "sinh con"),
    note="Mang theo thẻ căn cước.",
    extra={"moTaThem": "Trẻ bị bỏ rơi được niêm yết 07 ngày", "id": "019d2bfd-3fe0", "cờ": True},
)
"""A text with something in every part, in words of our own."""

FACTS = ProcedureFacts(
    level="commune",
    on=TODAY,
    today=TODAY,
    head=HEAD,
    code="1.001193",
    valid_from=date(2025, 11, 20),
    decisions=(
        ActingDecision(
            decision_reference("2815/QĐ-UBND", date(2025, 11, 18), "Chủ tịch Ủy ban nhân dân tỉnh Sông Thao"),
            "Sửa đổi thời hạn giải quyết.",
            date(2025, 11, 20),
        ),
    ),
    address=ADDRESS,
    notice=NOTICE,
)


def sheet(content: ProcedureContent = CONTENT, **changes: Any) -> ProcedureText:
    """The text of one procedure, with other facts where given."""
    return procedure_text(content, replace(FACTS, **changes))


def row(number: int = 1, **changes: Any) -> ListingRow:
    """The n-th row of an invented list; levels and sectors take turns."""
    made = ListingRow(
        name=f"Cấp bản sao trích lục hộ tịch số {number}",
        level=("province", "commune")[number % 2],
        code=f"1.{number:06}",
        key=f"1.{number:06}",
        sector=("Hộ tịch", "Đất đai", "An toàn thực phẩm")[number % 3],
        agency="Ủy ban nhân dân xã",
        time_text="01 ngày làm việc",
        place="Trung tâm Phục vụ hành chính công",
        fee_text="Lệ phí: 8.000 đồng; Đối tượng được miễn, giảm: Người thuộc hộ nghèo",
        bases=("Luật Hộ tịch (số 60/2014/QH13)", "Nghị định số 123/2015/NĐ-CP"),
        online="full",
        channels=("direct", "online"),
        decision_text="Quyết định số 2815/QĐ-UBND ngày 18/11/2025",
        valid_from=date(2025, 11, 20),
        address=f"https://tthc.songthao.example/thu-tuc/1.{number:06}",
    )
    return replace(made, **changes)


def listing(*rows: ListingRow, **options: Any) -> ListingText:
    """The list of these rows on the day of the tests; six rows when none are given."""
    options = {"head": HEAD, "today": TODAY, "notice": NOTICE, "address": ADDRESS} | options
    return listing_text(rows or tuple(map(row, range(1, 7))), options.pop("on", TODAY), **options)


def squeezed(text: str) -> str:
    """Without blanks and hyphens, which a page may break lines at, and in one case, which a form may print large."""
    return re.sub(r"[\s\-\u2010\ufffe\x02]+", "", text).lower()


def words_of(suffix: str, data: bytes) -> str:
    """Every word in a file, in its order."""
    return _READERS[suffix](data)


def block_words(block: Block) -> list[str]:
    """The strings of one block."""
    if isinstance(block, Items):
        return [part for item in block.items for part in (item.mark, item.text)]
    if isinstance(block, Grid):
        return [*block.header, *(cell for cells in block.rows for cell in cells)]
    return [getattr(block, "label", ""), block.text]


def pages_of(data: bytes) -> list[str]:
    """The words of each page of a PDF."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def codes_on(data: bytes, page: int = 0) -> list[str]:
    """What a QR reader sees on a page printed at 150 dots an inch."""
    with pypdfium2.PdfDocument(data) as pdf:
        picture = pdf[page].render(scale=150 / 72, grayscale=True)
        dots = bytes(picture.buffer)
        lines = b"".join(dots[y * picture.stride :][: picture.width] for y in range(picture.height))
        grey = memoryview(lines).cast("B", shape=[picture.height, picture.width])
        return [code.text for code in zxingcpp.read_barcodes(grey)]


def _docx_words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    return "\n".join(paragraph.text for paragraph in document.element.body.iter(qn("w:p")))


def _xlsx_words(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(str(v) for ws in book for cells in ws.iter_rows(values_only=True) for v in cells if v is not None)


def _csv_words(data: bytes) -> str:
    return "\n".join(cell for cells in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in cells)


def _json_words(data: bytes) -> str:
    return "\n".join(_strings(json.loads(data)))


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return [str(value)]


_READERS = {
    "pdf": lambda data: "\n".join(pages_of(data)),
    "docx": _docx_words,
    "xlsx": _xlsx_words,
    "csv": _csv_words,
    "json": _json_words,
}
