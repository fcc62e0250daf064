"""What the learned reader makes of one sentence."""

from dataclasses import dataclass, field

from app.reading.dates import Day
from app.reading.mentions import Mention
from app.reading.reading import OutcomeStatus, RoundFormat, RoundStatus

STATUSES: tuple[OutcomeStatus, ...] = ("proposed", "agreed", "implemented", "rejected")
TIMES = ("none", "first", "later")
"""What a date is to a round: nothing, its day or first day, or a later day of it."""
FORMATS: tuple[RoundFormat, ...] = ("direct", "mediated", "consultation")
PLANS: tuple[RoundStatus, ...] = ("planned", "held", "cancelled")
PARTS = ("head", "member")


@dataclass(frozen=True)
class Placed:
    """The odds that a sentence places a round on a date that it names, or, with no ``day``, on that of the report."""

    day: Day | None
    first: float
    later: float
    formats: dict[RoundFormat, float]
    plans: dict[RoundStatus, float]


@dataclass(frozen=True)
class Seated:
    """The odds that a sentence seats a person as head or member of a delegation, and which party's it would be."""

    person: Mention
    head: float
    member: float
    parties: dict[str, float]


@dataclass(frozen=True)
class Odds:
    """The odds that a sentence says a party is for and against an issue, and each status of a kind of outcome."""

    stances: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    """By party and issue."""
    outcomes: dict[str, dict[OutcomeStatus, float]] = field(default_factory=dict)
    """By kind."""
    rounds: tuple[Placed, ...] = ()
    """First that of no date."""
    seats: tuple[Seated, ...] = ()

    @property
    def most(self) -> float:
        """The highest odds of a stance or an outcome."""
        stances = (max(pair) for pair in self.stances.values())
        outcomes = (max(each.values()) for each in self.outcomes.values())
        return max((*stances, *outcomes), default=0.0)
