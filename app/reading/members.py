"""Who sat beside the head of a delegation, as far as a sentence says who sat there."""

import re
from collections.abc import Iterator

from app.reading.idioms import idioms, pattern
from app.reading.mentions import PERSON, Cast, Mention
from app.reading.phrases import expression
from app.reading.said import Said, speaks

CLAUSE_ENDS = re.compile(
    r"[;.]|, (?:while|but|whereas)\b|\bwhile\b|\b(?:said|says|told|according to)\b|\b(?:led|headed) by\b"
)
GOES_ON = re.compile(
    r"(?:It|They|Its members|Other members|With (?:him|her|them)"
    r"|(?:The|His|Her|Their) (?:delegation|team|group|mission))\b"
)
TITLED = re.compile(rf"\b(?:{'|'.join(f'(?i:{expression(word)})' for word in idioms().agents)}) (?P<person>{PERSON})")
OWNED = 45
"""So close before the word "delegation" stands whose it is, in characters."""


def members(head: str, party: str, sentence: Said, article: list[Said], cast: Cast) -> tuple[str, ...]:
    """The members of a party's delegation beside its head, in the order in which they are named.

    They come from the ``sentence`` that names the head, the one that goes on about the delegation, and others that
    say whom that party's delegation includes.
    """
    place = next(number for number, said in enumerate(article) if said is sentence)
    following = article[place + 1 : place + 2]
    near = [sentence, *(said for said in following if _goes_on(said, sentence))]
    others = [said for said in article if all(said is not one for one in near) and _is_of(said, party)]
    named = (person for said in (*near, *others) for person in _named(said, party, cast))
    return tuple(dict.fromkeys(person for person in named if person != head))


def _goes_on(said: Said, before: Said) -> bool:
    return said.sentence.block == before.sentence.block and GOES_ON.match(said.sentence.text) is not None


def _is_of(said: Said, party: str) -> bool:
    """Whether a sentence tells whom a party's delegation includes: "Ruritania's team includes X"."""
    companions = pattern("delegations", "companions").search(said.sentence.text)
    group = pattern("delegations", "groups").search(said.sentence.text)
    if not companions or not group or not 0 <= companions.start() - group.end() <= OWNED:
        return False
    owners = [one for one in said.mentions if one.end <= group.start() <= one.end + OWNED]
    return bool(owners) and owners[-1].party == party


def _named(said: Said, party: str, cast: Cast) -> Iterator[str]:
    text = said.sentence.text
    for cue in pattern("delegations", "companions").finditer(text):
        stop = CLAUSE_ENDS.search(text, cue.end())
        end = stop.start() if stop else len(text)
        known = [one for one in said.mentions if one.person and cue.end() <= one.start < end]
        listed = [(one.start, str(one.person)) for one in known if _may_sit(one, said, party, cast)]
        if {one.party for one in said.mentions} <= {party}:
            listed += _unknown(text, cue.end(), end, known)
        yield from (person for _, person in sorted(listed))


def _may_sit(one: Mention, said: Said, party: str, cast: Cast) -> bool:
    """Whether a person named in the list is one of the party who neither speaks there nor presides over a state."""
    presides = (cast.offices.get(str(one.person)) or "").casefold() == "president"
    return one.party == party and not presides and not speaks(said.sentence.text, one)


def _unknown(text: str, start: int, end: int, known: list[Mention]) -> list[tuple[int, str]]:
    """Names behind a title that no vocabulary knows: "deputy minister X"."""
    found = [(one.start("person"), one["person"].removesuffix("'s")) for one in TITLED.finditer(text, start, end)]
    return [(at, name) for at, name in found if not any(at < one.end and one.start < at + len(name) for one in known)]
