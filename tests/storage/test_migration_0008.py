"""Databases of the version before get the rows that cases have entered, from their states as they stand there."""

import json

import pytest
from sqlalchemy import text

from alur.storage import cases, entered, sops
from alur.storage.migrations import migrate
from alur.workflow.case import ArchiveFields, Meeting

BEFORE = "0006"
MANY = 450  # more than are in memory at once
FILED = ArchiveFields(
    letter_number="1",
    classification="KP.05",
    file_number="17",
    location="Lemari A-3",
    description="IP ASN",
    span="2026",
    quantity="1 berkas",
)
INSERT = """
INSERT INTO cases (id, code, sop_id, period, sop_hash, state, shape, revision, opened_at, finished_at, audit_head, audit_length)
VALUES (:id, :code, 'ip-asn', :period, 'hash-1', :state, 1, 1, :at, :finished_at, '', 0)
"""


@pytest.fixture
def older(at_version):
    return at_version(BEFORE)


def put(database, sop, at, states):
    with database.write() as session:
        sops.store(session, sop, "hash-1", at)
        rows = [
            {
                "id": number,
                "code": f"ip-asn-{number}",
                "period": str(number),
                "state": json.dumps(state),
                "at": at.replace(tzinfo=None) if database.dialect == "sqlite" else at,
                "finished_at": None,
            }
            for number, state in enumerate(states, 1)
        ]
        session.connection().execute(text(INSERT), rows)


def kept(database):
    with database.read() as session:
        rows = session.connection().execute(entered.ENTERED.select()).mappings().all()
    return sorted((dict(row) for row in rows), key=lambda row: (row["case_id"], row["kind"], row["step"]))


@pytest.fixture
def case(new_case, actor, later):
    def make(number):
        at = later(number)
        meetings = (
            Meeting(step=4, starts=at, place=f"Ruang {number}", by=actor, at=at),
            Meeting(step=8, starts=at, place="Aula", by=actor, at=later(number + 1), cancelled_at=later(number + 2)),
        )
        changes = {"meetings": meetings, "archive": FILED, "finished_at": later(number + 5)}
        return new_case(str(number)).model_copy(update=changes)

    return make


def test_every_case_has_the_rows_that_it_would_have_got_when_it_was_saved(older, sop, at, case):
    made = [case(number) for number in range(1, MANY + 1)]
    put(older, sop, at, [item.model_dump(mode="json") for item in made])

    migrate(older)

    expected = [row for number, item in enumerate(made, 1) for row in entered._rows(number, item).values()]
    assert kept(older) == sorted(expected, key=lambda row: (row["case_id"], row["kind"], row["step"]))
    with older.read() as session:
        assert entered.last_filed(session, "ip-asn") == ("KP.05", "Lemari A-3")
        assert entered.places(session, only=("ip-asn", 4))[0] == f"Ruang {MANY}"


def test_what_a_state_of_an_early_build_does_not_say_makes_no_row(older, sop, at, case):
    whole = case(2).model_dump(mode="json")
    unfinished = {**whole, "archive": None, "finished_at": None}
    put(older, sop, at, [{"code": "ip-asn-1"}, unfinished, {**whole, "meetings": [], "unheard": "of"}])

    migrate(older)

    assert [(row["case_id"], row["kind"], row["step"]) for row in kept(older)] == [
        (2, "place", 4),
        (2, "place", 8),
        (3, "classification", 0),
        (3, "location", 0),
    ]


def test_rows_that_were_filled_in_follow_their_case_from_then_on(older, sop, at, case):
    running = case(1).model_copy(update={"archive": None, "finished_at": None})
    put(older, sop, at, [running.model_dump(mode="json")])
    migrate(older)

    with older.write() as session:
        record = cases.get(session, 1)
        moved = record.case.meetings[0].model_copy(update={"place": "Ruang Baru"})
        cases.save(session, record, record.case.model_copy(update={"meetings": (moved,)}))

    assert [(row["step"], row["text"]) for row in kept(older)] == [(4, "Ruang Baru")]
