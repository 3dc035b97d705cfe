"""The province's own names and contacts: what heads, footers and papers print."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from catalogue import audit
from catalogue.audit import AuditAction
from catalogue.models import Account, Setting

SETTINGS: dict[str, str] = {
    "province_name": "tên tỉnh, ví dụ «tỉnh Sông Thao»",
    "issuer_name": "người ban hành quyết định công bố",
    "office_name": "đơn vị quản lý trang này",
    "place_name": "nơi ghi trước ngày tháng",
    "site_name": "tên trang",
    "site_address": "địa chỉ công khai của trang, dùng cho mã QR",
    "pakn_office": "nơi tiếp nhận phản ánh, kiến nghị",
    "pakn_address": "địa chỉ tiếp nhận phản ánh, kiến nghị",
    "pakn_phone": "điện thoại chuyên dùng",
    "pakn_email": "thư điện tử",
    "pakn_website": "trang tiếp nhận phản ánh, kiến nghị",
}


def put_setting(session: Session, key: str, value: str, *, actor: Account | None, now: datetime) -> None:
    """Set one of ``SETTINGS``. Raises ``KeyError`` for another name."""
    if key not in SETTINGS:
        raise KeyError(key)
    known = session.get(Setting, key)
    before = known.value if known else ""
    session.merge(Setting(key=key, value=value.strip()))
    audit.record(
        session, actor=actor, action=AuditAction.SETTING_CHANGED, subject=None, at=now,
        key=key, before=before, after=value.strip(),
    )  # fmt: skip
