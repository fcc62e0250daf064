"""Every change to a record or an article: who, when, what it was before and after. Rows are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Moment, now, one_of


class Revision(Base):
    """One change; ``before`` is NULL where the change made the thing, ``because_of`` the article that led to it."""

    __tablename__ = "revisions"
    __table_args__ = (
        one_of("kind", "article", "round", "delegation", "demand", "outcome", "person"),
        Index(None, "kind", "record_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    actor: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    record_id: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    because_of: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)
