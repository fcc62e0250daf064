"""Have an article read by another reader, for comparison alone: the record stays as it is."""

from sqlalchemy import Engine, select

from app.database import reading, writing
from app.evidence.article import Article
from app.intake.claim import Claim
from app.intake.kept_reading import keep, linked_reading
from app.intake.read_article import Read
from app.negotiations.process import Process
from app.reading.reading import Reading


def read_for_comparison(engine: Engine, read: Read, slug: str) -> Reading:
    """Read an article and keep the reading beside those of other readers, without linking it.

    A reading by the reader that the record rests on already is not kept: it would stand for a record that it did
    not lead to.

    Raises:
        LookupError: there is no article with that slug.
        NotRead: the reader gave no reading; the error says why.
    """
    process, held = _taken(engine, slug)
    found = read(process, held)
    with writing(engine) as session:
        session.get_one(Article, held.article_id, with_for_update=True)
        linked = linked_reading(session, held.article_id)
        if linked is None or linked.reader != found.reader:
            keep(session, held.article_id, found, linked=False)
    return found


def _taken(engine: Engine, slug: str) -> tuple[str, Claim]:
    """The article as a reader gets it, without a claim on it."""
    with reading(engine) as session:
        row = session.execute(
            select(
                Process.slug,
                Article.id.label("article_id"),
                *(Article.process_id, Article.text, Article.title),
                *(Article.address, Article.published_on, Article.language),
            )
            .join(Process, Process.id == Article.process_id)
            .where(Article.slug == slug)
        ).one_or_none()
    if row is None:
        raise LookupError(f"There is no article {slug!r}.")
    process, facts = row[0], dict(list(row._asdict().items())[1:])
    return process, Claim(**facts, ticket="for comparison", process_given=True)
