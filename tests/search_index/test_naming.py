"""What the name of a document adds to what its words earned."""

from __future__ import annotations

import pytest

from search_index import vietnamese
from search_index.naming import Rarities, Wanted, parts, taken_apart
from tests.search_index.documents import CATALOGUE, codes, document

RARITIES = Rarities(document.name for document in CATALOGUE)


def wanted(asked: str) -> Wanted:
    words = [folded for folded, _ in vietnamese.forms(asked)]
    return Wanted.of(words, dict.fromkeys(vietnamese.pairs(words), 1.0))


def worth(name: str, asked: str, level: str = "province") -> float:
    return sum(share for _, share in parts(taken_apart(name), level, wanted(asked), 1.0, RARITIES))


def test_a_name_is_weighed_without_its_wrapping_and_its_notes():
    name = taken_apart("Thủ tục cấp thẻ căn cước (thực hiện tại cấp tỉnh)")
    assert name.words == ("cap", "the", "can", "cuoc")
    assert name.upper == {"tinh"}
    assert taken_apart("(cấp xã)").words == ("cap", "xa")


@pytest.mark.parametrize(
    ("better", "worse", "asked"),
    [
        ("Đăng ký khai sinh", "Đăng ký lại khai sinh", "đăng ký khai sinh"),
        ("Đăng ký lại khai sinh", "Đăng ký khai sinh", "đăng ký lại khai sinh"),
        ("Gia hạn giấy phép xây dựng", "Cấp giấy phép xây dựng", "gia hạn giấy phép xây dựng"),
        ("Cấp lại thẻ căn cước", "Cấp lại thẻ căn cước (cấp trung ương)", "cấp lại thẻ căn cước"),
        ("Cấp lại thẻ căn cước (cấp tỉnh)", "Cấp lại thẻ căn cước (cấp trung ương)", "cấp lại căn cước tỉnh"),
    ],
)
def test_the_name_that_says_just_what_was_asked_is_worth_more(better, worse, asked):
    assert worth(better, asked) > worth(worse, asked)


def test_the_nearest_office_comes_first_unless_another_is_named():
    name = "Cấp bản sao trích lục hộ tịch"
    assert worth(name, "bản sao trích lục", "commune") > worth(name, "bản sao trích lục", "province")
    assert worth(name, "bản sao trích lục cấp tỉnh", "commune") == worth(name, "bản sao trích lục cấp tỉnh", "province")


def test_rare_words_of_names_tell_more_than_common_ones():
    words = taken_apart("Đăng ký khai tử").words
    assert RARITIES.share(words, frozenset({"tu"})) > RARITIES.share(words, frozenset({"ky"}))
    assert RARITIES.share(words, frozenset(words)) == 1.0
    assert RARITIES.share((), frozenset(words)) == 0.0


def test_an_act_that_nobody_asked_for_costs_less_than_one_that_is_missing():
    plain = worth("Cấp giấy phép xây dựng", "cấp giấy phép xây dựng")
    assert plain > worth("Gia hạn giấy phép xây dựng", "cấp giấy phép xây dựng")


def test_answers_of_the_same_sector_keep_company(backend):
    backend.rebuild([
        document("1.1", "Đăng ký khai tử", sector="Hộ tịch"),
        document("1.2", "Đăng ký khai tử lưu động", sector="Hộ tịch"),
        document("1.3", "Đăng ký lại khai tử", sector="Hộ tịch"),
        document("1.4", "Xác nhận khai tử", sector="Phòng bệnh"),
        document("1.5", "Xác nhận khai tử", sector="Hộ tịch"),
    ])  # fmt: skip
    found = codes(backend, "khai tử")
    assert found.index("1.5") < found.index("1.4")


def test_a_name_without_words_is_worth_nothing():
    assert worth("…", "khai sinh") == 0.0


def test_the_plain_procedure_comes_before_its_variants(backend):
    backend.rebuild([
        document("1.1", "Thủ tục đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con", body="khai sinh " * 30),
        document("1.2", "Thủ tục đăng ký lại khai sinh", body="đăng ký khai sinh " * 30),
        document("1.3", "Thủ tục đăng ký khai sinh"),
    ])  # fmt: skip
    assert codes(backend, "đăng ký khai sinh")[0] == "1.3"


def test_the_act_that_was_asked_for_comes_first(backend):
    backend.rebuild([
        document("1.1", "Cấp giấy phép xây dựng", body="gia hạn giấy phép xây dựng " * 30),
        document("1.2", "Gia hạn giấy phép xây dựng đối với công trình cấp III, cấp IV và nhà ở riêng lẻ"),
    ])  # fmt: skip
    assert codes(backend, "gia hạn giấy phép xây dựng")[0] == "1.2"
    assert codes(backend, "giấy phép xây dựng")[0] == "1.1"
