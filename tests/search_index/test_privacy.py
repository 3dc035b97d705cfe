"""What people type is kept only when it can tell of nobody; in doubt it is dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.synonyms import EXPANSIONS
from search_index import vietnamese
from search_index.privacy import MOST_WORDS, KnownWords, keepable

NAMES = (
    "Đăng ký khai sinh", "Đăng ký kết hôn", "Đăng ký khai tử", "Đăng ký thường trú", "Cấp giấy phép xây dựng nhà ở",
    "Cấp giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm", "Cấp phép sử dụng lòng đường, vỉa hè",
    "Tách thửa đất",
    "Cấp lại giấy phép lái xe hạng A1", "Xác nhận hồ sơ nuôi con nuôi", "Trợ cấp xã hội hàng tháng",
    "Lĩnh vực đường bộ",
)  # fmt: skip
KNOWN = KnownWords.of([*NAMES, *EXPANSIONS, *(other for others in EXPANSIONS.values() for other in others)])

FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý", "Đinh", "Đoàn", "Trịnh", "Mai", "Đào", "Trương",
)  # fmt: skip
MIDDLES = (
    "Văn", "Thị", "Đức", "Ngọc", "Thanh", "Minh", "Hữu", "Đình", "Xuân", "Thu", "Hồng", "Hoài", "Quốc", "Gia",
)  # fmt: skip
GIVEN = (
    "Tuấn", "Hùng", "Dũng", "Lan", "Hoa", "Hương", "Thảo", "Linh", "Trang", "Hằng", "Hạnh", "Hải", "Phúc", "Bình",
    "Quân", "Sơn", "Tùng", "Duy", "Kiên", "Yến", "Nhung", "Vy", "My",
)  # fmt: skip
ASKED = (
    "{}", "làm khai sinh cho {}", "{} xin cấp lại giấy phép lái xe", "hồ sơ đất của ông {} nộp ở đâu",
    "tôi tên là {}",
    "em là {} muốn đăng ký kết hôn", "đăng ký thường trú cho con tên {} cần gì",
)  # fmt: skip
INTRODUCED = ("làm khai sinh cho bé {}", "chị {} hỏi thủ tục đất đai", "vợ tôi tên {}")
CASES = (str, str.lower, str.upper, vietnamese.fold)

full_names = st.builds(
    lambda family, middle, given: " ".join(filter(None, (family, middle, given))),
    st.sampled_from(FAMILIES), st.sampled_from(["", *MIDDLES]), st.sampled_from(GIVEN),
)  # fmt: skip


@given(full_names, st.sampled_from(ASKED), st.sampled_from(CASES))
def test_no_name_of_a_person_is_kept_however_it_is_written(name, wrapping, case):
    assert keepable(case(wrapping.format(name)), KNOWN) == ""


@given(st.sampled_from(GIVEN), st.sampled_from(INTRODUCED), st.sampled_from(CASES))
def test_no_given_name_is_kept_where_it_is_introduced(name, wrapping, case):
    assert keepable(wrapping.format(case(name)), KNOWN) == keepable(case(wrapping.format(name)), KNOWN) == ""


@given(
    st.text("0123456789", min_size=2, max_size=14), st.sampled_from(["", " ", ".", "-", " - "]), st.sampled_from(ASKED)
)
def test_no_row_of_figures_is_kept_however_it_is_cut(figures, cut, wrapping):
    typed = cut.join(figures[at : at + 3] for at in range(0, len(figures), 3))
    assert keepable(wrapping.format(typed), KNOWN) == ""


@given(
    st.from_regex(r"[a-z]{1,12}(\.[a-z]{1,8})?@[a-z]{2,10}\.(com|vn|com\.vn)", fullmatch=True), st.sampled_from(ASKED)
)
def test_no_address_of_the_net_is_kept(address, wrapping):
    assert keepable(wrapping.format(address), KNOWN) == ""


@given(st.text(max_size=200))
def test_whatever_is_typed_gives_lower_case_words_or_nothing(text):
    kept = keepable(text, KNOWN)
    assert kept == kept.lower() and not any(sign in kept for sign in "@./:\n\x00")
    assert kept == "" or keepable(kept, KNOWN) == kept


@pytest.mark.parametrize(
    "text",
    [
        "0912 345 678", "012345678901 tra cứu hồ sơ", "giấy phép lái xe 790123456789", "xe 30A-123.45",
        "B1234567 hộ chiếu",
        "không chín một hai ba bốn năm sáu bảy tám", "khong chin mot hai ba bon nam sau", "số 5 ngõ 3", "nhà số 8",
        "đường Láng Hạ", "duong lang ha lam khai sinh", "ngõ chợ Khâm Thiên", "thôn Đoài làm khai sinh",
        "duong le loi",
        "phường Bến Nghé", "khai sinh cho bé Bông", "bé Sóc làm khai sinh ở đâu", "John Smith kết hôn",
        "anna kết hôn",
        "facebook.com/lananh", "lananh1990", "h'mai niê", "h'hen xin khai sinh", "h’hen xin khai sinh",
        "con tôi tên bống học lớp 1", "mẹ tôi tên thơm", "tên thơm", "con toi ten bong",
        "kết hôn với Kim Jong Su", "vợ tôi tên hương",
        "chị lan hỏi",
        "khai sinh ² con", "２０１２",
        "một người đàn ông ở gần nhà tôi đã lấy mất sổ đỏ của tôi rồi đem đi cầm cố ở tiệm",
    ],
)  # fmt: skip
def test_what_may_tell_of_a_person_or_a_place_is_dropped(text):
    assert keepable(text, KNOWN) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Đăng ký khai sinh cần giấy tờ gì?", "đăng ký khai sinh cần giấy tờ gì"),
        ("lam giay khai sinh cho be", "lam giay khai sinh cho be"),
        ("SỔ ĐỎ", "sổ đỏ"),
        ("hồ sơ kết hôn", "hồ sơ kết hôn"),
        ("cấp phép lòng đường", "cấp phép lòng đường"),
        ("trợ cấp xã hội", "trợ cấp xã hội"),
        ("an toàn thực phẩm", "an toàn thực phẩm"),
        ("lớp 1", "lớp 1"),
        ("giấy phép lái xe hạng A1", ""),
        ("nuôi chó có phải đăng ký không", "nuôi chó có phải đăng ký không"),
        ("Thủ tục Khai Sinh", "thủ tục khai sinh"),
        ("nộp hồ sơ ở xã nào", "nộp hồ sơ ở xã nào"),
    ],
)
def test_everyday_questions_are_kept_without_their_signs(text, kept):
    assert keepable(text, KNOWN) == kept


def test_a_long_story_is_dropped():
    assert keepable(" ".join(["khai", "sinh"] * MOST_WORDS), KNOWN) == ""


def test_nothing_is_known_of_an_empty_catalogue_and_less_is_kept():
    assert keepable("hồ sơ kết hôn", KnownWords()) == ""
    assert keepable("giấy tờ", KnownWords()) == "giấy tờ"


def test_single_words_of_other_texts_excuse_no_name():
    known = KnownWords.of(["Đăng ký kết hôn"], more=["đường Nguyễn Trãi", "tiktok"])
    assert keepable("nguyễn trãi", known) == ""
    assert keepable("tiktok", known) == "tiktok"


def test_of_a_text_that_no_box_can_hold_not_even_the_words_are_read():
    assert keepable("khai sinh" + " " * 200_000, KNOWN) == ""
