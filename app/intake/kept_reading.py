"""The readings as the readers gave them, kept beside the record that they led to."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Moment, now


class KeptReading(Base):
    """What one reader got out of one article: once for each article and reader."""

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("article_id", "reader"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    reader: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
