"""The command line: ``rapporteur serve``, ``add``, ``read``, ``worker``."""

import asyncio
import logging
import sys
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from uvicorn import Config, Server

import app.tables  # noqa: F401
from app.database import open_engine, reading, writing
from app.evidence.documents import Document, Refusal, from_address, from_file
from app.intake.claim import wait_again
from app.intake.reader_process import ReaderProcess, read_what_waits, stop_with_parent
from app.intake.store import Corrections
from app.intake.take_in import Given, take_in
from app.intake.worker import ring, work
from app.negotiations.process import process_by_slug
from app.surroundings import check_address, fail, listening, read_settings, ready_engine

commands = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@commands.callback()
def rapporteur() -> None:
    """Follows peace negotiations claim by claim."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


@commands.command()
def serve() -> None:
    """Migrate the database, load the process, and serve the pages; on SQLite with a reader process beside them."""
    chosen = read_settings()
    check_address(chosen)
    engine = ready_engine(chosen)
    with listening(chosen) as sock:
        server = Server(Config("app.main:create_app", factory=True, access_log=False, log_level="warning"))
        reads_here = engine.dialect.name == "sqlite"
        engine.dispose()
        if not reads_here:
            print("Articles are read by workers: start one with `rapporteur worker`.")
        host = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
        print(f"Rapporteur is at http://{host}:{chosen.port}", flush=True)
        with ReaderProcess() if reads_here else nullcontext():
            server.run(sockets=[sock])


@commands.command()
def worker() -> None:
    """Read articles as they come in, on Postgres; start as many as there are machines for it."""
    chosen = read_settings()
    engine = ready_engine(chosen)
    if engine.dialect.name != "postgresql":
        fail("A worker needs Postgres (RAPPORTEUR_DATABASE_URL); on SQLite `rapporteur serve` reads by itself.")
    from app.intake.built_in import built_in_reader

    asyncio.run(work(engine, built_in_reader(chosen), timedelta(seconds=chosen.reading_seconds)))


@commands.command(hidden=True)
def reader() -> None:
    """Read what waits, until the parent process closes standard input: the reader beside `rapporteur serve`."""
    from app.intake.built_in import built_in_reader

    chosen = read_settings()
    stop = stop_with_parent(sys.stdin.buffer)
    lease = timedelta(seconds=chosen.reading_seconds)
    read_what_waits(open_engine(chosen.database), built_in_reader(chosen), lease, stop)


@commands.command()
def read() -> None:
    """Read articles given as JSON lines on standard input, and write one reading a line; nothing is stored.

    A line holds "id", "title", "url", "published" and "text".
    """
    from app.reading.lines import built_in_reader, read_lines

    raise typer.Exit(read_lines(sys.stdin, sys.stdout, sys.stderr, built_in_reader()))


@commands.command()
def read_again() -> None:
    """Have every article whose reading failed read again."""
    engine = ready_engine(read_settings())
    with writing(engine) as session:
        number = wait_again(session)
    ring(engine)
    print(f"Articles that wait to be read again: {number}")


@commands.command()
def add(
    what: Annotated[list[str], typer.Argument(metavar="FILE… | URL…", help="Files, or http(s) addresses.")],
) -> None:
    """Take in articles from files or addresses; they are read in the background."""
    chosen = read_settings()
    engine = ready_engine(chosen)
    with reading(engine) as session:
        process = process_by_slug(session, chosen.process)
        assert process is not None, "the process was loaded just now"
        process_id = process.id
    documents = [_given(item, chosen.upload_bytes) for item in what]
    result = take_in(engine, process_id, documents, Corrections(), "command line", short_too=True)
    for stored in result.stored:
        print(f"{'Added' if stored.is_new else 'Already there'}: {stored.title} (/articles/{stored.slug})")
    for refused in result.refused:
        print(f"{refused.name}: {refused.message}", file=sys.stderr)
    raise typer.Exit(1 if result.refused else 0)


def _given(item: str, limit: int) -> Given:
    if item.startswith(("http://", "https://")):
        return Given(item, "address", partial(from_address, item, limit=limit))
    return Given(item, "file", partial(_from_path, Path(item), limit))


def _from_path(path: Path, limit: int) -> Document:
    return from_file(_content(path), path.name, limit=limit)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal("unreadable", f"The file cannot be read: {error.strerror}.") from error


def main() -> None:
    """Run the command line."""
    commands()


if __name__ == "__main__":
    main()
