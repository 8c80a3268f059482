"""Which file of which case a message brought; of messages of before it is not known, and their files are sent again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("case_id", sa.Integer(), nullable=True))
    op.add_column("messages", sa.Column("sha256", sa.String(), nullable=True))
    op.add_column("messages", sa.Column("name", sa.String(), nullable=True))
    op.add_column("messages", sa.Column("gone", sa.Boolean(), nullable=True))
    files = sa.text("sha256 IS NOT NULL")
    op.create_index(
        op.f("ix_messages_files"),
        "messages",
        ["chat_id", "case_id"],
        sqlite_where=files,
        postgresql_where=files,
    )
