"""Whether an article is about the talks of a process."""

from app.reading.idioms import pattern
from app.reading.mentions import Cast
from app.reading.said import Said

ENOUGH = 2
"""So much must be told: 2 for a sentence of peace that names both sides, 1 for another of peace or of a meeting."""
SHORT = 8
"""In a piece of so few sentences, those count too that go on about the parties without naming them."""


def is_about_talks(article: list[Said], cast: Cast) -> bool:
    """Whether both sides are named and enough of the article's sentences speak of peace or talks."""
    prose = [said for said in article if not said.sentence.heading]
    named = {mention.party for said in prose for mention in said.mentions}
    if not named & set(cast.sides) or len(named) < 2:
        return False
    short = len(prose) <= SHORT and set(cast.sides) <= named
    told = sum(_told(said, cast, short=short) for said in prose)
    return told >= (ENOUGH if len(prose) > 4 else 1)


def _told(said: Said, cast: Cast, *, short: bool) -> int:
    text = said.sentence.text
    parties = {mention.party for mention in said.mentions}
    both = pattern("both_sides").search(text) is not None
    met = (len(parties) > 1 or (short and both)) and pattern("talks", "verbs").search(text) is not None
    peace = pattern("talks", "peace").search(text) is not None
    if not met and not peace:
        return 0
    if short and peace and set(cast.sides) <= parties:
        return 2
    return 1 if parties or both or short else 0
