"""Who sat there: heads, sizes and members of delegations."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.reading.confidence import SILENT, Sureness, logit
from app.reading.idioms import pattern
from app.reading.learned.odds import Odds, Seated
from app.reading.mentions import Cast
from app.reading.offices import office_of
from app.reading.reading import DelegationFind, MemberFind, Quote
from app.reading.said import Said
from app.reading.talks import Talks
from app.reading.which_round import which_round

SPELLED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
NUMBERS = {name: number for number, name in enumerate(SPELLED.split(" "), start=1)}
NUMBER_WORD = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
PARTS = re.compile(
    rf"\b({NUMBER_WORD}) (?:negotiators|officials|members|delegates|diplomats|politicians|representatives) and"
    rf" ({NUMBER_WORD}) (?:experts|advisers|advisors|aides|assistants|officers)\b",
    re.IGNORECASE,
)

HEARD = 0.1
"""Odds under which a sentence seats nobody."""
PLAIN = 0.4
"""Odds from which a person is a member."""
BEFORE = 2
"""Whose delegation it is may be told so many sentences before."""


@dataclass
class Seat:
    """What an article tells of one person in a party's delegation: the odds, and the sentence, of each mention."""

    heads: list[tuple[float, int]] = field(default_factory=list)
    members: list[tuple[float, int]] = field(default_factory=list)

    @property
    def place(self) -> int:
        """The sentence that says most plainly that they lead."""
        return max(self.heads)[1]

    @property
    def features(self) -> dict[str, float]:
        """The numbers from which the confidence in a head is reckoned."""
        odds = sorted((one for one, _ in self.heads), reverse=True)
        return {
            "best": logit(max(odds[:1], default=SILENT)),
            "second": logit(max(odds[1:2], default=SILENT)),
            "member": logit(max((one for one, _ in self.members), default=SILENT)),
        }


def delegations(
    text: str,
    article: list[Said],
    odds: Mapping[int, Odds],
    found: tuple[Talks, ...],
    published: date | None,
    cast: Cast,
    sure: Sureness,
) -> tuple[DelegationFind, ...]:
    """The delegations of an article that are sure enough, one a party and round; the plainest sentence is the quote."""
    seats = seats_of(article, odds)
    days = {place: which_round(place, article, found, published, cast) for place in odds}
    led: dict[tuple[str, str | None], str] = {}
    for (party, person), seat in sorted(seats.items(), key=lambda one: -max(one[1].heads, default=(0.0, 0))[0]):
        if seat.heads:
            led.setdefault((party, days[seat.place]), person)
    finds = []
    for (party, day), person in led.items():
        confidence = sure.of("delegations", seats[party, person].features)
        if confidence >= sure.least:
            beside = (
                name
                for (other, name), seat in seats.items()
                if other == party and name != person and any(days[place] == day for _, place in seat.members)
            )
            place = seats[party, person].place
            finds.append(_find(text, party, person, tuple(beside), article, place, day, confidence))
    return tuple(finds)


def seats_of(article: Sequence[Said], odds: Mapping[int, Odds]) -> dict[tuple[str, str], Seat]:
    """Who is said to sit in a delegation, by party and name; in a sentence, others sit beside the one surest head."""
    seats: dict[tuple[str, str], Seat] = {}
    for place, told in odds.items():
        near = {mention.party for said in article[max(0, place - BEFORE) : place + 1] for mention in said.mentions}
        held = [(party, one) for one in told.seats if (party := party_of(one, near))]
        heads: dict[str, Seated] = {}
        for party, one in sorted(held, key=lambda pair: -pair[1].head):
            heads.setdefault(party, one)
        for party, one in held:
            same = one.person.person == heads[party].person.person
            seat = seats.setdefault((party, str(one.person.person)), Seat())
            if same and one.head >= HEARD:
                seat.heads.append((one.head, place))
            if (not same and one.head + one.member >= PLAIN) or one.member >= max(PLAIN, one.head):
                seat.members.append((one.member, place))
    return seats


def party_of(seat: Seated, near: Collection[str]) -> str | None:
    """The party for which a person sits: the one that they are known to be of, or else the likeliest of those near."""
    if seat.person.party:
        return seat.person.party
    return max((party for party in seat.parties if party in near), key=lambda one: seat.parties[one], default=None)


def _find(
    text: str,
    party: str,
    person: str,
    beside: tuple[str, ...],
    article: list[Said],
    place: int,
    day: str | None,
    confidence: float,
) -> DelegationFind:
    said = article[place]
    return DelegationFind(
        party=party,
        round=day,
        head=MemberFind(name=person, office=office_of(person, article)),
        size=_size(party, said, article),
        members=tuple(MemberFind(name=one, office=office_of(one, article)) for one in beside),
        quote=Quote.of(text, said.sentence.start, said.sentence.end),
        confidence=confidence,
    )


def _size(party: str, sentence: Said, article: list[Said]) -> int | None:
    for said in (sentence, *article):
        text = said.sentence.text
        for found in pattern("delegations", "size").finditer(text):
            if _party_at(said, found.start()) == party:
                return _number(found[0])
        parts = PARTS.search(text)
        if parts and _party_at(said, parts.start()) == party and pattern("delegations", "groups").search(text):
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
