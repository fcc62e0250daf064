"""Who speaks: which parties a word of a sentence stands for."""

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from app.reading.idioms import pattern
from app.reading.language import Sentence
from app.reading.mentions import Cast, Mention

Parties = tuple[str, ...]
ANALYST = "-analyst-"
"""Stands for speakers who are nobody's voice."""

SINGULAR = {"he", "she", "his", "her", "him", "i", "my"}
NEUTRAL = {"it", "its"}
PLURAL = {"they", "their", "them"}
SPEAKERS_OWN = {"we", "our", "us", "ours", "i", "my"}
MODIFIERS = {"amod", "compound", "poss", "nmod", "appos"}


@dataclass
class Scene:
    """One sentence with its parse, its mentions and what was said before it."""

    sentence: Sentence
    doc: Doc
    mentions: tuple[Mention, ...]
    cast: Cast
    before: tuple[tuple[Mention, ...], ...] = ()
    """Mentions of the sentences before, the nearest first."""
    speaker: Parties = ()
    """Who speaks where the sentence is a quotation without its speaker."""
    quoted: bool = False
    """Whether the sentence begins inside a quotation."""
    topic: str | None = None
    """The party that the text speaks of when the sentence begins."""
    by_token: dict[int, Mention] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for mention in self.mentions:
            span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            self.by_token.update({token.i: mention for token in span or ()})

    def parties(self, token: Token | None, depth: int = 0) -> Parties:
        """The parties that a word and what modifies it stand for; empty if none or unclear."""
        if token is None or depth > 4:
            return ()
        own = self._own(token, depth)
        if own == (ANALYST,):
            return own
        joined = [self.parties(child, depth + 1) for child in token.children if child.dep_ == "conj"]
        found = [party for party in own + sum(joined, ()) if party != ANALYST]
        return tuple(dict.fromkeys(found))

    def _own(self, token: Token, depth: int) -> Parties:
        if (mention := self.by_token.get(token.i)) and (mention.kind != "demonym" or token.pos_ in {"NOUN", "PROPN"}):
            return (mention.party,)
        if self._matches(token, "both_sides") or self._matches(token, "neither_side"):
            return self.cast.sides
        if token.lower_ in {"both", "neither"}:
            return self.cast.sides
        if self._is(token, "analysts"):
            return (ANALYST,)
        if token.pos_ == "PRON" or token.lower_ in SINGULAR | NEUTRAL | PLURAL | SPEAKERS_OWN:
            return self._pronoun(token, depth)
        if self._is(token, "agents") or self._is(token, "artifacts"):
            return self.owner(token, depth) or self._known(token)
        return self._beside(token)

    def _beside(self, token: Token) -> Parties:
        """The party in "Ruritania and its allies", whose last noun is no party itself."""
        for child in token.children:
            mention = self.by_token.get(child.i)
            joined = any(part.dep_ == "cc" for part in child.children)
            if mention and mention.kind != "demonym" and child.dep_ in MODIFIERS and joined:
                return (mention.party,)
        return ()

    def _known(self, token: Token) -> Parties:
        """The party of "the document" or "the delegation" at the head of a sentence that goes on about one."""
        definite = any(child.lower_ in {"the", "this", "that"} for child in token.children if child.dep_ == "det")
        return (self.topic,) if definite and token.i <= 3 and self.topic and not self._is(token, "agents") else ()

    def owner(self, token: Token, depth: int = 0) -> Parties:
        """The parties that a noun is of: "the Ruritanian side", "its demand", "the delegation of Ruritania"."""
        for child in token.children:
            if child.dep_ in MODIFIERS and (mention := self.by_token.get(child.i)):
                return (mention.party,)
            if child.dep_ == "poss" and (found := self.parties(child, depth + 1)):
                return found
        for child in token.children:
            if child.dep_ in {"prep", "agent"} and child.lower_ in {"of", "from", "by", "in", "for", "to"}:
                for part in child.children:
                    if part.dep_ == "pobj" and (found := self.parties(part, depth + 1)):
                        return found
            if child.dep_ == "relcl" and (found := self._maker(child, depth)):
                return found
            if child.dep_ == "acl" and (found := self.owner(child, depth + 1)):
                return found
        return ()

    def _maker(self, clause: Token, depth: int) -> Parties:
        """The party of "the plan that Ruritania drafted"."""
        subject = next((child for child in clause.children if child.dep_ == "nsubj"), None)
        return self.parties(subject, depth + 1) if subject is not None and subject.pos_ != "PRON" else ()

    def _pronoun(self, token: Token, depth: int) -> Parties:
        word = token.lower_
        if token.tag_ in {"WDT", "WP", "WP$"} or (word == "that" and token.head.dep_ == "relcl"):
            clause = next((one for one in token.ancestors if one.dep_ == "relcl"), None)
            return self.parties(clause.head, depth + 1) if clause is not None else ()
        if word in SPEAKERS_OWN and self.in_quotes(token):
            return self.speaker_of_quote()
        if (sayer := _sayer(token)) is not None and (said := self.parties(sayer, depth + 1)):
            return said
        if word in SINGULAR:
            return self._earlier(token, {"person"})
        if word in NEUTRAL:
            return self._earlier(token, {"name", "capital", "metonym"}) or self._earlier(token, {"demonym"})
        if word in PLURAL:
            return self._plural(token)
        return ()

    def _earlier(self, token: Token, kinds: set[str]) -> Parties:
        here = [one for one in self.mentions if one.end <= token.idx and one.kind in kinds]
        if token.i <= 2 and self.topic and "person" not in kinds:
            return (self.topic,)
        for said in (here, *self.before[:3]):
            fit = [one for one in said if one.kind in kinds]
            if fit:
                return (fit[0].party,)
        return ()

    def _plural(self, token: Token) -> Parties:
        here = [one for one in self.mentions if one.end <= token.idx]
        if pattern("both_sides").search(self.sentence.text[: token.idx]):
            return self.cast.sides
        for said in (here, *self.before[:1]):
            if {one.party for one in said} >= set(self.cast.sides) and len(here) != 1:
                return self.cast.sides
            if said:
                return (said[0].party,)
        return ()

    def in_quotes(self, token: Token) -> bool:
        """Whether a word stands inside a quotation, as far as the quote marks of its sentence tell."""
        return (self.sentence.text[: token.idx].count('"') % 2 == 1) != self.quoted

    def speaker_of_quote(self) -> Parties:
        """Who says what the sentence quotes, if it quotes."""
        return self.speaker if self.quoted or '"' in self.sentence.text else ()

    def _is(self, token: Token, group: str) -> bool:
        return pattern(group).fullmatch(token.text) is not None

    def _matches(self, token: Token, group: str) -> bool:
        span = self.doc[max(0, token.left_edge.i) : token.i + 1].text
        return pattern(group).fullmatch(span.strip()) is not None


def _sayer(token: Token) -> Token | None:
    """Who says the clause whose subject is a pronoun: "Ruritania says it will not"."""
    if token.dep_ != "nsubj" or token.head.dep_ != "ccomp":
        return None
    subject = next((child for child in token.head.head.children if child.dep_ == "nsubj"), None)
    return subject if subject is not None and subject.pos_ != "PRON" else None
