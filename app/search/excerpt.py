"""The few words around what was searched for, with it marked."""

import re
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from app.search.words import Term, fold

BEFORE, LENGTH = 60, 220
MOST_PLACES = 200
_SENTENCE_END = re.compile(r"(?<=[.!?…])\W*\s|\n| …$")


class Part(NamedTuple):
    """A stretch of an excerpt; ``found`` where it is what was searched for."""

    text: str
    found: bool


def excerpt(text: str, wanted: list[Term]) -> list[Part]:
    """About ``LENGTH`` characters of the text, where most of the terms stand close together; else its beginning."""
    pattern = _pattern(wanted)
    place = _best(list(islice(pattern.finditer(fold(text)), MOST_PLACES)))
    start = 0 if place is None else _word_start(text, max(0, place - BEFORE))
    end = _word_end(text, start + LENGTH)
    parts = list(_parts(text[start:end], pattern))
    return [*([Part("… ", False)] if start else []), *parts, *([Part(" …", False)] if end < len(text) else [])]


def fragment(parts: list[Part]) -> str:
    """What leads a browser to the first words found in a text, as a part of its page's address; empty if none were.

    The words around them, of the same sentence, tell their place from others.
    """
    at = next((number for number, part in enumerate(parts) if part.found), None)
    if at is None:
        return ""
    before = _SENTENCE_END.split(parts[at - 1].text)[-1].split()[-3:] if at else []
    after = _SENTENCE_END.split(parts[at + 1].text)[0].split()[:3] if at + 1 < len(parts) else []
    around = (f"{_directive(before)}-," if before else "", f",-{_directive(after)}" if after else "")
    return f"#:~:text={around[0]}{_directive([parts[at].text])}{around[1]}"


def _directive(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")


def _best(places: list[re.Match[str]]) -> int | None:
    """Where the first of those places starts from which on most different terms stand within an excerpt."""
    return max((place.start() for place in places), key=lambda start: _variety(places, start), default=None)


def _variety(places: list[re.Match[str]], start: int) -> int:
    end = start + LENGTH - BEFORE
    return len({place[0].lower() for place in places if start <= place.start() and place.end() <= end})


def _pattern(wanted: list[Term]) -> re.Pattern[str]:
    phrases = (r"[\W_]+".join(re.escape(word) for word in term) for term in wanted)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(phrases)})(?![^\W_])" if wanted else r"(?!)", re.IGNORECASE)


def _parts(text: str, pattern: re.Pattern[str]) -> list[Part]:
    parts, done = [], 0
    for match in pattern.finditer(fold(text)):
        parts += [Part(text[done : match.start()], False), Part(text[match.start() : match.end()], True)]
        done = match.end()
    return [part for part in (*parts, Part(text[done:], False)) if part.text]


def _word_start(text: str, near: int) -> int:
    return near if near == 0 else text.find(" ", near - 1, near + BEFORE // 2) + 1 or near


def _word_end(text: str, near: int) -> int:
    if near >= len(text):
        return len(text)
    blank = text.rfind(" ", near - BEFORE // 2, near)
    return blank if blank > 0 else near
