"""The article's own row holds its reading's state: each article is read once, whoever dies or dawdles."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import OperationalError

from app.database import reading, writing
from app.evidence.article import Article
from app.evidence.citation import Citation
from app.intake.claim import ATTEMPTS, Claim, claim, finish, release_left_by_dead, wait_again
from app.intake.kept_reading import KeptReading
from app.intake.read_article import read_article
from app.intake.store import Corrections, correct_article
from app.negotiations.demand import Demand
from app.reading.reading import DemandFind, Quote, Reading
from tests.intake.conftest import Store

LEASE = timedelta(seconds=60)
TEXT = "Article {}: Kyiv asks for a truce."


def first_words(_process: str, held: Claim) -> Reading:
    """A reader that finds the same demand in every article."""
    quote = Quote.of(held.text, 0, len(held.text))
    find = DemandFind(party="ukraine", issue="ceasefire", stance="for", quote=quote, confidence=0.5)
    return Reading(reader="test 1", about_talks=True, demands=(find,))


def store_some(store: Store, number: int) -> list[int]:
    return [
        store(TEXT.format(n), title=f"Truce {n}", published_on=date(2025, 6, 1), language="en").article_id
        for n in range(number)
    ]


def states(engine: Engine) -> Counter[str]:
    with reading(engine) as session:
        return Counter(session.scalars(select(Article.reading_state)))


def test_many_readers_read_each_article_once(engine: Engine, store: Store) -> None:
    store_some(store, 12)
    seen: list[int] = []

    def noting(process: str, held: Claim) -> Reading:
        seen.append(held.article_id)
        return first_words(process, held)

    def read_all(_: int) -> None:
        while read_article(engine, noting, LEASE):
            pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(read_all, range(4)))
    assert sorted(Counter(seen).values()) == [1] * 12
    assert states(engine) == {"read": 12}
    with reading(engine) as session:
        counted = [session.scalar(select(func.count()).select_from(t)) for t in (KeptReading, Demand, Citation)]
    assert counted == [12, 1, 12]


def test_reader_that_comes_back_too_late_changes_nothing(engine: Engine, store: Store) -> None:
    (article_id,) = store_some(store, 1)

    def slow(process: str, held: Claim) -> Reading:
        with writing(engine) as session:
            session.execute(update(Article).values(reading_until=Article.added_at))
        assert read_article(engine, first_words, LEASE), "another reader takes the article over"
        return Reading(reader="too late", about_talks=True)

    assert read_article(engine, slow, LEASE)
    with reading(engine) as session:
        assert session.scalars(select(KeptReading.reader)).all() == ["test 1"]
        assert session.get_one(Article, article_id).reading_attempts == 2


def test_held_article_is_not_taken_until_its_lease_ends(engine: Engine, store: Store) -> None:
    (article_id,) = store_some(store, 1)
    with writing(engine) as session:
        assert claim(session, LEASE) is not None
    with writing(engine) as session:
        assert claim(session, LEASE) is None
        assert claim(session, LEASE, article_id) is None
        session.execute(update(Article).values(reading_until=Article.added_at))
    with writing(engine) as session:
        assert claim(session, LEASE, article_id) is not None


def test_article_held_by_a_dead_process_is_free_at_once(engine: Engine, store: Store) -> None:
    store_some(store, 1)
    with writing(engine) as session:
        held = claim(session, LEASE)
        assert held is not None
        host, _, nonce = held.ticket.split("/")
        session.execute(update(Article).values(reading_ticket=f"{host}/{2**22 + 1}/{nonce}"))
    with writing(engine) as session:
        release_left_by_dead(session)
        assert claim(session, LEASE) is not None


def test_article_held_on_another_machine_is_left_alone(engine: Engine, store: Store) -> None:
    store_some(store, 1)
    with writing(engine) as session:
        assert claim(session, LEASE) is not None
        session.execute(update(Article).values(reading_ticket="another-machine/1/x"))
    with writing(engine) as session:
        release_left_by_dead(session)
        assert claim(session, LEASE) is None


def test_text_that_ends_its_reader_again_and_again_is_given_up(engine: Engine, store: Store) -> None:
    store_some(store, 1)
    for _ in range(ATTEMPTS):
        with writing(engine) as session:
            assert claim(session, LEASE) is not None
            session.execute(update(Article).values(reading_until=Article.added_at))
    with writing(engine) as session:
        assert claim(session, LEASE) is None
    assert states(engine) == {"failed": 1}


def test_a_failing_reader_leaves_the_reason_and_goes_on(engine: Engine, store: Store) -> None:
    first, _second = store_some(store, 2)

    def choosy(process: str, held: Claim) -> Reading:
        if held.article_id == first:
            raise MemoryError("too much")
        return first_words(process, held)

    while read_article(engine, choosy, LEASE):
        pass
    assert states(engine) == {"failed": 1, "read": 1}
    with reading(engine) as session:
        assert session.get_one(Article, first).reading_note == "Reading failed: MemoryError."


def test_a_reading_that_cannot_be_linked_keeps_nothing(engine: Engine, store: Store) -> None:
    store_some(store, 1)

    def misquoting(_process: str, held: Claim) -> Reading:
        quote = Quote(start=0, end=5, exact="Other")
        find = DemandFind(party="ukraine", issue="ceasefire", stance="for", quote=quote, confidence=0.5)
        return Reading(reader="test 1", about_talks=True, demands=(find,))

    assert read_article(engine, misquoting, LEASE)
    assert states(engine) == {"failed": 1}
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(KeptReading)) == 0


@pytest.mark.parametrize(("language", "state"), [("de", "set-aside"), ("en", "read")])
def test_text_in_an_unknown_language_is_set_aside(engine: Engine, store: Store, language: str, state: str) -> None:
    store(TEXT.format("of May"), title="A truce", language=language)
    assert read_article(engine, first_words, LEASE)
    assert states(engine) == {state: 1}


def test_finishing_needs_the_claim(engine: Engine, store: Store) -> None:
    store_some(store, 1)
    with writing(engine) as session:
        held = claim(session, LEASE)
        assert held is not None
        assert finish(session, held, "read")
        assert not finish(session, held, "failed", "twice")
    assert states(engine) == {"read": 1}


def test_correcting_the_date_has_the_article_read_again(engine: Engine, store: Store) -> None:
    (article_id,) = store_some(store, 1)
    assert read_article(engine, first_words, LEASE)
    with writing(engine) as session:
        correct_article(session, article_id, Corrections(title="Another title"), "an editor")
    assert states(engine) == {"read": 1}
    with writing(engine) as session:
        correct_article(session, article_id, Corrections(published_on=date(2025, 7, 1)), "an editor")
    assert states(engine) == {"unread": 1}
    assert read_article(engine, first_words, LEASE)
    with reading(engine) as session:
        shown = select(Demand.dated_on, Demand.standing).order_by(Demand.dated_on)
        assert session.execute(shown).all() == [(date(2025, 6, 1), "withdrawn"), (date(2025, 7, 1), "machine-read")]


def test_correcting_the_date_voids_a_reading_in_progress(engine: Engine, store: Store) -> None:
    (article_id,) = store_some(store, 1)

    def overtaken(process: str, held: Claim) -> Reading:
        with writing(engine) as session:
            correct_article(session, article_id, Corrections(published_on=date(2025, 7, 1)), "an editor")
        return first_words(process, held)

    assert read_article(engine, overtaken, LEASE)
    assert states(engine) == {"unread": 1}


def test_a_database_that_does_not_answer_costs_no_attempt(engine: Engine, store: Store) -> None:
    (article_id,) = store_some(store, 1)

    def unlucky(_process: str, _held: Claim) -> Reading:
        raise OperationalError("SELECT", {}, Exception("server closed the connection"))

    for _ in range(ATTEMPTS + 1):
        with pytest.raises(OperationalError):
            read_article(engine, unlucky, LEASE)
    with reading(engine) as session:
        article = session.get_one(Article, article_id)
        assert (article.reading_state, article.reading_attempts) == ("unread", 0)


def test_failed_articles_can_be_read_again(engine: Engine, store: Store) -> None:
    store_some(store, 2)

    def failing(_process: str, _held: Claim) -> Reading:
        raise OSError("no model")

    while read_article(engine, failing, LEASE):
        pass
    assert states(engine) == {"failed": 2}
    with writing(engine) as session:
        assert wait_again(session) == 2
    assert read_article(engine, first_words, LEASE)
    assert states(engine) == {"read": 1, "unread": 1}


def test_a_text_set_aside_later_takes_its_finds_back(engine: Engine, store: Store) -> None:
    (article_id,) = store_some(store, 1)
    assert read_article(engine, first_words, LEASE)
    with writing(engine) as session:
        correct_article(session, article_id, Corrections(language="de"), "an editor")
    assert read_article(engine, first_words, LEASE)
    assert states(engine) == {"set-aside": 1}
    with reading(engine) as session:
        assert session.scalars(select(Demand.standing)).all() == ["withdrawn"]
