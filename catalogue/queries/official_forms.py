"""Forms as files: those that a text names, and those that anybody may take away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import LineTarget, ProcedureVersion, StoredFile
from decisions.content import OfficialForm, ProcedureContent
from decisions.text import spelling


@dataclass(frozen=True)
class FormFile:
    """A stored form; ``size`` in bytes."""

    sha256: str
    name: str
    media_type: str
    size: int


def forms_of(content: ProcedureContent) -> tuple[OfficialForm, ...]:
    """Every form a text names, those of its papers included."""
    return (*content.forms, *(form for paper in content.papers for form in paper.forms))


def each_form(content: ProcedureContent) -> tuple[OfficialForm, ...]:
    """Every form of a text once, however often its papers name it."""
    return tuple({spelling(form.name): form for form in reversed(forms_of(content))}.values())[::-1]


def form_files(session: Session, content: ProcedureContent) -> Mapping[str, FormFile]:
    """The files of the forms of a text by the spelling of their names: a paper that names a form has its file."""
    marks = {form.file for form in forms_of(content) if form.file}
    if not marks:
        return {}
    columns = (StoredFile.sha256, StoredFile.name, StoredFile.media_type, StoredFile.size)
    rows = session.execute(select(*columns).where(StoredFile.sha256.in_(marks)))
    files = {row.sha256: FormFile(row.sha256, row.name, row.media_type, row.size) for row in rows}
    return {spelling(form.name): files[form.file] for form in reversed(forms_of(content)) if form.file in files}


def public_form(session: Session, procedure_id: int, sha256: str) -> StoredFile | None:
    """The file, when an issued text of the procedure gives it out; a draft's forms are nobody's yet."""
    query = (
        select(ProcedureVersion)
        .join(LineTarget, LineTarget.version_id == ProcedureVersion.id)
        .where(ProcedureVersion.procedure_id == procedure_id, ProcedureVersion.content.contains(sha256))
    )
    named = (form.file for version in session.scalars(query) for form in forms_of(version.value))
    return session.get(StoredFile, sha256) if sha256 in named else None
