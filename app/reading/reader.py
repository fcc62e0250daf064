"""The built-in reader: an article's text and metadata in, a Reading out. Works offline and touches nothing else."""

import re
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cached_property

from app.reading.confidence import Sureness, fitted
from app.reading.dates import published_in
from app.reading.delegations import delegations
from app.reading.demands import demands
from app.reading.idioms import pattern
from app.reading.issues import issue_mentions, issue_patterns
from app.reading.language import Sentence, parses, sentences
from app.reading.learned.judge import Judge
from app.reading.learned.marked import marked
from app.reading.learned.odds import Odds
from app.reading.mentions import Cast, cast_of, unknown_people
from app.reading.metadata import Metadata as Metadata
from app.reading.outcomes import outcomes
from app.reading.outcomes_by_rules import outcome_patterns
from app.reading.page import article_blocks, straight
from app.reading.phrases import any_of
from app.reading.reading import DemandFind, Passage, Reading
from app.reading.rounds import round_finds, rounds
from app.reading.said import Said, in_context
from app.reading.stances_by_rules import held_by_rules
from app.reading.talks import Talks
from app.reading.topic import is_about_talks
from app.reading.vocabulary import Vocabulary
from app.reading.which_round import which_round

READER = "built-in 3"
LEAST = 0.35
"""Finds less sure than this are not reported, unless the settings say otherwise."""


class Reader:
    """Reads articles about one process with one spaCy model; loads the model at the first article."""

    def __init__(self, vocabulary: Vocabulary, language: str, least: float = LEAST) -> None:
        self.vocabulary = vocabulary
        self.language = language
        self.sure = fitted(least)
        self.cast = cast_of(vocabulary)
        self.issues = issue_patterns(vocabulary)
        self.kinds = outcome_patterns(vocabulary)
        self.elsewhere = any_of(map(re.escape, vocabulary.elsewhere))

    def with_sureness(self, sure: Sureness) -> "Reader":
        """The same reader, which reckons its confidence otherwise."""
        other = copy(self)
        other.sure = sure
        return other

    @cached_property
    def judge(self) -> Judge:
        """The learned part, loaded at first use."""
        return Judge(self.vocabulary, self.cast)

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
        article = in_context([one for one in said if not self._is_elsewhere(one)])
        passages = tuple(Passage(start=block.start, end=block.end) for block in blocks)
        odds = self.odds(article, published, cast)
        found = rounds(article, odds, published, cast, self.sure)
        if not is_about_talks(article, cast, odds.values(), names_round=bool(found)):
            return Reading(reader=READER, about_talks=False, published=published, passages=passages)
        reading = self._reading(text, self.parsed(article), odds, found, published, cast)
        return reading.model_copy(update={"passages": passages})

    def _reading(
        self,
        text: str,
        article: list[Said],
        odds: dict[int, Odds],
        found: tuple[Talks, ...],
        published: date | None,
        cast: Cast,
    ) -> Reading:
        stances = demands(text, article, odds, held_by_rules(article, cast), self.sure)
        return Reading(
            reader=READER,
            about_talks=True,
            published=published,
            rounds=round_finds(text, found, self.sure),
            delegations=delegations(text, article, odds, found, published, cast, self.sure),
            demands=tuple(_placed(one, article, found, published, cast) for one in stances),
            outcomes=outcomes(text, article, odds, self.kinds, found, published, cast, self.sure),
        )

    def odds(self, article: list[Said], published: date | None, cast: Cast) -> dict[int, Odds]:
        """What the learned part makes of each sentence, by its place; headings say nothing by themselves."""
        places = [place for place, said in enumerate(article) if not said.sentence.heading]
        passages = [marked(article, place, cast, published) for place in places]
        return dict(zip(places, self.judge.odds(passages), strict=True))

    def said(self, sentence: Sentence, cast: Cast) -> Said:
        return Said(sentence, cast.mentions(sentence.text), issue_mentions(sentence.text, self.issues))

    def _is_elsewhere(self, said: Said) -> bool:
        """Whether a sentence is about another conflict: it names one, and neither side of this."""
        named = {mention.party for mention in said.mentions}
        return not named & set(self.cast.sides) and self.elsewhere.search(said.sentence.text) is not None

    def parsed(self, article: list[Said]) -> list[Said]:
        wanted = [said.sentence for said in article if _needs_parse(said)]
        docs = parses(self.language, wanted)
        return [replace(said, doc=docs.get(said.sentence)) for said in article]


def _needs_parse(said: Said) -> bool:
    if said.sentence.heading:
        return False
    text = said.sentence.text
    refusing = pattern("stance", "refuse").search(text) or pattern("stance", "opposite").search(text)
    accepting = pattern("stance", "accept").search(text) and pattern("anaphora").search(text)
    return bool(said.issues or refusing or accepting)


def _placed(
    one: DemandFind, article: list[Said], found: tuple[Talks, ...], published: date | None, cast: Cast
) -> DemandFind:
    place = next(place for place, said in enumerate(article) if said.sentence.start == one.quote.start)
    return one.model_copy(update={"round": which_round(place, article, found, published, cast)})
