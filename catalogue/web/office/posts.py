"""Units and the posts in them; the administrator keeps them, everybody sees them."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from wtforms import ValidationError

from catalogue import clock
from catalogue.extensions import db
from catalogue.models import Agency, AgencyRole
from catalogue.permissions import Permission
from catalogue.services.posts import posts_of, put_posts
from catalogue.services.registry import agency_key
from catalogue.web.fields import AreaField, NoLongerThan, OfficeForm, clean
from catalogue.web.guards import requires
from catalogue.web.office import bp
from catalogue.web.office.transaction import saved

LISTED = 100
LONGEST = 300


class PostsForm(OfficeForm):
    """The posts of a unit."""

    posts = AreaField(
        _l("Các vị trí, mỗi dòng một vị trí"), [NoLongerThan(20_000)],
        description=_l("Ví dụ: Lãnh đạo phòng; Chuyên viên thụ lý; Văn thư."),
    )  # fmt: skip

    def validate_posts(self, field: AreaField) -> None:
        """A post is a name, not a paragraph."""
        long = next((line for line in (field.data or "").split("\n") if len(line) > LONGEST), None)
        if long is not None:
            raise ValidationError(
                f"Vị trí «{long[:60]}…» dài {len(long)} ký tự, nhiều hơn {LONGEST} ký tự được phép."
            )


@bp.get("/don-vi")
@requires(Permission.READ)
def list_units() -> ResponseReturnValue:
    """Units found by name, those with posts first."""
    words = str(clean(request.args.get("q", "")[:200]))
    count = func.count(AgencyRole.id)
    query = (
        select(Agency, count)
        .outerjoin(AgencyRole, AgencyRole.agency_id == Agency.id)
        .group_by(Agency.id)
        .order_by(count.desc(), Agency.folded_name)
        .limit(LISTED)
    )
    if words:
        query = query.where(Agency.folded_name.contains(agency_key(words), autoescape=True))
    return render_template("office/units.html", found=db.session.execute(query).all(), words=words, most=LISTED)


@bp.get("/don-vi/<int:agency_id>")
@requires(Permission.READ)
def show_unit(agency_id: int) -> ResponseReturnValue:
    """The posts of one unit."""
    unit = _unit(agency_id)
    form = PostsForm(formdata=None, posts="\n".join(posts_of(db.session(), unit)))
    return render_template("office/unit.html", unit=unit, form=form)


@bp.post("/don-vi/<int:agency_id>")
@requires(Permission.EDIT_POSTS)
def save_unit(agency_id: int) -> ResponseReturnValue:
    """Keep the posts; workflows are measured by them from now on."""
    unit, form = _unit(agency_id), PostsForm()
    if not form.validate():
        return render_template("office/unit.html", unit=unit, form=form), 422
    names = (form.posts.data or "").split("\n")
    saved(lambda session: put_posts(session, _unit(agency_id), names, actor=g.account, now=clock.now()))
    flash(_("Đã lưu các vị trí của %(unit)s.", unit=unit.name))
    return redirect(url_for(".show_unit", agency_id=agency_id), 303)


def _unit(agency_id: int) -> Agency:
    return db.session.get(Agency, agency_id) or abort(404)
