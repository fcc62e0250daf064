"""Read one article that waits: claim it, read it, link what was found; each step can be cut short without loss."""

import logging
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.database import now, writing
from app.intake.claim import Claim, claim, finish, release
from app.intake.kept_reading import KeptReading
from app.intake.link import link
from app.negotiations.process import Process
from app.reading.reading import Reading

log = logging.getLogger(__name__)

LANGUAGES = {"en": "English"}
"""Languages that the built-in reader knows, by ISO 639-1 code."""

Read = Callable[[str, Claim], Reading]
"""Reads a claimed article of the process with that slug; a pure function of the two."""


def read_article(engine: Engine, read: Read, lease: timedelta, article_id: int | None = None) -> bool:
    """Read the oldest article that waits, or this one.

    Returns:
        Whether there was one.

    Raises:
        OperationalError: the database is out of reach or too busy; the article waits again.
    """
    with writing(engine) as session:
        held = claim(session, lease, article_id)
        process = session.scalar(select(Process.slug).where(Process.id == held.process_id)) if held else None
    if held is None or process is None:
        return False
    if held.language is not None and held.language not in LANGUAGES:
        with writing(engine) as session:
            _set_aside(session, held)
        return True
    try:
        reading = read(process, held)
        with writing(engine) as session:
            _keep(session, held, reading)
    except OperationalError:
        with writing(engine) as session:
            release(session, held.ticket, as_if_never_taken=True)
        raise
    except Exception as error:  # whatever a text does to its reader must not stop the others
        log.exception("Article %s could not be read.", held.article_id)
        with writing(engine) as session:
            finish(session, held, "failed", f"Reading failed: {type(error).__name__}.")
    return True


def _set_aside(session: Session, held: Claim) -> None:
    """Leave a text in a language that the reader does not know, and withdraw what was read before that was known."""
    if finish(session, held, "set-aside", f"The reader knows {', '.join(LANGUAGES.values())} only."):
        link(session, held.article_id, Reading(reader="language check", about_talks=False))


def _keep(session: Session, held: Claim, reading: Reading) -> None:
    """Keep and link a reading in one transaction with the article's new state, unless another reader took it over."""
    note = None if reading.about_talks else "Not about talks of this process."
    if not finish(session, held, "read", note):
        return
    kept = session.scalars(
        select(KeptReading).where(KeptReading.article_id == held.article_id, KeptReading.reader == reading.reader)
    ).one_or_none()
    if kept is None:
        kept = KeptReading(article_id=held.article_id, reader=reading.reader)
        session.add(kept)
    kept.content, kept.made_at = reading.model_dump(mode="json"), now()
    link(session, held.article_id, reading)
