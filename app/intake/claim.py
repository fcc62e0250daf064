"""Who reads which article: the article's own row says it, so that a reader that dies loses nothing."""

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from app.database import now
from app.evidence.article import Article

ATTEMPTS = 5
"""A text that ends its reader this often is given up, so that it cannot hold up the others for ever."""

GIVEN_UP = f"Reading was cut short {ATTEMPTS} times; the text may be too much for this machine's memory."


@dataclass(frozen=True)
class Claim:
    """An article in one reader's hands until the lease ends."""

    article_id: int
    process_id: int
    ticket: str
    text: str
    title: str
    address: str | None
    published_on: date | None
    language: str | None
    process_given: bool = False
    """Whether it stays in its process, whatever it is found to be about."""


def new_ticket() -> str:
    """A name for one reading by this operating-system process: machine, process id, and a part that never recurs."""
    return f"{machine()}/{os.getpid()}/{uuid4().hex}"


@cache
def machine() -> str:
    """Where process ids mean what they mean here: the host, and within it the container."""
    try:
        space = os.readlink("/proc/self/ns/pid")
    except OSError:
        space = ""
    return f"{socket.gethostname()} {space}"


def waiting(moment: datetime) -> ColumnElement[bool]:
    """The condition on articles that any reader may take: unread, or left by one whose lease has ended."""
    lapsed = and_(Article.reading_state == "being-read", Article.reading_until < moment)
    return or_(Article.reading_state == "unread", lapsed)


def claim(session: Session, lease: timedelta, article_id: int | None = None) -> Claim | None:
    """Take the oldest article that waits (or this one, if it does); None if there is none."""
    moment = now()
    free = waiting(moment) if article_id is None else waiting(moment) & (Article.id == article_id)
    _give_up(session, free)
    oldest = (
        select(Article.id)
        .where(free)
        .order_by(Article.reading_attempts, Article.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    ticket = new_ticket()
    taken = session.execute(
        update(Article)
        .where(Article.id == oldest.scalar_subquery())
        .values(
            reading_state="being-read",
            reading_ticket=ticket,
            reading_until=moment + lease,
            reading_attempts=Article.reading_attempts + 1,
        )
        .returning(
            Article.id.label("article_id"),
            Article.process_id,
            Article.process_given,
            Article.reading_ticket.label("ticket"),
            Article.text,
            Article.title,
            Article.address,
            Article.published_on,
            Article.language,
        )
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return Claim(**taken._mapping) if taken else None


def release_left_by_dead(session: Session) -> None:
    """Free at once what readers of this machine held that are not running any more, without waiting for the lease.

    A ticket with our own process id is a predecessor's too: we have only just started.
    """
    held = select(Article.reading_ticket).where(Article.reading_ticket.startswith(f"{machine()}/", autoescape=True))
    for ticket in session.scalars(held).all():
        process_id = int(str(ticket).rsplit("/", 2)[1])
        if process_id == os.getpid() or not _runs(process_id):
            release(session, str(ticket))


def release(session: Session, ticket: str, *, as_if_never_taken: bool = False) -> None:
    """Put an article back among the unread; ``as_if_never_taken`` where the text had no part in the failure."""
    session.execute(
        update(Article)
        .where(Article.reading_ticket == ticket)
        .values(
            reading_state="unread",
            reading_ticket=None,
            reading_until=None,
            reading_attempts=Article.reading_attempts - int(as_if_never_taken),
        )
    )


def wait_again(session: Session, slugs: Sequence[str] = ()) -> int:
    """Put every failed article back among the unread; or just these, if they are named, however their reading ended.

    Returns:
        How many they are.
    """
    ended = Article.reading_state.in_(("read", "failed")) & Article.slug.in_(slugs)
    which = ended if slugs else Article.reading_state == "failed"
    again = update(Article).where(which).returning(Article.id)
    return len(session.execute(again.values(reading_state="unread", reading_note=None, reading_attempts=0)).all())


def finish(session: Session, held: Claim, state: str, note: str | None = None) -> bool:
    """Set the end of a reading down, if the claim still holds; False if another reader has taken the article over."""
    done = session.execute(
        update(Article)
        .where(Article.id == held.article_id, Article.reading_ticket == held.ticket)
        .values(reading_state=state, reading_note=note, reading_ticket=None, reading_until=None, read_at=now())
        .returning(Article.id)
    )
    return done.one_or_none() is not None


def _give_up(session: Session, free: ColumnElement[bool]) -> None:
    session.execute(
        update(Article)
        .where(free, Article.reading_attempts >= ATTEMPTS)
        .values(reading_state="failed", reading_note=GIVEN_UP, reading_ticket=None, reading_until=None)
        .execution_options(synchronize_session=False)
    )


def _runs(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
