"""What a question wants to know of a procedure: its papers, its fee, how long it takes, where to go.

Only the way of asking decides, never the matter: "khai lệ phí trước bạ" wants the procedure, "lệ phí bao nhiêu" the
fee. Where several things are asked, the first is taken: it is what the writer thought of first.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from search_index import vietnamese


class Intent(StrEnum):
    """The part of a procedure's page that answers; NONE where the procedure as a whole is asked for."""

    NONE = ""
    PAPERS = "papers"
    FEE = "fee"
    TIME = "time"
    PLACE = "place"
    FORM = "form"
    ONLINE = "online"
    STEPS = "steps"
    CONDITIONS = "conditions"
    BASES = "bases"


# Ways of asking, with their marks; typed without marks they serve too.
_ASKED = {
    Intent.PAPERS: """
        giấy tờ gì|giấy tờ nào|giấy tờ nào nữa|những giấy tờ|giấy gì|giấy nào|hồ sơ gì|hồ sơ gồm|hồ sơ cần|hồ sơ bao gồm
        cần hồ sơ|thành phần hồ sơ|bộ hồ sơ|hồ sơ thế nào|hồ sơ ra sao|hồ sơ như thế nào|chuẩn bị gì|chuẩn bị những gì
        cần chuẩn bị|mang theo gì|mang theo những gì|mang gì|cần mang|đem theo gì|cần những gì|gồm những gì|bản gốc hay
        bản chính hay|cần photo|mấy bản|mấy bộ|bao nhiêu bản|bao nhiêu bộ
        """,
    Intent.FEE: """
        bao nhiêu tiền|hết bao nhiêu|tốn bao nhiêu|mất bao nhiêu tiền|mấy tiền|tốn tiền|mất tiền không|mất phí|tốn phí
        lệ phí bao nhiêu|lệ phí là bao nhiêu|phí bao nhiêu|phí là bao nhiêu|mức phí|mức lệ phí|mức thu|phí, lệ phí
        có phí không|phí không|lệ phí không|được miễn phí|miễn lệ phí|chi phí bao nhiêu|đóng bao nhiêu|nộp bao nhiêu
        giá bao nhiêu|phải nộp lệ phí|phải trả phí|lệ phí thế nào|lệ phí ra sao|lệ phí để|lệ phí cho
        bao nhiêu lệ phí|bao nhiêu phí|chi phí thế nào|chi phí ra sao|tổng chi phí|chi phí để|phí bn|tiền bn|hết bn
        """,
    Intent.TIME: """
        bao lâu|mấy ngày|bao nhiêu ngày|mấy hôm|mấy bữa|mấy tuần|mấy tháng|thời gian giải quyết|thời hạn giải quyết
        thời gian xử lý|thời hạn xử lý|khi nào có|khi nào xong|khi nào nhận|bao giờ có|bao giờ xong|bao giờ được
        chừng nào có|chừng nào xong|có nhanh không|lấy liền|lấy ngay|trong ngày không|trong thời hạn nào
        """,
    Intent.PLACE: """
        ở đâu|tại đâu|đến đâu|tới đâu|chỗ nào|nơi nào|nộp đâu|làm đâu|xin đâu|ra đâu|cơ quan nào|ai giải quyết
        ai là người cấp|phường nào|xã nào|sở nào|lên xã hay|xã hay|phường hay|cấp nào|gặp ai|gửi ai|nộp cho ai
        thẩm quyền của ai|ai là người có thẩm quyền|ai có thẩm quyền|thẩm quyền thuộc về|mấy giờ làm việc
        """,
    Intent.FORM: """
        mẫu đơn|biểu mẫu|mẫu tờ khai|mẫu số|mẫu giấy|xin mẫu|tải mẫu|tải đơn|tải tờ khai|tải về|viết đơn|điền đơn
        cách viết|cách điền|cách ghi|ghi thế nào|điền thế nào|file word|file mẫu|link tải|tờ khai nào|mẫu nào|đơn mẫu
        """,
    Intent.ONLINE: """
        nộp online|làm online|đăng ký online|xin online|khai online|online được|online ở|online thế nào|qua mạng
        nộp trực tuyến|làm trực tuyến|đăng ký trực tuyến|trực tuyến được|trực tuyến không|cổng dịch vụ công|trên vneid
        qua vneid|qua zalo|tại nhà được|ở nhà được|qua bưu điện|qua bưu chính
        """,
    Intent.STEPS: """
        trình tự|các bước|mấy bước|bước nào|quy trình gồm|quy trình thực hiện|quy trình làm
        làm thế nào|làm như thế nào|làm sao|cách làm|cách nào|như thế nào|thế nào|ra sao|ntn|như nào
        hướng dẫn cách|hướng dẫn giúp|chỉ giúp
        """,
    Intent.CONDITIONS: """
        điều kiện gì|điều kiện nào|điều kiện để|yêu cầu gì|có được không|được không|có đủ điều kiện|điều kiện là gì
        ai được|đối tượng nào|những ai
        """,
    Intent.BASES: "căn cứ pháp lý|văn bản nào|luật nào|nghị định nào|thông tư nào|theo quy định nào|quy định ở đâu",
}
# Asked beside a thing wanted, these tell little: "làm thế nào", "được không" end half of all questions.
_VAGUE = (Intent.STEPS, Intent.CONDITIONS)


def _phrases() -> dict[tuple[str, ...], tuple[tuple[str, ...], Intent]]:
    """By folded words: the words with their marks, and what they ask."""
    found: dict[tuple[str, ...], tuple[tuple[str, ...], Intent]] = {}
    for asked, ways in _ASKED.items():
        for way in ways.replace("\n", "|").split("|"):
            if words := vietnamese.forms(way):
                found.setdefault(tuple(one for one, _ in words), (tuple(one for _, one in words), asked))
    return found


_PHRASES = _phrases()
_LONGEST = max(map(len, _PHRASES))


def intent(text: str) -> Intent:
    """What a question asks about a procedure; NONE for a plain name or keywords. Never fails."""
    words = vietnamese.forms(text)
    vague = Intent.NONE
    at = 0
    while at < len(words):
        size, asked = _phrase(words[at : at + _LONGEST])
        if asked and asked not in _VAGUE:
            return asked
        vague = vague or asked
        at += size
    return vague


def _phrase(words: Sequence[tuple[str, str]]) -> tuple[int, Intent]:
    """The longest way of asking at the start of these words: how many words it takes, and what it asks."""
    for size in range(len(words), 0, -1):
        marked, asked = _PHRASES.get(tuple(one for one, _ in words[:size]), ((), Intent.NONE))
        # A syllable typed without marks may be any; one with marks is what it says: "máy bán hàng" is no "mấy bản".
        if marked and all(typed in (known, plain) for known, (plain, typed) in zip(marked, words[:size], strict=True)):
            return size, asked
    return 1, Intent.NONE
