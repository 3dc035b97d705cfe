"""What every back end promises to the application."""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from search_index.ports import SURE, Query
from search_index.question import Vocabulary
from tests.search_index.documents import (
    BIRTH,
    BIRTH_ABROAD,
    CASE,
    CATALOGUE,
    DEATH,
    MARRIAGE,
    ROAD,
    TODAY,
    codes,
    document,
    keys,
)

SWITCH = date(2027, 3, 1)
EVE = date(2027, 2, 28)


class TestWords:
    @pytest.mark.parametrize(
        "text",
        [
            "đăng ký khai sinh", "dang ky khai sinh", "ĐĂNG KÝ KHAI SINH", "đăng kí khai sinh", "khai sinh",
            "  khai\u00a0sinh ", "kha\u00adi sinh", unicodedata.normalize("NFD", "đăng ký khai sinh"),
            "thủ tục đăng ký khai sinh cần giấy tờ gì", "Tôi muốn đăng ký khai sinh thì phải làm thế nào?",
        ],
    )  # fmt: skip
    def test_birth_registration_is_found_however_it_is_typed(self, filled, text):
        assert codes(filled, text)[0] == BIRTH.code

    def test_typed_with_marks_the_very_word_comes_first(self, filled):
        assert codes(filled, "đường") == ["1.013061", "1.009876"]
        assert codes(filled, "dương") == ["1.009876", "1.013061"]

    def test_typed_without_marks_both_are_found(self, filled):
        assert set(codes(filled, "duong")) == {"1.013061", "1.009876"}

    def test_old_and_new_tone_places_are_one(self, backend):
        backend.replace([document("1.1", "Huỷ hoá đơn"), document("1.2", "Hủy hóa đơn")])
        assert set(codes(backend, "hủy hóa đơn")) == set(codes(backend, "huỷ hoá đơn")) == {"1.1", "1.2"}
        scores = {hit.score for hit in backend.search(Query("hủy hóa đơn", TODAY)).hits}
        assert len(scores) == 1

    def test_a_wrong_tone_still_finds(self, backend):
        backend.replace([document("1.1", "Chứng thực chữ ký"), document("1.2", "Cấp giấy chứng nhận")])
        assert codes(backend, "chứng thưc chữ ký")[0] == "1.1"

    def test_the_name_weighs_more_than_the_body(self, backend):
        backend.replace([
            document("1.1", "Cấp giấy phép", body="Hồ sơ cần giấy khai sinh. " * 50),
            document("1.2", "Đăng ký khai sinh"),
        ])  # fmt: skip
        assert codes(backend, "khai sinh")[0] == "1.2"

    def test_friendly_name_keywords_sector_and_body_are_searched(self, filled):
        assert codes(filled, "làm giấy khai sinh cho con")[0] == BIRTH.code
        assert codes(filled, "trích lục")[0] == BIRTH.code
        assert set(codes(filled, "hộ tịch")) >= {BIRTH.code, DEATH.code, MARRIAGE.code}
        assert codes(filled, "báo tử")[0] == DEATH.code

    def test_the_wrapping_of_a_question_decides_nothing(self, backend):
        backend.replace([
            document("1.1", "Thủ tục hải quan", body="Tôi cần giấy tờ gì, như thế nào, ở đâu."),
            document("1.2", "Đăng ký kết hôn"),
        ])  # fmt: skip
        assert codes(backend, "Thủ tục kết hôn cần giấy tờ gì, làm như thế nào và ở đâu?")[0] == "1.2"

    def test_a_question_that_is_all_wrapping_is_taken_at_its_word(self, backend):
        backend.replace([document("1.1", "Thủ tục hải quan"), document("1.2", "Đăng ký kết hôn")])
        assert codes(backend, "thủ tục") == ["1.1"]

    def test_general_abbreviations_are_understood(self, filled):
        assert codes(filled, "đk hkd")[0] == "1.001612"

    def test_expansions_add_other_names(self, make_backend):
        backend = make_backend({"khai bao": ("đăng ký",), "lay vo": ("kết hôn",)})
        backend.rebuild(CATALOGUE)
        assert codes(backend, "lấy vợ")[0] == MARRIAGE.code

    def test_words_handed_in_with_the_question_take_the_place_of_those_known_since_opening(self, make_backend):
        backend = make_backend({"lay vo": ("kết hôn",)})
        backend.rebuild(CATALOGUE)
        handed = Vocabulary({"rước dâu": ("kết hôn",)})
        assert [hit.code for hit in backend.search(Query("rước dâu", TODAY), handed).hits][:1] == [MARRIAGE.code]
        assert backend.search(Query("lấy vợ", TODAY), handed).total == 0
        assert codes(backend, "lấy vợ")[0] == MARRIAGE.code

    def test_equal_scores_are_ordered_as_vietnamese_orders_names(self, backend):
        backend.replace([document(f"1.{n}", f"Cấp phép {name}") for n, name in enumerate(["đá", "ao", "dầu", "ấp"])])
        names = [hit.name for hit in backend.search(Query("cấp phép", TODAY)).hits]
        assert names == ["Cấp phép ao", "Cấp phép ấp", "Cấp phép dầu", "Cấp phép đá"]


class TestPutFirst:
    def test_what_people_put_first_leads_in_their_order_and_says_so(self, filled):
        page = filled.search(Query("khai sinh", TODAY, first=(DEATH.procedure, MARRIAGE.procedure)))
        assert [hit.code for hit in page.hits[:3]] == [DEATH.code, MARRIAGE.code, BIRTH.code]
        assert [hit.pinned for hit in page.hits[:3]] == [True, True, False]

    def test_each_document_counts_once(self, filled):
        plain = filled.search(Query("khai sinh", TODAY))
        assert filled.search(Query("khai sinh", TODAY, first=(BIRTH.procedure,))).total == plain.total
        led = filled.search(Query("khai sinh", TODAY, first=(ROAD.procedure,), facets=("sector", "status")))
        assert led.total == plain.total + 1
        assert dict(led.facets["sector"])["Đường bộ"] == 1

    def test_filters_and_days_hold_for_it_as_for_all(self, filled):
        assert ROAD.code not in codes(filled, "khai sinh", first=(ROAD.procedure,), levels=("commune",))
        assert codes(filled, "khai sinh", first=(BIRTH.procedure,), on=date(2024, 1, 1)) == []

    def test_a_page_of_results_goes_on_where_the_last_one_ended(self, filled):
        first = (MARRIAGE.procedure,)
        whole = codes(filled, "khai sinh", first=first)
        assert [codes(filled, "khai sinh", first=first, limit=1, offset=n)[0] for n in range(len(whole))] == whole

    @pytest.mark.parametrize("text", ["1.001193", "2815/QĐ-UBND", ""])
    def test_nothing_leads_a_code_a_number_or_the_plain_list(self, filled, text):
        assert codes(filled, text, first=(MARRIAGE.procedure,)) == codes(filled, text)


class TestPreviewing:
    def test_it_answers_as_the_change_would_and_changes_nothing(self, filled):
        before = filled.revision
        renamed = replace(MARRIAGE, friendly_name="Về chung một nhà")
        seen = filled.preview({MARRIAGE.procedure: [renamed], ROAD.procedure: []})
        assert seen.search(Query("về chung một nhà", TODAY)).hits[0].code == MARRIAGE.code
        assert ROAD.code not in [hit.code for hit in seen.search(Query("lòng đường", TODAY)).hits]
        assert filled.revision == before
        assert codes(filled, "lòng đường")[0] == ROAD.code
        assert codes(filled, "về chung một nhà")[:1] != [MARRIAGE.code]

    def test_it_scores_as_the_changed_index_does(self, filled):
        changes = {MARRIAGE.procedure: [replace(MARRIAGE, friendly_name="Làm đám cưới")]}
        query = Query("đăng ký cưới", TODAY)
        promised = [(hit.code, hit.score) for hit in filled.preview(changes).search(query, Vocabulary()).hits]
        filled.replace_procedures(changes)
        assert [(hit.code, hit.score) for hit in filled.search(query, Vocabulary()).hits] == promised


class TestIdentifiers:
    @pytest.mark.parametrize(
        "text",
        [
            "1.001193", "1.001193.000.00.00.H17", "1.001193.H17", "1.001193.000.00.00.h17", " 1. 001193 ", "1,001193",
            "001193", "thủ tục 1.001193 cần giấy tờ gì", "mã 1.001193",
        ],
    )  # fmt: skip
    def test_a_code_is_found_at_once(self, filled, text):
        assert codes(filled, text) == [BIRTH.code]

    def test_a_case_comes_before_its_procedure_when_it_is_named(self, filled):
        filled.replace([CASE])
        assert codes(filled, "1.001193.01") == ["1.001193.01", "1.001193"]
        assert codes(filled, "1.001193") == ["1.001193", "1.001193.01"]

    def test_a_struck_record_comes_after_the_live_one_unless_named(self, filled):
        filled.replace([document("1.014955-Xoa", "Cấp bản sao"), document("1.014955", "Cấp bản sao trích lục")])
        assert codes(filled, "1.014955") == ["1.014955", "1.014955-Xoa"]
        assert codes(filled, "1.014955-xoa")[0] == "1.014955-Xoa"

    def test_what_is_named_by_code_or_number_is_sure(self, filled):
        for text in ("1.001193", "2815/QĐ-UBND"):
            assert filled.search(Query(text, TODAY)).hits[0].confidence == 1.0

    def test_dirty_and_local_codes_are_found(self, backend):
        backend.replace([
            document("2.000908.00 0.00.00.H61", "Cấp bản sao"), document("2020STTTT_PTTT06", "Cấp phép họp báo"),
        ])  # fmt: skip
        assert codes(backend, "2.000908") == ["2.000908.00 0.00.00.H61"]
        assert codes(backend, "2020sttttpttt06") == ["2020STTTT_PTTT06"]

    def test_an_unknown_code_finds_nothing(self, filled):
        assert codes(filled, "9.999999") == codes(filled, "thủ tục 9.999999") == []

    @pytest.mark.parametrize(
        "text", ["2815/QĐ-UBND", "2815/qd-ubnd", "02815/QĐ-UBND", "2815 /QĐ_UBND", "2815 QĐ-UBND", "số 2815/QĐ-UBND"]
    )
    def test_a_decision_number_finds_what_it_published(self, filled, text):
        assert codes(filled, text) == [BIRTH.code]

    @pytest.mark.parametrize("text", ["2815", "qđ 2815", "QD 2815", "quyết định 2815", "quyết định số 2815"])
    def test_a_number_without_its_body_finds_every_issuer(self, filled, text):
        assert set(codes(filled, text)) == {BIRTH.code, "1.009876"}

    def test_a_number_with_a_year_is_found(self, filled):
        assert codes(filled, "44/2026/QĐ-UBND") == [MARRIAGE.code]

    def test_words_beside_a_number_order_what_it_published(self, filled):
        filled.replace([document("1.7", "Nuôi con nuôi", decision_numbers=("2815/QĐ-UBND",))])
        assert codes(filled, "khai sinh 2815/QĐ-UBND")[:2] == [BIRTH.code, "1.7"]

    def test_a_cited_legal_text_finds_who_cites_it(self, filled):
        assert codes(filled, "nghị định 123/2015/NĐ-CP")[0] == BIRTH.code

    def test_an_unknown_number_finds_nothing(self, filled):
        assert codes(filled, "9999/QĐ-UBND") == []


class TestDays:
    def test_only_what_binds_on_the_day(self, backend):
        backend.replace([
            document("1.001", "Đăng ký khai sinh", key="a", valid_until=SWITCH),
            document("1.001", "Đăng ký khai sinh", key="b", valid_from=SWITCH),
        ])  # fmt: skip
        assert keys(backend, "khai sinh", on=EVE) == ["a"]
        assert keys(backend, "khai sinh", on=SWITCH) == ["b"]
        assert keys(backend, "khai sinh", on=date(2024, 12, 31)) == []

    def test_status_is_relative_to_the_day(self, backend):
        backend.replace([
            document("1.1", "Cấp phép cũ", valid_until=SWITCH),
            document("1.2", "Cấp phép mới", valid_from=SWITCH),
        ])  # fmt: skip
        statuses = ("in_force", "coming", "ended")
        assert [codes(backend, "cấp phép", on=EVE, status=one) for one in statuses] == [["1.1"], ["1.2"], []]
        assert [codes(backend, "cấp phép", on=SWITCH, status=one) for one in statuses] == [["1.2"], [], ["1.1"]]

    def test_an_older_version_of_what_binds_has_not_ended(self, backend):
        backend.replace([
            document("1.1", "Cấp phép", key="a", valid_until=date(2025, 6, 1)),
            document("1.1", "Cấp phép", key="b", valid_from=date(2025, 6, 1)),
        ])  # fmt: skip
        assert keys(backend, "cấp phép", status="ended") == []

    def test_any_gives_each_procedure_and_level_once(self, backend):
        ends, begins = date(2026, 1, 1), date(2027, 1, 1)
        backend.replace([
            document("1.1", "Cấp phép", key="a1", valid_until=ends),
            document("1.1", "Cấp phép", key="a2", valid_from=ends),
            document("1.1", "Cấp phép", key="a-tỉnh", level="province"),
            document("1.2", "Cấp phép", key="b1", valid_until=date(2025, 3, 1)),
            document("1.2", "Cấp phép", key="b2", valid_from=date(2025, 3, 1), valid_until=ends),
            document("1.3", "Cấp phép", key="c1", valid_from=begins),
            document("1.3", "Cấp phép", key="c2", valid_from=date(2028, 1, 1)),
        ])  # fmt: skip
        assert sorted(keys(backend, "cấp phép", status="any")) == ["a-tỉnh", "a2", "b2", "c1"]
        assert keys(backend, "cấp phép", status="ended") == ["b2"]
        assert keys(backend, "cấp phép", status="coming") == ["c1"]

    def test_history_does_not_change_the_order_of_today(self, backend):
        backend.rebuild(CATALOGUE)
        before = [(hit.key, hit.score) for hit in backend.search(Query("đăng ký khai sinh", TODAY)).hits]
        backend.replace([
            replace(one, key=f"{one.key}-{n}", valid_from=date(2010 + n, 1, 1), valid_until=date(2011 + n, 1, 1))
            for one in CATALOGUE for n in range(5)
        ])  # fmt: skip
        assert [(hit.key, hit.score) for hit in backend.search(Query("đăng ký khai sinh", TODAY)).hits] == before


class TestFilters:
    def test_filters_narrow(self, filled):
        assert codes(filled, "đăng ký", sectors=("Hộ kinh doanh",)) == ["1.001612"]
        assert codes(filled, "", levels=("province",)) == ["1.013061", "1.009876"]
        assert set(codes(filled, "khai", online_grades=("partial", "unknown"))) == {BIRTH_ABROAD.code}
        assert codes(filled, "", agencies=("Sở Xây dựng",)) == ["1.013061"]

    def test_filters_are_compared_in_one_normal_form(self, backend):
        backend.replace([document("1.1", "Cấp phép", sector=unicodedata.normalize("NFD", "Hộ  tịch"))])
        for sector in ("Hộ tịch", "Hộ  tịch", unicodedata.normalize("NFD", "Hộ tịch")):
            assert codes(backend, "cấp phép", sectors=(sector,)) == ["1.1"]

    def test_internal_procedures_are_only_found_when_asked_for(self, filled):
        filled.replace([document("3.1", "Khai sinh nội bộ", register="internal")])
        assert "3.1" not in codes(filled, "khai sinh")
        assert "3.1" not in codes(filled, "3.1")
        assert codes(filled, "khai sinh", register="internal") == ["3.1"]
        assert "3.1" in codes(filled, "khai sinh", register=None)

    def test_facets_count_what_answers(self, filled):
        page = filled.search(Query("đăng ký", TODAY, limit=1, facets=("sector", "level", "online_grade", "status")))
        assert page.total == 5
        assert page.facets["sector"] == (("Hộ tịch", 4), ("Hộ kinh doanh", 1))
        assert page.facets["level"] == (("commune", 5),)
        assert dict(page.facets["online_grade"]) == {"full": 3, "partial": 1, "unknown": 1}
        assert page.facets["status"] == (("in_force", 5),)

    def test_a_facet_ignores_its_own_filter_only(self, filled):
        page = filled.search(
            Query("đăng ký", TODAY, sectors=("Hộ tịch",), online_grades=("full",), facets=("sector", "online_grade"))
        )
        assert page.total == 2
        assert dict(page.facets["sector"]) == {"Hộ tịch": 2, "Hộ kinh doanh": 1}
        assert dict(page.facets["online_grade"]) == {"full": 2, "partial": 1, "unknown": 1}

    def test_status_counts_leave_out_what_other_filters_leave_out(self, filled):
        filled.replace([document("1.5", "Đăng ký nuôi con nuôi", valid_from=SWITCH, sector="Nuôi con nuôi")])
        page = filled.search(Query("đăng ký", TODAY, facets=("status",)))
        assert page.facets["status"] == (("in_force", 5), ("coming", 1))
        page = filled.search(Query("đăng ký", TODAY, sectors=("Hộ tịch",), facets=("status",)))
        assert page.facets["status"] == (("in_force", 4),)

    def test_pages_follow_each_other(self, filled):
        everything = keys(filled, "", limit=100)
        assert len(everything) == 7
        assert [key for at in (0, 3, 6) for key in keys(filled, "", limit=3, offset=at)] == everything
        assert keys(filled, "", limit=3, offset=10**12) == keys(filled, "", limit=0) == []
        assert keys(filled, "", limit=2, offset=-5) == everything[:2]
        assert filled.search(Query("", TODAY, limit=1)).total == 7


class TestHits:
    def test_highlights_are_places_in_the_name_as_written(self, filled):
        hit = filled.search(Query("dang ky khai sinh", TODAY)).hits[0]
        assert [hit.name[start:end] for start, end in hit.highlights["name"]] == ["Đăng ký khai sinh"]
        assert [BIRTH.friendly_name[s:e] for s, e in hit.highlights["friendly_name"]] == ["khai sinh"]

    def test_names_come_back_in_one_normal_form(self, backend):
        backend.replace([document("1.1", unicodedata.normalize("NFD", "Đăng ký  kết hôn"))])
        assert backend.search(Query("kết hôn", TODAY)).hits[0].name == "Đăng ký kết hôn"

    def test_coverage_tells_a_guess_from_an_answer(self, filled):
        sure = filled.search(Query("đăng ký kết hôn", TODAY)).hits[0]
        guess = filled.search(Query("khai thuế nhà đường Nguyễn Trãi", TODAY)).hits[0]
        assert sure.coverage == 1.0
        assert sure.confidence >= SURE > guess.confidence
        assert guess.coverage < 0.6

    def test_a_boost_lifts(self, backend):
        backend.replace([document("1.1", "Cấp phép"), document("1.2", "Cấp phép", boost=1.5)])
        assert codes(backend, "cấp phép") == ["1.2", "1.1"]


class TestChanges:
    def test_a_document_takes_the_place_of_the_one_with_its_key(self, filled):
        filled.replace([replace(DEATH, name="Đăng ký lại khai tử")])
        assert [hit.name for hit in filled.search(Query("khai tử", TODAY)).hits] == ["Đăng ký lại khai tử"]
        assert filled.count() == len(CATALOGUE)

    def test_a_procedure_is_replaced_with_all_its_versions(self, backend):
        old = [document("1.1", "Cấp phép cũ", key=f"1.1/{n}", valid_from=date(2020 + n, 1, 1)) for n in range(3)]
        backend.replace([*old, document("1.2", "Cấp phép khác")])
        backend.replace_procedures({"1.1": [document("1.1", "Cấp phép mới", key="1.1/9")], "1.2": []})
        assert backend.count() == 1
        assert keys(backend, "cấp phép") == ["1.1/9"]

    def test_removed_documents_are_gone_and_unknown_keys_are_no_error(self, filled):
        filled.remove([BIRTH.key, "không có"])
        assert BIRTH.code not in codes(filled, "khai sinh")
        assert filled.count() == len(CATALOGUE) - 1

    def test_many_small_changes_add_up(self, backend):
        for number in range(12):
            backend.replace([document(f"1.{number}", f"Cấp phép {number}")])
        backend.remove(["1.3"])
        backend.replace([document("1.4", "Thu hồi giấy phép")])
        assert backend.count() == 11
        assert set(codes(backend, "cấp phép")) == {f"1.{n}" for n in range(12)} - {"1.3", "1.4"}
        assert codes(backend, "thu hồi") == ["1.4"]

    def test_a_rebuild_leaves_only_the_new_and_tells_its_progress(self, filled):
        seen = []
        assert filled.rebuild([MARRIAGE, DEATH, MARRIAGE], seen.append) == 2
        assert seen == [1, 2, 3]
        assert set(codes(filled, "")) == {MARRIAGE.code, DEATH.code}

    def test_a_rebuild_whose_source_fails_leaves_everything(self, filled):
        def source():
            yield DEATH
            raise LookupError("nguồn bị ngắt")

        before = filled.revision
        with pytest.raises(LookupError):
            filled.rebuild(source())
        assert filled.revision == before
        assert codes(filled, "đăng ký khai sinh")[0] == BIRTH.code
        filled.replace([CASE])
        assert filled.count() == len(CATALOGUE) + 1

    def test_the_revision_changes_with_every_change_only(self, filled):
        seen = [filled.revision]
        filled.search(Query("khai sinh", TODAY))
        assert filled.revision == seen[0]
        filled.replace([CASE])
        seen.append(filled.revision)
        filled.remove([CASE.key])
        seen.append(filled.revision)
        filled.rebuild(CATALOGUE)
        seen.append(filled.revision)
        assert len(set(seen)) == 4

    def test_questions_and_changes_at_once_never_disturb_each_other(self, filled):
        problems = []

        def ask():
            for _ in range(30):
                try:
                    assert codes(filled, "đăng ký kết hôn")[0] == MARRIAGE.code
                except BaseException as error:
                    problems.append(error)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for number in range(5):
            filled.replace([document("1.99", f"Khai thuế {number}")])
        filled.rebuild(CATALOGUE)
        for thread in threads:
            thread.join()
        assert problems == []

    def test_fifty_questions_at_once_during_a_rebuild_are_answered_from_one_state(self, filled):
        ready, go_on = threading.Barrier(51), threading.Event()
        seen: list[object] = []

        def slow():
            yield DEATH
            ready.wait(30)
            go_on.wait(30)

        def ask():
            ready.wait(30)
            try:
                seen.append(tuple(codes(filled, "đăng ký khai sinh", limit=3)))
            except BaseException as error:
                seen.append(error)

        before = tuple(codes(filled, "đăng ký khai sinh", limit=3))
        threads = [threading.Thread(target=ask) for _ in range(50)]
        rebuilding = threading.Thread(target=filled.rebuild, args=(slow(),))
        for thread in (*threads, rebuilding):
            thread.start()
        for thread in threads:
            thread.join()
        go_on.set()
        rebuilding.join()
        assert seen == [before] * 50
        assert codes(filled, "") == [DEATH.code]
