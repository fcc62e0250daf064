"""A question on the table, phrased as a proposition."""

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class Theme(Base):
    """A group of issues."""

    __tablename__ = "themes"
    __table_args__ = (UniqueConstraint("process_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("processes.id"))
    slug: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class Issue(Base):
    """An issue; a party is ``for`` it when it wants what the proposition says."""

    __tablename__ = "issues"
    __table_args__ = (UniqueConstraint("process_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("processes.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    slug: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    proposition: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
