"""Which words of a sentence show wanting, refusing, undoing, obligation or doubt."""

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Token

from app.reading.idioms import pattern
from app.reading.speakers import Scene

Effect = Literal["want", "refuse", "undo", "must", "unsettled", "threat", "price"]
EFFECTS: tuple[Effect, ...] = ("want", "refuse", "undo", "must", "unsettled", "threat", "price")
HELPERS = {"aux", "auxpass", "neg", "acomp", "attr", "oprd", "prt", "advmod", "prep", "dobj"}
MODIFIERS = {"compound", "amod", "nmod"}
VIEWS = {"consider", "see", "view", "deem", "regard", "call", "describe", "say", "insist", "find"}


@dataclass
class Cues:
    """Which words of a sentence show wanting, refusing, undoing, obligation or doubt."""

    scene: Scene
    at: dict[int, list[Effect]] = field(default_factory=dict)
    named: frozenset[int] = frozenset()
    """Words that name an issue: "limits" in "limits on the army" undoes nothing."""
    inside: set[int] = field(default_factory=set)
    """Words after the first of each cue, whose negation the cue already counts."""

    def __post_init__(self) -> None:
        text = self.scene.sentence.text
        void = [found.span() for found in pattern("stance", "void").finditer(text)]
        for effect in EFFECTS:
            for found in pattern("stance", effect).finditer(text):
                span = self.scene.doc.char_span(found.start(), found.end(), alignment_mode="expand")
                if span is not None and not any(found.start() < end and start < found.end() for start, end in void):
                    self.at.setdefault(span.root.i, []).append(effect)
                    self.inside |= {token.i for token in span} if effect in {"refuse", "undo"} else set()

    def of(self, token: Token, spoken: set[int], before: int = 0, *, joined: bool = False) -> list[Effect]:
        """Effects of a word and of the small words that complete it, but for those already counted.

        A noun also counts that announces a list after a colon, which begins ``before`` that word. Where the words
        were ``joined`` to another by "and", what modifies that other one does not touch them.
        """
        parts = [token, *(child for child in token.children if self._completes(token, child, before))]
        parts = [part for part in parts if not (joined and part.dep_ in MODIFIERS)]
        if token.lemma_ in VIEWS:
            parts += [part for child in token.children if child.lower_ == "as" for part in child.children]
        if token.dep_ in {"pcomp", "pobj"} and "undo" in self.at.get(token.head.i, []):
            parts.append(token.head)
        found: list[Effect] = []
        for part in parts:
            if part.i not in spoken:
                spoken.add(part.i)
                found += [effect for effect in self.at.get(part.i, []) if effect != "undo" or part.i not in self.named]
        return found

    def _completes(self, token: Token, child: Token, before: int) -> bool:
        if child.dep_ not in HELPERS | MODIFIERS:
            return False
        if child.pos_ == "NOUN" and child.i < before and ":" in self.scene.doc[child.i : before].text:
            return True
        if child.dep_ in MODIFIERS:
            return child.i < token.i and "undo" in self.at.get(child.i, [])
        if child.dep_ in {"dobj", "prep", "attr"}:
            return token.lemma_ in {"be", "remain", "stay", "become", "have", "call", "describe", "consider", "express"}
        return True
