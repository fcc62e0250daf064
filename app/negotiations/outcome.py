"""What a round produced."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.database import Base, once, one_of
from app.negotiations.record import STANDINGS, Record

STATUSES = ("proposed", "rejected", "agreed", "implemented")
"""From words to deeds: an outcome stands at the furthest that any article reports."""


class OutcomeKind(Base):
    """A kind of outcome in a process's vocabulary."""

    __tablename__ = "outcome_kinds"
    __table_args__ = (UniqueConstraint("process_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("processes.id"))
    slug: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class Outcome(Record, Base):
    """An outcome; ``quantity`` (of each side in an exchange) is NULL while no report gives one or reports disagree."""

    __tablename__ = "outcomes"
    __table_args__ = (
        one_of("status", *STATUSES),
        one_of("standing", *STANDINGS),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        once("uq_outcomes_round", "kind_id", "round_id", where="round_id IS NOT NULL"),
        once("uq_outcomes_date", "kind_id", "dated_on", where="round_id IS NULL AND dated_on IS NOT NULL"),
        once("uq_outcomes_undated", "kind_id", where="round_id IS NULL AND dated_on IS NULL"),
        Index(None, "process_id", "dated_on"),
        Index(None, "round_id"),
    )

    kind_id: Mapped[int] = mapped_column(ForeignKey("outcome_kinds.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    status: Mapped[str] = mapped_column(Text)
    quantity: Mapped[int | None]
    dated_on: Mapped[date | None]


class KindRow(NamedTuple):
    """A kind of outcome, as pages show it."""

    id: int
    slug: str
    name: str

    @property
    def each_side(self) -> bool:
        """Whether its quantity counts what each side gives."""
        return counts_each_side(self.name)


def counts_each_side(kind: str) -> bool:
    """Whether the quantity of a kind of outcome, by its name, counts what each side gives: so it is with exchanges."""
    return "exchange" in kind.lower()


def outcome_kinds(session: Session, process_id: int) -> list[KindRow]:
    """The process's kinds of outcome in the order of its vocabulary."""
    query = select(OutcomeKind.id, OutcomeKind.slug, OutcomeKind.name).where(OutcomeKind.process_id == process_id)
    return [KindRow(*row) for row in session.execute(query.order_by(OutcomeKind.position, OutcomeKind.id))]
