"""The readings as the readers gave them, kept beside the record that they led to: each reader's last one."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.database import Base, Moment, now
from app.reading.reading import Reading


class KeptReading(Base):
    """What one reader got out of one article: once for each article and reader.

    ``linked_at`` is when its finds became part of the record: the record rests on the reading linked last. It is
    NULL where a reading was made for comparison alone.
    """

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("article_id", "reader"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    reader: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    linked_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def reading(self) -> Reading:
        """The reading itself."""
        return Reading.model_validate(self.content)


def keep(session: Session, article_id: int, reading: Reading, *, linked: bool) -> None:
    """Keep a reading in the place of its reader's former one; ``linked`` if its finds become part of the record."""
    mine = (KeptReading.article_id == article_id, KeptReading.reader == reading.reader)
    kept = session.scalars(select(KeptReading).where(*mine)).one_or_none()
    if kept is None:
        kept = KeptReading(article_id=article_id, reader=reading.reader)
        session.add(kept)
    kept.content, kept.made_at = reading.model_dump(mode="json"), now()
    kept.linked_at = kept.made_at if linked else None


def unlink(session: Session, article_id: int) -> None:
    """Say that the record rests on no reading of this article any more."""
    session.execute(update(KeptReading).where(KeptReading.article_id == article_id).values(linked_at=None))


def linked_reading(session: Session, article_id: int) -> KeptReading | None:
    """The reading of an article that the record rests on."""
    linked = select(KeptReading).where(KeptReading.article_id == article_id, KeptReading.linked_at.is_not(None))
    return session.scalars(linked.order_by(KeptReading.linked_at.desc(), KeptReading.id.desc()).limit(1)).first()


def kept_readings(session: Session, article_id: int) -> list[KeptReading]:
    """Each reader's last reading of an article: the one that the record rests on first, then the newest."""
    mine = select(KeptReading).where(KeptReading.article_id == article_id)
    newest = session.scalars(mine.order_by(KeptReading.made_at.desc(), KeptReading.id.desc())).all()
    first = linked_reading(session, article_id)
    return sorted(newest, key=lambda one: one is not first)
