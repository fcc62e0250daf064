"""A sentence with the people and the delegations in it, as those who look for heads of delegations see it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.reading.idioms import pattern
from app.reading.mentions import Mention
from app.reading.said import Said

CLAUSE = re.compile(r"[;–]|, (?:while|but|and the|whereas)\b|\bwhile\b")
OWNED = 60
"""How far before the word for a delegation its party may be named, in characters."""


@dataclass(frozen=True)
class Lead:
    """A person said to lead a party's delegation."""

    person: str
    party: str
    said: Said
    confidence: float


@dataclass(frozen=True)
class Scene:
    """A sentence with the people that it names, those whom nothing introduced too (of no party)."""

    said: Said
    people: tuple[Mention, ...]
    before: Said | None

    @property
    def text(self) -> str:
        return self.said.sentence.text

    def after(self, at: int, reach: int) -> list[Mention]:
        """The people named within ``reach`` behind an offset, in the same clause, nobody's owner."""
        near = (one for one in self.people if 0 <= one.start - at <= reach)
        return [one for one in near if not CLAUSE.search(self.text[at : one.start]) and not self.owns(one)]

    def owns(self, one: Mention) -> bool:
        return self.text.startswith("'s", one.end)

    def owner(self, at: int, end: int) -> str | None:
        """The party of the delegation at ``text[at:end]``: named before it or behind it, or what is spoken of."""
        named = self.said.mentions
        before = [one for one in named if one.end <= end and one.start >= at - OWNED and one.kind != "person"]
        behind = [one for one in named if re.fullmatch(r" (?:of|from|for) (?:the )?", self.text[end : one.start])]
        if found := (before[-1:] or behind[:1]):
            return found[0].party
        people = [one for one in named if one.end <= at and one.start >= at - OWNED]
        return people[-1].party if people else self.said.topic

    def groups(self, start: int, end: int) -> list[re.Match[str]]:
        """Words for delegations between two offsets, of negotiators only."""
        found = pattern("delegations", "groups").finditer(self.text, max(0, start), end)
        others = [one.span() for one in pattern("delegations", "not_groups").finditer(self.text)]
        return [one for one in found if not any(begin <= one.start() < stop for begin, stop in others)]

    def lead(self, one: Mention, party: str | None, confidence: float) -> Iterator[Lead]:
        if whose := one.party or party:
            yield Lead(str(one.person), whose, self.said, confidence)
