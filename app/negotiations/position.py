"""Where a party stands on an issue as of a date: what its demands add up to."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.evidence.citation import Citation
from app.negotiations.demand import Demand
from app.negotiations.record import HIDDEN, PERSON_STANDINGS

Place = tuple[int, int]
"""An issue's and a party's id."""


class Stand(NamedTuple):
    """One demand that a position is made of."""

    id: int
    issue_id: int
    party_id: int
    round_id: int | None
    stance: str
    condition: str | None
    dated_on: date | None
    standing: str


def positions(
    session: Session, process_id: int, *, until: date | None = None, confirmed: bool = False
) -> dict[Place, list[Stand]]:
    """The demands of the latest date on which each party said anything of each issue, up to ``until``.

    More than one stance at that date means that the party is reported both for and against. Demands without a
    date count only where there are none with a date.
    """
    latest = func.max(Demand.dated_on).over(partition_by=[Demand.issue_id, Demand.party_id]).label("latest")
    of_demand = [getattr(Demand, name) for name in Stand._fields]
    stated = select(*of_demand, latest).where(*_stated(process_id, until, confirmed)).subquery()
    newest = or_(stated.c.dated_on == stated.c.latest, and_(stated.c.dated_on.is_(None), stated.c.latest.is_(None)))
    query = select(*(stated.c[name] for name in Stand._fields)).where(newest)
    return _by_place([Stand(*row) for row in session.execute(query.order_by(stated.c.stance.desc(), stated.c.id))])


def articles_for(
    session: Session, process_id: int, *, until: date | None = None, confirmed: bool = False
) -> dict[tuple[int, int, str], int]:
    """How many articles report each stance of each party on each issue, up to ``until``."""
    place = (Demand.issue_id, Demand.party_id, Demand.stance)
    query = (
        select(*place, func.count(Citation.article_id.distinct()))
        .join(Citation, Citation.demand_id == Demand.id)
        .where(Citation.withdrawn_at.is_(None), *_stated(process_id, until, confirmed))
        .group_by(*place)
    )
    return {(issue, party, stance): number for issue, party, stance, number in session.execute(query)}


def story(
    session: Session, issue_id: int, party_id: int, *, until: date | None = None, confirmed: bool = False
) -> list[Stand]:
    """Every demand of one party on one issue up to ``until``, the latest first, undated ones last."""
    of_demand = [getattr(Demand, name) for name in Stand._fields]
    query = (
        select(*of_demand)
        .where(Demand.issue_id == issue_id, Demand.party_id == party_id, *_stated(None, until, confirmed))
        .order_by(Demand.dated_on.is_(None), Demand.dated_on.desc(), Demand.stance.desc(), Demand.id)
    )
    return [Stand(*row) for row in session.execute(query)]


def _stated(process_id: int | None, until: date | None, confirmed: bool) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [
        Demand.standing.in_(PERSON_STANDINGS) if confirmed else Demand.standing.not_in(HIDDEN)
    ]
    if process_id is not None:
        wanted.append(Demand.process_id == process_id)
    if until is not None:
        wanted.append(or_(Demand.dated_on <= until, Demand.dated_on.is_(None)))
    return wanted


def _by_place(stands: list[Stand]) -> dict[Place, list[Stand]]:
    places: dict[Place, list[Stand]] = defaultdict(list)
    for stand in stands:
        places[stand.issue_id, stand.party_id].append(stand)
    return dict(places)
