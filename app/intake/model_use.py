"""What language models took, question by question paid for: also where nothing came of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.database import Base, Moment, now
from app.reading.reading import Usage


class ModelUse(Base):
    """The tokens of one try at reading one article, and their price in the currency that was set."""

    __tablename__ = "model_uses"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    reader: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    requests: Mapped[int]
    tokens_in: Mapped[int]
    tokens_out: Mapped[int]
    price: Mapped[float]
    currency: Mapped[str] = mapped_column(Text)


def note_use(session: Session, article_id: int, reader: str, usage: Usage) -> None:
    """Write down what a try took."""
    session.add(ModelUse(article_id=article_id, reader=reader, **usage.model_dump(exclude={"estimated"})))


def tokens_since(session: Session, moment: datetime) -> int:
    """How many tokens language models took from that moment on."""
    total = select(func.coalesce(func.sum(ModelUse.tokens_in + ModelUse.tokens_out), 0)).where(ModelUse.at >= moment)
    return int(session.scalar(total) or 0)
