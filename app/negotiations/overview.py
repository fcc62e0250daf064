"""Where the talks stand, in one minute's reading."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from app.evidence.article import Article
from app.evidence.citation import Citation
from app.evidence.source import Source
from app.negotiations.comparison import Question, Row, compare
from app.negotiations.entry import Entry, entries
from app.negotiations.filters import Filters
from app.negotiations.movement import OPPOSED, SAME
from app.negotiations.round import RoundRow
from app.negotiations.timeline import Happening, Timeline, timeline

NEWEST = 6
TELLING = 4


class ArticleRow(NamedTuple):
    """An article in short."""

    slug: str
    title: str
    published_on: date | None
    outlet: str | None
    state: str


class AtTable(NamedTuple):
    """A round with its delegations and how many demands and outcomes it has."""

    round: RoundRow
    delegations: list[Entry]
    demands: int
    outcomes: int


class Overview(NamedTuple):
    """The overview; ``relations`` counts issues by how the sides stand to each other on them.

    ``lapsed`` are the planned rounds whose day has passed with no report that they were held; ``reach`` is the
    day of the newest article.
    """

    last: AtTable | None
    next: AtTable | None
    lapsed: list[RoundRow]
    reach: date | None
    relations: Counter[str]
    opposed: list[Row]
    same: list[Row]
    outcomes: list[Entry]
    articles: list[ArticleRow]
    states: Counter[str]

    @property
    def stored(self) -> int:
        """How many articles there are."""
        return self.states.total()

    @property
    def waiting(self) -> int:
        """How many articles are not read yet."""
        return self.states["unread"] + self.states["being-read"]


def overview(session: Session, process_id: int, today: date | None = None) -> Overview:
    """Where the talks stand as of today (a round counts as next until its day has passed)."""
    known = timeline(session, process_id, Filters())
    rounds, now = list(known.words.rounds.values()), today or date.today()
    last, ahead = _last_and_next(rounds, now)
    happenings = [happening for happening in known.happenings if happening.kind == "outcome"][:NEWEST]
    at_rounds = [one for one in known.happenings if one.kind == "delegation" and _at(one, last, ahead)]
    told = entries(session, [*happenings, *at_rounds], known.words)
    rows = sorted(compare(session, process_id, Question()).rows, key=_support, reverse=True)
    return Overview(
        last=_at_table(last, known, told),
        next=_at_table(ahead, known, told),
        lapsed=_lapsed(rounds, last, now),
        reach=_reach(session, process_id),
        relations=Counter(row.relation for row in rows),
        opposed=[row for row in rows if row.relation == OPPOSED][:TELLING],
        same=[row for row in rows if row.relation == SAME][:TELLING],
        outcomes=[told[happening.key] for happening in happenings],
        articles=newest_articles(session, process_id),
        states=reading_states(session, process_id),
    )


def newest_articles(session: Session, process_id: int) -> list[ArticleRow]:
    """The newest articles that support a record, and those not read yet."""
    cited = exists().where(Citation.article_id == Article.id, Citation.withdrawn_at.is_(None))
    query = (
        select(Article.slug, Article.title, Article.published_on, Source.name, Article.reading_state)
        .outerjoin(Source, Source.id == Article.source_id)
        .where(Article.process_id == process_id, or_(cited, Article.reading_state.in_(("unread", "being-read"))))
        .order_by(Article.published_on.desc().nulls_last(), Article.id.desc())
        .limit(NEWEST)
    )
    return [ArticleRow(*row) for row in session.execute(query)]


def reading_states(session: Session, process_id: int) -> Counter[str]:
    """How many articles are in each reading state."""
    query = select(Article.reading_state, func.count()).where(Article.process_id == process_id)
    states: Counter[str] = Counter()
    for state, number in session.execute(query.group_by(Article.reading_state)):
        states[state] = number
    return states


def _last_and_next(known: list[RoundRow], today: date) -> tuple[RoundRow | None, RoundRow | None]:
    """The last round that was held, and the first planned one that has not passed."""
    held = [row for row in known if row.status == "held" and row.starts_on]
    ahead = [row for row in known if row.status == "planned" and not _has_passed(row, today)]
    return held[-1] if held else None, next((row for row in ahead if row.starts_on), None)


def _lapsed(known: list[RoundRow], last: RoundRow | None, today: date) -> list[RoundRow]:
    """Planned rounds that have passed since the last one that was held."""
    since = last.starts_on if last else None
    return [
        row
        for row in known
        if row.status == "planned" and row.starts_on and _has_passed(row, today) and row.starts_on > (since or date.min)
    ]


def _has_passed(row: RoundRow, today: date) -> bool:
    if row.starts_on is None:
        return False
    if row.precision == "month":
        return (row.starts_on.year, row.starts_on.month) < (today.year, today.month)
    return row.starts_on < today


def _reach(session: Session, process_id: int) -> date | None:
    return session.scalar(select(func.max(Article.published_on)).where(Article.process_id == process_id))


def _at(happening: Happening, *shown: RoundRow | None) -> bool:
    return any(row is not None and row.id == happening.round_id for row in shown)


def _at_table(row: RoundRow | None, known: Timeline, told: dict[tuple[str, int], Entry]) -> AtTable | None:
    if row is None:
        return None
    there = [happening for happening in known.happenings if happening.round_id == row.id]
    kinds = Counter(happening.kind for happening in there)
    sent = [told[happening.key] for happening in there if happening.kind == "delegation"]
    return AtTable(row, sent, kinds["demand"], kinds["outcome"])


def _support(row: Row) -> int:
    """How many articles report the weaker-reported side of a row."""
    return min((cell.articles for cell in row.cells), default=0)
