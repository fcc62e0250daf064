"""A side, mediator, host or ally."""

from typing import NamedTuple

from sqlalchemy import ForeignKey, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

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


class PartyRow(NamedTuple):
    """A party as pages show it; ``tone`` is the class of its colour: the sides have one each."""

    id: int
    slug: str
    name: str
    role: str
    tone: str


def parties(session: Session, process_id: int) -> list[PartyRow]:
    """The process's parties in the order of its vocabulary."""
    columns = (Party.id, Party.slug, Party.name, Party.role)
    query = select(*columns).where(Party.process_id == process_id).order_by(Party.position, Party.id)
    found, sides = [], 0
    for id_, slug, name, role in session.execute(query):
        sides += role == "side"
        tone = f"party-{sides}" if role == "side" and sides <= 2 else "party-other"
        found.append(PartyRow(id_, slug, name, role, tone))
    return found
