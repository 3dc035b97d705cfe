"""What is read out of a question."""

from __future__ import annotations

import pytest

from search_index.identifiers import code_terms, number_terms
from search_index.question import ABBREVIATIONS, MOST_WORDS, Vocabulary, read
from search_index.vietnamese import fold


def folded(text: str) -> set[str]:
    return {term.text for term in read(text).terms if term.kind == "folded"}


def paired(text: str) -> set[str]:
    return {term.text for term in read(text).terms if term.kind == "pair"}


@pytest.mark.parametrize(
    ("code", "terms"),
    [
        ("1.001193", ["1.001193", "001193"]),
        ("1.001193.000.00.00.H17", ["1.001193", "001193"]),
        ("1.013226.H17", ["1.013226", "013226"]),
        ("1.001193.01", ["1.001193.01", "1.001193", "001193"]),
        ("2.000908.00 0.00.00.H61", ["2.000908", "000908"]),
        ("1.0133611", ["1.0133611", "0133611"]),
        ("1.014955-Xoa", ["1.014955-xoa", "1.014955", "014955"]),
        ("2020STTTT_PTTT06", ["2020sttttpttt06"]),
        ("", []),
    ],
)
def test_codes_become_terms_from_exact_to_general(code, terms):
    assert list(code_terms(code)) == terms


@pytest.mark.parametrize(
    ("printed", "terms"),
    [
        ("2193/QĐ-UBND.", ["2193/qdubnd", "2193/qd", "2193"]),
        ("569./QĐ-BXD", ["569/qdbxd", "569/qd", "569"]),
        ("3098/QĐ_BYT", ["3098/qdbyt", "3098/qd", "3098"]),
        ("628 /QĐ-BCT", ["628/qdbct", "628/qd", "628"]),
        ("QĐ2338-BTP", ["2338/qdbtp", "2338/qd", "2338"]),
        ("01779/QĐ-UBND", ["1779/qdubnd", "1779/qd", "1779"]),
        ("44/2026/QĐ-UBND", ["44/qdubnd", "44/qd", "44"]),
        ("543", ["543"]),
        ("Demo/QĐ-BCA", []),
    ],
)
def test_decision_numbers_become_terms_from_exact_to_general(printed, terms):
    assert list(number_terms(printed)) == terms


@pytest.mark.parametrize("text", ["năm 2024. Đối với trẻ em", "2/3 thành viên", "dưới 06 tuổi", "cấp 2", "24/7"])
def test_ordinary_numbers_are_no_identifiers(text):
    question = read(text)
    assert (question.codes, question.numbers) == ((), ())


def test_the_wrapping_is_dropped_and_pairs_do_not_bridge_it():
    assert folded("Thủ tục đăng ký và khai sinh cần giấy tờ gì?") == {"dang", "ky", "khai", "sinh"}
    assert paired("Thủ tục đăng ký và khai sinh cần giấy tờ gì?") == {"dang_ky", "khai_sinh"}


def test_single_words_are_dropped_only_when_marks_say_which_they_are():
    assert "can" not in folded("cần khai sinh")
    assert "can" in folded("can cuoc")
    assert "can" in folded("căn cước")


def test_a_word_typed_with_marks_counts_by_letters_and_by_marks():
    weights = {(term.kind, term.text): term.weight for term in read("đường").terms}
    assert sum(weights.values()) == pytest.approx(1.0)
    assert {kind for kind, _ in weights} == {"folded", "marked"}
    assert {(term.kind, term.weight) for term in read("duong").terms} == {("folded", 1.0)}


def test_an_abbreviation_brings_its_full_name_and_may_then_be_missing():
    terms = {(term.kind, term.text): term.essential for term in read("cấp lại gplx").terms}
    assert terms["folded", "cap"] is True
    assert terms["folded", "gplx"] is False
    assert terms["pair", "lai_xe"] is False


def other_names(text: str, vocabulary: Vocabulary) -> set[str]:
    return {term.text for term in read(text, vocabulary).terms} - {term.text for term in read(text).terms}


def test_a_phrase_with_marks_is_not_found_under_other_marks():
    vocabulary = Vocabulary({"sổ đỏ": ("giấy chứng nhận",)})
    assert other_names("làm sổ đỏ", vocabulary) == {"giay", "chung", "nhan", "giay_chung", "chung_nhan"}
    assert other_names("lam so do", vocabulary) == other_names("làm sổ đỏ", vocabulary)
    assert other_names("vẽ sơ đồ", vocabulary) == set()


def test_a_phrase_is_found_through_its_wrapping_and_even_where_it_holds_some():
    vocabulary = Vocabulary({"chồng mất": ("khai tử",), "có em bé": ("khai sinh",)})
    assert {"khai", "tu"} <= other_names("chồng em mất thì cần giấy tờ gì", vocabulary)
    assert {"khai", "sinh"} <= other_names("tôi mới có em bé", vocabulary)


def test_of_two_phrases_that_begin_together_the_longer_is_meant():
    vocabulary = Vocabulary({"xe máy": ("mô tô",), "xe máy chuyên dùng": ("XMCD",)})
    assert other_names("đăng ký xe máy chuyên dùng", vocabulary) == {"xmcd"}
    assert other_names("đăng ký xe máy", vocabulary) == {"mo", "to", "mo_to"}


def test_words_that_have_another_name_count_less_and_may_be_missing():
    vocabulary = Vocabulary({"mở quán": ("hộ kinh doanh",)})
    terms = {(term.kind, term.text): term for term in read("mở quán cà phê", vocabulary).terms}
    assert terms["folded", "quan"].weight < terms["folded", "phe"].weight
    assert not terms["folded", "quan"].essential
    assert terms["folded", "phe"].essential


def test_a_full_name_brings_the_abbreviation_that_is_printed_and_keeps_its_weight():
    terms = {(term.kind, term.text): term for term in read("thẻ bảo hiểm y tế").terms}
    assert ("folded", "bhyt") in terms
    assert terms["folded", "te"].weight + terms["marked", "tê4"].weight == pytest.approx(1.0)


def test_the_table_of_abbreviations_is_folded():
    assert [short for short in ABBREVIATIONS if fold(short) != short] == []


def test_a_long_question_is_read_in_part():
    question = read(" ".join(f"từ{number}" for number in range(1_000)))
    assert len([term for term in question.terms if term.kind == "folded"]) == MOST_WORDS


def test_a_phrase_may_reach_over_the_end_of_another():
    vocabulary = Vocabulary({"mở tiệm": ("hộ kinh doanh",), "tiệm thuốc": ("cơ sở kinh doanh dược",)})
    asked = read("mở tiệm thuốc", vocabulary)
    assert {"ho", "duoc"} <= {term.text for term in asked.terms}


@pytest.mark.parametrize(
    ("text", "kept"),
    [("xin bản sao hợp đồng thì sao", {"xin", "ban", "sao", "hop", "dong"}), ("trẻ em có được không", {"tre", "em"}),
     ("cần hồ sơ gì để tách hộ", {"tach", "ho"}), ("nguoi co cong can ho so gi", {"nguoi", "co", "cong"}),
     ("giấy xác nhận người có công", {"giay", "xac", "nhan", "nguoi", "co", "cong"})],
)  # fmt: skip
def test_a_word_of_the_matter_is_no_wrapping(text, kept):
    assert {term.text for term in read(text).terms if term.essential} == kept


def test_a_not_at_the_end_asks_and_elsewhere_denies():
    assert "khong" not in {term.text for term in read("đăng ký tạm trú không").terms}
    assert "khong" in {term.text for term in read("không có lương hưu").terms}


def test_without_marks_a_linking_word_counts_little_alone_and_in_pairs():
    weights = {(term.kind, term.text): term.weight for term in read("khai sinh cho be").terms}
    assert weights["folded", "cho"] < weights["folded", "sinh"] / 3 + 0.1
    assert weights["pair", "sinh_cho"] < weights["pair", "khai_sinh"] / 3 + 0.1
