"""Cases are found by their end and by their period: a state is long, and whoever scans the rows reads all of them."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_cases_finished_at"), "cases", ["finished_at"])
    op.create_index(op.f("ix_cases_period"), "cases", ["period"])
