"""Three reports on two rounds in our own words, and hand-made readings of them."""

from datetime import date
from typing import Any

from sqlalchemy import Engine, func, select

from app.database import Base, reading, writing
from app.intake.link import link
from app.reading.reading import (
    DelegationFind,
    DemandFind,
    MemberFind,
    OutcomeFind,
    Quote,
    Reading,
    RoundFind,
)
from tests.intake.conftest import Store

JUNE = "The delegations met in Istanbul on Monday. Rustem Umerov led 14 people. Kyiv asked for a truce. Swap of 6,000."
MAY = "In May the sides had met in Istanbul. A thousand prisoners a side went home. Rustem Umerow headed the team."
LATER = "Look back at Istanbul. Kyiv stood by the truce. A swap of 1,000 came of it, and it was carried out."


def quote(text: str, words: str) -> Quote:
    start = text.index(words)
    return Quote.of(text, start, start + len(words))


def round_find(text: str, words: str, when: str | None, **said: Any) -> RoundFind:
    said = {"city": "Istanbul", "status": "held"} | said
    return RoundFind(date=when, quote=quote(text, words), confidence=0.9, **said)


def june_reading() -> Reading:
    return Reading(
        reader="test",
        about_talks=True,
        rounds=(round_find(JUNE, "The delegations met", "2025-06-02", ordinal=2, format="direct"),),
        delegations=(
            DelegationFind(
                party="ukraine",
                round="2025-06-02",
                head=MemberFind(name="Rustem Umerov", office="defence minister"),
                size=14,
                quote=quote(JUNE, "Rustem Umerov led 14 people"),
                confidence=0.9,
            ),
        ),
        demands=(
            DemandFind(
                party="ukraine",
                issue="ceasefire",
                stance="for",
                round="2025-06-02",
                quote=quote(JUNE, "Kyiv asked for a truce."),
                confidence=0.8,
            ),
        ),
        outcomes=(
            OutcomeFind(
                round="2025-06-02",
                kind="bodies-exchange",
                status="agreed",
                quantity=6000,
                quote=quote(JUNE, "Swap of 6,000."),
                confidence=0.8,
            ),
        ),
    )


def may_reading() -> Reading:
    return Reading(
        reader="test",
        about_talks=True,
        rounds=(round_find(MAY, "the sides had met in Istanbul", "2025-05"),),
        delegations=(
            DelegationFind(
                party="ukraine",
                round="2025-05",
                head=MemberFind(name="Rustem Umerow"),
                quote=quote(MAY, "Rustem Umerow headed the team."),
                confidence=0.9,
            ),
        ),
    )


def later_reading() -> Reading:
    return Reading(
        reader="test",
        about_talks=True,
        rounds=(round_find(LATER, "Look back at Istanbul.", "2025-06"),),
        demands=(
            DemandFind(
                party="ukraine",
                issue="ceasefire",
                stance="for",
                round="2025-06",
                quote=quote(LATER, "Kyiv stood by the truce."),
                confidence=0.7,
            ),
        ),
        outcomes=(
            OutcomeFind(
                round="2025-06",
                kind="bodies-exchange",
                status="implemented",
                quantity=1000,
                quote=quote(LATER, "A swap of 1,000 came of it"),
                confidence=0.8,
            ),
        ),
    )


ARTICLES = {
    "june": (JUNE, date(2025, 6, 2), june_reading),
    "may": (MAY, date(2025, 5, 20), may_reading),
    "later": (LATER, date(2025, 7, 1), later_reading),
}


def link_all(engine: Engine, store: Store, names: list[str]) -> None:
    for name in names:
        text, published, make = ARTICLES[name]
        stored = store(text, title=name, published_on=published)
        with writing(engine) as session:
            link(session, stored.article_id, make())


def count(engine: Engine, *tables: type[Base]) -> list[int | None]:
    with reading(engine) as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in tables]
