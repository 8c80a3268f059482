"""A database of an older build is migrated, and its running case goes on.

`older/763ba71.json` holds the rows of that build, table by table: a case at step 6 with its cards, timers and notices, and a
half-filled form of *Kembalikan*. Its database was at version 0004.
"""

import json
import random
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, select, text, update

from alur.evidence import verifikasi
from alur.services.clock import agendas
from alur.services.evidence.bundle.plan import planned
from alur.services.evidence.inspection.whole import inspect
from alur.services.incoming.form_rows import form_of
from alur.services.work import Work
from alur.storage import audit, cases, entered, forms, notices, roster, sops, timers
from alur.storage.database import Database
from alur.storage.file_store import FileStore
from alur.storage.migrations import configuration, is_current, migrate
from alur.storage.sop_files import Procedure
from alur.storage.timers import TIMERS
from alur.workflow.apply import replay
from alur.workflow.form_moves import proceeded
from alur.workflow.office.trail import roster_of
from alur.workflow.trail import events_of
from alur.workflow.watched import Watched, watched
from bot.papers import PAPERS
from jobs.due_timers import fire_due_timers
from tests import acts
from tests.factories import SOP, a_calendar, only_task
from tests.services.house import House, a_procedure
from tests.services.lives import Life
from tests.workflow.walk import wib

ROWS = json.loads((Path(__file__).parent / "older" / "763ba71.json").read_text())
KABAG, ANALIS, TU = "Dewi", "Rina", "Wulan"


@pytest.fixture
def upgraded(database_url):
    database = Database(database_url)
    with database.writer.connect() as connection, connection.begin():
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        fill(connection)
    assert not is_current(database)
    migrate(database)
    yield database
    database.close()


def fill(connection):
    """Puts the rows in as they were; SQLite's dates have no offset and are UTC."""
    tables = MetaData()
    tables.reflect(connection)
    is_sqlite = connection.dialect.name == "sqlite"
    for table in tables.sorted_tables:
        connection.execute(table.delete())
        for row in ROWS[table.name]:
            values = ", ".join(
                f":{name}" if is_sqlite else f"CAST(:{name} AS {table.c[name].type.compile(connection.dialect)})"
                for name in row
            )
            given = row if is_sqlite else {name: _text(table.c[name], value) for name, value in row.items()}
            names = ", ".join(f'"{name}"' for name in row)
            connection.execute(text(f"INSERT INTO {table.name} ({names}) VALUES ({values})"), given)
        if not is_sqlite and "id" in table.c and table.c.id.autoincrement is True and ROWS[table.name]:
            last = max(row["id"] for row in ROWS[table.name])
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})"))
    waiting = {"id": 90, "member": 3, "chat": 7000000003, "once": "agenda:3:2026-11-03T07:30:00+07:00"}
    connection.execute(
        text(
            "INSERT INTO notices (id, chat_id, member_id, template, about, silent, queued_at, attempts, once)"
            " VALUES (:id, :chat, :member, 'agenda', :about, :silent, '2026-11-03 00:30:00+00', 0, :once)"
        ).bindparams(silent=False, about='{"moment": "2026-11-03T07:30:00+07:00"}', **waiting)
    )
    if not is_sqlite:
        connection.execute(text("SELECT setval(pg_get_serial_sequence('notices', 'id'), 90)"))
    connection.execute(text("INSERT INTO alembic_version VALUES ('0004')"))


def _text(column, value):
    if value is None:
        return None
    is_moment = "TIMESTAMP" in str(column.type).upper()
    return f"{value}+00" if is_moment else str(value)


@pytest.fixture
def office(upgraded):
    """The house that goes on in it."""
    with upgraded.read() as session:
        record = cases.by_code(session, "ip-asn-2026")
        procedure = Procedure(sop=sops.get(session, record.case.sop_hash), hash=record.case.sop_hash)
    return House(database=upgraded, calendar=a_calendar(), procedures=(procedure,), now=wib("2026-11-02 10:00"))


def member(office, name):
    return next(item.member for item in office.look(Work.office).appointments if item.name == name)


def test_what_the_older_build_recorded_is_whole_and_replays_to_its_state(office):
    with office.database.read() as session:
        record = cases.by_code(session, "ip-asn-2026")
        chain, of_office = audit.entries(session, record.id), audit.entries(session, None)
        assert (audit.verify(session, record.id), audit.verify(session, None)) == ((), ())
        stored = roster.load(session)
    known = office.look(Work.office)
    events = [event for item in chain for event in events_of(item.entry, item.at, known)]
    assert replay(events) == record.case

    told = roster_of([item.entry for item in of_office])
    assert [(item.id, item.name, item.unit) for item in told.people] == [
        (item.id, item.name, item.unit) for item in stored.people
    ]
    assert [(item.member, item.role) for item in told.appointments] == [
        (item.member, item.role) for item in stored.appointments
    ]


def test_the_office_that_was_brought_up_to_date_is_whole_but_for_its_files(office, tmp_path):
    """Of which only the names were kept here. Its people are told without account and sapaan, and their invitations without a term."""
    with office.database.read() as session:
        report = inspect(session, FileStore(tmp_path))
    assert [item for item in report.faults if "the stored file" not in item] == []
    assert report.entries == len(ROWS["audit"])


def test_its_case_can_be_exported_and_what_the_bundle_says_fits_its_trail(office):
    with office.database.read() as session:
        plan = planned(session, office.calendar, cases.by_code(session, "ip-asn-2026").id, papers=PAPERS)
    made = (item for item in plan.items if item.data is not None and item.name not in verifikasi.MADE)
    texts = {item.name: item.data.decode() for item in made}
    entries = verifikasi.read_trail(texts[verifikasi.TRAIL])
    sop, table = verifikasi.read_sop(texts[verifikasi.PROCEDURE]), texts[verifikasi.TABLE]
    assert verifikasi.table_text(entries, sop) == table
    digest = sha256(verifikasi.sop_canonical(sop).encode()).hexdigest()
    assert digest == verifikasi.events_of(entries[0])[0]["sop_hash"]
    assert len([item for item in plan.items if item.data is None]) >= 8


def test_the_running_case_goes_on_where_it_stood(office):
    with office.database.read() as session:
        record = cases.by_code(session, "ip-asn-2026")
    task = only_task(record.case)
    assert (task.step, task.role) == (6, "kabag_umum")

    on = {"task": task.id, "revision": task.revision}
    late = office.act(record.id, acts.Approve(by=member(office, ANALIS), **on))
    assert late.refusal.name == "NotHolder"
    approved = office.act(record.id, acts.Approve(by=member(office, KABAG), **on))
    assert approved.refusal is None
    assert only_task(office.case(record.id)).step == 7
    handed = office.act(record.id, acts.HandOver(by=member(office, TU), task=task.id, to=member(office, KABAG)))
    assert handed.refusal is None


def test_where_its_meetings_were_called_to_is_known_to_the_forms(office):
    with office.database.read() as session:
        assert entered.places(session) == ("Ruang Rapat Lantai 4",)
        assert entered.last_filed(session, "ip-asn") is None


def test_what_the_clock_must_know_of_the_running_case_stands_beside_its_timer(office):
    (row,) = office.look(lambda work: timers.of(work.session, 1))
    s = office.look(lambda work: office.situation(work, 1))
    assert (row.key, row.watched) == ("task:8", watched(s, only_task(s.case)))


async def test_its_reminder_comes_without_a_recount_and_an_agenda_that_was_queued_is_still_told(office):
    """The one was to be fired by this build, the other had been queued by the older one; neither was sent."""
    kabag = member(office, KABAG)
    office.now = wib("2026-11-03 07:30")
    earlier = office.queued()
    assert [(row.member_id, row.once) for row in earlier] == [(kabag, "agenda:3:2026-11-03T07:30:00+07:00")]
    named = office.look(agendas.named, notice_id=earlier[0].id, member=kabag, moment=office.now)
    assert ([(case, line.task) for case, _, line in named.lines], named.others) == ([(1, 8)], 0)

    assert (await fire_due_timers(office)).timers == 1
    assert len(office.queued()) == 1  # of the same moment and thing nobody is told twice


def test_the_states_are_read_by_the_migration_as_by_the_build(database, a_house_with_lives):
    """Meetings, answers, papers that are owed: all that lives bring about, played by this build and read as data."""
    script = ScriptDirectory.from_config(configuration()).get_revision("0009").module
    with database.read() as session:
        before = _known(session)
    assert len(before) > 10
    with database.writer.begin() as connection:
        connection.execute(update(TIMERS).where(TIMERS.c.case_id.is_not(None)).values(watched=None))
        script._watch(connection)
    with database.read() as session:
        assert _known(session) == before


def _known(session):
    rows = session.connection().execute(select(TIMERS).where(TIMERS.c.case_id.is_not(None))).mappings()
    return {(row["case_id"], row["key"]): Watched.model_validate_json(row["watched"]) for row in rows}


@pytest.fixture
def a_house_with_lives(database):
    """Some fourteen cases, each played to some point."""
    house = House(database=database, calendar=a_calendar(), procedures=(), now=wib("2026-11-02 09:00"))
    names = {
        "sekretaris": "Hartono",
        "kabag_umum": "Dewi",
        "analis_sdm": "Rina",
        "biro_sdm": "Andika",
        "tata_usaha": "Wulan",
    }
    people = {role: house.enrol(name, role).id for role, name in names.items()}
    people["units"] = [house.enrol(name, "unit_terkait", unit=name).id for name in ("Sari", "Joko S")]
    start = house.now
    for number in range(14):
        house.now = start
        case_id, _ = house.open(a_procedure(SOP, number), people["tata_usaha"])
        life = Life(random.Random(number), people, house.case(case_id))
        for when, act in islice(life.moves(), 12 + number * 2):
            house.now = max(house.now, when)
            assert house.act(case_id, act).refusal is None
            life.case, life.until = house.case(case_id), house.now
    return house


def test_a_half_filled_form_and_what_waits_to_be_sent_are_still_read(office):
    kabag = member(office, KABAG)
    with office.database.read() as session:
        form = form_of(forms.open_for(session, kabag))
        assert (form.kind, form.asking) == ("return", "documents")
        assert proceeded(form).asking == "reason"
        kept = [notices.get(session, row["id"]) for row in ROWS["notices"]]
    assert len(kept) == len(ROWS["notices"])
    assert [row.notice.template for row in kept] == [row["template"] for row in ROWS["notices"]]
