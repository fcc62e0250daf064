"""The article library: which articles meet a reader's filters, newest first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Engine, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.database import reading
from app.evidence.article import Article
from app.evidence.citation import Citation
from app.evidence.source import Source
from app.negotiations.delegation import Delegation
from app.negotiations.demand import Demand
from app.negotiations.finds import Counts, counts_in
from app.negotiations.outcome import Outcome
from app.negotiations.party import Party, PartyRow, parties
from app.negotiations.record import HIDDEN
from app.negotiations.round import FormerSlug, Round, RoundRow, rounds
from app.search.excerpt import Part, excerpt
from app.search.words import containing, terms

PAGE = 50
NOT_ABOUT_TALKS = "not-about-talks"
"""Asks for those of the articles read that were found not to be about the talks: their reading left a note."""
SLUGS = ("q", "outlet", "state", "party", "round")
Selected = Select[*tuple[Any, ...]]
LOOKED_AT = 100_000
"""Characters of a text in which an excerpt is looked for."""


@dataclass(frozen=True)
class Filters:
    """What the articles shown have in common; outlet, party and round are slugs, days are inclusive."""

    q: str = ""
    outlet: str = ""
    state: str = ""
    party: str = ""
    round: str = ""
    since: date | None = None
    until: date | None = None
    wrong: dict[str, str] = field(default_factory=dict)
    """Dates that could not be read, by parameter, with what to say about them; they do not filter."""

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the query string that ask for the same."""
        days = {"from": self.since, "to": self.until}
        given = {name: getattr(self, name) for name in SLUGS} | {name: str(day or "") for name, day in days.items()}
        return {name: value for name, value in given.items() if value}


def read_filters(given: Mapping[str, str]) -> Filters:
    """The filters of a query string; what is empty is not asked for."""
    wrong: dict[str, str] = {}
    since, until = (_day(given.get(name, "").strip(), name, wrong) for name in ("from", "to"))
    slugs: dict[str, Any] = {name: given.get(name, "").replace("\0", "").strip() for name in SLUGS}
    return replace(Filters(**slugs), since=since, until=until, wrong=wrong)


def _day(typed: str, name: str, wrong: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        wrong[name] = "Write the date like 2025-06-02."
        return None


class Row(NamedTuple):
    """An article of the library; ``counts`` are the records that it supports."""

    id: int
    slug: str
    title: str
    outlet: str | None
    author: str | None
    published_on: date | None
    language: str | None
    address: str | None
    reading_state: str
    reading_note: str | None
    added_at: datetime
    counts: Counts


class Outlet(NamedTuple):
    """An outlet that a filter can name."""

    slug: str
    name: str


class Choices(NamedTuple):
    """What there is to choose from."""

    outlets: list[Outlet]
    parties: list[PartyRow]
    rounds: list[RoundRow]


def count(session: Session, process_id: int, filters: Filters) -> int:
    """How many articles meet the filters."""
    met = _condition(session, process_id, filters)
    return session.scalar(select(func.count()).select_from(Article).where(*met)) or 0


def listed(session: Session, process_id: int, filters: Filters, page: int) -> list[Row]:
    """The articles of one page (from 1), newest first, those without a date last."""
    found = _rows(session, process_id, filters).limit(PAGE).offset((page - 1) * PAGE)
    return _with_counts(session, session.execute(found).all())


def everything(engine: Engine, process_id: int, filters: Filters) -> Iterator[Row]:
    """All articles that meet the filters, some hundreds at a time, in a session of its own."""
    with reading(engine) as session:
        for rows in session.execute(_rows(session, process_id, filters)).partitions(500):
            yield from _with_counts(session, rows)


def excerpts(session: Session, article_ids: list[int], query: str) -> dict[int, list[Part]]:
    """The words around what was searched for in these articles' texts."""
    wanted = terms(query)
    texts = select(Article.id, func.substr(Article.text, 1, LOOKED_AT)).where(Article.id.in_(article_ids))
    return {article_id: excerpt(text, wanted) for article_id, text in session.execute(texts)}


def choices(session: Session, process_id: int) -> Choices:
    """The outlets, parties and rounds of a process: by name, in the vocabulary's order, newest first."""
    published = select(Article.id).where(Article.source_id == Source.id, Article.process_id == process_id)
    outlets = select(Source.slug, Source.name).where(published.exists()).order_by(Source.name)
    found = [Outlet(*row) for row in session.execute(outlets)]
    return Choices(found, parties(session, process_id), rounds(session, process_id)[::-1])


def _rows(session: Session, process_id: int, filters: Filters) -> Selected:
    return (
        select(
            Article.id,
            Article.slug,
            Article.title,
            Source.name,
            Article.author,
            Article.published_on,
            Article.language,
            Article.address,
            Article.reading_state,
            Article.reading_note,
            Article.added_at,
        )
        .outerjoin(Source)
        .where(*_condition(session, process_id, filters))
        .order_by(Article.published_on.desc().nulls_last(), Article.id.desc())
    )


def _with_counts(session: Session, rows: Sequence[Any]) -> list[Row]:
    counts = counts_in(session, [row.id for row in rows])
    return [Row._make((*row, counts[row.id])) for row in rows]


def _condition(session: Session, process_id: int, filters: Filters) -> list[ColumnElement[bool]]:
    met: list[ColumnElement[bool]] = [Article.process_id == process_id]
    if filters.q.strip():
        met.append(containing(session, terms(filters.q)))
    if filters.outlet:
        met.append(Article.source_id.in_(select(Source.id).where(Source.slug == filters.outlet)))
    if filters.state:
        met.append(_in_state(filters.state))
    if filters.party or filters.round:
        met.append(Article.id.in_(_supporting(process_id, filters.party, filters.round)))
    if filters.since:
        met.append(Article.published_on >= filters.since)
    if filters.until:
        met.append(Article.published_on <= filters.until)
    return met


def _in_state(state: str) -> ColumnElement[bool]:
    if state == NOT_ABOUT_TALKS:
        return and_(Article.reading_state == "read", Article.reading_note.is_not(None))
    return Article.reading_state == state


def _supporting(process_id: int, party: str, round_: str) -> Selected:
    """The articles that support a record of this party, of this round, or of this party at this round."""
    records: list[tuple[Any, Any, Any]] = [
        (Citation.delegation_id, Delegation, Delegation.round_id),
        (Citation.demand_id, Demand, Demand.round_id),
    ]
    if not party:
        records += [(Citation.round_id, Round, Round.id), (Citation.outcome_id, Outcome, Outcome.round_id)]
    ways = []
    for cited, record, its_round in records:
        wanted = select(record.id).where(record.process_id == process_id, record.standing.not_in(HIDDEN))
        if party:
            wanted = wanted.where(record.party_id.in_(_party(process_id, party)))
        if round_:
            wanted = wanted.where(its_round.in_(_round(process_id, round_)))
        ways.append(cited.in_(wanted))
    return select(Citation.article_id).where(Citation.withdrawn_at.is_(None), or_(*ways))


def _party(process_id: int, slug: str) -> Selected:
    return select(Party.id).where(Party.process_id == process_id, Party.slug == slug)


def _round(process_id: int, slug: str) -> Selected:
    formerly = select(FormerSlug.round_id).where(FormerSlug.process_id == process_id, FormerSlug.slug == slug)
    return select(Round.id).where(Round.process_id == process_id, or_(Round.slug == slug, Round.id.in_(formerly)))
