"""Talks at a date and place."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, one_of
from app.negotiations.record import STANDINGS, Record

PRECISIONS = ("day", "month")


class Round(Record, Base):
    """A round. ``starts_on`` is its first day, or the first of its month where ``precision`` is ``month``."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("process_id", "slug"),
        one_of("precision", *PRECISIONS),
        one_of("format", "direct", "mediated", "consultation"),
        one_of("status", "planned", "held", "cancelled"),
        one_of("standing", *STANDINGS),
        CheckConstraint("(starts_on IS NULL) = (precision IS NULL)", name="date_has_precision"),
        Index(None, "process_id", "starts_on"),
    )

    slug: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[date | None]
    precision: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str | None] = mapped_column(Text)
    ordinal: Mapped[int | None]
    format: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)


class FormerSlug(Base):
    """A slug that a round had before its date or place was known better; its links go on working."""

    __tablename__ = "former_slugs"
    __table_args__ = (UniqueConstraint("process_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("processes.id"))
    slug: Mapped[str] = mapped_column(Text)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
