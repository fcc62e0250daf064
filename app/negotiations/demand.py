"""One party's stance on one issue at one round, or on a date where no round is named."""

from datetime import date

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, once, one_of
from app.negotiations.record import STANDINGS, Record


class Demand(Record, Base):
    """A demand; ``dated_on`` is the round's first day, or else the date of the first article that reports it."""

    __tablename__ = "demands"
    __table_args__ = (
        one_of("stance", "for", "against"),
        one_of("standing", *STANDINGS),
        once("uq_demands_round", "party_id", "issue_id", "stance", "round_id", where="round_id IS NOT NULL"),
        once(
            "uq_demands_date",
            "party_id",
            "issue_id",
            "stance",
            "dated_on",
            where="round_id IS NULL AND dated_on IS NOT NULL",
        ),
        once(
            "uq_demands_undated",
            "party_id",
            "issue_id",
            "stance",
            where="round_id IS NULL AND dated_on IS NULL",
        ),
        Index(None, "process_id", "dated_on"),
        Index(None, "round_id"),
    )

    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    stance: Mapped[str] = mapped_column(Text)
    condition: Mapped[str | None] = mapped_column(Text)
    dated_on: Mapped[date | None]
