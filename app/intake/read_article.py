"""Read one article that waits: claim it, read it, link what was found; each step can be cut short without loss."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.database import writing
from app.evidence.article import Article
from app.intake.claim import Claim, claim, finish, release
from app.intake.kept_reading import keep, unlink
from app.intake.link import link
from app.intake.move import bring_over, rests_on_it
from app.negotiations.process import Process
from app.reading.not_read import NotRead
from app.reading.reading import Reading

log = logging.getLogger(__name__)

LANGUAGES = {"en": "English"}
"""Languages that the built-in reader knows, by ISO 639-1 code."""

Read = Callable[[str, Claim], Reading]
"""Reads a claimed article of the process with that slug; raises NotRead, with the reason, where it cannot."""


def read_article(engine: Engine, read: Read, lease: timedelta, article_id: int | None = None) -> bool:
    """Read the oldest article that waits, or this one.

    Returns:
        Whether there was one.

    Raises:
        OperationalError: the database is out of reach or too busy; the article waits again.
    """
    with writing(engine) as session:
        held = claim(session, lease, article_id)
        if held and rests_on_it(session, held.article_id):
            held = replace(held, process_given=True)
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
    except NotRead as reason:
        log.warning("Article %s was not read: %s", held.article_id, reason)
        with writing(engine) as session:
            finish(session, held, "failed", str(reason))
    except Exception as error:  # whatever a text does to its reader must not stop the others
        log.exception("Article %s could not be read.", held.article_id)
        with writing(engine) as session:
            finish(session, held, "failed", f"Reading failed: {type(error).__name__}.")
    return True


def _set_aside(session: Session, held: Claim) -> None:
    """Leave a text in a language that the reader does not know, and withdraw what was read before that was known."""
    if finish(session, held, "set-aside", f"The reader knows {', '.join(LANGUAGES.values())} only."):
        link(session, held.article_id, Reading(reader="language check", about_talks=False))
        unlink(session, held.article_id)


def _keep(session: Session, held: Claim, reading: Reading) -> None:
    """Keep and link a reading in one transaction with the article's new state, unless another reader took it over."""
    note = None if reading.about_talks else "Not about talks of this process."
    if not finish(session, held, "read", note):
        return
    if reading.process and (stays := bring_over(session, held.article_id, reading.process, reading.reader)):
        session.get_one(Article, held.article_id).reading_note = stays
        reading = Reading(reader=reading.reader, about_talks=False)
    keep(session, held.article_id, reading, linked=True)
    link(session, held.article_id, reading)
