"""A form is one message: the prompts of open forms are among the copies that are to go, and are not kept any more. Of people's
own messages is kept how long they are and when they were sent, so that a text in several parts is known.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

FORMS = sa.table(
    "forms",
    sa.column("id", sa.Integer),
    sa.column("older", sa.Text),
    sa.column("prompt_id", sa.BigInteger),
    sa.column("ended_at", sa.Text),
)


def upgrade() -> None:
    connection = op.get_bind()
    prompted = sa.select(FORMS.c.id, FORMS.c.older, FORMS.c.prompt_id).where(
        FORMS.c.ended_at.is_(None), FORMS.c.prompt_id.is_not(None)
    )
    for row in connection.execute(prompted).all():
        older = json.dumps([*json.loads(row.older), row.prompt_id], separators=(",", ":"))
        connection.execute(sa.update(FORMS).where(FORMS.c.id == row.id).values(older=older))
    op.drop_column("forms", "prompt_id")
    op.drop_column("forms", "prompt_for")
    op.add_column("own_messages", sa.Column("length", sa.Integer(), nullable=True))
    op.add_column("own_messages", sa.Column("said_at", sa.DateTime(timezone=True), nullable=True))
