"""Words as printed become words as read: subjects out of capitals, headings told from cases, marks from papers."""

from __future__ import annotations

import pytest

from catalogue.web.wording import calm, calm_place, is_choice, is_note, shown_papers, with_links
from decisions.content import Case, OfficialForm, Paper


@pytest.mark.parametrize(
    "printed, shown",
    [
        (
            "VỀ VIỆC CÔNG BỐ DANH MỤC TTHC LĨNH VỰC ĐẤT ĐAI CỦA SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG TỈNH LAI CHÂU",
            "Về việc công bố danh mục TTHC lĩnh vực đất đai của Sở Nông nghiệp và Môi trường tỉnh Lai Châu",
        ),
        (
            "ĐÍNH CHÍNH PHỤ LỤC KÈM THEO QUYẾT ĐỊNH SỐ 2304/QĐ-BNNMT CỦA BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
            "Đính chính phụ lục kèm theo Quyết định số 2304/QĐ-BNNMT của Bộ Văn hóa, Thể thao và Du lịch",
        ),
        ("Công bố TTHC của UBND tỉnh", "Công bố TTHC của UBND tỉnh"),
        ("", ""),
    ],
)
def test_a_subject_in_capitals_is_shown_as_a_sentence(printed: str, shown: str) -> None:
    assert calm(printed) == shown


@pytest.mark.parametrize(
    "name, choice",
    [
        ("* Giấy tờ phải nộp:", False),
        ("a) Thành phần hồ sơ:", False),
        ("Số lượng hồ sơ: 01 bộ.", False),
        ("* Lưu ý :", False),
        ("", False),
        ("Các giấy tờ phải nộp đối với tàu biển:", True),
        ("* Trường hợp ủy quyền thực hiện thủ tục:", True),
        ("Hồ sơ của người nhận con nuôi", True),
    ],
)
def test_a_heading_of_the_form_is_no_case_to_choose(name: str, choice: bool) -> None:
    assert is_choice(Case(name=name)) is choice


def test_remarks_are_told_from_papers_unless_a_form_hangs_on_them() -> None:
    assert is_note(Case(name="* Lưu ý:", papers=(Paper(name="- Bản chụp phải rõ nét."),)))
    assert not is_note(Case(name="Lưu ý", papers=(Paper(name="Tờ khai", forms=(OfficialForm(name="Mẫu 01"),)),)))


def test_list_marks_become_depth_and_a_row_with_a_colon_heads_the_rows_below() -> None:
    papers = (Paper(name="- Giấy tờ tùy thân gồm:"), Paper(name="+ Thẻ căn cước", originals=1), Paper(name="Tờ khai:"))
    assert [(row.text, row.depth, row.heads) for row in shown_papers(papers)] == [
        ("Giấy tờ tùy thân gồm:", 0, True),
        ("Thẻ căn cước", 1, False),
        ("Tờ khai:", 0, False),
    ]


def test_a_place_in_an_annex_is_calm_and_ends_without_a_mark() -> None:
    place = "Phụ lục I, A. DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG, số 1."
    assert calm_place(place) == "Phụ lục I, A. Danh mục thủ tục hành chính được sửa đổi, bổ sung, số 1"
    assert calm_place("Mục B UBND cấp xã, số 2") == "Mục B UBND cấp xã, số 2"


def test_contacts_become_links_a_phone_can_open_and_nothing_else_becomes_markup() -> None:
    shown = with_links("điện thoại 0200 000 1022; thư điện tử kstthc@songthao.example; https://paknt.example. <b>")
    assert shown == (
        'điện thoại <a href="tel:02000001022">0200 000 1022</a>; thư điện tử '
        '<a href="mailto:kstthc@songthao.example">kstthc@songthao.example</a>; '
        '<a href="https://paknt.example">https://paknt.example</a>. &lt;b&gt;'
    )
