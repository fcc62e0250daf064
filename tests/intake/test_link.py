"""Linking: finds of hand-made readings become records once, whatever the order, and settle on what articles say."""

import itertools
from datetime import date

import pytest
from sqlalchemy import Engine, func, select

from app.database import reading, writing
from app.evidence.citation import Citation
from app.intake.link import link
from app.intake.link.people import person_for
from app.negotiations.delegation import Delegation, Member
from app.negotiations.demand import Demand
from app.negotiations.outcome import Outcome
from app.negotiations.person import Person
from app.negotiations.round import Round
from app.reading.reading import (
    DemandFind,
    MemberFind,
    Reading,
)
from app.review.revision import Revision
from tests.intake.conftest import Store
from tests.intake.readings import ARTICLES, JUNE, count, june_reading, link_all, quote, round_find

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


def test_who_sat_there_is_settled_from_what_the_articles_say(engine: Engine, store: Store) -> None:
    link_all(engine, store, ["june"])
    find = june_reading().delegations[0]
    other = find.model_copy(
        update={"head": MemberFind(name="Petro Wrong"), "members": (MemberFind(name="Ivan Falsch"),)}
    )
    article_id = store(JUNE).article_id
    seated = select(Person.name, Member.leads).join(Member, Member.person_id == Person.id).order_by(Person.name)
    for reading_again, expected in (
        (june_reading().model_copy(update={"delegations": (other,)}), [("Ivan Falsch", False), ("Petro Wrong", True)]),
        (june_reading(), [("Rustem Umerov", True)]),
    ):
        with writing(engine) as session:
            link(session, article_id, reading_again)
        with reading(engine) as session:
            assert session.execute(seated).all() == expected
    with reading(engine) as session:
        kept = session.scalars(select(Revision.after).where(Revision.kind == "delegation")).all()
        assert sum("members" in after for after in kept) == 3


def test_two_reports_in_one_sentence_stand_side_by_side(engine: Engine, store: Store) -> None:
    link_all(engine, store, ["june"])
    one = june_reading().outcomes[0]
    both = june_reading().model_copy(update={"outcomes": (one, one.model_copy(update={"quantity": 1000}))})
    for _ in range(2):
        with writing(engine) as session:
            link(session, store(JUNE).article_id, both)
    with reading(engine) as session:
        assert session.scalars(select(Outcome)).one().quantity is None
        said = session.scalars(select(Citation.says).where(Citation.outcome_id.is_not(None))).one()
        assert (said["quantity"], [one["quantity"] for one in said["also"]]) == (6000, [1000])


@pytest.mark.parametrize(
    "names",
    [
        ("Andrii Yermak", "Andrey Yermakov"),
        ("Alexander Fomin", "Andrey Fomin"),
        ("Ivan Petrenko", "Irina Petrenko"),
        ("Sergei Lavrov", "Svetlana Lavrova"),
    ],
)
def test_people_of_like_names_stay_apart(engine: Engine, process: int, names: tuple[str, str]) -> None:
    with writing(engine) as session:
        one, other = (person_for(session, process, name, None).id for name in names)
        assert one != other


@pytest.mark.parametrize(
    "names", [("Petro Melnik", "Petro Melnyk"), ("Serhiy Bondar", "Sergiy Bondar"), ("Olena Koval", "Koval")]
)
def test_spellings_of_a_name_are_one_person(engine: Engine, process: int, names: tuple[str, str]) -> None:
    with writing(engine) as session:
        one, other = (person_for(session, process, name, None).id for name in names)
        assert one == other
