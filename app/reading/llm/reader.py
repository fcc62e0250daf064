"""A language model as reader: an article's text and metadata in, a Reading out, each find grounded in the text."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from app.reading.dates import published_in
from app.reading.llm.answer import Answer, schema
from app.reading.llm.asking import Asking
from app.reading.llm.grounding import Grounded, Grounding
from app.reading.llm.instructions import fenced, instructions, parts_of
from app.reading.llm.server import Server
from app.reading.llm.terms import Terms
from app.reading.metadata import Metadata
from app.reading.page import article_blocks, straight
from app.reading.reading import Passage, Reading, Usage
from app.reading.vocabulary import Vocabulary

Find = TypeVar("Find")
Ask = Callable[[Server], Asking]


def reader_name(model: str) -> str:
    """The name that readings by this model go by."""
    return f"llm {model}"


class ModelReader:
    """Reads articles about one process with one language model."""

    def __init__(self, vocabulary: Vocabulary, terms: Terms, asking: Ask = Asking) -> None:
        self.vocabulary, self.terms, self.asking = vocabulary, terms, asking
        self.name = reader_name(terms.model)
        self.instructions = instructions(vocabulary)
        form = {"name": "reading", "strict": True, "schema": schema(vocabulary)}
        self.server = Server(terms, {"type": "json_schema", "json_schema": form})

    def read(self, text: str, metadata: Metadata | None = None, note: Callable[[Usage], None] | None = None) -> Reading:
        """What the article says; a long one is read in parts, and what several parts say is kept once.

        ``note`` is told what it took, also where it failed.

        Raises:
            NotRead: the model gave no answer; the error says why and what to do.
        """
        known = metadata or Metadata()
        plain = straight(text)
        published = known.published or published_in(plain)
        parts = parts_of(text, self.terms.part_characters)
        messages = [fenced(part, known, published, number, len(parts)) for number, part in enumerate(parts, 1)]
        asking = self.asking(self.server)
        try:
            answers = self._answers(asking, messages)
        finally:
            if note:
                note(asking.usage)
        grounding = Grounding(text, self.vocabulary)
        found = [grounding.grounded(answer) for answer, _ in answers if answer.about_talks]
        thrown_away = sum((one.thrown_away for one in found), Counter(malformed=sum(number for _, number in answers)))
        return Reading(
            reader=self.name,
            about_talks=bool(found),
            published=published,
            passages=tuple(Passage(start=block.start, end=block.end) for block in article_blocks(plain)),
            thrown_away=dict(+thrown_away),
            usage=asking.usage,
            **_together(found),
        )

    def _answers(self, asking: Asking, messages: list[str]) -> list[tuple[Answer, int]]:
        asking.check_limit(*(part for message in messages for part in (self.instructions, message)))
        return [asking.answer(self.instructions, message) for message in messages]


def _together(parts: list[Grounded]) -> dict[str, Any]:
    """The finds of all parts; of those that say the same the first."""
    return {
        "rounds": _once((one for part in parts for one in part.rounds), lambda one: (one.date, one.city, one.status)),
        "delegations": _once((one for part in parts for one in part.delegations), lambda one: (one.party, one.round)),
        "demands": _once(
            (one for part in parts for one in part.demands), lambda one: (one.party, one.issue, one.stance)
        ),
        "outcomes": _once(
            (one for part in parts for one in part.outcomes), lambda one: (one.kind, one.round, one.quantity)
        ),
    }


def _once(finds: Iterable[Find], key: Callable[[Find], Hashable]) -> tuple[Find, ...]:
    kept: dict[Hashable, Find] = {}
    for find in finds:
        kept.setdefault(key(find), find)
    return tuple(kept.values())
