"""Every format carries every word: what one paper says, all say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from catalogue.exports import FORMATS
from catalogue.exports.text import ListingText, ProcedureText
from decisions.content import Fee, LegalBasis, Named, ProcedureContent, Step
from tests.catalogue.exports.papers import (
    CONTENT,
    EXEMPT,
    HOSTILE,
    LETTERS,
    block_words,
    listing,
    row,
    sheet,
    squeezed,
    words_of,
)

OF_LISTS = [suffix for suffix, made in FORMATS.items() if made.listing]
OF_PROCEDURES = [suffix for suffix, made in FORMATS.items() if made.procedure]
PRINTED_LISTS = [suffix for suffix in OF_LISTS if suffix in ("pdf", "docx", "xlsx")]


def listed(suffix: str, text: ListingText) -> str:
    return squeezed(words_of(suffix, FORMATS[suffix].listing(text)))


def told(suffix: str, text: ProcedureText) -> str:
    return squeezed(words_of(suffix, FORMATS[suffix].procedure(text)))


@pytest.mark.parametrize("suffix", OF_PROCEDURES)
def test_every_format_carries_every_section_and_every_word(suffix):
    text = sheet()
    found = told(suffix, text)
    words = [text.code, text.title, text.friendly_name, text.state_line, text.edition.code, *text.notice.lines]
    words += [part for fact in text.summary for part in (fact.label, *fact.text.split("\n"))]
    words += [word for section in text.sections for block in section.blocks for word in block_words(block)]
    words += [section.label for section in text.sections]
    lines = [line for word in words for line in word.split("\n")]
    if suffix == "docx":  # the edition stands in the footer, which is another part of the file
        lines.remove(text.edition.code)
    assert [line for line in lines if squeezed(line) not in found] == []


@pytest.mark.parametrize("group", EXEMPT)
@pytest.mark.parametrize("suffix", OF_PROCEDURES)
def test_who_is_exempt_is_in_every_format(suffix, group):
    assert squeezed(group) in told(suffix, sheet())


@pytest.mark.parametrize("suffix", OF_LISTS)
def test_every_format_carries_every_row(suffix):
    text = listing(*(row(n, fee_text=f"Lệ phí: {n}.000 đồng; miễn cho người cao tuổi thứ {n}") for n in range(1, 40)))
    found = listed(suffix, text)
    for printed in text.rows:
        source = printed.source
        words = (source.code, source.name, source.time_text, source.place, source.fee_text, *source.bases)
        assert [word for word in words if squeezed(word) not in found] == []


@pytest.mark.parametrize("suffix", PRINTED_LISTS)
def test_printed_lists_carry_head_group_rows_totals_and_notice(suffix):
    text = listing(filter_sentence="Chỉ các thủ tục cấp xã.", on=date(2026, 11, 1))
    found = listed(suffix, text)
    words = [text.head.superior, text.head.issuer, "Độc lập - Tự do - Hạnh phúc", text.title, text.day_line]
    words += [text.filter_sentence, text.banner, *text.totals, text.notice.title, *text.notice.lines]
    words += [column.label for column in text.columns] + ["Sông Thao, ngày 21 tháng 11 năm 2026"]
    words += [heading for level in text.groups for heading in (level.heading, *(s.heading for s in level.sectors))]
    assert [word for word in words if squeezed(word) not in found] == []


@pytest.mark.parametrize("suffix", OF_LISTS)
def test_text_that_looks_like_code_is_text(suffix):
    text = listing(row(1, name=HOSTILE, sector=HOSTILE, fee_text=HOSTILE, bases=(HOSTILE,)), title=HOSTILE)
    assert listed(suffix, text).count(squeezed(HOSTILE)) >= 3


@pytest.mark.parametrize("suffix", OF_PROCEDURES)
def test_a_procedure_that_looks_like_code_is_text(suffix):
    steps = (Step(HOSTILE, name=HOSTILE),)
    content = replace(CONTENT, name=HOSTILE, note=HOSTILE, steps=steps, outcomes=(Named(HOSTILE),))
    assert told(suffix, sheet(content)).count(squeezed(HOSTILE)) >= 5


@pytest.mark.parametrize("suffix", OF_LISTS)
def test_control_and_direction_characters_break_nothing(suffix):
    name = "Đăng\x00 ký\u202e kết\x1b hôn\ud800 \u05d0\u05d1 \u200fcó yếu tố nước ngoài"
    assert squeezed("Đăng ký kết hôn") in listed(suffix, listing(row(1, name=name, time_text=name, bases=(name,))))


@pytest.mark.parametrize("suffix", OF_LISTS)
def test_the_longest_real_name_is_whole(suffix):
    name = ("Cấp giấy phép xây dựng đối với công trình không theo tuyến, tín ngưỡng, tôn giáo; " * 16)[:1192].strip()
    assert squeezed(name) in listed(suffix, listing(row(1, name=name)))


@pytest.mark.parametrize("suffix", PRINTED_LISTS)
def test_a_row_longer_than_a_page_is_whole(suffix):
    bases = tuple(f"Nghị định số {n}/2025" for n in range(1, 90))
    found = listed(suffix, listing(row(1, bases=bases)))
    assert [basis for basis in bases if squeezed(basis) not in found] == []


@pytest.mark.parametrize("suffix", OF_LISTS)
def test_a_list_without_rows_is_a_list(suffix):
    empty = replace(listing(), groups=(), totals=("Tổng số: 00 thủ tục hành chính.",))
    data = FORMATS[suffix].listing(empty)
    assert data
    if suffix in PRINTED_LISTS:
        assert squeezed("Tổng số: 00") in squeezed(words_of(suffix, data))


@pytest.mark.parametrize("suffix", OF_PROCEDURES)
def test_a_procedure_that_awaits_its_content_is_printed(suffix):
    found = told(suffix, sheet(ProcedureContent(name="Thủ tục mới công bố"), code=None, address="", notice=None))
    assert squeezed("Chưa có mã") in found
    assert squeezed("Đã công bố, chờ nội dung") in found


@pytest.mark.parametrize("suffix", ("pdf", "docx"))
def test_a_draft_is_marked(suffix):
    assert squeezed("DỰ THẢO") in told(suffix, sheet(draft=True))
    assert squeezed("DỰ THẢO") in listed(suffix, listing(draft=True))
    assert squeezed("DỰ THẢO") not in told(suffix, sheet())


@pytest.mark.parametrize("suffix", ("pdf", "docx"))
def test_every_letter_of_the_alphabet_is_there(suffix):
    found = told(suffix, sheet(replace(CONTENT, note=f"{LETTERS} {LETTERS.upper()}")))
    assert found.count(LETTERS) >= 2


@pytest.mark.parametrize("suffix", OF_PROCEDURES)
def test_another_day_is_said_on_paper_too(suffix):
    text = sheet(on=date(2025, 11, 19))
    found = words_of(suffix, FORMATS[suffix].procedure(text))
    if suffix == "json":
        assert '"2025-11-19"' in FORMATS[suffix].procedure(text).decode()
    else:
        assert "Nội dung theo ngày 19/11/2025, in ngày 21/11/2026." in found


def test_decomposed_letters_are_composed_on_paper():
    fee, basis = Fee(text="Mie\u0302\u0303n phi\u0301"), LegalBasis("Lua\u0323\u0302t")
    content = ProcedureContent(name="Thủ tục", fees=(fee,), bases=(basis,))
    found = words_of("docx", FORMATS["docx"].procedure(sheet(content)))
    assert "Miễn phí" in found
    assert "Luật" in found
