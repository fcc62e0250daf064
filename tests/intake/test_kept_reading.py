"""Readings that were kept before it was told which of them the record rests on."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

from app.database import reading
from app.intake.kept_reading import kept_readings, linked_reading
from tests.intake.conftest import Store
from tests.test_schema import migrate


def test_newest_reading_of_before_is_the_one_of_the_record(engine: Engine, store: Store) -> None:
    article = store("Kyiv asks for a truce.", title="Truce").article_id
    migrate(engine, "0005")
    first = datetime(2026, 1, 1, tzinfo=UTC)
    with engine.begin() as connection:
        for number, reader in enumerate(("rules 1", "rules 2")):
            connection.execute(
                text("INSERT INTO readings (article_id, reader, content, made_at) VALUES (:article, :reader, :c, :at)"),
                {
                    "article": article,
                    "reader": reader,
                    "c": f'{{"reader": "{reader}", "about_talks": true}}',
                    "at": str(first + timedelta(days=number)) if engine.dialect.name == "sqlite" else first,
                },
            )
            first += timedelta(hours=1)
    migrate(engine, "head")
    with reading(engine) as session:
        linked = linked_reading(session, article)
        assert linked
        assert linked.reader == "rules 2"
        assert [one.linked_at is not None for one in kept_readings(session, article)] == [True, False]
