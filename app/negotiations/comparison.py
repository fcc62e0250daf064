"""Issues × parties: who wants what as of a round or a date, and what moved since another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.negotiations.issue import IssueRow, ThemeRow, issues, themes
from app.negotiations.movement import movement, relation, strongest
from app.negotiations.party import PartyRow, parties
from app.negotiations.position import Place, Stand, articles_for, positions
from app.negotiations.quotes import Quote, RecordKey, quotes
from app.negotiations.round import RoundRow, rounds

LATEST = "latest"
Positions = dict[Place, list[Stand]]


class AsOf(NamedTuple):
    """Up to when positions are read: a round, a day, or (both None) the latest."""

    value: str
    until: date | None
    round: RoundRow | None


class Told(NamedTuple):
    """One stance within a cell: its latest demand, that one's surest quote, and how many articles report it at all."""

    stand: Stand
    round: RoundRow | None
    quote: Quote | None
    articles: int


@dataclass(frozen=True)
class Cell:
    """A party's position on an issue; ``said`` holds its stances, ``carried`` whether it was said before the date."""

    party: PartyRow
    said: list[Told]
    moved: str | None
    carried: bool

    @property
    def articles(self) -> int:
        """How many articles report the position (an article that reports two stances counts twice)."""
        return sum(told.articles for told in self.said)


@dataclass(frozen=True)
class Row:
    """An issue with a cell for each party, and how the sides stand to each other on it."""

    issue: IssueRow
    cells: list[Cell]
    relation: str
    before: str | None
    moved: str | None


@dataclass(frozen=True)
class Comparison:
    """The whole view: rows grouped by theme name."""

    parties: list[PartyRow]
    others: list[PartyRow]
    rounds: list[RoundRow]
    themes_known: list[ThemeRow]
    unknown: list[str]
    as_of: AsOf
    against: AsOf | None
    rows: list[Row]

    @property
    def themes(self) -> list[tuple[str, list[Row]]]:
        """The rows under the names of their themes."""
        return [(name, list(rows)) for name, rows in groupby(self.rows, key=lambda row: row.issue.theme_name)]

    def counted(self, kind: str) -> int:
        """How many rows stand in that relation."""
        return sum(row.relation == kind for row in self.rows)


class Question(NamedTuple):
    """What the reader of the comparison asks for; empty texts and tuples ask for everything."""

    as_of: str = ""
    against: str = ""
    parties: tuple[str, ...] = ()
    theme: str = ""
    confirmed: bool = False


def compare(session: Session, process_id: int, question: Question) -> Comparison:
    """The comparison that answers the question."""
    known = rounds(session, process_id)
    as_of = placed(question.as_of, known)
    against = placed(question.against, known) if question.against and _means(question.against, known) else None
    everyone = parties(session, process_id)
    shown = [party for party in everyone if party.role == "side" or party.slug in question.parties]
    now = positions(session, process_id, until=as_of.until, confirmed=question.confirmed)
    then = positions(session, process_id, until=against.until, confirmed=question.confirmed) if against else None
    asked = issues(session, process_id)
    listed = [issue for issue in asked if question.theme in ("", issue.theme)]
    articles = articles_for(session, process_id, until=as_of.until, confirmed=question.confirmed)
    builder = _Rows(session, shown, now, then, as_of, {issue.id for issue in listed}, articles, known)
    return Comparison(
        parties=shown,
        others=[party for party in everyone if party not in shown],
        rounds=known,
        themes_known=themes(asked),
        unknown=[value for value in (question.as_of, question.against) if not _means(value, known)],
        as_of=as_of,
        against=against,
        rows=[builder.row(issue) for issue in listed],
    )


def placed(value: str, known: Sequence[RoundRow]) -> AsOf:
    """The round of that slug, or the day of that ISO date; anything else means the latest."""
    for candidate in known:
        if candidate.slug == value:
            return AsOf(value, candidate.starts_on, candidate)
    try:
        return AsOf(value, date.fromisoformat(value), None)
    except ValueError:
        return AsOf("", None, None)


def _means(value: str, known: Sequence[RoundRow]) -> bool:
    return value in ("", LATEST) or bool(placed(value, known).value)


class _Rows:
    """Makes the rows of one comparison from what was read once for all of them."""

    def __init__(
        self,
        session: Session,
        shown: Sequence[PartyRow],
        now: Positions,
        then: Positions | None,
        as_of: AsOf,
        listed: set[int],
        articles: dict[tuple[int, int, str], int],
        known: Sequence[RoundRow],
    ) -> None:
        self.shown, self.now, self.then = shown, now, then
        self.rounds = {row.id: row for row in known}
        ids = {party.id for party in shown}
        stands = [stand for (issue, party), some in now.items() if party in ids and issue in listed for stand in some]
        keys: list[RecordKey] = [("demand", stand.id) for stand in stands]
        self.quotes = quotes(session, keys, each=1)
        self.articles = articles
        self.newest = as_of.until if as_of.round else None

    def row(self, issue: IssueRow) -> Row:
        """The row of one issue."""
        cells = [self._cell(issue, party) for party in self.shown]
        return Row(
            issue=issue,
            cells=cells,
            relation=self._relation(issue, self.now),
            before=self._relation(issue, self.then) if self.then is not None else None,
            moved=strongest([cell.moved for cell in cells if cell.party.role == "side"]),
        )

    def _cell(self, issue: IssueRow, party: PartyRow) -> Cell:
        stands = self.now.get((issue.id, party.id), [])
        before = self.then.get((issue.id, party.id), []) if self.then is not None else None
        said = [self._told(stand) for stand in stands]
        moved = movement(before, stands) if before is not None else None
        return Cell(party, said, moved, carried=any(self._is_older(stand) for stand in stands))

    def _told(self, stand: Stand) -> Told:
        key = ("demand", stand.id)
        best = self.quotes.get(key)
        held_at = self.rounds.get(stand.round_id or 0)
        return Told(
            stand,
            held_at,
            best[0] if best else None,
            self.articles.get((stand.issue_id, stand.party_id, stand.stance), 0),
        )

    def _is_older(self, stand: Stand) -> bool:
        return self.newest is not None and stand.dated_on is not None and stand.dated_on < self.newest

    def _relation(self, issue: IssueRow, at: Positions) -> str:
        return relation([at.get((issue.id, party.id), []) for party in self.shown if party.role == "side"])
