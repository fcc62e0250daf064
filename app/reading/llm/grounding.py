"""What a language model answered, held to the article: what does not stand there word for word is thrown away."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, get_args

from slugify import slugify

from app.reading.llm.answer import Answer, DelegationAnswer, DemandAnswer, MemberAnswer, OutcomeAnswer, RoundAnswer
from app.reading.llm.places import Places
from app.reading.reading import (
    DelegationFind,
    DemandFind,
    MemberFind,
    OutcomeFind,
    OutcomeStatus,
    Quote,
    RoundFind,
    RoundFormat,
    RoundStatus,
    Stance,
)
from app.reading.vocabulary import Vocabulary

CONFIDENCE = 0.6
"""A fixed figure, as each rule of the built-in reader has one: a model's own is not to be relied on."""
SHORTEST_QUOTE = 8
"""Shorter quotes, in letters, stand somewhere in any article."""
LONGEST_QUOTE = 1_000
LONGEST_NAME = 80
LARGEST = 100_000_000
"""Numbers above this are slips; the database could not hold them either."""
DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
YEARS = range(1900, 2101)
NO_DATE = ("", "unknown", "null", "none")

Item = TypeVar("Item")
Find = TypeVar("Find")


class Ungrounded(ValueError):
    """A find is not borne out; the message says in a word or two what is wrong with it."""


@dataclass(frozen=True)
class Grounded:
    """The finds that stand, each list in the order of the answer, and the others counted by what is wrong."""

    rounds: tuple[RoundFind, ...] = ()
    delegations: tuple[DelegationFind, ...] = ()
    demands: tuple[DemandFind, ...] = ()
    outcomes: tuple[OutcomeFind, ...] = ()
    thrown_away: Counter[str] = field(default_factory=Counter)


class Grounding:
    """Holds answers to one article's text and to a process's vocabulary."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.places = Places(text)
        self.plain = f" {slugify(text, separator=' ')} "
        self.parties = {party.slug for party in vocabulary.parties}
        self.issues = {issue.slug for issue in vocabulary.issues}
        self.kinds = {kind.slug for kind in vocabulary.outcome_kinds}
        self.cities = {_plain(name): city for city in vocabulary.cities for name in (city.name, *city.variants)}
        self.people = {_plain(name) for one in vocabulary.people for name in (one.name, *one.variants)}
        self.thrown_away: Counter[str] = Counter()

    def grounded(self, answer: Answer) -> Grounded:
        """The finds of an answer that are borne out."""
        self.thrown_away = Counter()
        return Grounded(
            rounds=self._kept(self._round, answer.rounds),
            delegations=self._kept(self._delegation, answer.delegations),
            demands=self._kept(self._demand, answer.demands),
            outcomes=self._kept(self._outcome, answer.outcomes),
            thrown_away=self.thrown_away,
        )

    def _kept(self, ground: Callable[[Item], Find], items: Iterable[Item]) -> tuple[Find, ...]:
        finds: list[Find] = []
        for item in items:
            try:
                finds.append(ground(item))
            except Ungrounded as error:
                self.thrown_away[str(error)] += 1
        return tuple(finds)

    def _round(self, one: RoundAnswer) -> RoundFind:
        return RoundFind(
            date=_date(one.date),
            city=self._city(one.city),
            ordinal=_number(one.ordinal),
            format=_one_of(RoundFormat, one.format) if one.format else None,
            status=_one_of(RoundStatus, one.status),
            **self._rests_on(one.quote),
        )

    def _delegation(self, one: DelegationAnswer) -> DelegationFind:
        if not (one.head or one.members or one.size is not None):
            raise Ungrounded("says nothing")
        return DelegationFind(
            party=_known(self.parties, one.party, "party"),
            round=_date(one.round),
            head=self._member(one.head) if one.head else None,
            size=_number(one.size),
            members=tuple(self._member(member) for member in one.members),
            **self._rests_on(one.quote),
        )

    def _demand(self, one: DemandAnswer) -> DemandFind:
        return DemandFind(
            party=_known(self.parties, one.party, "party"),
            issue=_known(self.issues, one.issue, "issue"),
            stance=_one_of(Stance, one.stance),
            condition=self._worded(one.condition, "condition"),
            round=_date(one.round),
            **self._rests_on(one.quote),
        )

    def _outcome(self, one: OutcomeAnswer) -> OutcomeFind:
        return OutcomeFind(
            round=_date(one.round),
            kind=_known(self.kinds, one.kind, "kind of outcome"),
            status=_one_of(OutcomeStatus, one.status),
            quantity=_number(one.quantity),
            **self._rests_on(one.quote),
        )

    def _rests_on(self, words: str) -> dict[str, Any]:
        found = self.places.find(words) if _long_enough(words) else None
        if found is None:
            raise Ungrounded("quote not in the article")
        return {"quote": Quote.of(self.places.text, *found), "confidence": CONFIDENCE}

    def _city(self, given: str | None) -> str | None:
        """The city, if the article names it, by whichever of its names."""
        city = (given or "").strip()
        if not city:
            return None
        known = self.cities.get(_plain(city))
        if not _is_name(city) or not any(map(self._names, (known.name, *known.variants) if known else (city,))):
            raise Ungrounded("city not in the article")
        return known.name if known else city

    def _member(self, one: MemberAnswer) -> MemberFind:
        """A person whom the article names: in full, or by the last name of one whom the vocabulary knows."""
        name = one.name.strip()
        words = _plain(name).split()
        asked = words[-1:] if _plain(name) in self.people else words
        if not words or not _is_name(name) or not all(map(self._names, asked)):
            raise Ungrounded("person not in the article")
        return MemberFind(name=name, office=self._worded(one.office, "office"))

    def _worded(self, words: str | None, what: str) -> str | None:
        """The article's own words for something said beside a find; none, and counted, if it has no such words."""
        place = self.places.find(words or "")
        if place is None and (words or "").strip():
            self.thrown_away[f"{what} not in the article"] += 1
        return " ".join(self.places.text[slice(*place)].split()) if place else None

    def _names(self, name: str) -> bool:
        return f" {_plain(name)} " in self.plain


def _is_name(words: str) -> bool:
    return words.isprintable() and len(words) <= LONGEST_NAME


def _plain(name: str) -> str:
    return slugify(name, separator=" ")


def _long_enough(words: str) -> bool:
    return len(words) <= LONGEST_QUOTE and sum(map(str.isalnum, words)) >= SHORTEST_QUOTE


def _known(slugs: set[str], slug: str, what: str) -> str:
    if slug not in slugs:
        raise Ungrounded(f"unknown {what}")
    return slug


def _one_of(words: Any, word: str) -> Any:
    if word not in get_args(words):
        raise Ungrounded("unknown word for stance, format or status")
    return word


def _number(number: int | None) -> int | None:
    if number is not None and not 0 < number <= LARGEST:
        raise Ungrounded("impossible number")
    return number


def _date(written: str | None) -> str | None:
    """A day or a month of the calendar."""
    day = (written or "").strip()
    if day.lower() in NO_DATE:
        return None
    try:
        year = date.fromisoformat(f"{day}-01"[:10]).year
    except ValueError:
        year = 0
    if not DAY.fullmatch(day) or year not in YEARS:
        raise Ungrounded("impossible date")
    return day
