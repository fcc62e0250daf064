"""The tables: the same on both engines, and the constraints that the database itself holds."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DatabaseError

import app.tables  # noqa: F401
from app.database import Base, open_engine, upgrade
from app.settings import CHECKOUT


def migrate(engine: Engine, target: str) -> None:
    config = Config(CHECKOUT / "alembic.ini")
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        (command.upgrade if target == "head" else command.downgrade)(config, target)


def test_models_and_migrations_say_the_same(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda _i, name, kind, *_: _known(kind, name),
                "compare_server_default": True,
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def _known(kind: str, name: str | None) -> bool:
    return (kind != "table" or name in Base.metadata.tables) and name != "ix_articles_words"


def test_downgrade_leaves_nothing_and_upgrade_brings_it_back(engine: Engine) -> None:
    migrate(engine, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(engine, "head")
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())


def test_upgrade_twice_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())


@pytest.fixture
def with_article(engine: Engine) -> Engine:
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO processes (id, slug, name, summary) VALUES (1, 'a-b', 'A and B', '')",
            "INSERT INTO documents (id, sha256, content, media_type) VALUES (1, 'x', 'bytes', 'text/plain')",
            "INSERT INTO articles (id, process_id, document_id, slug, title, text, text_sha256, added_at, added_by)"
            " VALUES (1, 1, 1, 'talks', 'Talks', 'Überall Gespräche.', 'y', '2025-06-02 00:00:00', 'test')",
            "INSERT INTO rounds (id, process_id, slug, status) VALUES (1, 1, 'undated', 'held')",
            "INSERT INTO revisions (id, at, actor, kind, record_id, after)"
            " VALUES (1, '2025-06-02 00:00:00', 'test', 'round', 1, '{}')",
        ):
            connection.exec_driver_sql(statement)
    return engine


CITATION = (
    'INSERT INTO citations (article_id, round_id, exact, prefix, suffix, start, "end", says, reader)'
    " VALUES (1, 1, '{exact}', '', '', {start}, {end}, '{{}}', 'test')"
)


def test_quote_that_stands_in_the_text_is_kept(with_article: Engine) -> None:
    with with_article.begin() as connection:
        connection.exec_driver_sql(CITATION.format(exact="Gespräche", start=8, end=17))
        assert connection.scalar(text("SELECT count(*) FROM citations")) == 1


@pytest.mark.parametrize(
    "statement",
    [
        CITATION.format(exact="Gespräch", start=8, end=17),
        CITATION.format(exact="", start=8, end=8),
        "UPDATE articles SET text = 'Other.'",
        "DELETE FROM articles",
        "DELETE FROM documents",
        "UPDATE documents SET content = 'other'",
        "UPDATE revisions SET actor = 'nobody'",
        "DELETE FROM revisions",
        "UPDATE articles SET reading_state = 'lost'",
        "UPDATE articles SET reading_state = 'being-read'",
        "INSERT INTO rounds (process_id, slug, status) VALUES (1, 'undated', 'held')",
        "INSERT INTO rounds (process_id, slug, status) VALUES (1, 'other', 'postponed')",
        "INSERT INTO rounds (process_id, slug, status, starts_on) VALUES (1, 'other', 'held', '2025-06-02')",
        "INSERT INTO rounds (process_id, slug, status) VALUES (99, 'other', 'held')",
    ],
)
def test_database_refuses_what_would_break_the_record(with_article: Engine, statement: str) -> None:
    with pytest.raises(DatabaseError), with_article.begin() as connection:
        connection.exec_driver_sql(statement)


def test_writer_waits_for_writer_on_sqlite(tmp_path: Path, templates: dict[str, str]) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()
