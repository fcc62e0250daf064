"""A process comes from its folder: its vocabulary into the tables and, on the first start, its briefs as articles."""

from pathlib import Path
from typing import TypeVar

from slugify import slugify
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.database import Base, wait_for_turn, writing
from app.evidence.documents import from_file
from app.intake.link.people import fold
from app.intake.store import Corrections, store_article
from app.intake.worker import ring
from app.negotiations.issue import Issue, Theme
from app.negotiations.outcome import OutcomeKind
from app.negotiations.party import Party
from app.negotiations.person import Person, PersonName
from app.negotiations.process import Process, process_by_slug
from app.reading.vocabulary import Vocabulary

ACTOR = "starter process"
Row = TypeVar("Row", bound=Base)


def load_process(engine: Engine, folder: Path, limit: int, *, briefs: bool) -> None:
    """Bring the tables up to the process's vocabulary; a process that is new takes in its briefs, if asked to.

    What the vocabulary file no longer names stays: records may rest on it. ``limit`` is in bytes, for each brief.
    """
    vocabulary = Vocabulary.load(folder / "vocabulary.yaml")
    with writing(engine) as session:
        wait_for_turn(session.connection())
        is_new = process_by_slug(session, vocabulary.slug) is None
        process = _keep(session, Process, {"slug": vocabulary.slug}, name=vocabulary.name, summary=vocabulary.summary)
        _keep_words(session, process.id, vocabulary)
        if is_new and briefs:
            _take_in(session, process.id, folder / "briefs", limit)
    ring(engine)


def _keep_words(session: Session, process_id: int, vocabulary: Vocabulary) -> None:
    for position, party in enumerate(vocabulary.parties):
        key = {"process_id": process_id, "slug": party.slug}
        _keep(session, Party, key, name=party.name, role=party.role, position=position, wikidata=party.wikidata)
    for position, theme in enumerate(vocabulary.themes):
        _keep(session, Theme, {"process_id": process_id, "slug": theme.slug}, name=theme.name, position=position)
    themes = dict(session.execute(select(Theme.slug, Theme.id).where(Theme.process_id == process_id)).all())
    for position, issue in enumerate(vocabulary.issues):
        key = {"process_id": process_id, "slug": issue.slug}
        words = {"name": issue.name, "proposition": issue.proposition, "theme_id": themes[issue.theme]}
        _keep(session, Issue, key, position=position, **words)
    for position, kind in enumerate(vocabulary.outcome_kinds):
        _keep(session, OutcomeKind, {"process_id": process_id, "slug": kind.slug}, name=kind.name, position=position)
    _keep_people(session, process_id, vocabulary)


def _keep_people(session: Session, process_id: int, vocabulary: Vocabulary) -> None:
    parties = dict(session.execute(select(Party.slug, Party.id).where(Party.process_id == process_id)).all())
    for entry in vocabulary.people:
        key = {"process_id": process_id, "slug": slugify(entry.name)}
        person = _keep(session, Person, key, name=entry.name, party_id=parties[entry.party], office=entry.office)
        for name in (entry.name, *entry.variants):
            spelling = {"process_id": process_id, "folded": fold(name)}
            _keep(session, PersonName, spelling, person_id=person.id, name=name)


def _take_in(session: Session, process_id: int, folder: Path, limit: int) -> None:
    for path in sorted(folder.glob("*.md")):
        document = from_file(path.read_bytes(), path.name, limit=limit)
        store_article(session, process_id, document, Corrections(process_id=process_id), ACTOR)


def _keep(session: Session, table: type[Row], key: dict[str, object], **values: object) -> Row:
    """The row with that key, made if new, its other values brought up to date."""
    row = session.scalars(select(table).filter_by(**key)).one_or_none()
    if row is None:
        row = table(**key)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    return row
