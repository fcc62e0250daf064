"""The command line: ``rapporteur serve``, ``add``, ``read``, ``compare``, ``evaluate``, ``worker``."""

import asyncio
import logging
import sys
from contextlib import nullcontext
from dataclasses import replace
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
from app.intake.compare import read_for_comparison
from app.intake.reader_process import ReaderProcess, read_what_waits, stop_with_parent
from app.intake.readers import chosen_reader, reader_named
from app.intake.store import Corrections
from app.intake.take_in import Given, take_in
from app.intake.worker import ring, work
from app.negotiations.process import processes
from app.reading.not_read import NotRead
from app.settings import ReaderName
from app.surroundings import check_address, check_language_model, fail, listening, read_settings, ready_engine

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
    asyncio.run(work(engine, chosen_reader(chosen, engine), timedelta(seconds=chosen.reading_seconds)))


@commands.command(hidden=True)
def reader() -> None:
    """Read what waits, until the parent process closes standard input: the reader beside `rapporteur serve`."""
    chosen = read_settings()
    stop = stop_with_parent(sys.stdin.buffer)
    lease = timedelta(seconds=chosen.reading_seconds)
    engine = open_engine(chosen.database)
    read_what_waits(engine, chosen_reader(chosen, engine), lease, stop)


@commands.command()
def read() -> None:
    """Read articles given as JSON lines on standard input, and write one reading a line; nothing is stored.

    A line holds "id", "title", "url", "published" and "text", and may hold "process".
    """
    from app.reading.lines import built_in_reader, read_lines

    raise typer.Exit(read_lines(sys.stdin, sys.stdout, sys.stderr, built_in_reader))


@commands.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with ID.txt and ID.json for each article.")],
    readings: Annotated[Path | None, typer.Option(help="Readings as JSON lines, instead of reading now.")] = None,
    against: Annotated[
        Path | None, typer.Option(help="Folder of a second person's readings: how far both agree.")
    ] = None,
    reader: Annotated[str, typer.Option(help="Which reader reads: built-in or llm.")] = "built-in",
    process: Annotated[str | None, typer.Option(help="Only articles of this process.")] = None,
    split: Annotated[str | None, typer.Option(help="Only articles of this split: tune or test.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the figures, as JSON and Markdown.")] = None,
    about: Annotated[str, typer.Option(help="What kind of articles they are, for whoever reads the figures.")] = "",
    differences: Annotated[bool, typer.Option("--list", help="Name each miss and each false find.")] = False,
) -> None:
    """Measure a reader on articles that a person has read."""
    from app.reading.evaluation.evaluation import Chosen
    from app.reading.evaluation.hand_made import Unusable
    from app.reading.evaluation.measure import keep, measured, named_reader

    try:
        made = measured(folder, named_reader(reader), Chosen(process, split), readings=readings, against=against)
        made = replace(made, about=about)
        if differences:
            print("\n".join(made.differences))
        print(made.table)
        if out:
            keep(made, out)
    except Unusable as error:
        fail(str(error))


@commands.command()
def read_again(
    articles: Annotated[list[str] | None, typer.Argument(metavar="[ARTICLE…]", help="Their addresses here.")] = None,
) -> None:
    """Have articles read again by the reader that is set: these, or every one whose reading failed."""
    engine = ready_engine(read_settings())
    with writing(engine) as session:
        number = wait_again(session, [_slug(one) for one in articles or ()])
    ring(engine)
    print(f"Articles that wait to be read again: {number}")


@commands.command()
def compare(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its address here.")],
    reader: Annotated[
        ReaderName | None, typer.Option(help="Who reads it; else the reader that RAPPORTEUR_READER does not name.")
    ] = None,
) -> None:
    """Have an article read by another reader, and keep what it finds beside the record for comparison."""
    chosen = read_settings()
    name = reader or ("built-in" if chosen.reader == "llm" else "llm")
    if name == "llm":
        check_language_model(chosen)
    engine = ready_engine(chosen)
    try:
        found = read_for_comparison(engine, reader_named(name, chosen, engine), _slug(article))
    except (LookupError, NotRead) as error:
        fail(str(error.args[0]))
    kinds = (found.rounds, found.delegations, found.demands, found.outcomes)
    print(f"{found.reader} finds {sum(map(len, kinds))}: /articles/{_slug(article)}/readings")


def _slug(article: str) -> str:
    """The last part of an article's address, or the slug as given."""
    return article.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]


@commands.command()
def add(
    what: Annotated[list[str], typer.Argument(metavar="FILE… | URL…", help="Files, or http(s) addresses.")],
    process: Annotated[
        str | None, typer.Option(help="Process that they are about; else it is found by reading.")
    ] = None,
) -> None:
    """Take in articles from files or addresses; they are read in the background."""
    chosen = read_settings()
    engine = ready_engine(chosen)
    with reading(engine) as session:
        known = {row.slug: row.id for row in processes(session)}
    if process and process not in known:
        fail(f"There is no process {process!r} here: {', '.join(known)}.")
    given = Corrections(process_id=known[process] if process else None)
    documents = [_given(item, chosen.upload_bytes) for item in what]
    result = take_in(engine, known[chosen.process], documents, given, "command line", short_too=True)
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
