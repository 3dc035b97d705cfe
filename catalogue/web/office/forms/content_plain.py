"""The sections of a text that are plain fields: names, people and bodies, outcomes, conditions, notes."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from catalogue.glossary import BODY_ROLES, PARTS
from catalogue.services.extras import ExtraBook
from catalogue.web.fields import AreaField, LineField, Needed
from catalogue.web.office.forms.content_fields import (
    LONG,
    SHORT,
    RowForm,
    lines_of,
    shown_named,
    written_named,
)
from decisions.content import Bodies, ProcedureContent

Data = dict[str, Any]
_EACH_LINE = _l("Mỗi dòng một mục.")


class NamesForm(RowForm):
    """How the procedure is called and where it belongs."""

    name = AreaField(PARTS["name"], [Needed(_l("Ghi tên thủ tục.")), SHORT])
    friendly_name = LineField(
        PARTS["friendly_name"], [SHORT], description=_l("Tên ngắn người dân hay gọi, ví dụ: Làm giấy khai sinh.")
    )
    other_names = AreaField(PARTS["other_names"], [SHORT], description=_EACH_LINE)
    sectors = AreaField(PARTS["sectors"], [SHORT], description=_l("Mỗi dòng một lĩnh vực; dòng đầu là lĩnh vực chính."))
    keywords = AreaField(PARTS["keywords"], [SHORT], description=_l("Mỗi dòng một từ khóa để tìm."))


def shown_names(content: ProcedureContent) -> Data:
    """Texts of ``NamesForm``."""
    return {
        "name": content.name, "friendly_name": content.friendly_name, "sectors": shown_named(content.sectors),
        "other_names": "\n".join(content.other_names), "keywords": "\n".join(content.keywords),
    }  # fmt: skip


def written_names(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``NamesForm``."""
    return {
        "name": data["name"], "friendly_name": data["friendly_name"] or "", "keywords": lines_of(data["keywords"]),
        "other_names": lines_of(data["other_names"]), "sectors": written_named(data["sectors"], current.sectors),
    }  # fmt: skip


class SubjectsForm(RowForm):
    """Who may ask for it."""

    subjects = AreaField(PARTS["subjects"], [LONG], description=_l("Mỗi dòng một đối tượng, ví dụ: Cá nhân."))


def shown_subjects(content: ProcedureContent) -> Data:
    """Texts of ``SubjectsForm``."""
    return {"subjects": shown_named(content.subjects)}


def written_subjects(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``SubjectsForm``."""
    return {"subjects": written_named(data["subjects"], current.subjects)}


class BodiesForm(RowForm):
    """The four roles, and where papers are handed in and given back."""

    executing = AreaField(BODY_ROLES["executing"], [LONG], description=_l("Mỗi dòng một cơ quan."))
    deciding = AreaField(BODY_ROLES["deciding"], [LONG])
    delegated = AreaField(BODY_ROLES["delegated"], [LONG])
    coordinating = AreaField(BODY_ROLES["coordinating"], [LONG])
    reception = AreaField(PARTS["reception"], [LONG])
    returning = AreaField(PARTS["returning"], [LONG])


def shown_bodies(content: ProcedureContent) -> Data:
    """Texts of ``BodiesForm``."""
    roles = {role: shown_named(getattr(content.bodies, role)) for role in BODY_ROLES}
    return {**roles, "reception": content.reception, "returning": content.returning}


def written_bodies(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``BodiesForm``."""
    roles = {role: written_named(data[role], getattr(current.bodies, role)) for role in BODY_ROLES}
    return {"bodies": Bodies(**roles), "reception": data["reception"] or "", "returning": data["returning"] or ""}


class OutcomesForm(RowForm):
    """What one gets."""

    outcomes = AreaField(PARTS["outcomes"], [LONG], description=_l("Mỗi dòng một kết quả, ví dụ: Giấy khai sinh."))


def shown_outcomes(content: ProcedureContent) -> Data:
    """Texts of ``OutcomesForm``."""
    return {"outcomes": shown_named(content.outcomes)}


def written_outcomes(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``OutcomesForm``."""
    return {"outcomes": written_named(data["outcomes"], current.outcomes)}


class ConditionsForm(RowForm):
    """What has to be fulfilled."""

    conditions = AreaField(
        PARTS["conditions"], [LONG], description=_l("Để trống khi pháp luật không quy định yêu cầu, điều kiện.")
    )


def shown_conditions(content: ProcedureContent) -> Data:
    """Texts of ``ConditionsForm``."""
    return {"conditions": content.conditions}


def written_conditions(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``ConditionsForm``."""
    return {"conditions": data["conditions"] or ""}


class NoteForm(RowForm):
    """What stands nowhere else."""

    note = AreaField(PARTS["note"], [LONG])


def shown_note(content: ProcedureContent) -> Data:
    """Texts of ``NoteForm``."""
    return {"note": content.note}


def written_note(data: Data, current: ProcedureContent, extras: ExtraBook) -> Data:
    """Parts of a filled ``NoteForm``."""
    return {"note": data["note"] or ""}
