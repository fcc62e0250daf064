"""What the parties want: the stances that an article takes on the issues of the process, by rules and by the model."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.reading.confidence import SILENT, Sureness, logit
from app.reading.learned.odds import Odds
from app.reading.reading import DemandFind, Quote, Stance
from app.reading.said import Said
from app.reading.stances_by_rules import Held

CONDITION = re.compile(
    r"\b(?:only if|unless|provided that|on condition that|as long as|only after|only once|in exchange for|in return for"
    r"|if)\b[^.;]*",
    re.IGNORECASE,
)
HEARD = 0.1
"""Odds under which a sentence tells nothing of a stance."""

Key = tuple[str, str, Stance]
"""Party, issue and stance."""


@dataclass
class Evidence:
    """What speaks for one party's stance on one issue: the odds of each sentence by the model, and the rules' find."""

    odds: list[tuple[float, Said]] = field(default_factory=list)
    rule: Held | None = None

    @property
    def best(self) -> Said:
        """The sentence that says it most plainly."""
        told = max(self.odds, key=lambda one: one[0], default=None)
        if self.rule and (told is None or told[0] < 0.5):
            return self.rule.said
        assert told is not None
        return told[1]

    def features(self, contrary: "Evidence | None") -> dict[str, float]:
        """The numbers from which the confidence is reckoned."""
        odds = sorted((one for one, _ in self.odds), reverse=True)
        against = max((one for one, _ in contrary.odds), default=SILENT) if contrary else SILENT
        return {
            "best": logit(max(odds[:1], default=SILENT)),
            "second": logit(max(odds[1:2], default=SILENT)),
            "rule": self.rule.confidence if self.rule else 0.0,
            "contrary": logit(against),
            "contrary rule": contrary.rule.confidence if contrary and contrary.rule else 0.0,
        }


def demands(
    text: str, article: Sequence[Said], odds: Mapping[int, Odds], ruled: Iterable[Held], sure: Sureness
) -> tuple[DemandFind, ...]:
    """The demands of an article, each once, with a calibrated confidence.

    ``text`` is the article as given, for the quotes; ``odds`` what the model makes of the sentence at a place.
    """
    told = evidence(article, odds, ruled)
    finds = []
    for key, one in told.items():
        confidence = sure.of("demands", one.features(told.get(opposite(key))))
        if confidence >= sure.least:
            finds.append(_find(text, key, one, confidence))
    return tuple(finds)


def evidence(article: Sequence[Said], odds: Mapping[int, Odds], ruled: Iterable[Held]) -> dict[Key, Evidence]:
    """All that speaks for each stance in an article.

    Which way a stance points is read off the grammar wherever the rules read it: what the model has learned of a side
    may not turn a plain sentence round.
    """
    ruled = tuple(ruled)
    pointing = {(id(held.said), held.party, held.issue): held.sign for held in ruled}
    told: dict[Key, Evidence] = {}
    for place, one in odds.items():
        for (party, issue), pair in one.stances.items():
            sign = pointing.get((id(article[place]), party, issue))
            wanted, refused = sorted(pair, reverse=sign > 0) if sign else pair
            both: tuple[tuple[Stance, float], ...] = (("for", wanted), ("against", refused))
            for stance, value in both:
                if value >= HEARD:
                    told.setdefault((party, issue, stance), Evidence()).odds.append((value, article[place]))
    for held in ruled:
        entry = told.setdefault((held.party, held.issue, "for" if held.sign > 0 else "against"), Evidence())
        if entry.rule is None or held.confidence > entry.rule.confidence:
            entry.rule = held
    return told


def opposite(key: Key) -> Key:
    """The contrary stance of the same party on the same issue."""
    party, issue, stance = key
    return party, issue, "against" if stance == "for" else "for"


def _find(text: str, key: Key, told: Evidence, confidence: float) -> DemandFind:
    sentence = told.best.sentence
    condition = CONDITION.search(sentence.text)
    party, issue, stance = key
    return DemandFind(
        party=party,
        issue=issue,
        stance=stance,
        condition=condition[0].strip().rstrip('",') if condition else None,
        quote=Quote.of(text, sentence.start, sentence.end),
        confidence=confidence,
    )
