"""A case may have several open tasks: each names those that led to it. And what is open, and whom a case concerns, is found in
rows of its own: they are made here from the states as they are kept, as data.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from alur.storage.columns import UtcMoment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BATCH = 200  # cases that are held at once
ADMIN = "admin"
BRINGS = ("prepare", "convene")
CASES = sa.table(
    "cases",
    sa.column("id"),
    sa.column("code"),
    sa.column("period"),
    sa.column("sop_hash"),
    sa.column("state"),
    sa.column("shape"),
    sa.column("finished_at", UtcMoment),
)
SOPS = sa.table("sops", sa.column("hash"), sa.column("body"))
OPEN_TASKS = sa.table(
    "open_tasks",
    *map(sa.column, ("case_id", "task", "role", "standing", "kind", "step")),
    sa.column("landed_at", UtcMoment),
    sa.column("due", UtcMoment),
    sa.column("is_pressable"),
)
CASE_ROLES = sa.table(
    "case_roles", *map(sa.column, ("case_id", "role", "concern")), sa.column("finished_at", UtcMoment)
)
INLETS = sa.table("inlets", sa.column("role"), sa.column("case_id"))
LETTERS = sa.table(
    "letters",
    *map(sa.column, ("case_id", "document", "role", "code", "period", "sop_hash")),
    sa.column("finished_at", UtcMoment),
)


def upgrade() -> None:
    op.drop_table("open_tasks")
    op.create_table(
        "open_tasks",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("landed_at", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=True),
        sa.Column("is_pressable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_open_tasks_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "task", "role", name=op.f("pk_open_tasks")),
    )
    op.create_index(op.f("ix_open_tasks_role"), "open_tasks", ["role"])
    op.create_table(
        "case_roles",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("concern", sa.String(), nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_roles_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "role", name=op.f("pk_case_roles")),
    )
    runs = sa.text("finished_at IS NULL")
    op.create_index(
        op.f("ix_case_roles_running"), "case_roles", ["role", "case_id"], sqlite_where=runs, postgresql_where=runs
    )
    op.create_index(op.f("ix_case_roles_finished"), "case_roles", ["role", "finished_at", "case_id"])
    _create_inlets()
    _fill()


def _create_inlets() -> None:
    op.create_table(
        "inlets",
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_inlets_case_id_cases")),
        sa.PrimaryKeyConstraint("role", "case_id", name=op.f("pk_inlets")),
    )
    op.create_table(
        "letters",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("sop_hash", sa.String(), nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_letters_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "document", "role", name=op.f("pk_letters")),
    )
    runs = sa.text("finished_at IS NULL")
    op.create_index(
        op.f("ix_letters_running"), "letters", ["role", "case_id"], sqlite_where=runs, postgresql_where=runs
    )
    op.create_index(op.f("ix_letters_finished"), "letters", ["role", "finished_at", "case_id"])
    op.create_index(op.f("ix_letters_period"), "letters", ["period", "role"])


def _fill() -> None:
    connection = op.get_bind()
    sops = {row.hash: json.loads(row.body) for row in connection.execute(sa.select(SOPS))}
    for batch in _batches(connection):
        states = [(row, json.loads(row.state)) for row in batch]
        for _, state in states:
            for task in state.get("tasks", ()):
                task["before"] = [task["id"] - 1] if task["id"] > 1 else []
        changed = [{"number": row.id, "text": json.dumps(state, separators=(",", ":"))} for row, state in states]
        rewrite = sa.update(CASES).where(CASES.c.id == sa.bindparam("number"))
        connection.execute(rewrite.values(state=sa.bindparam("text"), shape=2), changed)
        tasks = [item for row, state in states for item in _open_tasks(row.id, sops[row.sop_hash], state)]
        roles = [item for row, state in states for item in _case_roles(row, sops[row.sop_hash], state)]
        inlets = [item for row, state in states for item in _inlets(row.id, sops[row.sop_hash], state)]
        letters = [item for row, state in states for item in _letters(row, sops[row.sop_hash], state)]
        for table, rows in ((OPEN_TASKS, tasks), (CASE_ROLES, roles), (INLETS, inlets), (LETTERS, letters)):
            if rows:
                connection.execute(sa.insert(table), rows)


def _batches(connection: sa.Connection) -> Iterator[list[Any]]:
    last = 0
    while batch := list(
        connection.execute(sa.select(CASES).where(CASES.c.id > last).order_by(CASES.c.id).limit(BATCH))
    ):
        yield batch
        last = batch[-1].id


def _standings(sop: dict[str, Any], task: dict[str, Any]) -> dict[str, str]:
    """How each role stands to the task: that in which it has most to do."""
    definition = _definition(sop, task)
    found = {task["role"]: "holder"}
    for standing, roles in (
        ("helper", definition.get("helpers", ())),
        ("participant", definition.get("participants", ())),
        ("outside", filter(None, [definition.get("waits_for")])),
    ):
        for role in roles:
            found.setdefault(role, standing)
    return found


def _open_tasks(case_id: int, sop: dict[str, Any], state: dict[str, Any]) -> Iterator[dict[str, Any]]:
    dated = {item["step"] for item in state.get("meetings", ()) if item.get("cancelled_at") is None}
    for task in state.get("tasks", ()):
        for role, standing in _standings(sop, task).items() if task["closing"] is None else ():
            yield {
                "case_id": case_id,
                "task": task["id"],
                "role": role,
                "standing": standing,
                "kind": task["kind"],
                "step": task["step"],
                "landed_at": datetime.fromisoformat(task["landed_at"]),
                "due": datetime.fromisoformat(task["due"]) if task["due"] else None,
                "is_pressable": standing != "participant" or task["step"] in dated,
            }


def _case_roles(row: Any, sop: dict[str, Any], state: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waited = (task.get("waits_for") for step in sop["steps"] for task in step["tasks"])
    stood = (role for task in state.get("tasks", ()) for role in _standings(sop, task))
    brought = (item["by"]["role"] for item in state.get("versions", ()))
    whole = (role["id"] for role in sop["roles"] if role.get("reads") == "cases")
    concerns = {
        **dict.fromkeys(filter(None, waited), "awaited"),
        **dict.fromkeys([*stood, *brought], "sent"),
        **dict.fromkeys([*whole, ADMIN], "whole"),
    }
    for role, concern in concerns.items():
        yield {"case_id": row.id, "role": role, "concern": concern, "finished_at": row.finished_at}


def _inlets(case_id: int, sop: dict[str, Any], state: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Whoever may bring a file for the open task, may still replace one of the task before, or may replace the letter."""
    roles = set[str]()
    for task in state.get("tasks", ()):
        if task["closing"] is not None:
            continue
        definition = _definition(sop, task)
        if task["kind"] in BRINGS:
            outside = definition.get("waits_for") if definition.get("accepts") else None
            roles.update(_desk(definition), filter(None, [outside]))
        if task["kind"] == "review" and task["returns"]:
            roles.add(task["role"])
        if not task["before"]:
            roles.update([ADMIN], (role["id"] for role in sop["roles"] if "start" in role.get("may", ())))
        for before in (state["tasks"][number - 1] for number in task["before"]):
            roles.update(_desk(_definition(sop, before)) if before["kind"] in BRINGS else ())
    for role in sorted(roles):
        yield {"role": role, "case_id": case_id}


def _letters(row: Any, sop: dict[str, Any], state: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Letters whose approval stands."""
    about = {name: getattr(row, name) for name in ("code", "period", "sop_hash", "finished_at")}
    for document in (item["id"] for item in sop["documents"] if item.get("numbered")):
        versions = [
            item
            for item in state.get("versions", ())
            if item["document"] == document and not (item["unit"] or item["signed"] or item["withdrawn"])
        ]
        if versions and not _is_undone(state, versions[-1]):
            for role in _letter_roles(sop, document):
                yield {"case_id": row.id, "document": document, "role": role, **about}


def _letter_roles(sop: dict[str, Any], document: str) -> Iterator[str]:
    """Whoever drafts it, and the archive."""
    yields = [item for step in sop["steps"] for item in step.get("yields", ())]
    sources = {item["from"] for item in yields if item["document"] == document and item.get("from")}
    drafting = [
        step["tasks"][-1]["role"]
        for step in sop["steps"]
        if any(item["document"] in sources and not item.get("from") and not item.get("kept") for item in step["yields"])
    ]
    archiving = [task["role"] for step in sop["steps"] for task in step["tasks"] if task["kind"] == "archive"]
    yield from dict.fromkeys((*drafting, *archiving))


def _is_undone(state: dict[str, Any], version: dict[str, Any]) -> bool:
    if version["source"] is None:
        return False
    step = state["tasks"][version["task"] - 1]["step"]
    return any(back["task"] > version["task"] and back["to_step"] <= step for back in state["returns"])


def _definition(sop: dict[str, Any], task: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = sop["steps"][task["step"] - 1]["tasks"][task["index"]]
    return found


def _desk(definition: dict[str, Any]) -> tuple[str, ...]:
    return (definition["role"], *definition.get("helpers", ()))
