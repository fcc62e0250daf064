"""Which round of a series: "the second round" is the second, "the first talks in three years" is none in particular."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ORDINALS = {
    name: number
    for number, names in enumerate(
        (
            "first 1st initial",
            "second 2nd",
            "third 3rd",
            "fourth 4th",
            "fifth 5th",
            "sixth 6th",
            "seventh 7th",
            "eighth 8th",
        ),
        start=1,
    )
    for name in names.split()
}
COUNTED = re.compile(
    rf"\b({'|'.join(ORDINALS)})\b (?:[\w-]+ ){{0,3}}?(?:round|meeting|talks|negotiations|session)s?\b"
    r"(?: of (?:[\w-]+ ){0,3}?(?:talks|negotiations|meetings|consultations)\b)?",
    re.IGNORECASE,
)
IN_YEARS = re.compile(
    r"[^.;]{0,70}?\b(?:since\b|(?:in|for) (?:[\w-]+ ){1,4}?(?:years?|months?|weeks?|days)\b)", re.IGNORECASE
)
APART = re.compile(
    r"[.;:]|\b(?:after|before|since|following|until|while|but|that|talks|negotiations|round|meeting|session)\b"
)
"""What parts an ordinal from a date: other words for talks, or words that lead to another time."""
OTHERS = re.compile(
    r"\b(?:after|before|since|following|during|from|like|unlike|with|than) (?:the|their|its|that|a) $", re.I
)
"""What leads to other talks than those that a sentence tells of: "after the first round"."""
REACH = 50
"""So far a date may stand from the ordinal that belongs to it, in characters."""


@dataclass(frozen=True)
class Ordinal:
    """Words that say which round they speak of, at ``text[start:end]`` of a sentence."""

    start: int
    end: int
    number: int


def ordinals(text: str) -> tuple[Ordinal, ...]:
    """The ordinals of a sentence; "the first in years" and "the first since" count nothing."""
    return tuple(
        Ordinal(*found.span(), ORDINALS[found[1].lower()])
        for found in COUNTED.finditer(text)
        if ORDINALS[found[1].lower()] > 1 or not IN_YEARS.match(text, found.end())
    )


def ordinal_at(text: str, start: int, end: int) -> int | None:
    """The ordinal that a date at ``text[start:end]`` belongs to; None if that is unsure."""
    near = [one for one in ordinals(text) if _is_beside(text, one, start, end)]
    return _only(near)


def ordinal_of(text: str, dates: Iterable[tuple[int, int]] = ()) -> int | None:
    """The ordinal of the talks that a sentence itself tells of, whatever its ``dates`` belong to; None if unsure."""
    spans = tuple(dates)
    own = [one for one in ordinals(text) if not OTHERS.search(text[: one.start])]
    return _only([one for one in own if not any(_is_beside(text, one, *span) for span in spans)])


def _is_beside(text: str, one: Ordinal, start: int, end: int) -> bool:
    between = text[min(one.end, end) : max(one.start, start)]
    return len(between) <= REACH and APART.search(between) is None


def _only(found: list[Ordinal]) -> int | None:
    return found[0].number if len({one.number for one in found}) == 1 else None
