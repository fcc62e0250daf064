"""The rounds of an article: its mentions of talks, put together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.reading.confidence import SILENT, Sureness, logit
from app.reading.dates import days_between, is_next_day
from app.reading.learned.odds import Odds
from app.reading.mentions import Cast
from app.reading.reading import Quote, RoundFind
from app.reading.said import Said
from app.reading.talks import Talks, talks_of
from app.reading.which_round import is_compatible

SEVERAL = re.compile(
    r"\b(?:previous|earlier|two|three|several|past|prior|other) (?:[\w-]+ ){0,3}rounds\b", re.IGNORECASE
)

OPENING = 3
"""Talks named once are what an article is about if one of its first sentences names them."""
FRESH = re.compile(
    r"\b(?:the (?:previous|same) day|the day before|today|tonight|this (?:morning|afternoon|evening))\b", re.I
)
"""Words that make talks the article's news, of the month of publication."""
RECENT = 30
"""Talks held so many days before publication may be what the article is about."""
UNSURE = 4
"""Talks of the day of a report are the same as those that its text places so many days before."""


def rounds(
    article: Sequence[Said], odds: Mapping[int, Odds], published: date | None, cast: Cast, sure: Sureness
) -> tuple[Talks, ...]:
    """The rounds of an article that are sure enough, each once, in order of date.

    ``odds`` is what the learned reader makes of the sentence at a place.

    Days come first, then the mentions without a date that tell more about them, then those by month alone, which may
    mean one of the days or another round.
    """
    named = _named(article, odds, published, cast)
    undated = [talks for talks in named if not talks.date]
    days = _merged([], (talks for talks in named if talks.date and len(talks.date) == 10))
    main = main_round([talks for talks in named if talks.date], published)
    days = _with_undated(days, undated, main)
    dated = _merged(days, (talks for talks in named if talks.date and len(talks.date) < 10))
    dated = _with_undated(
        dated, [talks for talks in undated if not any(_told_by(one, talks, main) for one in days)], main
    )
    dated = [talks for talks in dated if sure.of("rounds", features(talks)) >= sure.least]
    left = _left_over(undated, dated, published)
    return tuple(sorted((*dated, *left), key=lambda talks: talks.date or "9"))


def _named(article: Sequence[Said], odds: Mapping[int, Odds], published: date | None, cast: Cast) -> list[Talks]:
    """All mentions of talks, those that the text does not date itself only where no other tells of the same time."""
    told = ((said, odds[place].rounds, place) for place, said in enumerate(article) if place in odds)
    named = [talks for said, placed, place in told for talks in talks_of(said, placed, place, published, cast)]
    sure = [talks.date for talks in named if talks.date and talks.sure]
    return [talks if talks.sure or not _is_told(talks, sure) else replace(talks, date=None) for talks in named]


def _is_told(talks: Talks, days: list[str]) -> bool:
    """Whether the text itself dates talks shortly before those of the day of the report."""
    day = talks.date or ""
    return any(is_compatible(day, other) or days_between(other, day) in range(UNSURE + 1) for other in days)


def round_finds(text: str, found: Iterable[Talks], sure: Sureness) -> tuple[RoundFind, ...]:
    """The finds of these talks; ``text`` is the article as given."""
    return tuple(
        RoundFind(
            date=talks.date,
            city=talks.city,
            ordinal=talks.ordinal,
            format=talks.format,
            status=talks.status,
            quote=Quote.of(text, talks.said.sentence.start, talks.said.sentence.end),
            confidence=sure.of("rounds", features(talks)),
        )
        for talks in found
    )


def features(talks: Talks) -> dict[str, float]:
    """The numbers from which the confidence in a round is reckoned."""
    return {
        "best": logit(talks.odds[0]),
        "second": logit(max(talks.odds[1:2], default=SILENT)),
        "undated": float(talks.date is None),
        "city": float(talks.city is not None),
    }


def main_round(found: Iterable[Talks], published: date | None) -> str | None:
    """The date of the round that the article is about: the next planned or else the last held, as of publication."""
    dated = sorted((talks.date, talks.status == "planned") for talks in found if talks.date)
    if not dated:
        return None
    if published is None:
        return dated[-1][0]
    today = published.isoformat()
    ahead = [day for day, planned in dated if day >= today or (planned and day >= today[: len(day)])]
    before = [day for day, _ in dated if day not in ahead]
    if (ahead and ahead[0][:7] <= today[:7]) or not before:
        return ahead[0] if ahead else None
    return before[-1]


def _merged(held: list[Talks], named: Iterable[Talks]) -> list[Talks]:
    merged = list(held)
    for talks in sorted(named, key=lambda one: (-len(one.date or ""), one.places)):
        twin = next((place for place, other in enumerate(merged) if _same(talks, other)), None)
        if twin is None:
            merged.append(talks)
        else:
            merged[twin] = _one(merged[twin], talks)
    return merged


def _same(talks: Talks, other: Talks) -> bool:
    placed = talks.city is None or other.city is None or talks.city == other.city
    if talks.date == other.date and len(talks.date or "") == 10:
        return True
    if is_compatible(talks.date, other.date):
        return placed and not _differ(talks, other)
    one_sided = talks.format == other.format == "consultation"
    consecutive = is_next_day(talks.date or "", other.date or "")
    return placed and talks.status == other.status and talks.format == other.format and consecutive and not one_sided


def _differ(talks: Talks, other: Talks) -> bool:
    """Whether a month and a day of it are not of the same round, to judge by number and format."""
    counted = talks.ordinal is not None and other.ordinal is not None and talks.ordinal != other.ordinal
    one_sided = (talks.format == "consultation") != (other.format == "consultation")
    ahead = talks.status == "planned" and other.status == "held"
    return counted or ahead or (one_sided and talks.city != other.city)


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
        places=tuple(sorted({*kept.places, *other.places})),
        odds=tuple(sorted((*kept.odds, *other.odds), reverse=True)),
    )


def _with_undated(dated: list[Talks], undated: Iterable[Talks], main: str | None) -> list[Talks]:
    """The dated talks, with what undated mentions add to the ones that they mean."""
    told = list(dated)
    for talks in undated:
        place = next((place for place, other in enumerate(told) if _told_by(other, talks, main)), None)
        if place is not None:
            other = told[place]
            same_ordinal = talks.ordinal is not None and talks.ordinal == other.ordinal
            sure = other.date == main or same_ordinal
            told[place] = _one(other, talks if sure else replace(talks, ordinal=None))
    return told


def _told_by(other: Talks, talks: Talks, main: str | None) -> bool:
    """Whether an undated mention means these dated talks: by number, by city, or being near the main ones."""
    if not talks.city and not talks.ordinal:
        return False
    same_city = talks.city is not None and talks.city == other.city
    alike = talks.ordinal is None or other.ordinal is None or talks.ordinal == other.ordinal
    same_ordinal = talks.ordinal is not None and talks.ordinal == other.ordinal
    near = abs(talks.places[0] - other.places[0]) <= 3 and (
        talks.format == other.format or "direct" in {talks.format, other.format}
    )
    fits = other.date == main and alike and near
    placed = other.city is None or talks.city in {None, other.city}
    return same_ordinal or (same_city and alike) or (fits and placed)


def _left_over(undated: list[Talks], dated: list[Talks], published: date | None) -> list[Talks]:
    """Undated talks that the article is chiefly about: the ones named first or most, where none held is dated."""
    if published is not None and any(_is_recent(talks, published) for talks in dated):
        return []
    named: dict[str, Talks] = {}
    for talks in undated:
        if talks.city and not SEVERAL.search(talks.said.sentence.text):
            named[talks.city] = _one(named[talks.city], talks) if talks.city in named else talks
    fresh = [talks for talks in named.values() if not any(other.city == talks.city for other in dated)]
    chief = max(fresh, key=lambda talks: (len(talks.places), -talks.places[0]), default=None)
    if chief is None or (len(chief.places) <= 1 and chief.places[0] > OPENING):
        return []
    fresh_news = published is not None and chief.status == "held" and FRESH.search(chief.said.sentence.text)
    return [replace(chief, date=f"{published:%Y-%m}" if fresh_news else None)]


def _is_recent(talks: Talks, published: date) -> bool:
    """Whether dated talks were held in the weeks before publication, so that the article may be about them."""
    weeks_ago = (published - timedelta(days=RECENT)).isoformat()
    return talks.status == "held" and (talks.date or "") >= weeks_ago[: len(talks.date or "")]
