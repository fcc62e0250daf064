"""Several readers of one article: which reading the record rests on, and what language models took."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NEWEST_LINKED = """
    UPDATE readings SET linked_at = made_at WHERE NOT EXISTS (
        SELECT 1 FROM readings AS newer WHERE newer.article_id = readings.article_id AND newer.made_at > readings.made_at
    )
"""


def upgrade() -> None:
    op.add_column("readings", sa.Column("linked_at", sa.DateTime(timezone=True)))
    op.execute(NEWEST_LINKED)
    op.create_table(
        "model_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("price", sa.Double(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_model_uses_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_model_uses"),
    )
    op.create_index("ix_model_uses_article_id", "model_uses", ["article_id"])
    op.create_index("ix_model_uses_at", "model_uses", ["at"])


def downgrade() -> None:
    op.drop_table("model_uses")
    op.drop_column("readings", "linked_at")
