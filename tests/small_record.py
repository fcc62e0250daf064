"""A small record of made-up talks, with articles cut so that every number that the library shows is known."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from app.database import writing
from app.evidence.article import Article
from tests.factories import World

TALKS = """Envoys of Arvenia and Beldor met in Lakeside on 3 March 2031.

Arvenia asked for a full truce. Beldor refused it and wants terms first.

They agreed to swap 40 captives each, said Beldor's envoy Ana Lindqvist."""
PREVIEW = "Arvenia will ask for a full truce when the envoys meet in Lakeside on 3 March 2031."
UNREADABLE = "Переговоры начнутся в Женеве третьего марта, сообщило министерство."


@dataclass(frozen=True)
class Entered:
    """Ids of what was entered."""

    process: int
    talks: int
    preview: int
    unreadable: int
    round: int
    demand_for: int
    demand_against: int
    delegation: int
    outcome: int


def enter(engine: Engine, more: int = 0) -> Entered:
    """Three articles (cited throughout, cited once, in a language that is not read), five records, more articles."""
    with writing(engine) as session:
        world = World(session, "russia-ukraine")
        talks, preview, unreadable = _articles(world)
        at = world.round(date(2031, 3, 3))
        asks = world.demand("arvenia", "truce", "for", at)
        refuses = world.demand("beldor", "truce", "against", at, standing="confirmed")
        sent = world.delegation(at, "beldor", heads=("Ana Lindqvist",))
        swap = world.outcome("captives-exchange", "agreed", at, quantity=40)
        first, second, third = TALKS.split("\n\n")
        world.cite(at, talks, first, {"status": "held", "city": "Lakeside", "date": "2031-03-03"})
        world.cite(asks, talks, "Arvenia asked for a full truce.")
        world.cite(refuses, talks, second.partition(". ")[2], {"condition": "terms first"})
        world.cite(swap, talks, third, {"status": "agreed", "quantity": 40})
        world.cite(sent, talks, "Beldor's envoy Ana Lindqvist", {"head": "Ana Lindqvist", "size": None, "members": []})
        world.cite(asks, preview, PREVIEW, confidence=0.5)
        for one in range(more):
            world.article(f"Text {one}.", slug=f"more-{one}", source=None, published_on=None)
        rows = (world.process, talks, preview, unreadable, at, asks, refuses, sent, swap)
        return Entered(*(row.id for row in rows))


def _articles(world: World) -> tuple[Article, Article, Article]:
    herald: dict[str, Any] = {"source": "The Herald", "author": "Ana Gil", "address": "https://herald.example/talks"}
    talks = world.article(
        TALKS, slug="2031-03-04-talks-end", title="Talks end with a swap", published_on=date(2031, 3, 4), **herald
    )
    preview = world.article(
        PREVIEW,
        slug="2031-03-01-envoys-to-meet",
        title="Envoys to meet",
        source="Gazette",
        published_on=date(2031, 3, 1),
    )
    unreadable = world.article(
        UNREADABLE,
        slug="undated-peregovory",
        title="Переговоры в Женеве",
        source=None,
        published_on=None,
        language="ru",
        state="set-aside",
        reading_note="The reader does not know Russian.",
    )
    return talks, preview, unreadable
