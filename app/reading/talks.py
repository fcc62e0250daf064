"""Mentions of talks: when and where a sentence says they are, in which format, planned or held."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from app.reading.dates import Day, days_between, later_day
from app.reading.idioms import pattern
from app.reading.learned.odds import Placed
from app.reading.mentions import Cast
from app.reading.ordinals import ordinal_at, ordinal_of
from app.reading.reading import RoundFormat, RoundStatus
from app.reading.said import Said

HEARD, OF_THE_DAY = 0.4, 0.5
"""Odds from which a date is heard as that of talks, and a sentence without one as telling of talks of the day."""
LATER = 3
"""The later days of talks follow the first by so many at most."""
PLACED = re.compile(
    r"\b(?:in|at|to|near)\s+(?:the\s+)?(?:(?:[A-Z][\w-]+(?:'s)?|[a-z]+(?:ern|al)|city|resort|of|neutral),?\s+){0,4}$"
)
NAMED_AFTER = re.compile(r"(?:'s)?\s+(?:[\w-]+\s+)?(?:talks|meeting|round|negotiations|summit|session)\b")
SIDE_BY_SIDE = re.compile(
    r"[,.(:]? ?(?:[–-] )?(?:(?:on|in|at|for|of|the|again|early|late|back|it was|came|first|second|third|last|week|half"
    r"|part|days)[ -])*"
)
IN_CAPITALS = re.compile(r"[A-Z]{3}[A-Z ]*(?:, [\w ]+)?(?:[,(]| [-–—])")
"""How a city stands in a date line."""
LEADS_AWAY = re.compile(r"\b(?:since|after|before|following|until|from)\b[^,;]*$", re.IGNORECASE)
"""What leads from a numbered round to the date of another: "the second round since they met in May"."""
REACH = 120
"""So far from a date stands the city of its talks, in characters."""

Label = TypeVar("Label", RoundFormat, RoundStatus)


@dataclass(frozen=True)
class Talks:
    """Talks as the sentences at some places of an article tell of them, with the odds of each, the highest first.

    Those that no sentence dates have no date; ``sure`` if the text itself dates them.
    """

    said: Said
    date: str | None
    city: str | None
    ordinal: int | None
    format: RoundFormat
    status: RoundStatus
    places: tuple[int, ...]
    odds: tuple[float, ...]
    sure: bool = True


def talks_of(said: Said, told: Sequence[Placed], place: int, published: date | None, cast: Cast) -> Iterator[Talks]:
    """The talks that a sentence tells of, by what the learned reader makes of it."""
    heard = [(one.day, one) for one in told if one.day and one.first + one.later >= HEARD]
    yield from _dated(said, heard, place, published, cast)
    if told:
        yield from _undated(said, told[0], [day for day, _ in heard], place, published, cast)


def _dated(
    said: Said, heard: Sequence[tuple[Day, Placed]], place: int, published: date | None, cast: Cast
) -> Iterator[Talks]:
    """The talks of each date, those of several days once."""
    text = said.sentence.text
    firsts: list[str] = []
    for named, one in heard:
        day = _first_day(text, named, one, published)
        if one.later > one.first and any(days_between(first, day) in range(LATER + 1) for first in firsts):
            continue
        firsts.append(day)
        number = ordinal_at(text, named.start, named.end)
        if number is None and len(heard) == 1 and not LEADS_AWAY.search(text[: named.start]):
            number = ordinal_of(text)
        city, status = _city(text, named, cast), _status(one, day, published)
        odds = (one.first + one.later,)
        yield Talks(said, day, city, number, likeliest(one.formats), status, (place,), odds)


def _undated(
    said: Said, one: Placed, named: Sequence[Day], place: int, published: date | None, cast: Cast
) -> Iterator[Talks]:
    """Talks of the day of the report, or ones without a date, for what they add to others: a city or a number."""
    text = said.sentence.text
    odds = 0.0 if named else one.first + one.later
    city, number = None if named else _city(text, None, cast), ordinal_of(text, [(day.start, day.end) for day in named])
    of_talks = pattern("talks", "nouns").search(text) or pattern("talks", "verbs").search(text)
    of_the_day = odds >= OF_THE_DAY
    if of_the_day or (of_talks and (city or number)):
        day = _earlier(published.isoformat(), later_day(text, 0)) if of_the_day and published else None
        form, status = likeliest(one.formats), likeliest(one.plans)
        yield Talks(said, day, city, number, form, status, (place,), (odds,), sure=False)


def likeliest(odds: Mapping[Label, float]) -> Label:
    """What has the highest odds."""
    return max(odds, key=lambda one: odds[one])


def _first_day(text: str, named: Day, one: Placed, published: date | None) -> str:
    """The date in the reading that fits, or the first day of the talks if it is a later one of theirs."""
    day = named.back
    if named.back != named.ahead:
        held, planned, cancelled = one.plans["held"], one.plans["planned"], one.plans["cancelled"]
        if cancelled > max(held, planned) and published:
            day = min(named.back, named.ahead, key=lambda value: abs(days_between(f"{published}", value) or 0))
        elif planned > held:
            day = named.ahead
    return _earlier(day, later_day(text)) if one.later > one.first else day


def _earlier(day: str, by: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=by)).isoformat() if len(day) == len("2026-01-01") else day


def _status(one: Placed, day: str, published: date | None) -> RoundStatus:
    """Planned or held, as it was on the day of publication; on that day, as the sentence says."""
    told = likeliest(one.plans)
    today = published.isoformat()[: len(day)] if published else day
    if told == "cancelled" or day == today:
        return told
    return "held" if day < today else "planned"


def _city(text: str, day: Day | None, cast: Cast) -> str | None:
    """The city beside a date, or else the nearest one that is said to be the place of something; not one of a list."""
    found: list[tuple[int, str]] = []
    places = cast.places(text)
    for start, city in places:
        if day and _is_beside(text, day, start, start + len(city)):
            return city
        known = cast.names.get(city.casefold())
        named_after = known is None and NAMED_AFTER.match(text, start + len(city))
        away = abs(start - day.start) if day else 0
        dateline = start == 0 and IN_CAPITALS.match(text)
        if (PLACED.search(text[max(0, start - REACH) : start]) or named_after or dateline) and away <= REACH:
            found.append((away, city))
    return min(found)[1] if found and not _is_list(text, places) else None


def _is_beside(text: str, day: Day, start: int, end: int) -> bool:
    """Whether a date and a place stand side by side: "in Geneva on 17 February", "on 10 November in the Swiss city"."""
    return SIDE_BY_SIDE.fullmatch(text[min(day.end, end) : max(day.start, start)]) is not None


def _is_list(text: str, places: Sequence[tuple[int, str]]) -> bool:
    """Whether a sentence sums up talks in several cities: "in Vienna, Doha and Oslo"."""
    return any(
        re.fullmatch(r"[A-Z][\w ]+, [A-Z][\w ]+,? and ", text[first[0] : last[0]])
        for first, last in zip(places, places[2:], strict=False)
    )
