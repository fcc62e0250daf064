"""Many slow requests at once do not hold up a short one."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from tests.running import Running, serve

pytestmark = pytest.mark.timeout(180)
STALLED = 60


def stall(server: Running) -> socket.socket:
    """A correction that is sent but for the last of its body."""
    host, _, port = server.address.removeprefix("http://").partition(":")
    connection = socket.create_connection((host, int(port)))
    connection.sendall(
        f"POST /articles/received/dates?article=x HTTP/1.1\r\nHost: {host}:{port}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\npublished-x=".encode()
    )
    return connection


def test_bodies_that_dawdle_hold_no_connection_to_the_database(tmp_path: Path) -> None:
    with serve(tmp_path) as server:
        stalled = [stall(server) for _ in range(STALLED)]
        assert httpx2.get(server.address, timeout=10).status_code == 200
        for connection in stalled:
            connection.close()


def test_long_listings_do_not_hold_up_a_page(tmp_path: Path) -> None:
    with serve(tmp_path) as server:
        gate = threading.Barrier(STALLED)

        def listing(_: int) -> int:
            gate.wait()
            return httpx2.get(f"{server.address}/articles.json", timeout=60).status_code

        with ThreadPoolExecutor(STALLED) as pool:
            answers = list(pool.map(listing, range(STALLED)))
        assert set(answers) == {200}
        assert httpx2.get(server.address, timeout=10).status_code == 200
