"""A card may show what stands behind its *Lainnya*."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cards", sa.Column("unfolded", sa.Integer(), nullable=False, server_default="0"))
