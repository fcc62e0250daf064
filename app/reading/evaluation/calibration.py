"""Whether a reader's confidence can be trusted: finds of which it is 0.8 sure should be right 8 times in 10."""

from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from app.reading.evaluation.annotation import Kind
from app.reading.evaluation.figures import Band, Reliability
from app.reading.evaluation.scores import Compared

BANDS = 10


class Sure(NamedTuple):
    """How sure the reader was of a find, and whether it was right."""

    confidence: float
    right: bool


def reliability(articles: Sequence[Compared], kind: Kind) -> Reliability:
    """The finds of one kind by how sure the reader was; finds that do not say it are left out."""
    return reliability_of([find for one in articles for find in _finds(one, kind)])


def reliability_of(finds: Sequence[Sure]) -> Reliability:
    """The finds in bands of a tenth, and the expected calibration error."""
    bands = [_band(number, held) for number in range(BANDS) if (held := [one for one in finds if _in(one) == number])]
    apart = sum(band.finds * abs(band.confidence - band.right) for band in bands)
    return Reliability(finds=len(finds), error=apart / len(finds) if finds else None, bands=tuple(bands))


def _finds(one: Compared, kind: Kind) -> list[Sure]:
    pairs, _, false = one.pairing(kind)
    told = [(found, True) for _, found in pairs] + [(found, False) for found in false]
    return [Sure(found.confidence, right) for found, right in told if found.confidence is not None]


def _in(one: Sure) -> int:
    """The number of the band; 1 belongs to the last. (0.3 * 10 is a little less than 3.)"""
    return min(BANDS - 1, int(round(one.confidence * BANDS, 9)))


def _band(number: int, held: Sequence[Sure]) -> Band:
    return Band(
        low=number / BANDS,
        high=(number + 1) / BANDS,
        finds=len(held),
        confidence=fmean(one.confidence for one in held),
        right=fmean(one.right for one in held),
    )
