"""Articles in, readings out, one JSON object a line: the reader at the command line."""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any, Protocol, TextIO

from pydantic import BaseModel, ConfigDict, ValidationError

from app.reading.reader import Metadata, Reader
from app.reading.reading import DelegationFind, DemandFind, OutcomeFind, Reading, RoundFind
from app.reading.vocabulary import Vocabulary
from app.settings import settings, vocabulary_path


class Reads(Protocol):
    """A reader of the articles of one process."""

    def read(self, text: str, metadata: Metadata | None = None) -> Reading:
        """What the article says."""


ReaderOf = Callable[[str | None], Reads]
"""The reader of the process with that slug; of None, the reader of the process that the settings name."""


class ArticleLine(BaseModel):
    """An article as one line of JSON; ``published`` is an ISO date or null, ``process`` a slug."""

    model_config = ConfigDict(extra="ignore")

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    process: str | None = None

    @property
    def metadata(self) -> Metadata:
        """The metadata; a date of publication that is none counts as unknown."""
        return Metadata(self.title, self.url, _day(self.published), self.publisher)


def read_lines(articles: Iterable[str], readings: TextIO, errors: TextIO, reader_of: ReaderOf) -> int:
    """Write the reading of each article line, by the reader of its process; name each bad line on ``errors``.

    Returns:
        0, or 1 if a line could not be read.
    """
    failed = 0
    for number, line in enumerate(articles, start=1):
        if not line.strip():
            continue
        try:
            readings.write(json.dumps(read_line(line, reader_of), ensure_ascii=False) + "\n")
            readings.flush()
        except Exception as error:  # whatever is wrong with one line, the others are still read
            print(f"line {number}: {_reason(error)}", file=errors)
            failed = 1
    return failed


def read_line(line: str, reader_of: ReaderOf) -> dict[str, Any]:
    """The reading of one article line as plain data.

    Raises:
        ValueError: the line is not JSON, not an article with ``id`` and ``text``, or of a process that is not here.
    """
    article = ArticleLine.model_validate_json(line)
    return reading_line(article.id, reader_of(article.process).read(article.text, article.metadata))


def reading_line(article: str, reading: Reading) -> dict[str, Any]:
    """A reading in the form of the annotation guide: plain names, quotes as text, "unknown" for an undated round."""
    return {
        "id": article,
        "reader": reading.reader,
        "about_talks": reading.about_talks,
        "published": reading.published.isoformat() if reading.published else None,
        "rounds": [_round(one) for one in reading.rounds],
        "delegations": [_delegation(one) for one in reading.delegations],
        "demands": [_demand(one) for one in reading.demands],
        "outcomes": [_outcome(one) for one in reading.outcomes],
    }


def _round(one: RoundFind) -> dict[str, Any]:
    return {**one.model_dump(mode="json", exclude={"quote"}), "date": one.date or "unknown", "quote": one.quote.exact}


def _delegation(one: DelegationFind) -> dict[str, Any]:
    return {
        "party": one.party,
        "round": one.round,
        "head": one.head.name if one.head else None,
        "size": one.size,
        "members": [member.name for member in one.members],
        "quote": one.quote.exact,
        "confidence": one.confidence,
    }


def _demand(one: DemandFind) -> dict[str, Any]:
    return {**one.model_dump(mode="json", exclude={"quote"}), "quote": one.quote.exact}


def _outcome(one: OutcomeFind) -> dict[str, Any]:
    return {**one.model_dump(mode="json", exclude={"quote"}), "quote": one.quote.exact}


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc'])) or 'article'}: {first['msg']}"
    return str(error) or type(error).__name__


@cache
def built_in_reader(process: str | None = None) -> Reader:
    """The built-in reader for a process (for that of the settings, if none is named), with the settings' model.

    Raises:
        ValueError: there is no such process.
    """
    chosen = settings()
    return Reader(Vocabulary.load(vocabulary_path(process or chosen.process)), chosen.language_model, chosen.confidence)


if __name__ == "__main__":
    sys.exit(read_lines(sys.stdin, sys.stdout, sys.stderr, built_in_reader))
