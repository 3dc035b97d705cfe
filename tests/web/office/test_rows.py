"""Rows of a form that is being filled in: whatever is moved, nothing typed is lost and nothing else moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.web.office.rows import MOST_ROWS, TooManyRows, moved, texts_of, with_rows

Fields = list[tuple[str, str]]
rows = st.lists(st.text(max_size=8), min_size=1, max_size=6)


def steps(texts: list[str], start: int = 0) -> Fields:
    return [(f"steps-{start + n}-text", text) for n, text in enumerate(texts)]


def texts(fields: object) -> list[str]:
    return [text for name, text in fields.items(multi=True) if name.endswith("-text")]  # type: ignore[attr-defined]


@given(rows, st.data())
def test_moving_up_and_down_again_changes_nothing(found: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, max(1, len(found) - 1)))
    if at >= len(found):
        return
    up, done = moved(steps(found), f"len:steps-{at}")
    assert done.row == f"steps-{at - 1}" and sorted(texts(up)) == sorted(found)
    back, _ = moved(list(up.items(multi=True)), f"xuong:steps-{at - 1}")
    assert texts(back) == found


@given(rows, st.data())
def test_taking_one_out_keeps_the_others_in_order(found: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(found) - 1))
    left, done = moved(steps(found), f"bo:steps-{at}")
    assert texts(left) == found[:at] + found[at + 1 :]
    assert (done.row == "") is (len(found) == 1)


@given(rows, st.integers(0, 900))
def test_gaps_in_numbers_do_not_matter(found: list[str], start: int) -> None:
    grown, done = moved(steps(found, start), "them:steps")
    assert texts(grown) == found and done.row == f"steps-{len(found)}"


def test_the_edge_rows_stay_where_they_are() -> None:
    for wish in ("len:steps-0", "xuong:steps-1"):
        assert texts(moved(steps(["a", "b"]), wish)[0]) == ["a", "b"]


def test_rows_taken_from_a_table_replace_empty_ones() -> None:
    fields = [("cases-0-papers-0-kept", ""), ("cases-0-papers-1-name", "Tờ khai"), ("cases-0-name", "")]
    found, first = with_rows(fields, "cases-0-papers", [{"name": "Giấy chứng sinh", "copies": "2"}])
    assert first == 1
    assert [found[f"cases-0-papers-{n}-name"] for n in range(2)] == ["Tờ khai", "Giấy chứng sinh"]


def test_a_full_list_takes_no_more() -> None:
    with pytest.raises(TooManyRows, match="300"):
        moved(steps(["x"] * MOST_ROWS), "them:steps")


@pytest.mark.parametrize("wish", [
    "", "them:", "bo:steps", "bo:steps-1-text", "len:steps-99", "xoa:steps-0", "bo:note-0", "them:steps-0-text-0-x",
    "them:note",
])  # fmt: skip
def test_what_is_no_row_is_refused(wish: str) -> None:
    with pytest.raises(ValueError):
        moved([*steps(["a"]), ("note", "ghi chú")], wish)


names = st.text(alphabet="a-0_9:", max_size=12)


@given(st.lists(st.tuples(names, st.text(max_size=3)), max_size=8), names)
def test_forged_names_end_in_rows_or_a_refusal(fields: Fields, place: str) -> None:
    for deed in ("them", "bo", "len"):
        try:
            moved(fields, f"{deed}:{place}")
        except ValueError:
            continue


def test_buttons_tokens_and_tables_are_no_text() -> None:
    sent = [("csrf_token", "t"), ("lam", "luu"), ("seen", "{}"), ("dan:bang", "[]"), ("giu:name", "ho")]
    assert texts_of([*sent, ("name", "Cấp")]) == [("name", "Cấp")]
