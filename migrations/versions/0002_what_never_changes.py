"""What never changes: an article's text, a kept document, a revision; and every quote stands in its article."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FROZEN = {
    "article_text_is_immutable": (
        "articles",
        "UPDATE OF text, text_sha256, document_id",
        "The text of an article never changes.",
    ),
    "articles_stay": ("articles", "DELETE", "Articles are never deleted."),
    "documents_never_change": ("documents", "UPDATE", "A kept document never changes."),
    "documents_stay": ("documents", "DELETE", "Kept documents are never deleted."),
    "revisions_never_change": ("revisions", "UPDATE", "A revision never changes."),
    "revisions_stay": ("revisions", "DELETE", "Revisions are never deleted."),
    **{
        f"{table}_stay": (table, "DELETE", "Nothing of the record is deleted: it is withdrawn or rejected.")
        for table in ("rounds", "delegations", "demands", "outcomes", "citations", "readings", "people")
    },
}
QUOTES = "The quote is not what the article says at these offsets."
SAYS_OTHERWISE = """
    NOT EXISTS (
        SELECT 1 FROM articles
        WHERE id = NEW.article_id AND substr(text, NEW.start + 1, NEW."end" - NEW.start) = NEW.exact
    )
"""
EVENTS = ("INSERT", 'UPDATE OF article_id, start, "end", exact')


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _on_sqlite()
    else:
        _on_postgres()


def _on_sqlite() -> None:
    for name, (table, event, message) in FROZEN.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END")
    for number, event in enumerate(EVENTS):
        op.execute(
            f"CREATE TRIGGER quotes_are_verbatim_{number} BEFORE {event} ON citations WHEN {SAYS_OTHERWISE}"
            f" BEGIN SELECT RAISE(ABORT, '{QUOTES}'); END"
        )


def _on_postgres() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation'; END $$"
    )
    op.execute(
        "CREATE FUNCTION check_quote() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF {SAYS_OTHERWISE} THEN RAISE EXCEPTION '{QUOTES}' USING ERRCODE = 'check_violation';"
        " END IF; RETURN NEW; END $$"
    )
    for name, (table, event, message) in FROZEN.items():
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change('{message}')"
        )
    for number, event in enumerate(EVENTS):
        op.execute(
            f"CREATE TRIGGER quotes_are_verbatim_{number} BEFORE {event} ON citations"
            " FOR EACH ROW EXECUTE FUNCTION check_quote()"
        )


def downgrade() -> None:
    where = {name: table for name, (table, _, _) in FROZEN.items()}
    where |= {f"quotes_are_verbatim_{number}": "citations" for number in range(len(EVENTS))}
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table in where.items():
        op.execute(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}"))
    if not sqlite:
        op.execute("DROP FUNCTION refuse_change()")
        op.execute("DROP FUNCTION check_quote()")
