"""Forms to fill in, as files, right where the procedure names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalogue.extensions import db
from catalogue.queries import official_forms
from catalogue.queries.official_forms import FormFile
from catalogue.web.attachment import attachment
from catalogue.web.portal import bp
from catalogue.web.portal.procedures import public_procedure
from decisions.content import OfficialForm, ProcedureContent
from decisions.text import spelling

KIND_WORDS: Mapping[str, str] = {
    "pdf": "PDF", "doc": "Word", "docx": "Word", "xls": "Excel", "xlsx": "Excel", "odt": "OpenDocument",
    "ods": "OpenDocument", "rtf": "RTF", "png": "ảnh", "jpg": "ảnh",
}  # fmt: skip


@bp.get("/thu-tuc/<string:key>/bieu-mau/<string:sha256>")
def download_form(key: str, sha256: str) -> ResponseReturnValue:
    """A form of the procedure, of any of its issued texts; the address names the bytes and so never changes them."""
    procedure = public_procedure(key)
    stored = official_forms.public_form(db.session(), procedure.id, sha256)
    if stored is None:
        abort(404, description=_("Thủ tục này không có biểu mẫu ở địa chỉ vừa mở."))
    return attachment(stored.data, stored.media_type, stored.name)


@bp.app_template_global()
def form_files(content: ProcedureContent) -> Mapping[str, FormFile]:
    """The files of the forms of a text."""
    return official_forms.form_files(db.session(), content)


@bp.app_template_filter()
def each_form(content: ProcedureContent) -> Sequence[OfficialForm]:
    """Every form of a text once."""
    return official_forms.each_form(content)


@bp.app_template_filter()
def file_in(form: OfficialForm, files: Mapping[str, FormFile]) -> FormFile | None:
    """The file of a form, its own or that of the form of the same name."""
    return files.get(spelling(form.name))


@bp.app_template_filter()
def file_kind(file: FormFile) -> str:
    """What program opens it."""
    return KIND_WORDS.get(file.name.rpartition(".")[2], _("tệp"))
