"""What the printed words of a workflow step say: ways to other steps, what kind of step it is, who does it, its forms.

Nothing is guessed: words that are not understood stay words. Times are read by ``step_times``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from decisions.text import clean, fold
from decisions.workflow import StepKind

CONTROL_FORMS: Mapping[int, str] = {
    1: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    2: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    3: "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    4: "Văn bản xin lỗi và đề nghị gia hạn thời gian trả kết quả",
    5: "Thông báo dừng giải quyết hồ sơ",
    6: "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    7: "Sổ theo dõi hồ sơ",
}
"""The one-stop forms of TT 03/2025/TT-VPCP, Phụ lục I, by number; provinces number their own lists otherwise."""


class Direction(StrEnum):
    """How the paper names another step: as one to go back to, to go on to, or to do at the same time."""

    BACK = "back"
    ON = "on"
    BESIDE = "beside"


@dataclass(frozen=True)
class PrintedRoute:
    """A way as printed: ``step`` is the bare number of its label ("3" of "bước 03", "B3"), under a condition."""

    step: str
    direction: Direction
    condition: str = ""


@dataclass(frozen=True)
class Actor:
    """The cell of who does a step: the post, and the room or agency it belongs to; either may be empty."""

    role: str
    unit: str


_LABEL = r"(?:bước\s*b?|b)\s?0?(?P<{0}>\d{{1,3}}(?:\.\d{{1,2}})?)(?![\w/])"
_VERBS = (
    r"(?P<back>(?:chuyển|trả|gửi|đưa)(?:\s+(?:hồ sơ|văn bản|dự thảo|kết quả))?\s+(?:trả\s+)?(?:lại|về|trở lại)|"
    r"quay\s+(?:lại|về|trở lại|trở về)|trở\s+(?:lại|về)|thực hiện lại|làm lại)|"
    r"(?P<beside>(?:song song|đồng thời|cùng lúc|cùng thời điểm)(?:\s+thực hiện)?(?:\s+với)?)|"
    r"(?P<on>chuyển(?:\s+(?:hồ sơ|văn bản|dự thảo|kết quả))?(?:\s+(?:tiếp|thẳng))?(?:\s+(?:sang|đến|tới|xuống|qua))?|"
    r"sang|thực hiện\s+(?:tiếp|ngay)|tiếp tục(?:\s+(?:thực hiện|sang|với))?)"
)
_ROUTE = re.compile(
    rf"(?:{_VERBS})\s+(?:(?:từ|các|thực hiện|đến|tới|cho|nội dung|chuyên viên|tại|ở)\s+){{0,3}}{_LABEL.format('step')}",
    re.IGNORECASE,
)
_MORE = re.compile(rf"\s*(?:,|và|hoặc|/)\s*{_LABEL.format('step')}", re.IGNORECASE)
_SENTENCE = re.compile(r"[\n;]|(?<=[a-zà-ỹ0-9)”])\.\s+(?=[A-ZÀ-Ỹ+-])|\s[-+–]\s(?=[A-ZÀ-Ỹ])")
_CONDITION = re.compile(
    r"((?:nếu|trường hợp|đối với|khi|trong trường hợp|với hồ sơ|hồ sơ (?:không|chưa))\b.*?)(?:\s+thì\b|\s*[:,]|$)",
    re.IGNORECASE,
)


def parse_routes(text: str) -> tuple[PrintedRoute, ...]:
    """Every way to another step that the words name, in printed order ("Nếu không đồng ý: Chuyển lại bước 3").

    A step that is only mentioned ("kết quả tại B6") is none.
    """
    found: dict[tuple[str, Direction], PrintedRoute] = {}
    lines = [clean(line) for line in text.split("\n")]
    for sentence in (part for line in lines for part in _SENTENCE.split(line)):
        for route in _routes_in(sentence):
            found.setdefault((route.step, route.direction), route)
    return tuple(found.values())


def _routes_in(sentence: str) -> Iterator[PrintedRoute]:
    for match in _ROUTE.finditer(sentence):
        direction = Direction.BACK if match["back"] else Direction.BESIDE if match["beside"] else Direction.ON
        condition = _condition(sentence[: match.start()]) or _condition(sentence[match.end() :])
        yield PrintedRoute(match["step"], direction, condition)
        end = match.end()
        while more := _MORE.match(sentence, end):
            yield PrintedRoute(more["step"], direction, condition)
            end = more.end()


def _condition(words: str) -> str:
    matches = list(_CONDITION.finditer(words))
    return matches[-1][1].strip(" .:,-–+(") if matches else ""


# ---------------------------------------------------------------- kinds of steps

_ONE_STOP_NAME = re.compile(r"(?:bo phan |to )?(?:tiep nhan (?:va|&) tra ket qua|tn\s?(?:&|va)\s?tkq)")
_ONE_STOP = re.compile(
    r"tiep nhan|mot cua|1 cua|hanh chinh cong|pvhcc|hcc\b|tn\s?(?:&|va)\s?tkq|ccmc|buu (?:dien|chinh)"
)
_CITIZEN = re.compile(
    r"^(?:cac )?(?:to chuc(?:,|/| va| hoac|$| de nghi| thuc hien tthc| thuc hien thu tuc| dang ky| nop)|"
    r"ca nhan|cong dan|nguoi (?:nop|dan|de nghi|yeu cau|su dung dat)|nha dau tu|doanh nghiep|chu dau tu|"
    r"chu ho so|doc gia|thi sinh)"
)
_WAITS = re.compile(r"bo sung|hoan thien|giai trinh|thuc hien nghia vu|nop (?:phi|le phi|tien|thue)")
_WAITING = re.compile(
    r"^\W*(?:cho|tam dung cho|doi) (?:to chuc|ca nhan|nguoi nop|cong dan|bo sung|nha dau tu|ket qua nop)"
)
_RETURNS = re.compile(
    r"tra (?:lai )?(?:ket qua|giay|quyet dinh|ban chinh)|tra (?:cho |ho so cho )?(?:to chuc|ca nhan|cong dan|"
    r"khach hang)|giao ket qua|(?:den|moi) nhan ket qua"
)
_RECEIVES = re.compile(
    r"(?:tiep nhan|nhan) (?:va [\w, ]{1,25})?(?:ho so|phieu|thong tin|don)|nop ho so|^\W*tiep nhan\b|phieu tiep nhan"
)
_STILL_WORKS = re.compile(r"\W*(?:ky|phe duyet|tham dinh|du thao|xem xet|lay so|vao so|dong dau|trinh)\b")
_CONSULTED = re.compile(r"duoc (?:xin|lay|hoi) y kien|^(?:cac )?co quan (?:phoi hop|lien quan)|^cac so, (?:ban|nganh)")
_LINKED = re.compile(r"^\W*lien thong\b")


def step_kind(text: str, actor: str = "", *, first: bool = False, counted: bool = True) -> StepKind:
    """What the words make of a step; ``first`` in its workflow, ``counted`` when its time counts.

    Anything that is not plainly one of the others is a task.
    """
    said, who = fold(text), fold(actor)
    if not first and not counted and (_WAITING.match(said) or (_CITIZEN.match(who) and _WAITS.search(said))):
        return StepKind.WAIT
    opening = _ONE_STOP_NAME.sub(" ", said[:400])
    one_stop = bool(_ONE_STOP.search(who))
    receives = bool(_RECEIVES.search(opening[:200]))
    if receives and first and (one_stop or "ho so" in opening or not who):
        return StepKind.RECEIVE
    if not first and _RETURNS.search(opening[:100]) and not _STILL_WORKS.match(opening):
        return StepKind.RETURN
    if _CONSULTED.search(who) or _LINKED.match(said):
        return StepKind.HANDOVER
    return StepKind.RECEIVE if receives and one_stop else StepKind.TASK


# ---------------------------------------------------------------- control forms

_NUMBERED = re.compile(
    r"mẫu(?:\s+số)?\s*:?\s*((?:0?\d{1,2}(?:\s*\([^)]*\))?)(?:\s*[,;/]\s*0?\d{1,2}(?![.\d/])(?:\s*\([^)]*\))?)*)(?![.\d/])"
    r"(?!.{0,60}(?:nghị định|thông tư (?!số (?:03/2025|01/2018)|(?:03/2025|01/2018))))",
    re.IGNORECASE,
)
_CODED = re.compile(r"(?<![\w.])(?:BM|MB|QT)[.-][\wĐđ]+(?:[.-][\wĐđ]+)*[.-]\d{1,3}(?!\w)")
_NAMES = tuple((number, re.compile(words)) for number, words in (
    (1, r"giay tiep nhan ho so"), (2, r"phieu yeu cau bo sung"), (3, r"phieu tu choi"),
    (4, r"(?:phieu|van ban|thu) xin loi"), (5, r"thong bao (?:ve viec )?dung giai quyet"),
    (6, r"phieu kiem soat"), (7, r"so theo doi ho so"),
))  # fmt: skip


def parse_forms(text: str) -> tuple[str, ...]:
    """Control forms that the words name: by number ("Mẫu 01"), by code ("BM.TBYT.01.02"), else by their whole name.

    "Mẫu 01; 02, 03 (nếu có); 06" are four. A name printed beside its number is not named twice.
    """
    whole = clean(text)
    numbers = [
        f"Mẫu {int(number):02d}"
        for match in _NUMBERED.finditer(whole)
        for number in re.findall(r"\d{1,2}", re.sub(r"\([^)]*\)", "", match[1]))
    ]
    codes = [match[0] for match in _CODED.finditer(whole)]
    names = [] if numbers or codes else [CONTROL_FORMS[n] for n, name in _NAMES if name.search(fold(whole))]
    return tuple(dict.fromkeys((*numbers, *codes, *names)))


# ---------------------------------------------------------------- who does it

_ROLE = re.compile(
    r"(?:(?:công chức|viên chức|cán bộ|chuyên viên|nhân viên|lãnh đạo|văn thư|chỉ huy|thủ trưởng|"
    r"người đứng đầu|kế toán|thủ quỹ|(?:phó\s+)?(?:chủ tịch|giám đốc|tổng giám đốc|chi cục trưởng|chánh văn phòng|"
    r"chánh thanh tra|trưởng ban|trưởng phòng|trưởng bộ phận|hiệu trưởng|"
    r"cục trưởng)|(?:phó\s+)?trưởng)\s*(?:của|tại|thuộc|ở)?\s*)(?=\S)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:phòng|sở|ubnd|ủy ban|uỷ ban|văn phòng|trung tâm|chi cục|chi nhánh|cục|ban|bộ phận|bộ|công an|cơ sở|cơ quan|"
    r"hội đồng|tổ(?! chức)|đội|trạm|thuế|ttpvhcc|tt ?pvhcc|đơn vị|viện|trường|bệnh viện|thanh tra|vp|quỹ|kho bạc)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\b(?:phân công|xem xét|thẩm định|trình|ký|duyệt|phê duyệt|chuyển|được (?:giao|phân công)|tiếp nhận(?! và trả)|"
    r"kiểm tra|xử lý|chỉ đạo|quyết định|thụ lý|có trách nhiệm|thực hiện)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r";|\n|/|\bhoặc\b|, (?:lãnh đạo|chuyên viên|văn thư|công chức|cán bộ|trưởng|phòng|sở)|^\W*-", re.IGNORECASE
)
_HEADED = re.compile(r"^(?:(?:phó\s+)?trưởng)$", re.IGNORECASE)


def split_actor(text: str) -> Actor:
    """Post and unit of an actor's cell: "Lãnh đạo Phòng Quản lý môi trường" is a Lãnh đạo of that Phòng.

    A cell that names only a body ("UBND tỉnh") is a unit without a post. Where it names several, or says what they do,
    nothing is split: the whole cell is the post.
    """
    whole = clean(text)
    if not whole or _SEVERAL.search(text.strip()) or _ACTS.search(whole):
        return Actor(whole, "")
    role = _ROLE.match(whole)
    if role is None:
        return Actor("", whole) if _UNIT.match(whole) else Actor(whole, "")
    rest = whole[role.end() :]
    headed = re.match(r"((?:phó\s+)?trưởng)\s+(phòng|ban|bộ phận)\b(?=\s*\S)", whole, re.IGNORECASE)
    if headed and whole[headed.end() :].strip():
        return Actor(headed[0], whole[headed.start(2) :])
    if not _UNIT.match(rest) or _HEADED.match(role[0].strip()):
        return Actor(whole, "")
    return Actor(role[0].strip(), rest)
