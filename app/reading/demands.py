"""What the parties want: the stances that an article reports on the issues of the process."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc, Span

from app.reading.idioms import pattern
from app.reading.issues import IssueMention
from app.reading.language import Sentence
from app.reading.mentions import Cast, Mention
from app.reading.reading import DemandFind, Quote, Stance
from app.reading.speakers import Scene
from app.reading.stances import Cues, stances

CONDITION = re.compile(
    r"\b(?:only if|unless|provided that|on condition that|as long as|only after|only once|in exchange for|in return for|if)\b[^.;]*",
    re.IGNORECASE,
)
CERTAIN = 0.65
"""Of two opposite stances of one party, both stay only when each is at least this sure."""


@dataclass(frozen=True)
class Said:
    """A sentence with its mentions, the issues that it names and its parse."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    issues: tuple[IssueMention, ...]
    doc: Doc | None = None
    speaker: tuple[str, ...] = ()


@dataclass(frozen=True)
class Held:
    """One party's stance before it becomes a find."""

    party: str
    issue: str
    sign: int
    said: Said
    confidence: float

    @property
    def key(self) -> tuple[str, str, int]:
        """What makes two stances the same."""
        return self.party, self.issue, self.sign


def demands(text: str, article: list[Said], cast: Cast) -> tuple[DemandFind, ...]:
    """The demands of an article; ``text`` is the article as given, for the quotes."""
    held: list[Held] = []
    for place, said in enumerate(article):
        here = _of_sentence(article, place, cast) if said.doc is not None else []
        held += here
        held += _blanket(article, place, cast, held, here)
    return tuple(_find(text, one) for one in _consistent(held))


def _of_sentence(article: list[Said], place: int, cast: Cast) -> list[Held]:
    said = article[place]
    scene = _scene(article, place, cast)
    cues = Cues(scene)
    return [held for mention in said.issues for held in _of_mention(said, scene, cues, mention)]


def _scene(article: list[Said], place: int, cast: Cast) -> Scene:
    said = article[place]
    before = tuple(one.mentions for one in reversed(article[max(0, place - 3) : place]))
    assert said.doc is not None
    return Scene(said.sentence, said.doc, said.mentions, cast, before, said.speaker)


def _of_mention(said: Said, scene: Scene, cues: Cues, mention: IssueMention) -> list[Held]:
    span = scene.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return []
    return [
        Held(party, mention.issue, mention.sign * stance.sign, said, stance.confidence)
        for stance in stances(scene, cues, span)
        for party in stance.parties
        if _by_actor(scene, span, mention, party, stance.sign)
    ]


def _by_actor(scene: Scene, span: Span, mention: IssueMention, holder: str, sign: int) -> bool:
    """Whether the party that the issue speaks of is the one to do it."""
    if mention.actor is None:
        return True
    named = _doer(scene, span)
    if named in scene.cast.sides:
        return named == mention.actor
    other = next((side for side in scene.cast.sides if side != holder), None)
    return mention.actor == (other if sign > 0 else holder)


def _doer(scene: Scene, span: Span) -> str | None:
    """The party that does what the words say: their subject, their owner or who is named in them."""
    root = span.root
    for token in (root, *root.ancestors):
        for child in token.children:
            if child.dep_ in {"nsubj", "nsubjpass", "poss", "dobj"} and child.i < span.end:
                if found := scene.parties(child) or scene.owner(child):
                    return found[0]
        if token.pos_ == "VERB" and token is not root:
            break
    inside = (scene.by_token.get(token.i) for token in scene.doc[max(0, span.start - 3) : span.start + 2])
    return next((one.party for one in inside if one), None)


def _blanket(article: list[Said], place: int, cast: Cast, held: list[Held], here: list[Held]) -> list[Held]:
    """Stances on what was named before: "these demands were rejected by ...", "wants the opposite"."""
    said = article[place]
    text = said.sentence.text
    opposite = pattern("stance", "opposite").search(text)
    refusal = pattern("stance", "refuse").search(text)
    pointing = pattern("anaphora").search(text)
    if said.doc is None or not (opposite or (refusal and pointing)):
        return []
    scene = _scene(article, place, cast)
    parties = _refusing(scene, refusal or opposite)
    near = here if here and re.search(r"\b(?:which|that|other|all)\b", text) else _just_before(article, place, held)
    return [
        Held(party, one.issue, -one.sign, said, 0.6)
        for party in parties
        for one in near
        if party != one.party and (opposite or one.sign > 0) and one.said.sentence.block >= said.sentence.block - 1
    ]


def _just_before(article: list[Said], place: int, held: list[Held]) -> list[Held]:
    for back in (1, 2):
        if place >= back and (found := [one for one in held if one.said is article[place - back]]):
            return found
    return []


def _refusing(scene: Scene, cue: re.Match[str] | None) -> tuple[str, ...]:
    if cue is None:
        return ()
    span = scene.doc.char_span(cue.start(), cue.end(), alignment_mode="expand")
    node = span.root if span is not None else None
    while node is not None:
        for child in node.children:
            if child.dep_ in {"nsubj"} and (found := scene.parties(child)):
                return tuple(party for party in found if not party.startswith("-"))
            if child.dep_ in {"agent", "prep"} and child.lower_ == "by":
                found = sum((scene.parties(part) for part in child.children), ())
                if found:
                    return tuple(party for party in found if not party.startswith("-"))
        node = node.head if node.head.i != node.i else None
    return ()


def _consistent(held: Iterable[Held]) -> list[Held]:
    """The best of each stance; of two opposite ones the surer, or both if both are sure."""
    best: dict[tuple[str, str, int], Held] = {}
    for one in held:
        if one.key not in best or one.confidence > best[one.key].confidence:
            best[one.key] = one
    return [one for one in best.values() if _stands(one, best.get((one.party, one.issue, -one.sign)))]


def _stands(one: Held, against: Held | None) -> bool:
    if against is None or one.confidence > against.confidence:
        return True
    return min(one.confidence, against.confidence) >= CERTAIN and one.said is not against.said


def _find(text: str, one: Held) -> DemandFind:
    sentence = one.said.sentence
    condition = CONDITION.search(sentence.text)
    stance: Stance = "for" if one.sign > 0 else "against"
    return DemandFind(
        party=one.party,
        issue=one.issue,
        stance=stance,
        condition=condition[0].strip().rstrip('",') if condition else None,
        quote=Quote.of(text, sentence.start, sentence.end),
        confidence=one.confidence,
    )


def with_speakers(article: list[Said]) -> list[Said]:
    """The article with the speaker of each quotation that does not name its own."""
    speaking: list[Said] = []
    for said in article:
        before = speaking[-1] if speaking else None
        speaking.append(replace(said, speaker=_speaker(said, before)))
    for place, (said, after) in enumerate(pairwise(speaking)):
        if _opens_quote(said) and not said.speaker and after.sentence.block == said.sentence.block:
            speaking[place] = replace(said, speaker=_named_speaker(after))
    return speaking


def _speaker(said: Said, before: Said | None) -> tuple[str, ...]:
    if found := _named_speaker(said):
        return found
    if before is not None and before.sentence.block == said.sentence.block and _opens_quote(said):
        return before.speaker
    return ()


def _opens_quote(said: Said) -> bool:
    return said.sentence.text.startswith('"') or '"' in said.sentence.text[-3:] or not said.mentions


def _named_speaker(said: Said) -> tuple[str, ...]:
    text = said.sentence.text
    for mention in said.mentions:
        if text[: mention.start].count('"') % 2 == 0 and mention.kind != "demonym":
            if pattern("speech").search(text[max(0, mention.start - 30) : mention.end + 60]):
                return (mention.party,)
    return ()
