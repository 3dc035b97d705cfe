"""Steps, cases, papers and official forms as rows that can be added, moved and taken out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from itsdangerous import BadSignature, Signer
from wtforms import FormField, HiddenField

from catalogue.glossary import PARTS
from catalogue.services.extras import ExtraBook, mark_of
from catalogue.web.fields import AreaField, LineField, UploadField
from catalogue.web.office.forms.content_fields import (
    LONG,
    SHORT,
    CheckField,
    CountField,
    FeeForm,
    RowForm,
    TimeForm,
    rows_of,
    shown_fee,
    shown_time,
    written_fees,
    written_time,
)
from decisions.content import Case, OfficialForm, Paper, ProcedureContent, Step
from decisions.text import spelling

Data = dict[str, Any]


class StepForm(RowForm):
    """One step of the order of execution."""

    name = LineField(_l("Tên bước (nếu có)"), [SHORT])
    text = AreaField(_l("Nội dung"), [LONG])
    kept = HiddenField()


class StepsForm(RowForm):
    """The order of execution."""

    steps = rows_of(StepForm)


class PaperForm(RowForm):
    """One item of the dossier."""

    name = AreaField(_l("Tên giấy tờ"), [LONG])
    originals = CountField(_l("Bản chính"))
    copies = CountField(_l("Bản sao"))
    electronic = CheckField(_l("Có mẫu điện tử"))
    forms = AreaField(_l("Mẫu đơn, tờ khai (mỗi dòng một mẫu)"), [LONG])
    named = HiddenField()
    code = HiddenField()
    kept = HiddenField()


class CaseForm(RowForm):
    """A case with its own papers, and its own steps, time and fees where they differ."""

    name = AreaField(_l("Tên trường hợp"), [LONG], description=_l("Để trống khi thủ tục chỉ có một trường hợp."))
    papers = rows_of(PaperForm)
    time = FormField(TimeForm)
    steps = rows_of(StepForm)
    fees = rows_of(FeeForm)
    code = HiddenField()
    kept = HiddenField()


class DossierForm(RowForm):
    """What has to be handed in."""

    cases = rows_of(CaseForm)
    dossier_sets = LineField(PARTS["dossier_sets"], [SHORT], description=_l("Ví dụ: 01 bộ."))


class OfficialFormForm(RowForm):
    """A form by name, with its file."""

    name = AreaField(_l("Tên mẫu"), [LONG])
    upload = UploadField(_l("Tệp của mẫu"))
    file = HiddenField()
    without = CheckField(_l("Bỏ tệp này"))
    kept = HiddenField()


class FormsForm(RowForm):
    """Forms as files."""

    forms = rows_of(OfficialFormForm)


# ------------------------------------------------------------------ steps


def shown_steps(content: ProcedureContent) -> Data:
    """Texts of ``StepsForm``."""
    return {"steps": _shown_steps(content.steps)}


def written_steps(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``StepsForm``; empty rows are left out."""
    return {"steps": _written_steps(data["steps"], extras)}


def _shown_steps(steps: Iterable[Step]) -> list[Data]:
    return [{"name": step.name, "text": step.text, "kept": mark_of(step.extra)} for step in steps]


def _written_steps(rows: Iterable[Data], extras: ExtraBook) -> tuple[Step, ...]:
    found = (Step(row["text"] or "", row["name"] or "", extras.of(row["kept"])) for row in rows)
    return tuple(step for step in found if step != Step(""))


# ------------------------------------------------------------------ cases and papers


def shown_dossier(content: ProcedureContent) -> Data:
    """Texts of ``DossierForm``; a text without a case starts with an empty one."""
    return {"cases": [_shown_case(case) for case in content.cases or (Case(),)], "dossier_sets": content.dossier_sets}


def _shown_case(case: Case) -> Data:
    return {
        "name": case.name, "code": case.code, "papers": [_shown_paper(paper) for paper in case.papers],
        "time": shown_time(case.time), "steps": _shown_steps(case.steps), "fees": [shown_fee(fee) for fee in case.fees],
        "kept": mark_of(case.extra),
    }  # fmt: skip


def _shown_paper(paper: Paper) -> Data:
    return {
        "name": paper.name, "originals": paper.originals, "copies": paper.copies, "electronic": paper.electronic,
        "forms": "\n".join(" ".join(form.name.split()) for form in paper.forms), "code": paper.code,
        "named": json.dumps([[form.name, mark_of(form.extra)] for form in paper.forms], ensure_ascii=False),
        "kept": mark_of(paper.extra),
    }  # fmt: skip


def written_dossier(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``DossierForm``; empty rows are left out."""
    known = [*(form for paper in current.papers for form in paper.forms), *current.forms]
    cases = (_written_case(row, known, extras) for row in data["cases"])
    return {
        "cases": tuple(case for case in cases if case != Case()),
        "dossier_sets": data["dossier_sets"] or "",
    }


def _written_case(row: Data, known: list[OfficialForm], extras: ExtraBook) -> Case:
    papers = (_written_paper(paper, known, extras) for paper in row["papers"])
    return Case(
        name=row["name"] or "", code=row["code"] or "", steps=_written_steps(row["steps"], extras),
        papers=tuple(paper for paper in papers if paper != Paper("")), time=written_time(row["time"]),
        fees=written_fees(row["fees"], extras), extra=extras.of(row["kept"]),
    )  # fmt: skip


def _written_paper(row: Data, known: list[OfficialForm], extras: ExtraBook) -> Paper:
    return Paper(
        name=row["name"] or "", originals=row["originals"] or 0, copies=row["copies"] or 0,
        forms=_written_names(row, known),
        electronic=bool(row["electronic"]), code=row["code"] or "", extra=extras.of(row["kept"]),
    )  # fmt: skip


def _written_names(row: Data, known: list[OfficialForm]) -> tuple[OfficialForm, ...]:
    """The forms a paper names; the row's own come back with all they had, others with the file of their name."""
    marks = _marks(row["named"])
    found = []
    for name in filter(None, map(str.strip, (row["forms"] or "").split("\n"))):
        mark = next((marks.pop(at)[1] for at, pair in enumerate(marks) if spelling(pair[0]) == spelling(name)), "")
        alike = [form for form in known if spelling(form.name) == spelling(name)]
        own = [form for form in alike if mark and mark_of(form.extra) == mark] or alike
        found.append(own[0] if own else OfficialForm(name))
    return tuple(found)


def _marks(written: object) -> list[tuple[str, str]]:
    try:
        return [(str(name), str(mark)) for name, mark in json.loads(str(written or "[]"))]
    except (ValueError, TypeError):
        return []


# ------------------------------------------------------------------ forms with files


def shown_forms(content: ProcedureContent) -> Data:
    """Texts of ``FormsForm``."""
    rows = [{"name": form.name, "file": signed_file(form.file), "kept": mark_of(form.extra)} for form in content.forms]
    return {"forms": rows}


def written_forms(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``FormsForm``; a row with a file only takes the name of the file."""
    found = (
        OfficialForm(row["name"] or "", "" if row["without"] else file_of(row["file"]), extras.of(row["kept"]))
        for row in data["forms"]
    )
    return {"forms": tuple(form for form in found if form != OfficialForm())}


def signed_file(sha256: str) -> str:
    """The mark of a stored file as a page may carry it: nobody can name a file they were not given."""
    return _signer().sign(sha256.encode()).decode() if sha256 else ""


def file_of(signed: object) -> str:
    """The SHA-256 behind a mark; empty when it is none of ours."""
    try:
        return _signer().unsign(str(signed or "").encode()).decode()
    except BadSignature:
        return ""


def _signer() -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt="form-file")
