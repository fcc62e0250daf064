"""The processes that an operator runs, killed and started again: nothing is lost and nothing doubled."""

import os
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from app.database import Base, open_engine, reading
from app.evidence.article import Article
from app.evidence.citation import Citation
from app.intake.kept_reading import KeptReading
from app.negotiations.delegation import Delegation
from app.negotiations.demand import Demand
from app.negotiations.outcome import Outcome
from app.negotiations.round import Round
from tests.conftest import NewDatabase
from tests.running import Running, eventually, serve

pytestmark = pytest.mark.timeout(300)

BRIEF = "\n\n".join(
    (
        "Ukraine and Russia talk in Istanbul, report {number}",
        "2 June 2025",
        "Delegations of Ukraine and Russia met in Istanbul on 2 June 2025 for a second round of direct peace talks."
        " It was report number {number} of that day. Rustem Umerov led the Ukrainian delegation at the talks, and"
        " Vladimir Medinsky headed the Russian one.",
        "Ukraine demanded an unconditional ceasefire before any peace settlement. Russia rejected a full ceasefire and"
        " insisted that Ukraine stay out of NATO. Kyiv refused to recognise Russian control of its territory.",
        "The sides agreed at the talks to exchange at least 1,000 prisoners each.",
    )
)
RECORDS: tuple[type[Base], ...] = (Round, Delegation, Demand, Outcome, Citation)


def upload(server: Running, numbers: range) -> None:
    files = [("file", (f"report-{n}.txt", BRIEF.format(number=n).encode())) for n in numbers]
    answer = httpx2.post(f"{server.address}/articles", files=files, timeout=60)
    assert answer.status_code == 303, answer.text


def states(database: str) -> Counter[str]:
    engine = open_engine(database)
    with reading(engine) as session:
        counted = Counter(session.scalars(select(Article.reading_state)))
    engine.dispose()
    return counted


def record(database: str) -> dict[str, Any]:
    """What the record holds, by table, and how often each article was kept as read."""
    engine = open_engine(database)
    with reading(engine) as session:
        counted: dict[str, Any] = {}
        counted |= {table.__tablename__: session.scalar(select(func.count()).select_from(table)) for table in RECORDS}
        readings = session.execute(select(KeptReading.article_id, func.count()).group_by(KeptReading.article_id))
        counted["readings"] = sorted(number for _, number in readings)
    engine.dispose()
    return counted


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The record of the ten reports, read without any trouble."""
    data = tmp_path_factory.mktemp("undisturbed")
    database = f"sqlite:///{data / 'rapporteur.sqlite'}"
    with serve(data) as server:
        upload(server, range(10))
        eventually(lambda: states(database) == {"read": 10}, "ten articles to be read")
    counted = record(database)
    assert counted["rounds"] == 1
    assert counted["demands"] >= 4
    assert counted["readings"] == [1] * 10
    return counted


def test_kill_while_reading_on_sqlite(tmp_path: Path, undisturbed: dict[str, Any]) -> None:
    database = f"sqlite:///{tmp_path / 'rapporteur.sqlite'}"
    with serve(tmp_path) as server:
        upload(server, range(10))
        eventually(lambda: 0 < states(database)["read"] < 10, "some of the articles to be read")
    left = states(database)
    assert left["read"] < 10, "the kill came too late to show anything"
    assert left.total() == 10
    with serve(tmp_path):
        eventually(lambda: states(database) == {"read": 10}, "the rest to be read")
    assert record(database) == undisturbed


def test_reader_that_dies_is_started_again(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'rapporteur.sqlite'}"
    with serve(tmp_path) as server:
        (reader,) = children(server.child.pid)
        httpx2.get(server.address)
        kill(reader)
        upload(server, range(1))
        eventually(lambda: states(database) == {"read": 1}, "a new reader to read it")


def test_server_that_dies_takes_its_reader_along(tmp_path: Path) -> None:
    with serve(tmp_path) as server:
        (reader,) = children(server.child.pid)
        kill(server.child.pid)
        eventually(lambda: not Path(f"/proc/{reader}/cmdline").exists() or not runs(reader), "the reader to end")


def test_web_and_two_workers_on_postgres_one_killed(
    tmp_path: Path, new_database: NewDatabase, undisturbed: dict[str, Any]
) -> None:
    database = new_database("postgres")
    settings = {"database_url": database, "data": str(tmp_path), "starter": "false", "reading_seconds": "3"}
    with serve(tmp_path, database_url=database) as server, Running("worker", **settings) as worker:
        upload(server, range(10))
        eventually(lambda: states(database)["read"] > 0, "the worker to begin")
        worker.kill()
        assert states(database)["read"] < 10, "the kill came too late to show anything"
        with Running("worker", **settings), Running("worker", **settings):
            eventually(lambda: states(database) == {"read": 10}, "the others to read the rest")
    assert record(database) == undisturbed


def test_bell_wakes_a_waiting_worker(tmp_path: Path, new_database: NewDatabase) -> None:
    database = new_database("postgres")
    settings = {"database_url": database, "data": str(tmp_path), "starter": "false"}
    with serve(tmp_path, database_url=database) as server, Running("worker", **settings):
        upload(server, range(1))
        eventually(lambda: states(database) == {"read": 1}, "the first article to be read")
        begin = time.monotonic()
        upload(server, range(1, 2))
        eventually(lambda: states(database) == {"read": 2}, "the second article to be read")
        assert time.monotonic() - begin < 20, "the bell rang, not the sweep of a minute later"


def children(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(child) for path in listed for child in path.read_text().split()]


def runs(process: int) -> bool:
    return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
