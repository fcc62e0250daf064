"""The format of talks, by who takes part: the sides alone, with a mediator, or a mediator with one side."""

import re

from app.reading.idioms import pattern
from app.reading.mentions import Cast, Mention
from app.reading.ordinals import ordinals
from app.reading.reading import RoundFormat
from app.reading.said import Said

PURPOSE = re.compile(
    r"\b(?:to (?:discuss|end|negotiate|resume|try|find|stop|halt|resolve)|aimed at|about|over"
    r"|on (?:a|the|ending|how|peace)|war)\b"
)
TALKS = re.compile(r"\b(?:talks|negotiat\w+|round|consultations)\b", re.IGNORECASE)


HOSTING = re.compile(r"\b(?:in|at|near)(?: the)?(?: \w+ern)? $")
VENUE = re.compile(r"(?:'s)? (?:\w+ )?(?:capital|city|resort|port|town|embassy|mission)\b")
TELLS = re.compile(r"(?:'s)?(?: [\w-]+){0,4} (?:said|says|announced|reported|confirmed|told|added)\b")
NEAR = 45
"""So near the words for talks stand an ally and the side that it meets, in characters."""


def has_parties(said: Said, cast: Cast, *, resumed: bool) -> bool:
    """Whether a sentence about talks says who meets, or words that leave no doubt; ``resumed`` if "they" is known."""
    text = said.sentence.text
    parties = {mention.party for mention in said.mentions}
    sides = set(cast.sides)
    if sides <= parties or pattern("both_sides").search(text):
        return True
    if pattern("talks", "together").search(text):
        return True
    if ordinals(text) or TALKS.search(text) or pattern("delegations", "groups").search(text):
        return True
    if (resumed or parties & sides) and pattern("talks", "again").search(text):
        return True
    if pattern("talks", "results").search(text) and cast.places(text):
        return True
    return bool(parties & sides) and len(parties) > 1


def participants(said: Said) -> list[Mention]:
    """The mentions of a sentence that are not just where talks are: "in Turkey", "the Turkish capital"."""
    text = said.sentence.text
    return [
        one
        for one in said.mentions
        if not _tells(text, one)
        and (
            one.kind == "person"
            or not (HOSTING.search(text[max(0, one.start - 25) : one.start]) or VENUE.match(text, one.end))
        )
    ]


def _tells(text: str, one: Mention) -> bool:
    """Whether a party is only the source: "..., the Ruritanian ministry announced", "according to Ruritania"."""
    before = text[max(0, one.start - 30) : one.start]
    if re.search(r"\baccording to (?:the |an? )?(?:\w+ )?$", before):
        return True
    closing = re.search(r", (?:the |an? )?$", before)
    return closing is not None and TELLS.match(text, one.end) is not None


def format_of(
    said: Said, start: int, cast: Cast, *, resumed: bool = False, part: tuple[int, int] | None = None
) -> RoundFormat | None:
    """The format of talks named at ``start`` of a sentence; None where they are no round, as an ally's plain visit.

    Of a sentence about several talks only a ``part`` counts, if it names anyone.
    """
    text = said.sentence.text
    sides = set(cast.sides)
    purpose = PURPOSE.search(text, start)
    upto = purpose.start() if purpose else len(text)
    there = participants(said)
    if part and (inside := [one for one in there if part[0] <= one.start < part[1]]):
        there = inside
    parties = {mention.party for mention in there if mention.start < upto}
    ours, others = parties & sides, parties - sides
    mediated = pattern("talks", "mediated").search(text) is not None or _sat_together(said, cast)
    if sides <= parties or (pattern("both_sides").search(text) and not (part and ours)):
        return "mediated" if mediated else "direct"
    if ours and others:
        near = {one.party for one in there if one.start - start <= NEAR and start - one.end <= NEAR}
        return _with_one(text, near if ours & near else set(), others, cast, mediated=mediated)
    if others or (len({one.party for one in there}) > 1 and not ours):
        if resumed and pattern("talks", "again").search(text):
            return "consultation" if others & set(cast.mediators) and not mediated else "mediated"
        return "mediated" if (mediated or ordinals(text)) and TALKS.search(text) else None
    return "mediated" if mediated else "direct"


def _with_one(text: str, near: set[str], others: set[str], cast: Cast, *, mediated: bool) -> RoundFormat | None:
    """The format where one side is named and another party that is not the other side."""
    if pattern("talks", "together").search(text):
        return "mediated"
    if others & set(cast.mediators):
        return "consultation"
    if TALKS.search(text):
        return "mediated" if mediated else "consultation"
    return "consultation" if near & others and pattern("talks", "peace").search(text) else None


def _sat_together(said: Said, cast: Cast) -> bool:
    """Whether both sides and a mediator are named in one list: "envoys from A, B and C"."""
    names = said.mentions
    text = said.sentence.text
    for first, second, third in zip(names, names[1:], names[2:], strict=False):
        between = text[first.end : second.start] + text[second.end : third.start]
        listed = re.fullmatch(r"(?:[\s,.]|and|the|with|[A-Za-z]+ (?:and|,) )*", between) if len(between) < 80 else None
        if listed and {*cast.sides} < {first.party, second.party, third.party}:
            return True
    return False
