"""An article goes over to another process: what it supported is withdrawn in the one that it leaves."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.evidence.article import Article
from app.evidence.citation import KINDS, Citation
from app.intake.kept_reading import unlink
from app.intake.link import link
from app.intake.link.withdraw import TABLES
from app.negotiations.process import Process, process_by_slug
from app.negotiations.record import PERSON_STANDINGS
from app.reading.reading import Reading
from app.review.revision import Revision

SAME_TEXT = "The same text is an article of that process already."
PERSON_STANDS_BEHIND = "A person stands behind records that rest on it, so it stays in its process."


class Stays(ValueError):
    """An article cannot go over to another process; says why."""


def move_article(session: Session, article: Article, process_id: int, actor: str) -> None:
    """Move an article, in the caller's transaction; its records in the process that it leaves are settled anew.

    Raises:
        Stays: its text is in the other process already, or a person stands behind a record that rests on it.
    """
    both = (article.process_id, process_id)
    session.scalars(select(Process.id).where(Process.id.in_(both)).order_by(Process.id).with_for_update()).all()
    same_text = Article.process_id == process_id, Article.text_sha256 == article.text_sha256
    if session.scalar(select(Article.id).where(*same_text)) is not None:
        raise Stays(SAME_TEXT)
    if rests_on_it(session, article.id):
        raise Stays(PERSON_STANDS_BEHIND)
    link(session, article.id, Reading(reader=actor, about_talks=False))
    unlink(session, article.id)
    article.process_id = process_id
    session.flush()


def bring_over(session: Session, article_id: int, process: str, reader: str) -> str | None:
    """Take an article to the process that its reading found it to be about, with the revision that says so.

    Returns:
        Why it stays where it is, if it has to.
    """
    article = session.get_one(Article, article_id)
    target = process_by_slug(session, process)
    if target is None or target.id == article.process_id:
        return None
    before = article.process_id
    try:
        move_article(session, article, target.id, reader)
    except Stays as reason:
        return f"It is about another process, {target.name}. {reason}"
    change = {"before": {"process_id": before}, "after": {"process_id": target.id}}
    session.add(Revision(actor=reader, kind="article", record_id=article.id, because_of=article.id, **change))
    return None


def rests_on_it(session: Session, article_id: int) -> bool:
    """Whether a person stands behind a record that rests on the article."""
    standing = Citation.article_id == article_id, Citation.withdrawn_at.is_(None)
    ways = (
        select(Citation.id)
        .join(TABLES[kind], TABLES[kind].id == getattr(Citation, f"{kind}_id"))
        .where(*standing, TABLES[kind].standing.in_(PERSON_STANDINGS))
        for kind in KINDS
    )
    return any(session.scalar(way.limit(1)) is not None for way in ways)
