"""How long the comparison of two texts takes, over every real history."""

from __future__ import annotations

import gzip
import json
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

from catalogue.cli.bench_measures import Figure
from catalogue.imports.portal_content import read_detail
from catalogue.imports.portal_values import Node, tidy
from catalogue.redlines import redline
from decisions.redline import wording

BUDGET = 50
HISTORIES = Path("portal-2026") / "histories.jsonl.gz"


def redlines(data: Path | None) -> list[Figure]:
    """The slowest and the middle one of all pairs that follow each other, each from cold; none without real data.

    Processor time: one pair takes so little that on a busy machine its clock time says nothing.
    """
    if data is None or not (data / HISTORIES).is_file():
        return []
    taken: list[float] = []
    with gzip.open(data / HISTORIES, "rt", encoding="utf-8") as lines:
        for line in lines:
            texts = [read_detail(Node(tidy(version["data"]))) for version in json.loads(line)["versions"]]
            for before, after in pairwise(texts):
                wording.cache_clear()
                start = time.process_time()
                redline(before, after)
                taken.append((time.process_time() - start) * 1000)
    slowest, middle = max(taken), median(taken)
    return [
        Figure(f"so sánh hai bản, lâu nhất trong {len(taken)} cặp", slowest, "ms", BUDGET, slowest),
        Figure("so sánh hai bản, trung vị", middle, "ms", None, middle),
    ]
