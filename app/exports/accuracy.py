"""How accurate the machine's reading is: the figures that come with the project, and their drawing."""

import logging
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from app.reading.evaluation.figures import FILE, Figures, Reliability
from app.settings import CHECKOUT

log = logging.getLogger(__name__)

PLACE = CHECKOUT / "app" / "reading" / FILE
SIDE = 160
"""Of the drawing's square, in its own units."""
SMALLEST, LARGEST = 2.5, 9.0
"""Radius of the dot of a band with hardly any finds, and of the fullest."""


class Dot(NamedTuple):
    """A band of finds in the drawing: to the right the surer the reader was, the higher the more of them are right."""

    x: float
    y: float
    radius: float


def accuracy(place: Path | None = None) -> Figures | None:
    """The figures that ``rapporteur evaluate`` left, if this copy holds any."""
    try:
        return Figures.load(place or PLACE)
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        log.exception("The accuracy figures cannot be read.")
        return None


def dots(found: Reliability) -> list[Dot]:
    """The bands of a reliability table, each as a dot that is as large as it is full."""
    most = max((band.finds for band in found.bands), default=1)
    return [
        Dot(
            x=round(band.confidence * SIDE, 1),
            y=round((1 - band.right) * SIDE, 1),
            radius=round(SMALLEST + (LARGEST - SMALLEST) * sqrt(band.finds / most), 1),
        )
        for band in found.bands
    ]
