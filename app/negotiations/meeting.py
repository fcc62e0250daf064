"""One round as its page shows it: facts, delegations, demands, outcomes, what changed, who reports it."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.negotiations.comparison import Comparison, Question, Row, compare
from app.negotiations.entry import Entry, entries
from app.negotiations.filters import Filters
from app.negotiations.issue import IssueRow
from app.negotiations.party import PartyRow
from app.negotiations.quotes import Covering, Quote, Reported, coverage, quotes, reported
from app.negotiations.round import RoundRow
from app.negotiations.timeline import Happening, timeline

QUOTES_SHOWN = 8
COVERAGE_SHOWN = 50
FACTS = ("date", "city", "ordinal", "format", "status")


class Seat(NamedTuple):
    """A party's place at the table; ``delegation`` is None where no article reports one."""

    party: PartyRow
    delegation: Entry | None


class Tabled(NamedTuple):
    """An issue with the demands of each side, in the order of the sides, and those of all others."""

    issue: IssueRow
    sides: list[list[Entry]]
    others: list[Entry]


class Meeting(NamedTuple):
    """A round with everything that belongs to it; ``facts`` hold what articles report of it, by name."""

    round: RoundRow
    before: RoundRow | None
    after: RoundRow | None
    facts: dict[str, list[Reported]]
    cited: list[Quote]
    seats: list[Seat]
    tabled: list[Tabled]
    outcomes: list[Entry]
    changes: list[Row]
    coverage: list[Covering]
    covered_by: int
    entries: list[Entry]


def meeting(session: Session, process_id: int, slug: str, each: int | None = QUOTES_SHOWN) -> Meeting | None:
    """The round of that slug, or None; with at most ``each`` quotes to a demand."""
    found = timeline(session, process_id, Filters(rounds=(slug,)))
    row = next((row for row in found.words.rounds.values() if row.slug == slug), None)
    if row is None:
        return None
    happened: list[Happening] = [happening for happening in found.happenings if happening.round_id == row.id]
    listed = list(entries(session, happened, found.words, each=each).values())
    key = ("round", row.id)
    cited = quotes(session, [key]).get(key, [])
    covering, covered_by = coverage(session, [key, *(happening.key for happening in happened)], COVERAGE_SHOWN)
    before, after = _neighbours(row, list(found.words.rounds.values()))
    return Meeting(
        round=row,
        before=before,
        after=after,
        facts=_facts(cited),
        cited=cited,
        seats=_seats(listed, list(found.words.parties.values())),
        tabled=_tabled(listed, list(found.words.parties.values())),
        outcomes=[entry for entry in listed if entry.kind == "outcome"],
        changes=_changes(session, process_id, row, before),
        coverage=covering,
        covered_by=covered_by,
        entries=listed,
    )


def _facts(cited: Sequence[Quote]) -> dict[str, list[Reported]]:
    """What is reported of a round. To be planned and later held is no disagreement, nor is a day within its month."""
    facts = {name: reported(cited, name) for name in FACTS}
    settled = [one for one in facts["status"] if one.value != "planned"]
    days = [one for one in facts["date"] if not any(_within(other.value, one.value) for other in facts["date"])]
    return {**facts, "status": settled or facts["status"], "date": days}


def _within(day: str, month: str) -> bool:
    return day.startswith(f"{month}-")


def _neighbours(row: RoundRow, known: Sequence[RoundRow]) -> tuple[RoundRow | None, RoundRow | None]:
    if row.starts_on is None:
        return None, None
    dated = [one for one in known if one.starts_on]
    place = dated.index(row)
    return dated[place - 1] if place else None, dated[place + 1] if place + 1 < len(dated) else None


def _seats(listed: Sequence[Entry], everyone: Sequence[PartyRow]) -> list[Seat]:
    """The sides always have a seat, others only where a delegation of theirs is reported."""
    sent = {entry.party.id: entry for entry in listed if entry.kind == "delegation" and entry.party}
    return [Seat(party, sent.get(party.id)) for party in everyone if party.role == "side" or party.id in sent]


def _tabled(listed: Sequence[Entry], everyone: Sequence[PartyRow]) -> list[Tabled]:
    sides = [party.id for party in everyone if party.role == "side"]
    rows: dict[int, Tabled] = {}
    for entry in listed:
        if entry.issue and entry.party:
            row = rows.setdefault(entry.issue.id, Tabled(entry.issue, [[] for _ in sides], []))
            place = row.sides[sides.index(entry.party.id)] if entry.party.id in sides else row.others
            place.append(entry)
    return list(rows.values())


def _changes(session: Session, process_id: int, row: RoundRow, before: RoundRow | None) -> list[Row]:
    """What the comparison with the round before tells of as reported anew or otherwise."""
    if before is None:
        return []
    question = Question(as_of=row.slug, against=before.slug)
    found: Comparison = compare(session, process_id, question)
    return [line for line in found.rows if line.changed]
