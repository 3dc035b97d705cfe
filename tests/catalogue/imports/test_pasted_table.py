"""Tables pasted from Word, Excel and pages: clean rows or one sentence; nothing but words comes through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.imports.pasted_rows import filled_rows, proposed
from catalogue.imports.pasted_table import MOST_ROWS, NotATable, read_pasted

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {mso-style-unhide:no;} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=VI><script>document.title = "chạy rồi"</script><v:shape><v:imagedata src="file:///c:/x.png"/></v:shape>
<table class=MsoNormalTable border=1 onclick="alert(1)">
 <tr><td><p class=MsoNormal><b>STT</b></p></td><td><p><b>Tên giấy
 tờ</b><o:p></o:p></p></td><td>Bản chính</td><td>Bản sao</td><td>Mẫu đơn, tờ khai</td></tr>
 <tr><td colspan=5><p>A. Giấy tờ phải nộp</p></td></tr>
 <tr><td>1</td><td><p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>-<span
 style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Tờ khai đăng ký khai sinh</p></td>
 <td rowspan=2>01 bản</td><td>0</td><td>Mẫu số 01</td></tr>
 <tr><td>2</td><td>Giấy chứng sinh<br>hoặc văn bản thay thế</td><td>2</td><td></td></tr>
</table></body></html>"""


def papers(text: str, markup: str = "") -> list[dict[str, str]]:
    table = read_pasted(text, markup)
    reading = proposed(table, "papers")
    return filled_rows(table.rows[reading.heads :], reading.roles)


def test_a_word_table_becomes_papers() -> None:
    first, second, third = papers("", WORD)
    assert first == {"name": "A. Giấy tờ phải nộp"}
    assert second == {"name": "- Tờ khai đăng ký khai sinh", "originals": "1", "copies": "0", "forms": "Mẫu số 01"}
    assert third == {"name": "Giấy chứng sinh\nhoặc văn bản thay thế", "originals": "1", "copies": "2", "forms": ""}


def test_nothing_but_words_comes_through() -> None:
    said = " ".join(cell for row in read_pasted("", WORD).rows for cell in row)
    assert not any(word in said for word in ("chạy rồi", "mso", "WordDocument", "alert", "imagedata", "<", "style"))


def test_five_megabytes_of_style_and_macros_are_left_behind() -> None:
    noise = "<style>" + "p.x{mso-a:b}\n" * 200_000 + "</style><!--[if mso]>" + "<w:x/>" * 400_000 + "<![endif]-->"
    assert len(WORD + noise) > 4_900_000
    assert read_pasted("", WORD.replace("<body", noise + "<body")).rows == read_pasted("", WORD).rows


def test_plain_text_from_word_and_excel() -> None:
    assert papers("1\tTờ khai\t1\t\n2\tGiấy chứng sinh\nbản có dấu\t1\t2") == [
        {"name": "Tờ khai", "originals": "1", "copies": ""},
        {"name": "Giấy chứng sinh\nbản có dấu", "originals": "1", "copies": "2"},
    ]
    assert papers('Tên giấy tờ\tSố lượng\n"Tờ khai\ncó dán ảnh"\t"Bản chính: 1\nBản sao: 0"') == [
        {"name": "Tờ khai\ncó dán ảnh", "originals": "1", "copies": "0"}
    ]
    assert papers("Giấy tờ\tSố lượng\nTờ khai\t01 bản chính, 02 bản sao")[0]["copies"] == "2"
    assert papers("Tờ khai\n\nGiấy chứng sinh") == [{"name": "Tờ khai"}, {"name": "Giấy chứng sinh"}]


def test_steps_keep_their_words() -> None:
    table = read_pasted("STT\tNội dung công việc\tNgười làm\n1\tTiếp nhận hồ sơ\tCán bộ một cửa")
    reading = proposed(table, "steps")
    assert (reading.roles, reading.heads) == (("", "text", ""), 1)
    assert filled_rows(table.rows[1:], reading.roles) == [{"text": "Tiếp nhận hồ sơ"}]


def test_a_count_that_is_no_number_stays_as_typed() -> None:
    assert papers("Tên giấy tờ\tBản chính\nTờ khai\tmột hoặc hai") == [{"name": "Tờ khai", "originals": "một hoặc hai"}]


@pytest.mark.parametrize(("text", "markup", "sentence"), [
    ("", "", "Chưa thấy dòng nào"),
    ("", "<table></table>", "Chưa thấy dòng nào"),
    (" \n\t\n", "<html><script>x</script>", "Chưa thấy dòng nào"),
    ("x" * 8_000_001, "", "quá lớn"),
    ("\n".join(f"giấy tờ {n}" for n in range(MOST_ROWS + 1)), "", f"nhiều nhất {MOST_ROWS} dòng"),
    ("\t".join("abcdefghijklmnopqrstuvwxyz"), "", "nhiều nhất 20 cột"),
    ("", "<table>" + "<tr><td>x" * 20_000 + "<tr>" + "<td>y" * 20_000, f"nhiều nhất {MOST_ROWS} dòng"),
    ("\t" * 90_000 + "x\ny", "", "nhiều nhất 20 cột"),
    ("", "<table><tr><td colspan=99999 rowspan=99999>x<tr><td>y</table>", ""),
    ("", "<div>" * 60_000 + "x", ""),
    ("", "<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><table><tr><td>&c;</td></tr></table>", ""),
])  # fmt: skip
def test_bad_pastes_end_in_rows_or_one_sentence(text: str, markup: str, sentence: str) -> None:
    try:
        table = read_pasted(text, markup)
    except NotATable as error:
        assert sentence in str(error) and str(error).endswith(".")
    else:
        assert sentence == "" and table.rows


@given(st.text(max_size=300), st.text(alphabet="<>/tabledrp &;!-[]x\n", max_size=300))
def test_whatever_is_pasted_is_rows_of_one_width_or_a_sentence(text: str, markup: str) -> None:
    try:
        table = read_pasted(text, markup)
    except NotATable as error:
        assert str(error)
    else:
        assert {len(row) for row in table.rows} == {table.width} and all(any(row) for row in table.rows)
        for kind in ("papers", "steps"):
            reading = proposed(table, kind)
            filled_rows(table.rows[reading.heads :], reading.roles)
