"""Databases of the version before get the rows by which open tasks and cases are found, just as a save would have written them,
and states whose tasks name those before them.
"""

import json

import pytest
from sqlalchemy import text

from alur.storage import case_roles, cases, inlets, sops, tasks
from alur.storage.migrations import migrate
from alur.storage.sop_files import content_hash
from tests.factories import ANALIS, BIRO, KABAG, SEKRETARIS, SOP, START, TU, walked
from tests.workflow.walk import STRAIGHT

BEFORE = "0006"
TABLES = (tasks.TASKS, case_roles.ROLES, inlets.INLETS, inlets.LETTERS)
INSERT = """
INSERT INTO cases (id, code, sop_id, period, sop_hash, state, shape, revision, opened_at, finished_at, audit_head, audit_length)
VALUES (:id, :code, 'ip-asn', :period, :hash, :state, 1, 1, :at, :finished_at, '', 0)
"""


def lives():
    """A case at every desk, after each return, with letters that came back, and archived."""
    yield from (walked(*place).case for place in STRAIGHT)
    yield walked(4).call_off().case
    yield walked(6).send_back(KABAG).case
    yield walked(7).send_back(SEKRETARIS).case
    yield walked(7).send_back(SEKRETARIS).send_back(KABAG).case
    yield walked(8).upload(BIRO, "undangan_validasi").case
    yield walked(10).send_back(KABAG).case
    yield walked(12).upload(TU, "nota_dinas_laporan", "laporan.pdf", signed=True).case
    yield walked(3, 1).upload(ANALIS, "undangan").case
    yield walked(99).case


CASES = [
    case.model_copy(update={"code": f"ip-asn-{number}", "period": str(number), "sop_hash": content_hash(SOP)})
    for number, case in enumerate(lives(), 1)
]


def of_the_build_before(case):
    state = json.loads(case.model_dump_json())
    for task in state["tasks"]:
        del task["before"]
        if task["closing"]:
            del task["closing"]["way"], task["closing"]["ended_by"]
    return json.dumps(state)


@pytest.fixture
def migrated(at_version):
    database = at_version(BEFORE)
    moment = (lambda at: at and at.replace(tzinfo=None)) if database.dialect == "sqlite" else (lambda at: at)
    with database.write() as session:
        sops.store(session, SOP, content_hash(SOP), START)
        rows = [
            {
                "id": number,
                "code": case.code,
                "period": case.period,
                "hash": content_hash(SOP),
                "state": of_the_build_before(case),
                "at": moment(case.opened_at),
                "finished_at": moment(case.finished_at and case.finished_at.astimezone(START.tzinfo)),
            }
            for number, case in enumerate(CASES, 1)
        ]
        session.connection().execute(text(INSERT), rows)
    migrate(database)
    return database


def kept(session):
    found = {}
    for table in TABLES:
        rows = session.connection().execute(table.select()).mappings().all()
        found[table.name] = {
            tuple(sorted((key, str(value)) for key, value in row.items() if key != "finished_at")) for row in rows
        }
        ended = {(row["case_id"], row["finished_at"] is not None) for row in rows if "finished_at" in row}
        found[f"{table.name} finished"] = ended
    return found


def test_the_states_and_rows_are_those_that_a_save_would_have_made(migrated):
    with migrated.write() as session:
        after = kept(session)
        assert cases.of(session, range(1, len(CASES) + 1)) == tuple(cases.all_(session))
        assert [record.case for record in cases.all_(session)] == CASES
        for table in TABLES:
            session.connection().execute(table.delete())
        for number, case in enumerate(CASES, 1):
            tasks.keep_in_step(session, number, SOP, None, case)
            case_roles.keep_in_step(session, number, SOP, None, case)
            inlets.keep_in_step(session, number, SOP, None, case)
        assert after == kept(session)
        assert all(after[table.name] for table in TABLES)
