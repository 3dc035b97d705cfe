"""The closed vocabularies that code branches on; lists the law can change are rows in the database instead."""

from __future__ import annotations

from enum import StrEnum


class ChangeKind(StrEnum):
    """What one annex row does to the catalogue (NĐ 63/2010 Đ.14–15 and practice)."""

    INTRODUCED = "introduced"  # mới ban hành
    PUBLISHED_LATE = "published_late"  # công bố bổ sung
    AMENDED = "amended"  # được sửa đổi, bổ sung
    REPLACED = "replaced"  # được thay thế, n cũ -> m mới
    ABOLISHED = "abolished"  # bị bãi bỏ
    STANDARDISED = "standardised"  # chuẩn hóa
    MOVED_SECTOR = "moved_sector"  # chuyển lĩnh vực
    RESUMED = "resumed"  # tiếp tục thực hiện
    CORRECTED = "corrected"  # đính chính một dòng đã công bố: giữ ngày, thay chữ
    NON_TERRITORIAL = "non_territorial"  # danh mục phi địa giới
    ONLINE = "online"  # danh mục dịch vụ công trực tuyến
    SIMPLIFIED = "simplified"  # cắt giảm thời gian
    DELEGATED = "delegated"  # ủy quyền
    WORKFLOW = "workflow"  # phê duyệt quy trình nội bộ, điện tử
    INVENTORY = "inventory"  # kiểm kê ban đầu: đang có hiệu lực khi hệ thống bắt đầu
    UNKNOWN = "unknown"  # văn bản không nói; một người phải chọn

    @property
    def opens(self) -> bool:
        """Whether such a line puts a (new) text in force."""
        return self not in (ChangeKind.ABOLISHED, ChangeKind.WORKFLOW, ChangeKind.UNKNOWN)

    @property
    def needs_predecessor(self) -> bool:
        """Whether something must be in force before (domain rule 2)."""
        return self in (
            ChangeKind.AMENDED, ChangeKind.REPLACED, ChangeKind.ABOLISHED, ChangeKind.MOVED_SECTOR,
            ChangeKind.CORRECTED, ChangeKind.NON_TERRITORIAL, ChangeKind.ONLINE, ChangeKind.SIMPLIFIED,
            ChangeKind.DELEGATED,
        )  # fmt: skip

    @property
    def sets_attribute(self) -> bool:
        """Whether such a line belongs to a list that only marks what is in force; a mark for a time gives way to the
        usual text again."""
        return self in (
            ChangeKind.NON_TERRITORIAL, ChangeKind.ONLINE, ChangeKind.SIMPLIFIED, ChangeKind.DELEGATED,
        )  # fmt: skip


class ActKind(StrEnum):
    """What a decision does to an earlier decision, whole or by rows of its annex."""

    CORRECTED = "corrected"  # đính chính
    REVOKED = "revoked"  # thu hồi: coi như chưa có, trạng thái trước đó trở lại
    AMENDED = "amended"  # sửa đổi: các dòng khác giữ nguyên
    ABOLISHED = "abolished"  # bãi bỏ: các dòng hết hiệu lực, không trả lại trạng thái trước


class DecisionKind(StrEnum):
    """What a decision as a whole is for."""

    PUBLICATION = "publication"
    WORKFLOW = "workflow"
    LISTING = "listing"  # phi địa giới, trực tuyến, cắt giảm …
    DELEGATION = "delegation"
    ACT = "act"  # chỉ tác động lên quyết định trước
    INVENTORY = "inventory"  # không phải quyết định; không bao giờ hiện như một quyết định


class DecisionStatus(StrEnum):
    """Where a decision stands on its way."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    ISSUED = "issued"


class Action(StrEnum):
    """What a person may do with a decision."""

    EDIT = "edit"
    SUBMIT = "submit"
    REVIEW = "review"
    APPROVE = "approve"
    ISSUE = "issue"
    RETURN = "return"


class EffectType(StrEnum):
    """How the paper says from when a line binds (domain 9.4)."""

    ON_SIGNING = "on_signing"  # kể từ ngày ký
    FIXED = "fixed"  # một ngày ghi rõ
    WITH_TEXT = "with_text"  # từ ngày một văn bản khác có hiệu lực
    UNRESOLVED = "unresolved"  # chưa xác định được; không công khai


class Level(StrEnum):
    """The level of government a row is for."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"  # chỉ đến hết 30/6/2025
    COMMUNE = "commune"
    SHARED = "shared"  # dùng chung
    OTHER = "other"
    UNKNOWN = "unknown"


class Register(StrEnum):
    """Which register a procedure belongs to; internal ones never reach citizens (QĐ 1085/QĐ-TTg)."""

    PUBLIC = "public"
    INTERNAL = "internal"


class OnlineGrade(StrEnum):
    """How far a procedure can be done online (NĐ 42/2022, NĐ 224/2026)."""

    FULL = "full"  # toàn trình
    PARTIAL = "partial"  # một phần
    INFORMATION = "information"  # chỉ cung cấp thông tin
    UNKNOWN = "unknown"
