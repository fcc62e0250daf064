"""``rapporteur evaluate``: the readings asked for, measured, and their figures kept."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from app.reading.evaluation.annotation import AnnotatedReading
from app.reading.evaluation.evaluation import Chosen, Evaluation, ReadsOne, agreement, evaluation
from app.reading.evaluation.figures import FILE, Figures
from app.reading.evaluation.hand_made import HandMade, Unusable, machine_made
from app.reading.evaluation.table import markdown
from app.reading.lines import ArticleLine, ReaderOf, Reads, built_in_reader, reading_line
from app.reading.llm.terms import Terms, complaint
from app.reading.not_read import NotRead
from app.reading.vocabulary import Vocabulary
from app.settings import settings, vocabulary_path

log = logging.getLogger(__name__)


def _language_model() -> ReaderOf:
    if wrong := complaint(settings()):
        raise Unusable(wrong)
    terms = Terms.of(settings())
    try:
        from app.reading.llm.reader import ModelReader
    except ImportError as error:
        raise Unusable(
            "A language model as reader needs the extra “llm”: `make language-model` installs it."
        ) from error

    @cache
    def of(process: str | None) -> Reads:
        return ModelReader(Vocabulary.load(vocabulary_path(process or settings().process)), terms)

    return of


READERS: dict[str, Callable[[], ReaderOf]] = {"built-in": lambda: built_in_reader, "llm": _language_model}
"""What each reader's name stands for; a reader is only made ready once it is asked for."""


@dataclass(frozen=True)
class Measured:
    """An evaluation with its figures of this day."""

    evaluation: Evaluation
    reader: str
    about: str = ""

    @cached_property
    def figures(self) -> Figures:
        """The figures."""
        return self.evaluation.figures(self.reader, date.today(), self.about)

    @property
    def table(self) -> str:
        """The figures as tables."""
        return markdown(self.figures)

    @property
    def differences(self) -> list[str]:
        """Each miss and each false find."""
        return list(self.evaluation.differences())


def named_reader(name: str) -> ReadsOne:
    """The reader of that name.

    Raises:
        Unusable: there is none. (What it needs is only asked for when it reads.)
    """
    if name not in READERS:
        raise Unusable(f"There is no reader {name!r}: name one of {', '.join(READERS)}.")
    ready = cache(READERS[name])
    return lambda one: _read(one, ready())


def measured(folder: Path, reads: ReadsOne, chosen: Chosen, *, readings: Path | None, against: Path | None) -> Measured:
    """A reader's readings, those in a file, or a second person's, set beside the hand-made ones of a folder.

    Raises:
        Unusable: a folder or file is of no use; the error says why.
    """
    process = settings().process
    if against:
        return Measured(agreement(folder, against, process, chosen), "a second person")
    if readings:
        kept = machine_made(readings)
        found = evaluation(folder, process, chosen, lambda one: kept.get(one.id))
        return Measured(found, found.readers or readings.stem)
    found = evaluation(folder, process, chosen, reads)
    return Measured(found, found.readers or "unnamed")


def keep(made: Measured, folder: Path) -> None:
    """Write the figures into a folder, as JSON and as Markdown.

    Raises:
        Unusable: they cannot be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(made.figures.model_dump_json(indent=1) + "\n", encoding="utf-8")
        (folder / FILE).with_suffix(".md").write_text(made.table, encoding="utf-8")
    except OSError as error:
        raise Unusable(f"The figures cannot be written to {folder}: {error.strerror}.") from error


def _read(one: HandMade, reader_of: ReaderOf) -> AnnotatedReading | None:
    article = ArticleLine(id=one.id, text=one.text, **one.about.model_dump(exclude={"style", "split"}))
    try:
        reader = reader_of(article.process)
    except ValueError as error:
        raise Unusable(f"{one.id}: {error}. Give its process in {one.id}.meta.json.") from error
    try:
        return AnnotatedReading.model_validate(reading_line(one.id, reader.read(article.text, article.metadata)))
    except NotRead as reason:
        log.warning("%s was not read: %s", one.id, reason)
        return None
