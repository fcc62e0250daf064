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
NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "several": 3, "few": 3}

MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
YEAR = r"(?:,? (?P<year>(?:19|20)\d\d))?"
ABSOLUTE = re.compile(rf"\b(?:{MONTH} {DAY}(?![\d,]*\d){YEAR})(?!\w)", re.IGNORECASE)
DAY_FIRST = re.compile(rf"(?<![\d,])\b{DAY}(?: of)? {MONTH}{YEAR}(?!\w)", re.IGNORECASE)
DAYS = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: ?[-–] ?| and | to | & )[0-3]?\d(?:st|nd|rd|th)?"
RANGES = (
    re.compile(rf"\b(?:{MONTH} {DAYS}{YEAR})(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<![\d,])\b{DAYS} {MONTH}{YEAR}(?!\w)", re.IGNORECASE),
)
DATELINE = re.compile(r"[A-Z ,./]*$")
ISO = re.compile(r"\b(?P<year>20\d\d)[-/](?P<month>0?[1-9]|1[0-2])[-/](?P<day>0?[1-9]|[12]\d|3[01])\b")
MONTH_ONLY = re.compile(
    r"\b(?:(?:in|of|since|from|by|until|this|last|next|for|and)(?: (?:early|late|mid|the))?[ -]"
    r"|(?:mid|early|late)[ -])"
    rf"{MONTH}(?: (?P<year>20\d\d))?(?!\w| \d)|\b(?P<adjective>January|February|March|April|May|June|July|August"
    r"|September|October|November|December)(?:'s)? (?=(?:talks|meeting|round|negotiations|summit|session))",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    rf"\b(?:(?P<which>last|next|this|previous|past) )?(?P<weekday>{'|'.join(WEEKDAYS)})(?:'s)?\b", re.I
)
RELATIVE = re.compile(
    r"\b(?:(?P<named>today|tonight|yesterday|tomorrow)"
    r"|(?P<which>last|next|this|previous|coming|the same) (?P<unit>week|month|weekend)"
    r"|(?P<count>a|one|two|three|four|five|six|several|few|\d+) (?P<many>days?|weeks?|months?)"
    r" (?P<side>ago|earlier|later))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Dated:
    """A date named in a sentence at an offset: ``value`` is a day or a month in ISO 8601."""

    start: int
    end: int
    value: str


def dates(text: str, published: date | None, *, ahead: bool) -> tuple[Dated, ...]:
    """The dates that a sentence names; ``ahead`` if it speaks of what is to come."""
    found = [*_absolute(text, published, ahead), *_relative(text, published, ahead)]
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


def published_in(text: str) -> date | None:
    """The date of publication as a page shows it near its top, outside sentences."""
    for line in text[:6000].splitlines()[:80]:
        if len(line) > 120:
            continue
        for pattern in (ISO, ABSOLUTE, DAY_FIRST):
            found = pattern.search(line)
            if found and found["year"] and (day := _day(int(found["year"]), _month(found["month"]), int(found["day"]))):
                return day
    return None


def _absolute(text: str, published: date | None, ahead: bool) -> Iterator[Dated]:
    for pattern in (*RANGES, ISO, ABSOLUTE, DAY_FIRST):
        for found in pattern.finditer(text):
            if found["month"] == "may" or _is_dateline(text, found):
                continue
            month = _month(found["month"])
            year = int(found["year"]) if found["year"] else _nearest_year(month, published, ahead)
            day = _day(year, month, int(found["day"])) if year else None
            if day:
                yield Dated(found.start(), found.end(), day.isoformat())
    for found in MONTH_ONLY.finditer(text):
        name = found["month"] or found["adjective"]
        if name == "may" or name == "march":
            continue
        year = int(found["year"]) if found["year"] else _nearest_year(_month(name), published, ahead)
        if year:
            yield Dated(found.start(), found.end(), f"{year}-{_month(name):02}")


def _is_dateline(text: str, found: re.Match[str]) -> bool:
    return re.match(r" \([A-Z]", text[found.end() :]) is not None and DATELINE.match(text[: found.start()]) is not None


def _relative(text: str, published: date | None, ahead: bool) -> Iterator[Dated]:
    if published is None:
        return
    for found in WEEKDAY.finditer(text):
        day = _weekday(found["weekday"].lower(), (found["which"] or "").lower(), published, ahead)
        yield Dated(found.start(), found.end(), day.isoformat())
    for found in RELATIVE.finditer(text):
        if value := _shifted(found, published):
            yield Dated(found.start(), found.end(), value)


def _weekday(name: str, which: str, published: date, ahead: bool) -> date:
    away = (WEEKDAYS.index(name) - published.weekday()) % 7
    if which == "next" or (ahead and which not in {"last", "previous", "past"}):
        return published + timedelta(days=away or (7 if which == "next" else 0))
    back = (7 - away) % 7
    return published - timedelta(days=back or (7 if which in {"last", "previous", "past"} else 0))


def _shifted(found: re.Match[str], published: date) -> str | None:
    if named := (found["named"] or "").lower():
        days = {"yesterday": -1, "tomorrow": 1}.get(named, 0)
        return (published + timedelta(days=days)).isoformat()
    if which := (found["which"] or "").lower():
        step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
        if found["unit"].lower() == "month":
            return _month_away(published, step)
        return f"{published + timedelta(days=7 * step):%Y-%m}"
    count = NUMBERS.get(found["count"].lower()) or int(found["count"])
    return _some_time_away(count, found["many"].lower().rstrip("s"), found["side"].lower(), published)


def _some_time_away(count: int, unit: str, side: str, published: date) -> str | None:
    if side == "earlier" or count > 400:
        return None
    step = count if side == "later" else -count
    if unit == "month":
        return _month_away(published, step)
    day = published + timedelta(days=step * (7 if unit == "week" else 1))
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
