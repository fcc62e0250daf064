"""How sure the reader is of a find: odds made from what speaks for it, fitted so that 0.8 means right 8 times in 10.

The weights are fitted by ``python -m training.calibrate`` on the tuning half of the evaluation set.
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["rounds", "delegations", "demands", "outcomes"]
FILE = Path(__file__).with_name("confidence.json")
LEAST, MOST = 0.01, 0.99
SILENT = 0.02
"""What stands for the odds of the model where no sentence tells of a find."""


class Sureness:
    """Weights of each kind of find, by the name of a feature (``bias`` belongs to none).

    Finds less sure than ``least`` are not reported.
    """

    def __init__(self, weights: Mapping[str, Mapping[str, float]], least: float) -> None:
        self.weights = weights
        self.least = least

    def of(self, kind: Kind, features: Mapping[str, float]) -> float:
        """The confidence in a find with these features, between 0.01 and 0.99."""
        weights = self.weights[kind]
        total = weights["bias"] + sum(weights[name] * value for name, value in features.items())
        return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-total)))), 3)


@cache
def fitted(least: float) -> Sureness:
    """The weights that come with the reader."""
    return Sureness(json.loads(FILE.read_text(encoding="utf-8")), least)


def logit(odds: float) -> float:
    """Odds as a number on both sides of 0."""
    held = min(MOST, max(LEAST, odds))
    return math.log(held / (1 - held))
