"""What came of the talks, by rules: the words of a kind of outcome, how far it has come, the number on each side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.reading.dates import MONTHS
from app.reading.idioms import pattern
from app.reading.mentions import Cast
from app.reading.phrases import any_of
from app.reading.reading import OutcomeStatus
from app.reading.said import Said
from app.reading.vocabulary import Vocabulary

NUMBER = re.compile(r"(?<![\d.,$€£-])(\d{1,3}(?:,\d{3})+|\d{1,6})(?!\d|[.,]\d|%)(?:-for-\d[\d,]*)?")
UNIT = re.compile(
    r"(?:st|nd|rd|th)?(?:(?:,|,? (?:and|or|to)|-) ?\d{1,2}(?:st|nd|rd|th)?)*"
    rf"[- ](?:(?:{'|'.join(MONTHS)})\b|(?:years?|months?|weeks?|days?|hours?|minutes?|civilians|percent|per cent"
    r"|million|billion|kilomet\w+|km|miles?|drones?|missiles?|countries|regions?|points?|rounds?|groups?|members?|delegates"
    r"|officials|negotiators|experts)\b)",
    re.IGNORECASE,
)
SPAN = re.compile(r"-\d")
AGE = re.compile(
    rf"\b(?:aged?|ages|under|over the age of|younger than|older than|between|{'|'.join(MONTHS)})\.?"
    r" (?:\d+ ?(?:to|and|or|-) ?)?$",
    re.IGNORECASE,
)
LISTED = re.compile(r"\blists? (?:of|with)\b[^.;,]{0,40}$|\blists? of\b", re.IGNORECASE)
"""A list of those to be returned, which returns nobody yet."""
TO_COME = re.compile(
    r"^[^,;]{0,40}?\b(?:(?:is|are|was|were|set|due|expected|scheduled|planned) to|will|would|should)\b"
)
NAMED_ROUND = re.compile(r"\b(?:of|at|in|from|during|since|after|under) (?:the|their|that)\s*$")
BROKEN = re.compile(r"\b(?:collaps|fail|violat|broke|breach|fell apart|did not hold)\w*")
WORDED = {"a thousand": 1000, "one thousand": 1000, "two thousand": 2000, "six thousand": 6000, "a hundred": 100}
AGREED = re.compile(r"\b(?:agree(?:d|s|ing|ments?)?|decided|committed)\b(?! to disagree)", re.IGNORECASE)
SCHEDULED = re.compile(
    r"\b(?:is|are|was|were|has been|have been) (?:\w+ )?(?:planned|scheduled|set|agreed|due|expected)\b"
)
TOOK_EFFECT = re.compile(
    r"\b(?:took effect|into effect|in effect|took hold|into force|take effect|in force|held"
    r"|observed|respected|came into|since the)\b"
)
COUNTED = {"prisoner-exchange", "bodies-exchange", "children-return"}


@dataclass(frozen=True)
class OutcomePatterns:
    """The compiled phrases of a kind of outcome."""

    kind: str
    phrases: re.Pattern[str]


@dataclass(frozen=True)
class Result:
    """One mention of an outcome."""

    kind: str
    status: OutcomeStatus
    quantity: int | None
    confidence: float


def outcome_patterns(vocabulary: Vocabulary) -> tuple[OutcomePatterns, ...]:
    """The patterns of a process's kinds of outcome, in the file's order."""
    lists = vocabulary.lists
    return tuple(
        OutcomePatterns(kind.slug, any_of(kind.phrases, lists)) for kind in vocabulary.outcome_kinds if kind.phrases
    )


def results_by_rules(said: Said, patterns: tuple[OutcomePatterns, ...], cast: Cast) -> Iterator[Result]:
    """The outcomes that rules find in a sentence."""
    text = said.sentence.text
    if said.sentence.heading:
        return
    for one in patterns:
        phrase = one.phrases.search(text)
        if phrase is None:
            continue
        status, confidence = _status(said, text, phrase.span(), one.kind, cast)
        if status:
            number = quantity(text, phrase.span()) if one.kind in COUNTED else None
            yield Result(one.kind, status, number, confidence)


def _status(said: Said, text: str, span: tuple[int, int], kind: str, cast: Cast) -> tuple[OutcomeStatus | None, float]:
    """How far a named outcome has come, by the words around it; None if the sentence tells of no result."""
    before = text[max(0, span[0] - 90) : span[0]]
    around = text[max(0, span[0] - 110) : span[1] + 70]
    after = text[span[1] : span[1] + 60]
    if pattern("results", "not_results").search(before[-60:]):
        return None, 0
    parties = {mention.party for mention in said.mentions}
    mutual = set(cast.sides) <= parties or pattern("both_sides").search(text) is not None
    if pattern("results", "rejected").search(before[-50:]):
        return ("rejected", 0.5) if kind in COUNTED else (None, 0)
    if kind in {"ceasefire", "settlement"}:
        return ("agreed", 0.5) if mutual and re.search(r"\bagreed (?:to|on)\b", before[-40:]) else (None, 0)
    if kind in {"further-talks", "working-groups"}:
        return _status_of_talks(text, span, mutual=mutual, group=kind == "working-groups")
    if kind in COUNTED and (LISTED.search(before) or LISTED.match(text, span[0])):
        return "proposed", 0.5
    if AGREED.search(before) and not pattern("results", "implemented").search(around):
        return "agreed", 0.65 if mutual else 0.5
    if pattern("results", "proposed").search(before[-60:]):
        return ("proposed", 0.5) if kind in COUNTED | {"limited-truce", "working-groups"} else (None, 0)
    if kind == "limited-truce":
        return ("implemented", 0.5) if TOOK_EFFECT.search(around) and not BROKEN.search(around) else (None, 0)
    if TO_COME.match(after):
        return ("agreed", 0.5) if SCHEDULED.search(after) else (None, 0)
    if pattern("results", "implemented").search(around):
        return "implemented", 0.6
    if pattern("results", "agreed").search(around):
        return "agreed", 0.65 if mutual else 0.5
    return None, 0


def _status_of_talks(
    text: str, span: tuple[int, int], *, mutual: bool, group: bool
) -> tuple[OutcomeStatus | None, float]:
    """How far an agreement to go on talking has come: agreed, or set for a date."""
    before, after = text[max(0, span[0] - 60) : span[0]], text[span[1] : span[1] + 60]
    if NAMED_ROUND.search(before):
        return None, 0
    if AGREED.search(before):
        return "agreed", 0.65 if mutual else 0.5
    if group and pattern("results", "proposed").search(before):
        return "proposed", 0.5
    return ("agreed", 0.5) if SCHEDULED.match(after.lstrip()) else (None, 0)


def _is_no_count(text: str, found: re.Match[str]) -> bool:
    """Whether a number is a day, a span of time, an age or counts something else."""
    span = "-for-" not in found[0] and SPAN.match(text, found.end()) is not None
    return span or UNIT.match(text, found.end()) is not None or AGE.search(text[: found.start()]) is not None


def quantity(text: str, span: tuple[int, int]) -> int | None:
    """The number on each side that a sentence gives near the words at ``span``."""
    around = text[max(0, span[0] - 40) : span[1] + 50]
    near = (found for found in NUMBER.finditer(text) if span[0] - 40 <= found.start() < span[1] + 50)
    counted = (found for found in near if not _is_no_count(text, found))
    numbers = [int(found[1].replace(",", "")) for found in counted]
    numbers = [number for number in numbers if number >= 5 and not 1990 <= number <= 2035]
    worded = [value for words, value in WORDED.items() if words in around.lower()]
    return max([*numbers, *worded], default=None) or None
