"""The code of an invitation made in chat, for as long as its link waits to be sent. No earlier one is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invites", sa.Column("code", sa.String(), nullable=True))
