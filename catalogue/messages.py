"""Vietnamese sentences for the codes that the rules give: what is wrong, where, with which value, and the way out.

Templates take ``where``, ``value`` and ``detail`` of a ``Problem``; ``decisions.checks.PROBLEM_CODES`` explains them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from catalogue.glossary import DECISION_STATUSES, PARTS
from catalogue.workflow_messages import WORKFLOW_PROBLEMS, workflow_sentence
from decisions.lifecycle import NotAllowed
from decisions.problems import Problem

PROBLEMS: Mapping[str, str] = {
    "number_missing": "Quyết định chưa có số và ký hiệu; hãy nhập đúng như trên bản ký.",
    "number_unreadable": "Số “{value}” không đọc được là số quyết định; hãy nhập theo dạng 2815/QĐ-UBND.",
    "issuer_missing": "Chưa chọn cơ quan ban hành quyết định.",
    "issuer_did_not_exist": "Ngày {detail} không có cơ quan “{value}”; hãy chọn cơ quan đúng vào thời điểm ký.",
    "signed_on_missing": "Chưa có ngày ký; hãy nhập ngày ghi trên bản ký.",
    "signed_after_today": "Ngày ký {value} sau hôm nay ({detail}); hãy kiểm tra lại ngày ký.",
    "number_taken": "Số {value} đã có trong cùng năm và cùng cơ quan ban hành: {detail}. Hãy mở quyết định đó hoặc "
    "sửa lại số.",
    "no_lines": "Quyết định chưa có dòng thủ tục nào và không tác động đến quyết định nào trước đó.",
    "row_unexplained": "{where}: dòng “{value}” chưa được đọc thành thủ tục; hãy lập dòng từ nội dung này hoặc "
    "ghi lý do bỏ qua.",
    "act_target_unknown": "Chưa xác định được văn bản bị tác động “{value}” trong câu “{detail}”; hãy chọn quyết định "
    "trong danh mục, hoặc ghi lý do câu này không ảnh hưởng danh mục.",
    "act_unmatched": "Số thứ tự {value} không khớp với đúng một dòng của phụ lục cũ (câu “{detail}”); hãy chọn dòng "
    "bằng tay hoặc xác nhận là không có trong danh mục.",
    "act_unconfirmed": "Các dòng của {value} bị tác động theo câu “{detail}” đang chờ một người xác nhận.",
    "count_differs": "{where}: văn bản ghi {value} thủ tục nhưng đếm được {detail} dòng; hãy tìm dòng thiếu, "
    "thừa, hoặc xác nhận kèm lý do.",
    "date_impossible": "{where}: ngày “{value}” không có trong lịch; hãy nhập lại ngày đúng.",
    "kind_unknown": "{where}: chưa rõ “{value}” là mới ban hành, sửa đổi, thay thế hay bãi bỏ; hãy chọn loại.",
    "level_unknown": "{where}: chưa rõ “{value}” thuộc cấp nào; hãy chọn cấp thực hiện.",
    "name_missing": "{where}: thiếu tên thủ tục (mã {value}).",
    "code_missing": "{where}: thủ tục bị bãi bỏ “{value}” chưa có mã; hãy tìm mã trong danh mục.",
    "code_not_standard": "{where}: mã “{value}” chưa đúng dạng mã quốc gia; mã được giữ như văn bản in, hãy đối "
    "chiếu và xác nhận.",
    "column_missing": "Cả {detail} dòng đều không có {value}; hãy bổ sung, hoặc xác nhận là văn bản không ghi.",
    "cell_missing": "{where}: “{detail}” thiếu {value}; hãy bổ sung, hoặc xác nhận là văn bản không ghi.",
    "successor_unnamed": "{where}: “{value}” là thủ tục thay thế nhưng chưa nêu thay cho thủ tục nào.",
    "already_in_force": "{where}: {value} đang có hiệu lực ở cấp này vào ngày trước đó, nên không phải là mới; "
    "hãy chọn lại loại hoặc xác nhận.",
    "not_in_force": "{where}: {value} chưa có trong danh mục hoặc không còn hiệu lực ở cấp này, nên không có gì để sửa "
    "đổi, thay thế hay bãi bỏ; hãy kiểm tra mã và cấp, hoặc xác nhận.",
    "effect_unresolved": "{where}: chưa xác định được ngày có hiệu lực ({value}); hãy nhập ngày, hoặc xác nhận "
    "để dòng này chờ và chưa công khai.",
    "act_without_rows": "Chưa chọn dòng nào của {value} mà câu “{detail}” nói đến; hãy chọn các dòng, hoặc ghi lý do "
    "câu này không ảnh hưởng danh mục.",
    "act_day_missing": "Chưa xác định được ngày mà {value} bị bãi bỏ; hãy ghi ngày ở phần xác nhận tác động, hoặc ghi "
    "ngày có hiệu lực của quyết định này.",
    "act_row_idle": "Bãi bỏ dòng cũ trong {detail} không làm thay đổi: {value}. Nếu thủ tục hết hiệu lực, hãy thêm "
    "dòng bãi bỏ; nếu không, hãy xác nhận.",
    "later_text": "{where}: sau ngày có hiệu lực của dòng này, {value} thực hiện theo {detail}; văn bản đó đã ghi "
    "trước nên không mang nội dung của dòng này. Hãy kiểm tra có cần sửa tiếp văn bản đó không, rồi xác nhận.",
    "named_unknown": "{where}: “{value}” được nêu là thủ tục bị thay thế hoặc thủ tục kế tiếp nhưng chưa có trong danh "
    "mục; hãy kiểm tra mã, tên, hoặc xác nhận.",
    "effect_ends_first": "{where}: ngày hết hiệu lực {value} trước ngày có hiệu lực {detail}.",
    "effective_before_signing": "{where}: có hiệu lực từ {value}, trước ngày ký {detail}; hãy kiểm tra và xác nhận.",
    "district_level": "{where}: “{value}” ghi cấp huyện nhưng có hiệu lực từ {detail}; từ 01/7/2025 không còn "
    "cấp huyện, hãy chọn cấp tỉnh hoặc cấp xã.",
    "name_differs": "{where}: văn bản ghi “{value}”, danh mục đang ghi “{detail}”; hãy xác nhận tên theo văn bản.",
    "same_name": "{where}: tên “{value}” trùng với thủ tục có mã {detail}; hãy kiểm tra có phải là một thủ tục không.",
    "fee_zero_without_words": "{where}: phí, lệ phí ghi số 0 mà không có lời; hãy ghi rõ ai phải nộp, ai được miễn, "
    "hoặc xác nhận.",
    "part_missing": "{where}: nội dung thủ tục còn thiếu phần {value}.",
    "column_differs": "{where}: cột {detail} của dòng ghi “{value}”, nội dung soạn của thủ tục ghi khác; hãy sửa cho "
    "khớp hoặc xác nhận.",
    "cell_doubtful": "{where}: các ô {value} đọc chưa chắc chắn; hãy so với văn bản gốc và xác nhận.",
    "internal_in_public": "{where}: {value} là thủ tục nội bộ nên không được nằm trong quyết định công bố cho "
    "người dân; hãy chuyển sang quyết định về thủ tục nội bộ.",
    "public_in_internal": "{where}: {value} là thủ tục công khai cho người dân nên quyết định về thủ tục nội bộ không "
    "thay đổi được; hãy kiểm tra mã thủ tục, hoặc chuyển dòng sang quyết định công bố.",
    "twice_in_annex": "{where}: {value} ghi hai lần cùng loại, cùng cấp (dòng kia: {detail}); hãy bỏ một dòng hoặc sửa "
    "cấp.",
    "contradictory_kinds": "{where}: {value} còn ở dòng {detail} với loại khác; hãy xác nhận là văn bản ghi như vậy.",
}

COLUMN_LABELS: Mapping[str, str] = {
    "time": "thời hạn giải quyết",
    "place": "địa điểm thực hiện",
    "basis": "căn cứ pháp lý",
    "channels": "cách thức thực hiện",
    "fee": "phí, lệ phí",
    "agency": "cơ quan thực hiện",
    "deciding": "cơ quan quyết định",
    "online": "mức độ trực tuyến",
    "conditions": "yêu cầu, điều kiện",
    "subjects": "đối tượng thực hiện",
    "abolishing_text": "văn bản quy định việc bãi bỏ",
    "changed_parts": "nội dung sửa đổi, bổ sung",
}

REFUSALS: Mapping[str, str] = {
    "wrong_status": "Quyết định đang ở bước “{status}” nên chưa thể {action}.",
    "same_person": "Người soạn, người kiểm soát và người duyệt phải là ba người khác nhau; bạn đã {did} quyết "
    "định này nên không thể {action}.",
}

ACTION_LABELS: Mapping[str, str] = {
    "edit": "sửa",
    "submit": "trình",
    "review": "kiểm soát",
    "approve": "duyệt",
    "issue": "ban hành",
    "return": "trả lại",
}

CODE_WARNINGS: Mapping[str, str] = {
    "stray_space": "mã có khoảng trắng thừa",
    "stray_mark": "mã có dấu chấm hoặc ngoặc thừa",
    "extra_digits": "mã thừa chữ số",
    "not_standard": "mã chưa chuẩn",
}

NUMBER_WARNINGS: Mapping[str, str] = {
    "stray_space": "số quyết định có khoảng trắng thừa",
    "stray_mark": "số quyết định có dấu thừa",
    "missing_mark": "ký hiệu viết QD thay cho QĐ",
    "no_symbol": "chỉ có số, thiếu ký hiệu",
    "odd_order": "ký hiệu đứng trước số",
    "odd_symbol": "ký hiệu có phần thêm lạ",
    "not_a_decision": "ký hiệu không phải của quyết định",
    "test_row": "dòng thử nghiệm",
    "no_number": "không có chữ số",
}


def problem_sentence(problem: Problem) -> str:
    """The sentence for one problem, beginning with a capital letter."""
    if problem.code in WORKFLOW_PROBLEMS:
        return workflow_sentence(problem)
    value = problem.value
    if problem.code in ("column_missing", "cell_missing"):
        value = COLUMN_LABELS[value]
    elif problem.code == "part_missing":
        value = _inside(PARTS.get(value, value))
    elif problem.code == "column_differs":
        problem = replace(problem, detail=COLUMN_LABELS.get(problem.detail, problem.detail))
    elif problem.code == "effect_unresolved":
        value = f"văn bản ghi: “{value}”" if value else "văn bản không ghi"
    sentence = PROBLEMS[problem.code].format(where=problem.where, value=value, detail=problem.detail)
    sentence = sentence.removeprefix(": ")
    return sentence[:1].upper() + sentence[1:]


def refusal_sentence(refused: NotAllowed) -> str:
    """The sentence for a step that was refused."""
    return REFUSALS[refused.code].format(
        status=_inside(DECISION_STATUSES[refused.status]),
        action=ACTION_LABELS[refused.action],
        did=ACTION_LABELS[refused.did] if refused.did else "",
    )


def _inside(label: str) -> str:
    """A label as it stands inside a sentence."""
    return label[:1].lower() + label[1:]
