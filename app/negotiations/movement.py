"""How the sides stand to each other on an issue, and what moved between two dates. Pages and data use these words."""

from collections.abc import Sequence

from app.negotiations.position import Stand

OPPOSED, SAME, ONE_SIDED = "opposed", "same stance", "one-sided"
UNREPORTED, UNCONFIRMED = "unreported", "unconfirmed"
BOTH_WAYS, WAS_BOTH_WAYS = "reported both ways", "was reported both ways"
NEW, HELD, DIFFERS, NOT_REPORTED = "new", "held", "stance differs", "not reported"
CHANGES = (DIFFERS, NEW, BOTH_WAYS, WAS_BOTH_WAYS)
"""The movements that tell of something reported anew or otherwise, the most telling first."""


def relation(sides: Sequence[Sequence[Stand]]) -> str:
    """How the sides' positions stand to each other, or that a side is reported both for and against."""
    stances = [{stand.stance for stand in side} for side in sides]
    if any(len(stance) > 1 for stance in stances):
        return BOTH_WAYS
    spoken = [stance for stance in stances if stance]
    if len(spoken) < len(stances):
        return ONE_SIDED if spoken else UNREPORTED
    return SAME if all(stance == spoken[0] for stance in spoken) else OPPOSED


def movement(before: Sequence[Stand], after: Sequence[Stand], *, carried: bool = False) -> str | None:
    """What became of a position: None where there is none at the later date.

    A position that nobody reported again, or that is ``carried`` to the later round from before it, is
    ``not reported``: it may stand, and nothing says that it was dropped.
    """
    if not after:
        return None
    if carried or {stand.id for stand in before} == {stand.id for stand in after}:
        return NOT_REPORTED
    if not before:
        return NEW
    then, now = ({stand.stance for stand in some} for some in (before, after))
    if then == now:
        return HELD
    if then & now:
        return BOTH_WAYS if len(now) > 1 else WAS_BOTH_WAYS
    return DIFFERS


def strongest(movements: Sequence[str | None]) -> str | None:
    """The one movement that tells most about a row; ``held`` only where nobody went unreported."""
    return next((kind for kind in (*CHANGES, NOT_REPORTED, HELD) if kind in movements), None)
