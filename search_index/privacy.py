"""Which questions may be kept for counting: none that could tell of a person. When in doubt, a question is dropped.

The rule keeps what is made of words of the catalogue. It drops what holds figures (telephones, papers, plates, house
numbers), addresses of the net, words no Vietnamese dictionary could have (foreign names, accounts), and every word that
people or streets are named with, unless it stands in a pair of words that the catalogue itself prints: "hồ sơ" and
"đường bộ" are kept, "ông Hồ Văn Sơ" and "đường Láng" are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_index import vietnamese
from search_index.vietnamese import Word, clean

MOST_WORDS = 16
LONGEST = 120  # characters; a longer text tells a story, and stories tell of people

# "@", addresses of the net, and a dot inside a word.
_NET = re.compile(r"@|://|\bwww\b|\w\.\w*[a-z]", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LONE_DIGIT = re.compile(r"(?<!\w)\d(?!\w)")
# Four figures in a row, spoken: a telephone read out.
_SPOKEN_FIGURES = frozenset(
    folded for folded, _ in vietnamese.forms("không một hai ba bốn năm sáu bảy tám chín mười linh lẻ")
)
MOST_SPOKEN_FIGURES = 3

# A syllable by its letters: beginning, middle, end. What is none is no Vietnamese word.
_SYLLABLE = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|ieu|yeu|oai|oay|oao|oeo|uau|uay|uoi|uou"
    r"|uya|uye|uyu)"
    r"(?:c|ch|m|n|ng|nh|p|t)?"
)

# Family names. Where marks were typed, only these very words count.
_FAMILY = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn trịnh mai đào lâm trương phùng tạ hà
cao thái châu tô kiều tôn quách lương la thạch sơn kim danh nông triệu giàng vàng lò quàng cầm hứa mạc nghiêm đàm
khổng khuất ông âu bạch bế biện chu cù doãn đậu diệp đồng giang giáp hàn hầu hình hoa hùng kha khương khúc lạc lã liêu
liễu lục lưu lữ ma mã mâu nhan nhâm ninh phí phó phương quan quản sầm sử tăng tất tiêu tống trà trang tào tưởng từ
uông ung ứng văn vi viên vương vưu xa yên
"""
# No other word is written so.
_ONLY_FAMILY = "nguyễn huỳnh quách trịnh"
# Middle and given names.
_GIVEN = """
văn thị đức ngọc thanh minh hữu đình xuân thu hồng hoài bảo gia khánh anh tuấn hùng dũng cường mạnh thắng long lan hoa
huệ cúc hương thảo linh trang nga hằng hạnh hiền hòa hoàn hải hà giang phúc lộc thọ khang an bình yên quân quang quốc
sơn lâm tùng bách khoa đăng duy nam bắc đông tây trung kiên cương nghĩa nhân tâm tài trí tín dung nhung nguyệt vân mây
yến oanh phượng loan ly my vy trâm trinh trúc quỳnh như ý nhi ngân kim thùy thúy thủy tiên tuyết uyên thương thy hân hậu
hiếu hiệp hưng huy khải khôi kiệt lợi lực luân mẫn nhật phát phong phú phước phương quyên quyết quý sang sáng sinh sĩ
tân tấn thái thành thế thiện thịnh thông thuận tiến tình toàn toản triết triều tú tường vinh vĩnh vũ vương việt xuyến
chi châu diễm diệu đào điệp duyên dương đại đạt điền định hào hợi khuê lam liên liễu mai
"""
# What a place is called before its name.
_PLACES = """
đường phố ngõ ngách hẻm kiệt thôn xóm ấp buôn sóc phường xã quận huyện thành thị tỉnh tòa khối tổ đội chung cư khu làng
"""
_AFTER_A_PLACE = """
cần có là thì ở nào gì phải được cho và của không bao như đã sẽ mới này đó khác tôi em mình để về với hay hoặc nộp làm
xin cấp ra sao đâu tại
"""

# Without marks these are names and the smallest words of the language at once; beside another name they are names.
_SMALL = "là thì như bé từ đang mà vì phí sinh năm đã về xa làm"
# How questions are put; their words would pass for names.
_ORDINARY = """
như thế nào|thế nào|như nào|là như thế|thì như|thế thì|vì sao|tại sao|ra sao|làm sao|sao lại|như vậy|là thế|và như
lệ phí|mất phí|tốn phí|nộp phí|phí thế|phí là|phí bao|phí thì|không phí|gia đình tôi|gia đình em|bảo tôi|toàn bộ
trang thông tin|trang web|trang này|năm nay|năm sau|năm mới|hôm nay|từ ngày|từ năm|từ tháng|tháng này|hộ gia đình
sinh con|con sinh|mới sinh|vừa sinh|thu phí|thu tiền|thu hồi|hiện đại|hiện nay|đến khi|thành phố nào|đại diện|yên tâm
"""


def _both(text: str) -> tuple[frozenset[str], frozenset[str]]:
    forms = vietnamese.forms(text)
    return frozenset(marked for _, marked in forms), frozenset(folded for folded, _ in forms)


_NAMES = tuple(family | given for family, given in zip(_both(_FAMILY), _both(_GIVEN), strict=True))
# What is dropped when it stands alone.
_TELLING = (_NAMES[0], _NAMES[1] - _both(_SMALL)[1])
_ORDINARY_PAIRS = frozenset(
    pair for phrase in _ORDINARY.replace("\n", "|").split("|")
    for pair in vietnamese.pairs([folded for folded, _ in vietnamese.forms(phrase)])
)  # fmt: skip
_FAMILIES, _SURE, _PLACE, _PLAIN = _both(_FAMILY), _both(_ONLY_FAMILY), _both(_PLACES), _both(_AFTER_A_PLACE)


@dataclass(frozen=True)
class KnownWords:
    """What the catalogue prints, letters only: single words, and pairs of neighbours joined by "_"."""

    words: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()

    @classmethod
    def of(cls, texts: Iterable[str], more: Iterable[str] = ()) -> KnownWords:
        """From names and phrases of ours; of the texts in `more` the single words only."""
        words: set[str] = set()
        pairs: set[str] = set()
        for text in texts:
            folded = [form for form, _ in vietnamese.forms(text)]
            words.update(folded)
            pairs.update(vietnamese.pairs(folded))
        for text in more:
            words.update(folded for folded, _ in vietnamese.forms(text))
        return cls(frozenset(words), frozenset(pairs))


def keepable(text: str, known: KnownWords) -> str:
    """The question as it may be kept, lower case and without signs; empty when it must not be."""
    asked = clean(text)
    words = list(vietnamese.words(asked))
    if not words or len(words) > MOST_WORDS or len(asked) > LONGEST or _NET.search(asked) or _figures(asked, words):
        return ""
    if not all(_plausible(word, known) for word in words):
        return ""
    with_marks = any(word.marked != word.folded for word in words)
    kept = [word.marked if with_marks else word.folded for word in words]
    alone = [not _printed(words, at, known) for at in range(len(words))]
    form = 0 if with_marks else 1
    for at, said in enumerate(kept):
        following = kept[at + 1] if at + 1 < len(kept) else ""
        if said in _SURE[form] or (alone[at] and said in _TELLING[form]):
            return ""
        if said in _FAMILIES[form] and following in _NAMES[form] and not _pair(words, at, known):
            return ""
        if said in _PLACE[form] and following and following not in _PLAIN[form] and not _pair(words, at, known):
            return ""
    if any(alone[at] for at in _capitals(asked, words)):
        return ""
    return " ".join(asked[word.start : word.end] for word in words).lower()


def _figures(asked: str, words: Sequence[Word]) -> bool:
    """Whether there is a figure besides one lone digit ("lớp 1"), or figures are spelt out in a row."""
    if _DIGIT.search(_LONE_DIGIT.sub("", asked, count=1)) or any(c.isnumeric() and not c.isascii() for c in asked):
        return True
    if any(word.folded == "so" and after.folded.isdigit() for word, after in zip(words, words[1:], strict=False)):
        return True
    row = 0
    for word in words:
        row = row + 1 if word.folded in _SPOKEN_FIGURES or word.folded.isdigit() else 0
        if row > MOST_SPOKEN_FIGURES:
            return True
    return False


def _plausible(word: Word, known: KnownWords) -> bool:
    return word.folded in known.words or word.folded.isdigit() or bool(_SYLLABLE.fullmatch(word.folded))


def _pair(words: Sequence[Word], at: int, known: KnownWords) -> bool:
    """Whether the catalogue prints this word before the next one."""
    pair = f"{words[at].folded}_{words[at + 1].folded}" if at + 1 < len(words) else ""
    return pair in known.pairs or pair in _ORDINARY_PAIRS


def _printed(words: Sequence[Word], at: int, known: KnownWords) -> bool:
    """Whether the catalogue prints this word beside one of its neighbours."""
    return _pair(words, at, known) or (at > 0 and _pair(words, at - 1, known))


def _capitals(asked: str, words: Sequence[Word]) -> list[int]:
    """Places of words that a capital marks as names: not where a sentence begins, nor where all are written so."""
    written = [asked[word.start : word.end] for word in words]
    if sum(text[0].isupper() for text in written) > len(written) / 2:
        return []
    return [
        at for at, text in enumerate(written)
        if text[0].isupper() and at > 0 and not asked[: words[at].start].rstrip().endswith((".", "?", "!", ":"))
        and not (text.isupper() and len(text) > 1)
    ]  # fmt: skip
