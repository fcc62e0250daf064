"""Linking: finds of hand-made readings become records once, whatever the order, and settle on what articles say."""

import itertools
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from app.database import Base, reading, writing
from app.evidence.citation import Citation
from app.intake.link import link
from app.negotiations.delegation import Delegation, Member
from app.negotiations.demand import Demand
from app.negotiations.outcome import Outcome
from app.negotiations.person import Person
from app.negotiations.round import FormerSlug, Round
from app.reading.reading import (
    DelegationFind,
    DemandFind,
    MemberFind,
    OutcomeFind,
    Quote,
    Reading,
    RoundFind,
)
from app.review.revision import Revision
from tests.intake.conftest import Store

JUNE = "The delegations met in Istanbul on Monday. Rustem Umerov led 14 people. Kyiv asked for a truce. Swap of 6,000."
MAY = "In May the sides had met in Istanbul. A thousand prisoners a side went home. Rustem Umerow headed the team."
LATER = "Look back at Istanbul. Kyiv stood by the truce. A swap of 1,000 came of it, and it was carried out."


def quote(text: str, words: str) -> Quote:
    start = text.index(words)
    return Quote.of(text, start, start + len(words))


def round_find(text: str, words: str, when: str | None, **said: Any) -> RoundFind:
    said = {"city": "Istanbul", "status": "held"} | said
    return RoundFind(date=when, quote=quote(text, words), confidence=0.9, **said)


def june_reading() -> Reading:
    return Reading(
        reader="test",
        about_talks=True,
        rounds=(round_find(JUNE, "The delegations met", "2025-06-02", ordinal=2, format="direct"),),
        delegations=(
            DelegationFind(
                party="ukraine",
                round="2025-06-02",
                head=MemberFind(name="Rustem Umerov", office="defence minister"),
                size=14,
                quote=quote(JUNE, "Rustem Umerov led 14 people"),
                confidence=0.9,
            ),
        ),
        demands=(
            DemandFind(
                party="ukraine",
                issue="ceasefire",
                stance="for",
                round="2025-06-02",
                quote=quote(JUNE, "Kyiv asked for a truce."),
                confidence=0.8,
            ),
        ),
        outcomes=(
            OutcomeFind(
                round="2025-06-02",
                kind="bodies-exchange",
                status="agreed",
                quantity=6000,
                quote=quote(JUNE, "Swap of 6,000."),
                confidence=0.8,
            ),
        ),
    )


def may_reading() -> Reading:
    return Reading(
        reader="test",
        about_talks=True,
        rounds=(round_find(MAY, "the sides had met in Istanbul", "2025-05"),),
        delegations=(
            DelegationFind(
                party="ukraine",
                round="2025-05",
                head=MemberFind(name="Rustem Umerow"),
                quote=quote(MAY, "Rustem Umerow headed the team."),
                confidence=0.9,
            ),
        ),
    )


def later_reading() -> Reading:
    return Reading(
        reader="test",
        about_talks=True,
        rounds=(round_find(LATER, "Look back at Istanbul.", "2025-06"),),
        demands=(
            DemandFind(
                party="ukraine",
                issue="ceasefire",
                stance="for",
                round="2025-06",
                quote=quote(LATER, "Kyiv stood by the truce."),
                confidence=0.7,
            ),
        ),
        outcomes=(
            OutcomeFind(
                round="2025-06",
                kind="bodies-exchange",
                status="implemented",
                quantity=1000,
                quote=quote(LATER, "A swap of 1,000 came of it"),
                confidence=0.8,
            ),
        ),
    )


ARTICLES = {
    "june": (JUNE, date(2025, 6, 2), june_reading),
    "may": (MAY, date(2025, 5, 20), may_reading),
    "later": (LATER, date(2025, 7, 1), later_reading),
}


def link_all(engine: Engine, store: Store, names: list[str]) -> None:
    for name in names:
        text, published, make = ARTICLES[name]
        stored = store(text, title=name, published_on=published)
        with writing(engine) as session:
            link(session, stored.article_id, make())


def count(engine: Engine, *tables: type[Base]) -> list[int | None]:
    with reading(engine) as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in tables]


TABLES = (Round, Delegation, Member, Demand, Outcome, Citation, Revision)


def test_finds_become_records_that_rest_on_quotes(engine: Engine, store: Store) -> None:
    link_all(engine, store, ["june"])
    with reading(engine) as session:
        round_ = session.scalars(select(Round)).one()
        assert (round_.slug, round_.ordinal, round_.format) == ("2025-06-02-istanbul", 2, "direct")
        assert session.scalars(select(Delegation)).one().size == 14
        assert session.scalars(select(Demand)).one().dated_on == date(2025, 6, 2)
        assert session.scalars(select(Outcome)).one().quantity == 6000
        umerov = session.scalars(select(Person).join(Member, Member.person_id == Person.id)).one()
        assert umerov.name == "Rustem Umerov"


def test_linking_the_same_reading_again_changes_nothing(engine: Engine, store: Store) -> None:
    link_all(engine, store, ["june", "may", "later"])
    before = count(engine, *TABLES)
    link_all(engine, store, ["may", "later", "june"])
    assert count(engine, *TABLES) == before


@pytest.mark.parametrize("order", list(itertools.permutations(ARTICLES)), ids="-".join)
def test_order_of_reading_does_not_matter(engine: Engine, store: Store, order: tuple[str, ...]) -> None:
    link_all(engine, store, list(order))
    with reading(engine) as session:
        rounds = session.scalars(select(Round).order_by(Round.starts_on)).all()
        assert [(round_.slug, round_.status, round_.ordinal) for round_ in rounds] == [
            ("2025-05-istanbul", "held", None),
            ("2025-06-02-istanbul", "held", 2),
        ]
        demand = session.scalars(select(Demand)).one()
        assert (demand.round_id, demand.dated_on) == (rounds[1].id, date(2025, 6, 2))
        outcome = session.scalars(select(Outcome)).one()
        assert (outcome.status, outcome.quantity) == ("implemented", None), "6,000 and 1,000 disagree"
        assert count(engine, Citation) == [9]


def test_a_date_known_better_keeps_the_former_address(engine: Engine, store: Store) -> None:
    link_all(engine, store, ["later", "june"])
    with reading(engine) as session:
        round_ = session.scalars(select(Round)).one()
        assert session.scalars(select(FormerSlug)).one().slug == "2025-06-istanbul"
        assert (round_.slug, round_.precision) == ("2025-06-02-istanbul", "day")


def test_another_spelling_of_a_name_is_the_same_person(engine: Engine, store: Store) -> None:
    link_all(engine, store, ["june", "may"])
    with reading(engine) as session:
        assert len(set(session.scalars(select(Member.person_id)))) == 1


def test_what_a_person_decided_is_not_settled_again(engine: Engine, store: Store) -> None:
    link_all(engine, store, ["june"])
    with writing(engine) as session:
        outcome = session.scalars(select(Outcome)).one()
        outcome.standing, outcome.quantity = "amended", 5000
    link_all(engine, store, ["later"])
    with reading(engine) as session:
        outcome = session.scalars(select(Outcome)).one()
        assert (outcome.quantity, outcome.status) == (5000, "agreed")


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


def test_demand_without_a_round_stands_by_its_article_date(engine: Engine, store: Store) -> None:
    text = "Moscow wants the sanctions gone."
    stored = store(text, title="Sanctions", published_on=date(2025, 8, 9))
    find = DemandFind(party="russia", issue="sanctions", stance="against", quote=quote(text, text), confidence=0.6)
    with writing(engine) as session:
        link(session, stored.article_id, Reading(reader="test", about_talks=True, demands=(find,)))
    with reading(engine) as session:
        demand = session.scalars(select(Demand)).one()
        assert (demand.round_id, demand.dated_on) == (None, date(2025, 8, 9))


def test_a_quote_that_is_not_in_the_text_is_refused(engine: Engine, store: Store) -> None:
    stored = store(JUNE, title="June", published_on=date(2025, 6, 2))
    find = round_find("Other words, another text.", "another text", "2025-06-02")
    with pytest.raises(ValueError, match="not word for word"), writing(engine) as session:
        link(session, stored.article_id, Reading(reader="test", about_talks=True, rounds=(find,)))
    assert count(engine, Round, Citation, Revision) == [0, 0, 1]


def test_a_new_reading_withdraws_what_it_does_not_bear_out(engine: Engine, store: Store) -> None:
    link_all(engine, store, ["june"])
    article_id = store(JUNE).article_id
    with writing(engine) as session:
        link(session, article_id, june_reading().model_copy(update={"demands": (), "outcomes": ()}))
    with reading(engine) as session:
        assert session.scalars(select(Demand.standing)).all() == ["withdrawn"]
        assert session.scalars(select(Round.standing)).all() == ["machine-read"]
        withdrawn = select(func.count()).where(Citation.withdrawn_at.is_not(None))
        assert session.scalar(withdrawn) == 2
    with writing(engine) as session:
        link(session, article_id, june_reading())
    with reading(engine) as session:
        assert session.scalars(select(Demand.standing)).all() == ["machine-read"]
        assert session.scalar(withdrawn) == 0


def test_a_new_reading_leaves_what_a_person_confirmed(engine: Engine, store: Store) -> None:
    link_all(engine, store, ["june"])
    with writing(engine) as session:
        session.scalars(select(Demand)).one().standing = "confirmed"
    with writing(engine) as session:
        link(session, store(JUNE).article_id, Reading(reader="test", about_talks=False))
    with reading(engine) as session:
        assert session.scalars(select(Demand.standing)).all() == ["confirmed"]
        assert session.scalars(select(Round.standing)).all() == ["withdrawn"]


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
