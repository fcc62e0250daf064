"""The reader of the process that comes with Rapporteur, loaded once a session."""

import pytest

from app.reading.lines import built_in_reader
from app.reading.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return built_in_reader()
