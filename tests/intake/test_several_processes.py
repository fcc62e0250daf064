"""Several processes in one database: an article goes to the one that it is about, unless a person says otherwise."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select, update

from app.database import reading, writing
from app.evidence.article import Article
from app.evidence.citation import Citation
from app.evidence.documents import from_paste
from app.intake.claim import Claim, wait_again
from app.intake.in_its_process import in_its_process
from app.intake.move import PERSON_STANDS_BEHIND, SAME_TEXT, Stays
from app.intake.read_article import read_article
from app.intake.store import Corrections, Stored, correct_article, store_article
from app.negotiations.demand import Demand
from app.reading.reading import DemandFind, Quote, Reading
from app.review.revision import Revision
from tests.factories import World

LEASE = timedelta(seconds=60)
LAKE, COAST = "lake", "coast"
TEXT = "Arvenia asks for a truce at the lake."
OTHER = "Arvenia asks for a truce on the coast."


@pytest.fixture
def ids(engine: Engine) -> dict[str, int]:
    """Ids of two processes of the same parties."""
    with writing(engine) as session:
        return {slug: World(session, slug).process.id for slug in (LAKE, COAST)}


def by_its_words(process: str, held: Claim) -> Reading:
    """A reader that takes an article that names the coast to the process of the coast."""
    about = COAST if "coast" in held.text and not held.process_given else process
    quote = Quote.of(held.text, 0, len(held.text))
    demand = DemandFind(party="arvenia", issue="truce", stance="for", quote=quote, confidence=0.5)
    return Reading(reader="test 1", about_talks=True, process=about, demands=(demand,))


def store(engine: Engine, text: str, home: int, given: int | None = None) -> Stored:
    with writing(engine) as session:
        document = from_paste(text, limit=1_000)
        return store_article(session, home, document, Corrections(process_id=given, language="en"), "a person")


def place(engine: Engine, stored: Stored) -> tuple[int, str | None]:
    """The article's process, and the note of its reading."""
    with reading(engine) as session:
        article = session.get_one(Article, stored.article_id)
        return article.process_id, article.reading_note


def demands(engine: Engine) -> dict[int, str]:
    """The standing of each demand, by its process."""
    with reading(engine) as session:
        return dict(session.execute(select(Demand.process_id, Demand.standing)).all())


def correct(engine: Engine, stored: Stored, **known: object) -> None:
    with writing(engine) as session:
        correct_article(session, stored.article_id, Corrections(**known), "an editor")  # type: ignore[arg-type]


def test_article_goes_to_the_process_that_it_is_about(engine: Engine, ids: dict[str, int]) -> None:
    here, there = store(engine, TEXT, ids[LAKE]), store(engine, OTHER, ids[LAKE])
    while read_article(engine, by_its_words, LEASE):
        pass
    assert (place(engine, here), place(engine, there)) == ((ids[LAKE], None), (ids[COAST], None))
    assert demands(engine) == {ids[LAKE]: "machine-read", ids[COAST]: "machine-read"}
    with reading(engine) as session:
        moved = select(Revision.before, Revision.after).where(Revision.record_id == there.article_id)
        assert session.execute(moved.where(Revision.kind == "article").order_by(Revision.id.desc())).first() == (
            {"process_id": ids[LAKE]},
            {"process_id": ids[COAST]},
        )


def test_reading_again_changes_nothing(engine: Engine, ids: dict[str, int]) -> None:
    store(engine, OTHER, ids[LAKE])
    assert read_article(engine, by_its_words, LEASE)
    with writing(engine) as session:
        session.execute(update(Article).values(reading_state="failed"))
        before = session.scalar(select(func.count()).select_from(Revision))
        assert wait_again(session) == 1
    assert read_article(engine, by_its_words, LEASE)
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(Revision)) == before
        assert session.scalar(select(func.count()).select_from(Citation)) == 1


def test_what_a_person_chose_stays(engine: Engine, ids: dict[str, int]) -> None:
    stored = store(engine, OTHER, ids[COAST], given=ids[LAKE])
    assert read_article(engine, by_its_words, LEASE)
    assert place(engine, stored) == (ids[LAKE], None)


def test_correction_takes_an_article_over_and_back(engine: Engine, ids: dict[str, int]) -> None:
    stored = store(engine, OTHER, ids[LAKE])
    assert read_article(engine, by_its_words, LEASE)
    correct(engine, stored, process_id=ids[LAKE])
    assert demands(engine) == {ids[COAST]: "withdrawn"}
    assert read_article(engine, by_its_words, LEASE), "it is read again"
    assert place(engine, stored) == (ids[LAKE], None)
    assert demands(engine) == {ids[LAKE]: "machine-read", ids[COAST]: "withdrawn"}
    correct(engine, stored, cleared=frozenset({"process"}))
    assert read_article(engine, by_its_words, LEASE), "its process is found by reading again"
    assert place(engine, stored) == (ids[COAST], None)
    assert demands(engine) == {ids[LAKE]: "withdrawn", ids[COAST]: "machine-read"}


def test_choosing_the_process_that_was_found_reads_nothing_again(engine: Engine, ids: dict[str, int]) -> None:
    stored = store(engine, TEXT, ids[LAKE])
    assert read_article(engine, by_its_words, LEASE)
    correct(engine, stored, process_id=ids[LAKE])
    assert not read_article(engine, by_its_words, LEASE)


def test_article_stays_where_a_person_stands_behind_its_records(engine: Engine, ids: dict[str, int]) -> None:
    stored = store(engine, OTHER, ids[LAKE], given=ids[LAKE])
    assert read_article(engine, by_its_words, LEASE)
    with writing(engine) as session:
        session.execute(update(Demand).values(standing="confirmed"))
    with pytest.raises(Stays, match=PERSON_STANDS_BEHIND):
        correct(engine, stored, process_id=ids[COAST])
    correct(engine, stored, cleared=frozenset({"process"}))
    assert read_article(engine, by_its_words, LEASE)
    assert place(engine, stored) == (ids[LAKE], None)
    assert demands(engine) == {ids[LAKE]: "confirmed"}


def test_same_text_is_in_a_process_once(engine: Engine, ids: dict[str, int]) -> None:
    first = store(engine, OTHER, ids[COAST])
    assert not store(engine, OTHER, ids[LAKE]).is_new, "it is looked for in all processes"
    second = store(engine, OTHER, ids[LAKE], given=ids[LAKE])
    assert second.is_new, "unless a person wants it in another"
    correct(engine, second, cleared=frozenset({"process"}))
    while read_article(engine, by_its_words, LEASE):
        pass
    assert place(engine, first) == (ids[COAST], None)
    process, note = place(engine, second)
    assert process == ids[LAKE]
    assert note
    assert note.endswith(SAME_TEXT)
    assert demands(engine) == {ids[COAST]: "machine-read"}


def test_articles_that_cross_at_once_all_arrive(engine: Engine, ids: dict[str, int]) -> None:
    def crossed(process: str, held: Claim) -> Reading:
        return by_its_words(process, held).model_copy(update={"process": LAKE if process == COAST else COAST})

    stored = [store(engine, f"{TEXT} {number}", ids[(LAKE, COAST)[number % 2]]) for number in range(12)]

    def read_all(_: int) -> None:
        while read_article(engine, crossed, LEASE):
            pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(read_all, range(4)))
    assert [place(engine, one)[0] for one in stored] == [ids[(COAST, LAKE)[number % 2]] for number in range(12)]
    assert demands(engine) == {ids[LAKE]: "machine-read", ids[COAST]: "machine-read"}


PEACE = "Delegations of Ukraine and Russia held peace talks in Istanbul. Kyiv asked for a ceasefire, Moscow refused."


@pytest.mark.parametrize(("given", "process"), [(False, "russia-ukraine"), (True, "elsewhere")])
def test_reader_gets_the_process_that_the_article_is_about(
    held: Callable[..., Claim], given: bool, process: str
) -> None:
    def read(found: str, _: Claim) -> Reading:
        return Reading(reader=found, about_talks=True)

    one = in_its_process(read, ("russia-ukraine", "russia-ukraine"))("elsewhere", held(PEACE, given))
    assert (one.reader, one.process) == (process, process)
    none = in_its_process(read, ("russia-ukraine", "russia-ukraine"))("elsewhere", held("Ten gardens.", given))
    assert none.process == "elsewhere"
    assert in_its_process(read, ("russia-ukraine",)) is read


@pytest.fixture
def held() -> Callable[..., Claim]:
    """A claimed article with that text."""

    def make(text: str, given: bool) -> Claim:
        return Claim(1, 1, "ticket", text, "Title", None, None, "en", process_given=given)

    return make
