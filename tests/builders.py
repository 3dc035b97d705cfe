"""Real rows through the models and the projection; a test names only what it cares about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from catalogue.clock import VIETNAM
from catalogue.models import (
    Agency,
    Decision,
    DecisionLine,
    LineTarget,
    Procedure,
    ProcedureVersion,
    Setting,
    Succession,
)
from catalogue.services.projection import project
from catalogue.services.versions import make_version
from decisions.content import (
    Bodies,
    Case,
    Channel,
    ChannelKind,
    Fee,
    FeeKind,
    LegalBasis,
    Named,
    Paper,
    ProcedureContent,
    Step,
    TimeLimit,
)
from decisions.numbering import parse_decision_number
from decisions.text import fold

PROVINCE = "Chủ tịch Ủy ban nhân dân tỉnh Sông Thao"


def moment(day: date, hour: int = 9) -> datetime:
    """A moment of a Vietnamese day."""
    return datetime.combine(day, time(hour), VIETNAM)


def make_content(
    name: str = "Đăng ký khai sinh", *, time_limit: str = "01 ngày làm việc", **parts: Any
) -> ProcedureContent:
    """A complete text; ``parts`` replace what a test is about."""
    values: dict[str, Any] = {
        "sectors": (Named("Hộ tịch"),),
        "steps": (Step("Nộp hồ sơ tại nơi cư trú.", "Nộp hồ sơ"),),
        "cases": (Case(papers=(Paper("Tờ khai theo mẫu", originals=1),)),),
        "channels": (Channel(ChannelKind.DIRECT), Channel(ChannelKind.ONLINE)),
        "times": (TimeLimit(time_limit),),
        "fees": (Fee(FeeKind.CHARGE, text="Lệ phí 8.000 đồng/việc", exempt=("Người thuộc hộ nghèo",)),),
        "subjects": (Named("Công dân Việt Nam"),),
        "bodies": Bodies(executing=(Named("Ủy ban nhân dân cấp xã"),)),
        "outcomes": (Named("Giấy khai sinh"),),
        "bases": (LegalBasis("Luật Hộ tịch", "60/2014/QH13"),),
        "reception": "Trung tâm Phục vụ hành chính công cấp xã",
    }
    return ProcedureContent(name=name, **{**values, **parts})


def make_agency(session: Session, name: str = PROVINCE, **columns: Any) -> Agency:
    """A body; the same name gives the same row."""
    found = session.query(Agency).filter_by(name=name).first()
    if found is None:
        found = Agency(name=name, folded_name=fold(name), **{"kind": "committee_province", **columns})
        session.add(found)
        session.flush()
    return found


def make_decision(
    session: Session, number: str = "2815/QĐ-UBND", signed_on: date | None = None, **columns: Any
) -> Decision:
    """An issued decision without lines."""
    parsed = parse_decision_number(number)
    issuer = make_agency(session, columns.pop("issuer", PROVINCE))
    values = {
        "kind": "publication", "status": "issued", "subject": "Công bố danh mục thủ tục hành chính",
        "created_at": moment(signed_on or date(2025, 7, 1)), "issued_at": moment(signed_on or date(2025, 7, 1)),
        "effect_type": "on_signing", "effect_from": signed_on, **columns,
    }  # fmt: skip
    decision = Decision(
        number=number, number_key=parsed.key, year=signed_on.year if signed_on else None, issuer_id=issuer.id,
        issuer_text=issuer.name, signed_on=signed_on, **values,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    return decision


def _next_number(session: Session) -> str:
    return f"{7000 + session.query(Decision).count()}/QĐ-UBND"


def make_line(session: Session, decision: Decision, kind: str = "introduced", **columns: Any) -> DecisionLine:
    """The next row of a decision's annex."""
    position = len(decision.lines)
    line = DecisionLine(position=position, ordinal=str(position + 1), kind=kind, **columns)
    decision.lines.append(line)
    session.flush()
    return line


def make_procedure(
    session: Session, key: str = "1.001193", *, register: str = "public", code: str | None = ""
) -> Procedure:
    """An identity without texts; the same key gives the same row."""
    found = session.query(Procedure).filter_by(key=key).first()
    if found is None:
        known = (None if key.startswith("chua-co-ma") else key) if code == "" else code
        found = Procedure(key=key, code=known, register=register, created_at=moment(date(2025, 7, 1)))
        session.add(found)
        session.flush()
    return found


def put_in_force(
    session: Session, key: str = "1.001193", content: ProcedureContent | None = None, *, on: date,
    level: str = "commune", kind: str = "introduced", decision: Decision | None = None, until: date | None = None,
    known_on: date | None = None, register: str = "public", **line: Any,
) -> ProcedureVersion:  # fmt: skip
    """A text that binds from a day, through a decision of that day unless another is given; projected."""
    procedure = make_procedure(session, key, register=register)
    content = content or make_content()
    decision = decision or make_decision(session, _next_number(session), on)
    recorded = moment(known_on) if known_on else decision.issued_at or moment(on)
    made = make_line(session, decision, kind, name=content.name, code_printed=key, level=level, **line)
    version = make_version(session, procedure, level, content, recorded)
    session.add(
        LineTarget(
            line_id=made.id,
            procedure_id=procedure.id,
            level=level,
            version_id=version.id,
            effective_on=on,
            until=until,
            recorded_at=recorded,
        )  # fmt: skip
    )
    project(session, [procedure.id])
    return version


def end(
    session: Session, key: str, *, on: date, level: str = "commune", kind: str = "abolished",
    decision: Decision | None = None, successors: Iterable[str] = (), **line: Any,
) -> DecisionLine:  # fmt: skip
    """Take a procedure out of force at a level, with its successors."""
    procedure = make_procedure(session, key)
    decision = decision or make_decision(session, _next_number(session), on)
    made = make_line(session, decision, kind, code_printed=key, level=level, **line)
    session.add(
        LineTarget(
            line_id=made.id,
            procedure_id=procedure.id,
            level=level,
            version_id=None,
            effective_on=on,
            recorded_at=decision.issued_at or moment(on),
        )  # fmt: skip
    )
    for successor in successors:
        new = make_procedure(session, successor)
        session.add(Succession(line_id=made.id, old_procedure_id=procedure.id, new_procedure_id=new.id))
    project(session, [procedure.id])
    return made


def make_settings(session: Session, **values: str) -> None:
    """Names and contacts of the province."""
    for key, value in values.items():
        session.merge(Setting(key=key, value=value))
    session.flush()
