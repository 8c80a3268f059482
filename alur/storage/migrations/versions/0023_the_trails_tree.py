"""One tree over all entries of the trail, in the order of writing: their numbers have no gaps from now on, and what was signed of
the tree is kept, with whose key. PostgreSQL's sequence left a gap with every transaction that was rolled back.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NUMBERED = "(SELECT id AS old, row_number() OVER (ORDER BY id) AS new FROM audit) AS numbered"


def upgrade() -> None:
    tree = op.create_table(
        "audit_tree",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_tree_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_tree")),
    )
    op.create_table(
        "checkpoints",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_checkpoints")),
    )
    op.create_table(
        "signing_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_signing_keys")),
    )
    # By way of negative numbers: none is ever another's.
    op.execute(f"UPDATE audit SET id = -numbered.new FROM {NUMBERED} WHERE audit.id = numbered.old")  # noqa: S608 - of our own words
    op.execute("UPDATE audit SET id = -id")
    op.execute(
        tree.insert().from_select(
            ["id", "size", "wanted"],
            sa.select(sa.literal(1), sa.func.count(), sa.literal(0)).select_from(sa.table("audit")),
        )
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE audit ALTER COLUMN id DROP DEFAULT")
        op.execute("DROP SEQUENCE IF EXISTS audit_id_seq")
