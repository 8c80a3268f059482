"""Firing a timer reads no case: what its moments depend on stands beside it, made here from the states as they are kept, as
data. And what is told at a moment has rows of its own: an agenda that an older build queued gets them for every open task, as
it was told from every running case.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from alur.storage.columns import UtcMoment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BATCH = 200  # cases that are held at once
CASES = sa.table(
    "cases", sa.column("id"), sa.column("sop_hash"), sa.column("state"), sa.column("finished_at", UtcMoment)
)
SOPS = sa.table("sops", sa.column("hash"), sa.column("body"))
TIMERS = sa.table("timers", sa.column("id"), sa.column("case_id"), sa.column("key"), sa.column("watched"))
NOTICES = sa.table("notices", *map(sa.column, ("id", "member_id", "template", "about", "sent_at", "dropped_at")))
AGENDA = sa.table(
    "agenda",
    sa.column("moment", UtcMoment),
    *map(sa.column, ("member_id", "case_id", "task", "thing", "place", "due", "notice_id")),
)


def upgrade() -> None:
    op.add_column("timers", sa.Column("watched", sa.Text(), nullable=True))
    op.create_table(
        "agenda",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moment", MOMENT, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_agenda_case_id_cases")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_agenda_member_id_members")),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_agenda_notice_id_notices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda")),
        sa.UniqueConstraint(
            "moment",
            "member_id",
            "case_id",
            "task",
            "thing",
            name=op.f("uq_agenda_moment_member_id_case_id_task_thing"),
        ),
    )
    op.create_index(op.f("ix_agenda_of_notice"), "agenda", ["notice_id", "moment", "member_id", "place", "due", "id"])
    op.create_table(
        "calendar_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_calendar_mark_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_mark")),
    )
    connection = op.get_bind()
    _watch(connection)
    _tell(connection)


def _watch(connection: sa.Connection) -> None:
    """What is known of the thing of each timer of a running case."""
    sops = {row.hash: json.loads(row.body) for row in connection.execute(sa.select(SOPS))}
    keep = sa.update(TIMERS).where(TIMERS.c.case_id == sa.bindparam("case"), TIMERS.c.key == sa.bindparam("name"))
    for batch in _batches(connection):
        found = [row for item in batch for row in _of_case(item.id, sops[item.sop_hash], json.loads(item.state))]
        if found:
            connection.execute(keep.values(watched=sa.bindparam("text")), found)


def _batches(connection: sa.Connection) -> Iterator[list[Any]]:
    last = 0
    running = sa.select(CASES).where(CASES.c.finished_at.is_(None)).order_by(CASES.c.id).limit(BATCH)
    while batch := list(connection.execute(running.where(CASES.c.id > last))):
        yield batch
        last = batch[-1].id


def _of_case(case_id: int, sop: dict[str, Any], state: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for task in state.get("tasks", ()):
        if task["closing"] is not None:
            continue
        meeting = next((item for item in state.get("meetings", ()) if item["step"] == task["step"]), None)
        text = json.dumps(_watched(sop, state, task, meeting if task["kind"] == "convene" else None))
        yield {"case": case_id, "name": f"task:{task['id']}", "text": text}
        yield {"case": case_id, "name": f"meeting:{task['step']}", "text": text}


def _watched(
    sop: dict[str, Any], state: dict[str, Any], task: dict[str, Any], meeting: dict[str, Any] | None
) -> dict[str, Any]:
    step = sop["steps"][task["step"] - 1]
    definition = step["tasks"][task["index"]]
    roles = [("holder", task["role"])]
    roles += [("helper", role) for role in definition.get("helpers") or ()]
    roles += [("participant", role) for role in definition.get("participants") or ()]
    roles += [("outside", definition["waits_for"])] if definition.get("waits_for") else []
    return {
        "task": task["id"],
        "roles": roles,
        "superior": next(role.get("escalates_to") for role in sop["roles"] if role["id"] == task["role"]),
        "working_days": step["working_days"],
        "landed_at": task["landed_at"],
        "arrived_at": task.get("arrived_at") or task["landed_at"],
        "due": task["due"],
        "is_owed": any(not _is_brought(state, step, item) for item in step["yields"]),
        "meeting": meeting
        and {
            "step": meeting["step"],
            "starts": meeting["starts"],
            "at": meeting["at"],
            "cancelled_at": meeting.get("cancelled_at"),
            "absent": [item["by"]["member"] for item in meeting.get("answers", ()) if item["attendance"] == "absent"],
        },
    }


def _is_brought(state: dict[str, Any], step: dict[str, Any], item: dict[str, Any]) -> bool:
    """Whether it is no document that is uploaded, or one that was."""
    document = item.get("document")
    if document is None or item.get("from") or item.get("kept"):
        return True
    return any(
        version["document"] == document
        and version["step"] == step["number"]
        and not version.get("withdrawn")
        and not version.get("signed")
        for version in state["versions"]
    )


def _tell(connection: sa.Connection) -> None:
    """What such a message names is found, when it is sent, from those of its rows that its moment means anything to."""
    waits = sa.select(NOTICES).where(
        NOTICES.c.template == "agenda",
        NOTICES.c.sent_at.is_(None),
        NOTICES.c.dropped_at.is_(None),
        NOTICES.c.member_id.is_not(None),
    )
    told = set()
    for row in connection.execute(waits.order_by(NOTICES.c.id)).all():
        at = datetime.fromisoformat(json.loads(row.about)["moment"])
        if (row.member_id, at) in told:
            continue
        told.add((row.member_id, at))
        moment = sa.literal(at, UtcMoment())
        for thing in ("task", "meeting"):
            rows = sa.select(
                moment,
                sa.literal(row.member_id),
                TIMERS.c.case_id,
                sa.cast(sa.func.substr(TIMERS.c.key, len("task:") + 1), sa.Integer),
                sa.literal(thing),
                sa.literal(0),
                sa.literal(0),
                sa.literal(row.id),
            ).where(TIMERS.c.case_id.is_not(None), TIMERS.c.key.like("task:%"))
            connection.execute(sa.insert(AGENDA).from_select([column.name for column in AGENDA.c], rows))
