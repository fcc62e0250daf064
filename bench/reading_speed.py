"""How fast the built-in reader reads, against the bare language pipeline on the same texts: ``make bench``.

Prints words a second of both, turn by turn, the median of their ratio and the reader's memory. The design asks for a
ratio of at least 0.5.
"""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from app.reading.lines import built_in_reader
from app.reading.metadata import Metadata
from app.settings import settings

TURNS = 5
ARTICLES = Path("evaluation/articles")


def texts() -> list[str]:
    """The project's own evaluation articles about the first process."""
    metas = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(ARTICLES.glob("*.meta.json")))
    return [
        (ARTICLES / f"{meta['id']}.txt").read_text(encoding="utf-8")
        for meta in metas
        if meta["process"] == "russia-ukraine"
    ]


def rate(read: Callable[[str], object], held: list[str]) -> float:
    """Words a second."""
    words = sum(len(text.split()) for text in held)
    began = time.perf_counter()
    for text in held:
        read(text)
    return words / (time.perf_counter() - began)


def main() -> int:
    """Measure in turns and print."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    held = texts()
    bare = spacy.load(settings().language_model)
    reader = built_in_reader("russia-ukraine")
    reader.read(held[0], Metadata())
    bare(held[0])
    ratios = []
    for turn in range(1, TURNS + 1):
        one, other = rate(bare, held), rate(lambda text: reader.read(text, Metadata()), held)
        ratios.append(other / one)
        print(f"turn {turn}: pipeline {one:,.0f} words/s, reader {other:,.0f} words/s, ratio {other / one:.2f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"median ratio {statistics.median(ratios):.2f}; peak memory of both together {memory:,.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
