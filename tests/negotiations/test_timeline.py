"""What happened when: filters, counts, groups, pages, and the strip drawn over it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.database import reading, writing
from app.negotiations.entry import entries
from app.negotiations.filters import read_filters
from app.negotiations.overview import overview
from app.negotiations.process import Process
from app.negotiations.round import Round
from app.negotiations.strip import strip
from app.negotiations.timeline import Timeline, timeline
from tests.factories import World

JUNE = "2031-06-02-lakeside"


def asked(session: Session, process_id: int, query: str) -> Timeline:
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    return timeline(session, process_id, read_filters([(name, value) for name, _, value in pairs]))


@pytest.mark.parametrize(
    ("query", "demands", "outcomes", "delegations", "rounds"),
    [
        ("", 12, 2, 2, 4),
        ("party=beldor", 4, 0, 1, 2),
        ("party=beldor&party=corvan", 5, 0, 1, 2),
        (f"round={JUNE}", 7, 1, 2, 1),
        (f"party=beldor&round={JUNE}", 2, 0, 1, 1),
        ("theme=arms", 6, 0, 0, 3),
        ("issue=truce&party=arvenia", 3, 0, 0, 3),
        ("issue=truce&theme=land", 0, 0, 0, 0),
        ("kind=outcome", 0, 2, 0, 2),
        ("kind=delegation&party=arvenia", 0, 0, 1, 1),
        ("from=2031-06-01", 8, 1, 2, 2),
        ("from=2031-06-02&to=2031-06-02", 7, 1, 2, 1),
        ("to=2029-12-31", 1, 0, 0, 1),
        ("confirmed=1", 1, 0, 0, 1),
        ("party=nobody", 0, 0, 0, 0),
        ("from=2040-01-01", 0, 0, 0, 0),
        ("party=&round=&from=", 12, 2, 2, 4),
    ],
)
def test_counts_of_what_meets_the_filters(
    session: Session, process_id: int, query: str, demands: int, outcomes: int, delegations: int, rounds: int
) -> None:
    counts = asked(session, process_id, query).counts
    assert counts == {"demand": demands, "outcome": outcomes, "delegation": delegations, "round": rounds}


def test_groups_are_rounds_and_dates_the_latest_first(session: Session, process_id: int) -> None:
    groups = asked(session, process_id, "").groups
    named = [group.round.slug if group.round else str(group.dated_on) for group in groups]
    assert named == ["2031-09", "2031-06-10", JUNE, "2031-05-16-lakeside", "2029-03-04-old-mill"]
    assert [len(group.happenings) for group in groups] == [0, 1, 10, 4, 1]


def test_date_that_is_none_is_named_and_does_not_filter() -> None:
    filters = read_filters([("from", "yesterday"), ("to", "2031-13-01")])
    assert (filters.since, filters.until) == (None, None)
    assert set(filters.wrong) == {"from", "to"}
    assert "yesterday" in filters.wrong["from"]


def test_reports_that_differ_stand_side_by_side(session: Session, process_id: int) -> None:
    found = asked(session, process_id, f"round={JUNE}")
    shown = entries(session, found.happenings, found.words).values()
    exchange = next(entry for entry in shown if entry.kind == "outcome")
    theirs = next(
        entry for entry in shown if entry.kind == "delegation" and entry.party and entry.party.slug == "beldor"
    )
    assert exchange.quantity is None
    assert {one.value for one in exchange.differing["quantity"]} == {6000, 1200}
    assert [member.name for member in theirs.heads] == ["Vask Dorin", "Ilja Rem"]
    assert {one.value for one in theirs.differing["size"]} == {12, 15}
    assert all(len(one.quotes) == 1 for one in theirs.differing["size"])


@pytest.fixture
def long(engine: Engine, process_id: int) -> Engine:
    """120 more demands of Corvan's in one round after the known ones, and one a week for a year."""
    with writing(engine) as session:
        world = World(session, "another")
        for month in range(12):
            held = world.round(date(2033, month + 1, 7), f"City {month}")
            for issue in world.issues:
                for stance in ("for", "against"):
                    world.demand("corvan", issue, stance, held)
        for week in range(200):
            world.demand("arvenia", "truce", "for", date(2034, 1, 1) + timedelta(weeks=week))
    return engine


def test_pages_hold_fifty_rows_and_name_what_runs_on(long: Engine) -> None:
    with reading(long) as session:
        found = asked(session, _another(session), "")
    pages = found.pages
    rows = [sum(len(group.happenings) for group in groups) for groups in pages]
    assert rows == [50] * 6 + [20]
    listed = [happening.id for groups in pages for group in groups for happening in group.happenings]
    assert listed == [happening.id for happening in found.happenings]
    assert len(set(listed)) == 320


def _another(session: Session) -> int:
    return session.scalars(select(Process.id).where(Process.slug == "another")).one()


def test_group_that_runs_on_is_named_again(session: Session, process_id: int) -> None:
    found = asked(session, process_id, "")
    group = found.groups[2]
    many = group._replace(happenings=group.happenings * 11)
    pages = Timeline(found.words, [found.groups[1], many]).pages
    assert [[(len(one.happenings), one.continued) for one in groups] for groups in pages] == [
        [(1, False), (49, False)],
        [(50, True)],
        [(11, True)],
    ]


def test_strip_draws_each_demand_and_outcome_once_and_cuts_the_empty_years(session: Session, process_id: int) -> None:
    found = asked(session, process_id, "")
    drawn = strip(found)
    assert drawn is not None
    marks = [mark.happening.key for mark in drawn.marks]
    assert len(marks) == len(set(marks)) == 14
    assert [lane.name for lane in drawn.lanes] == ["Rounds", "Arvenia", "Beldor", "Corvan", "Outcomes"]
    assert len(drawn.cuts) == 2
    assert [mark.row.slug for mark in drawn.rounds][-1] == "2031-09"
    assert all(before.x < after.x for before, after in pairwise(drawn.rounds))


@pytest.mark.parametrize(
    ("query", "lanes"),
    [
        ("kind=outcome", ["Rounds", "Outcomes"]),
        ("kind=delegation", ["Rounds"]),
        ("party=beldor", ["Rounds", "Beldor"]),
        ("kind=demand", ["Rounds", "Arvenia", "Beldor", "Corvan"]),
    ],
)
def test_strip_has_no_lane_for_what_is_filtered_out(
    session: Session, process_id: int, query: str, lanes: list[str]
) -> None:
    drawn = strip(asked(session, process_id, query))
    assert drawn is not None
    assert [lane.name for lane in drawn.lanes] == lanes


def test_last_tick_of_the_strip_carries_its_year(session: Session, process_id: int) -> None:
    drawn = strip(asked(session, process_id, ""))
    assert drawn is not None
    assert [tick.label for tick in drawn.ticks] == ["Mar 2029", "May 2031", "Jun", "Sep 2031"]


def test_strip_keeps_marks_inside_their_lanes_and_apart(session: Session, process_id: int) -> None:
    drawn = strip(asked(session, process_id, ""))
    assert drawn is not None
    lanes = {lane.party.id if lane.party else None: lane for lane in drawn.lanes[1:]}
    spots = set()
    for mark in drawn.marks:
        lane = lanes[mark.happening.party_id]
        assert lane.y <= mark.y <= lane.y + lane.height - 13
        assert 0 <= mark.x <= drawn.width - 13
        spots.add((mark.x, mark.y))
    assert len(spots) == len(drawn.marks)


def test_strip_of_a_long_record_is_bounded(long: Engine) -> None:
    with reading(long) as session:
        drawn = strip(asked(session, _another(session), ""))
    assert drawn is not None
    assert drawn.left_out == 212 - 120
    assert len(drawn.marks) <= 120


def test_strip_of_nothing_dated_is_none(engine: Engine) -> None:
    with writing(engine) as session:
        world = World(session, "undated")
        world.demand("arvenia", "truce", "for", None)
        world.round(None, "Lakeside")
        assert strip(asked(session, world.process.id, "")) is None
        assert session.scalars(select(Round.slug)).one() == "undated-lakeside"


@pytest.mark.parametrize(("query", "met"), [("from=2031-09-10", 1), ("from=2031-10-01", 0), ("to=2031-08-31", 0)])
def test_round_of_a_month_may_be_on_any_of_its_days(session: Session, process_id: int, query: str, met: int) -> None:
    rounds = [group.round.slug for group in asked(session, process_id, query).groups if group.round]
    assert rounds.count("2031-09") == met


@pytest.mark.parametrize(("today", "ahead"), [("2031-09-30", "2031-09"), ("2031-10-01", None)])
def test_round_of_a_month_is_next_until_its_month_has_passed(
    session: Session, process_id: int, today: str, ahead: str | None
) -> None:
    following = overview(session, process_id, date.fromisoformat(today)).next
    assert (following and following.round.slug) == ahead


def test_entries_of_more_records_than_a_statement_takes(session: Session, process_id: int) -> None:
    found = asked(session, process_id, "")
    missing = [found.happenings[0]._replace(id=10_000 + number) for number in range(70_000)]
    made = entries(session, [*missing, *found.happenings], found.words, each=None)
    assert len(made) == 70_016
    assert all(made[happening.key].quotes for happening in found.happenings)
