"""To which round of an article a sentence of it belongs."""

from collections.abc import Iterable, Sequence
from datetime import date

from app.reading.dates import days
from app.reading.idioms import pattern
from app.reading.mentions import Cast
from app.reading.ordinals import ordinals
from app.reading.said import Said
from app.reading.talks import Talks

BEFORE = 2
"""A sentence that names no round goes on about one that so many sentences before it named."""
MIDDLE = "-15"
"""The day that stands for a month, to tell how far away it is."""


def which_round(
    place: int, article: Sequence[Said], found: Iterable[Talks], published: date | None, cast: Cast
) -> str | None:
    """The date of the round that the sentence at ``place`` belongs to; None if the article dates none.

    It is the round that the sentence dates, or else names by date, number or city; or else the last that the two
    sentences before it speak of; or else the one nearest to the day of publication.
    """
    dated = [talks for talks in found if talks.date]
    for back in range(BEFORE + 1):
        told = [talks for talks in dated if place - back in talks.places]
        if told:
            return told[0 if not back else -1].date
        if not back and (named := named_round(article[place].sentence.text, dated, published, cast)):
            return named
    return nearest_round(dated, published)


def named_round(text: str, found: Iterable[Talks], published: date | None, cast: Cast) -> str | None:
    """The date of the round that a sentence names by a date, a number or a city."""
    held = sorted((talks for talks in found if talks.date), key=lambda talks: talks.status != "held")
    spoken = {value for one in days(text, published) for value in (one.back, one.ahead)}
    for talks in held:
        if any(is_compatible(talks.date, value) for value in spoken):
            return talks.date
    counted = {one.number for one in ordinals(text)}
    if same := [one for one in held if one.ordinal in counted]:
        return same[0].date
    cities = {city for _, city in cast.places(text)}
    same = [talks for talks in held if talks.city in cities]
    return same[0].date if len(same) == 1 and pattern("talks", "nouns").search(text) else None


def nearest_round(found: Iterable[Talks], published: date | None) -> str | None:
    """The date of the round nearest to the day of publication, or of the last one."""
    dated = [talks for talks in found if talks.date]
    if published is None:
        return max((talks.date for talks in dated if talks.date), default=None)
    return min(dated, key=lambda talks: (_away(talks, published), talks.status != "held")).date if dated else None


def is_compatible(one: str | None, other: str | None) -> bool:
    """Whether two partial dates may be the same: a month, and a day of it."""
    return bool(one and other) and (str(one).startswith(str(other)) or str(other).startswith(str(one)))


def _away(talks: Talks, published: date) -> int:
    day = str(talks.date)
    return abs((date.fromisoformat(day if len(day) == len("2026-01-01") else day + MIDDLE) - published).days)
