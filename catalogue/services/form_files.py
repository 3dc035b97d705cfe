"""Forms as files: what may be kept is told by the content of a file, never by its name."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from catalogue.models import StoredFile

LARGEST = 20 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
KINDS = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "odt": f"{_OPEN}text",
    "ods": f"{_OPEN}spreadsheet",
    "rtf": "application/rtf",
    "png": "image/png",
    "jpg": "image/jpeg",
}
"""Suffixes that a form may have, with their media types."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT",))
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


class UnfitFile(ValueError):
    """A file that cannot be a form; the message is one Vietnamese sentence."""


@dataclass(frozen=True)
class FormFile:
    """A checked file; ``name`` ends with the suffix that its content has."""

    name: str
    suffix: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The hash it is kept by."""
        return hashlib.sha256(self.data).hexdigest()


def checked_file(data: bytes, filename: str) -> FormFile:
    """A file that may be given to citizens.

    Raises:
        UnfitFile: empty, too large, of a kind we do not know, or with macros.
    """
    name = _plain_name(filename)
    if not data:
        raise UnfitFile(f"Tệp «{name}» rỗng. Chọn lại tệp rồi gửi.")
    if len(data) > LARGEST:
        raise UnfitFile(f"Tệp «{name}» nặng {len(data) / 1_048_576:.0f} MB; biểu mẫu chỉ nhận tệp đến 20 MB.")
    suffix = _suffix(data)
    if not suffix:
        raise UnfitFile(f"Tệp «{name}» không phải Word, Excel, PDF, RTF, OpenDocument hay ảnh; chưa nhận được.")
    if suffix == "macros":
        raise UnfitFile(f"Tệp «{name}» có macro nên không đưa cho người dân được. Lưu lại dạng .docx rồi gửi.")
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name) or "bieu-mau"
    return FormFile(f"{stem[:150]}.{suffix}", suffix, data)


def keep_file(session: Session, found: FormFile, *, now: datetime) -> StoredFile:
    """Store a checked file by its hash; the same bytes are stored once."""
    stored = session.get(StoredFile, found.sha256)
    if stored is None:
        stored = StoredFile(sha256=found.sha256, name=found.name, media_type=KINDS[found.suffix],
                            size=len(found.data), data=found.data, stored_at=now)  # fmt: skip
        session.add(stored)
        session.flush()
    return stored


def _plain_name(filename: str) -> str:
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", filename or ""))[-1]
    return _UNSAFE.sub(" ", last).strip(" .") or "tệp không tên"


def _suffix(data: bytes) -> str:
    """The kind that the first bytes and the inside of a file show; ``macros`` for one that runs something."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(_OLE):
        return _old_office(data)
    return _zipped(data) if data.startswith(b"PK\x03\x04") else ""


def _old_office(data: bytes) -> str:
    if any(name in data for name in _MACROS):
        return "macros"
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    return "xls" if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data else ""


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(100).decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return ""
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        return "macros"
    if "[Content_Types].xml" in names:
        return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""
    return {f"{_OPEN}text": "odt", f"{_OPEN}spreadsheet": "ods"}.get(kind.strip(), "")
