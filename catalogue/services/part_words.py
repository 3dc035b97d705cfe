"""One part of a text as plain lines, for comparing two versions side by side and for the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from catalogue.exports import phrases
from catalogue.exports.labels import number
from catalogue.glossary import BODY_ROLES, CHANNELS, FLAGS, GRADES, TIME_UNITS
from decisions.content import Case, Channel, Fee, Paper, ProcedureContent, Step, TimeLimit


def part_words(content: ProcedureContent, part: str) -> str:
    """What a part says, a line for each row; the empty string when it says nothing."""
    value = getattr(content, part)
    if isinstance(value, str) and part != "online":
        return value
    lines = _WORDS[part](content) if part in _WORDS else [phrases.named_text(item) for item in value]
    return "\n".join(line for line in lines if line)


def _steps(steps: Iterable[Step]) -> list[str]:
    return ["\n".join(filter(None, (step.name, step.text))) for step in steps]


def _paper(paper: Paper) -> str:
    counts = [f"bản chính {paper.originals}"] if paper.originals else []
    counts += [f"bản sao {paper.copies}"] if paper.copies else []
    counts += ["có mẫu điện tử"] if paper.electronic else []
    counts += [f"mẫu: {form.name}" for form in paper.forms if form.name]
    return f"– {paper.name}" + (f" ({'; '.join(counts)})" if counts else "")


def _time(limit: TimeLimit | None) -> list[str]:
    return [_limit(limit)] if limit and _limit(limit) else []


def _limit(limit: TimeLimit) -> str:
    """With the figures, so that a figure changed under the same words is seen."""
    if not limit.text or limit.quantity is None or limit.unit is None:
        return phrases.time_text(limit)
    return f"{phrases.time_text(limit)} (đọc là {number(limit.quantity)} {TIME_UNITS[limit.unit]})"


def _fees(fees: Iterable[Fee]) -> list[str]:
    return [f"{CHANNELS[fee.channel]}: {words}" if fee.channel else words
            for fee in fees for words in [phrases.fee_sentence(fee)]]  # fmt: skip


def _case(case: Case) -> list[str]:
    return [case.name, *_steps(case.steps), *map(_paper, case.papers), *_time(case.time), *_fees(case.fees)]


def _channel(channel: Channel) -> list[str]:
    head = f"{CHANNELS[channel.kind]}: {channel.text}".removesuffix(": ")
    return [head, *_time(channel.time), *_fees(channel.fees)]


_WORDS: dict[str, Callable[[ProcedureContent], list[str]]] = {
    "steps": lambda c: _steps(c.steps),
    "cases": lambda c: [line for case in c.cases for line in _case(case)],
    "channels": lambda c: [line for channel in c.channels for line in _channel(channel)],
    "times": lambda c: [_limit(limit) for limit in c.times],
    "fees": lambda c: _fees(c.fees),
    "bodies": lambda c: [
        f"{label}: {phrases.named_text(body)}" for role, label in BODY_ROLES.items() for body in getattr(c.bodies, role)
    ],
    "forms": lambda c: [f"{form.name}{' (có tệp)' if form.file else ''}" for form in c.forms],
    "bases": lambda c: [phrases.basis_text(basis) for basis in c.bases],
    "online": lambda c: [GRADES[c.online]],
    "flags": lambda c: [label for flag, label in FLAGS.items() if getattr(c.flags, flag)],
    "keywords": lambda c: list(c.keywords),
    "other_names": lambda c: list(c.other_names),
    "extra": lambda c: [],
}
