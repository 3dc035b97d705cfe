"""Identifier -> the Vietnamese words people read; screens, papers and the API take labels from here."""

from __future__ import annotations

LEVELS = {
    "central": "Cấp trung ương",
    "province": "Cấp tỉnh",
    "district": "Cấp huyện",
    "commune": "Cấp xã",
    "shared": "Dùng chung",
    "other": "Cơ quan khác",
    "unknown": "Chưa xác định cấp",
}
KINDS = {
    "introduced": "Mới ban hành",
    "published_late": "Công bố bổ sung",
    "amended": "Được sửa đổi, bổ sung",
    "replaced": "Được thay thế",
    "abolished": "Bị bãi bỏ",
    "standardised": "Được chuẩn hóa",
    "moved_sector": "Chuyển lĩnh vực",
    "resumed": "Tiếp tục thực hiện",
    "corrected": "Được đính chính",
    "non_territorial": "Thực hiện phi địa giới hành chính",
    "online": "Cung cấp trực tuyến",
    "simplified": "Được cắt giảm thời gian giải quyết",
    "delegated": "Được ủy quyền giải quyết",
    "workflow": "Phê duyệt quy trình",
    "inventory": "Có từ trước khi mở danh mục",
    "unknown": "Chưa xác định",
}
STEP_KINDS = {
    "receive": "Tiếp nhận hồ sơ",
    "task": "Xử lý",
    "handover": "Chuyển cơ quan khác",
    "wait": "Chờ người nộp",
    "return": "Trả kết quả",
}
BRANCHINGS = {
    "one": "Chỉ một nhánh, theo điều kiện",
    "all": "Song song mọi nhánh",
}
ELECTRONIC_STATUSES = {
    "draft": "Đang soạn",
    "approved": "Đã phê duyệt",
    "replaced": "Đã có bản thay thế",
}
NOTICES = {
    "email": "thư điện tử",
    "sms": "tin nhắn",
}
WORKFLOW_PARTS = {
    "times": "thời hạn giải quyết",
    "channels": "cách thức thực hiện",
    "papers": "thành phần hồ sơ",
    "cases": "trường hợp",
    "bodies": "cơ quan thực hiện",
    "fees": "phí, lệ phí",
}
ACTS = {
    "corrected": "Đính chính",
    "revoked": "Thu hồi",
    "amended": "Sửa đổi, bổ sung",
    "abolished": "Bãi bỏ",
}
ACTS_SUFFERED = {
    "corrected": "Được đính chính",
    "revoked": "Bị thu hồi",
    "amended": "Được sửa đổi, bổ sung",
    "abolished": "Bị bãi bỏ",
}
DECISION_KINDS = {
    "publication": "Công bố thủ tục hành chính",
    "workflow": "Phê duyệt quy trình",
    "listing": "Phê duyệt danh mục",
    "delegation": "Ủy quyền giải quyết",
    "act": "Tác động lên quyết định trước",
    "inventory": "Kiểm kê ban đầu",
}
WORKFLOW_ADOPTED = "Phê duyệt quy trình nội bộ"
DECISION_STATUSES = {
    "draft": "Đang soạn",
    "submitted": "Đã trình",
    "reviewed": "Đã kiểm soát",
    "approved": "Đã phê duyệt",
    "issued": "Đã ban hành",
}
EFFECT_TYPES = {
    "on_signing": "Kể từ ngày ký",
    "fixed": "Từ ngày ghi trong văn bản",
    "with_text": "Từ ngày văn bản khác có hiệu lực",
    "unresolved": "Chờ xác định hiệu lực",
}
STATES = {
    "in_force": "Còn hiệu lực",
    "coming": "Sắp có hiệu lực",
    "ended": "Hết hiệu lực",
    "never": "Chưa từng có hiệu lực",
}
REGISTERS = {"public": "Thủ tục hành chính", "internal": "Thủ tục hành chính nội bộ"}
GRADES = {
    "full": "Toàn trình",
    "partial": "Một phần",
    "information": "Chỉ cung cấp thông tin",
    "unknown": "Chưa có thông tin",
}
CHANNELS = {"direct": "Trực tiếp", "online": "Trực tuyến", "postal": "Bưu chính công ích"}
FEE_KINDS = {"fee": "Phí", "charge": "Lệ phí", "price": "Giá", "unknown": "Phí, lệ phí"}
TIME_UNITS = {"hour": "giờ", "day": "ngày", "working_day": "ngày làm việc", "month": "tháng", "other": ""}
BODY_ROLES = {
    "executing": "Cơ quan thực hiện",
    "deciding": "Cơ quan có thẩm quyền quyết định",
    "delegated": "Cơ quan được ủy quyền",
    "coordinating": "Cơ quan phối hợp",
}
AGENCY_KINDS = {
    "committee_province": "Ủy ban nhân dân cấp tỉnh",
    "department": "Sở, ngành",
    "committee_district": "Ủy ban nhân dân cấp huyện",
    "committee_commune": "Ủy ban nhân dân cấp xã",
    "ministry": "Bộ, ngành trung ương",
    "centre": "Trung tâm phục vụ hành chính công",
    "other": "Cơ quan khác",
}
PARTS = {
    "name": "Tên thủ tục",
    "friendly_name": "Tên thường gọi",
    "other_names": "Tên gọi khác",
    "sectors": "Lĩnh vực",
    "steps": "Trình tự thực hiện",
    "cases": "Trường hợp thực hiện",
    "channels": "Cách thức thực hiện",
    "papers": "Thành phần hồ sơ",
    "times": "Thời hạn giải quyết",
    "fees": "Phí, lệ phí",
    "dossier_sets": "Số lượng hồ sơ",
    "subjects": "Đối tượng thực hiện",
    "bodies": "Cơ quan thực hiện",
    "outcomes": "Kết quả thực hiện",
    "forms": "Mẫu đơn, mẫu tờ khai",
    "conditions": "Yêu cầu, điều kiện",
    "bases": "Căn cứ pháp lý",
    "reception": "Nơi tiếp nhận hồ sơ",
    "returning": "Nơi trả kết quả",
    "online": "Mức độ trực tuyến",
    "flags": "Đặc điểm thực hiện",
    "keywords": "Từ khóa",
    "note": "Ghi chú",
    "extra": "Thông tin khác",
}
FLAGS = {
    "non_territorial": "Không phụ thuộc địa giới hành chính",
    "post_in": "Tiếp nhận qua bưu chính công ích",
    "post_out": "Trả kết quả qua bưu chính công ích",
    "joint": "Liên thông",
}
ENDINGS = {
    "abolished": "Bị bãi bỏ",
    "replaced": "Được thay thế",
    "expired": "Hết thời hạn áp dụng",
    "revoked": "Quyết định công bố bị thu hồi hoặc bãi bỏ",
}
ROLES = {
    "drafter": "Cán bộ soạn thảo",
    "reviewer": "Cán bộ kiểm soát",
    "approver": "Người phê duyệt",
    "admin": "Quản trị danh mục",
}
WORD_KINDS = {
    "synonym": "Từ đồng nghĩa",
    "friendly_name": "Tên thường gọi",
    "pin": "Ghim kết quả",
}
WORD_STATES = {
    "proposed": "Chờ duyệt",
    "approved": "Đang dùng",
    "rejected": "Không duyệt",
    "withdrawn": "Đã rút lại",
    "ended": "Thôi dùng",
    "expired": "Hết hạn",
}
QUESTION_TROUBLES = {
    "unanswered": "Không có kết quả",
    "unsure": "Kết quả chưa chắc đúng",
    "unopened": "Không ai mở kết quả",
}
FORMATS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "csv": "CSV", "json": "JSON"}
