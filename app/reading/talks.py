"""Mentions of talks: when and where a sentence says they are, in which format, planned or held."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.reading.dates import Dated
from app.reading.formats import VENUE, format_of, has_parties, participants
from app.reading.idioms import pattern
from app.reading.mentions import Cast
from app.reading.ordinals import ordinal_at, ordinal_of
from app.reading.reading import RoundFormat, RoundStatus
from app.reading.said import Said
from app.reading.when import (
    Named,
    Span,
    back_from,
    dates_of,
    is_ahead,
    is_ahead_at,
    is_beside,
    names_another_time,
    talks_dates,
)

__all__ = ["Talks", "talks_dates", "talks_of"]

PLACED = re.compile(
    r"\b(?:in|at|to|near)\s+(?:the\s+)?(?:(?:[A-Z][\w-]+(?:'s)?|[a-z]+(?:ern|al)|city|resort|of|neutral),?\s+){0,4}$"
)
NAMED_AFTER = re.compile(r"(?:'s)?\s+(?:[\w-]+\s+)?(?:talks|meeting|round|negotiations|summit|session)\b")
BESIDE = re.compile(r"\b(?:sidelines|margins|fringes|edge) of (?:the |an? )?(?:\w+ ){0,3}$")
PAST = re.compile(r"\b(?:recent|last|previous|after|following|since|earlier|ago)\b")
IN_CAPITALS = re.compile(r"[A-Z]{3}[A-Z ]*[,(]")
"""How a city stands in a date line."""
ENTRY = 4
"""So early in a line stands the date of an entry of a list."""
ENTRY_GAP = re.compile(r"[,:]? ?(?:[-–—] ?)?(?:in )?")
SUMMED = re.compile(r"\b(?:recent|twice|(?:two|three|four|five|several|many) times|so far)\b")
"""Words of a sentence that tells of talks of the past weeks, not of the day."""
FORMER = re.compile(
    r"\b(?:recent|last|previous|earlier|following|after) (?:[\w'-]+ ){0,3}"
    r"(?:talks|rounds?|meetings?|negotiations|sessions?)\b"
)
"""Talks of another day than that of the date line."""
WORD_BESIDE = 60
"""So far from the words for talks stands what makes them no round, in characters."""
LEAD = 1
"""The first sentences, counted from none, tell of the day of the report where they name no other."""


@dataclass(frozen=True)
class Talks:
    """One mention of talks; ``weight`` counts the mentions merged into it, ``sure`` if the text itself dates it."""

    said: Said
    date: str | None
    city: str | None
    ordinal: int | None
    format: RoundFormat | None
    status: RoundStatus
    place: int
    weight: int = 1
    sure: bool = True


def talks_of(said: Said, place: int, published: date | None, cast: Cast, before: Talks | None = None) -> list[Talks]:
    """The talks that a sentence names; ``before`` are those of the sentences before, which "there" and "they" mean.

    Talks without a date, a city and a number are of use only as those before others.
    """
    text = said.sentence.text
    resumed = before is not None
    if entry := _entry(said, place, published, cast):
        return [entry]
    words = _words(said)
    results = [*(one.span() for one in pattern("talks", "results").finditer(text)), *_venues(said, cast)]
    venues = _dated_venues(said, published, cast)
    if not (words or results or venues):
        return []
    if not (has_parties(said, cast, resumed=resumed) or venues or (words and _neutral(said, cast))):
        return []
    form = format_of(said, min(words or results or venues)[0], cast, resumed=resumed)
    if form is None and not words and (venues or {*cast.sides} <= {one.party for one in said.mentions}):
        form = "direct"
    if form is None:
        return []
    spots = words or results or venues
    base = Talks(said, None, _city(text, spots, cast), ordinal_of(text), form, _status(text), place)
    city = base.city or (before.city if before and re.search(r"\bthere\b", text) else None)
    near = dates_of(text, published, Named(tuple(words), tuple(results), tuple(_others(text)), tuple(venues)))
    if not near:
        return [_undated(base, published, cast)] if words and not names_another_time(text, published) else []
    dated = [
        replace(
            _with_date(base, one, published),
            city=_beside(text, one, cast) or _city(text, [(one.start, one.end)], cast) or city,
            ordinal=ordinal_at(text, one.start, one.end),
            format=_format_at(said, near, one, cast) or form,
        )
        for one in near
    ]
    other = ordinal_of(text, [(one.start, one.end) for one in near])
    return [*dated, replace(base, city=None, ordinal=other)] if other else dated


def _format_at(said: Said, near: list[Dated], one: Dated, cast: Cast) -> RoundFormat | None:
    """The format of the talks of one date of several, by who is named between the dates around it."""
    if len(near) == 1:
        return None
    begin = max((other.end for other in near if other.end <= one.start), default=0)
    end = min((other.start for other in near if other.start >= one.end), default=len(said.sentence.text))
    return format_of(said, begin, cast, part=(begin, end))


def _venues(said: Said, cast: Cast) -> list[Span]:
    """Cities that are no side's own, in a sentence about two parties: "X and Y laid their papers on the table in Z"."""
    if len({one.party for one in participants(said)} & {*cast.sides, *cast.mediators}) < 2:
        return []
    text = said.sentence.text
    return [
        (start, start + len(city))
        for start, city in cast.places(text)
        if cast.names.get(city.casefold(), ("",))[0] not in cast.sides
        and PLACED.search(text[max(0, start - 120) : start])
    ]


def _neutral(said: Said, cast: Cast) -> list[Span]:
    """Places of talks in a sentence that are no side's, mediator's or ally's own: "Geneva", "the Swiss city"."""
    text = said.sentence.text
    cities = [
        (start, start + len(city))
        for start, city in cast.places(text)
        if cast.names.get(city.casefold(), ("",))[0] in ("", *cast.hosts)
    ]
    named = [(one.start, one.end, VENUE.match(text, one.end)) for one in said.mentions if one.party in cast.hosts]
    return [*cities, *((start, found.end()) for start, _, found in named if found)]


def _dated_venues(said: Said, published: date | None, cast: Cast) -> list[Span]:
    """Neutral places with a date beside them, which stand for talks: "what was agreed in Geneva three weeks ago"."""
    text = said.sentence.text
    found = talks_dates(text, published)
    spots = [spot for spot in _neutral(said, cast) if any(is_beside(text, one, spot) for one in found)]
    return [spot for spot in spots if not any(0 <= spot[0] - other[1] <= len(" in the ") for other in _others(text))]


def _beside(text: str, one: Dated, cast: Cast) -> str | None:
    """The city that stands side by side with a date."""
    places = cast.places(text)
    return next((city for start, city in places if is_beside(text, one, (start, start + len(city)))), None)


def _entry(said: Said, place: int, published: date | None, cast: Cast) -> Talks | None:
    """Talks of a list of meetings: "- Feb 17, Geneva: broke off"."""
    text = said.sentence.text
    places = cast.places(text)
    first = next((one for one in talks_dates(text, published) if one.start <= ENTRY), None)
    if not first or not places or not ENTRY_GAP.fullmatch(text[first.end : places[0][0]]):
        return None
    start, city = places[0]
    if not text.startswith((":", " -", " –", " —", ","), start + len(city)) or _is_own(city, cast):
        return None
    form = format_of(said, start, cast) or "direct"
    return _with_date(Talks(said, None, city, ordinal_of(text), form, _status(text), place), first, published)


def _is_own(city: str, cast: Cast) -> bool:
    return cast.names.get(city.casefold(), ("",))[0] in cast.sides


def _words(said: Said) -> list[Span]:
    """Where a sentence speaks of talks that are a round, wished ones apart."""
    text = said.sentence.text
    found = [one.span() for name in ("nouns", "verbs") for one in pattern("talks", name).finditer(text)]
    wished = [(one.start, one.end) for one in said.issues if one.meeting and _is_wished(text, one.start)]
    calls = [one.span() for one in pattern("talks", "calls").finditer(text)]
    return [span for span in found if not _is_no_round(text, span) and not _inside(span, [*wished, *calls])]


def _is_wished(text: str, at: int) -> bool:
    """Whether a meeting named at an offset is only asked for or refused."""
    before = text[max(0, at - 80) : at]
    return any(pattern("stance", name).search(before) for name in ("want", "refuse"))


def _others(text: str) -> list[Span]:
    names = ("calls", "other_events")
    found = [one.span() for name in names for one in pattern("talks", name).finditer(text)]
    return [span for span in found if not BESIDE.search(text[max(0, span[0] - 60) : span[0]])]


def _is_no_round(text: str, span: Span) -> bool:
    begin, end = max(0, span[0] - WORD_BESIDE), span[1] + WORD_BESIDE
    return any(_inside(span, [one.span()]) for one in pattern("talks", "not_rounds").finditer(text, begin, end))


def _inside(span: Span, others: list[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _status(text: str) -> RoundStatus:
    if pattern("talks", "cancelled").search(text):
        return "cancelled"
    return "planned" if is_ahead(text) else "held"


def _undated(base: Talks, published: date | None, cast: Cast) -> Talks:
    """Talks whose sentence names no date: at the head of a report those of its day, elsewhere as they are."""
    text = base.said.sentence.text
    sides = {*cast.sides} <= {one.party for one in base.said.mentions}
    head = published is not None and base.place <= LEAD and not base.said.sentence.heading
    here = _dateline(base.said, cast)
    of_the_day = here and sides and base.status == "held" and base.city in (None, here)
    if head and published and of_the_day and not FORMER.search(text):
        day = published - timedelta(days=back_from(text))
        return replace(base, date=day.isoformat(), city=here, sure=False)
    if head and published and base.status == "held" and (base.city or sides) and not SUMMED.search(text):
        if pattern("talks", "today").search(text):
            day = published - timedelta(days=back_from(text))
            return replace(base, date=day.isoformat(), sure=False)
        if base.city and base.ordinal and not PAST.search(text):
            return replace(base, date=f"{published:%Y-%m}", sure=False)
    return base


def _dateline(said: Said, cast: Cast) -> str | None:
    """The neutral city of a date line: "GENEVA, Feb 17 (Agency) - "."""
    text = said.sentence.text
    begun = [start for start, _ in _neutral(said, cast)][:1] == [0]
    if not begun or not IN_CAPITALS.match(text):
        return None
    return next((city for start, city in cast.places(text) if start == 0), None)


def _with_date(base: Talks, one: Dated, published: date | None) -> Talks:
    """The talks on a date; the words around it tell whether those of this month are yet to come."""
    status: RoundStatus = base.status
    if published and status != "cancelled":
        now = published.isoformat()[: len(one.value)]
        if one.value == now and len(one.value) < 10:
            status = "planned" if is_ahead_at(base.said.sentence.text, one.start, one.end) else "held"
        elif one.value != now:
            status = "held" if one.value < now else "planned"
    return replace(base, date=one.value, status=status)


def _city(text: str, words: list[Span], cast: Cast) -> str | None:
    """The city nearest to the words for talks, where it is said to be their place."""
    placed: list[tuple[int, str]] = []
    for start, city in cast.places(text):
        known = cast.names.get(city.casefold())
        named_after = known is None and NAMED_AFTER.match(text, start + len(city))
        away = min(abs(start - word[0]) for word in words)
        if (PLACED.search(text[max(0, start - 120) : start]) or named_after) and away <= 120:
            placed.append((away, city))
    return min(placed)[1] if placed and not _is_list(text, cast) else None


def _is_list(text: str, cast: Cast) -> bool:
    """Whether a sentence sums up talks in several cities: "in Vienna, Doha and Oslo"."""
    places = cast.places(text)
    return any(
        re.fullmatch(r"[A-Z][\w ]+, [A-Z][\w ]+,? and ", text[first[0] : last[0]])
        for first, last in zip(places, places[2:], strict=False)
    )
