"""Words under review: proposed by one, decided by another, ended by a day; nobody else is ever needed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import indexing, words
from catalogue.models import AuditEntry, WordRule
from catalogue.queries import words as queries
from catalogue.queries.words import WordKind, WordState
from catalogue.services import words as service
from catalogue.services.words import WordInput
from catalogue.services.words_checks import BadWords
from catalogue.services.words_effect import Effect, measure
from search_index.memory import MemoryBackend
from search_index.ports import Query
from tests.builders import make_content, put_in_force
from tests.catalogue.cast import Cast, at

TODAY = date(2026, 11, 21)
LAST = date(2027, 6, 30)
NOW = at(TODAY)
NONE = Effect()


@pytest.fixture
def index(session: Session, cast: Cast) -> MemoryBackend:
    """Three procedures in force, indexed."""
    names = {
        "1.001193": "Đăng ký khai sinh",
        "1.000894": "Đăng ký kết hôn",
        "2.000635": "Cấp bản sao trích lục hộ tịch",
    }
    for code, name in names.items():
        put_in_force(session, code, make_content(name=name), on=date(2025, 7, 1))
    backend = MemoryBackend()
    indexing.rebuild(session, backend, NOW)
    return backend


def synonym(*phrases: str, legal: str = "đăng ký kết hôn", **rest: Any) -> WordInput:
    values: dict[str, Any] = {"reason": "Người dân hay hỏi", "owner": "an", "last_day": LAST, **rest}
    return WordInput(WordKind.SYNONYM, phrases, legal, **values)


def friendly_name(name: str, key: str, **rest: Any) -> WordInput:
    values: dict[str, Any] = {"reason": "Dễ hiểu hơn", "owner": "an", "last_day": LAST, **rest}
    return WordInput(WordKind.FRIENDLY_NAME, (name,), keys=(key,), **values)


def pin(question: str, *keys: str, **rest: Any) -> WordInput:
    values: dict[str, Any] = {"reason": "Đợt cao điểm", "owner": "an", "last_day": LAST, **rest}
    return WordInput(WordKind.PIN, (question,), keys=keys, **values)


def approved(session: Session, cast: Cast, given: WordInput, on: date = TODAY) -> WordRule:
    rule = service.propose(session, given, actor=cast.an, now=at(on), on=on)
    service.approve(session, rule, NONE, override="", actor=cast.binh, now=at(on), on=on)
    return rule


def found(session: Session, backend: MemoryBackend, text: str, today: date = TODAY, **rest: Any) -> list[str]:
    query = Query(text, rest.pop("on", today), **rest)
    return [hit.code for hit in words.look_up(session, backend, query, today).hits]


class TestDeciding:
    def test_a_proposal_changes_nothing_until_a_second_person_approves_it(self, session, cast, index):
        rule = service.propose(session, synonym("rước dâu"), actor=cast.an, now=NOW, on=TODAY)
        assert found(session, index, "rước dâu") == []
        service.approve(session, rule, NONE, override="", actor=cast.chi, now=NOW, on=TODAY)
        assert found(session, index, "rước dâu") == ["1.000894"]

    def test_the_proposer_never_decides_whatever_their_roles(self, session, cast, index):
        cast.an.roles = "drafter,reviewer,approver"
        rule = service.propose(session, synonym("rước dâu"), actor=cast.an, now=NOW, on=TODAY)
        with pytest.raises(BadWords, match="không tự duyệt"):
            service.approve(session, rule, NONE, override="", actor=cast.an, now=NOW, on=TODAY)
        with pytest.raises(BadWords, match="không tự duyệt"):
            service.reject(session, rule, note="Không cần", actor=cast.an, now=NOW)
        assert rule.state == WordState.PROPOSED

    def test_what_is_decided_is_decided_once(self, session, cast, index):
        rule = approved(session, cast, synonym("rước dâu"))
        for again in (cast.binh, cast.chi):
            with pytest.raises(BadWords, match="đã được quyết định"):
                service.reject(session, rule, note="Nghĩ lại", actor=again, now=NOW)

    def test_a_rejection_says_why_and_holds_nothing(self, session, cast, index):
        rule = service.propose(session, synonym("rước dâu"), actor=cast.an, now=NOW, on=TODAY)
        with pytest.raises(BadWords, match="Ghi lý do"):
            service.reject(session, rule, note=" ", actor=cast.binh, now=NOW)
        service.reject(session, rule, note="Chưa thấy ai hỏi", actor=cast.binh, now=NOW)
        assert (rule.state, rule.note) == (WordState.REJECTED, "Chưa thấy ai hỏi")
        assert found(session, index, "rước dâu") == []

    def test_only_the_proposer_takes_a_proposal_back(self, session, cast, index):
        rule = service.propose(session, synonym("rước dâu"), actor=cast.an, now=NOW, on=TODAY)
        with pytest.raises(BadWords, match="Chỉ người đề nghị"):
            service.withdraw(session, rule, actor=cast.dung, now=NOW)
        service.withdraw(session, rule, actor=cast.an, now=NOW)
        assert queries.proposed(session) == []

    def test_a_fall_needs_a_reason_that_is_kept(self, session, cast, index):
        rule = service.propose(session, synonym("rước dâu"), actor=cast.an, now=NOW, on=TODAY)
        fall = Effect(asked=100, touched=9, fall=0.031)
        with pytest.raises(BadWords, match="giảm 0,031"):
            service.approve(session, rule, fall, override=" ", actor=cast.binh, now=NOW, on=TODAY)
        service.approve(session, rule, fall, override="Câu hỏi mẫu đã cũ", actor=cast.binh, now=NOW, on=TODAY)
        assert (rule.override, rule.effect["fall"]) == ("Câu hỏi mẫu đã cũ", 0.031)

    def test_every_step_stands_in_the_log(self, session, cast, index):
        rule = approved(session, cast, synonym("rước dâu"))
        entries = list(session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "word_rule")))
        assert [(entry.action, entry.actor) for entry in entries] == [
            ("words_proposed", "an"),
            ("words_approved", "binh"),
        ]
        assert {entry.subject_id for entry in entries} == {rule.id}

    def test_a_proposal_whose_day_has_passed_is_not_approved(self, session, cast, index):
        rule = service.propose(session, synonym("rước dâu"), actor=cast.an, now=NOW, on=TODAY)
        later = LAST + timedelta(days=1)
        with pytest.raises(BadWords, match="30/06/2027"):
            service.approve(session, rule, NONE, override="", actor=cast.binh, now=at(later), on=later)


class TestSynonyms:
    def test_a_rule_of_ours_takes_the_place_of_a_shipped_group(self, session, cast, index):
        legal = next(legal for legal, phrases in words.shipped().items() if "lấy vợ" in phrases)
        assert found(session, index, "lấy vợ") == ["1.000894"]
        approved(session, cast, synonym("lấy vợ", legal="trích lục hộ tịch", replaces_shipped=legal))
        assert found(session, index, "lấy vợ") == ["2.000635"]

    def test_what_stands_in_for_a_shipped_group_may_be_changed_without_bringing_the_group_back(
        self, session, cast, index
    ):
        legal = next(legal for legal, phrases in words.shipped().items() if "lấy vợ" in phrases)
        first = approved(session, cast, synonym("lấy vợ", legal="trích lục hộ tịch", replaces_shipped=legal))
        approved(session, cast, synonym("cưới vợ", legal="trích lục hộ tịch", replaces_id=first.id))
        held = words.expansions(queries.in_force(session, TODAY))
        assert legal not in held.get("lấy vợ", ()) and held["cưới vợ"] == ("trích lục hộ tịch",)

    def test_one_proposal_takes_the_place_of_one_thing_which_its_page_can_show(self, session, cast, index):
        legal = next(legal for legal, phrases in words.shipped().items() if "lấy vợ" in phrases)
        held = approved(session, cast, synonym("kết tóc"))
        with pytest.raises(BadWords, match="chỉ thay một mục"):
            service.propose(
                session, synonym(removes=True, replaces_id=held.id, replaces_shipped=legal, last_day=None),
                actor=cast.an, now=NOW, on=TODAY,
            )  # fmt: skip

    def test_a_shipped_group_can_be_switched_off_and_on_again(self, session, cast, index):
        legal = next(legal for legal, phrases in words.shipped().items() if "lấy vợ" in phrases)
        off = approved(session, cast, synonym(removes=True, replaces_shipped=legal, last_day=None))
        assert found(session, index, "lấy vợ") == []
        approved(session, cast, synonym(removes=True, replaces_id=off.id))
        assert found(session, index, "lấy vợ") == ["1.000894"]

    def test_a_replaced_rule_ends_with_the_approval_of_the_new_one(self, session, cast, index):
        old = approved(session, cast, synonym("rước dâu"))
        new = service.propose(session, synonym("đám hỏi", replaces_id=old.id), actor=cast.an, now=NOW, on=TODAY)
        assert found(session, index, "rước dâu") == ["1.000894"]
        service.approve(session, new, NONE, override="", actor=cast.binh, now=NOW, on=TODAY)
        assert (found(session, index, "rước dâu"), found(session, index, "đám hỏi")) == ([], ["1.000894"])
        assert (old.state, old.ended_by_id) == (WordState.ENDED, new.id)

    def test_it_stops_at_once_after_its_last_day(self, session, cast, index):
        approved(session, cast, synonym("rước dâu"))
        assert found(session, index, "rước dâu", LAST) == ["1.000894"]
        assert found(session, index, "rước dâu", LAST + timedelta(days=1)) == []

    def test_words_are_those_of_today_whatever_day_is_asked_about(self, session, cast, index):
        approved(session, cast, synonym("rước dâu"))
        assert found(session, index, "rước dâu", on=date(2025, 8, 1)) == ["1.000894"]
        assert found(session, index, "rước dâu", LAST + timedelta(days=1), on=TODAY) == []


class TestFriendlyNames:
    def test_it_is_found_once_the_procedure_is_written_again(self, session, cast, index):
        rule = approved(session, cast, friendly_name("Về chung một nhà", "1.000894"))
        assert indexing.sync(session, index, NOW) == 1
        assert found(session, index, "về chung một nhà")[0] == "1.000894"
        procedure = rule.procedures[0].procedure_id
        assert queries.friendly_names(session, [procedure], TODAY) == {procedure: "Về chung một nhà"}

    def test_it_is_gone_from_pages_on_its_day_and_from_the_index_once_that_is_written_down(self, session, cast, index):
        rule = approved(session, cast, friendly_name("Về chung một nhà", "1.000894"))
        indexing.sync(session, index, NOW)
        after = LAST + timedelta(days=1)
        assert queries.friendly_names(session, [rule.procedures[0].procedure_id], after) == {}
        assert service.write_down_expired(session, on=LAST, now=at(LAST)) == 0
        assert service.write_down_expired(session, on=after, now=at(after)) == 1
        indexing.sync(session, index, at(after))
        assert found(session, index, "về chung một nhà", after) == []
        assert service.write_down_expired(session, on=after, now=at(after)) == 0

    def test_the_name_of_the_text_is_still_found(self, session, cast):
        version = put_in_force(session, "1.000894", make_content(friendly_name="Làm đám cưới"), on=TODAY)
        approved(session, cast, friendly_name("Về chung một nhà", "1.000894"))
        (document,) = indexing.documents(session, [version.procedure_id])
        assert (document.friendly_name, document.keywords[-1]) == ("Về chung một nhà", "Làm đám cưới")

    def test_a_procedure_has_one_at_a_time(self, session, cast, index):
        first = approved(session, cast, friendly_name("Về chung một nhà", "1.000894"))
        with pytest.raises(BadWords, match="đang có tên thường gọi «Về chung một nhà»"):
            service.propose(session, friendly_name("Làm đám cưới", "1.000894"), actor=cast.an, now=NOW, on=TODAY)
        approved(session, cast, friendly_name("Làm đám cưới", "1.000894", replaces_id=first.id))
        assert list(queries.friendly_names(session, [first.procedures[0].procedure_id], TODAY).values()) == [
            "Làm đám cưới"
        ]

    def test_of_two_proposals_for_one_procedure_the_second_is_not_approved(self, session, cast, index):
        first, second = (
            service.propose(session, friendly_name(name, "1.000894"), actor=cast.an, now=NOW, on=TODAY)
            for name in ("Về chung một nhà", "Làm đám cưới")
        )
        service.approve(session, first, NONE, override="", actor=cast.binh, now=NOW, on=TODAY)
        with pytest.raises(BadWords, match="đang có tên thường gọi «Về chung một nhà»"):
            service.approve(session, second, NONE, override="", actor=cast.binh, now=NOW, on=TODAY)


class TestPins:
    def test_it_leads_its_question_however_that_is_wrapped(self, session, cast, index):
        approved(session, cast, pin("khai sinh", "2.000635"))
        for text in ("khai sinh", "Khai sinh", "khai sinh thì cần những gì", "tôi muốn khai sinh", "khai sinh ở đâu"):
            assert found(session, index, text)[0] == "2.000635", text

    def test_other_questions_are_not_led(self, session, cast, index):
        approved(session, cast, pin("khai sinh", "2.000635"))
        assert found(session, index, "đăng ký khai sinh")[0] == "1.001193"
        assert found(session, index, "1.001193") == ["1.001193"]

    def test_it_holds_only_where_the_procedure_is_in_force_and_passes_the_filters(self, session, cast, index):
        approved(session, cast, pin("khai sinh", "2.000635"))
        assert "2.000635" not in found(session, index, "khai sinh", on=date(2025, 6, 30))
        assert "2.000635" not in found(session, index, "khai sinh", levels=("province",))

    def test_it_ends_after_its_last_day(self, session, cast, index):
        approved(session, cast, pin("khai sinh", "2.000635"))
        assert found(session, index, "khai sinh", LAST + timedelta(days=1))[0] == "1.001193"

    def test_one_question_is_pinned_once(self, session, cast, index):
        approved(session, cast, pin("khai sinh", "2.000635"))
        with pytest.raises(BadWords, match="đã được ghim"):
            service.propose(session, pin("Khai Sinh", "1.001193"), actor=cast.an, now=NOW, on=TODAY)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (synonym("rước dâu", reason=" "), "Ghi lý do"),
        (synonym("rước dâu", owner="khong-co"), "Người phụ trách «khong-co»"),
        (synonym("rước dâu", last_day=None), "Ghi ngày cuối"),
        (synonym("rước dâu", last_day=TODAY), "phải sau hôm nay"),
        (synonym("rước dâu", last_day=date(2040, 1, 1)), "01/01/2040 quá xa"),
        (synonym(), "ít nhất một cách nói"),
        (synonym("…?"), "«…?» không có chữ"),
        (synonym("x" * 101), "dài 101 ký tự"),
        (synonym(*(f"cách {number}" for number in range(41))), "Có 41 cách nói"),
        (synonym("rước dâu", legal=""), "cách nói của văn bản"),
        (synonym("Đăng Kí Kết Hôn"), "đã là cách nói của văn bản"),
        (synonym(removes=True), "Chưa chọn mục"),
        (synonym("a", replaces_shipped="không có nhóm này"), "Không có nhóm từ"),
        (synonym("a", replaces_id=9), "không còn dùng"),
        (friendly_name("Cưới", "9.999999"), "mang mã «9.999999»"),
        (pin("cưới"), "từ 1 đến 5"),
        (pin("1.000894", "1.000894"), "không ghim được"),
        (pin("2815/QĐ-UBND", "1.000894"), "không ghim được"),
        (pin("cưới", "1.000894", last_day=date(2028, 1, 1)), "trong vòng 1 năm"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_one_sentence(session, cast, index, given, sentence):
    with pytest.raises(BadWords, match=re.escape(sentence)) as refused:
        service.propose(session, given, actor=cast.an, now=NOW, on=TODAY)
    assert str(refused.value).endswith(".")
    assert queries.proposed(session) == []


class TestEffects:
    def test_a_synonym_is_measured_on_the_questions_it_touches(self, session, cast, index):
        rule = service.propose(session, synonym("khai sinh", legal="kết hôn"), actor=cast.an, now=NOW, on=TODAY)
        effect = measure(session, index, rule, TODAY)
        assert 0 < effect.touched < effect.asked
        assert effect.ndcg_after <= effect.ndcg_before
        assert effect.to_json()["touched"] == effect.touched

    def test_a_pin_that_leads_astray_shows_which_questions_moved(self, session, cast, index):
        rule = service.propose(session, pin("đăng ký khai sinh", "1.000894"), actor=cast.an, now=NOW, on=TODAY)
        moved = {one.query: (one.before, one.after) for one in measure(session, index, rule, TODAY).moved}
        assert moved["đăng ký khai sinh"] == (1, 2)

    def test_a_friendly_name_is_measured_before_it_is_written_anywhere(self, session, cast, index):
        rule = service.propose(
            session, friendly_name("Đăng ký khai sinh", "1.000894"), actor=cast.an, now=NOW, on=TODAY
        )
        revision = index.revision
        effect = measure(session, index, rule, TODAY)
        assert effect.touched > 0
        assert index.revision == revision

    def test_words_nobody_uses_touch_nothing(self, session, cast, index):
        rule = service.propose(session, synonym("vô thưởng vô phạt"), actor=cast.an, now=NOW, on=TODAY)
        assert measure(session, index, rule, TODAY).touched == 0


def test_what_runs_out_soon_or_just_did_is_listed(session, cast, index):
    near = approved(session, cast, synonym("rước dâu", last_day=TODAY + timedelta(days=20)))
    approved(session, cast, synonym("đám hỏi", last_day=TODAY + timedelta(days=200)))
    assert queries.running_out(session, TODAY) == [near]
    after = TODAY + timedelta(days=40)
    service.write_down_expired(session, on=after, now=at(after))
    assert queries.running_out(session, after) == [near]


def test_two_readers_share_the_words_until_somebody_changes_them(session, cast, index):
    first = words.current(session, TODAY)
    assert words.current(session, TODAY) is first
    approved(session, cast, synonym("rước dâu"))
    assert words.current(session, TODAY) is not first
