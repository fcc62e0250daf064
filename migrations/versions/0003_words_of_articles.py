"""Full text of the articles: FTS5 on SQLite, a GIN index on Postgres."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ADD = "INSERT INTO article_words (rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text);"
REMOVE = "INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', OLD.id, OLD.title, OLD.text);"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("CREATE INDEX ix_articles_words ON articles USING gin (to_tsvector('simple', title || ' ' || text))")
        return
    op.execute(
        "CREATE VIRTUAL TABLE article_words USING fts5"
        "(title, text, content='articles', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute(f"CREATE TRIGGER article_words_added AFTER INSERT ON articles BEGIN {ADD} END")
    op.execute(f"CREATE TRIGGER article_words_changed AFTER UPDATE OF title ON articles BEGIN {REMOVE} {ADD} END")
    op.execute("INSERT INTO article_words (article_words) VALUES ('rebuild')")


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP INDEX ix_articles_words")
        return
    op.execute("DROP TRIGGER article_words_added")
    op.execute("DROP TRIGGER article_words_changed")
    op.execute("DROP TABLE article_words")
