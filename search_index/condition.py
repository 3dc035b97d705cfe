"""What can be wrong with a stored index, in words for people, and the mark by which an older one is known."""

from __future__ import annotations

# Raise whenever documents are analysed or stored in another way: older indexes are then rebuilt, never misread.
SCHEMA_VERSION = "4"

MISSING = "Chưa có chỉ mục tìm kiếm; cần lập lại chỉ mục."
OUTDATED = "Chỉ mục tìm kiếm thuộc phiên bản khác ({found}, cần {wanted}); cần lập lại chỉ mục."
DAMAGED = "Chỉ mục tìm kiếm bị hỏng ({reason}); cần lập lại chỉ mục."
BUSY = "Một tiến trình khác đang ghi chỉ mục tìm kiếm; hãy thử lại sau ít phút."
FAILED = "Không ghi được chỉ mục tìm kiếm ({reason}); chỉ mục cũ vẫn dùng được."
AWAY = "Chưa kết nối được máy chủ tìm kiếm; hãy thử lại sau ít phút."
FULL = "ổ đĩa đầy"
NO_RIGHT = "không có quyền ghi"
READ_ONLY = "chỉ cho đọc"
DISCONNECTED = "chưa kết nối được máy chủ"
