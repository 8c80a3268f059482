"""The numbers of letters get a table of their own, filled from the states of the cases, so that one that comes twice is found
without reading a case.
"""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BATCH = 200  # cases whose states are in memory at once
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | dict.fromkeys("\u2018\u2019", "'"))
LONGEST = 200


def upgrade() -> None:
    numbers = op.create_table(
        "letter_numbers",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_letter_numbers_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "document", name=op.f("pk_letter_numbers")),
    )
    fill(op.get_bind(), numbers)
    op.create_index(op.f("ix_letter_numbers_key"), "letter_numbers", ["key", "case_id"])


def fill(connection: sa.Connection, numbers: sa.Table) -> None:
    """From what the states say as JSON: what a model of that time was is not known here."""
    cases = sa.table("cases", sa.column("id", sa.Integer), sa.column("state", sa.Text))
    after = sa.select(cases).where(cases.c.id > sa.bindparam("last")).order_by(cases.c.id).limit(BATCH)
    last = 0
    while batch := connection.execute(after, {"last": last}).all():
        found = [row for case in batch for row in rows(case.id, json.loads(case.state))]
        if found:
            connection.execute(sa.insert(numbers), found)
        last = batch[-1].id


def rows(case_id: int, state: dict[str, Any]) -> Iterator[dict[str, Any]]:
    letter = state.get("letter")
    if letter:
        yield {"case_id": case_id, "document": "", "key": key(letter["number"])}
    for document, number in dict(state.get("nadine") or ()).items():
        yield {"case_id": case_id, "document": document, "key": key(number)}


def key(number: str) -> str:
    bare = unicodedata.normalize("NFKC", number).translate(DASHES).strip(" ,.;")
    return "".join(bare.casefold().split())[:LONGEST]
