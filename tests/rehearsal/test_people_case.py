"""The play in which a Plh takes the Kabag's place for some days, on each of the two databases."""

import pytest
from typer.testing import CliRunner

from alur.storage import audit, cases
from alur.storage.database import Database
from alur.workflow.people import AppointmentKind
from bot.cli.app import application
from bot.rehearsal.run import PLAYS, run_script
from bot.rehearsal.sandbox import Sandbox
from bot.rehearsal.script.substitution import ORDER
from bot.rehearsal.transcript import PLAIN_WIDTH
from tests.finder import judge

SIX = 6
DEFINITIVE = (AppointmentKind.DEFINITIVE, None)
DECISIONS = [
    (6, "Hadi", *DEFINITIVE),
    (6, "Hadi", *DEFINITIVE),
    (6, "Arif", AppointmentKind.PLH, ORDER),
    (8, "Hadi", *DEFINITIVE),
    (10, "Hadi", *DEFINITIVE),
    (10, "Hadi", *DEFINITIVE),
]


def decisions_of_the_kabag(database):
    """From step 6 on: who decided, and by which order."""
    with database.read() as session:
        record, *later = cases.all_(session)
        assert [item.case.code for item in later] == ["ip-asn-2027", "ip-asn-2027-2"]
        assert [audit.verify(session, number) for number in (record.id, later[0].id, later[1].id, None)] == [()] * 4
    closed = [task for task in record.case.tasks if task.role == "kabag_umum" and task.closing and task.step >= SIX]
    return [(task.step, task.closing.by.name, task.closing.by.kind, task.closing.by.order) for task in closed]


def test_the_case_is_archived_and_every_expectation_holds_and_telegram_makes_no_link_of_a_name(tmp_path, played):
    status, told, calls = played("--people")
    assert status == 0, told[-6000:]
    assert "The case is archived" in told
    assert max(map(len, told.splitlines())) <= PLAIN_WIDTH
    judge(calls)
    database = Database(f"sqlite:///{tmp_path / 'data' / 'alur.sqlite3'}")
    assert decisions_of_the_kabag(database) == DECISIONS
    database.close()


@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_the_same_on_postgresql(tmp_path, transcript, database_url, database):
    start, script_in = PLAYS["people"]
    async with Sandbox(tmp_path / "data", start=start, database=database_url) as sandbox:
        people = await run_script(sandbox, transcript, script=script_in(sandbox))
    assert people.expect.failed == ()
    assert people.ending
    assert decisions_of_the_kabag(database) == DECISIONS


@pytest.mark.parametrize(("words", "named"), [(["--people"], "--play"), (["--play", "--people", "--late"], "--late")])
def test_people_without_play_or_with_late_is_refused(words, named):
    result = CliRunner().invoke(application(["demo"]), ["demo", *words])
    assert (result.exit_code, named in result.output) == (2, True)
