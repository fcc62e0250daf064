"""The background readers on Postgres: any number of workers on any number of machines, woken by procrastinate.

The article's own row is the truth and the queue only the bell: a bell that is lost is rung again by the sweep,
one that rings twice finds the article taken.
"""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import JobDeferrer, Status
from psycopg_pool import PoolTimeout
from sqlalchemy import Engine, select

from app.database import now, reading, writing
from app.evidence.article import Article
from app.intake.claim import release_left_by_dead, waiting
from app.intake.read_article import Read, read_article

log = logging.getLogger(__name__)

READ = "read_article"
SWEEP = "*/1 * * * *"
WORKER_SILENT_SECONDS = 60
RING_SECONDS = 3.0
RING_FOR = 100
"""The newest articles that one bell is rung for; the older ones have had theirs."""


def ring(engine: Engine) -> None:
    """Wake a worker for every article that waits; on SQLite nothing is needed, the reader process looks by itself.

    Never fails: without a bell the articles wait for the sweep, which also rings for those of a long backlog.
    """
    if engine.dialect.name != "postgresql":
        return
    try:
        with App(connector=SyncPsycopgConnector(conninfo=_conninfo(engine), timeout=RING_SECONDS)).open() as bell:
            for article_id in _waiting(engine)[-RING_FOR:]:
                with suppress(AlreadyEnqueued):
                    _job(bell, article_id).defer(article_id=article_id)
    except (ConnectorException, PoolTimeout):
        log.warning("The bell for the workers did not ring; the next sweep rings it.", exc_info=True)


async def work(engine: Engine, read: Read, lease: timedelta) -> None:
    """Read what the bell names, and sweep every minute, until stopped by SIGINT or SIGTERM."""
    with writing(engine) as session:
        release_left_by_dead(session)
    bell = _bell(engine, read, lease)
    async with bell.open_async():
        await _sweep(bell, engine)
        await bell.run_worker_async(delete_jobs="always", install_signal_handlers=True)


def _bell(engine: Engine, read: Read, lease: timedelta) -> App:
    bell = App(connector=PsycopgConnector(conninfo=_conninfo(engine)))

    @bell.task(name=READ)
    async def read_one(article_id: int) -> None:
        await asyncio.to_thread(read_article, engine, read, lease, article_id)

    @bell.periodic(cron=SWEEP)
    @bell.task(name="sweep", queueing_lock="sweep")
    async def sweep(timestamp: int) -> None:  # noqa: ARG001 (procrastinate passes it)
        await _sweep(bell, engine)

    return bell


async def _sweep(bell: App, engine: Engine) -> None:
    """Ring for what waits, and clear away the jobs of workers that died: their articles wait again by themselves."""
    for job in await bell.job_manager.get_stalled_jobs(seconds_since_heartbeat=WORKER_SILENT_SECONDS):
        await bell.job_manager.finish_job(job, Status.FAILED, delete_job=True)
    for article_id in _waiting(engine):
        with suppress(AlreadyEnqueued):
            await _job(bell, article_id).defer_async(article_id=article_id)


def _job(bell: App, article_id: int) -> JobDeferrer:
    """The job of reading one article; only one such job waits at a time."""
    return bell.configure_task(READ, queueing_lock=f"article-{article_id}")


def _conninfo(engine: Engine) -> str:
    """The engine's address as libpq takes it."""
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _waiting(engine: Engine) -> list[int]:
    with reading(engine) as session:
        return list(session.scalars(select(Article.id).where(waiting(now())).order_by(Article.id)))
