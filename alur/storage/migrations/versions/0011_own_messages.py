"""What people's own messages were taken as, so that a change inside one finds it. Those of before are not of record."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "own_messages",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("taken", sa.Text(), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_own_messages")),
    )
    op.create_index(op.f("ix_own_messages_taken_at"), "own_messages", ["taken_at"])
