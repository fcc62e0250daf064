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
    if not named & set(cast.sides) or len(named) < 2:
        return False
    telling = [said for said in prose if _tells(said)]
    least = LEAST_SENTENCES if len(prose) > 4 else 1
    return len(telling) >= least


def _tells(said: Said) -> bool:
    text = said.sentence.text
    named = said.mentions or pattern("both_sides").search(text)
    met = len({mention.party for mention in said.mentions}) > 1 and pattern("talks", "verbs").search(text)
    return bool(named) and (met or pattern("talks", "peace").search(text)) is not None
