"""One door to SQLite or Postgres: engine, sessions, and the base of every table."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

from alembic import command
from alembic.config import Config
from fastapi import Depends, Request
from sqlalchemy import (
    CheckConstraint,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Index,
    MetaData,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from app.settings import CHECKOUT

BUSY_SECONDS = 10
POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 30, "pool_timeout": 5}
"""Reads run on the event loop: they must not wait long for a connection that a slow request holds."""


class Base(DeclarativeBase):
    """The base of every table; constraint names are the same on both engines, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def one_of(column: str, *values: str) -> CheckConstraint:
    """A check that a text column holds one of a few values (or NULL, where the column allows it)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def once(name: str, *columns: str, where: str) -> Index:
    """A unique index over the rows that meet a condition, alike on both engines."""
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python on both engines (SQLite itself keeps no time zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is deferred: ours is sent by _begin_sqlite
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def open_engine(url: str) -> Engine:
    """An engine with what each database needs: on SQLite WAL, foreign keys and explicit transactions.

    A connection with the execution option ``writes=True`` begins with BEGIN IMMEDIATE on SQLite, so that a writer
    waits for its turn at the start, never half-way. Values never stand in an error's text, and so in no log.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True, **POOL)
    engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=True, **POOL)
    event.listen(engine, "connect", _prepare_sqlite)

    @event.listens_for(engine, "begin")
    def _begin_sqlite(connection) -> None:  # type: ignore[no-untyped-def]
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session for reading; nothing that it changes is kept."""
    with Session(engine, autoflush=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session whose changes are committed at the end, or undone as a whole if an error leaves the block."""
    with Session(engine.execution_options(writes=True)) as session, session.begin():
        yield session


async def read_session(request: Request) -> AsyncIterator[Session]:
    """A request's session for reading, closed before the answer is sent."""
    with reading(request.app.state.engine) as session:
        yield session


ReadSession = Annotated[Session, Depends(read_session, scope="function")]


def wait_for_turn(connection: Connection) -> None:
    """Hold back every other transaction that waits for its turn until this one ends.

    On SQLite a writer has its turn anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('rapporteur'))")


def upgrade(engine: Engine) -> None:
    """Bring the database's tables to the newest migration; processes that start at once do it one after the other."""
    config = Config(CHECKOUT / "alembic.ini")
    with engine.execution_options(writes=True).begin() as connection:
        wait_for_turn(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
