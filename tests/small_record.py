"""A small record of made-up talks between two parties, entered by SQL so that every number in it is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

import app.tables  # noqa: F401
from app.database import writing
from app.evidence.article import Article, KeptDocument
from app.evidence.citation import Citation
from app.evidence.source import Source
from app.negotiations.delegation import Delegation
from app.negotiations.demand import Demand
from app.negotiations.issue import Issue, Theme
from app.negotiations.outcome import Outcome, OutcomeKind
from app.negotiations.party import Party
from app.negotiations.process import Process
from app.negotiations.round import Round

TALKS = """Envoys of Northland and Southland met in Geneva on 3 March 2031.

Northland asked for a full truce. Southland refused it and wants terms first.

They agreed to swap 40 prisoners each, said Southland's envoy Ana Lindqvist."""
PREVIEW = "Northland will ask for a full truce when the envoys meet in Geneva on 3 March 2031."
UNREADABLE = "Переговоры начнутся в Женеве третьего марта, сообщило министерство."


@dataclass(frozen=True)
class Record:
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


def add(session: Session, table: type[Any], **values: Any) -> int:
    """One row; its id."""
    return int(session.execute(insert(table).values(**values).returning(table.id)).scalar_one())


def add_process(session: Session, slug: str = "russia-ukraine") -> int:
    """A process under the slug that the settings name."""
    return add(session, Process, slug=slug, name="Northland–Southland", summary="Talks that never were.")


def add_article(session: Session, process: int, slug: str, text: str, **values: Any) -> int:
    """An article with its kept bytes; read, unless the values say otherwise."""
    content = text.encode()
    kept = {"content": content, "media_type": "text/plain", "filename": None} | values.pop("kept", {})
    digest = sha256(kept["content"] + slug.encode()).hexdigest()
    document = add(session, KeptDocument, sha256=digest, **kept)
    given = {"title": slug, "added_by": "test", "reading_state": "read"} | values
    return add(
        session, Article, process_id=process, document_id=document, slug=slug, text=text, text_sha256=digest, **given
    )


def cite(session: Session, article: int, text: str, quote: str, **values: Any) -> int:
    """A citation of the quote's first occurrence in the text."""
    start = text.index(quote)
    place = {"start": start, "end": start + len(quote), "exact": quote}
    context = {"prefix": text[max(0, start - 48) : start], "suffix": text[start + len(quote) :][:48]}
    given = {"says": {}, "reader": "rules 1", "confidence": 0.8} | values
    return add(session, Citation, article_id=article, **place, **context, **given)


def enter(engine: Engine) -> Record:
    """Three articles (one read and cited, one cited once, one in a language that is not read) and five records."""
    with writing(engine) as session:
        return _enter(session)


def _enter(session: Session) -> Record:
    process = add_process(session)
    north, south = (_party(session, process, name, position) for position, name in enumerate(("north", "south")))
    theme = add(session, Theme, process_id=process, slug="arms", name="Arms", position=0)
    issue = add(
        session,
        Issue,
        process_id=process,
        theme_id=theme,
        slug="truce",
        name="Truce first",
        proposition="A full truce comes before a settlement.",
        position=0,
    )
    kind = add(session, OutcomeKind, process_id=process, slug="swap", name="Prisoners are exchanged", position=0)
    when: dict[str, Any] = {"starts_on": date(2031, 3, 3), "precision": "day"}
    talks = add(session, Round, process_id=process, slug="2031-03-03-geneva", city="Geneva", status="held", **when)
    of_round = {"process_id": process, "round_id": talks}
    dated = of_round | {"dated_on": date(2031, 3, 3), "issue_id": issue}
    delegation = add(session, Delegation, **of_round, party_id=south)
    wants = add(session, Demand, **dated, party_id=north, stance="for")
    refuses = add(session, Demand, **dated, party_id=south, stance="against", standing="confirmed")
    outcome = add(session, Outcome, **of_round, kind_id=kind, status="agreed", quantity=40)
    articles = _articles(session, process)
    record = Record(process, *articles, talks, wants, refuses, delegation, outcome)
    _cite_all(session, record)
    return record


def _party(session: Session, process: int, name: str, position: int) -> int:
    return add(
        session, Party, process_id=process, slug=name, name=f"{name.title()}land", role="side", position=position
    )


def _articles(session: Session, process: int) -> Sequence[int]:
    herald = add(session, Source, slug="herald", name="The Herald")
    gazette = add(session, Source, slug="gazette", name="Gazette")
    return (
        add_article(
            session,
            process,
            "2031-03-04-talks-end",
            TALKS,
            title="Talks end with a swap",
            source_id=herald,
            author="Ana Gil",
            published_on=date(2031, 3, 4),
            language="en",
            address="https://herald.example/talks",
        ),
        add_article(
            session,
            process,
            "2031-03-01-envoys-to-meet",
            PREVIEW,
            title="Envoys to meet",
            source_id=gazette,
            published_on=date(2031, 3, 1),
            language="en",
        ),
        add_article(
            session,
            process,
            "undated-peregovory",
            UNREADABLE,
            title="Переговоры в Женеве",
            language="ru",
            reading_state="set-aside",
            reading_note="The reader does not know Russian.",
        ),
    )


def _cite_all(session: Session, record: Record) -> None:
    cite(session, record.talks, TALKS, TALKS.partition("\n")[0], round_id=record.round, says={"status": "held"})
    refusal = "Southland refused it and wants terms first."
    cite(session, record.talks, TALKS, "Northland asked for a full truce.", demand_id=record.demand_for)
    cite(session, record.talks, TALKS, refusal, demand_id=record.demand_against, says={"condition": "terms first"})
    swap = TALKS.rpartition("\n")[2]
    cite(session, record.talks, TALKS, swap, outcome_id=record.outcome, says={"status": "agreed", "quantity": 40})
    cite(
        session,
        record.talks,
        TALKS,
        "Southland's envoy Ana Lindqvist",
        delegation_id=record.delegation,
        says={"head": "Ana Lindqvist"},
    )
    cite(session, record.preview, PREVIEW, PREVIEW, demand_id=record.demand_for, confidence=0.5)
