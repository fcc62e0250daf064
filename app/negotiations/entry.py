"""A record as a list shows it: one line, who reported it, and what the reports disagree on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.negotiations.delegation import Delegation, Member
from app.negotiations.demand import Demand
from app.negotiations.issue import IssueRow
from app.negotiations.outcome import Outcome
from app.negotiations.party import PartyRow
from app.negotiations.person import Person
from app.negotiations.quotes import Quote, RecordKey, Reported, articles_counted, quotes, reported
from app.negotiations.record import place_of
from app.negotiations.round import RoundRow
from app.negotiations.timeline import Happening, Words

QUOTES_SHOWN = 3
AT_ONCE = 5_000
"""Records that one query names: databases bound how many values a statement takes."""


class MemberRow(NamedTuple):
    """A person in a delegation."""

    name: str
    leads: bool
    office: str | None


@dataclass(frozen=True)
class Entry:
    """A record with its words; what does not belong to its kind is empty.

    ``differing`` holds, by name, what the articles report differently: no value is picked among them.
    """

    kind: str
    id: int
    standing: str
    dated_on: date | None
    round: RoundRow | None
    party: PartyRow | None
    issue: IssueRow | None
    name: str
    stance: str = ""
    condition: str | None = None
    status: str = ""
    quantity: int | None = None
    each_side: bool = False
    size: int | None = None
    members: list[MemberRow] = field(default_factory=list)
    articles: int = 0
    quotes: list[Quote] = field(default_factory=list)
    differing: dict[str, list[Reported]] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """The id of the record's place on its page."""
        return f"{self.kind}-{self.id}"

    @property
    def path(self) -> str:
        """The address of the record's own place: on its round's page, or on the timeline of its day."""
        return place_of(self.anchor, self.round.slug if self.round else None, self.dated_on)

    @property
    def heads(self) -> list[MemberRow]:
        """Who leads the delegation; several where reports name several."""
        return [member for member in self.members if member.leads]

    @property
    def others(self) -> list[MemberRow]:
        """The delegation's other members."""
        return [member for member in self.members if not member.leads]


def entries(
    session: Session, happenings: Sequence[Happening], words: Words, *, each: int | None = QUOTES_SHOWN
) -> dict[RecordKey, Entry]:
    """The entry of each happening, with at most ``each`` quotes where nothing can differ."""
    made: dict[RecordKey, Entry] = {}
    for start in range(0, len(happenings), AT_ONCE):
        made |= _entries(session, happenings[start : start + AT_ONCE], words, each)
    return made


def _entries(
    session: Session, happenings: Sequence[Happening], words: Words, each: int | None
) -> dict[RecordKey, Entry]:
    keys = [happening.key for happening in happenings]
    cited = quotes(session, [key for key in keys if key[0] == "demand"], each)
    cited |= quotes(session, [key for key in keys if key[0] != "demand"])
    articles = articles_counted(session, keys)
    details = _details(session, keys)
    made = {}
    for happening in happenings:
        shown = cited.get(happening.key, [])
        made[happening.key] = Entry(
            kind=happening.kind,
            id=happening.id,
            standing=happening.standing,
            dated_on=happening.dated_on,
            round=words.rounds.get(happening.round_id or 0),
            articles=articles.get(happening.key, 0),
            quotes=shown,
            **_named(happening, words),
            **details.get(happening.key, {}),
            differing=_differing(happening.kind, shown),
        )
    return made


def _named(happening: Happening, words: Words) -> dict[str, Any]:
    party = words.parties.get(happening.party_id or 0)
    if happening.kind == "demand":
        issue = words.issues[happening.about_id or 0]
        return {"party": party, "issue": issue, "name": issue.name, "stance": happening.says}
    if happening.kind == "outcome":
        kind = words.kinds[happening.about_id or 0]
        return {"party": None, "issue": None, "name": kind.name, "status": happening.says, "each_side": kind.each_side}
    return {"party": party, "issue": None, "name": f"Delegation of {party.name}" if party else "Delegation"}


def _details(session: Session, keys: Iterable[RecordKey]) -> dict[RecordKey, dict[str, Any]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, id_ in keys:
        ids[kind].append(id_)
    found: dict[RecordKey, dict[str, Any]] = defaultdict(dict)
    for kind, column in (("demand", Demand.condition), ("outcome", Outcome.quantity), ("delegation", Delegation.size)):
        if ids[kind]:
            owner = column.class_.id
            for id_, value in session.execute(select(owner, column).where(owner.in_(ids[kind]))):
                found[kind, id_][column.key] = value
    for id_, member in _members(session, ids["delegation"]):
        found["delegation", id_].setdefault("members", []).append(member)
    return found


def _members(session: Session, delegations: Sequence[int]) -> Iterable[tuple[int, MemberRow]]:
    if not delegations:
        return []
    query = (
        select(Member.delegation_id, Person.name, Member.leads, Member.office, Person.office)
        .join(Person, Person.id == Member.person_id)
        .where(Member.delegation_id.in_(delegations))
        .order_by(Member.leads.desc(), Member.id)
    )
    return [
        (id_, MemberRow(name, leads, office or known)) for id_, name, leads, office, known in session.execute(query)
    ]


def _differing(kind: str, found: Sequence[Quote]) -> dict[str, list[Reported]]:
    names = {"delegation": ("head", "size"), "outcome": ("quantity", "status")}.get(kind, ())
    values = {name: reported(found, name) for name in names}
    return {name: some for name, some in values.items() if len(some) > 1 and (name != "status" or _clash(some))}


def _clash(statuses: Sequence[Reported]) -> bool:
    """An outcome comes about by steps, so that only its rejection is at odds with its being agreed or done."""
    values = {one.value for one in statuses}
    return "rejected" in values and not values.isdisjoint({"agreed", "implemented"})
