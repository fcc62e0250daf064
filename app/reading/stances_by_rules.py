"""What the parties want, by rules: an issue's words, and the grammar that leads from them to who holds a stance."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Span, Token

from app.reading.cues import Cues
from app.reading.idioms import pattern
from app.reading.issues import IssueMention
from app.reading.mentions import Cast
from app.reading.said import Said, foremost
from app.reading.speakers import ANALYST, Scene
from app.reading.stances import stances

OBJECTS = {"dobj", "nsubjpass", "nsubj", "pobj"}
CERTAIN = 0.65
"""Of two opposite stances of one party, both stay only when each is at least this sure."""


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


def held_by_rules(article: list[Said], cast: Cast) -> list[Held]:
    """The stances that rules find in an article, each once."""
    held: list[Held] = []
    for place, said in enumerate(article):
        here = _of_sentence(article, place, cast) if said.doc is not None else []
        held += here
        held += _blanket(article, place, cast, held, here)
    return _consistent(held)


def _of_sentence(article: list[Said], place: int, cast: Cast) -> list[Held]:
    said = article[place]
    scene = _scene(article, place, cast)
    named = (scene.doc.char_span(one.start, one.end, alignment_mode="expand") for one in said.issues)
    cues = Cues(scene, named=frozenset(token.i for span in named if span for token in span))
    return [held for mention in said.issues for held in _of_mention(said, scene, cues, mention)]


def _scene(article: list[Said], place: int, cast: Cast) -> Scene:
    said = article[place]
    before = tuple(foremost(one) for one in reversed(article[max(0, place - 3) : place]))
    assert said.doc is not None
    return Scene(said.sentence, said.doc, said.mentions, cast, before, said.speaker, said.quoted, said.topic)


def _of_mention(said: Said, scene: Scene, cues: Cues, mention: IssueMention) -> list[Held]:
    span = scene.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return []
    return [
        Held(party, mention.issue, mention.sign * stance.sign, said, stance.confidence)
        for stance in stances(scene, cues, span, threat=mention.threat)
        for party in stance.parties
        if (not mention.from_sides or party in scene.cast.sides) and _by_actor(scene, span, mention, party, stance.sign)
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
        for child in _doers(token, span):
            named = scene.by_token.get(child.i)
            if found := (named.party,) if named else scene.parties(child) or scene.owner(child):
                return found[0]
        if token.pos_ == "VERB" and token is not root:
            break
    inside = (scene.by_token.get(token.i) for token in scene.doc[max(0, span.start - 3) : span.start + 2])
    return next((one.party for one in inside if one), None)


def _doers(token: Token, span: Span) -> list[Token]:
    """Words that can name who does what a word says, the likeliest first."""
    own = [child for child in token.children if child.dep_ in {"nsubj", "nsubjpass", "poss", "compound", "amod"}]
    moved = [part for child in token.children if child.lower_ in {"of", "by"} for part in child.children]
    objects = [child for child in token.children if child.dep_ == "dobj" and (token in span or child.i < span.start)]
    return [*own, *moved, *objects] if token in span else [*objects, *own]


def _blanket(article: list[Said], place: int, cast: Cast, held: list[Held], here: list[Held]) -> list[Held]:
    """Stances on what was named before: "these demands were rejected by ...", "wants the opposite"."""
    said = article[place]
    if said.doc is None:
        return []
    scene = _scene(article, place, cast)
    opposite = pattern("stance", "opposite").search(said.sentence.text)
    if opposite and (span := said.doc.char_span(opposite.start(), opposite.end(), alignment_mode="expand")):
        return _answers(said, _over(scene, span.root), [*here, *_just_before(article, place, held)], -1)
    answers: list[Held] = []
    for sign, words in ((-1, "refuse"), (1, "accept")):
        for token in _answering(scene, words):
            near = here if _in_relative_clause(token) else _just_before(article, place, held)
            wanted = [one for one in near if one.sign > 0]
            denied = any(child.dep_ == "neg" or child.lower_ == "never" for child in token.children)
            answers += _answers(said, _over(scene, token), wanted, -sign if denied else sign)
    return answers


def _answers(said: Said, parties: tuple[str, ...], near: list[Held], sign: int) -> list[Held]:
    return [
        Held(party, one.issue, sign * one.sign, said, 0.6)
        for party in dict.fromkeys(parties)
        for one in near
        if party != one.party
    ]


def _just_before(article: list[Said], place: int, held: list[Held]) -> list[Held]:
    """What was held in the nearest sentence before that held anything, in this paragraph or the one before."""
    block = article[place].sentence.block
    for back in range(1, min(place, 3) + 1):
        said = article[place - back]
        if said.sentence.block < block - 1:
            break
        if found := [one for one in held if one.said is said]:
            return found
    return []


def _answering(scene: Scene, words: str) -> list[Token]:
    """The words that refuse or accept something that was named before."""
    found = (one.span() for one in pattern("stance", words).finditer(scene.sentence.text))
    spans = [scene.doc.char_span(start, end, alignment_mode="expand") for start, end in found]
    return [span.root for span in spans if span is not None and _answers_before(scene, span.root)]


def _answers_before(scene: Scene, token: Token) -> bool:
    if token.dep_ == "advcl" or any(one.dep_ == "advcl" for one in token.ancestors):
        return False
    if _in_relative_clause(token):
        return True
    parts = [*token.children]
    node = token
    while node.pos_ != "VERB" and node.head.i != node.i:
        node = node.head
        parts += node.children
    parts += [one for child in parts if child.dep_ == "prep" for one in child.children]
    meant = OBJECTS - {"nsubj"} if token.pos_ == "VERB" else OBJECTS
    return any(part.dep_ in meant and _points_back(scene, part) for part in parts)


def _in_relative_clause(token: Token) -> bool:
    node = token
    while node.dep_ in {"ccomp", "xcomp"} and node.head.i != node.i:
        node = node.head
    pointed = any(child.lower_ in {"which", "that"} for child in token.children)
    return node.dep_ == "relcl" and (pointed or pattern("artifacts").fullmatch(node.head.text) is not None)


def _points_back(scene: Scene, part: Token) -> bool:
    words = scene.doc[part.left_edge.i : part.i + 1].text
    return pattern("anaphora").fullmatch(words) is not None


def _over(scene: Scene, token: Token) -> tuple[str, ...]:
    """The parties that refuse: the agent or subject of the word or of the verb over it."""
    node: Token | None = token
    while node is not None:
        for child in node.children:
            parts = [child] if child.dep_ == "nsubj" else []
            if child.dep_ in {"agent", "prep"} and child.lower_ in {"by", "for", "to"}:
                parts = [*child.children]
            found = tuple(party for part in parts for party in scene.parties(part) if party != ANALYST)
            if found:
                return found
        node = node.head if node.head.i != node.i and node.dep_ not in {"ROOT"} else None
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
