"""Whether a text says that nothing is paid. It must say so itself: silence, a bare zero or a reference do not."""

from __future__ import annotations

import re

from decisions.content import Fee, ProcedureContent
from decisions.text import fold

_SAYS_NOTHING_IS_PAID = re.compile(
    r"[-–+* ]*(?:(?:phi|le phi|phi, le phi)\s*: ?)?"
    r"(?:mien(?: thu)?(?: phi| le phi| phi,? (?:va )?le phi)?|khong (?:thu|mat|co|phai (?:nop|tra))"
    r"(?: phi| le phi| phi,? (?:va )?le phi| tien)?)[ .;]*"
)
_TOO_LITTLE = frozenset({"mien", "khong co"})
# What ways to file, steps and notes say of money that the fees have left out: "Người nộp phí …", "30.000.000 đồng".
_SPEAKS_OF_PAYING = re.compile(
    r"\d(?: ?đ|\s*đồng)\b|\bnộp (?:đủ |các |khoản |tiền )*(?:lệ )?phí\b|\bthu (?:lệ )?phí\b"
    r"|\bmức (?:thu|(?:lệ )?phí)\b",
    re.IGNORECASE,
)


def is_fee_free(content: ProcedureContent) -> bool:
    """Whether everybody pays nothing, whichever way they file, today and later: the words of every fee say so.

    A zero beside no words does not (domain.md rule 17), nor does a fee of which only some are exempt, one that is for
    a time, a way to file of which no fee is told, or a text whose steps speak of paying.
    """
    fees = content.all_fees
    told = bool(content.fees) or all(channel.fees for channel in content.channels)
    return bool(fees) and told and all(map(_is_free, fees)) and not _speaks_of_paying(content)


def _speaks_of_paying(content: ProcedureContent) -> bool:
    steps = (step.text for step in (*content.steps, *(step for case in content.cases for step in case.steps)))
    texts = (content.note, *(channel.text for channel in content.channels), *steps)
    return any(_SPEAKS_OF_PAYING.search(text) for text in texts)


def _is_free(fee: Fee) -> bool:
    if fee.amount or fee.exempt or fee.valid_from or fee.valid_until:
        return False
    words = fold(fee.text)
    return bool(_SAYS_NOTHING_IS_PAID.fullmatch(words)) and words.strip("-–+* .;") not in _TOO_LITTLE
