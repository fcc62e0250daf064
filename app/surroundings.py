"""What the machine around the product must offer; anything that is in the way is told in one line."""

import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import typer
from alembic.util import CommandError
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from app.database import open_engine, upgrade
from app.intake.starter import load_process
from app.reading.llm.terms import complaint
from app.settings import LOOPBACK, PROCESSES, Settings, known_processes, settings


def ready_engine(chosen: Settings) -> Engine:
    """The database, migrated and with its processes loaded; or one clear line of what is in the way."""
    _check_folder(chosen)
    _check_model(chosen)
    if chosen.reader == "llm":
        check_language_model(chosen)
    try:
        engine = open_engine(chosen.database)
    except (ArgumentError, NoSuchModuleError, ImportError):
        fail("RAPPORTEUR_DATABASE_URL is no address of a Postgres: write it like postgresql://name:password@host/talks")
    _check_processes(chosen)
    try:
        upgrade(engine)
        for process in chosen.loaded:
            load_process(engine, PROCESSES / process, chosen.upload_bytes, briefs=chosen.starter)
    except DBAPIError as error:
        fail(f"The database {engine.url.render_as_string()} cannot be used: {_first_line(error)}")
    except CommandError:
        fail(f"The database {engine.url.render_as_string()} was made by a newer Rapporteur: update this one.")
    return engine


def read_settings() -> Settings:
    """The settings, or one clear line of which is wrong."""
    try:
        return settings()
    except ValidationError as error:
        first = error.errors()[0]
        fail(f"RAPPORTEUR_{str(first['loc'][0]).upper()} is {first['input']!r}: {first['msg']}.")


def _check_processes(chosen: Settings) -> None:
    for process in chosen.loaded:
        if process not in known_processes():
            name = "RAPPORTEUR_PROCESS" if process == chosen.process else "RAPPORTEUR_PROCESSES"
            fail(f"{name} names {process!r}, which is not among the processes: {', '.join(known_processes())}.")


def _check_model(chosen: Settings) -> None:
    if not Path(chosen.language_model).is_dir() and find_spec(chosen.language_model) is None:
        fail(f"RAPPORTEUR_LANGUAGE_MODEL names {chosen.language_model!r}, which is not installed here.")


def check_language_model(chosen: Settings) -> None:
    """A language model can be asked only with its client installed, and an address and a name set."""
    if find_spec("openai") is None:
        fail("A language model as reader needs the extra “llm”: `make language-model` installs it.")
    if wrong := complaint(chosen):
        fail(wrong)


def _check_folder(chosen: Settings) -> None:
    try:
        chosen.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"The data folder {chosen.data} cannot be made: {error.strerror}. Set RAPPORTEUR_DATA to another.")
    if not os.access(chosen.data, os.W_OK | os.X_OK):
        fail(f"The data folder {chosen.data} cannot be written to. Set RAPPORTEUR_DATA to another.")


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0]


def check_address(chosen: Settings) -> None:
    if chosen.accounts:
        fail("Accounts are not built yet: unset RAPPORTEUR_ACCOUNTS, and serve on this machine alone.")
    if chosen.host not in LOOPBACK:
        fail(
            f"Rapporteur does not listen on {chosen.host}: without accounts whoever reaches it may edit."
            " Leave RAPPORTEUR_HOST at 127.0.0.1."
        )


def listening(chosen: Settings) -> socket.socket:
    """The socket that the server takes over, so that a taken port is known before anything starts."""
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((chosen.host, chosen.port))
    except OSError as error:
        fail(f"Port {chosen.port} cannot be used: {error.strerror}. Set RAPPORTEUR_PORT to another.")
    return sock


def fail(message: str) -> NoReturn:
    print(f"rapporteur: {message}", file=sys.stderr)
    raise typer.Exit(2)
