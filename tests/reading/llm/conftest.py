"""A language model that reads: its server on loopback, and an article in our own words."""

from collections.abc import Callable
from typing import Any

import pytest

from app.reading.llm.asking import Asking
from app.reading.llm.reader import ModelReader
from app.reading.llm.terms import Terms
from app.reading.vocabulary import Vocabulary
from app.settings import Settings, vocabulary_path
from tests.language_model import Model

ARTICLE = (
    "Delegations of Ukraine and Russia met in Istanbul on 2 June 2025.\n\n"
    "Defence Minister Rustem Umerov led the Ukrainian team of 14. “Kyiv wants a full ceasefire – now,” he said.\n\n"
    "Vladimir Medinsky said that Russia would not accept it. The sides agreed to return 6,000 bodies each."
)
GOOD: dict[str, Any] = {
    "about_talks": True,
    "rounds": [
        {
            "date": "2025-06-02",
            "city": "Istanbul",
            "ordinal": None,
            "format": "direct",
            "status": "held",
            "quote": "Delegations of Ukraine and Russia met in Istanbul on 2 June 2025.",
        }
    ],
    "delegations": [
        {
            "party": "ukraine",
            "round": "2025-06-02",
            "head": {"name": "Rustem Umerov", "office": "Defence Minister"},
            "size": 14,
            "members": [],
            "quote": "Defence Minister Rustem Umerov led the Ukrainian team of 14.",
        }
    ],
    "demands": [
        {
            "party": "ukraine",
            "issue": "ceasefire",
            "stance": "for",
            "condition": None,
            "round": "2025-06-02",
            "quote": '"Kyiv wants a full ceasefire - now,"',
        },
        {
            "party": "russia",
            "issue": "ceasefire",
            "stance": "against",
            "condition": None,
            "round": "2025-06-02",
            "quote": "Russia would not accept it",
        },
    ],
    "outcomes": [
        {
            "kind": "bodies-exchange",
            "status": "agreed",
            "quantity": 6000,
            "round": "2025-06-02",
            "quote": "The sides agreed to return 6,000 bodies each.",
        }
    ],
}


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The words of a real process."""
    return Vocabulary.load(vocabulary_path("russia-ukraine"))


ReaderAt = Callable[..., ModelReader]


@pytest.fixture
def pauses() -> list[float]:
    """How long the reader would have waited between its tries, in seconds."""
    return []


@pytest.fixture
def reader_at(vocabulary: Vocabulary, pauses: list[float]) -> ReaderAt:
    """A reader that asks a running model, on terms that a test may change; its pauses are noted, not slept."""

    def make(model: Model, **settings: Any) -> ModelReader:
        terms = Terms.of(Settings(**model.settings(**settings)))
        return ModelReader(vocabulary, terms, lambda server: Asking(server, sleep=pauses.append))

    return make
