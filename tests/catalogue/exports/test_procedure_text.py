"""One procedure as it is told to readers: complete, in legal order, honest about what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.exports.phrases import (
    basis_text,
    fee_lines,
    listing_fee_text,
    listing_time_text,
    place_text,
    short_basis,
    time_text,
)
from decisions.codec import to_plain
from decisions.content import (
    Bodies,
    Case,
    Channel,
    ChannelKind,
    Fee,
    FeeKind,
    LegalBasis,
    Named,
    OfficialForm,
    Paper,
    ProcedureContent,
    Step,
    TimeLimit,
    TimeUnit,
)
from tests.catalogue.exports.papers import CONTENT, EXEMPT, block_words, sheet, squeezed

MACHINE_KEYS = {"code", "kind", "unit", "file", "channel", "online", "quantity", "cut_quantity", "amount", "extra",
                "valid_from", "valid_until"}  # fmt: skip


def printed(text) -> str:
    words = [text.title, text.friendly_name, *(fact.text for fact in text.summary)]
    words += [word for section in text.sections for block in section.blocks for word in block_words(block)]
    return squeezed(" ".join(words))


def strings(value, key=""):
    if key in MACHINE_KEYS:
        return
    if isinstance(value, dict):
        for name, item in value.items():
            yield from strings(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, str):
        yield value


def test_sections_stand_in_the_order_of_the_form():
    assert [section.label for section in sheet().sections] == [
        "1. Trình tự thực hiện",
        "2. Cách thức thực hiện",
        "3. Thành phần, số lượng hồ sơ",
        "4. Thời hạn giải quyết",
        "5. Đối tượng thực hiện thủ tục hành chính",
        "6. Cơ quan thực hiện thủ tục hành chính",
        "7. Kết quả thực hiện thủ tục hành chính",
        "8. Phí, lệ phí",
        "9. Tên mẫu đơn, mẫu tờ khai",
        "10. Yêu cầu, điều kiện thực hiện thủ tục hành chính",
        "11. Căn cứ pháp lý của thủ tục hành chính",
        "12. Thông tin khác",
        "Quyết định công bố",
    ]


def test_nothing_the_content_holds_is_left_out():
    found = printed(sheet())
    for text in strings(to_plain(CONTENT)):
        for line in text.replace("**", "").split("\n"):
            assert squeezed(line.lstrip("-+ ")) in found


def test_words_of_parts_we_do_not_model_are_printed_and_identifiers_are_not():
    found = printed(sheet())
    assert squeezed("Trẻ bị bỏ rơi được niêm yết 07 ngày") in found
    assert squeezed("Không có thì nộp văn bản của người làm chứng") in found
    assert squeezed("Thu khi trả kết quả") in found
    assert squeezed("019d2bfd-3fe0") not in found


@pytest.mark.parametrize("group", EXEMPT)
def test_who_is_exempt_stands_in_the_summary_and_in_the_section_of_fees(group):
    text = sheet()
    assert group in next(fact.text for fact in text.summary if fact.label == "Phí, lệ phí")
    fees = next(section for section in text.sections if "Phí, lệ phí" in section.label)
    assert any(group in word for block in fees.blocks for word in block_words(block))


def test_a_text_too_long_for_the_summary_is_found_in_its_section():
    long = "Mức thu theo diện tích đất. " * 40
    fees = (Fee(FeeKind.FEE, None, long, exempt=EXEMPT),)
    text = sheet(replace(CONTENT, channels=(Channel(ChannelKind.DIRECT, fees=fees),)))
    assert ("Phí, lệ phí", "Xem mục 8. Phí, lệ phí") in [(fact.label, fact.text) for fact in text.summary]
    assert text.sections[7].label == "8. Phí, lệ phí"
    words = " ".join(word for block in text.sections[7].blocks for word in block_words(block))
    assert long.strip() in words
    assert [group for group in EXEMPT if group not in words] == []


def test_equal_fees_of_several_ways_of_filing_are_listed_once():
    fees = (Fee(FeeKind.CHARGE, Decimal(8000)),)
    channels = tuple(Channel(kind, fees=fees) for kind in ChannelKind)
    blocks = sheet(replace(CONTENT, cases=(), channels=channels)).sections[7].blocks
    assert [word for block in blocks for word in block_words(block) if word] == [
        "Nộp hồ sơ theo hình thức: trực tiếp, trực tuyến, bưu chính công ích", "-", "Lệ phí: 8.000 đồng",
    ]  # fmt: skip


def test_a_case_that_repeats_the_name_of_the_procedure_is_not_named_again():
    content = ProcedureContent("Đăng ký khai sinh", cases=(Case("Đăng ký khai sinh.", time=TimeLimit("01 ngày")),))
    assert listing_time_text(content) == "01 ngày"


def test_an_empty_part_is_not_an_empty_place():
    text = sheet(ProcedureContent(name="Thủ tục mới"))
    assert {section.blocks[0].text for section in text.sections[:11]} == {"Chưa có thông tin."}
    assert ("Nội dung", "Đã công bố, chờ nội dung.") in [(fact.label, fact.text) for fact in text.summary]


STATES = [
    ({}, "Còn hiệu lực từ ngày 20/11/2025, theo Quyết định số 2815/QĐ-UBND ngày 18/11/2025 của Chủ tịch Ủy ban nhân "
         "dân tỉnh Sông Thao."),
    ({"since_known": False, "decisions": ()}, "Đang có hiệu lực từ trước; chưa rõ ngày."),
    ({"decisions": (), "valid_until": date(2027, 3, 1)}, "Còn hiệu lực từ ngày 20/11/2025; đến hết ngày 28/02/2027."),
    ({"state": "coming", "decisions": (), "valid_from": date(2027, 3, 1)}, "Sắp có hiệu lực từ ngày 01/03/2027."),
    ({"state": "ended", "valid_until": date(2026, 8, 30), "ended_by": "Quyết định số 9/QĐ-UBND"},
     "Hết hiệu lực từ ngày 30/08/2026, theo Quyết định số 9/QĐ-UBND."),
    ({"state": "never"}, "Chưa từng có hiệu lực."),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "line"), STATES)
def test_the_state_line_says_since_when_and_by_what(facts, line):
    assert sheet(**facts).state_line == line


def test_what_follows_an_abolished_procedure_is_named():
    text = sheet(state="ended", successors=("1.014391 – Cấp giấy phép mới",))
    assert "1.014391 – Cấp giấy phép mới" in [fact.text for fact in text.summary]


def test_a_procedure_without_code_is_not_given_one():
    assert sheet(code=None).code == "Chưa có mã"


def test_the_edition_code_follows_the_words_and_not_the_day_of_printing():
    assert sheet().edition.code == sheet(today=date(2026, 12, 1), on=date(2026, 12, 1)).edition.code
    assert sheet().edition.code != sheet(replace(CONTENT, note="Khác.")).edition.code


FEES = [
    (Fee(FeeKind.CHARGE, Decimal(8000)), ("Lệ phí: 8.000 đồng",)),
    (Fee(FeeKind.FEE, Decimal(0)), ("Phí: 0 đồng",)),
    (Fee(FeeKind.CHARGE, Decimal(0), "Do HĐND tỉnh quy định"),
     ("Lệ phí: Do HĐND tỉnh quy định (số tiền ghi trong nguồn: 0 đồng)",)),
    (Fee(FeeKind.CHARGE, Decimal(0), "Miễn lệ phí"), ("Lệ phí: Miễn lệ phí",)),
    (Fee(FeeKind.FEE, None, "70,000 VNĐ (Phí thẩm tra)"), ("Phí: 70.000 đồng (Phí thẩm tra)",)),
    (Fee(FeeKind.FEE, None, "2,000 Việt Nam Đồng (/trang)"), ("Phí: 2.000 đồng/trang",)),
    (Fee(FeeKind.CHARGE, None, "Đồng (Mức lệ phí do HĐND tỉnh quyết định)"),
     ("Lệ phí: Đồng (Mức lệ phí do HĐND tỉnh quyết định)",)),
    (Fee(FeeKind.FEE, None, "Phí thẩm định: 150.000 đồng"), ("Phí thẩm định: 150.000 đồng",)),
    (Fee(FeeKind.PRICE, Decimal("1500.5"), "mỗi trang"), ("Giá: 1.500,5 đồng. mỗi trang",)),
    (Fee(), ("Chưa có thông tin về mức thu",)),
    (Fee(FeeKind.FEE, Decimal(10000), exempt=("Hộ nghèo", "Trẻ em."), valid_until=date(2027, 1, 1)),
     ("Phí: 10.000 đồng", "Đối tượng được miễn, giảm: Hộ nghèo; Trẻ em", "Áp dụng đến hết ngày 31/12/2026")),
]  # fmt: skip


@pytest.mark.parametrize(("fee", "lines"), FEES)
def test_a_fee_says_everything_and_zero_is_not_free_by_itself(fee, lines):
    assert fee_lines(fee) == lines


def test_equal_fees_of_all_channels_are_said_once_and_different_ones_by_channel():
    fee = Fee(FeeKind.CHARGE, Decimal(8000))
    channels = (Channel(ChannelKind.DIRECT, fees=(fee,)), Channel(ChannelKind.ONLINE, fees=(fee,)))
    same = ProcedureContent("X", channels=channels)
    assert listing_fee_text(same) == "Lệ phí: 8.000 đồng"
    free = Fee(FeeKind.CHARGE, Decimal(0))
    other = replace(same, channels=(same.channels[0], Channel(ChannelKind.ONLINE, fees=(free,))))
    assert listing_fee_text(other) == "Trực tiếp: Lệ phí: 8.000 đồng\nTrực tuyến: Lệ phí: 0 đồng"


def test_times_name_their_case_only_where_they_differ():
    assert listing_time_text(ProcedureContent("X", times=(TimeLimit("05 ngày"),))) == "05 ngày"
    cases = (Case("Đúng hạn", time=TimeLimit("01 ngày")), Case("Quá hạn:", time=TimeLimit("03 ngày")))
    assert listing_time_text(ProcedureContent("X", cases=cases)) == "Đúng hạn: 01 ngày\nQuá hạn: 03 ngày"


def test_a_time_without_words_is_made_of_its_quantity():
    assert time_text(TimeLimit("", Decimal(5), TimeUnit.WORKING_DAY)) == "05 ngày làm việc"
    assert time_text(TimeLimit("", Decimal("2.5"), TimeUnit.DAY, "", Decimal(2))) == (
        "Theo quy định: 2,5 ngày\nSau cắt giảm: 2 ngày"
    )


def test_a_legal_text_is_named_once():
    basis = LegalBasis("Luật Hộ tịch", "60/2014/QH13", "Điều 13")
    assert basis_text(basis) == "Điều 13, Luật Hộ tịch (số 60/2014/QH13)"
    assert basis_text(LegalBasis("Luật 33/2009/QH12", "33/2009/QH12")) == "Luật 33/2009/QH12"
    assert basis_text(LegalBasis(number="123/2015/NĐ-CP")) == "123/2015/NĐ-CP"


LONG = "quy định chi tiết một số điều và biện pháp thi hành về đất đai"
CITED = [
    (f"Nghị định số 102/2024/NĐ-CP ngày 30/7/2024 {LONG}", "Nghị định số 102/2024/NĐ-CP"),
    (f"{LONG} theo Luật số 31/2024/QH15 (số 151/2025/NĐ-CP)", "Nghị định số 151/2025/NĐ-CP"),
    (f"Thông tư {LONG} của Nghị định số 87/2020/NĐ-CP", ""),
    (f"Nghị định số 1/2024/NĐ-CP và Nghị định số 2/2024/NĐ-CP {LONG}", ""),
    (f"Luật Đất đai {LONG} (số 31/2024/QH15)", ""),
    (f"Điều 5, Nghị định số 102/2024/NĐ-CP {LONG}", ""),
    ("Nghị định số 123/2015/NĐ-CP của Chính phủ", ""),
]


@pytest.mark.parametrize(("title", "short"), CITED)
def test_a_list_cites_a_long_title_by_its_own_number_only(title, short):
    assert short_basis(title) == (short or title)


def test_the_place_falls_back_on_who_carries_it_out():
    assert place_text(replace(CONTENT, returning="")) == "Trung tâm Phục vụ hành chính công xã"
    assert place_text(replace(CONTENT, reception="", returning="")) == "Ủy ban nhân dân xã"


WORDS = st.text(alphabet="ăđêôơưạbcdghi ", min_size=1, max_size=12).filter(str.strip)
NAMED = st.builds(Named, WORDS)
FEE = st.builds(
    Fee, st.sampled_from(FeeKind), st.none() | st.decimals(0, 10**7, places=0), st.just("") | WORDS,
    st.none() | st.sampled_from(ChannelKind), st.lists(WORDS, max_size=2).map(tuple), st.just("") | WORDS,
)  # fmt: skip
TIME = st.builds(TimeLimit, WORDS)
FORMS = st.lists(st.builds(OfficialForm, WORDS), max_size=2).map(tuple)
PAPER = st.builds(Paper, WORDS, st.integers(0, 3), forms=FORMS)
CASE = st.builds(
    Case, WORDS, steps=st.lists(st.builds(Step, WORDS, WORDS), max_size=2).map(tuple),
    papers=st.lists(PAPER, max_size=2).map(tuple), time=st.none() | TIME, fees=st.lists(FEE, max_size=2).map(tuple),
)  # fmt: skip
CHANNEL = st.builds(
    Channel, st.sampled_from(ChannelKind), st.none() | TIME, st.lists(FEE, max_size=2).map(tuple), st.just("") | WORDS
)
CONTENTS = st.builds(
    ProcedureContent, name=WORDS, friendly_name=WORDS, other_names=st.lists(WORDS, max_size=2).map(tuple),
    sectors=st.lists(NAMED, max_size=2).map(tuple), cases=st.lists(CASE, max_size=2).map(tuple),
    steps=st.lists(st.builds(Step, WORDS, WORDS), max_size=2).map(tuple),
    channels=st.lists(CHANNEL, max_size=3).map(tuple), times=st.lists(TIME, max_size=2).map(tuple),
    fees=st.lists(FEE, max_size=2).map(tuple), dossier_sets=WORDS, subjects=st.lists(NAMED, max_size=2).map(tuple),
    bodies=st.builds(Bodies, *[st.lists(NAMED, max_size=2).map(tuple)] * 4),
    outcomes=st.lists(NAMED, max_size=2).map(tuple), conditions=WORDS,
    bases=st.lists(st.builds(LegalBasis, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    reception=WORDS, returning=WORDS, keywords=st.lists(WORDS, max_size=2).map(tuple), note=WORDS,
)  # fmt: skip


@given(CONTENTS)
def test_whatever_the_content_every_string_is_printed(content):
    found = printed(sheet(content))
    assert [text for text in strings(to_plain(content)) if squeezed(text) not in found] == []
