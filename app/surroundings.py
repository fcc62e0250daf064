"""What the machine around the product must offer; anything that is in the way is told in one line."""

import os
import socket
import sys
from typing import NoReturn

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from app.database import open_engine, upgrade
from app.intake.starter import load_process
from app.settings import LOOPBACK, Settings


def ready_engine(chosen: Settings) -> Engine:
    """The database, migrated and with its process loaded; or one clear line of what is in the way."""
    _check_folder(chosen)
    engine = open_engine(chosen.database)
    folder = chosen.processes / chosen.process
    if not (folder / "vocabulary.yaml").is_file():
        known = ", ".join(sorted(path.parent.name for path in chosen.processes.glob("*/vocabulary.yaml")))
        fail(f"RAPPORTEUR_PROCESS names {chosen.process!r}, which is not among the processes: {known}.")
    try:
        upgrade(engine)
        load_process(engine, folder, chosen.upload_bytes, briefs=chosen.starter)
    except OperationalError as error:
        fail(f"The database {engine.url.render_as_string()} cannot be used: {_first_line(error)}")
    return engine


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
