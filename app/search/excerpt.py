"""The few words around what was searched for, with it marked."""

import re
from typing import NamedTuple

from app.search.words import Term, fold

BEFORE, LENGTH = 60, 220


class Part(NamedTuple):
    """A stretch of an excerpt; ``found`` where it is what was searched for."""

    text: str
    found: bool


def excerpt(text: str, wanted: list[Term]) -> list[Part]:
    """About ``LENGTH`` characters of the text from shortly before the first term on; its beginning if none is there."""
    pattern = _pattern(wanted)
    first = pattern.search(fold(text))
    start = _word_start(text, max(0, first.start() - BEFORE)) if first else 0
    end = _word_end(text, start + LENGTH)
    parts = list(_parts(text[start:end], pattern))
    return [*([Part("… ", False)] if start else []), *parts, *([Part(" …", False)] if end < len(text) else [])]


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
