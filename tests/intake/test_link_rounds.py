"""Linking rounds: which round a find means, and how a round is named and dated as articles say more."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, select

from app.database import reading, writing
from app.intake.link import link
from app.negotiations.demand import Demand
from app.negotiations.round import FormerSlug, Round
from app.reading.reading import (
    DemandFind,
    Reading,
)
from tests.intake.conftest import Store
from tests.intake.readings import JUNE, june_reading, link_all, quote, round_find


def test_a_date_known_better_keeps_the_former_address(engine: Engine, store: Store) -> None:
    link_all(engine, store, ["later", "june"])
    with reading(engine) as session:
        round_ = session.scalars(select(Round)).one()
        assert session.scalars(select(FormerSlug)).one().slug == "2025-06-istanbul"
        assert (round_.slug, round_.precision) == ("2025-06-02-istanbul", "day")


def test_planned_becomes_held_and_a_newer_cancellation_counts(engine: Engine, store: Store) -> None:
    texts = {"planned": date(2025, 5, 30), "held": date(2025, 6, 3), "cancelled": date(2025, 6, 1)}
    for status, published in texts.items():
        text = f"The talks of 2 June are {status}, it was said."
        stored = store(text, title=status, published_on=published)
        find = round_find(text, "The talks of 2 June", "2025-06-02", status=status)
        with writing(engine) as session:
            link(session, stored.article_id, Reading(reader="test", about_talks=True, rounds=(find,)))
    with reading(engine) as session:
        assert session.scalars(select(Round)).one().status == "held"


def test_same_day_in_two_cities_is_two_rounds(engine: Engine, store: Store) -> None:
    text = "Envoys met in Riyadh while the delegations met in Istanbul."
    stored = store(text, title="Two places", published_on=date(2025, 6, 2))
    finds = (
        round_find(text, "Envoys met in Riyadh", "2025-06-02", city="Riyadh", format="consultation"),
        round_find(text, "the delegations met in Istanbul", "2025-06-02"),
    )
    with writing(engine) as session:
        link(session, stored.article_id, Reading(reader="test", about_talks=True, rounds=finds))
    with reading(engine) as session:
        assert set(session.scalars(select(Round.slug))) == {"2025-06-02-riyadh", "2025-06-02-istanbul"}


def test_a_corrected_date_does_not_drag_the_former_round_along(engine: Engine, store: Store) -> None:
    article_id = store(JUNE).article_id
    undated = june_reading().model_copy(
        update={"rounds": (round_find(JUNE, "The delegations met", None, ordinal=2),), "delegations": ()}
    )
    with writing(engine) as session:
        link(session, article_id, undated)
    with writing(engine) as session:
        link(session, article_id, june_reading())
    with reading(engine) as session:
        shown = select(Round.slug, Round.standing).order_by(Round.id)
        assert session.execute(shown).all() == [
            ("undated-istanbul", "withdrawn"),
            ("2025-06-02-istanbul", "machine-read"),
        ]


def test_month_and_day_of_one_round_in_one_article_are_one(engine: Engine, store: Store) -> None:
    text = "The talks of May were the first. On 16 May the delegations met in Istanbul."
    stored = store(text, title="May", published_on=date(2025, 5, 20))
    finds = (
        round_find(text, "The talks of May", "2025-05", city=None),
        round_find(text, "On 16 May the delegations met in Istanbul", "2025-05-16"),
    )
    for _ in range(2):
        with writing(engine) as session:
            link(session, stored.article_id, Reading(reader="test", about_talks=True, rounds=finds))
    with reading(engine) as session:
        assert session.scalars(select(Round.slug)).all() == ["2025-05-16-istanbul"]


RECENT = "The recent talks in Istanbul changed little. Moscow ruled out a full truce."


@pytest.mark.parametrize("recent_first", [True, False])
@pytest.mark.parametrize(("published", "one"), [(date(2025, 6, 5), True), (date(2025, 9, 5), False)])
def test_recent_talks_are_the_last_ones_in_that_city(
    engine: Engine, store: Store, published: date, one: bool, recent_first: bool
) -> None:
    recent = Reading(
        reader="test",
        about_talks=True,
        rounds=(round_find(RECENT, "The recent talks in Istanbul", None),),
        demands=(
            DemandFind(
                party="russia",
                issue="ceasefire",
                stance="against",
                quote=quote(RECENT, "Moscow ruled out a full truce."),
                confidence=0.8,
            ),
        ),
    )

    def link_recent() -> None:
        stored = store(RECENT, title="Recent", published_on=published)
        with writing(engine) as session:
            link(session, stored.article_id, recent)

    steps: list[Callable[[], None]] = [link_recent, lambda: link_all(engine, store, ["june"])]
    for step in steps if recent_first else steps[::-1]:
        step()
    with reading(engine) as session:
        slugs = set(session.scalars(select(Round.slug)))
        demand = session.scalars(select(Demand).where(Demand.stance == "against")).one()
        assert slugs == ({"2025-06-02-istanbul"} if one else {"2025-06-02-istanbul", "undated-istanbul"})
        assert demand.dated_on == (date(2025, 6, 2) if one else None)
        assert demand.round_id is not None


def test_a_city_known_later_names_the_round(engine: Engine, store: Store) -> None:
    text = "Negotiators sat down on 2 June, it was said."
    stored = store(text, title="Sat down", published_on=date(2025, 6, 3))
    find = round_find(text, "on 2 June", "2025-06-02", city=None)
    with writing(engine) as session:
        link(session, stored.article_id, Reading(reader="test", about_talks=True, rounds=(find,)))
    link_all(engine, store, ["june"])
    with reading(engine) as session:
        assert session.scalars(select(Round.slug)).all() == ["2025-06-02-istanbul"]
        assert session.scalars(select(FormerSlug.slug)).all() == ["2025-06-02-talks"]


def test_a_round_that_a_person_confirmed_keeps_its_date_and_address(engine: Engine, store: Store) -> None:
    link_all(engine, store, ["later"])
    with writing(engine) as session:
        session.scalars(select(Round)).one().standing = "confirmed"
    link_all(engine, store, ["june"])
    with reading(engine) as session:
        confirmed = session.scalars(select(Round).where(Round.standing == "confirmed")).one()
        assert (confirmed.slug, confirmed.precision, confirmed.ordinal) == ("2025-06-istanbul", "month", None)


def test_a_date_goes_with_the_only_citation_that_gave_it(engine: Engine, store: Store) -> None:
    link_all(engine, store, ["later", "june"])
    with writing(engine) as session:
        link(session, store(JUNE).article_id, Reading(reader="test", about_talks=False))
    with reading(engine) as session:
        round_ = session.scalars(select(Round)).one()
        assert (round_.starts_on, round_.precision) == (date(2025, 6, 1), "month")
        assert session.scalars(select(Demand.dated_on)).all() == [date(2025, 6, 1)]
