"""Storing: once for each content, nothing lost, every correction a revision."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from sqlalchemy import Engine, func, select, update

from app.database import reading, writing
from app.evidence.article import Article, KeptDocument
from app.evidence.source import Source
from app.intake.store import Corrections, correct_article
from app.review.revision import Revision
from tests.intake.conftest import Store

TEXT = "The two delegations sat down in a palace by the sea. They talked for an hour about the exchange of prisoners."


def test_article_keeps_bytes_text_and_metadata(engine: Engine, store: Store) -> None:
    stored = store(TEXT, title="An hour by the sea", outlet="The Daily", published_on=date(2025, 6, 2))
    assert stored.is_new
    assert stored.slug == "2025-06-02-an-hour-by-the-sea"
    with reading(engine) as session:
        article = session.get_one(Article, stored.article_id)
        assert (article.text, article.reading_state, article.added_by) == (TEXT, "unread", "a person")
        assert session.get_one(KeptDocument, article.document_id).content == TEXT.encode()
        assert article.source_id is not None
        assert session.get_one(Source, article.source_id).name == "The Daily"


def test_same_text_again_gives_the_first_article(engine: Engine, store: Store) -> None:
    first, again = store(TEXT, title="First"), store(TEXT, title="Second")
    assert (again.article_id, again.title, again.is_new) == (first.article_id, "First", False)
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(Article)) == 1


def test_two_articles_of_one_day_and_title_get_slugs_of_their_own(store: Store) -> None:
    one = store(TEXT, title="Talks", published_on=date(2025, 6, 2))
    other = store(TEXT + " They parted.", title="Talks", published_on=date(2025, 6, 2))
    assert one.slug != other.slug
    assert other.slug.startswith("2025-06-02-talks-")


def test_same_text_from_many_at_once_is_stored_once(engine: Engine, store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(lambda _: store(TEXT, title="Talks"), range(16)))
    assert len({one.article_id for one in stored}) == 1
    assert sum(one.is_new for one in stored) == 1
    with reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(KeptDocument)) == 1


def test_correction_changes_what_it_names_and_keeps_the_revision(engine: Engine, store: Store) -> None:
    stored = store(TEXT, title="Talks", author="A. Writer")
    with writing(engine) as session:
        correct_article(session, stored.article_id, Corrections(title="The talks"), "an editor")
        correct_article(session, stored.article_id, Corrections(title="The talks"), "an editor")
    with reading(engine) as session:
        article = session.get_one(Article, stored.article_id)
        assert (article.title, article.author) == ("The talks", "A. Writer")
        revisions = session.scalars(select(Revision).order_by(Revision.id)).all()
        assert [(revision.actor, revision.before and revision.before["title"]) for revision in revisions] == [
            ("a person", None),
            ("an editor", "Talks"),
        ]


def test_what_was_found_wrongly_is_cleared_and_can_be_found_in_the_history(engine: Engine, store: Store) -> None:
    stored = store(TEXT, title="Talks", author="A. Writer", outlet="The Daily", published_on=date(2025, 6, 2))
    cleared = Corrections(cleared=frozenset({"author", "outlet", "published_on", "title"}))
    with writing(engine) as session:
        session.execute(update(Article).values(reading_state="read"))
        correct_article(session, stored.article_id, cleared, "an editor")
    with reading(engine) as session:
        article = session.get_one(Article, stored.article_id)
        assert (article.title, article.author, article.source_id, article.published_on) == ("Talks", None, None, None)
        assert article.reading_state == "unread", "without its date it reads differently"
        revision = session.scalars(select(Revision).order_by(Revision.id.desc())).first()
        assert revision
        assert revision.before
        assert (revision.before["author"], revision.after["author"]) == ("A. Writer", None)
