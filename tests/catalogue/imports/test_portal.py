"""What a record of the national portal says, read as a typed text; and back, without loss."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.exports.national import PublishingDecision, milliseconds, to_answer, to_national
from catalogue.imports.portal import Grade, PortalRecord, read_record
from catalogue.imports.portal_reading import Problem
from catalogue.imports.portal_words import fee_text
from decisions.content import ChannelKind, FeeKind, TimeUnit, canonical_json, from_json, missing_parts
from decisions.kinds import Level, OnlineGrade, Register
from tests.catalogue.imports.portal_records import (
    SIGNED_12_MARCH_2026,
    channel,
    detail,
    fee,
    paper,
    proposal,
    rebuilt,
    row,
    says_the_same,
)


def read(record: dict[str, Any]) -> PortalRecord:
    found = read_record(record, "dòng 1")
    assert isinstance(found, PortalRecord), found
    return found


def refused(record: Any) -> Problem:
    found = read_record(record, "dòng 7")
    assert isinstance(found, Problem) and found.blocking
    return found


def test_a_detail_record_fills_every_mandatory_part():
    record = read(detail())
    content = record.content
    assert missing_parts(content) == ()
    assert (record.key, record.grade, record.register) == ("1.990101", Grade.DETAIL, Register.PUBLIC)
    assert [s.text for s in content.steps] == ["- Nộp tờ khai tại Bộ phận Một cửa.\n- Nhận phiếu hẹn."]
    assert [c.kind for c in content.channels] == [ChannelKind.DIRECT, ChannelKind.ONLINE]
    assert [(p.name, p.originals, p.electronic, p.forms[0].name) for p in content.papers] == [
        ("Tờ khai đăng ký khai sinh", 1, True, "mau-to-khai.docx")
    ]
    assert [c.name for c in content.cases] == ["Giấy tờ phải nộp", "Trẻ sinh tại nhà"]
    assert content.bodies.executing[0].code == "H99.1"
    assert content.bodies.coordinating[0].name == "Công an cấp xã"
    assert content.returning == "Nộp trực tuyến: nhận kết quả tại nhà qua bưu chính, trực tuyến."
    assert content.flags.non_territorial


def test_the_day_of_the_decision_is_the_vietnamese_day():
    decision = read(detail()).decision
    assert decision is not None
    assert (decision.number.text, decision.signed_on, decision.year) == ("210/QĐ-UBND", date(2026, 3, 12), 2026)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_survives_the_way_through_milliseconds(day):
    record = read(detail(procedureProposal=proposal(signed=milliseconds(day))))
    assert record.decision is not None and record.decision.signed_on == day


@pytest.mark.parametrize(
    ("printed", "unit", "text", "quantity"),
    [
        (5, "WORKING_DAY", "05 ngày làm việc", Decimal(5)),
        (7.5, "WORKING_DAY", "7,5 ngày làm việc", Decimal("7.5")),
        (15, "DAY", "15 ngày", Decimal(15)),
        (4, "HOUR", "04 giờ", Decimal(4)),
        (2, "MONTH", "02 tháng", Decimal(2)),
        ("Không quá 10 ngày làm việc", "OTHER", "Không quá 10 ngày làm việc", Decimal(10)),
        (7, "OTHER", "07 (chưa rõ đơn vị)", Decimal(7)),
    ],
)
def test_a_time_keeps_its_words_or_gets_them_from_number_and_unit(printed, unit, text, quantity):
    methods = [channel(processingTime=printed, processingTimeUnit=unit)]
    limit = read(detail(executionMethods=methods, cases=[])).content.channels[0].time
    assert limit is not None and (limit.text, limit.quantity) == (text, quantity)


def test_a_time_that_only_prose_tells_is_found_in_the_prose():
    prose = "Nộp tại Bộ phận Một cửa.\nKhông quá 12 ngày làm việc; xã miền núi thêm 10 ngày làm việc."
    methods = [channel(processingTime="Theo mô tả", processingTimeUnit="OTHER", description=prose)]
    limit = read(detail(executionMethods=methods)).content.channels[0].time
    assert limit is not None
    assert limit.text == "Không quá 12 ngày làm việc; xã miền núi thêm 10 ngày làm việc."
    assert (limit.quantity, limit.unit) == (None, TimeUnit.OTHER)


def test_a_bare_number_gives_way_to_the_time_of_the_cases():
    content = read(detail(executionMethods=[channel(processingTime=2, processingTimeUnit="OTHER")])).content
    assert content.time_texts == ("02 ngày làm việc",)


@pytest.mark.parametrize(
    ("value", "words", "amount", "text"),
    [
        (8000, "", Decimal(8000), ""),
        (0, "Do Hội đồng nhân dân tỉnh quy định", None, "Do Hội đồng nhân dân tỉnh quy định"),
        (0, "", Decimal(0), ""),
        (None, "Không", None, "Không"),
        (0, "Miễn phí (Mức thu do tỉnh quy định)", None, "Mức thu do tỉnh quy định"),
        (0, "4,000,000 Việt Nam Đồng (mỗi hồ sơ)", Decimal(4000000), "4,000,000 Việt Nam Đồng (mỗi hồ sơ)"),
        (0, "Phí : 0 Đồng", None, ""),
        (0, "Không có thông tin (2)", None, ""),
    ],
)
def test_a_zero_or_a_filler_never_reads_as_free_of_charge(value, words, amount, text):
    found = (
        read(detail(executionMethods=[channel(fees=[fee(value=value, description=words)])])).content.channels[0].fees[0]
    )
    assert (found.kind, found.amount, found.text) == (FeeKind.CHARGE, amount, text)


@given(
    st.sampled_from(["Không", "không có", "0 đồng", "Phí : 0 Đồng", "Không có thông tin", "N/A", "-", "Theo quy định"])
)
def test_no_words_are_made_into_free_of_charge(words):
    assert "miễn" not in fee_text(words).lower()


def test_a_foreign_currency_is_no_amount_in_dong():
    fees = [fee(value=60, currencyName="USD", description="mỗi người")]
    found = read(detail(executionMethods=[channel(fees=fees)])).content.channels[0].fees[0]
    assert (found.amount, found.text) == (None, "60 USD (mỗi người)")


def test_digits_glued_to_a_number_of_copies_are_not_believed():
    cases = [{"name": "", "profileComponents": [paper(originalQty=20261)]}]
    record = read(detail(executionCases=cases))
    assert record.content.papers[0].originals == 0
    assert to_national(record.content)["executionCases"][0]["profileComponents"][0]["originalQty"] == 20261


def test_the_tail_of_a_code_is_no_outcome():
    results = [{"name": ".000429"}, {"name": "Giấy khai sinh"}]
    record = detail(resultsDetails=results)
    assert [outcome.name for outcome in read(record).content.outcomes] == ["Giấy khai sinh"]
    assert says_the_same(to_national(read(record).content), record)


def test_several_flags_are_several_levels():
    assert read(detail(isProvince=True, isWard=True)).levels == (Level.PROVINCE, Level.COMMUNE)


def test_a_district_record_waits_for_a_person_to_say_the_level():
    record = read(detail(isWard=False, isDistrict=True))
    assert record.levels == (Level.UNKNOWN,)
    assert "cấp huyện" in record.notes[0].sentence


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("Sở Tư pháp tỉnh Sông Thao", Level.PROVINCE),
        ("Bảo hiểm xã hội tỉnh", Level.PROVINCE),
        ("Chủ tịch UBND cấp xã", Level.COMMUNE),
        ("Cơ quan chuyên môn thuộc UBND cấp xã", Level.COMMUNE),
        ("Bộ Tài chính", Level.CENTRAL),
        ("Cục Hàng không Việt Nam", Level.CENTRAL),
        ("Bộ Chỉ huy quân sự cấp tỉnh", Level.PROVINCE),
        ("Cơ sở giáo dục", Level.UNKNOWN),
    ],
)
def test_the_name_of_the_body_suggests_the_level_of_a_list_row(body, level):
    assert read(row(departments=[body])).levels == (level,)


def test_a_list_row_without_bodies_may_say_its_level_in_the_name():
    assert read(row(departments=[""], name="Khóa tài khoản điện tử (thực hiện tại cấp tỉnh)")).levels == (
        Level.PROVINCE,
    )


def test_internal_procedures_go_to_their_own_register():
    assert read(row(type="STANDARD_INTERNAL")).register is Register.INTERNAL
    assert read(detail(isInternal=True)).register is Register.INTERNAL


def test_the_grade_is_taken_only_from_words_that_name_it():
    methods = [channel(submissionMethod="ONLINE", description="Toàn trình")]
    assert read(detail(executionMethods=methods)).content.online is OnlineGrade.FULL
    assert read(detail(isFullProcess=True)).content.online is OnlineGrade.UNKNOWN


def test_text_comes_in_as_nfc_without_invisible_marks():
    dirty = unicodedata.normalize("NFD", "\u200eĐăng ký\u00a0khai tử ")
    assert read(detail(name=dirty)).content.name == "Đăng ký khai tử"


def test_an_odd_code_is_kept_as_printed_with_a_note():
    record = read(detail(code=" 1.990101"))
    assert record.key == "1.990101"
    odd = read(detail(code="1.9901011"))
    assert (odd.key, odd.code.printed) == ("1.9901011", "1.9901011")
    assert "chưa chuẩn" in odd.notes[0].reason


def test_the_order_of_sets_and_the_time_of_storing_make_no_other_record():
    one = detail()
    other = detail(
        subjectTypesDetails=list(reversed(one["subjectTypesDetails"])),
        legalBasisesDetails=list(reversed(one["legalBasisesDetails"])),
        returningMethods=[{"type": "ONLINE", "value": ["AT_HOME", "ONLINE"]}],
        updatedAt=1799999999999,
        state="UPDATED",
    )
    assert read(one).fingerprint == read(other).fingerprint


def test_another_word_or_another_order_of_steps_is_another_record():
    steps = detail()["executionSteps"] + [{"name": "Bước 2", "description": "Nhận kết quả."}]
    texts = [
        detail(),
        detail(name="Đăng ký khai sinh"),
        detail(executionSteps=steps),
        detail(executionSteps=steps[::-1]),
    ]
    assert len({read(text).fingerprint for text in texts}) == 4


def test_unknown_keys_survive_at_every_depth():
    record = detail(
        smartForm={"pages": [{"title": "Trang 1"}]},
        executionMethods=[channel(queue="Q1", fees=[fee(attachment={"fileId": "x", "fileName": "bieu-phi.pdf"})])],
        executionCases=[{"name": "", "group": 3, "profileComponents": [paper(source="kho")]}],
        categoriesDetails=[{"id": "sector-ht", "name": "Hộ tịch", "code": "G15-TP07", "weight": 0}],
    )
    content = from_json(canonical_json(read(record).content))
    assert says_the_same(to_national(content), record)


_SCALARS = st.none() | st.booleans() | st.integers(-10, 10**12) | st.text("aăđ ộ1", max_size=8)
_UNKNOWN = st.dictionaries(
    st.sampled_from(["ghiChu", "mucDo", "nguon"]),
    st.recursive(
        _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("con"), inner), max_leaves=6
    ),
    max_size=3,
)


@given(_UNKNOWN, _UNKNOWN, _UNKNOWN)
def test_whatever_a_record_brings_is_written_back(at_top, in_channel, in_paper):
    record = detail(
        executionMethods=[channel(**in_channel)],
        executionCases=[{"name": "", "profileComponents": [paper(**in_paper)]}],
        **at_top,
    )
    assert says_the_same(to_national(read(record).content), record)


def test_an_unknown_way_to_file_is_kept_though_it_cannot_be_shown():
    record = detail(executionMethods=[channel(), channel(submissionMethod="KIOSK")])
    content = read(record).content
    assert [c.kind for c in content.channels] == [ChannelKind.DIRECT]
    assert says_the_same(to_national(content), record)


def test_a_text_of_our_own_gets_code_levels_and_decision_on_the_way_out():
    content = read(row()).content
    decision = PublishingDecision("210/QĐ-UBND", "UBND tỉnh Sông Thao", date(2026, 3, 12))
    written = to_answer(to_national(content, code="1.990102", levels=[Level.PROVINCE], decision=decision))["data"]
    assert (written["code"], written["isProvince"], written["isWard"]) == ("1.990102", True, False)
    assert written["procedureProposal"]["decisionDate"] == SIGNED_12_MARCH_2026


def test_the_same_decision_keeps_the_keys_it_came_with():
    record = detail()
    decision = PublishingDecision("210/QĐ-UBND", "UBND tỉnh Sông Thao", date(2026, 3, 12))
    assert to_national(read(record).content, decision=decision)["procedureProposal"] == record["procedureProposal"]


def test_a_record_without_national_id_is_a_lesser_one():
    assert read(rebuilt()).grade is Grade.REBUILT
    assert read(row()).grade is Grade.LISTED


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (12, "dòng 7: không phải là một bản ghi thủ tục (“12”)."),
        (detail(name=" "), "dòng 7, trường name: bản ghi không có tên thủ tục (“1.990101”)."),
        (detail(isWard="có"), "dòng 7, trường isWard: phải là true hoặc false (“có”)."),
        (detail(executionSteps="Bước 1"), "dòng 7, trường executionSteps: phải là một danh sách (“Bước 1”)."),
        (
            detail(executionSteps=[{"description": 5}]),
            "dòng 7, trường executionSteps[0].description: phải là chuỗi ký tự (“5”).",
        ),
        (
            detail(executionMethods=[channel(fees=[fee(value="tám nghìn")])]),
            "dòng 7, trường executionMethods[0].fees[0].value: phải là số (“tám nghìn”).",
        ),
        (
            detail(procedureProposal=proposal(signed=10**18)),
            "dòng 7, trường procedureProposal.decisionDate: không phải là một ngày (“1000000000000000000”).",
        ),
        ({"name": "Thủ tục lạ"}, "dòng 7: không nhận ra đây là chi tiết hay dòng danh sách của Cổng (“Thủ tục lạ”)."),
    ],
)
def test_a_wrong_type_is_named_with_place_and_value(record, sentence):
    assert refused(record).sentence == sentence
