"""The rounds of an article: its mentions of talks, put together."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.reading.dates import is_next_day
from app.reading.idioms import pattern
from app.reading.mentions import Cast
from app.reading.ordinals import ordinals
from app.reading.reading import Quote, RoundFind
from app.reading.said import Said
from app.reading.talks import Talks, talks_dates, talks_of

SEVERAL = re.compile(
    r"\b(?:previous|earlier|two|three|several|past|prior|other) (?:[\w-]+ ){0,3}rounds\b", re.IGNORECASE
)


def rounds(article: list[Said], published: date | None, cast: Cast) -> tuple[Talks, ...]:
    """The rounds of an article, each once, in order of date."""
    named: list[Talks] = []
    for place, said in enumerate(article):
        last = named[-1].city if named and named[-1].place >= place - 2 else None
        named += talks_of(said, place, published, cast, last)
    dated = _merged(talks for talks in named if talks.date)
    undated = [talks for talks in named if not talks.date]
    main = main_round(dated, published)
    for talks in undated:
        dated = _told(dated, talks, main)
    left = _left_over(undated, dated, published)
    return tuple(sorted((*dated, *left), key=lambda talks: talks.date or "9"))


def round_finds(text: str, found: Iterable[Talks]) -> tuple[RoundFind, ...]:
    """The finds of these talks; ``text`` is the article as given."""
    return tuple(
        RoundFind(
            date=talks.date,
            city=talks.city,
            ordinal=talks.ordinal,
            format=talks.format,
            status=talks.status,
            quote=Quote.of(text, talks.said.sentence.start, talks.said.sentence.end),
            confidence=min(0.9, 0.5 + 0.1 * talks.weight + (0.1 if talks.city else 0) + (0.1 if talks.date else 0)),
        )
        for talks in found
    )


def main_round(found: Iterable[Talks], published: date | None) -> str | None:
    """The date of the round that the article is about: the next planned or else the last held, as of publication."""
    dated = sorted(talks.date for talks in found if talks.date)
    if not dated:
        return None
    if published is None:
        return dated[-1]
    today = published.isoformat()
    ahead = [day for day in dated if day >= today[: len(day)]]
    before = [day for day in dated if day < today[: len(day)]]
    if (ahead and ahead[0][:7] <= today[:7]) or not before:
        return ahead[0] if ahead else None
    return before[-1]


def round_of(text: str, found: Iterable[Talks], published: date | None, cast: Cast) -> str | None:
    """The date of the round that a sentence itself speaks of, if it does."""
    held = [talks for talks in found if talks.date]
    spoken = {one.value for one in talks_dates(text, published)}
    for talks in held:
        if any(_compatible(talks.date, value) for value in spoken):
            return talks.date
    counted = {one.number for one in ordinals(text)}
    if same := [one for one in held if one.ordinal in counted]:
        return same[0].date
    cities = {city for _, city in cast.places(text)}
    same = [talks for talks in held if talks.city in cities]
    return same[0].date if len(same) == 1 and pattern("talks", "nouns").search(text) else None


def _merged(named: Iterable[Talks]) -> list[Talks]:
    merged: list[Talks] = []
    for talks in sorted(named, key=lambda one: (-len(one.date or ""), one.place)):
        twin = next((place for place, other in enumerate(merged) if _same(talks, other)), None)
        if twin is None:
            merged.append(talks)
        else:
            merged[twin] = _one(merged[twin], talks)
    return merged


def _same(talks: Talks, other: Talks) -> bool:
    if not _compatible(talks.date, other.date) and not (
        (talks.city is None or other.city is None or talks.city == other.city)
        and talks.status == other.status
        and is_next_day(talks.date or "", other.date or "")
    ):
        return False
    return talks.city is None or other.city is None or talks.city == other.city or talks.date == other.date


def _compatible(one: str | None, other: str | None) -> bool:
    return bool(one and other) and (str(one).startswith(str(other)) or str(other).startswith(str(one)))


def _one(kept: Talks, other: Talks) -> Talks:
    day = kept.date
    if kept.date and other.date and len(kept.date) == len(other.date):
        day = min(kept.date, other.date)
    formats = {kept.format, other.format}
    return replace(
        kept,
        date=day,
        city=kept.city or other.city,
        ordinal=kept.ordinal or other.ordinal,
        format="mediated" if "mediated" in formats else kept.format,
        weight=kept.weight + other.weight,
    )


def _told(dated: list[Talks], talks: Talks, main: str | None) -> list[Talks]:
    """The dated talks, with what an undated mention adds to the ones that it means."""
    for place, other in enumerate(dated):
        same_city = talks.city is not None and talks.city == other.city
        alike = talks.ordinal is None or other.ordinal is None or talks.ordinal == other.ordinal
        same_ordinal = talks.ordinal is not None and talks.ordinal == other.ordinal
        near = abs(talks.place - other.place) <= 3 and talks.format in {other.format, "direct"}
        fits = other.date == main and alike and near and (talks.city or talks.ordinal)
        placed = other.city is None or talks.city in {None, other.city}
        if same_ordinal or (same_city and alike) or (fits and placed):
            told = talks if other.date == main or same_ordinal else replace(talks, ordinal=None)
            return [*dated[:place], _one(other, told), *dated[place + 1 :]]
    return dated


def _left_over(undated: list[Talks], dated: list[Talks], published: date | None) -> list[Talks]:
    """Undated talks that the article is chiefly about: the ones named first or most, where none held is dated."""
    if published is not None and any(talks.status == "held" for talks in dated):
        return []
    named: dict[str, Talks] = {}
    for talks in undated:
        if talks.city and not SEVERAL.search(talks.said.sentence.text):
            named[talks.city] = _one(named[talks.city], talks) if talks.city in named else talks
    fresh = [talks for talks in named.values() if not any(other.city == talks.city for other in dated)]
    chief = max(fresh, key=lambda talks: (talks.weight, -talks.place), default=None)
    return [replace(chief, date=None)] if chief else []
