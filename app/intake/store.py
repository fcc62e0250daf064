"""Store a document as an article: bytes, clean text and metadata, once for each content."""

import hashlib
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from typing import Any

from slugify import slugify
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database import Base
from app.evidence.article import Article, KeptDocument
from app.evidence.documents import Document
from app.evidence.source import Source
from app.intake.move import move_article
from app.review.revision import Revision

TITLE_LENGTH = 80
"""Longest title, in characters, made of a text's first words where it has none."""
DECIDES_READING = ("published_on", "language", "process_id")
CLEARABLE = frozenset({"outlet", "author", "published_on", "language"})


@dataclass(frozen=True)
class Corrections:
    """What a person knows better than the document says; None leaves a field as it was found.

    ``cleared`` names the fields that were found wrongly and are not known: any but the title. A process that is
    cleared is found by reading.
    """

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published_on: date | None = None
    language: str | None = None
    process_id: int | None = None
    cleared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Stored:
    """The article that holds the content; not ``is_new`` where the content was there already."""

    article_id: int
    slug: str
    title: str
    is_new: bool


def store_article(
    session: Session, process_id: int, document: Document, corrections: Corrections, actor: str
) -> Stored:
    """Store a document in one transaction of the caller's; the same bytes or text again give the first article.

    Unless a person gives its process, it comes in under ``process_id`` and goes where its reading finds it to belong;
    so the same content is looked for in all processes.
    """
    given = corrections.process_id
    process_id = process_id if given is None else given
    existing = _article_of(session, given, document)
    if existing is not None:
        return Stored(existing.id, existing.slug, existing.title, is_new=False)
    values = _article_values(session, process_id, document, corrections, actor)
    added = _add_once(session, Article, **values)
    if added is None and _article_of(session, given, document) is None:
        values["slug"] += f"-{values['text_sha256'][:8]}"  # another article of that day and title
        added = _add_once(session, Article, **values)
    article = _article_of(session, given, document)
    assert article is not None
    if added is not None:
        session.add(Revision(actor=actor, kind="article", record_id=article.id, after=metadata(article)))
    return Stored(article.id, article.slug, article.title, is_new=added is not None)


def correct_article(session: Session, article_id: int, corrections: Corrections, actor: str) -> None:
    """Change an article's metadata as a person says, and keep the revision.

    Its date, language and process decide how it is read: once they change, it is read again.

    Raises:
        Stays: it cannot go over to that process.
    """
    article = session.get_one(Article, article_id, with_for_update=True)
    before = metadata(article)
    for name in CLEARABLE & corrections.cleared:
        setattr(article, "source_id" if name == "outlet" else name, None)
    for name in ("title", "author", "published_on", "language"):
        if (value := getattr(corrections, name)) is not None:
            setattr(article, name, value)
    if corrections.outlet:
        article.source_id = _source(session, corrections.outlet)
    _correct_process(session, article, corrections, actor)
    after = metadata(article)
    found_again = before["process_given"] and not after["process_given"]
    if found_again or any(after[name] != before[name] for name in DECIDES_READING):
        _read_again(article)
    if after != before:
        session.add(Revision(actor=actor, kind="article", record_id=article.id, before=before, after=after))


def _correct_process(session: Session, article: Article, corrections: Corrections, actor: str) -> None:
    if corrections.process_id is not None:
        article.process_given = True
        if corrections.process_id != article.process_id:
            move_article(session, article, corrections.process_id, actor)
    elif "process" in corrections.cleared:
        article.process_given = False


def _read_again(article: Article) -> None:
    """Put the article back among the unread; a reader that has it in hand finds its ticket void."""
    article.reading_state, article.reading_note, article.reading_attempts = "unread", None, 0
    article.reading_ticket = article.reading_until = None


def metadata(article: Article) -> dict[str, Any]:
    """What can be corrected of an article, as a revision keeps it."""
    return {
        "title": article.title,
        "source_id": article.source_id,
        "author": article.author,
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "language": article.language,
        "process_id": article.process_id,
        "process_given": article.process_given,
    }


def _article_of(session: Session, process_id: int | None, document: Document) -> Article | None:
    same_bytes = Article.document_id.in_(
        select(KeptDocument.id).where(KeptDocument.sha256 == _sha256(document.content))
    )
    same_text = Article.text_sha256 == _sha256(document.text.encode())
    found = select(Article).where(same_bytes | same_text).order_by(Article.id)
    if process_id is not None:
        found = found.where(Article.process_id == process_id)
    return session.scalars(found).first()


def _article_values(
    session: Session, process_id: int, document: Document, corrections: Corrections, actor: str
) -> dict[str, Any]:
    title = corrections.title or document.title or shorten(document.text, TITLE_LENGTH, placeholder=" …")
    published_on = corrections.published_on or document.published
    outlet = corrections.outlet or document.outlet
    return {
        "process_id": process_id,
        "process_given": corrections.process_id is not None,
        "document_id": _kept(session, document),
        "source_id": _source(session, outlet) if outlet else None,
        "slug": slugify(f"{published_on or 'undated'} {title}", max_length=80, word_boundary=True) or "article",
        "title": title,
        "author": corrections.author or document.author,
        "published_on": published_on,
        "language": corrections.language or document.language,
        "address": document.canonical or document.address,
        "text": document.text,
        "text_sha256": _sha256(document.text.encode()),
        "added_by": actor,
    }


def _kept(session: Session, document: Document) -> int:
    sha256 = _sha256(document.content)
    _add_once(
        session,
        KeptDocument,
        sha256=sha256,
        content=document.content,
        media_type=document.media_type,
        filename=document.filename,
    )
    return session.scalars(select(KeptDocument.id).where(KeptDocument.sha256 == sha256)).one()


def _source(session: Session, name: str) -> int:
    slug = slugify(name) or _sha256(name.encode())[:12]
    _add_once(session, Source, slug=slug, name=name)
    return session.scalars(select(Source.id).where(Source.slug == slug)).one()


def _add_once(session: Session, table: type[Base], **values: Any) -> int | None:
    """Add a row unless one with the same unique values is there, even if another writer adds it at this moment.

    Returns:
        The new row's id, or None where there was one already.
    """
    dialect = session.get_bind().dialect.name
    add = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)
    return session.scalar(add.values(**values).on_conflict_do_nothing().returning(table.id))  # type: ignore[attr-defined]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
