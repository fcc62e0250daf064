"""What came of the talks, by rules and the model: kinds of outcome, how far they have come, the number on each side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.reading.confidence import SILENT, Sureness, logit
from app.reading.learned.odds import Odds
from app.reading.mentions import Cast
from app.reading.outcomes_by_rules import COUNTED, OutcomePatterns, Result, quantity, results_by_rules
from app.reading.reading import OutcomeFind, OutcomeStatus, Quote
from app.reading.said import Said
from app.reading.talks import Talks
from app.reading.which_round import which_round

STATUSES: tuple[OutcomeStatus, ...] = ("implemented", "agreed", "proposed", "rejected")
HEARD = 0.1
"""Odds under which a sentence tells nothing of an outcome."""
PLAIN = 0.5
"""Weight from which a sentence tells a status plainly."""


@dataclass(frozen=True)
class Telling:
    """A sentence that may tell of an outcome: the model's odds of each status, and the rules' result."""

    said: Said
    odds: Mapping[OutcomeStatus, float]
    rule: Result | None
    quantity: int | None


@dataclass
class Told:
    """All that an article tells of one kind of outcome of one round."""

    tellings: list[Telling] = field(default_factory=list)

    def best(self, status: OutcomeStatus) -> Telling:
        """The sentence that tells most plainly of this status."""
        return max(self.tellings, key=lambda one: _weight(one, status))

    @property
    def status(self) -> OutcomeStatus:
        """The status that is told most plainly; what is plainly carried out is no longer only agreed."""
        likeliest = max(STATUSES, key=lambda status: _weight(self.best(status), status))
        if likeliest == "agreed" and _weight(self.best("implemented"), "implemented") >= PLAIN:
            return "implemented"
        return likeliest

    @property
    def quantity(self) -> int | None:
        """The number that the plainest sentences give."""
        sure = sorted(self.tellings, key=lambda one: -sum(one.odds.values()) - (one.rule is not None))
        return next((one.quantity for one in sure if one.quantity), None)

    def features(self, status: OutcomeStatus) -> dict[str, float]:
        """The numbers from which the confidence in a status is reckoned."""
        odds = sorted((_done(one, status) for one in self.tellings), reverse=True)
        rules = [one.rule for one in self.tellings if one.rule]
        return {
            "best": logit(max(odds[:1], default=SILENT)),
            "second": logit(max(odds[1:2], default=SILENT)),
            "rule": max((one.confidence for one in rules if one.status == status), default=0.0),
            "other rule": max((one.confidence for one in rules if one.status != status), default=0.0),
            "done": float(status in {"agreed", "implemented"}),
        }


def outcomes(
    text: str,
    article: Sequence[Said],
    odds: Mapping[int, Odds],
    patterns: tuple[OutcomePatterns, ...],
    found: tuple[Talks, ...],
    published: date | None,
    cast: Cast,
    sure: Sureness,
) -> tuple[OutcomeFind, ...]:
    """The outcomes of an article, one of each kind and round, with its furthest status that is sure enough."""
    held = [talks for talks in found if talks.status == "held"]
    told: dict[tuple[str, str | None], Told] = {}
    for place, said in enumerate(article):
        for kind, telling in tellings(said, odds.get(place), patterns, cast).items():
            day = which_round(place, article, held or found, published, cast)
            told.setdefault((kind, day), Told()).tellings.append(telling)
    finds = (_find(text, kind, day, one, sure) for (kind, day), one in told.items())
    return tuple(one for one in finds if one)


def tellings(said: Said, odds: Odds | None, patterns: tuple[OutcomePatterns, ...], cast: Cast) -> dict[str, Telling]:
    """What a sentence may tell of each kind of outcome."""
    ruled = {one.kind: one for one in results_by_rules(said, patterns, cast)}
    learned = {kind: one for kind, one in (odds.outcomes if odds else {}).items() if max(one.values()) >= HEARD}
    text = said.sentence.text
    return {
        kind: Telling(said, learned.get(kind, {}), rule := ruled.get(kind), _number(text, kind, rule))
        for kind in dict.fromkeys((*ruled, *learned))
    }


def _number(text: str, kind: str, rule: Result | None) -> int | None:
    if kind not in COUNTED:
        return None
    return (rule.quantity if rule else None) or quantity(text, (40, max(40, len(text) - 50)))


def _done(one: Telling, status: OutcomeStatus) -> float:
    """The odds of a status; what was agreed and what was carried out count for each other."""
    if status in {"agreed", "implemented"}:
        return one.odds.get("agreed", 0.0) + one.odds.get("implemented", 0.0)
    return one.odds.get(status, 0.0)


def _weight(one: Telling, status: OutcomeStatus) -> float:
    return one.odds.get(status, 0.0) + (one.rule.confidence if one.rule and one.rule.status == status else 0.0)


def _find(text: str, kind: str, day: str | None, told: Told, sure: Sureness) -> OutcomeFind | None:
    status = told.status
    confidence = sure.of("outcomes", told.features(status))
    if confidence < sure.least:
        return None
    sentence = told.best(status).said.sentence
    return OutcomeFind(
        round=day,
        kind=kind,
        status=status,
        quantity=told.quantity,
        quote=Quote.of(text, sentence.start, sentence.end),
        confidence=confidence,
    )
