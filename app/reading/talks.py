"""Mentions of talks: when and where a sentence says they are, in which format, planned or held."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.reading.dates import Dated, dates, is_next_day
from app.reading.idioms import pattern
from app.reading.mentions import Cast
from app.reading.ordinals import ordinal_at, ordinal_of, ordinals
from app.reading.reading import RoundFormat, RoundStatus
from app.reading.said import Said

PLACED = re.compile(
    r"\b(?:in|at|to|near)\s+(?:the\s+)?(?:(?:[A-Z][\w-]+(?:'s)?|[a-z]+(?:ern|al)|city|resort|of|neutral),?\s+){0,4}$"
)
DONE_BEFORE = re.compile(r"(\w+ed)(?: \w+ly)?(?: on| late| early| only on)? *$")
DONE_AFTER = re.compile(r" (\w+ed)\b")
HAPPENED = re.compile(
    r"ended|started|resumed|hosted|gathered|convened|concluded|continued|travell?ed|opened|lasted|reconvened|scheduled"
    r"|planned|expected|wrapped|followed|arrived|landed|entered|agreed"
)
APART = re.compile(r";|, (?:and (?:that|he|she|it|they)|but|whereas)\b")
"""What parts the clause of a date from one that speaks of talks."""
GOES_ON = re.compile(r"\bcontinu\w* (?:\w+ ){0,3}(?:round|session)\b", re.IGNORECASE)
"""A day on which a round goes on is not its first."""
NAMED_AFTER = re.compile(r"(?:'s)?\s+(?:[\w-]+\s+)?(?:talks|meeting|round|negotiations|summit|session)\b")
PURPOSE = re.compile(
    r"\b(?:to (?:discuss|end|negotiate|resume|try|find|stop|halt|resolve)|aimed at|about|over"
    r"|on (?:a|the|ending|how|peace)|war)\b"
)
PAST = re.compile(r"\b(?:recent|last|previous|after|following|since|earlier|ago)\b")
TODAY = re.compile(
    r"\b(?:(?:are|is) (?:holding|meeting|gathering|negotiating|sitting|underway|under way)"
    r"|continues? (?:on|in|with|for)|reconvened|convened"
    r"|(?:have|has) (?:begun|opened|started|resumed|met|gathered|concluded|wrapped up|ended)|began|opened|kicked off"
    r"|concluded|wrapped up|resumed)\b"
)
HELD = re.compile(
    r"\b(?:took place|were held|was held|held|ended|concluded|met|wrapped up|hosted|gathered|travell?ed|began|opened)\b"
)
TALKS = re.compile(r"\b(?:talks|negotiat\w+|round|consultations)\b", re.IGNORECASE)
REACH = 90
"""How far from the word for talks a date still belongs to them, in characters."""


@dataclass(frozen=True)
class Talks:
    """One mention of talks; ``weight`` counts the mentions merged into it."""

    said: Said
    date: str | None
    city: str | None
    ordinal: int | None
    format: RoundFormat | None
    status: RoundStatus
    place: int
    weight: int = 1


def talks_of(said: Said, place: int, published: date | None, cast: Cast, earlier: str | None = None) -> list[Talks]:
    """The talks that a sentence names; ``earlier`` is the city of the sentence before, which "there" means."""
    text = said.sentence.text
    words = [found.span() for found in pattern("talks", "nouns").finditer(text)]
    words += [found.span() for found in pattern("talks", "verbs").finditer(text)]
    wished = [(one.start, one.end) for one in said.issues if one.meeting]
    words = [span for span in words if not _is_no_round(text, span) and not _inside(span, wished)]
    if not words or not _has_parties(said, text, cast) or pattern("talks", "calls").search(text):
        return []
    ahead = _is_ahead(text)
    near = [one for one in talks_dates(text, published) if _distance(text, one, words) <= REACH]
    form = _format(said, text, words[0][0], cast)
    if form is None:
        return []
    near = [one for one in near if not _is_reporting(text, one)]
    city = _city(text, words, cast)
    ordinal = ordinal_of(text)
    base = Talks(said, None, city, ordinal, form, "planned" if ahead else "held", place)
    if city is None and re.search(r"\bthere\b", text):
        city = earlier
    near = [one for one in near if _is_near_enough(one, published) and not GOES_ON.search(text)]
    if not near and published and place <= 1 and city and TODAY.search(text) and "recent" not in text:
        near = [_today(text, published)]
    elif not near and published and place <= 1 and city and ordinal and not PAST.search(text):
        near = [Dated(0, 0, f"{published:%Y-%m}")]
    if not near:
        return [base] if city or ordinal else []
    days = _first_days(near)
    dated = [
        replace(
            _with_date(base, one.value, published),
            city=_city(text, [(one.start, one.end)], cast) or city,
            ordinal=ordinal_at(text, one.start, one.end) if one.end else ordinal,
        )
        for one in days
    ]
    other = ordinal_of(text, [(one.start, one.end) for one in days]) if days[0].end else None
    return [*dated, replace(base, city=None, ordinal=other)] if other else dated


def _inside(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _today(text: str, published: date) -> Dated:
    """The first day of talks that a report from the day itself speaks of: "reconvened for a second day"."""
    day = re.search(r"\b(second|third|fourth) (?:and final )?day\b", text)
    back = {"second": 1, "third": 2, "fourth": 3}[day[1]] if day else 0
    return Dated(0, 0, (published - timedelta(days=back)).isoformat())


def talks_dates(text: str, published: date | None) -> list[Dated]:
    """The dates of a sentence, each read forward or back by the words around it."""
    ahead = dates(text, published, ahead=True)
    back = {one.start: one for one in dates(text, published, ahead=False)}
    return [one if _is_ahead_at(text, one.start, one.end) else back.get(one.start, one) for one in ahead]


def _with_date(base: Talks, value: str, published: date | None) -> Talks:
    status: RoundStatus = base.status
    if published and value < published.isoformat()[: len(value)]:
        status = "held"
    elif published and value > published.isoformat():
        status = "planned"
    return replace(base, date=value, status=status)


def _first_days(near: list[Dated]) -> list[Dated]:
    """Of days that follow each other ("Friday and Saturday") the first."""
    kept: list[Dated] = []
    for one in near:
        if kept and is_next_day(kept[-1].value, one.value):
            continue
        kept.append(one)
    return kept[:3]


def _is_near_enough(one: Dated, published: date | None) -> bool:
    return published is None or abs(int(one.value[:4]) - published.year) <= 4


def _is_no_round(text: str, span: tuple[int, int]) -> bool:
    around = text[max(0, span[0] - 25) : span[1] + 25]
    found = pattern("talks", "not_rounds").search(around)
    return found is not None


def _has_parties(said: Said, text: str, cast: Cast) -> bool:
    parties = {mention.party for mention in said.mentions}
    sides = set(cast.sides)
    if sides <= parties or pattern("both_sides").search(text):
        return True
    if ordinals(text) or TALKS.search(text) or pattern("delegations", "groups").search(text):
        return True
    return bool(parties & sides) and len(parties) > 1


def _is_ahead(text: str) -> bool:
    return pattern("talks", "planned").search(text) is not None and not HELD.search(text)


def _is_ahead_at(text: str, start: int, end: int) -> bool:
    """Whether the words around an offset speak of what is to come."""
    return _is_ahead(text[max(0, start - 70) : end + 40])


def _distance(text: str, one: Dated, words: list[tuple[int, int]]) -> int:
    """How far a date stands from the nearest words for talks in its own clause, in characters."""
    joined = (span for span in words if not APART.search(text[min(one.end, span[1]) : max(one.start, span[0])]))
    return min((max(start - one.end, one.start - end, 0) for start, end in joined), default=REACH + 1)


def _is_reporting(text: str, one: Dated) -> bool:
    """Whether a date says when someone spoke, not when the talks are: "said on Monday", "On Friday, X told ..."."""
    before = text[: one.start]
    beside = [found[1] for found in (DONE_BEFORE.search(before), DONE_AFTER.match(text, one.end)) if found]
    if any(not HAPPENED.fullmatch(verb.lower()) for verb in beside):
        return True
    speech = list(pattern("speech").finditer(before))
    if (
        speech
        and len(before) - speech[-1].end() <= 45
        and not pattern("talks", "nouns").search(before, speech[-1].end())
    ):
        return True
    after = text[one.end : one.end + 70]
    opening = len(before.strip()) <= 12
    spoke = pattern("speech").search(after)
    return opening and spoke is not None and not pattern("talks", "nouns").search(after[: spoke.start()])


def _city(text: str, words: list[tuple[int, int]], cast: Cast) -> str | None:
    """The city nearest to the words for talks, where it is said to be their place."""
    placed: list[tuple[int, str]] = []
    for start, city in cast.places(text):
        known = cast.names.get(city.casefold())
        named_after = known is None and NAMED_AFTER.match(text, start + len(city))
        away = min(abs(start - word[0]) for word in words)
        if (PLACED.search(text[:start]) or named_after) and away <= 120:
            placed.append((away, city))
    return min(placed)[1] if placed and not _is_list(text, cast) else None


def _format(said: Said, text: str, start: int, cast: Cast) -> RoundFormat | None:
    """The format by who takes part: None where the talks are no round, as an ally's plain visit."""
    sides = set(cast.sides)
    purpose = PURPOSE.search(text, start)
    upto = purpose.start() if purpose else len(text)
    parties = {mention.party for mention in said.mentions if mention.start < upto}
    if pattern("talks", "mediated").search(text) or _sat_together(said, text, cast):
        return "mediated"
    mutual = sides <= parties or pattern("both_sides").search(text) is not None
    if not mutual and not parties & sides and len({one.party for one in said.mentions}) > 1:
        return None
    if not mutual and len(parties & sides) == 1 and parties & set(cast.mediators):
        return "consultation"
    if not mutual and len(parties & sides) == 1 and parties - sides and not TALKS.search(text):
        return None
    return "direct"


def _sat_together(said: Said, text: str, cast: Cast) -> bool:
    """Whether both sides and a mediator are named in one list: "envoys from A, B and C"."""
    names = said.mentions
    for first, second, third in zip(names, names[1:], names[2:], strict=False):
        between = text[first.end : second.start] + text[second.end : third.start]
        listed = re.fullmatch(r"(?:[\s,.]|and|the|with|[A-Za-z]+ (?:and|,) )*", between)
        if listed and {*cast.sides} < {first.party, second.party, third.party}:
            return True
    return False


def _is_list(text: str, cast: Cast) -> bool:
    """Whether a sentence sums up talks in several cities: "in Vienna, Doha and Oslo"."""
    places = cast.places(text)
    return any(
        re.fullmatch(r"[A-Z][\w ]+, [A-Z][\w ]+,? and ", text[first[0] : last[0]])
        for first, last in zip(places, places[2:], strict=False)
    )
