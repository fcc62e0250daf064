"""Whether an article is about the talks of a process."""

from app.reading.idioms import pattern
from app.reading.mentions import Cast
from app.reading.said import Said

LEAST_SENTENCES = 2
"""So many sentences must speak of peace or talks and of a party in one breath."""


def is_about_talks(article: list[Said], cast: Cast) -> bool:
    """Whether both sides are named and peace or talks are spoken of more than once in the article's sentences."""
    prose = [said for said in article if not said.sentence.heading]
    named = {mention.party for said in prose for mention in said.mentions}
    if not set(cast.sides) <= named:
        return False
    telling = [said for said in prose if said.mentions and pattern("talks", "peace").search(said.sentence.text)]
    least = LEAST_SENTENCES if len(prose) > 4 else 1
    return len(telling) >= least
