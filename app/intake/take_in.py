"""Take articles in: each document is read and stored by itself, so that a bad one does not hold up the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine

from app.database import writing
from app.evidence.documents import Document, Refusal
from app.intake.store import Corrections, Stored, store_article
from app.intake.worker import ring


@dataclass(frozen=True)
class Given:
    """One document that a person gave: a file's name or an address (empty for a paste), and how to read it.

    ``read`` raises Refusal.
    """

    name: str
    read: Callable[[], Document]


@dataclass(frozen=True)
class Refused:
    """A document that was not taken in, the form's field that it came from, and why."""

    name: str
    field: str
    message: str


@dataclass
class TakenIn:
    """What became of the documents, each list in the order given."""

    stored: list[Stored] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def take_in(
    engine: Engine, process_id: int, documents: Sequence[Given], corrections: Corrections, actor: str
) -> TakenIn:
    """Read and store documents, each in a transaction of its own, then wake the readers."""
    result = TakenIn()
    for given in documents:
        try:
            document = given.read()
        except Refusal as refusal:
            result.refused.append(Refused(given.name, refusal.field, refusal.message))
            continue
        with writing(engine) as session:
            result.stored.append(store_article(session, process_id, document, corrections, actor))
    if any(stored.is_new for stored in result.stored):
        ring(engine)
    return result
