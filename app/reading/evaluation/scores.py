"""Counting what a reader got right, and how far chance may have helped."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from app.reading.evaluation.annotation import KINDS, AnnotatedReading, Kind
from app.reading.evaluation.figures import Rate, Score, Share
from app.reading.evaluation.matching import Pairing, pair, same_date

RESAMPLES = 1000
SEED = 20250602
"""Of the resampling, fixed so that the same readings give the same interval."""
OUTSIDE = 0.025
"""Share of the resamples that lies below the interval, and above it."""

Counts = tuple[int, int, int]
"""Right, missed, false."""


@dataclass(frozen=True)
class Compared:
    """One article's hand-made reading beside a reader's; ``found`` is empty where it was not read."""

    expected: AnnotatedReading
    found: AnnotatedReading
    text: str

    def pairing(self, kind: Kind) -> Pairing:
        """What both say of one kind."""
        return pair(self.expected.of(kind), self.found.of(kind), kind)

    def counts(self, kind: Kind) -> Counts:
        """How much of one kind is right, missed and false."""
        pairs, missed, false = self.pairing(kind)
        return len(pairs), len(missed), len(false)


def score(articles: Sequence[Compared], kind: Kind) -> Score:
    """Precision, recall and F1 over all articles, each with its interval."""
    counted = [one.counts(kind) for one in articles]
    right, missed, false = _sum(counted)
    values = _rates((right, missed, false))
    lows, highs = _intervals(counted)
    precision, recall, f1 = (
        Rate(value=value, low=min(low, value), high=max(high, value))
        for value, low, high in zip(values, lows, highs, strict=True)
    )
    return Score(precision=precision, recall=recall, f1=f1, right=right, missed=missed, false=false)


def _rates(counts: Counts) -> tuple[float, float, float]:
    """Precision, recall and F1; nothing found is never wrong, and of nothing all is found."""
    right, missed, false = counts
    precision = right / (right + false) if right + false else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, f1


def _intervals(counted: Sequence[Counts]) -> tuple[list[float], list[float]]:
    """The lower and the upper ends of the three rates over articles drawn again, with replacement."""
    draw = Random(SEED)  # noqa: S311 (nothing secret)
    drawn = [_rates(_sum(draw.choices(counted, k=len(counted)))) for _ in range(RESAMPLES if counted else 0)]
    ordered = [sorted(rate) for rate in zip(*drawn, strict=True)] or [[0.0]] * 3
    low, high = int(OUTSIDE * len(drawn)), max(0, int((1 - OUTSIDE) * len(drawn)) - 1)
    return [rate[low] for rate in ordered], [rate[high] for rate in ordered]


def _sum(counted: Sequence[Counts]) -> Counts:
    right, missed, false = zip(*counted, strict=True) if counted else ((), (), ())
    return sum(right), sum(missed), sum(false)


def placed_in_right_round(articles: Sequence[Compared]) -> Share:
    """Of the delegations and outcomes that were found, those that stand at their round."""
    pairs = [two for one in articles for kind in ("delegations", "outcomes") for two in one.pairing(kind).pairs]
    return Share(right=sum(same_date(a.round, b.round) for a, b in pairs), all=len(pairs))


def right_quantity(articles: Sequence[Compared]) -> Share:
    """Of the outcomes found that have a number, those found with it."""
    pairs = [two for one in articles for two in one.pairing("outcomes").pairs if two[0].quantity is not None]
    return Share(right=sum(a.quantity == b.quantity for a, b in pairs), all=len(pairs))


def quotes_verbatim(articles: Sequence[Compared]) -> Share:
    """Of all finds that must quote, those whose quote stands in the article word for word."""
    told = [
        (item.quote, one.text) for one in articles for kind in (one.found.demands, one.found.outcomes) for item in kind
    ]
    return Share(right=sum(bool(quote and quote in text) for quote, text in told), all=len(told))


def off_topic_left_empty(articles: Sequence[Compared]) -> Share:
    """Of the articles that are not about talks, those in which nothing was found."""
    quiet = [one.found for one in articles if not one.expected.about_talks]
    return Share(right=sum(not any(found.of(kind) for kind in KINDS) for found in quiet), all=len(quiet))
