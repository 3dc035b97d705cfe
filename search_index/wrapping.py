"""How people wrap a question: the words around the matter, which are dropped when something else remains.

Official texts seldom say "tôi" or "làm sao", so these words would otherwise pass for rare and decisive ones. Where a
wrapping word is half of a word that means something ("bản sao", "trẻ em", "người có công"), it stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search_index import vietnamese
from search_index.vietnamese import Word

_WRAPPING = """
thủ tục hành chính|thủ tục|trình tự thực hiện|trình tự|quy trình|hồ sơ gồm những gì|hồ sơ|thành phần hồ sơ|các bước
cần những giấy tờ gì|cần giấy tờ gì|những giấy tờ gì|giấy tờ gì|giấy tờ nào|cần chuẩn bị|chuẩn bị|loại giấy tờ nào
như thế nào|thế nào|ra sao|làm sao để|làm sao|làm thế nào|cần làm gì|phải làm gì|cần phải làm gì|làm gì|là sao|thì sao
cần những gì|những gì|gồm những gì|cái gì|là gì|là bao lâu|bao lâu|mất bao lâu|bao nhiêu tiền|bao nhiêu ngày|bao nhiêu
ở đâu|nộp ở đâu|tại đâu|đến đâu|khi nào|vì sao|tại sao|có được không|được không|có phải|hay không|phải không|có không
tôi muốn|tôi cần|tôi phải|tôi đang|tôi vừa|tôi có|tôi là|tôi|chúng tôi|em|cho tôi hỏi|cho hỏi|xin hỏi|xin chào|mình
cho em hỏi|cho mình hỏi|muốn hỏi|em muốn|em cần|mình muốn|mình cần|tôi sắp|tôi mới|tôi nên|của tôi|của em|của mình
nhà tôi|nhà em|bên mình|ad ơi|ad|ơi|nhé|nha|ntn|như nào|được ko|đc ko|dc ko|ko|k|j|z|giúp tôi|giúp em|giùm|làm thủ tục
hướng dẫn|tìm hiểu về|mng|mọi người ơi|được hk|được hông|hông ạ|không ạ|không vậy|không nhỉ|không em|không ad|với ạ
mất mấy ngày|mấy ngày|trong bao lâu|bao nhiêu lệ phí|lệ phí bao nhiêu|lệ phí là bao nhiêu|phí bao nhiêu|giấy gì
hết nhiêu|thời hạn giải quyết|cơ quan nào có thẩm quyền|cơ quan nào|ai là người|nộp hồ sơ|mang theo gì|hồ sơ hợp lệ
có thể|cần hồ sơ gì|cần hồ sơ|cần giấy gì|cần giấy tờ|hồ sơ gì|mất bao nhiêu|tốn bao nhiêu|hết bao nhiêu|nộp đâu
bao giờ|chừng nào|được thực hiện|thực hiện|theo quy định|quy định về|quy định|đối với|trường hợp|điều kiện gì
yêu cầu gì|có cần|có mất|muốn|cần|phải|hỏi|gì|nào|sao|đâu|thì|là|và|hoặc|của|cho|để|khi|với|về|các|những|một|này|đó|có
được|bị|ạ|nhỉ|nếu|vậy|mà|hãy
"""

# Words of the matter that hold a wrapping word.
_MEANT = """
bản sao|cấp sao|sao y|sao lục|sao chép|trẻ em|em bé|anh em|chị em|có công|có yếu tố|có thời hạn|có chứng thực|cho phép
được phép|cho thuê|cho vay|cho mượn|tặng cho|cho tặng|cho nhận|một thành viên|một lần|một phần|một cửa|bị can|bị hại
hàng không|đường không|không gian|không khí|không quân|lệ phí trước bạ|lệ phí môn bài|về hưu|trở về|hồi hương về
quy trình vận hành
"""

# A lone "không" at the end asks; anywhere else it may deny.
_ASKING_END = frozenset({"không", "ko", "hông", "hong", "hem", "hổng", "khong"})

# Without marks most single words could be others ("can" is cần, cân, cạn, căn); these few could not.
_PLAIN_ALONE = frozenset({"toi", "muon", "gi", "cua", "nhung", "ntn", "mng", "ko", "k", "j", "z"})

Phrases = frozenset[tuple[str, ...]]


def _phrases(text: str) -> tuple[Phrases, Phrases]:
    """Phrases as tuples of words: marked, for questions with marks, and folded, for those without."""
    found = [vietnamese.forms(phrase) for phrase in text.strip().replace("\n", "|").split("|")]
    marked = frozenset(tuple(marked for _, marked in phrase) for phrase in found)
    folded = frozenset(
        tuple(folded for folded, _ in phrase) for phrase in found if len(phrase) > 1 or phrase[0][0] in _PLAIN_ALONE
    )
    return marked, folded


_WRAPPING_MARKED, _WRAPPING_FOLDED = _phrases(_WRAPPING)
_MEANT_MARKED, _MEANT_FOLDED = _phrases(_MEANT)
_END = frozenset(vietnamese.forms(word)[0][1] for word in _ASKING_END)
_LONGEST = max(map(len, _WRAPPING_MARKED | _MEANT_MARKED))


def pieces(words: Sequence[Word], with_marks: bool, meant: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """The question cut into phrases from the left, the longest first: place, length, whether it is wrapping.

    `meant` gives for each place the length of a phrase known to mean something; of equally long ones it is taken.
    """
    forms = [word.marked if with_marks else word.folded for word in words]
    wrapping = _WRAPPING_MARKED if with_marks else _WRAPPING_FOLDED
    kept = _MEANT_MARKED if with_marks else _MEANT_FOLDED
    at = 0
    while at < len(words):
        ahead = [tuple(forms[at : at + size]) for size in range(1, min(_LONGEST, len(words) - at) + 1)]
        dropped = max((len(phrase) for phrase in ahead if phrase in wrapping), default=0)
        held = max([len(phrase) for phrase in ahead if phrase in kept] + [meant[at], 0])
        if not dropped and at and at == len(words) - 1 and words[at].marked in _END:
            dropped = 1
        size = max(held, dropped, 1)
        yield at, size, dropped > held
        at += size
