"""Fit how sure the reader is of its finds: ``python -m training.calibrate``, on the tuning half of ``evaluation/``.

For each kind of find, a logistic regression from what speaks for a find to whether a person found it too. The weights
are written to ``app/reading/confidence.json``. The judging half of the articles is not read.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from app.reading.confidence import FILE, Kind, Sureness
from app.reading.evaluation.annotation import AnnotatedReading
from app.reading.evaluation.matching import pair
from app.reading.lines import built_in_reader, reading_line
from app.reading.metadata import Metadata

ARTICLES = Path("evaluation/articles")
RIDGE = 1.0
"""How strongly weights are held near 0, in finds."""


class Watching(Sureness):
    """Reports every find, and remembers the features of each confidence that it gave."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        super().__init__(weights, 0.0)
        self.seen: list[dict[str, float]] = []

    def of(self, kind: Kind, features: Mapping[str, float]) -> float:
        """A confidence that stands for the features: their place in ``seen``."""
        self.seen.append(dict(features))
        return len(self.seen) / 1e6


def finds() -> Iterator[tuple[Kind, dict[str, float], bool]]:
    """Every find in the tuning half: its kind, its features, and whether a person found it too."""
    weights = json.loads(FILE.read_text(encoding="utf-8"))
    for path in sorted(ARTICLES.glob("*.meta.json")):
        meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if meta["split"] != "tune":
            continue
        watching = Watching(weights)
        reader = built_in_reader(meta["process"]).with_sureness(watching)
        published = date.fromisoformat(meta["published"]) if meta["published"] else None
        text = (ARTICLES / f"{meta['id']}.txt").read_text(encoding="utf-8")
        reading = reader.read(text, Metadata(meta["title"], None, published, meta["publisher"]))
        found = AnnotatedReading.model_validate(reading_line(meta["id"], reading))
        gold = AnnotatedReading.model_validate_json((ARTICLES / f"{meta['id']}.json").read_text(encoding="utf-8"))
        for kind in get_args(Kind):
            right = {id(other) for _, other in pair(gold.of(kind), found.of(kind), kind).pairs}
            for one in found.of(kind):
                features = watching.seen[round((one.confidence or 0) * 1e6) - 1]
                yield kind, features, id(one) in right


def fit(rows: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of a logistic regression, the last one the bias, by Newton's method."""
    full = np.hstack((rows, np.ones((len(rows), 1))))
    weights = np.zeros(full.shape[1])
    held = np.append(np.full(rows.shape[1], RIDGE), 1e-6)
    for _ in range(60):
        odds = 1 / (1 + np.exp(-full @ weights))
        slope = full.T @ (odds - right) + held * weights
        bend = (full * (odds * (1 - odds))[:, None]).T @ full + np.diag(held)
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def main() -> int:
    """Fit every kind and write the weights."""
    told: dict[Kind, list[tuple[dict[str, float], bool]]] = {}
    for kind, features, right in finds():
        told.setdefault(kind, []).append((features, right))
    fitted: dict[str, dict[str, float]] = json.loads(FILE.read_text(encoding="utf-8"))
    for kind, rows in told.items():
        names = list(rows[0][0])
        values = np.array([[features[name] for name in names] for features, _ in rows])
        truth = np.array([float(right) for _, right in rows])
        weights = [round(float(one), 3) for one in fit(values, truth)]
        fitted[kind] = {"bias": weights[-1], **dict(zip(names, weights[:-1], strict=True))}
        print(f"{kind}: {len(rows)} finds, {int(truth.sum())} of them right: {fitted[kind]}")
    FILE.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
