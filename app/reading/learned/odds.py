"""What the learned reader makes of one sentence."""

from dataclasses import dataclass, field

from app.reading.reading import OutcomeStatus

STATUSES: tuple[OutcomeStatus, ...] = ("proposed", "agreed", "implemented", "rejected")


@dataclass(frozen=True)
class Odds:
    """The odds that a sentence says a party is for and against an issue, and each status of a kind of outcome."""

    stances: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    """By party and issue."""
    outcomes: dict[str, dict[OutcomeStatus, float]] = field(default_factory=dict)
    """By kind."""

    @property
    def most(self) -> float:
        """The highest odds of anything that it may say."""
        stances = (max(pair) for pair in self.stances.values())
        outcomes = (max(each.values()) for each in self.outcomes.values())
        return max((*stances, *outcomes), default=0.0)
