"""The questions of our own: enough of them, cleanly written, each judged."""

from __future__ import annotations

import json
import unicodedata

import pytest

from catalogue.judgements import OUT_OF_SCOPE, BadJudgement, questions, read

BIRTH = {"query": "dang ky khai sinh", "codes": ["1.001193"], "kind": "unmarked", "tier": "sample"}


def lines(*records: object) -> str:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


def test_every_question_asks_once_and_is_judged():
    asked = [judged.query for judged in questions()]
    assert len(asked) == len(set(asked))
    assert all(bool(judged.codes) == (judged.kind != OUT_OF_SCOPE) for judged in questions())


def test_people_ask_in_many_ways():
    kinds = {judged.kind for judged in questions()}
    wanted = {"name", "unmarked", "citizen", "slang", "abbreviation", "slip", "role", "life", "code", "number"}
    assert kinds == wanted | {OUT_OF_SCOPE}


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({**BIRTH, "codes": []}, "có ít nhất một"),
        ({**BIRTH, "codes": ["1.001193", "1.001193"]}, "không mã nào lặp lại"),
        ({**BIRTH, "kind": OUT_OF_SCOPE}, "câu ngoài phạm vi không có mã"),
        ({**BIRTH, "query": "đăng  ký"}, "không thừa khoảng trắng"),
        ({**BIRTH, "query": unicodedata.normalize("NFD", "đăng ký")}, "NFC"),
        ({**BIRTH, "tier": "core"}, "thuộc một trong"),
        ({**BIRTH, "codes": "1.001193"}, "codes là danh sách"),
        ({**BIRTH, "source": "x"}, "cần đúng các khóa"),
        ([], "cần đúng các khóa"),
    ],
)
def test_a_careless_line_is_refused_with_its_place(record, told):
    with pytest.raises(BadJudgement, match="thử.jsonl, dòng 1") as refused:
        list(read("thử.jsonl", lines(record)))
    assert told in str(refused.value)


def test_a_repeated_question_and_a_broken_line_are_refused():
    with pytest.raises(BadJudgement, match="dòng 2: câu «dang ky khai sinh» đã có ở trên"):
        list(read("thử.jsonl", lines(BIRTH, BIRTH)))
    with pytest.raises(BadJudgement, match="dòng 2: không phải JSON"):
        list(read("thử.jsonl", lines(BIRTH) + "\n{"))
