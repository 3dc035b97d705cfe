"""What a dossier asks for: cases told from headings of the form, papers told from remarks and lead-ins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from decisions.content import Case, Paper, ProcedureContent
from decisions.text import clean, fold

_HEADING = re.compile(
    r"(?:(?:[a-z]|\d+|[ivx]+)[.)]\s*)?(?:(?:cac (?:loai )?)?giay to (?:phai|can) (?:nop|xuat trinh|co)\b.*"
    r"|giay to (?:nop|xuat trinh)\b.*|luu y\b.*|(?:ve )?thanh phan(?:,? so luong)? ho so\W*(?:gom|bao gom)?\W*"
    r"|so luong ho so\b.*|(?:ho so )?(?:bao )?gom\W*|xuat trinh\b.*|ho so\W*)"
)
_TAG = re.compile(r"</?\w[^<>]{0,80}>")
_NOTE = re.compile(r"(?:luu y|ghi chu)\b.*")


def bare(text: str) -> str:
    """A heading without the list marks and colons that sources print around it."""
    return clean(_TAG.sub(" ", text)).strip("*+-–•:;. ")


def is_choice(case: Case) -> bool:
    """Whether the name says who or when; "Giấy tờ phải nộp:" is a heading of the form and no case to choose."""
    name = fold(bare(case.name))
    return bool(name) and ("doi voi" in name or not _HEADING.fullmatch(name))


def is_note(case: Case) -> bool:
    """Whether the rows of the case are remarks ("Lưu ý") and no papers to be ticked off."""
    return bool(_NOTE.fullmatch(fold(bare(case.name)))) and not any(paper.forms for paper in case.papers)


def choices(content: ProcedureContent) -> list[Case]:
    """The cases a citizen chooses between; a single case that only repeats the procedure is none."""
    return [case for case in content.cases if is_choice(case) and fold(bare(case.name)) != fold(bare(content.name))]


def asked(papers: Sequence[Paper]) -> list[Paper]:
    """The papers to hand in or show: no lead-in ("các giấy tờ sau:"), no remark ("Lưu ý …")."""
    return [paper for paper in papers if is_asked(paper)]


def is_asked(paper: Paper) -> bool:
    """Whether the row asks for a paper; a row with a number of copies or a form always does."""
    if paper.originals or paper.copies or paper.forms:
        return True
    name = fold(bare(paper.name))
    return bool(name) and not paper.name.rstrip().endswith(":") and not _NOTE.fullmatch(name)
