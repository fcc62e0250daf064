"""A side, mediator, host or ally."""

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, one_of


class Party(Base):
    """A party with its role in the process; ``position`` is the order of the vocabulary file."""

    __tablename__ = "parties"
    __table_args__ = (
        UniqueConstraint("process_id", "slug"),
        one_of("role", "side", "mediator", "host", "ally"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("processes.id"))
    slug: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    wikidata: Mapped[str | None] = mapped_column(Text)
