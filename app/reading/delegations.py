"""Who sat there: heads, sizes and members of delegations."""

import re
from datetime import date

from app.reading.heads import GUESS, leads
from app.reading.idioms import pattern
from app.reading.members import members
from app.reading.mentions import Cast
from app.reading.offices import office_of
from app.reading.reading import DelegationFind, MemberFind, Quote
from app.reading.rounds import main_round, round_of
from app.reading.said import Said
from app.reading.scene import Lead
from app.reading.talks import Talks

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


def delegations(
    text: str, article: list[Said], found: tuple[Talks, ...], published: date | None, cast: Cast
) -> tuple[DelegationFind, ...]:
    """The delegations of an article, one a head; the first mention's words are the quote."""
    named: dict[tuple[str, str], Lead] = {}
    for place, said in enumerate(article):
        for lead in leads(said, article[place - 1] if place else None, cast):
            named.setdefault((lead.party, lead.person), lead)
    main = main_round(found, published)
    firm = {lead.party for lead in named.values() if lead.confidence > GUESS}
    sure = (lead for lead in named.values() if lead.confidence > GUESS or lead.party not in firm)
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
