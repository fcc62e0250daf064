"""The axis of the drawn timeline: where days lie, what is cut out between them, where months begin.

Where dates crowd, columns keep a least distance; long empty stretches are cut out. All measures are in pixels.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from app.negotiations.timeline import Group

MARGIN = 24
DAY_WIDTHS = (7.0, 5.0, 3.2)
"""The widest that fits is taken; what does not fit even so is scrolled."""
FITS = 1040
CUT_AFTER = timedelta(days=75)
CUT_WIDTH = 64
TICKS_APART = 52


class Column(NamedTuple):
    """A day and what happened on it, with the width that its marks need."""

    on: date
    groups: list[Group]
    width: float


class Tick(NamedTuple):
    """The beginning of a month on the axis."""

    x: float
    label: str
    year: bool


def places_of(columns: Sequence[Column]) -> tuple[list[float], list[float]]:
    """The middle of each column, and of each cut."""
    tried = [_spread(columns, day_width) for day_width in DAY_WIDTHS]
    return next((found for found in tried if found[0][-1] < FITS), tried[-1])


def _spread(columns: Sequence[Column], day_width: float) -> tuple[list[float], list[float]]:
    places, cuts = [MARGIN + columns[0].width / 2], []
    for before, column in pairwise(columns):
        least = (before.width + column.width) / 2 + 6
        elapsed = column.on - before.on
        if elapsed > CUT_AFTER:
            cuts.append(places[-1] + before.width / 2 + CUT_WIDTH / 2)
            places.append(places[-1] + least + CUT_WIDTH)
        else:
            places.append(places[-1] + max(least, elapsed.days * day_width))
    return places, cuts


def ticks_of(columns: Sequence[Column], places: Sequence[float]) -> list[Tick]:
    """The first column of each month carries its name; that of each year, and the last, the year too."""
    ticks: list[Tick] = []
    seen: date | None = None
    for column, x in zip(columns, places, strict=True):
        new_year = seen is None or seen.year != column.on.year
        if (new_year or (seen and seen.month != column.on.month)) and (not ticks or x - ticks[-1].x > TICKS_APART):
            ticks.append(Tick(x, f"{column.on:%b %Y}" if new_year else f"{column.on:%b}", new_year))
            seen = column.on
    if len(ticks) > 1 and seen:
        ticks[-1] = ticks[-1]._replace(label=f"{seen:%b %Y}")
    return ticks
