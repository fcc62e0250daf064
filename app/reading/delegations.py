"""Who sat there: heads, sizes and members of delegations."""

import re
from dataclasses import dataclass
from datetime import date

from app.reading.idioms import pattern
from app.reading.mentions import Cast, Mention
from app.reading.reading import DelegationFind, MemberFind, Quote
from app.reading.rounds import Talks, main_round, round_of
from app.reading.said import Said

NUMBERS = {
    name: number
    for number, name in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=1,
    )
}
CLAUSE = re.compile(r"[;–]|, (?:while|but|and the|whereas)\b|\bwhile\b")


@dataclass(frozen=True)
class Lead:
    """A person said to lead a party's delegation."""

    person: Mention
    party: str
    said: Said
    confidence: float


def delegations(
    text: str, article: list[Said], found: tuple[Talks, ...], published: date | None, cast: Cast
) -> tuple[DelegationFind, ...]:
    """The delegations of an article, one a party and round, the first mention's words as quote."""
    leads: dict[tuple[str, str | None], Lead] = {}
    for said in article:
        for lead in _leads(said, cast):
            leads.setdefault((lead.party, lead.person.person), lead)
    main = main_round(found, published)
    return tuple(_find(text, lead, article, found, published, main, cast) for lead in leads.values())


def _find(
    text: str,
    lead: Lead,
    article: list[Said],
    found: tuple[Talks, ...],
    published: date | None,
    main: str | None,
    cast: Cast,
) -> DelegationFind:
    sentence = lead.said.sentence
    name = lead.person.person or ""
    return DelegationFind(
        party=lead.party,
        round=round_of(sentence.text, found, published, cast) or main,
        head=MemberFind(name=name, office=cast.offices.get(name)),
        size=_size(lead, article, cast),
        members=tuple(MemberFind(name=one, office=cast.offices.get(one)) for one in _members(lead)),
        quote=Quote.of(text, sentence.start, sentence.end),
        confidence=lead.confidence,
    )


def _leads(said: Said, cast: Cast) -> list[Lead]:
    text = said.sentence.text
    people = [mention for mention in said.mentions if mention.kind == "person"]
    if not people:
        return []
    found: list[Lead] = []
    for cue in pattern("delegations", "led_by").finditer(text):
        after = [one for one in people if 0 <= one.start - cue.end() <= 80]
        if after and _names_delegation(text[max(0, cue.start() - 120) : cue.start()], pattern("delegations", "groups")):
            found.append(Lead(after[0], _party(said, cue.start(), after[0], cast), said, 0.85))
    for cue in pattern("delegations", "leads").finditer(text):
        before = [one for one in people if one.end <= cue.start() and cue.start() - one.end <= 90]
        group = pattern("delegations", "groups").search(text[cue.start() : cue.end() + 60])
        if before and group:
            found.append(Lead(before[-1], before[-1].party, said, 0.85))
    for cue in pattern("delegations", "titles").finditer(text):
        if person := _nearest(people, cue.start(), cue.end(), text):
            found.append(Lead(person, person.party, said, 0.8))
    met = _met(said, people, cast)
    return [*found, *([met] if met else [])]


def _names_delegation(text: str, group: re.Pattern[str]) -> bool:
    return group.search(text) is not None


def _party(said: Said, before: int, person: Mention, cast: Cast) -> str:
    named = [one for one in said.mentions if one.end <= before and before - one.end <= 60 and one.kind != "person"]
    if named and person.party not in {one.party for one in named} and person.party not in cast.sides:
        return named[-1].party
    return person.party


def _nearest(people: list[Mention], start: int, end: int, text: str) -> Mention | None:
    """The person in apposition to a title: right after it, or before it by a comma or a verb."""
    after = [one for one in people if 0 <= one.start - end <= 40 and not CLAUSE.search(text[end : one.start])]
    before = [one for one in people if 0 <= start - one.end <= 60 and not CLAUSE.search(text[one.end : start])]
    if after and re.fullmatch(r"[\s,:(]*(?:is |was |will be |remains )?(?:[\w' -]{0,30})?", text[end : after[0].start]):
        return after[0]
    return before[-1] if before else (after[0] if after else None)


def _met(said: Said, people: list[Mention], cast: Cast) -> Lead | None:
    """Who met the other side with named companions: "X met with Y, accompanied by Z"."""
    text = said.sentence.text
    met = pattern("delegations", "met").search(text)
    companions = pattern("delegations", "companions").search(text)
    if not met or not companions or met.start() > companions.start():
        return None
    host = [one for one in people if one.end <= met.start()]
    joined = [one for one in people if one.start >= companions.end() and host and one.party == host[-1].party]
    return Lead(host[-1], host[-1].party, said, 0.6) if joined else None


def _size(lead: Lead, article: list[Said], cast: Cast) -> int | None:
    for said in (lead.said, *article):
        for found in pattern("delegations", "size").finditer(said.sentence.text):
            if lead.party in _parties_near(said, found.start(), cast) or said is lead.said:
                return _number(found[0])
    return None


def _parties_near(said: Said, at: int, cast: Cast) -> set[str]:
    before = [one for one in said.mentions if one.start <= at + 60]
    return {before[-1].party} if before else set()


def _number(written: str) -> int | None:
    """The first number in some words, in digits or spelled out."""
    values = (int(word) if word.isdigit() else NUMBERS.get(word) for word in re.findall(r"\d+|[a-z]+", written.lower()))
    return next((value for value in values if value), None)


def _members(lead: Lead) -> tuple[str, ...]:
    text = lead.said.sentence.text
    companions = pattern("delegations", "companions").search(text)
    if not companions:
        return ()
    named = (
        one.person
        for one in lead.said.mentions
        if one.person and one.start >= companions.end() and one.party == lead.party and one.person != lead.person.person
    )
    return tuple(dict.fromkeys(named))
