"""The sample's texts: a short way to write a procedure in TOML, read into values of ``decisions.content``.

A text is a plain mapping while it is being written (``Raw``): a decision changes some of its parts; the result is then
read into a ``ProcedureContent``. Times are written "12 ngày làm việc => 08 ngày làm việc" where cut, papers as
"name | originals | copies | form | electronic", steps as "name | text", legal bases as "number" or "number: articles".
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from decisions.content import (
    Bodies,
    Case,
    Channel,
    ChannelKind,
    Fee,
    FeeKind,
    Flags,
    LegalBasis,
    Named,
    OfficialForm,
    Paper,
    ProcedureContent,
    Step,
    TimeLimit,
)
from decisions.kinds import OnlineGrade
from decisions.reading import parse_time

Raw = dict[str, Any]
"""A text as written in TOML, the parts common to its sector already filled in."""

_TYPES = (
    ("/QH", "Luật"), ("/UBTVQH", "Pháp lệnh"), ("/NĐ-", "Nghị định"), ("/NQ-", "Nghị quyết"), ("/TT-", "Thông tư"),
    ("/QĐ-", "Quyết định"),
)  # fmt: skip


def read(name: str) -> Raw:
    """One file of the sample's data.

    Raises:
        tomllib.TOMLDecodeError: the file is no TOML.
    """
    return tomllib.loads(files("catalogue.sample").joinpath("data", name).read_text("utf-8"))


def file_names(folder: str) -> list[str]:
    """The files of a folder of the data, in the order of their names."""
    found = files("catalogue.sample").joinpath("data", folder).iterdir()
    return sorted(f"{folder}/{entry.name}" for entry in found if entry.name.endswith(".toml"))


@cache
def legal_texts() -> Mapping[str, list[str]]:
    """Legal texts by number: name, issuer, day of issue, first day in force ("" where it could not be verified)."""
    return read("legal.toml")


def shelf() -> dict[str, Raw]:
    """Every procedure of the sample by code (by ``id`` where it has none), as first published."""
    found: dict[str, Raw] = {}
    for name in file_names("sectors"):
        data = read(name)
        for procedure in data["procedure"]:
            raw = _first_text(data, procedure)
            found[raw["id"]] = raw
    return found


def _first_text(data: Raw, procedure: Raw) -> Raw:
    common = {"steps": [], "bases": [], "channel": [], "fees": [], **data["common"]}
    patches = data.get("patch", {})
    for name in procedure.get("patches", ()):
        common = patched(common, patches[name])
    raw = {
        "id": procedure.get("id") or procedure["code"],
        "sector": data["sector"],
        "sector_code": data.get("sector_code", ""),
        "known_patches": patches,
        **common,
        **procedure,
    }
    raw["bases"] = list(dict.fromkeys([*raw["bases"], *procedure.get("bases_add", ())]))
    if raw.get("listing_only"):
        raw["steps"], raw["papers"] = [], []
    return raw


def patched(raw: Raw, change: Mapping[str, Any]) -> Raw:
    """The text with some parts replaced; see ``_CHANGES`` for those that add or take away."""
    result = {**raw, **{key: value for key, value in change.items() if key not in _CHANGES}}
    for key, put in _CHANGES.items():
        if key in change:
            result = put(result, change[key])
    return result


def _with_bases(raw: Raw, added: list[str]) -> Raw:
    return {**raw, "bases": list(dict.fromkeys([*raw["bases"], *added]))}


def _without_bases(raw: Raw, dropped: list[str]) -> Raw:
    return {**raw, "bases": [number for number in raw["bases"] if number not in dropped]}


def _with_flags(raw: Raw, added: list[str]) -> Raw:
    return {**raw, "flags": [*raw.get("flags", ()), *added]}


def _without_papers(raw: Raw, starts: list[str]) -> Raw:
    return _each_papers(raw, lambda papers: [p for p in papers if not p.startswith(tuple(starts))])


def _renamed_papers(raw: Raw, pairs: list[list[str]]) -> Raw:
    def renamed(papers: list[str]) -> list[str]:
        return [next((new for old, new in pairs if paper.startswith(old)), paper) for paper in papers]

    return _each_papers(raw, renamed)


def _with_case_times(raw: Raw, times: Mapping[str, str]) -> Raw:
    return {**raw, "case": [{**c, "time": times.get(c["name"], c.get("time", ""))} for c in raw["case"]]}


def _each_papers(raw: Raw, change: Any) -> Raw:
    result = dict(raw)
    if "papers" in raw:
        result["papers"] = change(raw["papers"])
    if "case" in raw:
        result["case"] = [{**case, "papers": change(case.get("papers", []))} for case in raw["case"]]
    return result


_CHANGES: Mapping[str, Any] = {
    "bases_add": _with_bases,
    "bases_drop": _without_bases,
    "flags_add": _with_flags,
    "drop_papers": _without_papers,
    "rename_papers": _renamed_papers,
    "case_times": _with_case_times,
}


def content_of(raw: Raw) -> ProcedureContent:
    """The typed value of a text."""
    return ProcedureContent(
        name=raw["name"],
        friendly_name=raw.get("friendly", ""),
        other_names=tuple(raw.get("other_names", ())),
        sectors=(Named(raw["sector"], raw.get("sector_code", "")),),
        steps=tuple(_step(text) for text in raw["steps"]),
        cases=_cases(raw),
        channels=tuple(_channel(channel) for channel in raw["channel"]),
        times=_times(raw.get("time", "")),
        fees=tuple(_fee(fee) for fee in raw["fees"]),
        dossier_sets=raw.get("dossier_sets", ""),
        subjects=_named(raw.get("subjects", ())),
        bodies=Bodies(**{role: _named(raw.get(role, ())) for role in Bodies.__dataclass_fields__}),
        outcomes=_named(raw.get("outcomes", ())),
        forms=tuple(OfficialForm(name) for name in raw.get("forms", ())),
        conditions=raw.get("conditions", "").strip(),
        bases=tuple(_basis(text) for text in raw["bases"]),
        reception=raw.get("reception", ""),
        returning=raw.get("returning", ""),
        online=OnlineGrade(raw.get("online", "unknown")),
        flags=Flags(**dict.fromkeys(raw.get("flags", ()), True)),
        keywords=tuple(raw.get("keywords", ())),
        note=raw.get("note", ""),
    )


def cited(number: str) -> str:
    """A legal text as people cite it: "Nghị định số 123/2015/NĐ-CP"; other words stay what they are."""
    kind = next((name for mark, name in _TYPES if mark in number), "")
    return f"{kind} số {number}" if kind and " " not in number else number


def basis_words(raw: Raw) -> str:
    """The legal bases in one cell of a list."""
    return "; ".join(cited(text.partition(":")[0]) for text in raw["bases"])


def _named(names: Iterable[str]) -> tuple[Named, ...]:
    return tuple(Named(name) for name in names)


def _step(text: str) -> Step:
    name, _, words = text.partition(" | ")
    return Step(text=words.strip() or name, name=name if words else "")


def _cases(raw: Raw) -> tuple[Case, ...]:
    if "case" not in raw:
        papers = tuple(_paper(text) for text in raw.get("papers", ()))
        return (Case(papers=papers),) if papers else ()
    return tuple(
        Case(
            name=case["name"],
            code=case.get("code", ""),
            papers=tuple(_paper(text) for text in case.get("papers", ())),
            time=next(iter(_times(case.get("time", ""))), None),
            fees=tuple(_fee(fee) for fee in case.get("fees", ())),
        )
        for case in raw["case"]
    )


def _paper(text: str) -> Paper:
    name, originals, copies, form, mark = [*(cell.strip() for cell in text.split("|")), "", "", "", ""][:5]
    return Paper(
        name=name,
        originals=int(originals or 0),
        copies=int(copies or 0),
        forms=(OfficialForm(form),) if form else (),
        electronic=mark == "electronic",
    )


def _channel(raw: Raw) -> Channel:
    time = next(iter(_times(raw.get("time", ""))), None)
    return Channel(ChannelKind(raw["kind"]), time=time, text=raw.get("text", ""))


def _times(text: str) -> tuple[TimeLimit, ...]:
    before, _, after = text.partition(" => ")
    return (parse_time(before, after),) if before else ()


def _fee(raw: Raw) -> Fee:
    return Fee(
        kind=FeeKind(raw["kind"]),
        amount=Decimal(raw["amount"]) if "amount" in raw else None,
        text=raw["text"],
        channel=ChannelKind(raw["channel"]) if "channel" in raw else None,
        exempt=tuple(raw.get("exempt", ())),
        basis=cited(raw.get("basis", "")),
        valid_from=raw.get("from"),
        valid_until=raw.get("until"),
    )


def _basis(text: str) -> LegalBasis:
    number, _, articles = text.partition(": ")
    return LegalBasis(title=legal_texts()[number][0], number=number, articles=articles)
