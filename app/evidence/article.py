"""A source text and its metadata. The text never changes: the database itself refuses it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Moment, now, one_of

READING_STATES = ("unread", "being-read", "read", "set-aside", "failed")
"""``set-aside``: stored and searchable, but not in a language that the reader knows."""


class KeptDocument(Base):
    """The bytes as they were taken in."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(Text, unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    media_type: Mapped[str] = mapped_column(Text)
    filename: Mapped[str | None] = mapped_column(Text)


class Article(Base):
    """An article, and how far its reading has come.

    ``reading_ticket`` names the reader process that holds the article while it is being read, until
    ``reading_until``: after that any other may take it over. Unless ``process_given``, by a person, its process is
    the one that its reading finds it to be about.
    """

    __tablename__ = "articles"
    __table_args__ = (
        UniqueConstraint("process_id", "text_sha256"),
        one_of("reading_state", *READING_STATES),
        CheckConstraint(
            "(reading_state = 'being-read') = (reading_ticket IS NOT NULL)"
            " AND (reading_ticket IS NULL) = (reading_until IS NULL)",
            name="ticket_while_being_read",
        ),
        CheckConstraint("length(text) > 0", name="text_not_empty"),
        Index(None, "reading_state"),
        Index(None, "process_id", "published_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("processes.id"))
    process_given: Mapped[bool] = mapped_column(default=False, server_default=false())
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"), index=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[str] = mapped_column(Text)
    author: Mapped[str | None] = mapped_column(Text)
    published_on: Mapped[date | None]
    language: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text, deferred=True)
    text_sha256: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(Moment, default=now)
    added_by: Mapped[str] = mapped_column(Text)
    reading_state: Mapped[str] = mapped_column(Text, default="unread", server_default="unread")
    reading_note: Mapped[str | None] = mapped_column(Text)
    reading_ticket: Mapped[str | None] = mapped_column(Text)
    reading_until: Mapped[datetime | None] = mapped_column(Moment)
    reading_attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    read_at: Mapped[datetime | None] = mapped_column(Moment)
