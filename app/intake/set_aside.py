"""Which paragraphs of an article its reader set aside: menus, captions, teasers of other articles."""

from bisect import bisect_left
from itertools import accumulate

from app.evidence.highlights import PARAGRAPH_BREAK
from app.reading.reading import Passage, Reading


def set_aside(text: str, reading: Reading | None) -> set[int]:
    """The numbers, from 0, of the paragraphs that a reading found no passage of the article in."""
    return _without(text, reading.passages) if reading and reading.passages else set()


def _without(text: str, passages: tuple[Passage, ...]) -> set[int]:
    paragraphs = text.split(PARAGRAPH_BREAK)
    starts = list(accumulate((len(one) + len(PARAGRAPH_BREAK) for one in paragraphs), initial=0))
    ends = [passage.end for passage in passages]
    aside = set()
    for number, (start, words) in enumerate(zip(starts, paragraphs, strict=False)):
        first = bisect_left(ends, start + 1)
        if first == len(passages) or passages[first].start >= start + len(words):
            aside.add(number)
    return aside
