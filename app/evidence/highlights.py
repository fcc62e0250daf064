"""Where an article's text is cited: the text cut into pieces, so that every quote can be shown in place."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

PARAGRAPH_BREAK = "\n\n"


class Span(NamedTuple):
    """A quote's place: code points from ``start`` up to ``end``; ``key`` names the citation."""

    key: int
    start: int
    end: int


class Piece(NamedTuple):
    """A stretch of text that is cited by the same citations throughout.

    ``opens`` and ``closes`` hold those of ``keys`` that begin or end with it in this text.
    """

    text: str
    keys: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()


Paragraph = list[Piece]


def paragraphs(text: str, spans: Iterable[Span]) -> list[Paragraph]:
    """The text's paragraphs, each cut at the boundaries of the spans that touch it; pieces are never empty.

    Joined again with blank lines they are the text. A span that lies within a paragraph break alone is not shown.
    """
    waiting = sorted(spans, key=lambda span: (span.start, -span.end, span.key))
    shown: set[int] = set()
    found, offset = [], 0
    for words in text.split(PARAGRAPH_BREAK):
        end = offset + len(words)
        touching = [span for span in waiting if span.start < end and span.end > offset]
        found.append(_pieces(words, offset, touching, shown))
        offset = end + len(PARAGRAPH_BREAK)
    return found


def _pieces(words: str, offset: int, spans: list[Span], shown: set[int]) -> Paragraph:
    """One paragraph that starts at ``offset`` of the text; ``shown`` collects the keys met so far."""
    end = offset + len(words)
    edges = {offset, end} | {min(max(edge, offset), end) for span in spans for edge in (span.start, span.end)}
    pieces = []
    for left, right in pairwise(sorted(edges)):
        over = [span for span in spans if span.start < right and span.end > left]
        opens = tuple(span.key for span in over if span.key not in shown)
        shown.update(opens)
        closes = tuple(span.key for span in over if _ends(span, right, end))
        pieces.append(Piece(words[left - offset : right - offset], tuple(span.key for span in over), opens, closes))
    return pieces


def _ends(span: Span, right: int, end: int) -> bool:
    # A span that ends inside the break after a paragraph shows its last words in that paragraph.
    return span.end == right or (right == end and right < span.end <= end + len(PARAGRAPH_BREAK))
