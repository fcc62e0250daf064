"""One negotiation between warring parties."""

from sqlalchemy import Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.database import Base


class Process(Base):
    """A negotiation; its words come from its vocabulary file."""

    __tablename__ = "processes"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)


def processes(session: Session) -> list[Process]:
    """All processes, in the order in which they came."""
    return list(session.scalars(select(Process).order_by(Process.id)))


def process_by_slug(session: Session, slug: str) -> Process | None:
    """The process with that slug."""
    return session.scalar(select(Process).where(Process.slug == slug))
