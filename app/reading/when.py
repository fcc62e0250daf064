"""Which dates of a sentence are those of talks: the ones that stand with the words for talks, in their clause."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.reading.dates import NUMBERS, Dated, before, dates, is_next_day
from app.reading.idioms import pattern
from app.reading.ordinals import ORDINALS

Span = tuple[int, int]

DONE_BEFORE = re.compile(r"(\w+ed)(?: \w+ly)?(?: on| late| early| only on| as of)? *$")
DONE_AFTER = re.compile(r" (\w+ed)\b")
HAPPENED = re.compile(
    r"ended|started|resumed|hosted|gathered|convened|concluded|continued|travell?ed|opened|lasted|reconvened|scheduled"
    r"|planned|expected|wrapped|followed|arrived|landed|entered|agreed|adjourned|finished|closed|collapsed|stalled"
    r"|finished|kicked|returned|joined|attended|reopened|occurred|staged|worked|failed|talked|discussed|negotiated"
    r"|received|postponed|cancelled|canceled|called|delayed|suspended|dined|huddled|launched|brokered|mediated"
    r"|chaired|led|attempted|completed|organi[sz]ed|proposed|slated|fixed|arranged|crossed|headed|sealed|signed"
    r"|paused|broke|produced|yielded|brought|reached|assembled|ceased|renewed|mooted|penciled|pencilled"
)
TOOK_PLACE = re.compile(
    r"ended|started|resumed|hosted|gathered|convened|concluded|continued|opened|reconvened|finished|closed|adjourned"
    r"|kicked|wrapped|negotiated|travell?ed|discussed|received|welcomed"
)
APART = re.compile(
    r";|, (?:and (?:that|he|she|it|they)|but|whereas|while)\b"
    r"|\b(?:before|ahead of|following|despite|because|although|when|whose|whether|if|said|says|told|while)\b"
    r"|\bsince (?!\w+day\b)|\bthan (?:on|in|at)\b"
    r"|\bafter (?!(?:[\w-]+ ){0,4}(?:hours?|minutes|days?|midnight)\b)"
    r"(?!an? (?:[\w-]+ ){0,3}(?:meeting|session|encounter)\b)|(?<!off )(?<!ed )\buntil\b"
    r"|\b(?:war|conflict|fighting|invasion)\b[^,]{0,20}\b(?:began|started|broke|erupted)\b"
    r"|\b(?:invasion|attack|strike|offensive)s?\b|\bput on hold\b|\bshelved\b|\bcalled off\b"
)
"""What parts the clause of a date from one that speaks of talks."""
SPOKEN_OF = re.compile(r"\b(?:about|regarding|concerning)\b")
"""Between a date and words for talks after it: the talks are what someone spoke of then."""
BOUND = re.compile(
    r"(?:^|\b)(?:(?<!off )(?<!ed )(?:until|till)|by|before|than|since)(?: the| last| late| early| mid)*[ -]?$", re.I
)
"""What makes a date the bound of a time and not its day."""
GOING_ON = re.compile(r"\b(?:have|has|had) been \w+ing\b")
GOES_ON = re.compile(r"\bcontinu\w* (?:\w+ ){0,3}(?:round|session)\b", re.IGNORECASE)
"""A day on which a round goes on is not its first."""
CLOSING = re.compile(
    r"\b(?:ended|ends|concluded?s?|closed|wrapped up|wound up|finished|adjourned|broke up|emerged|parted|completed)\b"
)
DAYS_OF = re.compile(
    r"\b(?:(two|three|four|five) days(?:'| of)|(two|three|four|five)-day\b|over (two|three|four|five) days)", re.I
)
LATER_DAY = re.compile(r"\b(second|third|fourth|fifth|final|last|closing) (?:and (?:final|last) )?day\b", re.IGNORECASE)
COUNT = {"two": 2, "three": 3, "four": 4, "five": 5, "final": 2, "last": 2, "closing": 2}
TO = re.compile(r"\s*(?:-|–|to|through|until|till)\s*(?:on )?")
SIDE_BY_SIDE = re.compile(
    r"[,.(]? ?(?:(?:on|in|at|for|of|the|again|early|late|back|it was|came|first|second|third|last|week|half|part|days)"
    r"[ -])*"
)
REACH = 90
"""How far from the word for talks a date still belongs to them, in characters."""
RESULT_REACH = 25
"""How far after what came of talks, or the city where it did, their date stands, in characters."""
NEARLY = timedelta(days=2)
"""A weekday so near ahead is meant where words do not tell whether it is past."""
WAS_TO = re.compile(
    r"\b(?:was|were|had been) (?:to|due|scheduled|expected|set|supposed|meant|planned)\b", re.IGNORECASE
)
END = re.compile(r"[,;]| (?:after|but|as|because|when|while) ")
SOME_TIME_AFTER = re.compile(
    rf"\b(?P<count>{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d{{1,2}}) (?P<unit>day|week|month)s? after\b",
    re.IGNORECASE,
)
AHEAD_REACH = 90
"""So far before a date stands what says that it is to come, in characters."""


@dataclass(frozen=True)
class Named:
    """Where a sentence names talks, what came of talks and where, and other events that a date may belong to."""

    words: tuple[Span, ...]
    results: tuple[Span, ...] = ()
    others: tuple[Span, ...] = ()
    venues: tuple[Span, ...] = ()


def talks_dates(text: str, published: date | None) -> list[Dated]:
    """The dates of a sentence, each read forward or back by the words around it."""
    ahead = dates(text, published, ahead=True)
    back = {one.start: one for one in dates(text, published, ahead=False)}
    named = [one for one in ahead if one.start in back or is_ahead_at(text, one.start, one.end)]
    return [_read(text, one, back.get(one.start, one), published) for one in named]


def _read(text: str, ahead: Dated, back: Dated, published: date | None) -> Dated:
    if published is None or ahead.value == back.value or len(ahead.value) != 10 or len(back.value) != 10:
        return ahead if is_ahead_at(text, ahead.start, ahead.end) else back
    nearer = ahead if date.fromisoformat(ahead.value) - published <= NEARLY else back
    begin = max(0, ahead.start - AHEAD_REACH)
    if WAS_TO.search(text, begin, ahead.start):
        return nearer
    told = is_ahead_at(text, ahead.start, ahead.end)
    return nearer if told is None else (ahead if told else back)


def names_another_time(text: str, published: date | None) -> bool:
    """Whether all dates of a sentence are years away."""
    named = talks_dates(text, published)
    return bool(named) and not any(_is_near_enough(one, published) for one in named)


def dates_of(text: str, published: date | None, named: Named) -> list[Dated]:
    """The first days of the talks that a sentence names."""
    if GOES_ON.search(text):
        return []
    near = [
        one
        for one in talks_dates(text, published)
        if _is_near_enough(one, published)
        and not _is_bound(text, one)
        and not _is_reporting(text, one)
        and _belongs(text, one, named)
    ]
    found = [_first_day(text, one, named) for one in _without_last_days(text, near)]
    return [*found, *_days_before(text, found, published, named.words)][:4]


def _days_before(text: str, found: list[Dated], published: date | None, words: Iterable[Span]) -> Iterator[Dated]:
    """Talks placed by others: "on Monday, two weeks after the first round"."""
    days = [one for one in (*found, *talks_dates(text, published)) if len(one.value) == 10]
    for one in SOME_TIME_AFTER.finditer(text):
        told = (date.fromisoformat(other.value) for other in days if other in found or other.end <= one.start())
        start = next(told, published)
        named = any(0 <= word[0] - one.end() <= 35 for word in words)
        dated = any(0 <= other.start - one.end() <= REACH for other in found)
        if start and named and not dated and (value := before(start, one["count"], one["unit"])):
            yield Dated(one.start(), one.end(), value)


def is_ahead(text: str) -> bool:
    """Whether a text speaks of talks to come."""
    return pattern("talks", "planned").search(text) is not None and not pattern("talks", "held").search(text)


def is_ahead_at(text: str, start: int, end: int) -> bool | None:
    """Whether the words around a date speak of what is to come: the nearest before it, or else those after it.

    None if they do not tell.
    """
    begin = max(0, start - AHEAD_REACH)
    ahead = _last(pattern("talks", "planned").finditer(text, begin, min(len(text), end + 20)), start + 12)
    gone = (one for name in ("held", "past") for one in pattern("talks", name).finditer(text, begin, start))
    past = _last(gone, start)
    if ahead is None and past is None:
        after = END.split(text[end : end + 50], maxsplit=1)[0]
        coming = pattern("talks", "planned").search(after)
        over = pattern("talks", "held").search(after)
        if coming is None and over is None:
            return None
        return coming is not None and (over is None or coming.start() < over.start())
    return ahead is not None and (past is None or ahead > past)


def back_from(text: str) -> int:
    """How many days before the day of a report its talks began: "reconvened for a second day"."""
    if day := LATER_DAY.search(text):
        return COUNT.get(day[1].lower(), ORDINALS.get(day[1].lower(), 2)) - 1
    lasted = DAYS_OF.search(text)
    if lasted and CLOSING.search(text):
        return COUNT[(lasted[1] or lasted[2] or lasted[3]).lower()] - 1
    return 0


def _last(found: Iterator[re.Match[str]], before: int) -> int | None:
    return max((one.end() for one in found if one.start() <= before), default=None)


def _first_day(text: str, one: Dated, named: Named) -> Dated:
    """The first day of talks whose later day is named: "concluded two days of talks on Thursday"."""
    if len(one.value) != 10:
        return one
    start = min((word[0] for word in (*named.words, *named.results, *named.venues)), key=lambda at: abs(at - one.start))
    clause = text[max(0, min(start, one.start) - 100) : max(start, one.end) + 60]
    day = date.fromisoformat(one.value) - timedelta(days=back_from(clause))
    return Dated(one.start, one.end, day.isoformat())


def _without_last_days(text: str, near: list[Dated]) -> list[Dated]:
    """Of the days of one round ("Friday and Saturday", "Monday to Wednesday") the first."""
    kept: list[Dated] = []
    last: Dated | None = None
    for one in near:
        runs_on = last is not None and (
            is_next_day(last.value, one.value) or TO.fullmatch(text[last.end : one.start]) is not None
        )
        if not runs_on:
            kept.append(one)
        last = one
    return kept


def _is_near_enough(one: Dated, published: date | None) -> bool:
    return published is None or abs(int(one.value[:4]) - published.year) <= 4


def _is_bound(text: str, one: Dated) -> bool:
    """Whether a date only bounds a time: "by June", "the first since May"."""
    lead = re.match(r"(?:since|by|until|before|after)\b", text[one.start : one.end], re.IGNORECASE)
    before = text[max(0, one.start - 30) : one.start] + (lead[0] + " " if lead else "")
    found = BOUND.search(before)
    return found is not None and not ("since" in found[0].lower() and GOING_ON.search(text))


def _belongs(text: str, one: Dated, named: Named) -> bool:
    """Whether words for talks stand nearest to a date in its own clause, or a result right before it."""
    rival = min((_rival(one, other) for other in named.others), default=REACH + 1)
    near = distance(text, one, named.words)
    if near <= REACH and (near <= 1 or near <= rival):
        return True
    if any(is_beside(text, one, venue) for venue in named.venues) and rival > 1:
        return True
    result = distance(text, one, (span for span in named.results if span[0] < one.start))
    return result <= RESULT_REACH and result <= rival


def is_beside(text: str, one: Dated, place: Span) -> bool:
    """Whether a date and a place stand side by side: "in Geneva on 17 February", "on 10 November in the Swiss city"."""
    between = text[min(one.end, place[1]) : max(one.start, place[0])]
    return SIDE_BY_SIDE.fullmatch(between) is not None


def distance(text: str, one: Dated, words: Iterable[Span]) -> int:
    """How far a date stands from the nearest words for talks in its own clause, in characters."""
    joined = (span for span in words if not _is_apart(text, one, span))
    return min((_away(one, span) for span in joined), default=REACH + 1)


def _is_apart(text: str, one: Dated, span: Span) -> bool:
    between = text[min(one.end, span[1]) : max(one.start, span[0])]
    return APART.search(between) is not None or (one.end <= span[0] and SPOKEN_OF.search(between) is not None)


def _away(one: Dated, span: Span) -> int:
    return max(span[0] - one.end, one.start - span[1], 0)


def _rival(one: Dated, other: Span) -> int:
    """How near another event stands: before the date, or right after it."""
    ahead = other[0] - one.end
    return _away(one, other) if other[1] <= one.start or 0 <= ahead <= 1 else REACH + 1


def _is_reporting(text: str, one: Dated) -> bool:
    """Whether a date says when someone spoke, not when the talks are: "said on Monday", "On Friday, X told ..."."""
    before = text[: one.start]
    tells = (("held", 45), ("nouns", 75))
    took_place = any(pattern("talks", name).search(before, max(0, one.start - reach)) for name, reach in tells)
    done_after = None if took_place else DONE_AFTER.match(text, one.end)
    done_before = DONE_BEFORE.search(before[-60:])
    if done_before and not HAPPENED.fullmatch(done_before[1].lower()):
        return True
    if done_after and not TOOK_PLACE.fullmatch(done_after[1].lower()):
        return True
    nouns = pattern("talks", "nouns")
    speech = list(pattern("speech").finditer(before))
    if speech and len(before) - speech[-1].end() <= 45 and not nouns.search(before, speech[-1].end()):
        return not re.search(r"\b(?:that|would|will|to)\b|^ for\b", before[speech[-1].end() :])
    after = text[one.end : one.end + 70]
    opening = len(before.strip()) <= 12
    spoke = pattern("speech").search(after)
    return opening and spoke is not None and not nouns.search(before + after[: spoke.start()])
