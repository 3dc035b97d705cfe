"""Signing in and out."""

from __future__ import annotations

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue import audit, clock
from catalogue.audit import AuditAction
from catalogue.extensions import db, limiter
from catalogue.permissions import Permission
from catalogue.services import people
from catalogue.unit_of_work import unit_of_work
from catalogue.web import identity
from catalogue.web.fields import LineField, Needed, NoLongerThan, OfficeForm, SecretField
from catalogue.web.guards import requires
from catalogue.web.office import bp

LONGEST_PASSWORD = 200


class SignInForm(OfficeForm):
    """Name and password."""

    username = LineField(_l("Tên đăng nhập"), [Needed(_l("Nhập tên đăng nhập.")), NoLongerThan(60)])
    password = SecretField(_l("Mật khẩu"), [Needed(_l("Nhập mật khẩu.")), NoLongerThan(LONGEST_PASSWORD)])


def attempts() -> str:
    """How often one network, or one name, may try."""
    return str(current_app.config["SIGN_IN_LIMIT"])


def tried_name() -> str:
    """The name that is tried, whatever network it comes from."""
    return "name:" + request.form.get("username", "")[:60].strip().lower()


@bp.get("/dang-nhap")
@requires(Permission.SIGN_IN)
def show_sign_in() -> ResponseReturnValue:
    """Ask who it is."""
    if g.account is not None:
        return redirect(url_for(".show_todo"))
    return render_template("office/sign_in.html", form=SignInForm(formdata=None))


@bp.post("/dang-nhap")
@requires(Permission.SIGN_IN)
@limiter.limit(attempts)
@limiter.limit(attempts, key_func=tried_name)
def sign_in() -> ResponseReturnValue:
    """Let in whoever knows the password; every attempt is recorded."""
    form = SignInForm()
    if not form.validate():
        return render_template("office/sign_in.html", form=form), 422
    now = clock.now()
    with unit_of_work(db.session()) as work:
        account = people.signed_in(work.session, form.username.data, form.password.data)
        action = AuditAction.SIGNED_IN if account else AuditAction.SIGN_IN_REFUSED
        audit.record(work.session, actor=account, action=action, subject=account, at=now, name=form.username.data)
    if account is None:
        form.password.errors = [_("Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra rồi nhập lại.")]
        return render_template("office/sign_in.html", form=form), 401
    identity.sign_in(account, now)
    return redirect(identity.safe_return(request.args.get("den")) or url_for(".show_todo"), 303)


@bp.post("/dang-xuat")
@requires(Permission.SIGN_IN)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    identity.sign_out()
    flash(_("Đã đăng xuất."))
    return redirect(url_for(".show_sign_in"), 303)


@bp.errorhandler(429)
def show_too_many(_error: Exception) -> ResponseReturnValue:
    """Too many attempts."""
    sentence = _("Có quá nhiều lần đăng nhập chưa đúng. Chờ khoảng một phút rồi thử lại.")
    return render_template("errors/error.html", title=_("Tạm dừng đăng nhập"), sentence=sentence, code=429), 429
