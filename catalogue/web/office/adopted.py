"""Adopted workflows: what still lacks one, one of them in full, whether it fits the text in force."""

from __future__ import annotations

import csv
import io
from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from catalogue import clock
from catalogue.extensions import db
from catalogue.glossary import LEVELS, WORKFLOW_PARTS
from catalogue.models import ProcedureVersion, Workflow
from catalogue.permissions import Permission
from catalogue.queries.workflow_tallies import electronic_drafts
from catalogue.queries.workflows import (
    BindingWorkflow,
    WorkflowGap,
    binding_on,
    electronic_made,
    gaps,
    text_on,
    workflows_on,
)
from catalogue.services.electronic import confirm_workflow
from catalogue.services.merging import DraftingError
from catalogue.web.fields import AreaField, Needed, NoLongerThan, OfficeForm
from catalogue.web.guards import requires
from catalogue.web.office import bp
from catalogue.web.office.transaction import saved
from catalogue.web.workflow_view import workflow_view

SHOWN = 200
IN_FORCE, DRAFTED = "dang-ap-dung", "dien-tu-dang-soan"
LACKS = {"": _l("Mọi thiếu sót"), "noi-bo": _l("Chưa có quy trình nội bộ"), "dien-tu": _l("Chưa có quy trình điện tử"),
         "ra-soat": _l("Quy trình cần rà soát")}  # fmt: skip

LISTS = {IN_FORCE: _l("Đang áp dụng"), DRAFTED: _l("Điện tử đang soạn")}


class ConfirmForm(OfficeForm):
    """Why a workflow still fits."""

    reason = AreaField(
        _l("Lý do quy trình vẫn phù hợp"), [Needed(_l("Ghi lý do để người sau hiểu.")), NoLongerThan(2_000)]
    )


@bp.get("/quy-trinh")
@requires(Permission.READ)
def list_gaps() -> ResponseReturnValue:
    """Procedures in force that lack a workflow, oldest first, with the days since."""
    on, wanted = clock.today(), request.args.get("thieu", "")
    if wanted not in (*LACKS, IN_FORCE, DRAFTED):
        abort(404)
    lists = {IN_FORCE: binding_on(db.session(), on), DRAFTED: electronic_drafts(db.session())}
    every = gaps(db.session(), on)
    counts = {name: sum(_lacks(gap, name) for gap in every) for name in LACKS}
    found = [gap for gap in every if _lacks(gap, wanted)]
    return render_template(
        "office/workflow_gaps.html", gaps=found[:SHOWN], total=len(found), counts=counts, lacks=LACKS, wanted=wanted,
        on=on, lists=lists, words=LISTS,
    )  # fmt: skip


@bp.get("/quy-trinh.csv")
@requires(Permission.READ)
def export_gaps() -> ResponseReturnValue:
    """The same list as a table."""
    wanted = request.args.get("thieu", "")
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["Mã", "Tên thủ tục", "Cấp", "Có hiệu lực từ", "Số ngày", "Quy trình nội bộ", "Quy trình điện tử",
                    "Cần rà soát vì"])  # fmt: skip
    for gap in gaps(db.session(), clock.today()):
        if _lacks(gap, wanted):
            table.writerow([_safe(cell) for cell in _cells(gap)])
    answer = Response("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="quy-trinh-con-thieu.csv"'
    return answer


def _cells(gap: WorkflowGap) -> list[str]:
    yes, no = "có", "chưa có"
    return [
        gap.procedure.code or "chưa có mã", gap.version.name, LEVELS[gap.level], f"{gap.in_force_since:%d/%m/%Y}",
        str(gap.days), yes if gap.internal else no, yes if gap.electronic else no,
        ", ".join(WORKFLOW_PARTS[part] for part in gap.moved),
    ]  # fmt: skip


def _safe(cell: str) -> str:
    """No cell of a table opened in a spreadsheet begins a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell


def _lacks(gap: WorkflowGap, wanted: str) -> bool:
    marks = {"noi-bo": not gap.internal, "dien-tu": not gap.electronic, "ra-soat": bool(gap.moved)}
    return marks.get(wanted, True)


def adopted(workflow_id: int) -> Workflow:
    """An adopted workflow, or a page that says there is none."""
    return db.session.get(Workflow, workflow_id) or abort(404)


@bp.get("/quy-trinh/<int:workflow_id>")
@requires(Permission.READ)
def show_adopted(workflow_id: int) -> ResponseReturnValue:
    """One workflow in full, measured against the text in force."""
    return _page(adopted(workflow_id), ConfirmForm(formdata=None))


@bp.post("/quy-trinh/<int:workflow_id>/xac-nhan")
@requires(Permission.REVIEW)
def confirm_adopted(workflow_id: int) -> ResponseReturnValue:
    """A person says that it still fits the text in force."""
    workflow, form = adopted(workflow_id), ConfirmForm()
    if not form.validate():
        return _page(workflow, form), 422

    def change(session: Session) -> None:
        found, version = adopted(workflow_id), _version(adopted(workflow_id))
        if version is None:
            raise DraftingError("Thủ tục không còn nội dung nào có hiệu lực để đối chiếu.")
        confirm_workflow(session, found, version, reason=form.reason.data, actor=g.account, now=clock.now())

    try:
        saved(change)
    except DraftingError as error:
        abort(409, str(error))
    flash(_("Đã ghi xác nhận."))
    return redirect(url_for(".show_adopted", workflow_id=workflow_id), 303)


def _binding(workflow: Workflow) -> BindingWorkflow | None:
    found = workflows_on(db.session(), workflow.procedure_id, clock.today())
    return next((item for item in found if item.workflow.id == workflow.id), None)


def _version(workflow: Workflow) -> ProcedureVersion | None:
    """The text in force that the workflow has to fit."""
    return text_on(db.session(), workflow, clock.today())


def _page(workflow: Workflow, form: ConfirmForm) -> Any:
    version = _version(workflow) or workflow.version
    view = workflow_view(workflow.value, version.value if version else None)
    return render_template(
        "office/adopted.html", workflow=workflow, binding=_binding(workflow), view=view, form=form, version=version,
        electronic=electronic_made(db.session(), workflow.id),
    )  # fmt: skip
