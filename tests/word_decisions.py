"""Word decisions of a fictional province, built for tests: real structure, our own words.

A table is a list of rows, a row a list of cells. The cell "^" continues the cell above it (a vertical merge), ">" the
cell to its left (a cell over several columns).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.table import Table

Rows = Sequence[Sequence[str]]
Annex = tuple[str, Sequence["str | Rows"]]

LISTING = ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Địa điểm thực hiện", "Phí, lệ phí",
           "Căn cứ pháp lý"]  # fmt: skip
BIRTH = ["1", "1.001193", "Đăng ký khai sinh", "Trong ngày", "Trung tâm Phục vụ hành chính công cấp xã", "Không",
         "Luật Hộ tịch 2014"]  # fmt: skip
BASES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành chính;",
)
ARTICLES = (
    "Điều 1. Công bố kèm theo Quyết định này danh mục thủ tục hành chính được sửa đổi, bổ sung.",
    "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.",
    "Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh và các cơ quan có liên quan chịu trách nhiệm thi hành./.",
)


def build_decision(
    *,
    number: str = "1250/QĐ-UBND",
    issuer: str = "ỦY BAN NHÂN DÂN\nTỈNH LAM SƠN",
    place: str = "Lam Sơn",
    signed: str = "20/11/2025",
    subject: str = "VỀ VIỆC CÔNG BỐ DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG LĨNH VỰC HỘ TỊCH",
    authority: str = "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAM SƠN",
    bases: Sequence[str] = BASES,
    proposal: str = "Theo đề nghị của Giám đốc Sở Tư pháp tại Tờ trình số 45/TTr-STP ngày 12 tháng 11 năm 2025.",
    articles: Sequence[str] = ARTICLES,
    capacity: str = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    signer: str = "Trần Thị Hạnh",
    recipients: Sequence[str] = ("Như Điều 3", "Lưu: VT"),
    annex: str = "PHỤ LỤC\nDANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG LĨNH VỰC HỘ TỊCH",
    tables: Sequence[Rows] = (),
    annexes: Sequence[Annex] | None = None,
) -> bytes:
    """A Word file. ``tables`` stand under the one ``annex``; ``annexes`` (title, paragraphs, tables) replaces both."""
    day, month, year = signed.split("/")
    document = Document()
    add_table(document, [
        [issuer, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
        [f"Số: {number}", f"{place}, ngày {day} tháng {month} năm {year}"],
    ])  # fmt: skip
    for text in ("QUYẾT ĐỊNH", subject, authority, *bases, proposal, "QUYẾT ĐỊNH:", *articles):
        if text:
            document.add_paragraph(text)
    listed = "\n".join(f"- {recipient};" for recipient in recipients)
    add_table(document, [[f"Nơi nhận:\n{listed}", f"{capacity}\n{signer}"]])
    for title, blocks in annexes if annexes is not None else [(annex, tables)] if tables else []:
        _add_annex(document, title, blocks, number)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_annex(document: WordDocument, title: str, blocks: Sequence[str | Rows], number: str) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    for line in title.split("\n"):
        document.add_paragraph(line)
    document.add_paragraph(f"(Kèm theo Quyết định số {number} của Chủ tịch Ủy ban nhân dân tỉnh Lam Sơn)")
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            add_table(document, block)


def add_table(document: WordDocument, rows: Rows) -> Table:
    """Adds a table; short rows are filled with empty cells."""
    table = document.add_table(len(rows), max(len(row) for row in rows))
    for written, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(written.cells, row, strict=False):
            if text not in ("^", ">"):
                cell.text = text
    for index, row in enumerate(rows):
        for column, text in enumerate(row):
            if text == ">":
                _merge(table, (index, column - 1), (index, column))
            elif text == "^":
                _merge(table, (index - 1, column), (index, column))
    return table


def _merge(table: Table, first: tuple[int, int], second: tuple[int, int]) -> None:
    kept = table.cell(*first)
    text = kept.text
    kept.merge(table.cell(*second)).text = text


def with_document(data: bytes, xml: bytes) -> bytes:
    """The same file with another main document, for broken and hostile input."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, xml if name == "word/document.xml" else source.read(name))
    return stream.getvalue()
