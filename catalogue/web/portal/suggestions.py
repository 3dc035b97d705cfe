"""What may be asked for: phrases that begin as somebody types, and what a question with a slip may have meant.

Both come from the words of the catalogue of the day and from the everyday words that are known to lead somewhere, so
nothing is suggested that does not exist; they are made once per revision and day and kept in this process.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from catalogue import words
from catalogue.queries import procedures
from catalogue.queries import words as word_rules
from catalogue.queries.words import WordKind
from catalogue.web.portal.memory import remembered
from catalogue.web.portal.moment import Moment
from search_index import question, vietnamese
from search_index.completion import Completions, Phrase
from search_index.spelling import Lexicon

# Offered by browsers without script, as far as they are found; with script the catalogue itself is asked.
PHRASES = (
    "Đăng ký khai sinh", "Đăng ký kết hôn", "Đăng ký khai tử", "Chứng thực bản sao", "Xác nhận tình trạng hôn nhân",
    "Đăng ký thường trú", "Thẻ căn cước", "Cấp đổi giấy phép lái xe", "Đăng ký hộ kinh doanh", "Giấy phép xây dựng",
    "Chuyển mục đích sử dụng đất", "Trợ cấp xã hội hàng tháng", "Thẻ bảo hiểm y tế", "Phiếu lý lịch tư pháp",
)  # fmt: skip
SHOWN = 8
MOST_OF_A_KIND = 5
DAYS_KEPT = 2  # each takes some megabytes
_OPENING = re.compile(r"^thủ tục (?:hành chính )?(?:về |về việc )?", re.IGNORECASE)


def lexicon(session: Session, on: date) -> Lexicon:
    """The words of the names in force on a day."""

    def made() -> Lexicon:
        return Lexicon(text for pair in procedures.names(session, on) for text in pair)

    return remembered(made, "lexicon", on, most=DAYS_KEPT)


def _phrases(session: Session, on: date, today: date) -> Completions:
    rules = word_rules.in_force(session, today)
    known = lexicon(session, on)
    everyday = [
        Phrase(phrase, "everyday", legal[0])
        for phrase, legal in words.expansions(rules).items() if legal and known.holds(legal[0])
    ]  # fmt: skip
    given = [
        Phrase(phrase, "friendly") for rule in rules if rule.kind == WordKind.FRIENDLY_NAME for phrase in rule.phrases
    ]
    named = procedures.names(session, on)
    friendly = [Phrase(friendly, "friendly", name) for name, friendly in named if friendly]
    plain = [Phrase(_without_opening(name), "name") for name, _ in named]
    return Completions([*everyday, *given, *friendly, *plain])


def _without_opening(name: str) -> str:
    rest = _OPENING.sub("", name)
    return rest[:1].upper() + rest[1:] if rest else name


def completions(session: Session, typed: str, moment: Moment) -> list[Phrase]:
    """At most ``SHOWN`` phrases for what has been typed so far, of the day looked at, in the words that hold today."""
    key = (moment.on, moment.today, word_rules.revision(session))
    held = remembered(lambda: _phrases(session, moment.on, moment.today), "completions", *key, most=DAYS_KEPT)
    return held.of(typed, SHOWN, MOST_OF_A_KIND)


def common(session: Session, moment: Moment) -> list[str]:
    """Frequent questions that a name in force on the day answers, for browsers without script."""
    return remembered(lambda: _common(session, moment.on), "common questions", moment.on)


def _common(session: Session, on: date) -> list[str]:
    held = [
        {folded for folded, _ in vietnamese.forms(f"{name} {friendly}")}
        for name, friendly in procedures.names(session, on)
    ]  # fmt: skip
    asked = {phrase: {folded for folded, _ in vietnamese.forms(phrase)} for phrase in PHRASES}
    return [phrase for phrase, needed in asked.items() if any(needed <= names for names in held)]


def meant(session: Session, text: str, moment: Moment) -> str:
    """What the question may have meant, in words of the catalogue; empty when it is written as they are."""
    asked = question.read(text, words.vocabulary(session, moment.today))
    return lexicon(session, moment.on).meant(text, {word.folded for word in asked.highlighted})


def as_json(typed: str, found: list[Phrase]) -> dict[str, Any]:
    """The answer of the address of suggestions; keys are stable."""
    return {
        "question": typed,
        "suggestions": [{"text": one.text, "kind": one.kind, "means": one.means} for one in found],
    }


def as_browsers_read_it(typed: str, found: list[Phrase]) -> list[Any]:
    """The array that browsers expect of an OpenSearch address: what was typed, the phrases, a word on each."""
    return [typed, [one.text for one in found], [one.means for one in found]]
