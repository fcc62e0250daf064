"""Full text of the articles: FTS5 on SQLite, a GIN index on Postgres."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ADD = "INSERT INTO article_words (rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text);"
REMOVE = "INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', OLD.id, OLD.title, OLD.text);"

# Postgres's own parser takes "Russia/Ukraine" for one word, a path, and keeps accents: here the words are runs of
# letters and digits, Latin letters without accents, as FTS5 has them. A text with too many different words for a
# tsvector is searchable by its beginning.
WORDS_OF = r"""
CREATE FUNCTION words_of(title text, body text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    bare text := regexp_replace(normalize(title || ' ' || body, NFD), '([A-Za-z])[\u0300-\u036f]+', '\1', 'g');
    words text := regexp_replace(normalize(bare, NFC), '[^[:alnum:]]+', ' ', 'g');
BEGIN
    RETURN to_tsvector('simple', words);
EXCEPTION WHEN program_limit_exceeded THEN
    RETURN to_tsvector('simple', left(words, 100000));
END $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(WORDS_OF)
        op.execute("CREATE INDEX ix_articles_words ON articles USING gin (words_of(title, text))")
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
        op.execute("DROP FUNCTION words_of(text, text)")
        return
    op.execute("DROP TRIGGER article_words_added")
    op.execute("DROP TRIGGER article_words_changed")
    op.execute("DROP TABLE article_words")
