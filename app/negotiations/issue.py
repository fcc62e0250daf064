"""A question on the table, phrased as a proposition."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ForeignKey, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

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


class IssueRow(NamedTuple):
    """An issue with its theme, as pages show it."""

    id: int
    slug: str
    name: str
    proposition: str
    theme: str
    theme_name: str


def issues(session: Session, process_id: int) -> list[IssueRow]:
    """The process's issues, theme by theme, in the order of its vocabulary."""
    query = (
        select(Issue.id, Issue.slug, Issue.name, Issue.proposition, Theme.slug, Theme.name)
        .join(Theme, Theme.id == Issue.theme_id)
        .where(Issue.process_id == process_id)
        .order_by(Theme.position, Theme.id, Issue.position, Issue.id)
    )
    return [IssueRow(*row) for row in session.execute(query)]


class ThemeRow(NamedTuple):
    """A theme, as pages show it."""

    slug: str
    name: str


def themes(rows: Iterable[IssueRow]) -> list[ThemeRow]:
    """The themes of issues, each once."""
    return list(dict.fromkeys(ThemeRow(row.theme, row.theme_name) for row in rows))
