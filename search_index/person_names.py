"""Words that people, streets and places are named with, and those that introduce a person; for `privacy` alone."""

from __future__ import annotations

# Family names. Where marks were typed, only these very words count.
FAMILY = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn trịnh mai đào lâm trương phùng tạ hà
cao thái châu tô kiều tôn quách lương la thạch sơn kim danh nông triệu giàng vàng lò quàng cầm hứa mạc nghiêm đàm
khổng khuất ông âu bạch bế biện chu cù doãn đậu diệp đồng giang giáp hàn hầu hình hoa hùng kha khương khúc lạc lã liêu
liễu lục lưu lữ ma mã mâu nhan nhâm ninh phí phó phương quan quản sầm sử tăng tất tiêu tống trà trang tào tưởng từ
uông ung ứng văn vi viên vương vưu xa yên
"""
# No other word is written so.
ONLY_FAMILY = "nguyễn huỳnh quách trịnh"
# Middle and given names.
GIVEN = """
văn thị đức ngọc thanh minh hữu đình xuân thu hồng hoài bảo gia khánh anh tuấn hùng dũng cường mạnh thắng long lan hoa
huệ cúc hương thảo linh trang nga hằng hạnh hiền hòa hoàn hải hà giang phúc lộc thọ khang an bình yên quân quang quốc
sơn lâm tùng bách khoa đăng duy nam bắc đông tây trung kiên cương nghĩa nhân tâm tài trí tín dung nhung nguyệt vân mây
yến oanh phượng loan ly my vy trâm trinh trúc quỳnh như ý nhi ngân kim thùy thúy thủy tiên tuyết uyên thương thy hân hậu
hiếu hiệp hưng huy khải khôi kiệt lợi lực luân mẫn nhật phát phong phú phước phương quyên quyết quý sang sáng sinh sĩ
tân tấn thái thành thế thiện thịnh thông thuận tiến tình toàn toản triết triều tú tường vinh vĩnh vũ vương việt xuyến
công viết bích hợp bá trọng mỹ duyệt chí chiến thuyết thạc huấn hiển hoạt luyện thuật ân ái đoan hậu khương
chi châu diễm diệu đào điệp duyên dương đại đạt điền định hào hợi khuê lam liên liễu mai
"""
# What a place is called before its name.
PLACES = """
đường phố ngõ ngách hẻm kiệt thôn xóm ấp buôn sóc phường xã quận huyện thành thị tỉnh tòa khối tổ đội chung cư khu làng
"""
AFTER_A_PLACE = """
cần có là thì ở nào gì phải được cho và của không bao như đã sẽ mới này đó khác tôi em mình để về với hay hoặc nộp làm
xin cấp ra sao đâu tại
"""

# Without marks these are names and the smallest words of the language at once; beside another name they are names.
SMALL = "là thì như bé từ đang mà vì phí sinh năm đã về xa làm"
# How questions are put; their words would pass for names.
ORDINARY = """
như thế nào|thế nào|như nào|là như thế|thì như|thế thì|vì sao|tại sao|ra sao|làm sao|sao lại|như vậy|là thế|và như
lệ phí|mất phí|tốn phí|nộp phí|phí thế|phí là|phí bao|phí thì|không phí|gia đình tôi|gia đình em|bảo tôi|toàn bộ
trang thông tin|trang web|trang này|năm nay|năm sau|năm mới|hôm nay|từ ngày|từ năm|từ tháng|tháng này|hộ gia đình
sinh con|con sinh|mới sinh|vừa sinh|thu phí|thu tiền|thu hồi|hiện đại|hiện nay|đến khi|thành phố nào|đại diện|yên tâm
"""
# What stands before the name of a person.
BEFORE_A_PERSON = """
tên họ bé cu ông bà anh chị em cô chú bác cậu mợ dì thím cháu con vợ chồng mẹ bố ba má cha bạn thầy bị đơn
"""
