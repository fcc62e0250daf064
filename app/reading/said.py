"""The article as the readers of its parts see it: sentence by sentence, with who speaks and of whom."""

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from app.reading.idioms import pattern
from app.reading.issues import IssueMention
from app.reading.language import Sentence
from app.reading.mentions import Mention

GOES_ON = re.compile(
    r"^\W*(?:it|they|he|she|its|their|his|her|the (?:document|plan|proposal|paper|draft|text|list))\b", re.I
)
TOPIC_REACH = 45
"""A party named so early in a sentence, in characters, is what the text speaks of from there on."""


@dataclass(frozen=True)
class Said:
    """A sentence with its mentions, the issues that it names and its parse."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    issues: tuple[IssueMention, ...]
    doc: Doc | None = None
    speaker: tuple[str, ...] = ()
    """Who says what the sentence quotes."""
    quoted: bool = False
    """Whether the sentence begins inside a quotation."""
    topic: str | None = None
    """The party that the text speaks of when the sentence begins."""


def in_context(article: list[Said]) -> list[Said]:
    """The article with the speaker of each quotation and the party that the text speaks of at each sentence."""
    return _with_quotes(_with_topics(article))


def foremost(said: Said) -> tuple[Mention, ...]:
    """The mentions of a sentence, who speaks in it first: "he" after "..., X said" is X."""
    return tuple(sorted(said.mentions, key=lambda one: not speaks(said.sentence.text, one)))


def speaks(text: str, mention: Mention) -> bool:
    """Whether a person named in a text is the one who says it: "X said", "according to X"."""
    if mention.kind != "person":
        return False
    verb = pattern("speech").match(text, mention.end + 1)
    return verb is not None or re.search(r"\b(?:said|according to) (?:[A-Z]\w+ )*$", text[: mention.start]) is not None


def _with_topics(article: list[Said]) -> list[Said]:
    told: list[Said] = []
    topic: str | None = None
    for said in article:
        told.append(replace(said, topic=topic))
        if not GOES_ON.match(said.sentence.text):
            early = [one for one in said.mentions if one.start <= TOPIC_REACH and one.kind != "demonym"]
            topic = early[0].party if early else topic
    return told


def _with_quotes(article: list[Said]) -> list[Said]:
    told: list[Said] = []
    block, inside = -1, False
    for said in article:
        if said.sentence.block != block:
            block, inside = said.sentence.block, False
        told.append(replace(said, quoted=inside, speaker=named_speaker(said, quoted=inside)))
        inside ^= said.sentence.text.count('"') % 2 == 1
    return [_with_speaker(said, place, told) for place, said in enumerate(told)]


def _with_speaker(said: Said, place: int, article: list[Said]) -> Said:
    """The sentence with the speaker of the sentences around it in its paragraph, if it names none itself."""
    if said.speaker or not (said.quoted or '"' in said.sentence.text):
        return said
    following = article[place + 1 : place + 3]
    leading = list(reversed(article[max(0, place - 2) : place]))
    for near in (*following, *leading) if '"' in said.sentence.text[:2] else (*leading, *following):
        if near.sentence.block == said.sentence.block and near.speaker:
            return replace(said, speaker=near.speaker)
    return said


def named_speaker(said: Said, *, quoted: bool) -> tuple[str, ...]:
    """Who speaks in a sentence that quotes and names its speaker outside the quotation."""
    text = said.sentence.text
    for mention in said.mentions:
        outside = (text[: mention.start].count('"') % 2 == 0) != quoted
        around = text[max(0, mention.start - 30) : mention.end + 60]
        if outside and mention.kind != "demonym" and pattern("speech").search(around):
            return (mention.party,)
    if said.topic and re.search(
        r"\b(?:he|she|they|it) (?:\w+ )?(?:said|added|stated|told|wrote|asked|stressed|noted)\b", text
    ):
        return (said.topic,)
    return ()
