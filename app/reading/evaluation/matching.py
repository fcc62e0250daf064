"""When two readings of one article say the same."""

import unicodedata
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from app.reading.evaluation.annotation import (
    AnnotatedDelegation,
    AnnotatedDemand,
    AnnotatedOutcome,
    AnnotatedRound,
    Annotation,
    Kind,
)

DONE = frozenset({"agreed", "implemented"})
UNPLACED = (None, "", "unknown")
NAMES_ALIKE = 0.75
"""So alike are two spellings of one last name, of 1."""


class Pairing(NamedTuple):
    """What is said of one kind, set side by side: the same in both, missed, and found where there is nothing."""

    pairs: tuple[tuple[Any, Any], ...]
    missed: tuple[Annotation, ...]
    false: tuple[Annotation, ...]


def pair(expected: Sequence[Annotation], found: Sequence[Annotation], kind: Kind) -> Pairing:
    """Match each expected annotation with at most one that was found, in the order given."""
    same, left = SAME[kind], list(found)
    pairs: list[tuple[Annotation, Annotation]] = []
    missed: list[Annotation] = []
    for one in expected:
        twin = next((other for other in left if same(one, other)), None)
        if twin is None:
            missed.append(one)
        else:
            left.remove(twin)
            pairs.append((one, twin))
    return Pairing(tuple(pairs), tuple(missed), tuple(left))


def same_date(one: str | None, other: str | None) -> bool:
    """``2025-05`` meets ``2025-05-16``; a date that is not known meets only another."""
    if one in UNPLACED or other in UNPLACED:
        return one in UNPLACED and other in UNPLACED
    assert one is not None
    assert other is not None
    return one.startswith(other) or other.startswith(one)


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are spellings of one: their last words are much alike."""
    return SequenceMatcher(None, _last_word(one), _last_word(other)).ratio() >= NAMES_ALIKE


def _last_word(name: str | None) -> str:
    """A person's last name, without accents or case."""
    decomposed = unicodedata.normalize("NFKD", name or "")
    words = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold().split()
    return words[-1] if words else ""


def _same_round(one: AnnotatedRound, other: AnnotatedRound) -> bool:
    return same_date(one.date, other.date)


def _same_delegation(one: AnnotatedDelegation, other: AnnotatedDelegation) -> bool:
    return one.party == other.party and same_name(one.head, other.head)


def _same_demand(one: AnnotatedDemand, other: AnnotatedDemand) -> bool:
    return (one.party, one.issue, one.stance) == (other.party, other.issue, other.stance)


def _same_outcome(one: AnnotatedOutcome, other: AnnotatedOutcome) -> bool:
    alike = one.status == other.status or {one.status, other.status} <= DONE
    return one.kind == other.kind and alike


SAME: dict[Kind, Callable[[Any, Any], bool]] = {
    "rounds": _same_round,
    "delegations": _same_delegation,
    "demands": _same_demand,
    "outcomes": _same_outcome,
}
