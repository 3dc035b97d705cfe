"""Which text set a part: a later text that repeats it or says nothing of it leaves it with the older one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from decisions.content import Case, Fee, LegalBasis, Paper, ProcedureContent, Step, TimeLimit
from decisions.provenance import TRACED, origins

FIRST = ProcedureContent(
    name="Cấp giấy phép môi trường",
    steps=(Step("Bước 1: Nộp hồ sơ.\nBước 2: Trả kết quả."),),
    cases=(Case(papers=(Paper("Văn bản đề nghị cấp giấy phép", originals=1), Paper("Báo cáo đề xuất", originals=1))),),
    times=(TimeLimit("15 ngày làm việc"),),
    fees=(Fee(text="Theo nghị quyết của Hội đồng nhân dân tỉnh"),),
    bases=(LegalBasis(number="72/2020/QH14"), LegalBasis(number="08/2022/NĐ-CP")),
)


def test_the_only_text_set_everything_it_says() -> None:
    found = origins([FIRST])
    assert set(found.values()) == {0}
    assert {"name", "steps", "papers", "times", "fees", "bases"} <= found.keys()
    assert "conditions" not in found


def test_a_part_belongs_to_the_last_text_that_changed_it() -> None:
    second = replace(FIRST, times=(TimeLimit("10 ngày làm việc"),))
    third = replace(second, bases=(*second.bases, LegalBasis(number="48/2026/NĐ-CP")))
    assert {part: place for part, place in origins([FIRST, second, third]).items() if place} == {"times": 1, "bases": 2}


def test_another_layout_sets_nothing() -> None:
    second = replace(FIRST, steps=(Step("- Bước 1. Nộp hồ sơ"), Step("- Bước 2. Trả kết quả")), bases=FIRST.bases[::-1])
    assert set(origins([FIRST, second]).values()) == {0}


def test_a_silent_text_leaves_the_part_with_the_older_one() -> None:
    silent = replace(FIRST, fees=(), times=(TimeLimit("10 ngày làm việc"),))
    assert origins([FIRST, silent, FIRST])["fees"] == 0
    assert "fees" not in origins([FIRST, silent])


def test_a_part_taken_back_belongs_to_the_text_that_took_it_back() -> None:
    second = replace(FIRST, times=(TimeLimit("10 ngày làm việc"),))
    assert origins([FIRST, second, FIRST])["times"] == 2


lines = st.sampled_from(["Nộp hồ sơ.", "Thẩm định hồ sơ.", "Trả kết quả.", ""])
texts = st.builds(
    ProcedureContent, name=st.sampled_from(["Cấp mới", "Cấp lại"]), conditions=lines, note=lines, reception=lines
)


@given(st.lists(texts, max_size=5))
def test_every_part_that_is_said_has_one_origin_inside_the_chain(chain: list[ProcedureContent]) -> None:
    found = origins(chain)
    assert set(found) <= set(TRACED)
    for part in ("conditions", "note", "reception"):
        assert (part in found) == bool(chain and getattr(chain[-1], part))
        if part in found:
            assert getattr(chain[found[part]], part) == getattr(chain[-1], part)
