"""Rows in the grid and on their own page: saved one by one, merged, and never lost (story S9)."""

from __future__ import annotations

import json

import pytest

from catalogue.extensions import db
from catalogue.models import DecisionLine
from catalogue.services.drafting import LineInput
from tests.pages import Page
from tests.web.office.conftest import Officer, stored
from tests.web.office.drafts import BIRTH, brought, drafted

JSON = {"Accept": "application/json"}


def grid(person: Officer, number: int) -> Page:
    return person.get(f"/quan-tri/quyet-dinh/{number}/cac-dong")


def line_of(number: int) -> DecisionLine:
    return stored(number).lines[0]


class TestOneRowInTheGrid:
    def test_it_is_saved_without_script(self, an: Officer) -> None:
        number = drafted()
        line = line_of(number).id
        an.send(grid(an, number), {"sector": "Tư pháp"}, to=f"cac-dong/{line}")
        assert an.answer.location.endswith(f"#dong-{line}")
        assert line_of(number).sector == "Tư pháp"

    def test_columns_that_the_grid_does_not_show_stay(self, an: Officer) -> None:
        number = drafted()
        before = dict(line_of(number).fields)
        an.send(grid(an, number), {"field_time": "03 ngày làm việc"}, to=f"cac-dong/{line_of(number).id}")
        assert line_of(number).fields == {**before, "time": "03 ngày làm việc"}

    def test_the_script_gets_the_row_and_every_problem_back(self, an: Officer) -> None:
        number = drafted()
        line = line_of(number).id
        an.send(grid(an, number), {"kind": "unknown"}, to=f"cac-dong/{line}", status=200, headers=JSON)
        answer = an.answer.get_json()
        assert answer["base"]["kind"] == "unknown" and answer["seen"] == line_of(number).lock_version
        assert "hãy chọn loại" in answer["problems"][str(line)]
        assert answer["message"].startswith("Đã lưu lúc ")

    def test_the_printed_original_stands_beside_it(self, an: Officer) -> None:
        page = grid(an, drafted())
        assert "Mã TTHC" in page.all("original")[0] and "1.001193" in page.all("original")[0]

    def test_a_doubtful_cell_is_marked_with_its_reason(self, an: Officer) -> None:
        doubt = {"column": "Mã thủ tục", "text": "1.001 193", "reason": "Mã in có khoảng trắng thừa."}
        line = LineInput(kind="introduced", name="Đăng ký khai sinh", level="commune", doubts=(doubt,))
        assert any("khoảng trắng thừa" in words for words in grid(an, drafted(lines=(line,))).all("doubt-words"))

    def test_a_reader_sees_words_and_no_fields(self, binh: Officer) -> None:
        page = grid(binh, drafted())
        assert "Mới ban hành" in page.text
        assert page.tree.xpath("//table//textarea | //table//select") == []


class TestTwoOfficers:
    """S9 over HTTP."""

    def test_different_cells_are_merged(self, an: Officer) -> None:
        number = drafted()
        line = line_of(number).id
        first, second = grid(an, number), grid(an, number)
        an.send(first, {"field_time": "03 ngày"}, to=f"cac-dong/{line}")
        an.send(second, {"sector": "Tư pháp", "changed_parts": "Phí"}, to=f"cac-dong/{line}")
        found = line_of(number)
        assert (found.fields["time"], found.sector, found.changed_parts) == ("03 ngày", "Tư pháp", "Phí")

    def test_two_columns_of_one_row_are_merged(self, an: Officer) -> None:
        number = drafted()
        line = line_of(number).id
        first, second = (an.get(f"/quan-tri/quyet-dinh/{number}/cac-dong/{line}") for _ in range(2))
        an.send(first, {"field_time": "03 ngày"})
        an.send(second, {"field_fee": "8.000 đồng"})
        assert (line_of(number).fields["time"], line_of(number).fields["fee"]) == ("03 ngày", "8.000 đồng")

    @pytest.mark.parametrize(("keep", "expected"), [("mine", "02 ngày"), ("theirs", "03 ngày")])
    def test_the_same_cell_asks_and_either_text_can_be_kept(self, an: Officer, keep: str, expected: str) -> None:
        number = drafted()
        line = line_of(number).id
        first, second = grid(an, number), grid(an, number)
        an.send(first, {"field_time": "03 ngày"}, to=f"cac-dong/{line}")
        page = an.send(second, {"field_time": "02 ngày", "sector": "Tư pháp"}, to=f"cac-dong/{line}", status=409)
        assert page is not None and "02 ngày" in page.text and "03 ngày" in page.text
        assert line_of(number).fields["time"] == "03 ngày"
        an.send(page, {} if keep == "mine" else {"field_time": "03 ngày"})
        assert (line_of(number).fields["time"], line_of(number).sector) == (expected, "Tư pháp")

    def test_the_script_is_told_both_texts(self, an: Officer) -> None:
        number = drafted()
        line = line_of(number).id
        first, second = grid(an, number), grid(an, number)
        an.send(first, {"kind": "amended"}, to=f"cac-dong/{line}")
        an.send(second, {"kind": "replaced", "sector": "Tư pháp"}, to=f"cac-dong/{line}", status=409, headers=JSON)
        answer = an.answer.get_json()
        both = {"mine": "Được thay thế", "theirs": "Được sửa đổi, bổ sung"}
        assert answer["clashes"] == [{"name": "kind", "label": "Loại", **both, "value": "amended"}]
        assert answer["carried"] == {"sector": "Tư pháp"} and answer["seen"] == line_of(number).lock_version

    def test_a_hand_written_base_does_harm_to_nobody(self, an: Officer) -> None:
        number = drafted()
        line = line_of(number).id
        for base in ("", "[1]", "{", json.dumps({"name": None})):
            an.send(grid(an, number), {"base": base, "sector": f"Lĩnh vực {len(base)}"}, to=f"cac-dong/{line}")
            assert line_of(number).fields["time"] == "05 ngày làm việc"


class TestManyRows:
    def test_the_selected_rows_are_set_at_once(self, an: Officer) -> None:
        number = drafted(lines=(BIRTH, LineInput(name="Đăng ký kết hôn"), LineInput(name="Đăng ký khai tử")))
        rows = [f"{line.id}-{line.lock_version}" for line in stored(number).lines[1:]]
        an.send(grid(an, number), {"dong": rows, "dat-loai": "abolished", "dat-cap": "province"}, to="dat-chung")
        assert [(line.kind, line.level) for line in stored(number).lines] == [
            ("introduced", "commune"), ("abolished", "province"), ("abolished", "province"),
        ]  # fmt: skip

    def test_none_is_set_when_one_was_edited_by_another(self, an: Officer) -> None:
        number = drafted(lines=(BIRTH, LineInput(name="Đăng ký kết hôn")))
        rows = [f"{line.id}-{line.lock_version}" for line in stored(number).lines]
        page = grid(an, number)
        an.send(page, {"kind": "amended"}, to=f"cac-dong/{line_of(number).id}")
        grid(an, number)
        an.send(page, {"dong": rows, "dat-loai": "abolished"}, to="dat-chung")
        assert [line.kind for line in stored(number).lines] == ["amended", "unknown"]
        assert "chưa dòng nào được đặt" in grid(an, number).band

    def test_nothing_selected_says_so(self, an: Officer) -> None:
        number = drafted()
        an.send(grid(an, number), to="dat-chung")
        assert "Chọn ít nhất một dòng" in grid(an, number).band

    def test_a_hundred_rows_to_a_page(self, an: Officer) -> None:
        number = drafted(lines=tuple(LineInput(name=f"Thủ tục {n}") for n in range(120)))
        assert "Trang 1 trên 2" in grid(an, number).text
        assert "Thủ tục 119" in an.get(f"/quan-tri/quyet-dinh/{number}/cac-dong?trang=2").source
        an.get(f"/quan-tri/quyet-dinh/{number}/cac-dong?trang=99")
        an.get(f"/quan-tri/quyet-dinh/{number}/cac-dong?chi=vuong-mac")


class TestAddingAndRemoving:
    def test_a_row_by_hand(self, an: Officer) -> None:
        number = drafted(lines=())
        values = {"kind": "introduced", "name": "Đăng ký khai tử", "level": "commune", "field_time": "Trong ngày"}
        an.send(an.get(f"/quan-tri/quyet-dinh/{number}/cac-dong/moi"), values)
        line = line_of(number)
        assert (line.name, line.fields) == ("Đăng ký khai tử", {"time": "Trong ngày"})

    def test_taking_out_keeps_the_words_in_the_history(self, an: Officer) -> None:
        number = drafted()
        an.send(an.get(f"/quan-tri/quyet-dinh/{number}/cac-dong/{line_of(number).id}/bo"), {"reason": "Trùng dòng 2"})
        assert stored(number).lines == []
        assert "Đăng ký khai sinh" in an.get(f"/quan-tri/quyet-dinh/{number}/nhat-ky").text

    def test_a_row_of_another_decision_is_not_found(self, an: Officer) -> None:
        one, other = drafted("1/QĐ-UBND"), drafted("2/QĐ-UBND")
        an.get(f"/quan-tri/quyet-dinh/{one}/cac-dong/{line_of(other).id}", status=404)

    def test_rows_of_an_issued_decision_are_closed(self, an: Officer) -> None:
        number = brought("issued")
        line = line_of(number).id
        an.get(f"/quan-tri/quyet-dinh/{number}/cac-dong/{line}", status=409)
        an.post(f"/quan-tri/quyet-dinh/{number}/cac-dong/{line}", {"sector": "x"}, status=409)
        assert db.session.get_one(DecisionLine, line).sector == "Hộ tịch"
