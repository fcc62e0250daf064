"""The built-in reader: an article's text and metadata in, a Reading out. Works offline and touches nothing else."""

import re
from dataclasses import dataclass, replace
from datetime import date

from app.reading.dates import published_in
from app.reading.delegations import delegations
from app.reading.demands import demands
from app.reading.idioms import pattern
from app.reading.issues import issue_mentions, issue_patterns
from app.reading.language import Sentence, parses, sentences
from app.reading.mentions import Cast, cast_of, unknown_people
from app.reading.outcomes import outcome_patterns, outcomes
from app.reading.page import article_blocks, straight
from app.reading.phrases import any_of
from app.reading.reading import DemandFind, Passage, Reading
from app.reading.rounds import main_round, round_finds, round_of, rounds
from app.reading.said import Said, in_context
from app.reading.talks import Talks
from app.reading.topic import is_about_talks
from app.reading.vocabulary import Vocabulary

READER = "rules 1"


@dataclass(frozen=True)
class Metadata:
    """What is known about an article beside its text."""

    title: str | None = None
    url: str | None = None
    published: date | None = None
    publisher: str | None = None


class Reader:
    """Reads articles about one process with one spaCy model; loads the model at the first article."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self.language = language
        self.cast = cast_of(vocabulary)
        self.issues = issue_patterns(vocabulary)
        self.kinds = outcome_patterns(vocabulary)
        self.elsewhere = any_of(map(re.escape, vocabulary.elsewhere))

    def read(self, text: str, metadata: Metadata | None = None) -> Reading:
        """What the article says; an empty reading with ``about_talks`` False if it is about something else.

        Raises:
            OSError: the spaCy model is not installed.
        """
        known = metadata or Metadata()
        plain = straight(text)
        published = known.published or published_in(plain)
        blocks = article_blocks(plain)
        body = "\n".join(plain[block.start : block.end] for block in blocks)
        cast = self.cast.with_people(unknown_people(body, self.cast))
        said = [self.said(sentence, cast) for sentence in sentences(plain, blocks)]
        article = [one for one in said if not self._is_elsewhere(one)]
        passages = tuple(Passage(start=block.start, end=block.end) for block in blocks)
        if not is_about_talks(article, cast):
            return Reading(reader=READER, about_talks=False, published=published, passages=passages)
        reading = self._reading(text, self.parsed(article), published, cast)
        return reading.model_copy(update={"passages": passages})

    def _reading(self, text: str, article: list[Said], published: date | None, cast: Cast) -> Reading:
        found = rounds(article, published, cast)
        return Reading(
            reader=READER,
            about_talks=True,
            published=published,
            rounds=round_finds(text, found),
            delegations=delegations(text, article, found, published, cast),
            demands=tuple(_placed(one, found, published, cast) for one in demands(text, article, cast)),
            outcomes=outcomes(text, article, self.kinds, found, published, cast),
        )

    def said(self, sentence: Sentence, cast: Cast) -> Said:
        return Said(sentence, cast.mentions(sentence.text), issue_mentions(sentence.text, self.issues))

    def _is_elsewhere(self, said: Said) -> bool:
        """Whether a sentence is about another conflict: it names one, and neither side of this."""
        named = {mention.party for mention in said.mentions}
        return not named & set(self.cast.sides) and self.elsewhere.search(said.sentence.text) is not None

    def parsed(self, article: list[Said]) -> list[Said]:
        wanted = [said.sentence for said in article if _needs_parse(said)]
        docs = parses(self.language, wanted)
        return in_context([replace(said, doc=docs.get(said.sentence)) for said in article])


def _needs_parse(said: Said) -> bool:
    if said.sentence.heading:
        return False
    text = said.sentence.text
    refusing = pattern("stance", "refuse").search(text) or pattern("stance", "opposite").search(text)
    accepting = pattern("stance", "accept").search(text) and pattern("anaphora").search(text)
    return bool(said.issues or refusing or accepting)


def _placed(one: DemandFind, found: tuple[Talks, ...], published: date | None, cast: Cast) -> DemandFind:
    day = round_of(one.quote.exact, found, published, cast) or main_round(found, published)
    return one.model_copy(update={"round": day})
