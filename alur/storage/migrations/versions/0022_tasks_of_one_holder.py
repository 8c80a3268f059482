"""An open task may be one holder's alone, of several who hold its role."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("open_tasks", sa.Column("handed_to", sa.Integer(), nullable=True))
