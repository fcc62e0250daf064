"""The figures of an evaluation, as its file holds them and the page shows them."""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer

from app.reading.evaluation.annotation import Kind

Number = Annotated[float, PlainSerializer(lambda value: round(value, 4))]
"""A number that files hold to four places."""
FILE = "accuracy.json"


class Figure(BaseModel):
    """A frozen part of the figures that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rate(Figure):
    """A rate between 0 and 1; between ``low`` and ``high`` it lies in 95 of 100 draws of such articles."""

    value: Number
    low: Number
    high: Number


class Score(Figure):
    """How much of one kind was found, and how much of what was found is right."""

    precision: Rate
    recall: Rate
    f1: Rate
    right: int
    missed: int
    false: int


class Share(Figure):
    """``right`` of ``all``; ``share`` is None of nothing."""

    right: int
    all: int

    @property
    def share(self) -> float | None:
        """The share between 0 and 1."""
        return self.right / self.all if self.all else None


class Band(Figure):
    """The finds of which the reader was so sure, and how many of them are right."""

    low: float
    high: float
    finds: int
    confidence: Number
    """Their mean."""
    right: Number


class Reliability(Figure):
    """Whether the reader's confidence can be trusted: of the finds at 0.8, are 8 in 10 right?

    ``error`` is the expected calibration error: how far confidence and share right lie apart, on average.
    """

    finds: int
    error: Number | None
    bands: tuple[Band, ...]


class Figures(Figure):
    """How well one reader read a set of articles."""

    date: date
    reader: str
    """The reader's name and version."""
    articles: int
    off_topic: int
    """Those of them that are not about talks."""
    processes: dict[str, int]
    """How many are of which process."""
    about: str = ""
    """What kind of articles they are."""
    split: str | None = None
    scores: dict[Kind, Score]
    mean_f1: Number
    placed_in_right_round: Share
    right_quantity: Share
    quotes_verbatim: Share
    off_topic_left_empty: Share
    not_read: tuple[str, ...] = ()
    reliability: dict[Kind, Reliability] = {}
    """Empty where no find says how sure the reader was."""

    @classmethod
    def load(cls, path: Path) -> "Figures":
        """The figures in a file.

        Raises:
            OSError: the file cannot be read.
            pydantic.ValidationError: it holds something else.
        """
        return cls.model_validate_json(path.read_text(encoding="utf-8"))
