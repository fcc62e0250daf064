"""Where an article names parties, their people and places of talks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.reading.idioms import idioms
from app.reading.phrases import expression
from app.reading.vocabulary import PersonEntry, Vocabulary

MentionKind = Literal["name", "demonym", "capital", "metonym", "person"]
TITLE = re.compile(
    r"(?:Deputy|First|Foreign|Defen[cs]e|Prime|Vice|Interior|National|Security|Chief|Special|State|Justice|Finance|Trade"
    r"|Council|Service|Intelligence|Ministry|Committee|Office|Parliament|Staff|Army|Forces"
    r"|Minister|President|Secretary|Envoy|Ambassador|General|Admiral|Colonel|Adviser|Advisor|Aide|Head|Mr|Mrs|Ms|Dr|Gen)s?\.?"
)
"""Words of offices and bodies, which no name ends in."""
PERSON = r"[A-Z][a-z'-]+(?: (?:[A-Z]\.|[A-Z][\w'-]+|al|bin|von|der|de|van)){1,3}"


@dataclass(frozen=True)
class Mention:
    """A party named in a sentence, by itself or through a person; offsets are the sentence's."""

    start: int
    end: int
    party: str
    kind: MentionKind
    person: str | None = None


@dataclass(frozen=True)
class Cast:
    """All names of a process's parties, people and cities, ready to be found."""

    names: dict[str, tuple[str, MentionKind, str | None]]
    cities: dict[str, str]
    offices: dict[str, str | None]
    sides: tuple[str, ...]
    mediators: tuple[str, ...] = ()

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Parties and people named in a sentence, in order, none inside another."""
        return tuple(
            Mention(found.start(1), found.end(1), *self.names[found[1].casefold()])
            for found in _choice(tuple(self.names)).finditer(text)
            if _same_case(found[1])
        )

    def places(self, text: str) -> tuple[tuple[int, str], ...]:
        """Cities named in a sentence: offset and the city's name."""
        found = _choice(tuple(self.cities)).finditer(text)
        return tuple((one.start(1), self.cities[one[1].casefold()]) for one in found if one[1][0].isupper())

    def with_people(self, people: Iterable[PersonEntry]) -> "Cast":
        """This cast and some people more; who is known already stays as known."""
        extra = {key: value for person in people for key, value in _person_names(person).items()}
        offices = {person.name: person.office for person in people}
        return Cast({**extra, **self.names}, self.cities, {**offices, **self.offices}, self.sides, self.mediators)


def cast_of(vocabulary: Vocabulary) -> Cast:
    """The cast of a process."""
    names: dict[str, tuple[str, MentionKind, str | None]] = {}
    for person in vocabulary.people:
        names.update(_person_names(person))
    for party in vocabulary.parties:
        kinds: tuple[tuple[MentionKind, tuple[str, ...]], ...] = (
            ("name", party.names),
            ("demonym", party.demonyms),
            ("capital", party.capitals),
            ("metonym", party.metonyms),
        )
        names.update({name.casefold(): (party.slug, kind, None) for kind, held in kinds for name in held})
    cities = {name.casefold(): city.name for city in vocabulary.cities for name in (city.name, *city.variants)}
    offices = {person.name: person.office for person in vocabulary.people}
    mediators = tuple(party.slug for party in vocabulary.parties if party.role == "mediator")
    return Cast(names, cities, offices, vocabulary.sides, mediators)


def unknown_people(text: str, cast: Cast) -> tuple[PersonEntry, ...]:
    """People whom the article introduces by party and title: "Ruritanian Minister X", "X, Ruritania's envoy"."""
    met: dict[str, PersonEntry] = {}
    for pattern in _introductions(tuple(cast.names)):
        for found in pattern.finditer(text):
            known = cast.names.get(found["party"].casefold())
            person = found["person"].removesuffix("'s")
            if known and known[1] != "person" and _is_new(person, cast):
                met.setdefault(person, PersonEntry(name=person, party=known[0], office=found["office"].strip() or None))
    return tuple(met.values())


def _is_new(person: str, cast: Cast) -> bool:
    words = person.casefold().split()
    if TITLE.fullmatch(person.split()[-1]):
        return False
    return not any(word in cast.names or word in cast.cities for word in words) and words[0] not in {"the", "mr"}


def _person_names(person: PersonEntry) -> dict[str, tuple[str, MentionKind, str | None]]:
    surname = person.name.split()[-1] if person.office and len(person.name.split()) > 1 and not person.variants else ""
    spelled = (person.name, *person.variants, *((surname,) if len(surname) > 3 else ()))
    return {name.casefold(): (person.party, "person", person.name) for name in spelled}


def _same_case(name: str) -> bool:
    return name[0].isupper() and (len(name) > 3 or name not in {"Us", "Un", "Eu", "Uk"})


@cache
def _choice(names: tuple[str, ...]) -> re.Pattern[str]:
    written = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, written))})(?!\w)", re.IGNORECASE)


@cache
def _introductions(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    party = rf"(?P<party>(?i:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))}))"
    title = "|".join(expression(word) for word in idioms().agents)
    word = r"(?!(?:was|is|are|were|has|had|led|headed|by|said|told|and|with|to|in|at|met|who|that|as|while)\b)[\w'-]+ "
    office = rf"(?P<office>(?:{word}){{0,5}}?(?i:(?:{title})))"
    person = rf"(?P<person>{PERSON})"
    return (
        re.compile(rf"(?<![\w-]){party}(?:'s)? {office},? {person}"),
        re.compile(rf"{person}, (?:the |a |an )?(?:\w+ ){{0,2}}?{party}(?:'s)? {office}(?!\w)"),
        re.compile(rf"{person}, (?:the |a |an )?{office} (?:of|to|for|in) (?:the )?{party}(?!\w)"),
    )
