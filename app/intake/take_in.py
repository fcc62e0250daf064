"""Take articles in: each document is read and stored by itself, so that a bad one does not hold up the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Engine

from app.database import writing
from app.evidence.documents import Document, Refusal
from app.intake.store import Corrections, Stored, store_article
from app.intake.worker import ring

SHORT = 200
"""Characters; a text with fewer is hardly an article, and is asked about before it is taken in."""


@dataclass(frozen=True)
class Given:
    """One document that a person gave: a file's name or an address (empty for a paste), and how to read it.

    ``field`` is the part of the form that it came by: text, file or address; ``read`` raises Refusal.
    """

    name: str
    field: str
    read: Callable[[], Document]


@dataclass(frozen=True)
class Refused:
    """A document that was not taken in, the form's field that it came from, and why."""

    name: str
    field: str
    message: str
    is_short: bool = False
    """Nothing is wrong with it but that its text is short."""


@dataclass
class TakenIn:
    """What became of the documents, each list in the order given."""

    stored: list[Stored] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def take_in(
    engine: Engine,
    process_id: int,
    documents: Sequence[Given],
    corrections: Corrections,
    actor: str,
    *,
    short_too: bool = False,
) -> TakenIn:
    """Read and store documents, each in a transaction of its own, then wake the readers.

    Of several documents each takes from ``corrections`` what it does not state itself; a single one takes all.
    Texts of fewer than ``SHORT`` characters are refused unless ``short_too``.
    """
    result = TakenIn()
    for given in documents:
        document = _read(given, short_too)
        if isinstance(document, Refused):
            result.refused.append(document)
            continue
        known = _missing(document, corrections) if len(documents) > 1 else corrections
        with writing(engine) as session:
            result.stored.append(store_article(session, process_id, document, known, actor))
    if any(stored.is_new for stored in result.stored):
        ring(engine)
    return result


def _read(given: Given, short_too: bool) -> Document | Refused:
    try:
        document = given.read()
    except Refusal as refusal:
        return Refused(given.name, refusal.field, refusal.message)
    length = len(document.text)
    if short_too or length >= SHORT:
        return document
    said = f"This is very short for an article ({length} characters)."
    return Refused(given.name, given.field, f"{said} Take it in all the same?", is_short=True)


def _missing(document: Document, corrections: Corrections) -> Corrections:
    """Of what a person gave for several documents, what this one does not state."""
    return replace(
        corrections,
        outlet=None if document.outlet else corrections.outlet,
        author=None if document.author else corrections.author,
        published_on=None if document.published else corrections.published_on,
        language=None if document.language else corrections.language,
    )
