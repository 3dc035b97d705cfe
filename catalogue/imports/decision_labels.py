"""The words of annexes: what a column label, a heading or a group row means. All comparisons are on folded text."""

from __future__ import annotations

import re

from catalogue.imports.decision_values import Column
from decisions.kinds import ChangeKind, Level
from decisions.numbering import find_codes, parse_code, parse_level
from decisions.text import fold

# ---------------------------------------------------------------- column labels

ORDINAL_LABELS = frozenset(("stt", "tt", "so tt", "so thu tu", "stt.", "tt.", "s tt", "so tt."))

# First match wins: the more special phrases stand above the words they contain.
_COLUMNS: tuple[tuple[Column, str], ...] = (
    (Column.OLD_CODE, r"ma.*(?:bi|duoc) thay the|ma.*\bcu\b"),
    (Column.OLD_NAME, r"ten (?:tthc|thu tuc hanh chinh|thu tuc).*(?:bi|duoc) thay the"),
    (Column.ABOLISHING, r"(?:van ban|vbqppl|can cu|co so|ly do).*bai bo"),
    (Column.PUBLISHED, r"quyet dinh.*cong bo|so thu tu tai|^quyet dinh cong bo"),
    (Column.BASIS, r"can cu|co so phap ly|van ban|vbqppl|quy dinh cua phap luat"),
    (Column.CHANGED, r"noi dung.*(?:sua doi|thay doi|de xuat|don gian)|bo phan.*(?:sua doi|thay doi)"),
    (Column.NAME, r"\bten\b.*(?:thu tuc|tthc|quy trinh|nhom)|^ten$|^thu tuc hanh chinh"),
    (Column.CODE, r"\bma\b.*(?:so|tthc|thu tuc|ho so|hs)|so ho so|^ma$|^ma so$"),
    (Column.POSTAL, r"bcci|buu chinh"),
    (Column.ONLINE, r"truc tuyen|dvc ?tt|dvctt|muc do|toan trinh|mot phan"),
    (Column.TIME, r"thoi (?:han|gian)"),
    (Column.PLACE, r"dia diem|diem tiep nhan|noi (?:tiep nhan|thuc hien)"),
    (Column.CHANNEL, r"cach thuc|hinh thuc"),
    (Column.FEE, r"\bphi\b|le phi"),
    (Column.LEVEL, r"cap (?:thuc hien|giai quyet|quan ly)|^cap$"),
    (Column.AGENCY, r"co quan|don vi|tham quyen"),
    (Column.SECTOR, r"linh vuc"),
    (Column.NOTE, r"ghi chu"),
    (Column.SYMBOL, r"ky hieu"),
)
_COLUMN_PATTERNS = tuple((column, re.compile(pattern)) for column, pattern in _COLUMNS)
_WORKFLOW_LABEL = re.compile(
    r"^(?:thu tu cong viec|cac buoc|buoc|ten buoc|trinh tu|noi dung cong viec|buoc thuc hien|thu tu|"
    r"trinh tu thuc hien|quy trinh thuc hien|noi dung thuc hien)\b"
)
_WORKFLOW_ANYWHERE = re.compile(
    r"noi dung cong viec|trach nhiem|nguoi thuc hien|^trinh tu|san pham|phan cong nhiem vu|^trinh tu thuc hien"
)
_FEE_TABLE = re.compile(r"(?<!danh )\bmuc thu(?! tuc)|\bmuc phi")


def column_of(label: str) -> Column:
    """The meaning of one header cell; long texts are no labels."""
    if len(label) > 200:
        return Column.OTHER
    folded = fold(label)
    if folded.strip(" .") in ORDINAL_LABELS:
        return Column.ORDINAL
    for column, pattern in _COLUMN_PATTERNS:
        if pattern.search(folded):
            return column
    return Column.OTHER


def is_ordinal_label(text: str) -> bool:
    """Whether a cell is the label of a numbering column ("STT", "Số TT")."""
    return len(text) < 16 and fold(text).strip(" .") in ORDINAL_LABELS


def is_workflow_start(text: str) -> bool:
    """Whether a cell opens the header of a workflow table ("Thứ tự công việc", "Các bước")."""
    return len(text) < 60 and not is_step(text) and bool(_WORKFLOW_LABEL.match(fold(text)))


def names_workflow(labels: list[str]) -> bool:
    """Whether header labels are those of a table of steps."""
    folded = [fold(label) for label in labels]
    return any(_WORKFLOW_LABEL.match(label) for label in folded) or (
        sum(bool(_WORKFLOW_ANYWHERE.search(label)) for label in folded) >= 2
    )


def names_procedures(labels: list[str]) -> bool:
    """Whether header labels are those of a list of procedures (and not of a table of fees for some of them)."""
    if any(_FEE_TABLE.search(fold(label)) for label in labels):
        return False
    columns = {column_of(label) for label in labels if len(label) < 160}
    return bool(columns & {Column.NAME, Column.CODE, Column.OLD_NAME}) and len(labels) >= 2


# ---------------------------------------------------------------- cells

_ARABIC = re.compile(r"\(?\d{1,4}(?:\.\d{1,2}){0,2}[.)]?")
_LETTERED = re.compile(r"\(?(?:[A-HĐa-hđ]|[IVXL]{1,6})(?:\.?\d{1,2})?(?:\.\d{1,2})?\s?[.):]?")
_STEP = re.compile(r"b(?:uoc)?\s?\d{1,2}\b")
_LEGAL = re.compile(
    r"[-–+•(\d.)\s]{0,6}(?:bo luat|luat|nghi dinh|thong tu|nghi quyet|quyet dinh|phap lenh|van ban hop nhat|hien phap|"
    r"(?:diem [a-z]|khoan \d+|dieu \d+)|can cu)\b"
)
_AGENCY = re.compile(
    r"[-–+•\s]*(?:co quan|so |ubnd|uy ban|bo |cuc |vu |chi cuc|trung tam|ban quan ly|phong |cong an|chu tich|thanh tra|"
    r"cap co tham quyen|thu tuong)"
)
_MORE_TOTALS = re.compile(r"tong (?:so|cong)\b|cong\s*:|tong\s*:|[+-]?\s*trong do\b")


def is_arabic(text: str) -> bool:
    """Whether a cell is a running number ("1", "03.", "2.1"); codes are none."""
    return bool(_ARABIC.fullmatch(text.strip()))


def is_lettered(text: str) -> bool:
    """Whether a cell numbers a group ("A", "II.", "V.1")."""
    return bool(_LETTERED.fullmatch(text.strip()))


def is_step(text: str) -> bool:
    """Whether a cell numbers a step of a workflow ("B1", "Bước 2")."""
    return bool(_STEP.match(fold(text)))


def is_code(text: str) -> bool:
    """Whether a whole cell is a procedure code, clean or dirty (also without its dot: "1014217")."""
    if not text or len(text) > 60:
        return False
    code = parse_code(text)
    compact = text.replace(" ", "").replace("\n", "")
    return (
        code.is_standard
        or "extra_digits" in code.warnings
        or bool(re.fullmatch(r"[1-9]\.?\d{5,6}(?:\.H\d\d)?", compact))
    )


def says_no_code(text: str) -> bool:
    """Whether the cell says in words that there is no code ("Không có mã số", "Chưa có")."""
    return 0 < len(text.strip()) < 40 and parse_code(text).is_absent


def is_legal(text: str) -> bool:
    """Whether a cell begins like a list of legal texts."""
    return bool(_LEGAL.match(fold(text[:80])))


def is_agency(text: str) -> bool:
    """Whether a cell begins like the name of a body."""
    return bool(_AGENCY.match(fold(text[:60]) + " "))


def is_total(text: str) -> bool:
    """Whether a row sums up ("Tổng số danh mục TTHC công bố")."""
    return bool(_MORE_TOTALS.match(fold(text[:80]).lstrip("-+ ")))


def is_ditto(text: str) -> bool:
    """Whether a cell refers to the one above ("Như trên", "nt", "-nt-")."""
    return len(text) < 30 and fold(text).strip(' .-–"”“()') in ("nhu tren", "nt", "n/t", "n.t", "nhu tren dong tren")


# ---------------------------------------------------------------- kinds

_KINDS: tuple[tuple[ChangeKind, str], ...] = (
    (ChangeKind.MOVED_SECTOR, r"tu linh vuc.{3,80}sang linh vuc|chuyen linh vuc"),
    (ChangeKind.RESUMED, r"tiep tuc thuc hien"),
    (ChangeKind.ABOLISHED, r"bai bo|huy bo|het hieu luc"),
    (ChangeKind.STANDARDISED, r"chuan hoa"),
    (ChangeKind.AMENDED, r"sua doi|thay doi, bo sung"),
    (ChangeKind.INTRODUCED, r"ban hanh moi|moi ban hanh|moi duoc ban hanh"),
    (
        ChangeKind.PUBLISHED_LATE,
        r"cong bo bo sung|(?<!sua doi, )(?<!thay doi, )duoc (?:cong bo )?bo sung|hanh chinh bo sung",
    ),
    (ChangeKind.REPLACED, r"thay the"),
)
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_CITED = re.compile(r"\(?(?:ban hanh )?kem theo quyet dinh(?! nay).*|\bquyet dinh so\b.*")
_NON_TERRITORIAL = re.compile(r"(?:khong phu thuoc (?:vao )?|phi )dia gioi")
_SIMPLIFIED = re.compile(r"don gian hoa|cat giam")
_ONLINE_LIST = re.compile(r"dich vu cong truc tuyen")
_DELEGATED = re.compile(r"\buy quyen\b")
_WORKFLOW = re.compile(r"quy trinh (?:noi bo|dien tu)|tai cau truc")


def change_kinds(text: str) -> tuple[ChangeKind, ...]:
    """The changes to procedures that a heading names, cited decisions left aside; "sửa đổi, thay thế" is amending."""
    folded = _CITED.sub("", fold(text))
    kinds = [kind for kind, pattern in _KIND_PATTERNS if pattern.search(folded)]
    if ChangeKind.MOVED_SECTOR in kinds:
        return (ChangeKind.MOVED_SECTOR,)
    if ChangeKind.AMENDED in kinds and ChangeKind.REPLACED in kinds:
        kinds.remove(ChangeKind.REPLACED)
    return tuple(kinds)


def header_kind(labels: list[str]) -> ChangeKind | None:
    """What the labels of a table say of its rows ("VBQPPL quy định việc bãi bỏ"); None if nothing or two things."""
    if any(column_of(label) is Column.OLD_NAME for label in labels):
        return ChangeKind.REPLACED
    said = {
        kind
        for label in labels
        if column_of(label) in (Column.BASIS, Column.ABOLISHING, Column.CHANGED, Column.NAME)
        for kind in change_kinds(label)
    }
    return said.pop() if len(said) == 1 and said <= {ChangeKind.ABOLISHED, ChangeKind.AMENDED} else None


def list_kind(subject: str) -> ChangeKind | None:
    """The attribute a listing decision sets, from its subject; None for decisions that publish changes."""
    folded = re.sub(r"\([^)]*\)", "", fold(subject))
    opening = folded[:160]
    if _DELEGATED.search(opening):
        return ChangeKind.DELEGATED
    if _SIMPLIFIED.search(opening):
        return ChangeKind.SIMPLIFIED
    publishes = "cong bo" in opening
    if _WORKFLOW.search(opening) and not publishes and "danh muc" not in opening.split("quy trinh")[0]:
        return ChangeKind.WORKFLOW
    if _NON_TERRITORIAL.search(folded) and not (publishes and change_kinds(folded)):
        return ChangeKind.NON_TERRITORIAL
    if _ONLINE_LIST.search(folded) and not change_kinds(folded):
        return ChangeKind.ONLINE
    return None


def names_workflows(text: str) -> bool:
    """Whether a heading is about internal or electronic workflows."""
    return bool(_WORKFLOW.search(fold(text)))


# ---------------------------------------------------------------- levels, sectors, groups

_BODIES: tuple[tuple[Level, str], ...] = (
    (Level.CENTRAL, r"trung uong|cap bo\b|\bbo truong\b|^\W*(?:bo|cuc|vu) "),
    (
        Level.PROVINCE,
        r"cap tinh|\bso [a-zđ]|(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho)|cap thanh pho|chu tich ubnd tinh",
    ),
    (Level.DISTRICT, r"cap huyen"),
    (Level.COMMUNE, r"cap xa|(?:ubnd|uy ban nhan dan) (?:cac )?(?:xa|phuong)"),
)
_BODY_PATTERNS = tuple((level, re.compile(pattern)) for level, pattern in _BODIES)
_AUTHORITY = re.compile(r"tham quyen(?: giai quyet| quyet dinh| quan ly)?(?: cua)? (.{3,200})")
_SECTOR = re.compile(r"^(?:[A-HĐIVX\d.]+[.)]?\s+)?(?:các\s+)?lĩnh vực\s*:?\s*(.+)$", re.IGNORECASE | re.DOTALL)
_SECTOR_IN_TITLE = re.compile(
    r"(?<!một số )(?<!các )lĩnh vực\s*:?\s+(?!thuộc\b|lĩnh vực\b)(.+?)(?=\s*(?:[;(.]|$|"
    r"\b(?:thuộc|áp dụng|trên địa bàn|thực hiện|do|của|tỉnh|theo|bị bãi|bị hủy|được|cấp|lĩnh vực|sang)\b))",
    re.IGNORECASE,
)
_COUNT_TAIL = re.compile(
    r"\s*[:(\[]\s*(?:gồm\s+)?\d+\s*(?:TTHC|thủ tục|quy trình|quy\s*trình)?[^)]*\)?\s*\.?$", re.IGNORECASE
)
_GROUP = re.compile(
    r"^(?:[a-hđivx\d.]+[.)]?\s+)?(?:cac\s+)?(?:linh vuc|thu tuc hanh chinh|tthc|nhom thu tuc|danh muc|quy trinh noi bo|"
    r"cap (?:tinh|xa|huyen|trung uong|thanh pho|bo)|dung chung|ap dung chung|"
    r"thu tuc (?:thay doi|tiep tuc|moi|bi|duoc)|phan )"
)


def bodies_of(text: str) -> tuple[Level, ...]:
    """The levels whose bodies a text names; "trên địa bàn tỉnh" names none."""
    folded = fold(text)
    return tuple(level for level, pattern in _BODY_PATTERNS if pattern.search(folded))


def level_of_heading(text: str) -> Level | None:
    """The level a heading or group row stands for; None when it names none, or several bodies without saying chung."""
    folded = fold(text)
    if "trung uong va dia phuong" in folded:
        return Level.SHARED
    if authority := _AUTHORITY.search(folded):
        bodies = bodies_of(authority[1])
        direct = parse_level(text[: text.lower().find("thẩm quyền")])
        return direct or (bodies[0] if len(bodies) == 1 else None)
    if " so " in f" {folded} " and "cap" not in folded:
        return None
    return parse_level(re.sub(r"\(\s*\d+[^)]*\)", "", text).replace("TÍNH", "TỈNH"))


def level_of_agency(text: str) -> Level | None:
    """The level of the body that carries a procedure out; several bodies say nothing certain."""
    bodies = bodies_of(text)
    return bodies[0] if len(bodies) == 1 else None


def level_of_note(text: str) -> Level | None:
    """ "TTHC cấp tỉnh và TTHC bị bãi bỏ tại …" in a remark; other remarks say nothing of the level."""
    match = re.match(r"(?:TTHC|thủ tục hành chính) cấp \w+", text.strip(), re.IGNORECASE)
    return parse_level(match[0]) if match else None


def sector_of_group(text: str) -> str:
    """The sector a group row names ("LĨNH VỰC: CHỨNG THỰC (12 TTHC)" gives "CHỨNG THỰC"), or empty."""
    match = _SECTOR.match(text.replace("\n", " ").strip())
    return _COUNT_TAIL.sub("", match[1]).strip(" :.") if match else ""


def sector_of_title(text: str) -> str:
    """The one sector a title names, or empty when it names none or several; of a move it is the new one."""
    if moved := re.search(r"sang (?=lĩnh vực)", text, re.IGNORECASE):
        text = text[moved.end() :]
    found = {fold(match[1]): match[1].strip() for match in _SECTOR_IN_TITLE.finditer(text.replace("\n", " "))}
    return next(iter(found.values())) if len(found) == 1 else ""


def is_group_text(text: str) -> bool:
    """Whether the only text of a row reads like a group heading."""
    if len(text) > 300 or is_legal(text) or find_codes(text):
        return False
    return bool(_GROUP.match(fold(text)))
