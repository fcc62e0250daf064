"""The background reader on SQLite: one process beside the web process, which reads what waits and nothing else.

A language pipeline in the web process would stall its pages.
"""

import logging
import subprocess
import sys
import threading
from datetime import timedelta
from typing import IO

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from app.database import writing
from app.intake.claim import release_left_by_dead
from app.intake.read_article import Read, read_article

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
RESTART_SECONDS = 2.0
GRACE_SECONDS = 10.0


def read_what_waits(engine: Engine, read: Read, lease: timedelta, stop: threading.Event) -> None:
    """Read article after article until told to stop; what a dead predecessor held is taken up first."""
    with writing(engine) as session:
        release_left_by_dead(session)
    while not stop.is_set():
        try:
            waited = read_article(engine, read, lease)
        except OperationalError:
            log.exception("The database did not answer; looking again soon.")
            waited = False
        if not waited:
            stop.wait(LOOK_SECONDS)


def stop_with_parent(stream: IO[bytes]) -> threading.Event:
    """An event that is set once the parent has closed its end of the stream, or died."""
    gone = threading.Event()

    def watch() -> None:
        stream.read()
        gone.set()

    threading.Thread(target=watch, daemon=True).start()
    return gone


class ReaderProcess:
    """Starts ``rapporteur reader`` beside this process, again if it dies, and ends it with the block."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep_running, daemon=True)

    def __enter__(self) -> "ReaderProcess":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _keep_running(self) -> None:
        while not self._stop.is_set():
            command = [sys.executable, "-m", "app.cli", "reader"]
            with subprocess.Popen(command, stdin=subprocess.PIPE) as child:  # noqa: S603 (our own command)
                while child.poll() is None and not self._stop.wait(0.2):
                    pass
                if child.stdin:
                    child.stdin.close()
                self._end(child)
            self._stop.wait(RESTART_SECONDS)

    @staticmethod
    def _end(child: subprocess.Popen[bytes]) -> None:
        """Let the child finish its article, but not wait minutes for a language model; a kill loses nothing."""
        try:
            child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
