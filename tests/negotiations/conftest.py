"""The known talks, on both databases, and a client of the application on them."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.database import reading
from tests.negotiations.talks import hold_talks
from tests.serving import client_on


@pytest.fixture
def process_id(engine: Engine) -> int:
    """The process of the known talks."""
    return hold_talks(engine)


@pytest.fixture
def session(engine: Engine, process_id: int) -> Iterator[Session]:
    """A session for reading the known talks."""
    with reading(engine) as session:
        yield session


@pytest.fixture
def client(database: str, process_id: int) -> Iterator[TestClient]:
    """A client of the application on the known talks."""
    with client_on(database, process="arvenia-beldor") as client:
        yield client
