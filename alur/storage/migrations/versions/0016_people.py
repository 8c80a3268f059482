"""A member may be without a phone. Appointments name their order's date and file, and of a Plh who is absent; invitations may be
withdrawn, replace a holder, or link a new phone. One row says whom the open cards have followed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("members") as members:
        members.alter_column("telegram_id", existing_type=sa.BigInteger(), nullable=True)
    op.add_column("appointments", sa.Column("order_date", sa.Date(), nullable=True))
    op.add_column("appointments", sa.Column("order_file", sa.Text(), nullable=True))
    op.add_column("appointments", sa.Column("in_place_of", sa.Integer(), nullable=True))
    with op.batch_alter_table("invites") as invites:
        invites.alter_column("role", existing_type=sa.String(), nullable=True)
        invites.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        invites.add_column(sa.Column("member", sa.Integer(), nullable=True))
        invites.add_column(sa.Column("replaces", sa.Integer(), nullable=True))
    op.create_table(
        "followed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("holders", sa.Text(), nullable=False),
        sa.Column("unheard", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_followed_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followed")),
    )
