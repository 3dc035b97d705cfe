"""Error pages in the style of the house: what happened and where to go on, never a bare status."""

from __future__ import annotations

import logging

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, ProgrammingError, SQLAlchemyError, TimeoutError
from werkzeug.exceptions import HTTPException

from catalogue.unit_of_work import is_waiting

logger = logging.getLogger(__name__)

TITLES = {
    400: _l("Yêu cầu chưa đọc được"),
    401: _l("Cần đăng nhập"),
    403: _l("Trang này dành cho người có quyền"),
    404: _l("Chưa tìm thấy trang này"),
    405: _l("Địa chỉ này không nhận thao tác đó"),
    409: _l("Nội dung vừa được người khác thay đổi"),
    413: _l("Tệp gửi lên quá lớn"),
    422: _l("Nội dung chưa hợp lệ"),
    429: _l("Có quá nhiều lượt tìm từ mạng này"),
    500: _l("Hệ thống gặp trục trặc"),
    503: _l("Hệ thống đang bận"),
}
SENTENCES = {
    400: _l("Địa chỉ hoặc nội dung gửi lên có chỗ chưa đọc được."),
    401: _l("Đăng nhập để xem trang này."),
    403: _l("Tài khoản đang dùng chưa có quyền xem trang này. Nếu cần, nhờ người quản trị cấp quyền."),
    404: _l("Địa chỉ có thể đã gõ nhầm. Thử tìm thủ tục theo tên hoặc mã số."),
    405: _l("Quay lại trang trước và làm lại từ đó."),
    409: _l("Tải lại trang để xem nội dung mới nhất rồi làm tiếp."),
    413: _l("Chọn tệp nhỏ hơn rồi gửi lại."),
    422: _l("Xem lại các ô được đánh dấu."),
    429: _l("Chờ khoảng một phút rồi tìm lại."),
    500: _l("Sự việc đã được ghi lại. Thử lại sau ít phút; nếu vẫn còn, báo cho đơn vị quản lý trang này."),
    503: _l("Đang có người khác ghi dữ liệu. Thử lại sau ít phút."),
}


def init_app(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(CSRFError, show_expired_form)
    for away in (OperationalError, InterfaceError, TimeoutError):
        app.register_error_handler(away, show_busy)
    app.register_error_handler(ProgrammingError, show_not_ready)
    app.register_error_handler(Exception, show_failure)


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    """A page for a status; a description in Vietnamese given to ``abort`` replaces the usual sentence."""
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()
    sentence = error.description if error.description and error.description != type(error).description else None
    if code == 429:
        sentence = None  # the limiter describes the limit in its own notation
    if code == 413 and (limit := current_app.config["MAX_CONTENT_LENGTH"]):
        most = f"{limit / 2**20:.3g}".replace(".", ",")
        sentence = _("Nội dung gửi lên lớn hơn %(most)s MB. Chọn tệp nhỏ hơn rồi gửi lại.", most=most)
    return _page(code, sentence), code, _kept_headers(error)


def show_expired_form(error: CSRFError) -> ResponseReturnValue:
    """A form whose token is missing or old."""
    logger.info("form refused: %s", error.description)
    return _page(400, str(_l("Trang để lâu nên phiên làm việc đã hết. Tải lại trang rồi gửi lại."))), 400


def show_busy(error: SQLAlchemyError) -> ResponseReturnValue:
    """The database is locked by another writer, or away; the next request finds it again by itself."""
    logger.error("database not available: %s", error)
    if not (isinstance(error, DBAPIError) and is_waiting(error)):
        return _page(503, str(_l("Cơ sở dữ liệu chưa sẵn sàng. Thử lại sau ít phút."))), 503, {"Retry-After": "60"}
    return _page(503), 503, {"Retry-After": "60"}


def show_not_ready(error: ProgrammingError) -> ResponseReturnValue:
    """Tables that are not there yet; any other wrong statement is a fault of ours."""
    if "does not exist" not in str(error.orig):
        return show_failure(error)
    logger.error("database not ready: %s", error.orig)
    return _page(503, str(_l("Cơ sở dữ liệu chưa sẵn sàng. Thử lại sau ít phút."))), 503, {"Retry-After": "60"}


def show_failure(error: Exception) -> ResponseReturnValue:
    """Anything unforeseen."""
    logger.exception("unforeseen error at %s", request.path, exc_info=error)
    return _page(500), 500


def _page(code: int, sentence: str | None = None) -> str:
    known = code if code in TITLES else (500 if code >= 500 else 400)
    return render_template("errors/error.html", title=TITLES[known], sentence=sentence or SENTENCES[known], code=code)


def _kept_headers(error: HTTPException) -> list[tuple[str, str]]:
    return [(name, value) for name, value in error.get_headers() if name.lower() in ("allow", "retry-after")]
