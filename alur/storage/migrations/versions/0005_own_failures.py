"""How often an outgoing row has failed through a fault of our own, and which notices were set aside for it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("notices", "cards", "forms"):
        op.add_column(table, sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("notices", sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True))
    parked = sa.text("parked_at IS NOT NULL")
    for table in ("notices", "inbox"):
        op.create_index(op.f(f"ix_{table}_parked"), table, ["parked_at"], sqlite_where=parked, postgresql_where=parked)
