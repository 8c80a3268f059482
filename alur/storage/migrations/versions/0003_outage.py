"""When the receiver last received, and which messages ask their readers to press again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "reception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("heard_at", MOMENT, nullable=False),
        sa.Column("outage_at", MOMENT, nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_reception_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception")),
    )
    op.add_column("cards", sa.Column("outage_at", MOMENT, nullable=True))
    op.add_column("forms", sa.Column("outage_at", MOMENT, nullable=True))
