"""What earlier cases offer to a form gets a table of its own, filled from their states; and what waits, is parked, still
has its body or is a menu is found without all that is over.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BATCH = 200  # cases whose states are in memory at once
FEW = {
    "cards": {"ix_cards_parked": (["parked_at"], "parked_at IS NOT NULL")},
    "forms": {"ix_forms_parked": (["parked_at"], "parked_at IS NOT NULL")},
    "inbox": {
        "ix_inbox_bodies": (["received_at"], "body IS NOT NULL"),
        "ix_inbox_next": (["update_id"], "done_at IS NULL AND parked_at IS NULL"),
    },
    "notices": {"ix_notices_menus": (["member_id", "id"], "template = 'menu' AND dropped_at IS NULL")},
}


def upgrade() -> None:
    entered = op.create_table(
        "entered",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("sop_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_entered_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "kind", "step", name=op.f("pk_entered")),
    )
    fill(op.get_bind(), entered)
    op.create_index(op.f("ix_entered_at"), "entered", ["kind", "at", "case_id"])
    op.create_index(op.f("ix_entered_step_at"), "entered", ["kind", "sop_id", "step", "at", "case_id"])
    for table, indices in FEW.items():
        for name, (columns, condition) in indices.items():
            where = sa.text(condition)
            op.create_index(op.f(name), table, columns, sqlite_where=where, postgresql_where=where)


def fill(connection: sa.Connection, entered: sa.Table) -> None:
    """From what the states say as JSON: what a model of that time was is not known here."""
    cases = sa.table("cases", sa.column("id", sa.Integer), sa.column("sop_id", sa.String), sa.column("state", sa.Text))
    after = sa.select(cases).where(cases.c.id > sa.bindparam("last")).order_by(cases.c.id).limit(BATCH)
    last = 0
    while batch := connection.execute(after, {"last": last}).all():
        found = [row for case in batch for row in rows(case.id, case.sop_id, json.loads(case.state))]
        if found:
            connection.execute(sa.insert(entered), found)
        last = batch[-1].id


def rows(case_id: int, sop_id: str, state: dict[str, Any]) -> Iterator[dict[str, Any]]:
    of_case = {"case_id": case_id, "sop_id": sop_id}
    # One row for each step: of two dates of one step the later one stands last.
    meetings = {meeting["step"]: meeting for meeting in state.get("meetings") or ()}
    for step, meeting in meetings.items():
        yield {**of_case, "kind": "place", "step": step, "text": meeting["place"], "at": moment(meeting["at"])}
    archive, finished_at = state.get("archive"), state.get("finished_at")
    if archive and finished_at:
        for kind in ("classification", "location"):
            yield {**of_case, "kind": kind, "step": 0, "text": archive[kind], "at": moment(finished_at)}


def moment(text: str) -> datetime:
    """In UTC, which SQLite does not keep beside it."""
    return datetime.fromisoformat(text).astimezone(UTC)
