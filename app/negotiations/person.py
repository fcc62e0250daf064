"""A person who speaks or sits for a party, under every spelling that articles use."""

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class Person(Base):
    """A person; the party is the one that the person last spoke for."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("process_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("processes.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    slug: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    office: Mapped[str | None] = mapped_column(Text)


class PersonName(Base):
    """One spelling of a person's name; ``folded`` (no accents, no case) means one person in a process."""

    __tablename__ = "person_names"
    __table_args__ = (UniqueConstraint("process_id", "folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("processes.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
