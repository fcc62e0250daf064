"""What a language model is asked to answer: finds with their quotes as text, never as offsets."""

import json
import re
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from app.reading.reading import OutcomeStatus, RoundFormat, RoundStatus, Stance
from app.reading.vocabulary import Vocabulary

LISTS = ("rounds", "delegations", "demands", "outcomes")
MOST_FINDS = 200
"""More finds of one kind than this in one answer are a model running in circles."""
FENCE = re.compile(r"^\s*```[\w-]*\s*\n(.*?)\n?\s*```\s*$", re.DOTALL)
THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)


class Answered(BaseModel):
    """A part of an answer; what a model adds on its own is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class RoundAnswer(Answered):
    date: str | None
    city: str | None
    ordinal: int | None
    format: str | None
    status: str
    quote: str


class MemberAnswer(Answered):
    name: str
    office: str | None


class DelegationAnswer(Answered):
    party: str
    round: str | None
    head: MemberAnswer | None
    size: int | None
    members: list[MemberAnswer]
    quote: str


class DemandAnswer(Answered):
    party: str
    issue: str
    stance: str
    condition: str | None
    round: str | None
    quote: str


class OutcomeAnswer(Answered):
    kind: str
    status: str
    quantity: int | None
    round: str | None
    quote: str


class Answer(Answered):
    """A whole answer."""

    about_talks: bool
    rounds: list[RoundAnswer]
    delegations: list[DelegationAnswer]
    demands: list[DemandAnswer]
    outcomes: list[OutcomeAnswer]


_KINDS: dict[str, TypeAdapter[Any]] = {
    "rounds": TypeAdapter(RoundAnswer),
    "delegations": TypeAdapter(DelegationAnswer),
    "demands": TypeAdapter(DemandAnswer),
    "outcomes": TypeAdapter(OutcomeAnswer),
}
_EMPTY: dict[str, Any] = dict.fromkeys(
    ("date", "city", "ordinal", "format", "office", "round", "head", "size", "condition", "quantity")
)


class Malformed(ValueError):
    """The answer is not what was asked for."""


def parse(content: str) -> tuple[Answer, int]:
    """The answer in what a model wrote, and how many of its finds are malformed and left out.

    A code fence around the answer, or a thought before it, is passed over; a value that is not given is none.

    Raises:
        Malformed: there is no answer in it.
    """
    found = _object(content)
    kept: dict[str, Any] = {}
    malformed = 0
    for name in LISTS:
        given = found.get(name, [])
        if not isinstance(given, list):
            raise Malformed(f"{name} is no list")
        kept[name] = [one for item in given[:MOST_FINDS] if (one := _find(name, item)) is not None]
        malformed += len(given) - len(kept[name])
    about = found.get("about_talks")
    if not isinstance(about, bool):
        raise Malformed("about_talks is neither true nor false")
    return Answer.model_construct(about_talks=about, **kept), malformed


def _object(content: str) -> dict[str, Any]:
    text = THOUGHT.sub("", content)
    fenced = FENCE.match(text)
    try:
        found = json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError) as error:
        raise Malformed("it is not JSON") from error
    if not isinstance(found, dict):
        raise Malformed("it is no JSON object")
    return found


def _find(name: str, item: object) -> Any:
    if not isinstance(item, dict):
        return None
    whole = {**_EMPTY, **item}
    members = whole.get("members") or []
    whole["head"] = _member(whole["head"])
    whole["members"] = [_member(one) for one in members] if isinstance(members, list) else members
    try:
        return _KINDS[name].validate_python(whole)
    except ValidationError:
        return None


def _member(given: Any) -> Any:
    """A person, also where a model gives the bare name."""
    return {"name": given, "office": None} if isinstance(given, str) else {**_EMPTY, **given} if given else None


def schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON schema of an answer, for servers that can hold a model to one; slugs are those of the vocabulary."""
    whole = Answer.model_json_schema()
    choices = {
        "party": [party.slug for party in vocabulary.parties],
        "issue": [issue.slug for issue in vocabulary.issues],
        "kind": [kind.slug for kind in vocabulary.outcome_kinds],
        "stance": list(get_args(Stance)),
        "format": [*get_args(RoundFormat), None],
    }
    statuses = {"RoundAnswer": list(get_args(RoundStatus)), "OutcomeAnswer": list(get_args(OutcomeStatus))}
    for name, part in {**whole["$defs"], "Answer": whole}.items():
        part["additionalProperties"] = False
        for field in part["properties"].keys() & choices.keys():
            part["properties"][field] = _choice(choices[field])
        if name in statuses:
            part["properties"]["status"] = _choice(statuses[name])
    return whole


def _choice(words: list[Any]) -> dict[str, Any]:
    return {"type": ["string", "null"] if None in words else "string", "enum": words}
