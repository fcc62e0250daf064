"""Positions as of a round or a date, how the sides stand to each other, and what moved."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.database import writing
from app.negotiations.comparison import Comparison, Question, Row, compare
from app.negotiations.movement import movement, relation, strongest
from app.negotiations.position import Stand, articles_for, positions, story
from app.negotiations.round import RoundRow, when_told
from app.negotiations.timeline import words
from tests.factories import World
from tests.negotiations.talks import AFTER, JUNE, MAY

MAY_SLUG, JUNE_SLUG = "2031-05-16-lakeside", "2031-06-02-lakeside"


def row_of(comparison: Comparison, issue: str) -> Row:
    return next(row for row in comparison.rows if row.issue.slug == issue)


def stances(comparison: Comparison, issue: str) -> list[str]:
    return ["/".join(told.stand.stance for told in cell.said) for cell in row_of(comparison, issue).cells]


def stand(stance: str, number: int = 1) -> Stand:
    return Stand(number, 1, 1, None, stance, None, None, "machine-read")


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (["for"], ["against"], "opposed"),
        (["for"], ["for"], "same stance"),
        (["against"], ["against"], "same stance"),
        (["for"], [], "one-sided"),
        ([], [], "unreported"),
        (["for", "against"], ["for"], "reported both ways"),
        (["for", "against"], [], "reported both ways"),
    ],
)
def test_relation_between_sides(ours: list[str], theirs: list[str], expected: str) -> None:
    assert relation([[stand(one) for one in ours], [stand(one) for one in theirs]]) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], None),
        ([], [stand("for")], "new"),
        ([stand("for", 1)], [stand("for", 1)], "not reported"),
        ([stand("for", 1)], [stand("for", 2)], "held"),
        ([stand("for", 1)], [stand("against", 2)], "stance differs"),
        ([stand("for", 1)], [stand("for", 2), stand("against", 3)], "reported both ways"),
        ([stand("for", 1), stand("against", 2)], [stand("against", 3)], "was reported both ways"),
        ([stand("for", 1), stand("against", 2)], [stand("against", 3), stand("for", 4)], "held"),
    ],
)
def test_movement_of_a_position(before: list[Stand], after: list[Stand], expected: str | None) -> None:
    assert movement(before, after) == expected


def test_latest_positions(session: Session, process_id: int) -> None:
    found = compare(session, process_id, Question())
    relations = {row.issue.slug: row.relation for row in found.rows}
    assert relations == {
        "truce": "same stance",
        "arms-limits": "unreported",
        "valley": "opposed",
        "captives": "same stance",
        "summit": "reported both ways",
    }
    assert stances(found, "truce") == ["for", "for"]
    assert stances(found, "valley") == ["against", "for"]
    assert stances(found, "summit") == ["for/against", ""]


def test_positions_as_of_a_round_leave_out_what_came_later(session: Session, process_id: int) -> None:
    found = compare(session, process_id, Question(as_of=MAY_SLUG))
    assert stances(found, "truce") == ["for", "against"]
    assert stances(found, "valley") == ["", "for"]
    assert [row.relation for row in found.rows] == ["opposed", "unreported", "one-sided", "unreported", "unreported"]


def test_position_carried_over_from_an_earlier_round_is_told_apart(session: Session, process_id: int) -> None:
    found = compare(session, process_id, Question(as_of=JUNE_SLUG))
    assert [cell.carried for cell in row_of(found, "valley").cells] == [False, True]
    assert row_of(found, "valley").cells[1].said[0].stand.dated_on == MAY


def test_what_moved_between_two_rounds(session: Session, process_id: int) -> None:
    found = compare(session, process_id, Question(as_of=JUNE_SLUG, against=MAY_SLUG))
    truce, valley, captives = (row_of(found, issue) for issue in ("truce", "valley", "captives"))
    assert [cell.moved for cell in truce.cells] == ["held", "stance differs"]
    assert (truce.before, truce.relation, truce.moved) == ("opposed", "same stance", "stance differs")
    assert [cell.moved for cell in valley.cells] == ["new", "not reported"]
    assert (captives.before, captives.moved) == ("unreported", "new")
    assert row_of(found, "arms-limits").moved is None


def test_party_that_is_asked_for_stands_beside_the_sides_and_changes_no_relation(
    session: Session, process_id: int
) -> None:
    found = compare(session, process_id, Question(parties=("corvan",)))
    assert [party.slug for party in found.parties] == ["arvenia", "beldor", "corvan"]
    assert stances(found, "truce") == ["for", "for", "for"]
    assert row_of(found, "valley").relation == "opposed"


def test_articles_behind_a_stance_are_counted_up_to_the_date(session: Session, process_id: int) -> None:
    known = words(session, process_id)
    truce = next(issue.id for issue in known.issues.values() if issue.slug == "truce")
    arvenia, beldor = (party.id for party in list(known.parties.values())[:2])
    latest = articles_for(session, process_id)
    assert (latest[truce, arvenia, "for"], latest[truce, beldor, "against"], latest[truce, beldor, "for"]) == (4, 2, 1)
    assert articles_for(session, process_id, until=MAY)[truce, arvenia, "for"] == 2
    found = compare(session, process_id, Question(as_of=JUNE_SLUG))
    assert [cell.articles for cell in row_of(found, "truce").cells] == [4, 1]
    assert [cell.said[0].articles for cell in row_of(found, "truce").cells] == [2, 1]


def test_movement_of_a_position_that_the_later_round_does_not_report() -> None:
    assert movement([stand("for", 1)], [stand("for", 2)], carried=True) == "not reported"
    assert movement([], [stand("for", 2)], carried=True) == "not reported"
    assert movement([stand("for", 1)], [], carried=True) is None


def test_row_is_held_only_where_every_reported_side_was_reported_again() -> None:
    assert strongest(["held", "not reported"]) == "not reported"
    assert strongest(["held", None]) == "held"
    assert strongest(["not reported", "stance differs", "new"]) == "stance differs"


def test_round_that_says_nothing_of_a_position_moves_nothing(session: Session, process_id: int) -> None:
    found = compare(session, process_id, Question(as_of="2031-09", against=MAY_SLUG))
    cells = [cell for row in found.rows for cell in row.cells if cell.said]
    assert len(cells) == 7
    assert all((cell.carried, cell.moved, cell.changed) == (True, "not reported", False) for cell in cells)
    assert not any(row.changed for row in found.rows)


@pytest.mark.parametrize(("as_of", "against"), [(MAY_SLUG, JUNE_SLUG), (MAY_SLUG, MAY_SLUG), (JUNE_SLUG, "latest")])
def test_nothing_moves_against_the_same_or_a_later_date(
    session: Session, process_id: int, as_of: str, against: str
) -> None:
    found = compare(session, process_id, Question(as_of=as_of, against=against))
    assert (found.against, found.not_earlier is not None) == (None, True)
    assert {cell.moved for row in found.rows for cell in row.cells} == {None}


def test_position_is_held_only_against_rounds_before_it(session: Session, process_id: int) -> None:
    found = compare(session, process_id, Question(as_of=JUNE_SLUG))
    assert [row.slug for row in found.earlier] == ["2029-03-04-old-mill", MAY_SLUG]
    assert len(compare(session, process_id, Question()).earlier) == 4


def test_each_stance_says_when_it_was_told(session: Session, process_id: int) -> None:
    found = compare(session, process_id, Question(parties=("corvan",)))
    told = [cell.said[0].when for cell in row_of(found, "truce").cells]
    assert told == ["at the round of 2 June 2031", "at the round of 2 June 2031", "reported 10 June 2031"]
    planned = RoundRow(1, "x", date(2031, 9, 1), "month", None, None, None, "planned", "machine-read")
    assert when_told(planned, planned.starts_on) == "before the planned round of September 2031"
    assert when_told(planned._replace(status="cancelled"), None) == "for the cancelled round of September 2031"


def test_confirmed_only(session: Session, process_id: int) -> None:
    found = compare(session, process_id, Question(confirmed=True))
    assert stances(found, "truce") == ["for", ""]
    assert sum(bool(cell.said) for row in found.rows for cell in row.cells) == 1
    assert {row.relation for row in found.rows} == {"one-sided", "unconfirmed"}


def test_demand_without_a_date_counts_only_where_no_other_is(engine: Engine) -> None:
    with writing(engine) as session:
        world = World(session)
        world.demand("arvenia", "truce", "against", None)
        dated = world.demand("arvenia", "truce", "for", JUNE)
        undated = world.demand("beldor", "truce", "for", None)
        found = positions(session, world.process.id)
        assert sorted(stand.id for some in found.values() for stand in some) == [dated.id, undated.id]


@pytest.mark.parametrize(("until", "expected"), [(None, 4), (JUNE, 3), (date(2029, 12, 31), 1)])
def test_story_is_told_from_the_latest_on(session: Session, process_id: int, until: date | None, expected: int) -> None:
    known = words(session, process_id)
    truce = next(issue.id for issue in known.issues.values() if issue.slug == "truce")
    told = [
        stand
        for party in known.parties.values()
        if party.slug in ("arvenia", "corvan")
        for stand in story(session, truce, party.id, until=until)
    ]
    assert len(told) == expected
    assert (AFTER in [stand.dated_on for stand in told]) is (until is None)
