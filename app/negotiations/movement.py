"""How the sides stand to each other on an issue, and what moved between two dates."""

from collections.abc import Sequence

from app.negotiations.position import Stand

OPPOSED, AGREED, ONE_SIDED, UNREPORTED, UNCLEAR = "opposed", "agreed", "one-sided", "unreported", "unclear"
NEW, HELD, REVERSED, NOT_REPORTED = "new", "held", "reversed", "not reported"


def relation(sides: Sequence[Sequence[Stand]]) -> str:
    """How the sides' positions stand to each other; ``unclear`` where a side is reported both for and against."""
    stances = [{stand.stance for stand in side} for side in sides]
    if any(len(stance) > 1 for stance in stances):
        return UNCLEAR
    spoken = [stance for stance in stances if stance]
    if len(spoken) < len(stances):
        return ONE_SIDED if spoken else UNREPORTED
    return AGREED if all(stance == spoken[0] for stance in spoken) else OPPOSED


def movement(before: Sequence[Stand], after: Sequence[Stand]) -> str | None:
    """What became of a position: None where there is none at either date.

    A position that nobody reported again is ``not reported``: it may stand, and nothing says that it was dropped.
    It is ``unclear`` where only one of the two is reported both ways.
    """
    if not after:
        return None
    if not before:
        return NEW
    if {stand.id for stand in before} == {stand.id for stand in after}:
        return NOT_REPORTED
    then, now = ({stand.stance for stand in some} for some in (before, after))
    if then & now:
        return HELD if then == now else UNCLEAR
    return REVERSED


def strongest(movements: Sequence[str | None]) -> str | None:
    """The one movement that tells most about a row."""
    return next((kind for kind in (REVERSED, NEW, UNCLEAR, HELD, NOT_REPORTED) if kind in movements), None)
