"""The exact quote in an article on which a record rests.

W3C Web Annotation's TextQuoteSelector (exact, prefix, suffix) and TextPositionSelector (start, end).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Moment

CONTEXT = 48
"""Characters kept before and after a quote."""

KINDS = ("round", "delegation", "demand", "outcome")


class Citation(Base):
    """A quote that supports one record; ``says`` holds what this article in particular reports of it.

    A citation that a newer reading of its article does not bear out is withdrawn, not deleted.

    ``start`` and ``end`` are offsets in code points: the article's text from start to end is ``exact``. The
    database checks that on insert.
    """

    __tablename__ = "citations"
    __table_args__ = (
        *(UniqueConstraint("article_id", f"{kind}_id", "start", "end") for kind in KINDS),
        CheckConstraint('start >= 0 AND "end" > start', name="offsets_in_order"),
        CheckConstraint(
            " + ".join(f"(CASE WHEN {kind}_id IS NULL THEN 0 ELSE 1 END)" for kind in KINDS) + " = 1",
            name="one_record",
        ),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence_is_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegations.id"), index=True)
    demand_id: Mapped[int | None] = mapped_column(ForeignKey("demands.id"), index=True)
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcomes.id"), index=True)
    exact: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(Text)
    suffix: Mapped[str] = mapped_column(Text)
    start: Mapped[int]
    end: Mapped[int]
    says: Mapped[dict[str, Any]] = mapped_column(JSON)
    reader: Mapped[str] = mapped_column(Text)
    confidence: Mapped[float | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
