"""What happened when: every delegation, demand and outcome under its round or its date, the newest first."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, literal, null, select
from sqlalchemy.orm import Session

from app.negotiations.delegation import Delegation
from app.negotiations.demand import Demand
from app.negotiations.filters import Filters
from app.negotiations.issue import IssueRow, ThemeRow, issues, themes
from app.negotiations.outcome import KindRow, Outcome, outcome_kinds
from app.negotiations.party import PartyRow, parties
from app.negotiations.record import HIDDEN, PERSON_STANDINGS
from app.negotiations.round import Round, RoundRow, rounds

PAGE = 50
ORDER = ("delegation", "demand", "outcome")
RECORDS: dict[str, Any] = {"delegation": Delegation, "demand": Demand, "outcome": Outcome}
DAYS: dict[str, Any] = {"delegation": Round.starts_on, "demand": Demand.dated_on, "outcome": Outcome.dated_on}


class Words(NamedTuple):
    """The process's own words, by id where records point to them."""

    parties: dict[int, PartyRow]
    issues: dict[int, IssueRow]
    kinds: dict[int, KindRow]
    rounds: dict[int, RoundRow]

    @property
    def themes(self) -> list[ThemeRow]:
        """The themes of the issues."""
        return themes(self.issues.values())


class Happening(NamedTuple):
    """One record on the timeline: ``says`` is a demand's stance or an outcome's status.

    ``dated_on`` is its round's first day where it has a round.
    """

    kind: str
    id: int
    dated_on: date | None
    round_id: int | None
    party_id: int | None
    about_id: int | None
    says: str
    standing: str

    @property
    def key(self) -> tuple[str, int]:
        """The record's kind and id."""
        return self.kind, self.id


class Group(NamedTuple):
    """A round, or (``round`` None) a date without one, and what happened there."""

    round: RoundRow | None
    dated_on: date | None
    happenings: list[Happening]
    continued: bool = False


class Timeline(NamedTuple):
    """Everything that meets the filters, the newest group first; pages cut it at 50 happenings."""

    words: Words
    groups: list[Group]
    filters: Filters = Filters()

    @property
    def happenings(self) -> list[Happening]:
        """Everything in the order of the list."""
        return [happening for group in self.groups for happening in group.happenings]

    @property
    def counts(self) -> dict[str, int]:
        """How many demands, outcomes, delegations and rounds there are."""
        kinds = [happening.kind for happening in self.happenings]
        numbers = {kind: kinds.count(kind) for kind in ("demand", "outcome", "delegation")}
        return {**numbers, "round": sum(group.round is not None for group in self.groups)}

    @property
    def unknown(self) -> list[str]:
        """The slugs that were asked for as rounds and are none."""
        known = {row.slug for row in self.words.rounds.values()}
        return [slug for slug in self.filters.rounds if slug not in known]

    @property
    def pages(self) -> list[list[Group]]:
        """The groups, cut into pages; a group that runs on is named again on its next page."""
        pages: list[list[Group]] = [[]]
        room = PAGE
        for group in self.groups:
            rest, continued = group.happenings, False
            while len(rest) > room:
                if room:
                    pages[-1].append(group._replace(happenings=rest[:room], continued=continued))
                    continued = True
                rest, room = rest[room:], PAGE
                pages.append([])
            pages[-1].append(group._replace(happenings=rest, continued=continued))
            room -= len(rest)
        return pages

    def page_of(self, anchor: str) -> int:
        """The number of the page that the record ``demand-12`` is on; 1 where it is on none."""
        places = (place for place, one in enumerate(self.happenings) if f"{one.kind}-{one.id}" == anchor)
        return next(places, 0) // PAGE + 1


def words(session: Session, process_id: int) -> Words:
    """The process's words."""
    return Words(
        parties={row.id: row for row in parties(session, process_id)},
        issues={row.id: row for row in issues(session, process_id)},
        kinds={row.id: row for row in outcome_kinds(session, process_id)},
        rounds={row.id: row for row in rounds(session, process_id)},
    )


def timeline(session: Session, process_id: int, filters: Filters) -> Timeline:
    """What meets the filters."""
    known = words(session, process_id)
    found: list[Happening] = []
    for kind in ORDER:
        if filters.wants(kind):
            found += [Happening(kind, *row) for row in session.execute(_query(kind, process_id, filters, known))]
    return Timeline(known, _groups(found, filters, known), filters)


def _query(kind: str, process_id: int, filters: Filters, known: Words) -> Select[*tuple[Any, ...]]:
    record, day = RECORDS[kind], DAYS[kind]
    query = _columns(kind).where(record.process_id == process_id)
    query = query.where(record.standing.in_(PERSON_STANDINGS) if filters.confirmed else record.standing.not_in(HIDDEN))
    if filters.parties:
        query = query.where(record.party_id.in_(_ids(known.parties, filters.parties)))
    if filters.rounds:
        query = query.where(record.round_id.in_(_ids(known.rounds, filters.rounds)))
    if filters.issues or filters.themes:
        query = query.where(record.issue_id.in_(_issue_ids(known, filters)))
    if filters.since:
        query = query.where(day >= filters.since)
    return query.where(day <= filters.until) if filters.until else query


def _columns(kind: str) -> Select[*tuple[Any, ...]]:
    if kind == "demand":
        of_demand = (Demand.party_id, Demand.issue_id, Demand.stance, Demand.standing)
        return select(Demand.id, Demand.dated_on, Demand.round_id, *of_demand)
    if kind == "outcome":
        of_outcome = (Outcome.kind_id, Outcome.status, Outcome.standing)
        return select(Outcome.id, Outcome.dated_on, Outcome.round_id, null(), *of_outcome)
    of_delegation = (Delegation.id, Round.starts_on, Delegation.round_id, Delegation.party_id)
    query = select(*of_delegation, null(), literal(""), Delegation.standing).join(
        Round, Round.id == Delegation.round_id
    )
    return query.where(Round.standing.not_in(HIDDEN))


def _ids(rows: Mapping[int, PartyRow | RoundRow], slugs: Sequence[str]) -> list[int]:
    return [id_ for id_, row in rows.items() if row.slug in slugs]


def _issue_ids(known: Words, filters: Filters) -> list[int]:
    return [
        id_
        for id_, issue in known.issues.items()
        if (not filters.issues or issue.slug in filters.issues)
        and (not filters.themes or issue.theme in filters.themes)
    ]


def _groups(found: Sequence[Happening], filters: Filters, known: Words) -> list[Group]:
    gathered: dict[tuple[int | None, date | None], list[Happening]] = {}
    if filters.whole_rounds:
        gathered = {(row.id, row.starts_on): [] for row in known.rounds.values() if _meets(row, filters)}
    for happening in found:
        held_at = known.rounds.get(happening.round_id or 0)
        place = (held_at.id, held_at.starts_on) if held_at else (None, happening.dated_on)
        gathered.setdefault(place, []).append(happening)
    order = _order(known)
    groups = [
        Group(known.rounds.get(round_id or 0), day, sorted(some, key=order))
        for (round_id, day), some in gathered.items()
    ]
    return sorted(groups, key=_recency, reverse=True)


def _meets(row: RoundRow, filters: Filters) -> bool:
    if filters.confirmed and row.standing not in PERSON_STANDINGS:
        return False
    if filters.rounds and row.slug not in filters.rounds:
        return False
    if row.starts_on is None:
        return not (filters.since or filters.until)
    since = filters.since.replace(day=1) if filters.since and row.precision == "month" else filters.since
    return (since or row.starts_on) <= row.starts_on <= (filters.until or row.starts_on)


def _order(known: Words) -> Callable[[Happening], tuple[int, ...]]:
    party_places = {id_: place for place, id_ in enumerate(known.parties)}
    issue_places = {id_: place for place, id_ in enumerate(known.issues)}

    def order(happening: Happening) -> tuple[int, ...]:
        about = issue_places.get(happening.about_id or 0, 0) if happening.kind == "demand" else 0
        party = party_places.get(happening.party_id or 0, 0)
        return ORDER.index(happening.kind), about, party, int(happening.says == "against"), happening.id

    return order


def _recency(group: Group) -> tuple[bool, date, bool, int]:
    return (
        group.dated_on is not None,
        group.dated_on or date.min,
        group.round is not None,
        group.round.id if group.round else 0,
    )
