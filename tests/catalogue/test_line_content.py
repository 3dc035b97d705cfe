"""What a row of a list changes in a text, and what it leaves."""

from __future__ import annotations

from catalogue.models import DecisionLine
from catalogue.services.line_content import line_content
from decisions.content import Bodies, LegalBasis, Named, ProcedureContent, TimeLimit
from decisions.reading import parse_time

TEXT = ProcedureContent(
    name="Đăng ký khai sinh",
    times=(parse_time("05 ngày làm việc"),),
    bases=(LegalBasis("Nghị định số 123/2015/NĐ-CP", "123/2015/NĐ-CP", "Điều 9"), LegalBasis("Luật Hộ tịch")),
    bodies=Bodies(executing=(Named("Ủy ban nhân dân cấp xã", "000.00.00.H44"),)),
    subjects=(Named("Công dân Việt Nam", "1"),),
)


def row(kind: str = "amended", **fields: str) -> DecisionLine:
    return DecisionLine(kind=kind, name=TEXT.name, sector="", content="", fields=fields)


def test_a_list_that_prints_only_the_time_after_the_cut_keeps_the_time_before() -> None:
    (limit,) = line_content(row("simplified", cut="03 ngày làm việc"), TEXT).times
    assert (limit.text, limit.cut_text, limit.cut_quantity) == ("05 ngày làm việc", "03 ngày làm việc", 3)


def test_a_cut_without_any_time_before_is_still_said() -> None:
    assert line_content(row("simplified", cut="03 ngày"), ProcedureContent(name="x")).times == (
        TimeLimit(cut_text="03 ngày"),
    )


def test_what_is_named_again_keeps_its_number_code_and_articles() -> None:
    fields = {
        "basis": "- Luật Đất đai 2024;\n- Nghị định số 123/2015/NĐ-CP.",
        "agency": "Uỷ ban nhân dân cấp xã",
        "subjects": "Công dân Việt Nam; Người nước ngoài",
    }
    text = line_content(row(**fields), TEXT)
    assert text.bases == (LegalBasis("Luật Đất đai 2024"), TEXT.bases[0])
    assert text.bodies.executing == TEXT.bodies.executing
    assert text.subjects == (TEXT.subjects[0], Named("Người nước ngoài"))
