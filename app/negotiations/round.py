"""Talks at a date and place."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.database import Base, one_of
from app.html import day
from app.negotiations.record import HIDDEN, STANDINGS, Record

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


class RoundRow(NamedTuple):
    """A round as pages show it."""

    id: int
    slug: str
    starts_on: date | None
    precision: str | None
    city: str | None
    ordinal: int | None
    format: str | None
    status: str
    standing: str

    @property
    def name(self) -> str:
        """Its date and city: ``2 June 2025, Istanbul``."""
        return ", ".join(part for part in (day(self.starts_on, self.precision), self.city) if part)


def rounds(session: Session, process_id: int) -> list[RoundRow]:
    """The process's rounds, oldest first, undated ones last; hidden ones are left out."""
    columns = (getattr(Round, name) for name in RoundRow._fields)
    query = (
        select(*columns)
        .where(Round.process_id == process_id, Round.standing.not_in(HIDDEN))
        .order_by(Round.starts_on.is_(None), Round.starts_on, Round.id)
    )
    return [RoundRow(*row) for row in session.execute(query)]


def when_told(held_at: RoundRow | None, dated_on: date | None) -> str:
    """When a stance was told: ``at the round of 2 June 2025``, or ``reported 7 August 2025`` without a round."""
    if held_at is None:
        return f"reported {day(dated_on)}" if dated_on else "reported without a date"
    if held_at.starts_on is None:
        return "at a round without a date"
    phrases = {"planned": "before the planned round of", "cancelled": "for the cancelled round of"}
    return f"{phrases.get(held_at.status, 'at the round of')} {day(held_at.starts_on, held_at.precision)}"


def present_slugs(session: Session, process_id: int, given: Sequence[str]) -> list[str]:
    """The same slugs in the same order, each that a round had before replaced by the one that it has now."""
    asked = [slug for slug in given if slug and slug.isprintable()]
    if not asked:
        return list(given)
    query = (
        select(FormerSlug.slug, Round.slug)
        .join(FormerSlug, FormerSlug.round_id == Round.id)
        .where(FormerSlug.process_id == process_id, FormerSlug.slug.in_(asked), Round.standing.not_in(HIDDEN))
    )
    since = dict(session.execute(query).all())
    return [since.get(slug, slug) for slug in given]
