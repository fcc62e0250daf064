"""What the first lines of a plain text say about it: title, author, date of publication."""

import re
from dataclasses import dataclass
from datetime import date, datetime

_TITLE_LENGTH = range(8, 201)
_LOOKED_AT = 10
_LONGEST_LINE = 120
_DATELINE = 40
_WORD = r"[^\W\d_a-z][\w.'’-]*"
_NAME = rf"{_WORD}(?: (?:(?:and|de|van|von|der|del|al|bin) )*{_WORD}){{0,7}}"
_BYLINE = re.compile(rf"(?:By|BY|by):? (?P<name>{_NAME})(?=$|,| in | for |\s*[|·•–—])")
_DATE = re.compile(
    r"\b(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2,8})\.?,? (?P<year>\d{4})"
    r"|(?P<month2>[A-Z][a-z]{2,8})\.? (?P<day2>\d{1,2}),? (?P<year2>\d{4}))\b"
)
_CHANGED = re.compile(r"\s*(?:last )?(?:updated|modified|retrieved|accessed)", re.I)


@dataclass(frozen=True)
class Headline:
    """What stands above an article's first sentence; None for what does not."""

    title: str | None = None
    author: str | None = None
    published: date | None = None


def headline(text: str) -> Headline:
    """Reads the first lines of a clean text; only a line of its own counts, never part of a sentence."""
    lines = [line for line in text[:5_000].split("\n") if line][:_LOOKED_AT]
    if len(lines) < 2:
        return Headline()
    short = [line for line in lines if len(line) <= _LONGEST_LINE and not line.endswith(".")]
    bylines = (match for line in short if (match := _BYLINE.match(line)))
    dates = (found for line in short if not _CHANGED.match(line) and (found := stated_date(line)))
    byline = next(bylines, None)
    return Headline(_title(lines[:3]), byline["name"] if byline else None, next(dates, None))


def _title(lines: list[str]) -> str | None:
    for line in lines:
        if _BYLINE.match(line) or (stated_date(line) and len(line) < _DATELINE):
            continue
        return line if len(line) in _TITLE_LENGTH and not line.endswith((".", ":", ";", ",")) else None
    return None


def is_dateline(line: str) -> bool:
    """Whether a line says little more than a date or who wrote the text, as it stands below a headline."""
    return not line.endswith(".") and bool((len(line) < _DATELINE and stated_date(line)) or _BYLINE.fullmatch(line))


def stated_date(line: str) -> date | None:
    """The one date written out in a line, month by name or in ISO form; None for none, several or an impossible one."""
    found = list(_DATE.finditer(line))
    if len(found) != 1:
        return None
    parts = found[0].groupdict()
    if parts["iso"]:
        return _parse(parts["iso"], "%Y-%m-%d")
    day, month, year = (parts[name] or parts[f"{name}2"] for name in ("day", "month", "year"))
    return _parse(f"{day} {month} {year}", "%d %B %Y") or _parse(f"{day} {month[:3]} {year}", "%d %b %Y")


def _parse(written: str, form: str) -> date | None:
    try:
        return datetime.strptime(written, form).date()
    except ValueError:
        return None
