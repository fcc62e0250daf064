"""A process to link into, and articles in our own words."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from app.database import writing
from app.evidence.documents import from_paste
from app.intake.starter import load_process
from app.intake.store import Corrections, Stored, store_article
from app.negotiations.process import process_by_slug
from app.settings import PROCESSES

Store = Callable[..., Stored]


@pytest.fixture
def process(engine: Engine) -> int:
    """The id of the process russia-ukraine, its vocabulary loaded, without briefs."""
    load_process(engine, PROCESSES / "russia-ukraine", 1_000_000, briefs=False)
    with writing(engine) as session:
        found = process_by_slug(session, "russia-ukraine")
        assert found is not None
        return found.id


@pytest.fixture
def store(engine: Engine, process: int) -> Store:
    """Stores a text as an article, with what a person corrects."""

    def store_text(text: str, **corrections: object) -> Stored:
        with writing(engine) as session:
            document = from_paste(text, limit=1_000_000)
            return store_article(session, process, document, Corrections(**corrections), "a person")  # type: ignore[arg-type]

    return store_text
