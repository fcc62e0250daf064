"""Who sat for which party at a round."""

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, one_of
from app.negotiations.record import STANDINGS, Record


class Delegation(Record, Base):
    """A party's delegation; ``size`` is NULL while no report, or no two reports alike, give a number."""

    __tablename__ = "delegations"
    __table_args__ = (
        UniqueConstraint("round_id", "party_id"),
        one_of("standing", *STANDINGS),
        CheckConstraint("size > 0", name="size_positive"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    size: Mapped[int | None]


class Member(Base):
    """A person in a delegation; several lead it where reports name several heads."""

    __tablename__ = "delegation_members"
    __table_args__ = (UniqueConstraint("delegation_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    leads: Mapped[bool]
    office: Mapped[str | None] = mapped_column(Text)
