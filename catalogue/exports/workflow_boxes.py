"""What stands inside the boxes of a workflow diagram, broken into lines, and how large the boxes are (in pixels)."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.exports.blocks import one_line
from catalogue.exports.workflow_graph import Flow, Node, NodeKind
from decisions.workflow import WorkflowStep

LINE = 17
"""Height of a line in a box; in a label beside an arrow a line is 15 high."""
LABEL_LINE = 15
BOX_WIDTH = 184
LABEL_WIDTH = 88
_INSIDE = BOX_WIDTH - 20
_MOST_LINES = 7
_NAME_LENGTH = 140
_NARROW, _WIDE = frozenset("iíìỉĩịjltfrI.,;:'|!()[] "), frozenset("mwMWĐ%@ƠƯ")
_SIZES = {NodeKind.START: 36, NodeKind.END: 36, NodeKind.ONE: 50, NodeKind.ALL: 50, NodeKind.JOIN: 50}


@dataclass(frozen=True)
class BoxText:
    """Lines of one box: ``head`` (label and time), ``body`` and ``foot`` (the role)."""

    head: tuple[str, ...]
    body: tuple[str, ...]
    foot: tuple[str, ...]


def step_name(step: WorkflowStep) -> str:
    """Label and text in one short line: the name of a task; a long text ends in "…" at a word."""
    label = one_line(step.label)
    text = one_line(step.text)
    if len(text) > _NAME_LENGTH:
        text = text[:_NAME_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;.:") + "…"
    return f"{label}. {text}" if label and text else label or text or "(chưa có nội dung)"


def box_text(step: WorkflowStep) -> BoxText:
    """The words of a box; what has no room ends in "…" and is found in full in the list of steps."""
    time = one_line(step.time.text)
    head = " · ".join(part for part in (one_line(step.label), time) if part)
    return BoxText(
        wrapped(head, _INSIDE, 2),
        wrapped(one_line(step.text) or "(chưa có nội dung)", _INSIDE, _MOST_LINES),
        wrapped(one_line(step.role), _INSIDE, 2),
    )


def size(node: Node) -> tuple[int, int]:
    """Width and height of a node."""
    if node.step is None:
        return _SIZES[node.kind], _SIZES[node.kind]
    text = box_text(node.step)
    lines = len(text.head) + len(text.body) + len(text.foot)
    height = max(64, lines * LINE + 20)
    return BOX_WIDTH, height + height % 2


def label_lines(flow: Flow) -> tuple[str, ...]:
    """The printed condition of an arrow, in lines."""
    return wrapped(one_line(flow.text), LABEL_WIDTH, 4) if flow.text else ()


def wrapped(text: str, width: int, most: int) -> tuple[str, ...]:
    """Lines no wider than ``width`` pixels of 13-pixel letters, ``most`` of them; longer words are broken."""
    lines: list[str] = []
    for word in text.split():
        for part in _parts(word, width):
            if lines and text_width(f"{lines[-1]} {part}") <= width:
                lines[-1] = f"{lines[-1]} {part}"
            else:
                lines.append(part)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and text_width(f"{last}…") > width:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip(" ,;.:") + "…")


def _parts(word: str, width: int) -> list[str]:
    parts = [""]
    for letter in word:
        if text_width(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def text_width(text: str) -> int:
    """A little more than the letters take in the fonts of the house, so that no line leaves its box."""
    return round(sum(4.2 if c in _NARROW else 11.5 if c in _WIDE else 9.2 if c.isupper() else 7.3 for c in text))
