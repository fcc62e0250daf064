"""The articles as their pages show them, and how far the reading of each has come."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.evidence.article import Article, KeptDocument
from app.evidence.source import Source

WAITING = ("unread", "being-read")
"""The states that a reading leaves by itself."""


class ShownArticle(NamedTuple):
    """An article with its text and the name of its outlet; ``filename`` is the uploaded file's, if it was one."""

    id: int
    process_id: int
    process_given: bool
    slug: str
    title: str
    outlet: str | None
    author: str | None
    published_on: date | None
    language: str | None
    address: str | None
    text: str
    text_sha256: str
    added_at: datetime
    added_by: str
    reading_state: str
    reading_note: str | None
    media_type: str
    filename: str | None
    sha256: str


class Progress(NamedTuple):
    """How far the reading of an article has come."""

    id: int
    slug: str
    title: str
    reading_state: str
    reading_note: str | None
    published_on: date | None
    process_id: int


class Kept(NamedTuple):
    """The bytes as they were taken in."""

    content: bytes
    media_type: str
    filename: str | None


def article_by_slug(session: Session, slug: str) -> ShownArticle | None:
    """The article at that address."""
    found = session.execute(
        select(
            Article.id,
            Article.process_id,
            Article.process_given,
            Article.slug,
            Article.title,
            Source.name,
            Article.author,
            Article.published_on,
            Article.language,
            Article.address,
            Article.text,
            Article.text_sha256,
            Article.added_at,
            Article.added_by,
            Article.reading_state,
            Article.reading_note,
            KeptDocument.media_type,
            KeptDocument.filename,
            KeptDocument.sha256,
        )
        .join(KeptDocument, KeptDocument.id == Article.document_id)
        .outerjoin(Source, Source.id == Article.source_id)
        .where(Article.slug == slug)
    ).one_or_none()
    return ShownArticle._make(found) if found else None


def progress(session: Session, slugs: Sequence[str]) -> list[Progress]:
    """The reading of these articles, in the order given; what is no article's slug is left out."""
    rows = session.execute(
        select(
            *(Article.id, Article.slug, Article.title, Article.reading_state, Article.reading_note),
            *(Article.published_on, Article.process_id),
        ).where(Article.slug.in_(slugs))
    )
    found = {row.slug: Progress._make(row) for row in rows}
    return [found[slug] for slug in dict.fromkeys(slugs) if slug in found]


def kept(session: Session, slug: str) -> Kept | None:
    """The bytes behind an article."""
    found = session.execute(
        select(KeptDocument.content, KeptDocument.media_type, KeptDocument.filename)
        .join(Article, Article.document_id == KeptDocument.id)
        .where(Article.slug == slug)
    ).one_or_none()
    return Kept._make(found) if found else None
