"""Which round of a series: "the second round" is the second, "the first talks in three years" is none in particular."""

import re
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
    r"[.;:]|\b(?:after|before|since|following|until|while|but|talks|negotiations|round|meeting|session)\b"
)
"""What parts an ordinal from a date: other words for talks, or words that lead to another time."""


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
    """The ordinal that the words around ``text[start:end]``, a date or a place, belong to; None if that is unsure."""
    near = [one for one in ordinals(text) if not APART.search(text[min(one.end, end) : max(one.start, start)])]
    return near[0].number if len({one.number for one in near}) == 1 else None
