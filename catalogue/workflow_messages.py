"""Vietnamese sentences for what the proof of workflows finds; ``problem_sentence`` of ``catalogue.messages`` uses them.

Templates take ``where`` (workflow and step), ``value`` and ``detail``; ``WORKFLOW_CODES`` explains them. Hours are
given to people in days.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from decisions.problems import Problem
from decisions.workflow_proof import days_text, over_text

LINE_CODES: Mapping[str, str] = {
    "workflow_procedure_unknown": "value: code or name of the row",
    "workflow_day_unknown": "value: effect as printed",
    "workflow_expires_unknown": "value: printed symbol or serial number",
    "workflow_ended_already": "value: printed symbol or serial number; detail: day",
    "workflow_text_ended": "value: code or name; detail: day",
    "workflow_text_missing": "value: code or name",
    "workflow_time_over_later": "as workflow_time_over, against a text that may be later than the workflow",
    "workflow_twice": "value: code or name; detail: the other rows",
    "workflow_doubtful": "value: what was read with doubt; detail: reason",
    "workflow_ends_first": "value: last day; detail: first day",
}
"""Codes of the rows that bring workflows, beside those of the proof."""

WORKFLOW_PROBLEMS: Mapping[str, str] = {
    "workflow_procedure_unknown": "{where}: chưa có thủ tục “{value}” trong danh mục và trong quyết định này; hãy kiểm "
    "tra mã và tên thủ tục.",
    "workflow_day_unknown": "Chưa xác định được ngày quy trình có hiệu lực ({value}); hãy nhập ngày có hiệu lực của "
    "quyết định.",
    "workflow_expires_unknown": "{where}: chưa chọn quy trình hết hiệu lực theo “{value}”; hãy chọn quy trình, hoặc "
    "ghi lý do dòng này không ảnh hưởng danh mục.",
    "workflow_ended_already": "{where}: quy trình được nêu theo “{value}” không còn áp dụng từ ngày {detail} nên dòng "
    "này không làm thay đổi gì; hãy kiểm tra và xác nhận.",
    "workflow_text_ended": "{where}: thủ tục “{value}” không có nội dung nào có hiệu lực từ ngày {detail}; hãy kiểm "
    "tra và xác nhận.",
    "workflow_text_missing": "{where}: quy trình của “{value}” chưa có bước nào.",
    "workflow_twice": "{where}: “{value}” có hai quy trình cho cùng cấp và cùng trường hợp (dòng kia: {detail}); hãy "
    "ghi rõ trường hợp hoặc bỏ một quy trình.",
    "workflow_doubtful": "{where}: “{value}” đọc chưa chắc chắn ({detail}); hãy so với văn bản gốc và xác nhận.",
    "workflow_ends_first": "Ngày hết hiệu lực của quy trình ({value}) không sau ngày có hiệu lực ({detail}).",
    "workflow_without_steps": "{where}: quy trình chưa có bước nào.",
    "workflow_step_twice": "{where}: có hai bước cùng ký hiệu “{value}”.",
    "workflow_without_actor": "{where}: chưa ghi đơn vị hoặc người thực hiện bước “{value}”.",
    "workflow_without_text": "{where}: chưa ghi nội dung công việc của “{value}”.",
    "workflow_role_unknown": "{where}: đơn vị {detail} chưa có vị trí “{value}” trong danh mục; hãy kiểm tra hoặc xác "
    "nhận.",
    "workflow_district": "{where}: “{value}” thuộc cấp huyện; từ {detail} không còn cấp huyện, hãy sửa hoặc xác nhận.",
    "workflow_time_unread": "{where}: thời gian “{value}” không đọc được thành số; hãy ghi lại hoặc xác nhận là không "
    "tính thời gian.",
    "workflow_time_missing": "{where}: chưa ghi thời gian thực hiện ({value}); hãy ghi hoặc xác nhận là không tính "
    "thời gian.",
    "workflow_route_unknown": "{where}: nhánh dẫn đến bước “{value}” không có trong quy trình.",
    "workflow_loop": "{where}: các bước đi vòng tròn ({detail}); hãy ghi rõ bước nào là chuyển trả lại.",
    "workflow_endless": "{where}: không có đường nào dẫn đến kết thúc từ: {detail}.",
    "workflow_unreached": "{where}: không có bước nào dẫn đến “{value}”.",
    "workflow_return_forward": "{where}: chuyển trả lại một bước đứng sau ({value}); hãy kiểm tra hoặc xác nhận.",
    "workflow_join_alone": "{where}: chờ nhiều nhánh nhưng chỉ có một nhánh dẫn đến; hãy kiểm tra hoặc xác nhận.",
    "workflow_branch_unsaid": "{where}: {value} nhánh chưa ghi điều kiện rẽ; hãy ghi điều kiện, chọn song song, hoặc "
    "xác nhận.",
    "workflow_time_over": "{where}: tổng thời gian dài nhất vượt thời hạn giải quyết: {over} ngày.",
    "workflow_time_over_later": "{where}: tổng thời gian dài nhất vượt thời hạn của nội dung đang có hiệu lực: {over} "
    "ngày; nội dung đó có thể mới hơn quy trình, hãy đối chiếu và xác nhận.",
    "workflow_time_over_some": "{where}: tổng thời gian dài nhất vượt một trong các thời hạn giải quyết: {over} ngày; "
    "hãy ghi quy trình dùng cho cách thức nào, hoặc xác nhận.",
    "workflow_limit_unknown": "{where}: thời hạn của thủ tục ghi “{value}”, không so được bằng số; hãy kiểm tra và xác "
    "nhận.",
    "workflow_total_differs": "{where}: cộng các bước được {days} ngày, dòng tổng ghi {printed} ngày.",
    "workflow_stage_differs": "{where}: cộng các bước được {days} ngày, tiêu đề ghi {printed} ngày.",
    "workflow_unit_differs": "{where}: các bước tính theo {value}, thời hạn của thủ tục tính theo {detail}; hãy kiểm "
    "tra và xác nhận.",
    "workflow_paper_unused": "{where}: giấy tờ “{value}” không được bước nào dùng đến; hãy kiểm tra và xác nhận.",
    "workflow_paper_unknown": "{where}: bước dùng giấy tờ “{value}” không có trong thành phần hồ sơ; hãy kiểm tra và "
    "xác nhận.",
    "workflow_input_missing": "{where}: chờ “{value}” nhưng không bước nào trước đó làm ra.",
}


def workflow_sentence(problem: Problem) -> str:
    """The sentence for one finding, beginning with a capital letter."""
    hours, bound = _number(problem.value), _number(problem.detail)
    sentence = WORKFLOW_PROBLEMS[problem.code].format(
        where=problem.where,
        value=problem.value,
        detail=problem.detail,
        over=over_text(hours, bound) if hours is not None and bound is not None else "",
        days=days_text(hours) if hours is not None else problem.value,
        printed=days_text(bound) if bound is not None else problem.detail,
    )
    sentence = sentence.removeprefix(": ")
    return sentence[:1].upper() + sentence[1:]


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
