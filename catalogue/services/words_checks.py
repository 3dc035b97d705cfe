"""Whether a proposed change of words can be: each rule refuses with one sentence that names the place and the value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Account, Procedure, WordRule
from catalogue.queries import words as queries
from catalogue.queries.words import WordKind, WordState
from catalogue.words import shipped
from decisions.kinds import Register
from search_index import question
from search_index.vietnamese import clean, fold

if TYPE_CHECKING:
    from catalogue.services.words import WordInput

MOST_PHRASES = 40
MOST_PINNED = 5
LONGEST_PHRASE = 100  # characters
LONGEST_LEGAL = 200
LONGEST_REASON = 2_000
LONGEST = {
    WordKind.SYNONYM: timedelta(days=3 * 366),
    WordKind.FRIENDLY_NAME: timedelta(days=3 * 366),
    WordKind.PIN: timedelta(days=366),
}
"""How long a change may hold before somebody has to look at it again."""
SPANS = {WordKind.SYNONYM: "3 năm", WordKind.FRIENDLY_NAME: "3 năm", WordKind.PIN: "1 năm"}

PINNED_ALREADY = "Câu «{phrase}» đã được ghim ở mục khác; hãy đề nghị thay mục đó."


class BadWords(ValueError):
    """A change of words that cannot be; the message is one Vietnamese sentence for the person."""


@dataclass(frozen=True)
class Checked:
    """A change with its texts in order and its references found."""

    phrases: tuple[str, ...]
    legal: str
    procedures: tuple[Procedure, ...]
    reason: str
    owner: Account
    replaces: WordRule | None


def checked(session: Session, given: WordInput, on: date) -> Checked:
    """The change, ready to be written down.

    Raises:
        BadWords: the first thing that stands in the way.
    """
    reason = clean(given.reason)
    if not reason:
        raise BadWords("Ghi lý do của thay đổi này.")
    if len(reason) > LONGEST_REASON:
        raise BadWords(f"Lý do dài {len(reason)} ký tự, nhiều hơn {LONGEST_REASON} ký tự được phép.")
    owner = session.scalar(select(Account).where(Account.username == given.owner, Account.active.is_(True)))
    if owner is None:
        raise BadWords(f"Người phụ trách «{given.owner}» không có trong danh sách tài khoản đang dùng.")
    replaces = _replaced(session, given)
    if given.removes:
        if replaces is None and not given.replaces_shipped:
            raise BadWords("Chưa chọn mục cần bỏ.")
        kept = tuple(held.procedure for held in replaces.procedures) if replaces else ()
        phrases = tuple(replaces.phrases) if replaces else shipped()[given.replaces_shipped]
        return Checked(phrases, replaces.legal if replaces else given.replaces_shipped, kept, reason, owner, replaces)
    _day(given, on)
    phrases = _phrases(given)
    procedures = _procedures(session, given.keys)
    _BY_KIND[given.kind](session, given, phrases, procedures, on)
    legal = clean(given.legal) if given.kind is WordKind.SYNONYM else ""
    return Checked(phrases, legal, procedures, reason, owner, replaces)


def still_fits(session: Session, rule: WordRule, on: date) -> None:
    """Look once more at what may have been approved since the proposal.

    Raises:
        BadWords: the procedure has a friendly name, or the question a pin, by now.
    """
    others = [one for one in queries.in_force(session, on, WordKind(rule.kind)) if one.id != rule.replaces_id]
    if rule.removes or rule.kind == WordKind.SYNONYM:
        return
    if rule.kind == WordKind.FRIENDLY_NAME:
        _no_other_name(others, rule.procedures[0].procedure)
        return
    said = {fold(phrase) for phrase in rule.phrases}
    taken = next((phrase for one in others for phrase in one.phrases if fold(phrase) in said), None)
    if taken is not None:
        raise BadWords(PINNED_ALREADY.format(phrase=taken))


def _no_other_name(rules: Iterable[WordRule], procedure: Procedure) -> None:
    for rule in rules:
        if any(held.procedure_id == procedure.id for held in rule.procedures):
            raise BadWords(
                f"Thủ tục {procedure.key} đang có tên thường gọi «{rule.phrases[0]}»; hãy đề nghị thay mục đó."
            )


def _replaced(session: Session, given: WordInput) -> WordRule | None:
    if given.replaces_shipped:
        if given.kind is not WordKind.SYNONYM or given.replaces_shipped not in shipped():
            raise BadWords(f"Không có nhóm từ «{given.replaces_shipped}» đi kèm chương trình.")
        if any(rule.replaces_shipped == given.replaces_shipped for rule in queries.proposed(session)):
            raise BadWords(f"Đã có một đề nghị khác về nhóm từ «{given.replaces_shipped}» đang chờ duyệt.")
    if given.replaces_id is None:
        return None
    if given.replaces_shipped:
        raise BadWords("Mỗi đề nghị chỉ thay một mục; hãy đề nghị riêng cho nhóm từ đi kèm chương trình.")
    rule = queries.by_id(session, given.replaces_id)
    if rule is None or rule.kind != given.kind or rule.state not in (WordState.APPROVED, WordState.EXPIRED):
        raise BadWords("Mục cần thay không còn dùng nữa; hãy tải lại danh sách.")
    if queries.replacing(session, rule) is not None:
        raise BadWords("Đã có một đề nghị khác về mục này đang chờ duyệt.")
    return rule


def _day(given: WordInput, on: date) -> None:
    if given.last_day is None:
        raise BadWords("Ghi ngày cuối còn dùng, ví dụ 31/12/2026.")
    if given.last_day <= on:
        raise BadWords(f"Ngày cuối {given.last_day:%d/%m/%Y} phải sau hôm nay.")
    if given.last_day > on + LONGEST[given.kind]:
        raise BadWords(
            f"Ngày cuối {given.last_day:%d/%m/%Y} quá xa; chọn trong vòng {SPANS[given.kind]} để có dịp xem lại."
        )


def _phrases(given: WordInput) -> tuple[str, ...]:
    phrases = tuple(dict.fromkeys(filter(None, map(clean, given.phrases))))
    if not phrases:
        raise BadWords("Ghi ít nhất một cách nói.")
    if len(phrases) > MOST_PHRASES:
        raise BadWords(f"Có {len(phrases)} cách nói, nhiều hơn {MOST_PHRASES}; hãy chia thành vài nhóm.")
    for phrase in phrases:
        if len(phrase) > LONGEST_PHRASE:
            raise BadWords(f"«{phrase[:60]}…» dài {len(phrase)} ký tự, nhiều hơn {LONGEST_PHRASE} ký tự được phép.")
        read = question.read(phrase)
        if not (read.highlighted or read.codes or read.numbers):
            raise BadWords(f"«{phrase}» không có chữ nào để tìm.")
    return phrases


def _procedures(session: Session, keys: Iterable[str]) -> tuple[Procedure, ...]:
    found = []
    for key in dict.fromkeys(filter(None, map(clean, keys))):
        procedure = session.scalar(select(Procedure).where(Procedure.key == key))
        if procedure is None or procedure.register != Register.PUBLIC:
            raise BadWords(f"Không có thủ tục công khai nào mang mã «{key[:60]}».")
        found.append(procedure)
    return tuple(found)


def _synonym(
    session: Session, given: WordInput, phrases: tuple[str, ...], procedures: tuple[Procedure, ...], on: date
) -> None:
    legal = clean(given.legal)
    if not question.read(legal).highlighted:
        raise BadWords("Ghi cách nói của văn bản, ví dụ: đăng ký khai sinh.")
    if len(legal) > LONGEST_LEGAL:
        raise BadWords(f"Cách nói của văn bản dài {len(legal)} ký tự, nhiều hơn {LONGEST_LEGAL} ký tự được phép.")
    same = next((phrase for phrase in phrases if fold(phrase) == fold(legal)), None)
    if same is not None:
        raise BadWords(f"«{same}» đã là cách nói của văn bản, không cần từ đồng nghĩa.")


def _friendly_name(
    session: Session, given: WordInput, phrases: tuple[str, ...], procedures: tuple[Procedure, ...], on: date
) -> None:
    if len(phrases) != 1:
        raise BadWords(
            f"Một thủ tục có một tên thường gọi, ở đây ghi {len(phrases)} tên; tên khác ghi ở từ đồng nghĩa."
        )
    if len(procedures) != 1:
        raise BadWords("Chọn đúng một thủ tục cho tên thường gọi.")
    others = queries.in_force(session, on, WordKind.FRIENDLY_NAME)
    _no_other_name((rule for rule in others if rule.id != given.replaces_id), procedures[0])


def _pin(
    session: Session, given: WordInput, phrases: tuple[str, ...], procedures: tuple[Procedure, ...], on: date
) -> None:
    if not 1 <= len(procedures) <= MOST_PINNED:
        raise BadWords(f"Chọn từ 1 đến {MOST_PINNED} thủ tục để ghim; ở đây có {len(procedures)}.")
    taken = queries.phrases_in_use(session, on, WordKind.PIN)
    for phrase in phrases:
        asked = question.read(phrase)
        if asked.codes or (asked.numbers and asked.certain):
            raise BadWords(f"«{phrase}» là mã hoặc số quyết định; kết quả của mã và số không ghim được.")
        other = next((rule for said, rule in taken.items() if fold(said) == fold(phrase)), None)
        if other is not None and other.id != given.replaces_id:
            raise BadWords(PINNED_ALREADY.format(phrase=phrase))


_BY_KIND = {WordKind.SYNONYM: _synonym, WordKind.FRIENDLY_NAME: _friendly_name, WordKind.PIN: _pin}
