"""Who sat there: heads, sizes and members of delegations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.reading.idioms import pattern
from app.reading.members import members
from app.reading.mentions import TITLE, Cast, Mention
from app.reading.offices import office_of
from app.reading.reading import DelegationFind, MemberFind, Quote
from app.reading.rounds import main_round, round_of
from app.reading.said import Said
from app.reading.talks import Talks

SPELLED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
NUMBERS = {name: number for number, name in enumerate(SPELLED.split(" "), start=1)}
CLAUSE = re.compile(r"[;–]|, (?:while|but|and the|whereas)\b|\bwhile\b")
CAPITALS = re.compile(r"(?:[A-Z][\w'-]+\.? ){1,7}[A-Z][\w'-]+")
PLURAL = re.compile(r"\b(?:delegations|teams)\b")
ASIDE = re.compile(r", [^,;]{3,60},(?= (?:is|was|will be)\b)")
IT = re.compile(r"\b(?:lead|head|chair)(?:s|ed)? (?:it|them)\b")
WHOSE = re.compile(r"'s (?:[\w-]+ ){0,2}(?:delegation|negotiators|negotiating team)\b")
NUMBER_WORD = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
PARTS = re.compile(
    rf"\b({NUMBER_WORD}) (?:negotiators|officials|members|delegates|diplomats|politicians|representatives) and"
    rf" ({NUMBER_WORD}) (?:experts|advisers|advisors|aides|assistants|officers)\b",
    re.IGNORECASE,
)
GUESS = 0.6
"""How sure it is that "X's delegation" is led by X."""
NEAR = 90
"""How far a person may stand from the words that say they lead, in characters."""


@dataclass(frozen=True)
class Lead:
    """A person said to lead a party's delegation."""

    person: str
    party: str
    said: Said
    confidence: float


def delegations(
    text: str, article: list[Said], found: tuple[Talks, ...], published: date | None, cast: Cast
) -> tuple[DelegationFind, ...]:
    """The delegations of an article, one a head; the first mention's words are the quote."""
    leads: dict[tuple[str, str], Lead] = {}
    for place, said in enumerate(article):
        for lead in _leads(said, article[place - 1] if place else None):
            leads.setdefault((lead.party, lead.person), lead)
    main = main_round(found, published)
    firm = {lead.party for lead in leads.values() if lead.confidence > GUESS}
    sure = (lead for lead in leads.values() if lead.confidence > GUESS or lead.party not in firm)
    return tuple(_find(text, lead, article, _day(lead, found, published, main, cast), cast) for lead in sure)


def _day(lead: Lead, found: tuple[Talks, ...], published: date | None, main: str | None, cast: Cast) -> str | None:
    return round_of(lead.said.sentence.text, found, published, cast) or main


def _find(text: str, lead: Lead, article: list[Said], day: str | None, cast: Cast) -> DelegationFind:
    sentence = lead.said.sentence
    return DelegationFind(
        party=lead.party,
        round=day,
        head=MemberFind(name=lead.person, office=office_of(lead.person, article)),
        size=_size(lead, article),
        members=tuple(
            MemberFind(name=one, office=office_of(one, article))
            for one in members(lead.person, lead.party, lead.said, article, cast)
        ),
        quote=Quote.of(text, sentence.start, sentence.end),
        confidence=lead.confidence,
    )


def _leads(said: Said, before: Said | None) -> Iterator[Lead]:
    people = [mention for mention in said.mentions if mention.kind == "person"]
    yield from _led_by(said, people)
    yield from _leading(said, people)
    yield from _leading_it(said, before, people)
    yield from _owning(said, people)
    yield from _titled(said, people)
    if met := _met(said, people):
        yield met


def _led_by(said: Said, people: list[Mention]) -> Iterator[Lead]:
    """ "The Ruritanian delegation is led by X", "Ruritania was represented by X"."""
    text = said.sentence.text
    for cue in pattern("delegations", "led_by").finditer(text):
        after = [one for one in people if 0 <= one.start - cue.end() <= 2 * NEAR]
        each = all(text.startswith(" for ", one.end) for one in after)
        if each or PLURAL.search(text, max(0, cue.start() - 130), cue.start()):
            several = [*_several(after, said)]
            yield from several
            if several:
                continue
        owner = _owner(said, cue.start(), cue.end())
        after = [one for one in people if 0 <= one.start - cue.end() <= NEAR + 40]
        if owner is None:
            continue
        unknown = _unknown(text[cue.end() : after[0].start if after else cue.end() + NEAR])
        if after and not unknown and not CLAUSE.search(text[cue.end() : after[0].start]):
            yield Lead(str(after[0].person), after[0].party, said, 0.85)
        elif unknown:
            yield Lead(unknown, owner, said, 0.7)


def _several(people: list[Mention], said: Said) -> Iterator[Lead]:
    """ "The delegations were led by X and Y": the first named of each party."""
    first = {one.party: one for one in reversed(people)}
    if len(first) > 1:
        yield from (Lead(str(one.person), one.party, said, 0.8) for one in first.values())


def _owner(said: Said, start: int, end: int) -> str | None:
    """The party whose delegation the words before ``start`` speak of."""
    text = said.sentence.text
    before = [one for one in said.mentions if one.end <= start and start - one.end <= 120 and one.kind != "person"]
    named = pattern("delegations", "groups").search(text, max(0, start - 120), end)
    represented = "represented" in text[start:end]
    if not (named or represented):
        return None
    owning = [one for one in before if named and one.end <= named.start()] or before
    return owning[-1].party if owning else said.topic


def _unknown(text: str) -> str | None:
    """A person whom nothing introduced before, by the capitals of the name behind its titles."""
    found = CAPITALS.search(text)
    if found is None:
        return None
    words = [word for word in found[0].replace("'s", "").split() if not TITLE.fullmatch(word)]
    return " ".join(words[-2:]) if len(words) >= 2 else None


def _leading(said: Said, people: list[Mention]) -> Iterator[Lead]:
    """ "X leads the Ruritanian team", "heading the delegation was X"."""
    text = said.sentence.text
    for cue in pattern("delegations", "leads").finditer(text):
        group = pattern("delegations", "groups").search(text, cue.start(), min(len(text), cue.end() + 60))
        before = [one for one in people if one.end <= cue.start() and cue.start() - one.end <= NEAR]
        after: list[Mention] = []
        if group and not before:
            after = [one for one in people if 0 <= one.start - group.end() <= 60]
        if group and (before or (after and re.match(r" (?:is|was|will be)\b", text[group.end() :]))):
            person = before[-1] if before else after[0]
            yield Lead(str(person.person), person.party, said, 0.85)


def _leading_it(said: Said, before: Said | None, people: list[Mention]) -> Iterator[Lead]:
    """ "X leads it", after a sentence about the delegation of X's party."""
    cue = IT.search(said.sentence.text)
    group = pattern("delegations", "groups").search(before.sentence.text) if before else None
    if cue and before and group:
        heads = [one for one in people if 0 <= cue.start() - one.end <= NEAR]
        if heads and _party_at(before, group.start()) == heads[-1].party:
            yield Lead(str(heads[-1].person), heads[-1].party, said, 0.75)


def _owning(said: Said, people: list[Mention]) -> Iterator[Lead]:
    """ "X's delegation", where X sits at the table."""
    for one in people:
        if WHOSE.match(said.sentence.text, one.end) and said.sentence.text[: one.start].count('"') % 2 == 0:
            yield Lead(str(one.person), one.party, said, GUESS)


def _titled(said: Said, people: list[Mention]) -> Iterator[Lead]:
    for cue in pattern("delegations", "titles").finditer(said.sentence.text):
        if PLURAL.search(cue[0]):
            yield from _several([one for one in people if -NEAR <= one.start - cue.start() <= 2 * NEAR], said)
        elif person := _titleholder(said.sentence.text, people, cue.start(), cue.end()):
            yield Lead(str(person.person), person.party, said, 0.8)


def _titleholder(text: str, people: list[Mention], start: int, end: int) -> Mention | None:
    """The person in apposition to a title: right after it, or before it."""
    if aside := ASIDE.match(text, end):
        end = aside.end()
    after = [one for one in people if 0 <= one.start - end <= 40 and not CLAUSE.search(text[end : one.start])]
    before = [one for one in people if 0 <= start - one.end <= 60 and not CLAUSE.search(text[one.end : start])]
    if after and re.fullmatch(r"[\s,:(]*(?:is |was |will be |remains )?[\w' -]{0,30}", text[end : after[0].start]):
        return after[0]
    return before[-1] if before else (after[0] if after else None)


def _met(said: Said, people: list[Mention]) -> Lead | None:
    """Who met the other side with named companions: "X met with Y, accompanied by Z"."""
    text = said.sentence.text
    met = pattern("delegations", "met").search(text)
    companions = pattern("delegations", "companions").search(text)
    if not met or not companions or met.start() > companions.start():
        return None
    host = [one for one in people if one.end <= met.start()]
    joined = [one for one in people if one.start >= companions.end() and host and one.party == host[-1].party]
    return Lead(str(host[-1].person), host[-1].party, said, 0.6) if joined else None


def _size(lead: Lead, article: list[Said]) -> int | None:
    for said in (lead.said, *article):
        text = said.sentence.text
        for found in pattern("delegations", "size").finditer(text):
            if _party_at(said, found.start()) == lead.party:
                return _number(found[0])
        parts = PARTS.search(text)
        if parts and _party_at(said, parts.start()) == lead.party and pattern("delegations", "groups").search(text):
            return (_number(parts[1]) or 0) + (_number(parts[2]) or 0)
    return None


def _party_at(said: Said, at: int) -> str | None:
    """The party whose delegation stands at an offset: the one named last before it, or else first after."""
    before = [one for one in said.mentions if one.start <= at]
    after = [one for one in said.mentions if one.start > at]
    return before[-1].party if before else (after[0].party if after else said.topic)


def _number(written: str) -> int | None:
    """The first number in some words, in digits or spelled out."""
    values = (int(word) if word.isdigit() else NUMBERS.get(word) for word in re.findall(r"\d+|[a-z]+", written.lower()))
    return next((value for value in values if value), None)
