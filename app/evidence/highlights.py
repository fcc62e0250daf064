"""Where an article's text is cited: the text cut into pieces, so that every quote can be shown in place."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate, groupby, pairwise
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
    ordered = sorted(spans, key=lambda span: (span.start, -span.end, span.key))
    shown: set[int] = set()
    whole = text.split(PARAGRAPH_BREAK)
    starts = list(accumulate((len(words) + len(PARAGRAPH_BREAK) for words in whole), initial=0))[:-1]
    stretches = [(start, start + len(words)) for start, words in zip(starts, whole, strict=True)]
    touching = _touching(ordered, stretches)
    return [_pieces(words, start, over, shown) for words, start, over in zip(whole, starts, touching, strict=True)]


def grouped(whole: list[Paragraph], aside: Collection[int]) -> list[tuple[bool, list[Paragraph]]]:
    """Runs of paragraphs that belong to the article (False) or are set aside (True); what is cited always belongs."""

    def is_aside(numbered: tuple[int, Paragraph]) -> bool:
        number, paragraph = numbered
        return number in aside and not any(piece.keys for piece in paragraph)

    runs = groupby(enumerate(whole), key=is_aside)
    return [(apart, [paragraph for _, paragraph in run]) for apart, run in runs]


def _touching(ordered: Iterable[Span], stretches: Iterable[tuple[int, int]]) -> Iterator[list[Span]]:
    """The spans that touch each stretch of the text; both are ordered by their starts, and gone through once."""
    waiting, over = deque(ordered), list[Span]()
    for left, right in stretches:
        while waiting and waiting[0].start < right:
            over.append(waiting.popleft())
        over = [span for span in over if span.end > left]
        yield over


def _pieces(words: str, offset: int, spans: list[Span], shown: set[int]) -> Paragraph:
    """One paragraph that starts at ``offset`` of the text; ``shown`` collects the keys met so far."""
    if not spans:
        return [Piece(words)] if words else []
    end = offset + len(words)
    edges = {offset, end} | {min(max(edge, offset), end) for span in spans for edge in (span.start, span.end)}
    pieces = []
    stretches = list(pairwise(sorted(edges)))
    for (left, right), over in zip(stretches, _touching(spans, stretches), strict=True):
        opens = tuple(span.key for span in over if span.key not in shown)
        shown.update(opens)
        closes = tuple(span.key for span in over if _ends(span, right, end))
        pieces.append(Piece(words[left - offset : right - offset], tuple(span.key for span in over), opens, closes))
    return pieces


def _ends(span: Span, right: int, end: int) -> bool:
    # A span that ends inside the break after a paragraph shows its last words in that paragraph.
    return span.end == right or (right == end and right < span.end <= end + len(PARAGRAPH_BREAK))
