"""Issues × parties: who wants what as of a round or a date, and what moved since another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.negotiations.issue import IssueRow, ThemeRow, issues, themes
from app.negotiations.movement import CHANGES, UNCONFIRMED, UNREPORTED, movement, relation, strongest
from app.negotiations.party import PartyRow, parties
from app.negotiations.position import Place, Stand, articles_for, positions
from app.negotiations.round import RoundRow, rounds
from app.negotiations.telling import Telling, Told

LATEST = "latest"
Positions = dict[Place, list[Stand]]


class AsOf(NamedTuple):
    """Up to when positions are read: a round, a day, or (both None) the latest."""

    value: str
    until: date | None
    round: RoundRow | None


@dataclass(frozen=True)
class Cell:
    """A party's position on an issue: the stances it is made of, and those at the date that it is held against.

    ``carried`` tells that the round it is shown for has no report of it: it stands from before.
    """

    party: PartyRow
    said: list[Told]
    before: list[Told]
    moved: str | None
    carried: bool

    @property
    def articles(self) -> int:
        """How many articles report the position (an article that reports two stances counts twice)."""
        return sum(told.in_all for told in self.said)

    @property
    def changed(self) -> bool:
        """Whether something was reported anew or otherwise."""
        return self.moved in CHANGES


@dataclass(frozen=True)
class Row:
    """An issue with a cell for each party, and how the sides stand to each other on it."""

    issue: IssueRow
    cells: list[Cell]
    relation: str
    before: str | None
    moved: str | None

    @property
    def changed(self) -> bool:
        """Whether a side's position was reported anew or otherwise."""
        return self.moved in CHANGES


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
    not_earlier: AsOf | None
    confirmed: bool
    rows: list[Row]

    @property
    def earlier(self) -> list[RoundRow]:
        """The rounds that the positions can be held against."""
        until = self.as_of.until
        return [row for row in self.rounds if row.starts_on and (until is None or row.starts_on < until)]

    @property
    def said(self) -> bool:
        """Whether any position is on record at all."""
        return any(cell.said for row in self.rows for cell in row.cells)

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
    known = [row for row in rounds(session, process_id) if row.starts_on]
    as_of = placed(question.as_of, known)
    asked_against = placed(question.against, known) if question.against and _means(question.against, known) else None
    against = asked_against if asked_against and _is_earlier(asked_against, as_of) else None
    everyone = parties(session, process_id)
    shown = [party for party in everyone if party.role == "side" or party.slug in question.parties]
    now = positions(session, process_id, until=as_of.until, confirmed=question.confirmed)
    then = positions(session, process_id, until=against.until, confirmed=question.confirmed) if against else None
    asked = issues(session, process_id)
    listed = [issue for issue in asked if question.theme in ("", issue.theme)]
    articles = articles_for(session, process_id, until=as_of.until, confirmed=question.confirmed)
    ids = {party.id for party in shown}, {issue.id for issue in listed}
    told = Telling(session, [_within(some, *ids) for some in (now, then or {})], articles, known)
    builder = _Rows(shown, now, then, as_of, told, question.confirmed)
    return Comparison(
        parties=shown,
        others=[party for party in everyone if party not in shown],
        rounds=known,
        themes_known=themes(asked),
        unknown=[value for value in (question.as_of, question.against) if not _means(value, known)],
        as_of=as_of,
        against=against,
        not_earlier=asked_against if against is None else None,
        confirmed=question.confirmed,
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


def _is_earlier(one: AsOf, other: AsOf) -> bool:
    return one.until is not None and (other.until is None or one.until < other.until)


def _within(some: Positions, parties_shown: set[int], issues_listed: set[int]) -> list[Stand]:
    return [
        stand
        for (issue, party), stands in some.items()
        if party in parties_shown and issue in issues_listed
        for stand in stands
    ]


class _Rows:
    """Makes the rows of one comparison."""

    def __init__(
        self,
        shown: Sequence[PartyRow],
        now: Positions,
        then: Positions | None,
        as_of: AsOf,
        telling: Telling,
        confirmed: bool,
    ) -> None:
        self.shown, self.now, self.then = shown, now, then
        self.telling, self.confirmed = telling, confirmed
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
        place = (issue.id, party.id)
        now, before = self.now.get(place, []), (self.then or {}).get(place, [])
        carried = bool(now) and self.newest is not None and all(stand.dated_on != self.newest for stand in now)
        told = self.telling.told
        return Cell(
            party,
            said=[told(stand) for stand in now],
            before=[told(stand) for stand in before],
            moved=movement(before, now, carried=carried) if self.then is not None else None,
            carried=carried,
        )

    def _relation(self, issue: IssueRow, at: Positions) -> str:
        found = relation([at.get((issue.id, party.id), []) for party in self.shown if party.role == "side"])
        return UNCONFIRMED if self.confirmed and found == UNREPORTED else found
