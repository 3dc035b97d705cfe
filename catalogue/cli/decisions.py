"""``catalogue decision …`` and ``catalogue replay``: the way of a decision under the same rules as on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import clock, glossary
from catalogue.cli import answers
from catalogue.cli.answers import Refused, as_account, as_json
from catalogue.cli.writing import index_changes, writing
from catalogue.extensions import db
from catalogue.messages import problem_sentence, refusal_sentence
from catalogue.models import Account, Decision, DecisionLine, Procedure, ProcedureVersion
from catalogue.permissions import Permission
from catalogue.services import drafting, projection, publication
from catalogue.services.publication import NotIssuable, PlanChanged, Rehearsal
from catalogue.services.workflow_projection import check_workflows
from decisions.effects import EffectKind
from decisions.kinds import DecisionStatus
from decisions.lifecycle import NotAllowed
from decisions.problems import Problem
from search_index.ports import SearchError

HEAD = (
    "id", "number", "kind", "register", "status", "signed_on", "issuer_text", "subject", "effect_type", "effect_from",
)  # fmt: skip
LINE = ("position", "kind", "code_printed", "name", "level", "sector", "fields", "changed_parts", "cells")
# What an effect does to one text; the rehearsal page says it at length.
EFFECTS = {
    EffectKind.OPENS: "nội dung mới có hiệu lực từ",
    EffectKind.CLOSES: "nội dung đang có hết hiệu lực từ",
    EffectKind.WITHDRAWN: "nội dung bị rút lại từ",
    EffectKind.PROLONGED: "nội dung đang có kéo dài từ",
    EffectKind.MOVED: "nội dung đổi ngày có hiệu lực, khác từ",
}
ACT = ("kind", "target_text", "serials", "sentence", "whole", "effective_on", "confirmed_at", "dismissed")


@click.group("decision")
def group() -> None:
    """Xem, chạy thử và đưa một quyết định qua các bước."""


@group.command("show")
@click.argument("reference", metavar="ID")
@as_json
def show(reference: str, as_json: bool) -> None:
    """Đầu quyết định, các dòng, các dòng chưa giải thích được và tác động lên quyết định trước."""
    decision = answers.decision(db.session(), reference)
    value = {
        **_head(decision),
        "lines": [{name: getattr(line, name) for name in LINE} for line in decision.lines],
        "leftovers": [{"text": row.text, "place": row.place, "handling": row.handling} for row in decision.leftovers],
        "acts": [{name: getattr(act, name) for name in ACT} for act in decision.acts],
    }
    text = [_title(decision), *(f"  {_line_text(line)}" for line in decision.lines)]
    text += [f"  Chưa giải thích được: {row.place}: «{row.text}»" for row in decision.leftovers if not row.handling]
    text += [f"  {glossary.ACTS.get(act.kind, act.kind)}: {act.target_text}" for act in decision.acts]
    answers.answer(value, "\n".join(text), as_json=as_json)


@group.command("rehearse")
@click.argument("reference", metavar="ID")
@click.option("--as", "username", metavar="ACCOUNT", help="Không bắt buộc: chạy thử không thay đổi gì.")
@as_json
def rehearse(reference: str, username: str | None, as_json: bool) -> None:
    """Quyết định này sẽ thay đổi những gì; mã thoát 1 khi còn vướng mắc."""
    session = db.session()
    decision = answers.decision(session, reference)
    if username:
        answers.account(session, username, Permission.READ, "xem quyết định")
    if decision.status == DecisionStatus.ISSUED:
        raise Refused(f"Quyết định {decision.number} đã ban hành nên không còn gì để chạy thử.")
    rehearsal = publication.rehearse(session, decision, clock.now())
    named = _named(session, rehearsal)
    effects = [
        {
            "procedure": named[e.procedure][0] or None,
            "name": named[e.procedure][1],
            "level": e.level,
            "kind": e.kind.value,
            "first_day": e.first_day,
        }
        for e in rehearsal.plan.effects
    ]
    problems = [
        {"key": p.key, "code": p.code, "where": p.where, "blocking": p.blocking, "message": problem_sentence(p)}
        for p in rehearsal.open
    ]
    value = {**_head(decision), "fingerprint": rehearsal.fingerprint, "effects": effects, "problems": problems}
    answers.answer(value, _rehearsal_text(decision, rehearsal, named), as_json=as_json)
    if rehearsal.open:
        raise Refused(_obstacles(decision, rehearsal.open))


Step = Callable[[Decision, Account], Any]


@contextmanager
def _told() -> Iterator[None]:
    """Every refusal of the services as a sentence."""
    try:
        yield
    except NotAllowed as error:
        raise Refused(refusal_sentence(error)) from None
    except PlanChanged:
        raise Refused("Nội dung hoặc tác động đã khác với bản được xem; hãy chạy thử lại rồi mới tiếp tục.") from None
    except drafting.DraftingError as error:
        raise Refused(str(error)) from None


def _take(reference: str, username: str, permission: Permission, doing: str, as_json: bool, step: Step) -> None:
    """One step in one transaction, then the index."""
    session = db.session()
    with _told(), writing(session) as work:
        actor = answers.account(work.session, username, permission, doing)
        decision = answers.seen_by(work.session, actor, reference)
        try:
            step(decision, actor)
        except NotIssuable as error:
            listed = "\n".join(_sentences(error.problems))
            raise Refused(f"{_obstacles(decision, error.problems)}\n{listed}") from None
        number = decision.id
    answers.answer(_head(done := session.get_one(Decision, number)), _title(done), as_json=as_json)
    try:
        index_changes(session)
    except SearchError as error:
        answers.remark(f"Bước này đã được ghi nhận. {error} Sau khi xử lý, hãy chạy: catalogue search rebuild.")


@group.command("submit")
@click.argument("reference", metavar="ID")
@as_account
@as_json
def submit(reference: str, username: str, as_json: bool) -> None:
    """Trình dự thảo để kiểm soát."""
    _take(
        reference, username, Permission.DRAFT, "soạn và trình quyết định", as_json,
        lambda d, a: publication.submit(db.session(), d, actor=a, now=clock.now()),
    )  # fmt: skip


@group.command("review")
@click.argument("reference", metavar="ID")
@as_account
@as_json
def review(reference: str, username: str, as_json: bool) -> None:
    """Kiểm soát hình thức và nội dung; phải là người khác người soạn."""
    _take(
        reference, username, Permission.REVIEW, "kiểm soát quyết định", as_json,
        lambda d, a: publication.review(db.session(), d, actor=a, now=clock.now()),
    )  # fmt: skip


@group.command("approve")
@click.argument("reference", metavar="ID")
@click.option("--seen", metavar="FINGERPRINT", help="Dấu của bản chạy thử đã xem; bỏ trống là bản chạy thử lúc này.")
@as_account
@as_json
def approve(reference: str, seen: str | None, username: str, as_json: bool) -> None:
    """Phê duyệt đúng bản chạy thử; phải là người thứ ba."""

    def step(decision: Decision, actor: Account) -> None:
        now = clock.now()
        print_ = seen or publication.rehearse(db.session(), decision, now).fingerprint
        publication.approve(db.session(), decision, seen=print_, actor=actor, now=now)

    _take(reference, username, Permission.APPROVE, "phê duyệt quyết định", as_json, step)


@group.command("issue")
@click.argument("reference", metavar="ID")
@as_account
@as_json
def issue(reference: str, username: str, as_json: bool) -> None:
    """Ghi nhận đã ban hành và thực hiện đúng những gì đã phê duyệt."""
    _take(
        reference, username, Permission.ISSUE, "ghi nhận ban hành quyết định", as_json,
        lambda d, a: publication.issue(db.session(), d, actor=a, now=clock.now()),
    )  # fmt: skip


@group.command("return")
@click.argument("reference", metavar="ID")
@click.option("--note", required=True, help="Lý do trả lại.")
@as_account
@as_json
def send_back(reference: str, note: str, username: str, as_json: bool) -> None:
    """Trả lại người soạn kèm lý do."""
    _take(
        reference, username, Permission.SEND_BACK, "trả lại quyết định", as_json,
        lambda d, a: publication.send_back(db.session(), d, note=note, actor=a, now=clock.now()),
    )  # fmt: skip


@group.command("confirm")
@click.argument("reference", metavar="ID")
@click.argument("keys", nargs=-1, metavar="[KEY]…")
@click.option("--reason", required=True, help="Lý do xác nhận; được lưu cùng tên người xác nhận.")
@as_account
@as_json
def confirm(reference: str, keys: tuple[str, ...], reason: str, username: str, as_json: bool) -> None:
    """Xác nhận các cảnh báo nêu tên; không nêu thì mọi cảnh báo được phép xác nhận."""

    def step(decision: Decision, actor: Account) -> None:
        now = clock.now()
        standing = {problem.key: problem for problem in publication.rehearse(db.session(), decision, now).open}
        for key in keys or [problem.key for problem in standing.values() if not problem.blocking]:
            if key not in standing:
                raise Refused(f"Quyết định này không có cảnh báo nào mang khóa «{key[:80]}» đang chờ xác nhận.")
            if standing[key].blocking:
                raise Refused(f"Không xác nhận được, phải sửa: {problem_sentence(standing[key])}")
            drafting.confirm_problem(db.session(), decision, key, reason=reason, actor=actor, now=now)

    _take(reference, username, Permission.DRAFT, "soạn và xác nhận quyết định", as_json, step)


@click.command("replay")
@click.option("--check", "check", is_flag=True, required=True, help="Chỉ đối chiếu, không sửa.")
@as_json
def replay(check: bool, as_json: bool) -> None:
    """Tính lại hiệu lực từ sổ quyết định và nêu mọi giá trị lưu khác với kết quả; mã thoát 1 khi có sai khác."""
    found = [*projection.check(db.session()), *check_workflows(db.session())]
    lines = [_difference(d) for d in found] or ["Không có sai khác: mọi giá trị lưu đúng với sổ quyết định."]
    answers.answer({"differences": [vars(d) for d in found]}, "\n".join(lines), as_json=as_json)
    if found:
        raise Refused(f"Có {len(found)} giá trị lưu khác với sổ quyết định.")


def _difference(d: projection.Difference) -> str:
    where = f"{d.procedure} ({_level(d.level)})" if d.level else d.procedure
    return f"{where}: {d.what} đang lưu «{d.stored or 'không có'}», tính lại là «{d.expected or 'không có'}»."


def _head(decision: Decision) -> dict[str, Any]:
    return {name: getattr(decision, name) for name in HEAD}


def _title(decision: Decision) -> str:
    status = glossary.DECISION_STATUSES[decision.status].lower()
    return f"[{decision.id}] {decision.number or 'chưa có số'} ({status}): {decision.subject}"


def _line_text(line: DecisionLine) -> str:
    words = (glossary.KINDS.get(line.kind, line.kind), line.code_printed or "chưa có mã", line.name, _level(line.level))
    return f"{line.position + 1}. {words[0]}: {words[1]} {words[2]} ({words[3]})"


def _level(level: str) -> str:
    return glossary.LEVELS.get(level, level).lower()


def _named(session: Session, rehearsal: Rehearsal) -> dict[str, tuple[str, str]]:
    """Key -> code (empty: none yet) and name of every procedure that an effect speaks of."""
    named = {
        target.track[0]: (target.procedure.code or "" if target.procedure else target.line.code_key, target.line.name)
        for target in rehearsal.plan.targets
    }
    for key in {effect.procedure for effect in rehearsal.plan.effects} - set(named):
        found = session.execute(
            select(Procedure.code, ProcedureVersion.name)
            .join(ProcedureVersion, ProcedureVersion.procedure_id == Procedure.id)
            .where(Procedure.key == key)
            .order_by(ProcedureVersion.number.desc())
        ).first()
        named[key] = (found.code or "", found.name) if found else ("", "")
    return named


def _rehearsal_text(decision: Decision, rehearsal: Rehearsal, named: Mapping[str, tuple[str, str]]) -> str:
    effects = [
        f"  {named[e.procedure][0] or 'chưa có mã'} {named[e.procedure][1]} ({_level(e.level)}): "
        f"{EFFECTS[e.kind]} {e.first_day:%d/%m/%Y}"
        for e in rehearsal.plan.effects
    ] or ["  Không thay đổi gì trong danh mục."]
    return "\n".join([_title(decision), *effects, *_sentences(rehearsal.open)])


def _obstacles(decision: Decision, problems: list[Problem]) -> str:
    """How many there are; the lines after it say which."""
    blocking = sum(problem.blocking for problem in problems)
    shown = f"Quyết định {decision.number or decision.id} còn {len(problems)} vướng mắc"
    return f"{shown} ({blocking} phải sửa, {len(problems) - blocking} chờ xác nhận)."


def _sentences(problems: list[Problem]) -> list[str]:
    return [f"  {'Phải sửa' if p.blocking else 'Chờ xác nhận'}: {problem_sentence(p)}" for p in problems]


COMMANDS = (group, replay)
