"""The sections in which a text is written: their forms, and how values become fields and fields values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from catalogue.services.extras import ExtraBook
from catalogue.web.office.forms import content_dossier as dossier
from catalogue.web.office.forms import content_plain as plain
from catalogue.web.office.forms import content_terms as terms
from catalogue.web.office.forms.content_fields import RowForm
from decisions.content import ProcedureContent

Shown = Callable[[ProcedureContent], dict[str, Any]]
Written = Callable[[dict[str, Any], ProcedureContent, ExtraBook], dict[str, Any]]


@dataclass(frozen=True)
class Section:
    """One page of the editor. ``parts`` are names of ``decisions.content.PARTS``; ``counted`` the part of
    ``decisions.completeness`` that tells how the section stands, if any."""

    slug: str
    title: Any
    parts: tuple[str, ...]
    form: type[RowForm]
    shown: Shown
    written: Written
    counted: str = ""

    def untouched(self, current: ProcedureContent, extras: ExtraBook) -> Mapping[str, Any]:
        """The parts as the form gives them back when nobody touches it. They can differ from what is stored in blanks
        at line ends or empty rows."""
        return self.written(self.filled(current).data, current, extras)

    def filled(self, content: ProcedureContent) -> RowForm:
        """The form as a page shows it."""
        form: RowForm = self.form(formdata=None, data=self.shown(content))
        return form


SECTIONS: tuple[Section, ...] = (
    Section("ten", _l("Tên gọi, lĩnh vực"), ("name", "friendly_name", "other_names", "sectors", "keywords"),
            plain.NamesForm, plain.shown_names, plain.written_names, "name"),
    Section("trinh-tu", _l("Trình tự thực hiện"), ("steps",), dossier.StepsForm, dossier.shown_steps,
            dossier.written_steps, "steps"),
    Section("cach-thuc", _l("Cách thức thực hiện"), ("channels", "online", "flags"), terms.ChannelsForm,
            terms.shown_channels, terms.written_channels, "channels"),
    Section("ho-so", _l("Thành phần, số lượng hồ sơ"), ("cases", "dossier_sets"), dossier.DossierForm,
            dossier.shown_dossier, dossier.written_dossier, "papers"),
    Section("thoi-han", _l("Thời hạn giải quyết"), ("times",), terms.TimesForm, terms.shown_times,
            terms.written_times, "times"),
    Section("doi-tuong", _l("Đối tượng thực hiện"), ("subjects",), plain.SubjectsForm, plain.shown_subjects,
            plain.written_subjects, "subjects"),
    Section("co-quan", _l("Cơ quan, nơi tiếp nhận và trả kết quả"), ("bodies", "reception", "returning"),
            plain.BodiesForm, plain.shown_bodies, plain.written_bodies, "bodies"),
    Section("ket-qua", _l("Kết quả thực hiện"), ("outcomes",), plain.OutcomesForm, plain.shown_outcomes,
            plain.written_outcomes, "outcomes"),
    Section("bieu-mau", _l("Mẫu đơn, mẫu tờ khai"), ("forms",), dossier.FormsForm, dossier.shown_forms,
            dossier.written_forms, "forms"),
    Section("phi", _l("Phí, lệ phí"), ("fees",), terms.FeesForm, terms.shown_fees, terms.written_general_fees, "fees"),
    Section("dieu-kien", _l("Yêu cầu, điều kiện"), ("conditions",), plain.ConditionsForm, plain.shown_conditions,
            plain.written_conditions, "conditions"),
    Section("can-cu", _l("Căn cứ pháp lý"), ("bases",), terms.BasesForm, terms.shown_bases, terms.written_bases,
            "bases"),
    Section("khac", _l("Ghi chú, thông tin khác"), ("note",), plain.NoteForm, plain.shown_note, plain.written_note),
)  # fmt: skip
BY_SLUG: Mapping[str, Section] = {section.slug: section for section in SECTIONS}
