"""Words of the office that no citizen reads: what was recorded, fields of forms, steps, and days in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Flask

from catalogue.glossary import DECISION_KINDS, DECISION_STATUSES, EFFECT_TYPES, KINDS, LEVELS, PARTS, REGISTERS
from catalogue.messages import problem_sentence
from catalogue.web.office.report import opened_rows
from catalogue.web.wording import calm_place
from decisions.problems import Problem
from decisions.working_days import Calendar

AUDIT_ACTIONS: Mapping[str, str] = {
    "catalogue_initialised": "Chuẩn bị danh mục",
    "inventory_imported": "Nhập kiểm kê ban đầu",
    "decision_drafted": "Lập dự thảo",
    "decision_imported": "Nhập từ tệp Word",
    "decision_edited": "Sửa đầu quyết định",
    "line_added": "Thêm dòng",
    "line_edited": "Sửa dòng",
    "line_removed": "Bỏ dòng",
    "leftover_handled": "Xử lý dòng chưa giải thích",
    "act_edited": "Chọn lại phạm vi tác động",
    "act_confirmed": "Xác nhận tác động lên quyết định trước",
    "workflow_added": "Thêm quy trình",
    "workflow_edited": "Sửa quy trình",
    "workflow_removed": "Bỏ quy trình",
    "workflow_confirmed": "Xác nhận quy trình còn phù hợp",
    "electronic_drafted": "Soạn quy trình điện tử",
    "electronic_approved": "Phê duyệt quy trình điện tử",
    "workflow_configured": "Ghi cấu hình trên hệ thống một cửa",
    "problem_confirmed": "Xác nhận cảnh báo",
    "effect_resolved": "Xác định ngày có hiệu lực",
    "decision_submitted": "Trình",
    "decision_reviewed": "Kiểm soát",
    "decision_approved": "Phê duyệt",
    "decision_returned": "Trả lại",
    "approval_voided": "Các bước đã qua không còn giá trị vì bản dự thảo được sửa",
    "decision_issued": "Ban hành",
    "decision_discarded": "Hủy dự thảo",
    "db_entry_recorded": "Ghi ngày công khai trên Cơ sở dữ liệu quốc gia",
    "task_closed": "Báo đã làm xong việc được giao",
    "legal_text_edited": "Sửa văn bản pháp lý",
    "posts_changed": "Sửa vị trí của đơn vị",
    "holiday_changed": "Sửa lịch nghỉ",
}

FIELD_LABELS: Mapping[str, str] = {
    "kind": "Loại",
    "register": "Danh mục",
    "number": "Số và ký hiệu",
    "issuer_text": "Cơ quan ban hành",
    "signed_on": "Ngày ký",
    "place": "Nơi ký",
    "signer": "Người ký",
    "capacity": "Thẩm quyền ký",
    "subject": "Trích yếu",
    "bases": "Căn cứ",
    "proposal": "Đề nghị của",
    "articles": "Các điều",
    "recipients": "Nơi nhận",
    "effect_type": "Hiệu lực",
    "effect_text": "Hiệu lực ghi trong văn bản",
    "effect_from": "Có hiệu lực từ ngày",
    "effect_until": "Ngày cuối có hiệu lực",
    "code_printed": "Mã",
    "name": "Tên thủ tục",
    "level": "Cấp thực hiện",
    "sector": "Lĩnh vực",
    "annex": "Phụ lục",
    "part": "Phần",
    "section": "Mục",
    "ordinal": "Số thứ tự",
    "changed_parts": "Nội dung sửa đổi, bổ sung",
    "basis": "Căn cứ pháp lý của dòng",
    "replaces": "Thay cho thủ tục",
    "successors": "Thủ tục thay thế",
    "time": "Thời hạn giải quyết",
    "cut": "Thời hạn sau cắt giảm",
    "channels": "Cách thức thực hiện",
    "fee": "Phí, lệ phí",
    "agency": "Cơ quan thực hiện",
    "deciding": "Cơ quan quyết định",
    "online": "Mức độ trực tuyến",
    "conditions": "Yêu cầu, điều kiện",
    "subjects": "Đối tượng thực hiện",
    "target": "Quyết định bị tác động",
    "rows": "Số dòng được chọn",
    "db_entered_on": "Ngày công khai trên Cơ sở dữ liệu quốc gia",
    "source": "Văn bản quy định",
    "fields": "Nội dung các cột",
    "content": "Toàn văn nội dung",
}
CELL_LABELS: Mapping[str, str] = {**FIELD_LABELS, "place": "Địa điểm thực hiện", "basis": "Căn cứ pháp lý"}
"""The same for the columns of a row (``fields``), where "place" and "basis" mean something else than in a head."""

TOPICS = {
    "already_in_force": "thủ tục đang có hiệu lực trước đó",
    "act_row_idle": "dòng cũ không làm thay đổi danh mục",
    "act_unmatched": "số thứ tự không khớp phụ lục cũ",
    "cell_doubtful": "ô đọc chưa chắc chắn",
    "cell_missing": "ô không ghi nội dung",
    "code_not_standard": "mã chưa đúng dạng quốc gia",
    "column_differs": "cột của dòng khác với nội dung soạn",
    "column_missing": "cả cột không ghi nội dung",
    "contradictory_kinds": "một thủ tục ở hai loại dòng",
    "count_differs": "số đếm khác số ghi trong văn bản",
    "effect_unresolved": "chưa xác định ngày có hiệu lực",
    "effective_before_signing": "có hiệu lực trước ngày ký",
    "fee_zero_without_words": "phí, lệ phí ghi số 0",
    "later_text": "đã có văn bản ghi trước cho ngày sau",
    "name_differs": "tên khác với danh mục",
    "named_unknown": "thủ tục được nêu chưa có trong danh mục",
    "not_in_force": "thủ tục không còn hiệu lực hoặc chưa có trong danh mục",
    "part_missing": "nội dung còn thiếu phần",
    "same_name": "trùng tên với thủ tục khác",
    "successor_unnamed": "chưa nêu thay cho thủ tục nào",
}
HOLIDAY_KINDS: Mapping[str, str] = {
    "holiday": "Nghỉ lễ, tết",
    "compensation": "Nghỉ bù",
    "swap_off": "Nghỉ hoán đổi",
    "swap_work": "Đi làm bù",
}
TASK_KINDS: Mapping[str, str] = {
    "internal_workflow": "Xây dựng, trình phê duyệt quy trình nội bộ",
    "electronic_workflow": "Thiết lập quy trình điện tử",
}
HANDLINGS: Mapping[str, str] = {
    "line": "Đã lập thành dòng",
    "note": "Chỉ là ghi chú, không phải thủ tục",
    "ignored": "Bỏ qua",
}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "kind": {**DECISION_KINDS, **KINDS, **HOLIDAY_KINDS},
    "level": LEVELS,
    "register": REGISTERS,
    "status": DECISION_STATUSES,
    "effect_type": EFFECT_TYPES,
}


def init_app(app: Flask) -> None:
    """Make the words known to templates."""
    app.jinja_env.filters.update(
        problem=problem_words,
        problem_topic=problem_topic,
        field_name=field_name,
        recorded=recorded,
        audit_action=audit_action,
        opened_rows=opened_rows,
        row_problem=row_problem,
    )
    app.jinja_env.globals.update(office_words={"handlings": HANDLINGS, "holidays": HOLIDAY_KINDS, "tasks": TASK_KINDS})


def problem_words(problem: Problem) -> str:
    """The sentence of a problem with its place as people write places."""
    return problem_sentence(replace(problem, where=calm_place(problem.where)))


def problem_topic(key: str) -> str:
    """What a confirmed warning was about, from its stored key (code, row, mark): "tên khác với danh mục, dòng 3"."""
    code, _, rest = key.partition(":")
    row = rest.partition(":")[0]
    place = f", dòng {int(row) + 1}" if row.isdecimal() else ""
    return f"{TOPICS.get(code, 'cảnh báo khác')}{place}"


def row_problem(problem: Problem) -> str:
    """The sentence of a problem that stands at its row: the place need not be said again."""
    return problem_sentence(replace(problem, where=""))


def audit_action(action: str) -> str:
    """What was done, in words."""
    return AUDIT_ACTIONS.get(action, action)


def field_name(name: str) -> str:
    """The label of a field; the cells of a row are named ``fields.time`` in comparisons, ``field_time`` in forms."""
    if name.startswith("parts."):
        return PARTS.get(name.removeprefix("parts."), name)
    for prefix in ("fields.", "field_"):
        if name.startswith(prefix):
            return CELL_LABELS.get(name.removeprefix(prefix), name.removeprefix(prefix))
    return FIELD_LABELS.get(name, name)


def recorded(value: Any, name: str = "") -> str:
    """A recorded JSON value as people read it; an empty one is said in words."""
    if value in (None, "", [], {}):
        return "(để trống)"
    if isinstance(value, Mapping):
        return "; ".join(f"{field_name(f'fields.{key}')}: {recorded(text)}" for key, text in value.items())
    if isinstance(value, list):
        return "; ".join(recorded(item, name) for item in value)
    if name.endswith(("_on", "_from", "_until", "day", "due")) and isinstance(value, str):
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return _VALUES.get(name, {}).get(str(value), str(value))


def days_left(last_day: date, today: date, calendar: Calendar) -> str:
    """How long there is: "còn 3 ngày làm việc", "hết hạn hôm nay", "quá hạn 2 ngày làm việc"."""
    if today == last_day:
        return "hết hạn hôm nay"
    if today < last_day:
        left = calendar.working_days_between(today, last_day)
        return f"còn {left} ngày làm việc" if left else "hạn rơi vào ngày nghỉ này"
    over = calendar.working_days_between(last_day, today)
    return f"quá hạn {over} ngày làm việc" if over else "vừa quá hạn"
