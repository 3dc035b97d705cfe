"""The sentence for every way in which a command can fail; what nobody foresaw is kept in a file, not shown."""

from __future__ import annotations

import errno
import os
import traceback
from pathlib import Path

import click
from alembic.util.exc import CommandError
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.orm.exc import StaleDataError

from catalogue import clock
from catalogue.config import BadSetting, default_home
from search_index.ports import SearchError

USAGE = 2
NOT_READY = "Cơ sở dữ liệu chưa được tạo hoặc thuộc một phiên bản cũ hơn; hãy chạy: catalogue init."
REASONS = {
    errno.ENOENT: "không có tệp này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EISDIR: "đây là thư mục",
    errno.ENOTDIR: "đường dẫn đi qua một tệp không phải thư mục",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ENOSPC: "ổ đĩa đầy",
    errno.EDQUOT: "hết dung lượng được cấp",
    errno.EFBIG: "ổ đĩa đầy hoặc tệp vượt giới hạn của máy",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EIO: "ổ đĩa trục trặc",
}
# Words of SQLite and PostgreSQL -> what a person can do; the first that is found counts.
DATABASE_SENTENCES = (
    (("no such table", "no such column", "does not exist", "has no column"), NOT_READY),
    (("locked", "lock timeout"), "Một tiến trình khác đang ghi dữ liệu quá lâu; chưa ghi gì, hãy chạy lại sau."),
    (("disk is full", "disk i/o error", "no space left"), "Ổ đĩa đầy hoặc trục trặc nên chưa ghi gì; hãy dọn chỗ."),
    (("not a database", "malformed"), "Tệp cơ sở dữ liệu đã hỏng; hãy phục hồi từ bản sao lưu."),
    (("readonly", "read-only"), "Cơ sở dữ liệu chỉ cho đọc; hãy kiểm tra quyền ghi ở thư mục dữ liệu."),
    (("unable to open",), "Chưa mở được cơ sở dữ liệu; hãy kiểm tra CATALOGUE_HOME, DATABASE_URL và quyền truy cập."),
)  # fmt: skip
NO_DATABASE = "Chưa kết nối được cơ sở dữ liệu; hãy kiểm tra DATABASE_URL và máy chủ."


def sentence(error: Exception) -> str:
    """One Vietnamese sentence (several lines only where a command lists several problems)."""
    if isinstance(error, click.ClickException):
        return usage_sentence(error)
    if isinstance(error, BadSetting | SearchError):
        return str(error)
    if isinstance(error, IntegrityError):
        return "Một người khác vừa ghi chính nội dung này; chưa ghi gì, hãy xem lại rồi chạy lại."
    if isinstance(error, DBAPIError):
        return database_sentence(error)
    if isinstance(error, ArgumentError | NoSuchModuleError):
        return "Biến DATABASE_URL chưa dùng được; hãy viết theo dạng sqlite:///đường-dẫn hoặc postgresql+psycopg://tên@máy/csdl."
    if isinstance(error, StaleDataError):
        return "Một người khác vừa lưu chính nội dung này; chưa ghi gì, hãy xem lại rồi chạy lại."
    if isinstance(error, CommandError):
        return "Cơ sở dữ liệu thuộc một phiên bản khác của chương trình; hãy dùng đúng phiên bản ấy."
    if isinstance(error, MemoryError):
        return "Máy không đủ bộ nhớ cho việc này; chưa ghi gì."
    if isinstance(error, OSError):
        return f"Chưa đọc hoặc ghi được «{error.filename or 'tệp'}»: {reason(error)}."
    return f"Có lỗi ngoài dự kiến ({type(error).__name__}); {_kept(error)}"


def exit_code(error: Exception) -> int:
    """2 for a command or setting written wrongly, 1 for everything else."""
    if isinstance(error, BadSetting | ArgumentError | NoSuchModuleError):
        return USAGE
    return error.exit_code if isinstance(error, click.ClickException) else 1


def reason(error: OSError) -> str:
    """Why the operating system refused."""
    return REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def database_sentence(error: DBAPIError) -> str:
    """What a database error means to whoever runs the command."""
    words = str(error.orig).lower()
    for signs, told in DATABASE_SENTENCES:
        if any(sign in words for sign in signs):
            return told
    if error.connection_invalidated or "connect" in words:
        return NO_DATABASE
    return f"Cơ sở dữ liệu từ chối ({type(error.orig).__name__}); chưa ghi gì, {_kept(error)}"


def usage_sentence(error: click.ClickException) -> str:
    """A command written wrongly, in Vietnamese; our own refusals say themselves what is wrong."""
    if isinstance(error, click.exceptions.NoSuchOption):
        near = f" Có phải là {', '.join(error.possibilities)}?" if error.possibilities else ""
        return f"Không có lựa chọn «{error.option_name}».{near or _see_help(error)}"
    if isinstance(error, click.exceptions.NoSuchCommand):
        near = f" Có phải là {', '.join(error.possibilities)}?" if error.possibilities else ""
        return f"Không có lệnh «{error.command_name}».{near or _see_help(error)}"
    if isinstance(error, click.MissingParameter):
        return f"Còn thiếu {_name(error)}.{_see_help(error)}"
    if isinstance(error, click.BadParameter):
        # A type of click itself speaks English and is named by what it takes.
        ours = error.message.endswith(".") and not error.message.isascii()
        return f"{_name(error)}: {error.message if ours else 'giá trị chưa dùng được.'}"
    if isinstance(error, click.exceptions.BadOptionUsage):
        return f"Lựa chọn {error.option_name} cần đúng một giá trị.{_see_help(error)}"
    if isinstance(error, click.UsageError):
        return f"Lệnh có phần thừa hoặc thiếu.{_see_help(error)}"
    return error.message


def _name(error: click.BadParameter) -> str:
    """``--on`` or ``FILE``, as the help shows it."""
    if error.param is None:
        return str(error.param_hint or "giá trị")
    if isinstance(error.param, click.Option):
        return error.param.opts[-1] if len(error.param.opts) == 1 else error.param.opts[0]
    return error.param.make_metavar(error.ctx or click.Context(click.Command(None))).strip("[].…")


def _see_help(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f" Xem: {context.command_path} --help." if context else ""


def _kept(error: Exception) -> str:
    """Write the whole story into the data folder, for whoever looks after the program."""
    path = Path(os.environ.get("CATALOGUE_HOME") or default_home()) / "loi.log"
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{clock.now().isoformat()}\n{''.join(traceback.format_exception(error))}\n")
    except OSError:
        return "chưa ghi lại được chi tiết."
    return f"chi tiết ở {path}."
