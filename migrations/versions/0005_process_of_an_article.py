"""Whether a person chose an article's process, or it is found by reading.

Articles that were there before keep the process that they have.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("process_given", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE articles SET process_given = true")


def downgrade() -> None:
    op.drop_column("articles", "process_given")
