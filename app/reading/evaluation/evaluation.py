"""The evaluation of one reader on hand-made readings: from a folder to figures."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.reading.evaluation.annotation import KINDS, AnnotatedReading, Annotation
from app.reading.evaluation.calibration import reliability
from app.reading.evaluation.figures import Figures
from app.reading.evaluation.hand_made import HandMade, Unusable, hand_made
from app.reading.evaluation.scores import (
    Compared,
    off_topic_left_empty,
    placed_in_right_round,
    quotes_verbatim,
    right_quantity,
    score,
)

ReadsOne = Callable[[HandMade], AnnotatedReading | None]
"""What a reader got out of an article; None where it did not read it."""


@dataclass(frozen=True)
class Chosen:
    """Which articles of a folder are evaluated: of one process or split, or all."""

    process: str | None = None
    split: str | None = None

    def of(self, made: Sequence[HandMade], folder: Path) -> list[HandMade]:
        """The articles asked for.

        Raises:
            Unusable: there is none; the error names what there is.
        """
        wanted = [one for one in made if self._wants(one)]
        if not wanted:
            there = "; ".join(sorted({f"{one.about.process}, split {one.about.split or 'none'}" for one in made}))
            raise Unusable(f"{folder} holds no such articles. Its articles are of: {there}.")
        return wanted

    def _wants(self, one: HandMade) -> bool:
        return self.process in (None, one.about.process) and self.split in (None, one.about.split)


@dataclass(frozen=True)
class Evaluation:
    """One reader's readings beside the hand-made ones."""

    made: Sequence[HandMade]
    found: dict[str, AnnotatedReading]
    split: str | None = None

    @property
    def compared(self) -> list[Compared]:
        """Each article's two readings."""
        return [
            Compared(one.reading, self.found.get(one.id, AnnotatedReading(id=one.id)), one.text) for one in self.made
        ]

    @property
    def readers(self) -> str | None:
        """Name and version of the reader, or of all that took part; None where the readings do not say."""
        return ", ".join(sorted({one.reader for one in self.found.values() if one.reader})) or None

    def figures(self, reader: str, day: date, about: str = "") -> Figures:
        """The figures, under the reader's name and version and the day; ``about`` says what the articles are."""
        compared = self.compared
        scores = {kind: score(compared, kind) for kind in KINDS}
        sure = {kind: found for kind in KINDS if (found := reliability(compared, kind)).finds}
        return Figures(
            date=day,
            reader=reader,
            articles=len(compared),
            off_topic=sum(not one.expected.about_talks for one in compared),
            processes=dict(sorted(Counter(one.about.process or "" for one in self.made).items())),
            about=about,
            split=self.split,
            scores=scores,
            mean_f1=sum(one.f1.value for one in scores.values()) / len(scores),
            placed_in_right_round=placed_in_right_round(compared),
            right_quantity=right_quantity(compared),
            quotes_verbatim=quotes_verbatim(compared),
            off_topic_left_empty=off_topic_left_empty(compared),
            not_read=tuple(one.id for one in self.made if one.id not in self.found),
            reliability=sure,
        )

    def differences(self) -> Iterator[str]:
        """A line for each record that was missed and each that was found where there is none."""
        for one in self.compared:
            for kind in KINDS:
                _, missed, false = one.pairing(kind)
                yield from (f"{one.expected.id}: missed {kind[:-1]} {_brief(item)}" for item in missed)
                yield from (f"{one.expected.id}: false {kind[:-1]} {_brief(item)}" for item in false)


def evaluation(folder: Path, process: str, chosen: Chosen, reads: ReadsOne) -> Evaluation:
    """Read the articles of a folder that were chosen; one that names no process is of ``process``.

    Raises:
        Unusable: the folder or a file in it is of no use, or nothing was read of it.
    """
    made = chosen.of(hand_made(folder, process), folder)
    found = {one.id: reading for one in made if (reading := reads(one))}
    if not found:
        raise Unusable(
            f"Nothing was read of the articles in {folder}. (A file of readings must name them by the same ids.)"
        )
    return Evaluation(made, found, chosen.split)


def agreement(folder: Path, other: Path, process: str, chosen: Chosen) -> Evaluation:
    """How far two people agree on the articles that both have read: the second is measured by the first.

    Raises:
        Unusable: as ``evaluation``.
    """
    second = {one.id: one.reading for one in hand_made(other, process)}
    whole = evaluation(folder, process, chosen, lambda one: second.get(one.id))
    return Evaluation([one for one in whole.made if one.id in second], whole.found, chosen.split)


def _brief(item: Annotation) -> str:
    return item.model_dump_json(exclude_none=True)[:260]
