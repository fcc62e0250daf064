"""Whether an article is about the talks of a process."""

from collections.abc import Iterable

from app.reading.idioms import pattern
from app.reading.learned.odds import Odds
from app.reading.mentions import Cast
from app.reading.said import Said

ENOUGH = 2
"""So much must be told: 2 for a sentence of peace that names both sides, 1 for another of peace or of a meeting."""
PLAIN = 0.5
"""Odds from which a sentence plainly takes a stance or tells of an outcome."""
CLOSE = 0.3
"""The share of sentences that name a warring party, from which an article is close to them."""
SURE, SURE_AFAR = 3, 5
"""So much must speak for it: 1 for each plain sentence, for a round, for closeness, and for words of talks with it.

More where few sentences name a warring party: such an article is likely about something else.
"""
SHORT = 8
"""In a piece of so few sentences, those count too that go on about the parties without naming them."""


def is_about_talks(article: list[Said], cast: Cast, odds: Iterable[Odds], *, names_round: bool) -> bool:
    """Whether an article is about the talks, by what is heard in its sentences, its words and whom it names.

    None of these is enough: reports of drones, markets and other wars have the words, and now and then a sentence that
    sounds like a stance. ``names_round`` tells whether the article names talks with a date or a place.
    """
    prose = [said for said in article if not said.sentence.heading]
    naming = sum(bool({mention.party for mention in said.mentions} & set(cast.sides)) for said in prose)
    close = naming >= CLOSE * len(prose) > 0
    if len(prose) <= SHORT and speaks_of_talks(article, cast):
        return True
    plain = sum(one.most >= PLAIN for one in odds)
    told = plain + names_round + close + (close and speaks_of_talks(article, cast))
    return plain > 0 and told >= (SURE if close else SURE_AFAR)


def speaks_of_talks(article: list[Said], cast: Cast) -> bool:
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
