"""Runs Typst in a process of its own: this file is both the caller's side and the program that is run.

Typst keeps what it has set in memory for its next runs, some hundred megabytes for a long list; a server must not. The
program needs nothing but the wheel, so it starts in a few hundredths of a second.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import Lock
from typing import Any

_TEMPLATES = Path(__file__).parent / "typst"
_LONGEST_RUN = 120  # seconds; 5,000 rows take three to six
_LARGE = 500_000  # letters; a run needs up to 500 times as many bytes of memory
_ONE_LARGE_RUN = Lock()


class TypesettingFailed(RuntimeError):
    """Typst did not make the paper; the message is its own and is for the log."""


def typeset(template: str, data: dict[str, Any], printed_on: date) -> bytes:
    """The tagged PDF (PDF/UA-1) of a template in ``typst/``; equal data give equal bytes on every machine.

    Raises:
        TypesettingFailed: the template has an error, or the run took too long.
    """
    order = {"template": template, "data": json.dumps(data, ensure_ascii=False), "printed_on": printed_on.isoformat()}
    command = [sys.executable, "-I", str(Path(__file__))]
    try:
        with _ONE_LARGE_RUN if len(order["data"]) > _LARGE else nullcontext():
            done = subprocess.run(  # noqa: S603 - our own program; the text goes through its standard input
                command, input=json.dumps(order).encode(), capture_output=True, timeout=_LONGEST_RUN, check=False
            )
    except subprocess.TimeoutExpired as error:
        raise TypesettingFailed(f"no paper after {_LONGEST_RUN} seconds") from error
    if done.returncode != 0:
        raise TypesettingFailed(done.stderr.decode(errors="replace").strip())
    return done.stdout


def _made(order: dict[str, str]) -> bytes:
    """The PDF of an order; runs in the child."""
    import typst  # only the child needs it

    options: dict[str, Any] = {
        "root": str(_TEMPLATES),
        "format": "pdf",
        "sys_inputs": {"data": order["data"]},
        "timestamp": datetime.combine(date.fromisoformat(order["printed_on"]), time(), UTC),
        **_way(order["data"]),
    }
    made: bytes = typst.compile(str(_TEMPLATES / order["template"]), **options)
    return made


def _way(data: str) -> dict[str, Any]:
    """Fonts and seal for these letters.

    Only the fonts inside the wheel are used, which cover Vietnamese. PDF/UA refuses letters they lack (Chinese, emoji):
    then the machine's own fonts are tried, and at last the paper is made without that seal rather than not at all. A
    trial on the few unusual letters decides, because setting a long list twice would take twice as long.
    """
    import typst

    rare = "".join(sorted({letter for letter in data if not _is_usual(letter)}))
    trial: dict[str, Any] = {"format": "pdf", "sys_inputs": {"letters": rare}}
    for system_fonts in (False, True):
        way: dict[str, Any] = {"ignore_system_fonts": not system_fonts, "pdf_standards": "ua-1"}
        try:
            if rare:
                typst.compile(str(_TEMPLATES / "letters.typ"), **trial, **way)
        except typst.TypstError:
            continue
        return way
    return {"ignore_system_fonts": False}


def _is_usual(letter: str) -> bool:
    return letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff" or "\u2010" <= letter <= "\u2027"


if __name__ == "__main__":
    sys.stdout.buffer.write(_made(json.load(sys.stdin.buffer)))
