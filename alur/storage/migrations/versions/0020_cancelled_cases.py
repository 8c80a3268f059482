"""A case that was called off leaves its period free: one case of a period that was not."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STANDS = sa.text("cancelled_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("cases") as cases:
        cases.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        cases.drop_constraint(op.f("uq_cases_sop_id_period"), type_="unique")
    op.create_index(
        "uq_cases_standing", "cases", ["sop_id", "period"], unique=True, sqlite_where=STANDS, postgresql_where=STANDS
    )
