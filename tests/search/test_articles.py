"""The library's filters and counts, alike on both databases."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, event, update

from app.database import reading, writing
from app.evidence.source import Source
from app.negotiations.demand import Demand
from app.negotiations.finds import Counts
from app.negotiations.round import FormerSlug
from app.search.articles import Filters, choices, count, everything, excerpts, listed
from tests.small_record import Entered, enter


@pytest.fixture
def record(engine: Engine) -> Entered:
    return enter(engine)


def slugs(engine: Engine, record: Entered, filters: Filters) -> list[str]:
    with reading(engine) as session:
        rows = listed(session, record.process, filters, 1)
        assert count(session, record.process, filters) == len(rows)
    assert [row.slug for row in everything(engine, record.process, filters)] == [row.slug for row in rows]
    return [row.slug for row in rows]


TALKS, PREVIEW, UNREADABLE = "2031-03-04-talks-end", "2031-03-01-envoys-to-meet", "undated-peregovory"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), [TALKS, PREVIEW, UNREADABLE]),
        (Filters(q="truce"), [TALKS, PREVIEW]),
        (Filters(q="переговоры"), [UNREADABLE]),
        (Filters(outlet="the-herald"), [TALKS]),
        (Filters(outlet="nowhere"), []),
        (Filters(state="set-aside"), [UNREADABLE]),
        (Filters(party="beldor"), [TALKS]),
        (Filters(party="arvenia"), [TALKS, PREVIEW]),
        (Filters(round="2031-03-03-lakeside"), [TALKS, PREVIEW]),
        (Filters(party="beldor", round="2031-03-03-lakeside"), [TALKS]),
        (Filters(party="beldor", round="another"), []),
        (Filters(since=date(2031, 3, 2)), [TALKS]),
        (Filters(until=date(2031, 3, 1)), [PREVIEW]),
        (Filters(since=date(2031, 3, 1), until=date(2031, 3, 4)), [TALKS, PREVIEW]),
        (Filters(q="truce", outlet="gazette", party="arvenia"), [PREVIEW]),
    ],
)
def test_filters(engine: Engine, record: Entered, filters: Filters, found: list[str]) -> None:
    assert slugs(engine, record, filters) == found


def test_counts_of_records(engine: Engine, record: Entered) -> None:
    with reading(engine) as session:
        rows = listed(session, record.process, Filters(), 1)
    assert [row.counts for row in rows] == [Counts(1, 1, 2, 1), Counts(demands=1), Counts()]


def test_rejected_record_counts_nowhere(engine: Engine, record: Entered) -> None:
    with writing(engine) as session:
        session.execute(update(Demand).where(Demand.id == record.demand_for).values(standing="rejected"))
    assert slugs(engine, record, Filters(party="arvenia")) == []
    with reading(engine) as session:
        assert listed(session, record.process, Filters(), 1)[1].counts == Counts()


def test_round_answers_to_its_former_slug(engine: Engine, record: Entered) -> None:
    with writing(engine) as session:
        session.add(FormerSlug(process_id=record.process, slug="2031-03-lakeside", round_id=record.round))
    assert slugs(engine, record, Filters(round="2031-03-lakeside")) == [TALKS, PREVIEW]


def test_pages_hold_fifty(engine: Engine) -> None:
    record = enter(engine, more=60)
    with reading(engine) as session:
        pages = [listed(session, record.process, Filters(), page) for page in (1, 2, 3)]
        assert count(session, record.process, Filters()) == 63
    assert [len(page) for page in pages] == [50, 13, 0]
    assert len({row.slug for page in pages for row in page}) == 63


def test_choices_are_those_of_the_process(engine: Engine, record: Entered) -> None:
    with writing(engine) as session:
        session.add(Source(slug="unused", name="Never published"))
    with reading(engine) as session:
        found = choices(session, record.process)
    assert [outlet.name for outlet in found.outlets] == ["Gazette", "The Herald"]
    assert [party.slug for party in found.parties] == ["arvenia", "beldor", "corvan"]
    assert [(choice.slug, choice.city) for choice in found.rounds] == [("2031-03-03-lakeside", "Lakeside")]


def test_excerpt_marks_what_was_searched(engine: Engine, record: Entered) -> None:
    with reading(engine) as session:
        parts = excerpts(session, [record.preview], "full truce")[record.preview]
    assert [part.text for part in parts if part.found] == ["full", "truce"]


@pytest.fixture
def statements(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_number_of_queries_does_not_grow(engine: Engine, statements: list[str]) -> None:
    record = enter(engine, more=40)
    statements.clear()
    with reading(engine) as session:
        rows = listed(session, record.process, Filters(), 1)
    assert len(rows) == 43
    assert len([one for one in statements if one.startswith("SELECT")]) == 2
