"""``catalogue decision …`` and ``catalogue replay``: the way of a decision under the same rules as on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from catalogue import clock, indexing
from catalogue.cli import answers
from catalogue.cli.answers import Refused, as_account, as_json
from catalogue.extensions import db, search
from catalogue.messages import problem_sentence, refusal_sentence
from catalogue.models import Account, Decision
from catalogue.services import drafting, projection, publication
from catalogue.services.publication import NotIssuable, PlanChanged, Rehearsal
from catalogue.unit_of_work import unit_of_work
from decisions.lifecycle import NotAllowed
from decisions.problems import Problem


@click.group("decision")
def group() -> None:
    """Xem, chạy thử và đưa một quyết định qua các bước."""


@group.command("show")
@click.argument("reference", metavar="ID")
@as_json
def show(reference: str, as_json: bool) -> None:
    """Đầu quyết định và các dòng."""
    decision = answers.decision(db.session(), reference)
    value = {**_head(decision), "lines": [_line(line) for line in decision.lines]}
    text = "\n".join(
        [_title(decision), *(f"  {ln.position + 1}. [{ln.kind}] {ln.code_printed} {ln.name}" for ln in decision.lines)]
    )
    answers.answer(value, text, as_json=as_json)


@group.command("rehearse")
@click.argument("reference", metavar="ID")
@click.option("--as", "username", metavar="ACCOUNT", help="Không bắt buộc: chạy thử không thay đổi gì.")
@as_json
def rehearse(reference: str, username: str | None, as_json: bool) -> None:
    """Quyết định này sẽ thay đổi những gì; mã thoát 1 khi còn vướng mắc."""
    decision = answers.decision(db.session(), reference)
    rehearsal = publication.rehearse(db.session(), decision, clock.now())
    lines = [_title(decision), *(_effect_text(effect) for effect in _effects(rehearsal)), *_sentences(rehearsal.open)]
    value = {
        **_head(decision),
        "fingerprint": rehearsal.fingerprint,
        "effects": _effects(rehearsal),
        **_problems(rehearsal),
    }
    answers.answer(value, "\n".join(lines), as_json=as_json)
    if rehearsal.open:
        raise SystemExit(1)


Step = Callable[[Decision, Account], Any]


@contextmanager
def _told() -> Iterator[None]:
    """Every refusal of the services as a sentence."""
    try:
        yield
    except NotAllowed as error:
        raise Refused(refusal_sentence(error)) from None
    except NotIssuable as error:
        raise Refused("\n".join(_sentences(error.problems))) from None
    except PlanChanged:
        raise Refused("Nội dung hoặc tác động đã khác với bản được xem; hãy chạy thử lại rồi mới tiếp tục.") from None
    except drafting.DraftingError as error:
        raise Refused(str(error)) from None


def _take(reference: str, username: str, as_json: bool, step: Step) -> None:
    """One step in one transaction, then the index."""
    session = db.session()
    with _told(), unit_of_work(session) as work:
        decision = answers.decision(session, reference)
        step(decision, answers.account(session, username))
        work.after_commit.append(lambda: _reindex())
    decision = answers.decision(db.session(), reference)
    answers.answer(_head(decision), _title(decision), as_json=as_json)


def _reindex() -> None:
    with unit_of_work(db.session()) as work:
        indexing.sync(work.session, search(), clock.now())


@group.command("submit")
@click.argument("reference", metavar="ID")
@as_account
@as_json
def submit(reference: str, username: str, as_json: bool) -> None:
    """Trình dự thảo để kiểm soát."""
    _take(reference, username, as_json, lambda d, a: publication.submit(db.session(), d, actor=a, now=clock.now()))


@group.command("review")
@click.argument("reference", metavar="ID")
@as_account
@as_json
def review(reference: str, username: str, as_json: bool) -> None:
    """Kiểm soát hình thức và nội dung; phải là người khác người soạn."""
    _take(reference, username, as_json, lambda d, a: publication.review(db.session(), d, actor=a, now=clock.now()))


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

    _take(reference, username, as_json, step)


@group.command("issue")
@click.argument("reference", metavar="ID")
@as_account
@as_json
def issue(reference: str, username: str, as_json: bool) -> None:
    """Ghi nhận đã ban hành và thực hiện đúng những gì đã phê duyệt."""
    _take(reference, username, as_json, lambda d, a: publication.issue(db.session(), d, actor=a, now=clock.now()))


@group.command("return")
@click.argument("reference", metavar="ID")
@click.option("--note", required=True, help="Lý do trả lại.")
@as_account
@as_json
def send_back(reference: str, note: str, username: str, as_json: bool) -> None:
    """Trả lại người soạn kèm lý do."""
    _take(
        reference,
        username,
        as_json,
        lambda d, a: publication.send_back(db.session(), d, note=note, actor=a, now=clock.now()),
    )


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
        standing = publication.rehearse(db.session(), decision, now).open
        for key in keys or [problem.key for problem in standing if not problem.blocking]:
            drafting.confirm_problem(db.session(), decision, key, reason=reason, actor=actor, now=now)

    _take(reference, username, as_json, step)


@click.command("replay")
@click.option("--check", "check", is_flag=True, required=True, help="Chỉ đối chiếu, không sửa.")
@as_json
def replay(check: bool, as_json: bool) -> None:
    """Tính lại hiệu lực từ sổ quyết định và nêu mọi giá trị lưu khác với kết quả; mã thoát 1 khi có sai khác."""
    found = projection.check(db.session())
    lines = [_difference(d) for d in found] or ["Không có sai khác: mọi giá trị lưu đúng với sổ quyết định."]
    answers.answer({"differences": [vars(d) for d in found]}, "\n".join(lines), as_json=as_json)
    if found:
        raise SystemExit(1)


def _difference(d: projection.Difference) -> str:
    where = f"{d.procedure} ({d.level})" if d.level else d.procedure
    return f"{where}: {d.what} đang lưu «{d.stored or 'không có'}», tính lại là «{d.expected or 'không có'}»."


def _head(decision: Decision) -> dict[str, Any]:
    names = (
        "id",
        "number",
        "kind",
        "register",
        "status",
        "signed_on",
        "issuer_text",
        "subject",
        "effect_type",
        "effect_from",
    )
    return {name: getattr(decision, name) for name in names}


def _line(line: Any) -> dict[str, Any]:
    names = ("position", "kind", "code_printed", "name", "level", "sector", "fields", "changed_parts", "cells")
    return {name: getattr(line, name) for name in names}


def _title(decision: Decision) -> str:
    return f"[{decision.id}] {decision.number or 'chưa có số'} — {decision.status} — {decision.subject}"


def _effects(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    return [
        {"procedure": e.procedure, "level": e.level, "kind": e.kind.value, "first_day": e.first_day}
        for e in rehearsal.plan.effects
    ]


def _effect_text(effect: dict[str, Any]) -> str:
    return f"  {effect['procedure']} ({effect['level']}): {effect['kind']} từ {effect['first_day']:%d/%m/%Y}"


def _problems(rehearsal: Rehearsal) -> dict[str, Any]:
    shown = [
        {"key": p.key, "code": p.code, "where": p.where, "blocking": p.blocking, "message": problem_sentence(p)}
        for p in rehearsal.open
    ]
    return {"problems": shown}


def _sentences(problems: list[Problem]) -> list[str]:
    return [("- " if problem.blocking else "? ") + problem_sentence(problem) for problem in problems]


COMMANDS = (group, replay)
