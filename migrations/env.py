"""Alembic's entry: every table of the product, on the connection that the caller hands over or the settings name."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.schema import SchemaItem

import app.tables  # noqa: F401  (puts every table into the metadata)
from app.database import Base, Moment, open_engine
from app.settings import settings


def is_ours(_item: SchemaItem, name: str | None, kind: str, reflected: bool, _other: SchemaItem | None) -> bool:
    """Leave alone what no model declares: the full-text index and the task queue keep tables of their own."""
    foreign = kind == "table" and reflected and name not in Base.metadata.tables
    return not foreign and name != "ix_articles_words"


def render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own column type as what the database sees."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def run(connection: Connection) -> None:
    """Run the migrations in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=is_ours,
        render_item=render,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with open_engine(settings().database).connect() as connection:
        run(connection)
        connection.commit()
