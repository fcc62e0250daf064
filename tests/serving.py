"""The application on a database, asked without a network."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings


@contextmanager
def client_on(database: str, **settings: Any) -> Iterator[TestClient]:
    """A client of the application on the database at that address; redirects are not followed."""
    given = Settings(database_url=database, **settings)
    with TestClient(create_app(given), base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client
