"""Timers, and notices that are queued at most once for one occasion."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "timers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_timers_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timers")),
        sa.UniqueConstraint("case_id", "key", name=op.f("uq_timers_case_id_key")),
    )
    op.create_index(op.f("ix_timers_at"), "timers", ["at"])
    of_office = sa.text("case_id IS NULL")
    op.create_index(
        op.f("uq_timers_office_key"),
        "timers",
        ["key"],
        unique=True,
        sqlite_where=of_office,
        postgresql_where=of_office,
    )
    op.add_column("notices", sa.Column("once", sa.String(), nullable=True))
    op.create_index(op.f("ix_notices_once"), "notices", ["once"], unique=True)
