"""The real processes, as an operator starts them: ``rapporteur serve`` and ``rapporteur worker`` on loopback."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx2

PATIENCE_SECONDS = 60.0


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def eventually(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds.

    Raises:
        AssertionError: it did not within a minute.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"waited {PATIENCE_SECONDS:.0f} s in vain for: {what}"
        time.sleep(0.1)


class Running:
    """One command with its children, in a process group of its own; ended with the block."""

    def __init__(self, command: str, **settings: str) -> None:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("RAPPORTEUR_")}
        environment |= {f"RAPPORTEUR_{name.upper()}": value for name, value in settings.items()}
        self.address = f"http://127.0.0.1:{settings.get('port', '')}"
        self.child = subprocess.Popen(
            [sys.executable, "-m", "app.cli", command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        """``kill -9`` for the command and all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()

    def answers(self) -> bool:
        """Whether the server answers yet.

        Raises:
            AssertionError: it ended instead; with what it printed.
        """
        if self.child.poll() is not None:
            assert self.child.stdout is not None
            raise AssertionError(self.child.stdout.read().decode())
        try:
            return httpx2.get(self.address, timeout=5).status_code == 200
        except httpx2.TransportError:
            return False


def serve(data: Path, **settings: str) -> Running:
    """A server on a free port that answers; without the starter briefs unless the settings say otherwise."""
    running = Running("serve", **{"data": str(data), "port": str(free_port()), "starter": "false"} | settings)
    try:
        eventually(running.answers, "the server to answer")
    except AssertionError:
        running.kill()
        raise
    return running
