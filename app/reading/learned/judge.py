"""The learned reader at work: what each sentence says each party wants, and what came of the talks, each with its odds.

The model is made by ``make model`` from the project's own sentences (``training/``); ``docs/model.md`` is its card.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from app.reading.learned.marked import PERSON, WHEN, Marked, marked_proposition
from app.reading.learned.odds import FORMATS, PLANS, STATUSES, Odds, Placed, Seated
from app.reading.mentions import Cast
from app.reading.vocabulary import Vocabulary

FOLDER = Path(__file__).with_name("model")
FILES = ("network.onnx", "vectors.npz", "tokenizer.json")
LONGEST = 160
"""Most tokens of a passage; what is over is cut off its context."""
TOGETHER = 8
"""So many passages go through the model at once."""

INPUTS = ("ids", "segments", "mask", "parties", "days", "people", "issues", "kinds")
"""What the network is given, in order."""

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Model:
    """The network, its words, and what it learned of the issues and kinds of outcome that it knows, by their names."""

    network: onnxruntime.InferenceSession
    words: Tokenizer
    vectors: dict[str, Floats]


@dataclass(frozen=True)
class Row:
    """A passage in tokens: ``signs`` are the tokens of its parties' markers."""

    passage: Marked
    ids: list[int]
    segments: list[int]
    signs: dict[str, int]

    def at(self, signs: Collection[int]) -> list[int]:
        """Where some markers stand."""
        return [spot for spot, value in enumerate(self.ids) if value in signs]


@cache
def model(folder: Path = FOLDER) -> Model:
    """The model in a folder, loaded once.

    Raises:
        FileNotFoundError: the folder lacks one of its files.
    """
    for name in FILES:
        if not (folder / name).exists():
            raise FileNotFoundError(f"The learned reader's {name} is missing; make it with: make model")
    chosen = onnxruntime.SessionOptions()
    chosen.intra_op_num_threads = chosen.inter_op_num_threads = 1
    chosen.log_severity_level = 3
    network = onnxruntime.InferenceSession(folder / "network.onnx", chosen, providers=["CPUExecutionProvider"])
    held = np.load(folder / "vectors.npz")
    vectors = dict(zip(held["names"].tolist(), held["vectors"].astype(np.float32), strict=True))
    return Model(network, Tokenizer.from_file(str(folder / "tokenizer.json")), vectors)


class Judge:
    """The model with the issues and kinds of outcome of one process."""

    def __init__(self, vocabulary: Vocabulary, cast: Cast, held: Model | None = None) -> None:
        self.model = held or model()
        self.issues = [issue.slug for issue in vocabulary.issues]
        self.kinds = [kind.slug for kind in vocabulary.outcome_kinds]
        self.when = {self.model.words.token_to_id(sign) or 0 for sign in WHEN}
        self.person = {self.model.words.token_to_id(PERSON) or 0}
        self.asked = self._vectors(
            [f"{vocabulary.slug}/{issue.slug}" for issue in vocabulary.issues],
            [marked_proposition(issue.proposition, cast) for issue in vocabulary.issues],
        )
        self.sought = self._vectors(
            [f"outcome/{kind.slug}" for kind in vocabulary.outcome_kinds],
            [f"Result: {kind.name}" for kind in vocabulary.outcome_kinds],
        )

    def odds(self, passages: Sequence[Marked]) -> list[Odds]:
        """What the model makes of each passage, in their order."""
        rows = [self._row(passage) for passage in passages]
        found: dict[int, Odds] = {}
        order = sorted(range(len(rows)), key=lambda place: len(rows[place].ids))
        for start in range(0, len(order), TOGETHER):
            places = order[start : start + TOGETHER]
            found.update(zip(places, self._batch([rows[place] for place in places]), strict=True))
        return [found[place] for place in range(len(rows))]

    def _vectors(self, names: list[str], texts: list[str]) -> Floats:
        """What the model learned of each name, or else what it makes of the text alone."""
        encoded = [self.model.words.encode(text).ids for text in texts]
        ids, mask = _padded(encoded)
        blank = np.zeros((1, len(next(iter(self.model.vectors.values())))), np.float32)
        marks = np.zeros((len(ids), 1, ids.shape[1]), np.float32)
        *_, means = self._run(ids, np.zeros_like(ids), mask, marks, marks, marks, blank, blank)
        return np.stack([self.model.vectors.get(name, mean) for name, mean in zip(names, means, strict=True)])

    def _row(self, passage: Marked) -> Row:
        found = self.model.words.encode(passage.context, passage.sentence)
        ids, segments = list(found.ids), list(found.type_ids)
        context = segments.index(1) - 2 if 1 in segments else 0
        cut = min(max(0, len(ids) - LONGEST), context)
        signs = {party: self.model.words.token_to_id(sign) or 0 for sign, party in passage.parties.items()}
        return Row(passage, [ids[0], *ids[1 + cut :]][:LONGEST], [0, *segments[1 + cut :]][:LONGEST], signs)

    def _batch(self, rows: list[Row]) -> Iterator[Odds]:
        ids, mask = _padded([row.ids for row in rows])
        segments, _ = _padded([row.segments for row in rows])
        parties = [[row.at({sign}) for sign in row.signs.values()] for row in rows]
        days = [[[0], *([at] for at in row.at(self.when))] for row in rows]
        people = [[[at] for at in row.at(self.person)] for row in rows]
        marks = [_marks(held, ids.shape[1]) for held in (parties, days, people)]
        answer = self._run(ids, segments, mask, *marks, self.asked, self.sought)
        for place, row in enumerate(rows):
            stances, statuses, times, formats, plans, seats, whose, _ = (one[place].tolist() for one in answer)
            known = {party: line for line, party in enumerate(row.signs) if parties[place][line]}
            yield Odds(
                {
                    (party, issue): (wanted, refused)
                    for party, line in known.items()
                    for issue, (_, wanted, refused) in zip(self.issues, stances[line], strict=True)
                },
                {
                    kind: dict(zip(STATUSES, told[1:], strict=True))
                    for kind, told in zip(self.kinds, statuses, strict=True)
                },
                tuple(
                    Placed(
                        day,
                        when[1],
                        when[2],
                        dict(zip(FORMATS, form, strict=True)),
                        dict(zip(PLANS, plan, strict=True)),
                    )
                    for day, _, when, form, plan in zip(
                        (None, *row.passage.days), days[place], times, formats, plans, strict=False
                    )
                ),
                tuple(
                    Seated(person, part[1], part[2], {party: whose[line] for party, line in known.items()})
                    for person, _, part, whose in zip(row.passage.people, people[place], seats, whose, strict=False)
                ),
            )

    def _run(self, *given: Floats | Whole) -> list[Floats]:
        return self.model.network.run(None, dict(zip(INPUTS, given, strict=True)))  # type: ignore[no-any-return]


def _padded(rows: Sequence[Sequence[int]]) -> tuple[Whole, Whole]:
    """Rows of numbers as one array, and where it holds any: both (N, longest)."""
    values = np.zeros((len(rows), max(map(len, rows))), np.int64)
    mask = np.zeros_like(values)
    for place, row in enumerate(rows):
        values[place, : len(row)] = row
        mask[place, : len(row)] = 1
    return values, mask


def _marks(held: Sequence[Sequence[Sequence[int]]], length: int) -> Floats:
    """Where each passage's parties, dates or people are marked: (passages, most of them, words), 1 at a marker."""
    marks = np.zeros((len(held), max(1, *map(len, held)), length), np.float32)
    for place, spots in enumerate(held):
        for line, at in enumerate(spots):
            marks[place, line, at] = 1
    return marks
