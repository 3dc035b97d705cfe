"""A public workflow as a paper: in the ISO layout or as a table, on the day shown."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalogue.extensions import db
from catalogue.queries import history
from catalogue.queries.facts import State
from catalogue.queries.workflows import workflows_for
from catalogue.web.portal import bp, moment, site
from catalogue.web.portal.procedures import public_procedure
from catalogue.web.workflow_downloads import answer, layout_of
from catalogue.workflow_papers import binding_paper


@bp.get("/thu-tuc/<string:key>/quy-trinh.<any(pdf, docx):suffix>")
def download_workflow(key: str, suffix: str) -> ResponseReturnValue:
    """The workflow with number ``so`` on the page of the day; one that is kept inside is not found."""
    now = moment.current(with_knowledge=False)
    procedure = public_procedure(key)
    layout = layout_of(request.args)
    session = db.session()
    terms = [term for term in history.terms(session, procedure.id) if term.valid_from <= now.on]
    levels = {term.level for term in terms if term.state_on(now.on) is State.IN_FORCE}
    found = workflows_for(session, procedure.id, now.on, levels)
    number = request.args.get("so", 1, type=int)
    if not 1 <= number <= len(found) or not found[number - 1].decision.workflows_public:
        abort(404, description=_("Ngày này thủ tục không có quy trình công khai số %(number)s.", number=number))
    text = binding_paper(
        found[number - 1], layout, on=now.on, today=now.today, frame=site.current().frame, name=terms[-1].name
    )
    return answer(text, suffix, f"quy-trinh-{procedure.key}-{number}-{layout.value}")
