"""What comes out: a Document, or a Refusal that tells a person what is wrong and what to do."""

from collections.abc import Sized
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

TEXT_LIMIT = 1_000_000
"""Most characters that a text may have: some 400 printed pages."""

EARLIEST = date(1990, 1, 1)
"""No article is dated before: an earlier day is a slip, or an example."""


@dataclass(frozen=True)
class Document:
    """A source text read and cleaned, not stored yet."""

    content: bytes
    """The bytes as received (a paste: its UTF-8)."""
    media_type: str
    """What the content is, by what it holds and not by its name; one of the values of ``Kind``."""
    filename: str | None
    """Name of the uploaded file, without folders."""
    address: str | None
    """Where a fetched page was found after all redirects."""
    canonical: str | None
    """The http address that the document gives as its own (a page's canonical link, front matter's ``url``)."""
    text: str
    """Clean text: paragraphs separated by one blank line, no control characters, no blanks at line ends."""
    title: str | None
    author: str | None
    outlet: str | None
    published: date | None
    """Date of publication as the document states it; never a file's own date."""
    language: str | None
    """ISO 639-1 code; None if the text is too short to tell."""


@dataclass(frozen=True)
class Draft:
    """What a reader of one kind got out of the bytes, before cleaning."""

    text: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: date | None = None
    language: str | None = None
    canonical: str | None = None


class Refusal(Exception):
    """A document that is not taken in.

    ``reason`` is a stable slug (``empty``, ``too-large``, ``encrypted`` …), ``field`` the part of the form it concerns
    (``file``, ``address`` or ``text``), ``message`` a sentence or two for the person.
    """

    def __init__(self, reason: str, message: str, field: str = "file") -> None:
        super().__init__(message)
        self.reason, self.message, self.field = reason, message, field


def latest() -> date:
    """The last day that an article can be dated: tomorrow, as the day begins earlier in the east."""
    return datetime.now(UTC).date() + timedelta(days=1)


def megabytes(size: int) -> str:
    """A number of bytes as people write it: ``0.3 MB``, ``20 MB``."""
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"


def check_size(content: Sized, limit: int, what: str) -> None:
    """Refuses ``too-large`` what has more than ``limit`` bytes."""
    if len(content) > limit:
        size, most = megabytes(len(content)), megabytes(limit)
        raise Refusal("too-large", f"{what} has {size}; at most {most} are taken in. Upload the article alone.")


def check_length(text: str) -> None:
    """Refuses ``too-long`` a text above ``TEXT_LIMIT``."""
    if len(text) > TEXT_LIMIT:
        message = f"The text has {len(text):,} characters; at most {TEXT_LIMIT:,} are taken in. Split it into articles."
        raise Refusal("too-long", message)
