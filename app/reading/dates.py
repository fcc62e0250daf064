"""When: dates of a sentence, resolved against the date of publication."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COUNTED = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
NUMBERS = {name: number for number, name in enumerate(COUNTED.split(), start=1)} | {
    "a": 1, "an": 1, "several": 3, "few": 3, "a few": 3, "couple of": 2, "a couple of": 2,
}  # fmt: skip

MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
YEAR = r"(?:,? (?P<year>(?:19|20)\d\d)|,? (?P<before>(?:of )?last year))?"
ABSOLUTE = re.compile(rf"\b(?:{MONTH} {DAY}(?![\d,]*\d){YEAR})(?!\w)", re.IGNORECASE)
DAY_FIRST = re.compile(rf"(?<![\d,])\b{DAY}(?: of)? {MONTH}{YEAR}(?!\w)", re.IGNORECASE)
DAYS = (
    r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:, [0-3]?\d(?:st|nd|rd|th)?){0,2}"
    r"(?:,? ?[-–/] ?|,? and |,? to |,? & )(?:the )?[0-3]?\d(?:st|nd|rd|th)?"
)
RANGES = (
    re.compile(rf"\b(?:{MONTH} {DAYS}{YEAR})(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<![\d,])\b{DAYS}(?: of)? {MONTH}{YEAR}(?!\w)", re.IGNORECASE),
)
DATELINE = re.compile(r"[A-Z][A-Z'’-]{2,}[\w ,.'/-]{0,40}$")
"""What stands before the day in a date line: the city in capitals, and its country."""
AGENCY = re.compile(r"\s?\([A-Z][^)]{0,40}\)\s?[-–]? ")
"""What stands behind a date line that names no city; other days before a colon or dash begin entries of a list."""
AFTER_DATELINE = re.compile(r"\s?(?:\([A-Z][^)]{0,40}\)\s?[-–]?|[-–:]) ")
ISO = re.compile(r"\b(?P<year>20\d\d)[-/](?P<month>0?[1-9]|1[0-2])[-/](?P<day>0?[1-9]|[12]\d|3[01])\b")
NUMERIC = re.compile(r"\b(?P<day>[0-3]?\d)\.(?P<month>0?[1-9]|1[0-2])\.(?P<year>20\d\d)\b")
YEAR_FIRST = re.compile(rf"\b(?P<year>20\d\d)[,:]? {MONTH} {DAY}(?!\w)", re.IGNORECASE)
MEETINGS = r"talks|meetings?|rounds?|negotiations|summit|sessions?|discussions|consultations|encounter"
MONTH_ONLY = re.compile(
    r"\b(?:(?P<lead>in|of|since|from|by|until|this|last|next|for|and|before|after)"
    r"(?: (?:early|late|mid|the))?[ -]|(?:mid|early|late)[ -])"
    rf"{MONTH}(?:,? (?P<year>20\d\d)| (?P<before>(?:of )?last year))?(?!\w| \d)"
    rf"|\b(?P<adjective>{'|'.join(name for name in MONTHS if len(name) > 4 or name in ('may', 'june', 'july'))})"
    rf"(?: (?P<its_year>20\d\d))?(?:'s)? (?=(?:[\w-]+ )?(?:{MEETINGS})\b)"
    rf"|(?:^\W{{0,3}}){MONTH.replace('month>', 'listed>')}(?=[,:.*]+ )"
    rf"|\b{MONTH.replace('month>', 'full>')} (?P<full_year>20\d\d)\b",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    rf"\b(?:(?P<which>last|next|this|previous|past) )?(?P<weekday>{'|'.join(WEEKDAYS)})(?:'s)?\b", re.I
)
APPOSED = re.compile(r",? \(?(?:the )?")
"""What stands between a weekday and the date that says which: "Friday, 16 May"."""
RELATIVE = re.compile(
    r"\b(?:(?P<named>today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening)|last night)"
    r"|(?P<which>last|next|this|previous|coming|the same) (?P<unit>week|month|weekend)"
    r"|(?:the|a) (?P<step>(?:day|night|evening) (?:before|earlier|after|later)(?=[.,;:]|$| (?:in|at)\b)"
    r"|(?:previous|following|next) (?:day|night|evening|morning))"
    r"|(?:at|over|on) the (?P<weekend>weekend)"
    r"|(?P<this>(?:end|start|beginning|middle|half|week) of the (?:current )?month)"
    rf"|(?P<count>{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d{{1,3}}) (?P<many>days?|weeks?|months?)"
    r" (?P<side>ago|earlier|later|from now|before(?=[.,;:]|$)|after that|afterwards)"
    rf"|(?<=\bin )(?P<soon>{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d{{1,2}})"
    r" (?P<units>days|weeks?)'?(?: time)?(?=[.,;]|$| in | at ))\b",
    re.IGNORECASE,
)
AWAY = re.compile(
    rf"\b(?P<count>{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d{{1,2}}) (?P<unit>day|week|month)s?"
    r"(?: to go)? (?P<side>after|before|ahead of|out from)(?= (?!that\b)\w)",
    re.IGNORECASE,
)
"""How far another time lies from the one that is told of: "three days after the teams met"."""
DAY_ALONE = re.compile(
    r"\b(?:on|for|from|around|until|and|till|suggested|was|is|of|by|to|about) the (?P<day>[0-3]?\d)(?:st|nd|rd|th)\b"
    r"(?! (?:and (?:the )?\d|\w+ (?:of|round|time|anniversary)|round|session|meeting|century|day\b))"
)
ENTRY = re.compile(
    rf"\W{{0,4}}(?:{MONTH} [0-3]?\d|[0-3]?\d {MONTH.replace('month>', 'second>')}|{MONTH.replace('month>', 'alone>')})"
    r"(?:[-–/][0-3]?\d)?(?:,? 20\d\d)?\W{0,3}(?:, [\w -]{3,30})?(?:[:–—]| -) ?\w",
    re.IGNORECASE,
)
DAYS_OF = re.compile(
    r"\b(?:(two|three|four|five) days(?:'| of)|(two|three|four|five)-day\b|over (two|three|four|five) days)", re.I
)
LATER_DAY = re.compile(r"\b(second|third|fourth|fifth|final|last|closing) (?:and (?:final|last) )?day\b", re.IGNORECASE)
COUNT = {
    "two": 2, "three": 3, "four": 4, "five": 5, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "final": 2, "last": 2,
    "closing": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Dated:
    """A date named in a sentence at an offset: ``value`` is a day or a month in ISO 8601."""

    start: int
    end: int
    value: str


@dataclass(frozen=True)
class Day:
    """A date named in a sentence, read back and ahead: "Friday" is the last or the next; often both are the same."""

    start: int
    end: int
    back: str
    ahead: str


def days(text: str, published: date | None, anchor: date | None = None) -> tuple[Day, ...]:
    """The dates that a sentence names, in both readings; ``anchor`` is the day that the text named last."""
    back = {one.start: one for one in dates(text, published, anchor, ahead=False)}
    ahead = {one.start: one for one in dates(text, published, anchor, ahead=True)}
    named = ((back.get(start) or ahead[start], ahead.get(start) or back[start]) for start in sorted({*back, *ahead}))
    return tuple(Day(one.start, one.end, one.value, other.value) for one, other in named)


def dates(text: str, published: date | None, anchor: date | None = None, *, ahead: bool) -> tuple[Dated, ...]:
    """The dates that a sentence names; ``ahead`` if it speaks of what is to come.

    ``anchor`` is the day that the text named last, from which "two days later" counts.
    """
    found = [*_absolute(text, published, ahead), *_relative(text, published, ahead, anchor)]
    kept: list[Dated] = []
    for one in sorted(found, key=lambda dated: (dated.start, -dated.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def is_next_day(before: str, after: str) -> bool:
    """Whether two days in ISO 8601 follow each other, in either order."""
    if len(before) != 10 or len(after) != 10:
        return False
    return abs((date.fromisoformat(after) - date.fromisoformat(before)).days) == 1


def opens_with_date(line: str) -> bool:
    """Whether a line is an entry of a chronology: "- 16 May, Istanbul: ..."."""
    return ENTRY.match(line) is not None


def days_between(first: str, last: str) -> int | None:
    """How many days one day in ISO 8601 is after another; None for months."""
    if len(first) != len("2026-01-01") or len(last) != len("2026-01-01"):
        return None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def later_day(text: str, otherwise: int = 1) -> int:
    """How many days after its first day a text speaks of something: "the third day", "two days of talks ended"."""
    if day := LATER_DAY.search(text):
        return COUNT[day[1].lower()] - 1
    if lasted := DAYS_OF.search(text):
        return COUNT[(lasted[1] or lasted[2] or lasted[3]).lower()] - 1
    return otherwise


def published_in(text: str) -> date | None:
    """The date of publication as a page shows it near its top, outside sentences."""
    for line in text[:6000].splitlines()[:80]:
        if len(line) > 120:
            continue
        for pattern in (ISO, NUMERIC, ABSOLUTE, DAY_FIRST):
            found = pattern.search(line)
            if found and found["year"] and (day := _day(int(found["year"]), _month(found["month"]), int(found["day"]))):
                return day
    return None


def before(day: date, count: str, unit: str) -> str | None:
    """The time so many days, weeks or months before a day, in ISO 8601."""
    return _some_time_away(-_number(count), unit.lower(), day)


def _absolute(text: str, published: date | None, ahead: bool) -> Iterator[Dated]:
    for pattern in (*RANGES, ISO, NUMERIC, YEAR_FIRST, ABSOLUTE, DAY_FIRST):
        for found in pattern.finditer(text):
            if found["month"] == "may" or is_dateline(text, found.start(), found.end()):
                continue
            month = _month(found["month"])
            year = _year(found, month, published, ahead)
            day = _day(year, month, int(found["day"])) if year else None
            if day:
                yield Dated(found.start(), found.end(), day.isoformat())
    for found in MONTH_ONLY.finditer(text):
        name = found["month"] or found["adjective"] or found["listed"] or found["full"]
        if name == "may" or name == "march":
            continue
        year = _year(found, _month(name), published, ahead)
        if year:
            yield Dated(found.start(), found.end(), f"{year}-{_month(name):02}")


def _year(found: re.Match[str], month: int, published: date | None, ahead: bool) -> int | None:
    """The year of a date: as written, or else the likely one; "last May" is before this month."""
    held = found.groupdict()
    if written := held.get("year") or held.get("its_year") or held.get("full_year"):
        return int(written)
    if published and held.get("before"):
        return published.year - 1
    if published and (held.get("lead") or "").lower() == "last":
        return published.year - (month >= published.month)
    return _nearest_year(month, published, ahead)


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a date is that of a date line: "GENEVA, Feb 17 (Agency) - "."""
    if not text[:start].strip():
        return AGENCY.match(text, end) is not None
    return AFTER_DATELINE.match(text, end) is not None and DATELINE.match(text[:start]) is not None


def _relative(text: str, published: date | None, ahead: bool, anchor: date | None) -> Iterator[Dated]:
    if published is None:
        return
    absolute = list(_absolute(text, published, ahead))
    days = [(one.start, date.fromisoformat(one.value)) for one in absolute if len(one.value) == len("2026-01-01")]
    for found in WEEKDAY.finditer(text):
        if any(APPOSED.fullmatch(text[found.end() : one.start]) for one in absolute):
            continue
        day = _weekday(found["weekday"].lower(), (found["which"] or "").lower(), published, ahead)
        days.append((found.start(), day))
        yield Dated(found.start(), found.end(), day.isoformat())
    months = [(one.start, one.value) for one in absolute]
    for found in DAY_ALONE.finditer(text):
        month = next((value for at, value in reversed(months) if at < found.start()), None)
        day_alone = _in_month(int(found["day"]), month) if month else _day_alone(int(found["day"]), published, ahead)
        if day_alone:
            yield Dated(found.start(), found.end(), day_alone.isoformat())
    for found in AWAY.finditer(text):
        back = found["side"].lower() == "after"
        count = _number(found["count"])
        start = next((day for at, day in sorted(days, reverse=True) if at < found.start()), published)
        if value := _some_time_away(-count if back else count, found["unit"].lower(), start):
            yield Dated(found.start(), found.end(), value)
    for found in RELATIVE.finditer(text):
        base = next((day for at, day in sorted(days, reverse=True) if at < found.start()), anchor)
        if value := _shifted(found, published, base, ahead):
            yield Dated(found.start(), found.end(), value)


def _in_month(number: int, month: str) -> date | None:
    return _day(int(month[:4]), int(month[5:7]), number)


def _day_alone(number: int, published: date, ahead: bool) -> date | None:
    """ "On the 17th": the next such day, or the last."""
    step = 1 if ahead else -1
    near = (published + timedelta(days=step * away) for away in range(45))
    return next((day for day in near if day.day == number), None)


def _weekday(name: str, which: str, published: date, ahead: bool) -> date:
    away = (WEEKDAYS.index(name) - published.weekday()) % 7
    if which == "next" or (ahead and which not in {"last", "previous", "past"}):
        return published + timedelta(days=away or (7 if which == "next" else 0))
    back = (7 - away) % 7
    return published - timedelta(days=back or (7 if which in {"last", "previous", "past"} else 0))


def _shifted(found: re.Match[str], published: date, base: date | None, ahead: bool) -> str | None:
    if named := (found["named"] or "").lower():
        days = {"yesterday": -1, "tomorrow": 1, "last night": -1}.get(named, 0)
        return (published + timedelta(days=days)).isoformat()
    if step := (found["step"] or "").lower():
        away = 1 if re.search(r"after|later|following|next", step) else -1
        return ((base or published) + timedelta(days=away)).isoformat()
    if found["this"]:
        return f"{published:%Y-%m}"
    if found["weekend"]:
        return _weekday("saturday", "", published, ahead).isoformat()
    if which := (found["which"] or "").lower():
        return _neighbour(which, found["unit"].lower(), published)
    if found["soon"]:
        if not ahead:
            return None
        return _some_time_away(_number(found["soon"]), found["units"].lower().rstrip("s"), published)
    count, side = _number(found["count"]), found["side"].lower()
    of_base = side not in {"ago", "from now"}
    if of_base and side != "earlier" and base is None:
        return None
    start = base if base and of_base else published
    back = side in {"ago", "earlier", "before"}
    return _some_time_away(-count if back else count, found["many"].lower().rstrip("s"), start)


def _neighbour(which: str, unit: str, published: date) -> str:
    """The month before or after, the Saturday of a weekend, or the month in which most of a week lies."""
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit == "month":
        return _month_away(published, step)
    if unit == "weekend":
        ahead = step > 0 or (step == 0 and WEEKDAYS[published.weekday()] not in {"saturday", "sunday"})
        return _weekday("saturday", "", published, ahead=ahead).isoformat()
    thursday = published + timedelta(days=3 - published.weekday() + 7 * step)
    return f"{thursday:%Y-%m}"


def _number(written: str) -> int:
    return NUMBERS.get(written.lower()) or int(written)


def _some_time_away(step: int, unit: str, start: date) -> str | None:
    if abs(step) > 400:
        return None
    if unit == "month":
        return _month_away(start, step)
    day = start + timedelta(days=step * (7 if unit == "week" else 1))
    return day.isoformat() if unit == "day" else f"{day:%Y-%m}"


def _month_away(published: date, step: int) -> str:
    months = published.year * 12 + published.month - 1 + step
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _nearest_year(month: int, published: date | None, ahead: bool) -> int | None:
    if published is None:
        return None
    if month > published.month + (6 if ahead else 1):
        return published.year - 1
    return published.year + 1 if ahead and month < published.month - 6 else published.year


def _month(name: str) -> int:
    return int(name) if name.isdigit() else MONTHS[name.lower()]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
