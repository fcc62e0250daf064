"""Which process an article is about, of several: the one whose warring parties its talks are between."""

from collections.abc import Mapping

from app.reading.idioms import pattern
from app.reading.language import sentences
from app.reading.mentions import Cast
from app.reading.page import article_blocks, straight
from app.reading.said import Said
from app.reading.topic import speaks_of_talks


def which_process(text: str, casts: Mapping[str, Cast], home: str | None = None) -> str | None:
    """Slug of the process that the article speaks of most; None if it speaks of none.

    Those count whose talks it is about; where there are none, those whose warring parties it all names, for whoever
    reads it there may see more. Of two that it speaks of as much it is ``home``, the one that it came in under, else
    the first.
    """
    plain = straight(text)
    article = sentences(plain, article_blocks(plain))
    said = {process: [Said(one, cast.mentions(one.text), ()) for one in article] for process, cast in casts.items()}
    about = [process for process, cast in casts.items() if speaks_of_talks(said[process], cast)]
    about = about or [process for process, cast in casts.items() if _names_all(said[process], cast)]
    told = {process: sum(_told(one, casts[process]) for one in said[process]) for process in about}
    most = [process for process in about if told[process] == max(told.values())]
    return home if home in most else next(iter(most), None)


def _names_all(article: list[Said], cast: Cast) -> bool:
    return set(cast.sides) <= {mention.party for said in article for mention in said.mentions}


def _told(said: Said, cast: Cast) -> int:
    """How much a sentence speaks of the process: its sides, and once more if it speaks of their talks."""
    sides = {mention.party for mention in said.mentions} & set(cast.sides)
    talks = pattern("talks", "peace").search(said.sentence.text) or pattern("talks", "verbs").search(said.sentence.text)
    return len(sides) + bool(sides and talks)
