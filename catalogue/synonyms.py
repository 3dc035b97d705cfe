"""What people say and what the law says: general words, chosen and reviewed by us, handed to search as `expansions`.

One group a line, or more lines where one ends in a comma: everyday ways to say a thing, an equals sign, the words of
decisions and laws. The way is one: who writes "sổ đỏ" is shown "giấy chứng nhận quyền sử dụng đất", who writes the
latter is not shown every "sổ đỏ". A group belongs here when it is true whatever the question, and serves many
questions; none names a single procedure.
"""

from __future__ import annotations

from collections.abc import Mapping

_GROUPS = """
# Hộ tịch
giấy khai sinh, làm khai sinh, mới đẻ, mới sinh, em bé mới sinh, sinh em bé, vừa sinh, có em bé, sinh con,
đẻ con = đăng ký khai sinh
giấy tờ hộ tịch, giấy hộ tịch = giấy khai sinh kết hôn khai tử trích lục hộ tịch
qua đời, từ trần, báo tử, người mất, mới mất, vừa mất, mẹ mất, bố mất, ba mất, cha mất, chồng mất, vợ mất, ông mất,
bà mất, nội mất, ngoại mất, anh mất, chị mất, cụ mất, người thân mất, có tang, có đám tang,
giấy chứng tử, làm khai tử = đăng ký khai tử
lấy vợ, lấy chồng, cưới, hôn thú, giấy kết hôn, giấy đăng ký kết hôn, làm kết hôn = đăng ký kết hôn
độc thân, chưa kết hôn, chưa đăng ký kết hôn, chưa từng kết hôn, giấy độc thân = xác nhận tình trạng hôn nhân
ly dị, tòa xử ly hôn = ly hôn
sửa tên, đổi tên đệm, đổi họ, đổi tên khai sinh, sai tên khai sinh, cải chính khai sinh,
sửa khai sinh = thay đổi cải chính hộ tịch
con ngoài giá thú, nhận con ruột, nhận cha cho con, xác nhận cha con = đăng ký nhận cha mẹ con
xin con nuôi, nhận nuôi, nhận về nuôi, nhận con nuôi = đăng ký nuôi con nuôi
người nước ngoài, ngoại kiều, chồng tây, vợ tây = có yếu tố nước ngoài
# Cư trú, giấy tờ tùy thân
hộ khẩu, nhập hộ khẩu, nhập khẩu cho con, nhập khẩu cho vợ, nhập khẩu cho chồng, chuyển hộ khẩu, chuyển khẩu,
sổ hộ khẩu = đăng ký thường trú
xóa hộ khẩu, cắt hộ khẩu, cắt khẩu = xóa đăng ký thường trú
tách khẩu, tách sổ hộ khẩu = tách hộ
ở trọ, thuê trọ, phòng trọ, kt3 = đăng ký tạm trú
giấy xác nhận cư trú, ct07 = xác nhận thông tin về cư trú
khách đến ở, khách ngủ lại, ngủ lại, ngủ nhờ, ở nhờ vài hôm, ở chơi vài hôm = thông báo lưu trú
chuyển chỗ ở, chuyển nơi ở, đổi chỗ ở, dọn nhà = đăng ký thường trú tạm trú
giấy tờ tùy thân = thẻ căn cước hộ chiếu
chứng minh thư, chứng minh nhân dân, căn cước công dân, thẻ căn cước công dân, làm căn cước = thẻ căn cước
căn cước cho con, căn cước cho bé, căn cước cho trẻ, căn cước trẻ em = thẻ căn cước cho người dưới 14 tuổi
vneid, định danh mức 2, định danh mức độ 2 = tài khoản định danh điện tử
passport, pass port, hộ chiếu = hộ chiếu phổ thông
visa = thị thực
lý lịch, án tích = phiếu lý lịch tư pháp
nhập tịch = nhập quốc tịch Việt Nam
# Đất đai, nhà ở, xây dựng
sổ đỏ, sổ hồng, bìa đỏ, sổ đất, giấy tờ đất, sổ nhà đất = giấy chứng nhận quyền sử dụng đất
làm sổ, cấp sổ lần đầu, ra sổ, sổ đỏ lần đầu, sổ hồng lần đầu = đăng ký đất đai cấp giấy chứng nhận lần đầu
sang tên sổ, sang tên đất, sang tên nhà, cho tặng đất, cho đất,
tặng đất = đăng ký biến động chuyển nhượng tặng cho quyền sử dụng đất
chia đất, tách sổ, tách đất, gộp thửa, gộp sổ, nhập thửa = tách thửa hợp thửa đất
lên thổ cư, chuyển thổ cư, chuyển đất vườn, chuyển mục đích đất = chuyển mục đích sử dụng đất
cầm sổ, thế chấp sổ, thế chấp nhà đất, thế chấp đất = đăng ký biện pháp bảo đảm quyền sử dụng đất
xóa thế chấp, giải chấp = xóa đăng ký biện pháp bảo đảm
tranh chấp ranh giới, lấn đất, lấn sang đất, lấn ranh, tranh chấp đất = tranh chấp đất đai
sai thông tin sổ, sổ ghi sai, sửa sổ đỏ = đính chính giấy chứng nhận đã cấp
xây nhà, xin xây nhà, xây mới nhà, cất nhà, phép xây dựng = giấy phép xây dựng nhà ở riêng lẻ
nhà cấp 4, nhà cấp bốn, nhà ở cấp 4 = công trình cấp III cấp IV nhà ở riêng lẻ
sửa nhà, cải tạo nhà, nâng tầng = giấy phép sửa chữa cải tạo nhà ở riêng lẻ
căn hộ, chung cư, mua chung cư = nhà ở chung cư
# Kinh doanh
mở quán, mở cửa hàng, mở tiệm, mở shop, bán hàng online, buôn bán, bán hàng, hộ cá thể, hộ kinh doanh cá thể,
kinh doanh hộ gia đình, kinh doanh nhỏ lẻ, giấy phép kinh doanh = đăng ký thành lập hộ kinh doanh
đóng cửa quán, đóng cửa tiệm, đóng cửa hàng, đóng cửa, nghỉ kinh doanh, nghỉ bán, không kinh doanh nữa,
dẹp tiệm = chấm dứt hoạt động hộ kinh doanh
nghỉ bán một thời gian, tạm nghỉ, tạm nghỉ kinh doanh, tạm đóng cửa, tạm dừng, tạm dừng kinh doanh,
mở lại = tạm ngừng kinh doanh
đổi chủ, đổi địa chỉ, đổi tên quán, đổi ngành nghề, thêm ngành nghề = đăng ký thay đổi nội dung đăng ký
mở công ty, lập công ty, thành lập công ty, mở doanh nghiệp = đăng ký thành lập công ty doanh nghiệp
công ty tư nhân, mở dntn = doanh nghiệp tư nhân
đóng công ty, đóng cửa công ty, phá sản = giải thể doanh nghiệp
đồ ăn, quán ăn, nhà hàng, bếp ăn, an toàn vệ sinh thực phẩm, vệ sinh an toàn thực phẩm,
attp = đủ điều kiện an toàn thực phẩm
bán rượu, quán rượu, quán nhậu = bán lẻ rượu
bán thuốc lá = bán lẻ sản phẩm thuốc lá
tiệm thuốc, nhà thuốc, quầy thuốc, bán thuốc tây = cơ sở kinh doanh dược
cây xăng, bán xăng = cửa hàng bán lẻ xăng dầu
bán ga, đại lý ga = kinh doanh khí LPG
cầm đồ, karaoke, nhà nghỉ, khách sạn = điều kiện về an ninh trật tự
hàng rong, lấn chiếm vỉa hè, để xe vỉa hè = sử dụng tạm thời lòng đường vỉa hè
game, game online, trò chơi online = trò chơi điện tử
thương hiệu, logo = nhãn hiệu
trang web, website, trang tin = trang thông tin điện tử
# Xe, lái xe, đường
bằng lái, bằng lái xe, bằng xe máy, bằng ô tô = giấy phép lái xe
cà vẹt, cà vẹt xe, giấy tờ xe, đăng ký xe máy, đăng ký ô tô, biển số = chứng nhận đăng ký xe biển số xe
đăng kiểm = kiểm định xe cơ giới
xe máy = xe mô tô xe gắn máy
xe hơi, xe con = xe ô tô
nộp phạt nguội, phạt nguội, phạt giao thông = nộp tiền phạt vi phạm hành chính
tàu thuyền, ghe, thuyền, đò = phương tiện thủy nội địa
thuyền đánh cá = tàu cá
# Bảo hiểm, lao động
thẻ bảo hiểm, thẻ khám bệnh = cấp thẻ bảo hiểm y tế BHYT
mua bảo hiểm, mua thẻ bảo hiểm, mua bảo hiểm y tế, mua thẻ bảo hiểm y tế = đăng ký đóng cấp thẻ BHYT
mua bảo hiểm xã hội, đóng bảo hiểm xã hội = đăng ký đóng BHXH
lĩnh thay, lãnh thay, nhận thay, lĩnh hộ, lãnh hộ, nhận hộ tiền = ủy quyền lĩnh thay
sổ bảo hiểm, sổ bảo hiểm xã hội = sổ BHXH
rút bảo hiểm, rút bảo hiểm xã hội, rút bảo hiểm một lần, rút bhxh,
lãnh bảo hiểm một lần = hưởng bảo hiểm xã hội một lần
tiền thất nghiệp, mất việc = hưởng trợ cấp thất nghiệp
nghỉ đẻ, nghỉ sinh, nghỉ thai sản, tiền thai sản, vợ sinh con, sinh con = chế độ thai sản
ốm đau, nghỉ ốm = chế độ ốm đau
lương hưu, nghỉ hưu, về hưu = hưởng lương hưu
tai nạn lao động, tai nạn khi làm việc, tai nạn khi đi làm = hưởng chế độ tai nạn lao động bệnh nghề nghiệp TNLĐ BNN
work permit, giấy phép làm việc, lao động nước ngoài = giấy phép lao động người lao động nước ngoài
xuất khẩu lao động, đi làm nước ngoài = người lao động đi làm việc ở nước ngoài
# Bảo trợ, người có công
tiền người già, trợ cấp người già, tiền tuổi già, không có lương hưu,
người già = trợ cấp hưu trí xã hội trợ cấp xã hội người cao tuổi
trợ cấp hàng tháng, tiền hàng tháng, tiền trợ cấp hàng tháng = trợ cấp xã hội hàng tháng
người tàn tật, tàn tật = người khuyết tật
tiền mai táng, ma chay, tiền tuất, chôn cất, đám tang = hỗ trợ chi phí mai táng mai táng phí
sổ hộ nghèo, nhà nghèo, diện nghèo = hộ nghèo hộ cận nghèo
nuôi trẻ mồ côi, nuôi tạm, nuôi tạm thời, nhận nuôi tạm, nhận nuôi tạm thời, nuôi giúp,
nuôi hộ = nhận chăm sóc thay thế cho trẻ em
thương binh, bệnh binh, gia đình có công = người có công
chất độc da cam, da cam = chất độc hóa học
đi nghĩa vụ, nhập ngũ, đi lính, đi bộ đội = nghĩa vụ quân sự
# Giáo dục
học phí, giảm học phí, miễn học phí = miễn giảm học phí
tiền ăn trưa = hỗ trợ ăn trưa
tiền học, hỗ trợ đi học = hỗ trợ chi phí học tập học phí
lớp 1, vào lớp 1, vào lớp một = tuyển sinh tiểu học
lớp 6, vào lớp 6, vào cấp 2, vào cấp hai = tuyển sinh trung học cơ sở
lớp 10, vào lớp 10, vào cấp 3, vào cấp ba = tuyển sinh trung học phổ thông
cấp 2, cấp hai = trung học cơ sở
cấp 3, cấp ba = trung học phổ thông
đi nhà trẻ, lớp mầm, mẫu giáo = trường mầm non mẫu giáo
bằng cấp ba, bằng cấp 3, bằng cấp hai, bằng cấp 2, bằng đại học, bằng cao đẳng, bằng trung cấp,
bằng tốt nghiệp, mất bằng = văn bằng chứng chỉ
giữ trẻ, nhóm trẻ, mở nhà trẻ, nhà trẻ tư thục, nhóm trẻ tư thục = cơ sở giáo dục mầm non độc lập
mở trường = thành lập hoặc cho phép thành lập trường
trung tâm anh ngữ, trung tâm tiếng anh, dạy thêm = trung tâm ngoại ngữ tin học
# Chứng thực, công chứng
sao y, sao y bản chính, photo công chứng, chứng thực bản sao, photo giấy tờ = chứng thực bản sao từ bản chính
công chứng chữ ký = chứng thực chữ ký
công chứng hợp đồng, giấy mua bán viết tay = chứng thực giao dịch hợp đồng
viết di chúc, lập di chúc = chứng thực di chúc
chia thừa kế, chia tài sản thừa kế, chia gia tài, chia di sản = văn bản phân chia di sản
không nhận thừa kế, từ chối thừa kế, nhường thừa kế, không nhận phần thừa kế = từ chối nhận di sản
nhận thừa kế, hưởng thừa kế, được thừa kế, thừa kế nhà, thừa kế đất = khai nhận phân chia di sản thừa kế
# Thuế
nộp thuế, đóng thuế, tính thuế, kê khai thuế = khai thuế
thuế vat, vat = thuế giá trị gia tăng GTGT
thuế đất = thuế sử dụng đất phi nông nghiệp
thuế bán đất, thuế bán nhà, thuế mua bán nhà đất, thuế chuyển nhượng, bán nhà, bán căn hộ,
bán chung cư = chuyển nhượng bất động sản
hoàn lại thuế, lấy lại thuế, trả lại thuế = hoàn thuế
trước bạ = lệ phí trước bạ
cho thuê nhà, cho thuê trọ = cho thuê bất động sản
# Khiếu nại, thông tin, xử phạt
kiện cáo, khiếu kiện = giải quyết khiếu nại
tố giác = tố cáo
# Các việc khác
xem quy hoạch, tra quy hoạch, hỏi quy hoạch, dính quy hoạch, vướng quy hoạch = cung cấp thông tin quy hoạch
bị mất, làm mất, đánh mất, thất lạc, bị rách, bị hỏng, hư hỏng, bị cháy, làm lại, xin lại = cấp lại
nuôi heo, nuôi lợn, nuôi gà, trang trại, chuồng trại = chăn nuôi
chặt cây, đốn cây, cưa cây = chặt hạ dịch chuyển cây xanh
khoan giếng, nước giếng = khai thác nước dưới đất
kéo điện, mắc điện, lắp điện, câu điện = cấp điện mới
công tơ, đồng hồ điện = công tơ điện thiết bị đo đếm
lập chùa, theo đạo, nhóm đạo = sinh hoạt tôn giáo tập trung
phòng khám, mở phòng khám = giấy phép hoạt động khám bệnh chữa bệnh
chứng chỉ hành nghề y = giấy phép hành nghề khám bệnh chữa bệnh
"""


def _expansions(groups: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in groups.replace(",\n", ", ").splitlines():
        everyday, equals, legal = line.partition("=")
        if not equals or line.startswith("#"):
            continue
        for phrase in map(str.strip, everyday.split(",")):
            found[phrase] = (*found.get(phrase, ()), legal.strip())
    return found


# An everyday phrase, with its marks, and the other ways to say it.
EXPANSIONS: Mapping[str, tuple[str, ...]] = _expansions(_GROUPS)
