"""The whole office in one archive, made while people work, and an office made of it elsewhere."""

import os
import shutil
import threading
from types import SimpleNamespace
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from alur.services.backups import backup, restore
from alur.storage import audit, cases, dumps, guards, members, migrations
from alur.storage.backup_file import ArchiveReader
from alur.storage.database import Database
from alur.storage.dumps import ToolFailed
from alur.storage.errors import ArchiveDamaged, BackupFailed, FileDamaged, RestoreRefused
from alur.storage.file_store import FileStore
from alur.storage.lead import Lead
from alur.storage.migrations import is_current, migrate
from alur.storage.named_files import named_files
from tests import acts, joined
from tests.conftest import POSTGRES
from tests.factories import SOP, a_calendar, a_file, only_task
from tests.services.house import House, a_procedure
from tests.unguarded import unguarded
from tests.workflow.walk import wib

NOW = wib("2026-11-02 09:00")
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def spare_databases():
    """Names of empty databases that earlier tests have left: to drop one takes a second, to empty it a moment."""
    names = []
    yield names
    if names:
        engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for name in names:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def empty(url):
    """Nothing is left in it but the usual schema."""
    engine = create_engine(make_url(url).difference_update_query(["options"]), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT nspname FROM pg_namespace WHERE nspname ~ '^(test_|public$)'"))
        for name in found.scalars().all():
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


@pytest.fixture
def elsewhere(request, database_url, tmp_path, spare_databases):
    """Makes empty places: a database of the same kind with nothing in it, and a folder for files that is not there."""
    made = []
    engine = request.getfixturevalue("postgres") if database_url.startswith("postgresql") else None

    def make(namespace=None):
        folder = tmp_path / f"place-{len(made)}"
        if engine is None:
            database = Database(f"sqlite:///{folder / 'alur.sqlite3'}")
        else:
            if not spare_databases:
                spare_databases.append(f"test_{uuid4().hex}")
                with engine.connect() as connection:
                    connection.execute(text(f"CREATE DATABASE {spare_databases[-1]}"))
            url = make_url(database_url).set(database=spare_databases.pop())
            if namespace == "public":
                url = url.difference_update_query(["options"])
            database = Database(url.render_as_string(hide_password=False))
            if namespace is None:
                database.writer.connect().close()
                own = url.query["options"].split("search_path=")[1].split()[0]
                with database.writer.begin() as connection:
                    connection.execute(text(f"CREATE SCHEMA {own}"))
        made.append(SimpleNamespace(database=database, store=FileStore(folder / "files"), folder=folder))
        return made[-1]

    yield make
    for place in made:
        place.database.close()
        if engine is not None:
            empty(place.database.url)
            spare_databases.append(place.database.url.database)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "office.tar.gz"


def bring(house, store, opened, by, name):
    """An upload as the bot does it: the bytes first, then the row that names them. The file's hash."""
    digest = store.put(name.encode())
    decision = house.act(opened, acts.Upload(by=by, document="data_capaian", file=a_file(name)))
    assert decision.refusal is None, decision.refusal
    return digest


@pytest.fixture
def at_work(house, people, opened, store):
    """A case at its second step, with its letter and one file more."""
    store.put(b"surat.pdf")
    for role in ("sekretaris", "kabag_umum"):
        task = only_task(house.case(opened))
        act = acts.Dispose(by=getattr(people, role), task=task.id, revision=task.revision, text="Tindak lanjuti")
        assert house.act(opened, act).refusal is None
    bring(house, store, opened, people.analis_sdm, "data 0.xlsx")
    return SimpleNamespace(house=house, people=people, case=opened, store=store, database=house.database)


def contents(database):
    """Everything that an office is: its cases, its trails, its people."""
    with database.read() as session:
        found = cases.all_(session)
        chains = [audit.entries(session, owner) for owner in (None, *(record.id for record in found))]
        return found, chains, members.get(session, 1), named_files(session)


def reopened(place):
    """The services at work in another place, an hour later."""
    return House(
        database=place.database, calendar=a_calendar(), procedures=(a_procedure(SOP),), now=wib("2026-11-02 10:00")
    )


def check_whole(place):
    with place.database.read() as session:
        for owner in (None, *(record.id for record in cases.all_(session))):
            assert audit.verify(session, owner) == ()
        for digest in named_files(session):
            place.store.read(digest)


def is_untouched(place):
    if place.store.folder.exists():
        return False
    if place.database.dialect == "sqlite":
        return {path.name for path in place.folder.iterdir()} <= {"alur.sqlite3.lock"}
    with place.database.read() as session:
        return inspect(session.connection()).get_table_names() == []


def test_a_restored_office_is_the_same_and_its_case_goes_on(at_work, elsewhere, file):
    made = backup(at_work.database, at_work.store, file, at=NOW)
    place = elsewhere()

    done = restore(place.database, place.store, file)

    assert (done.cases, done.faults, made.missing) == (1, (), ())
    assert contents(place.database) == contents(at_work.database)
    assert set(place.store.stored()) == set(at_work.store.stored())
    house = reopened(place)
    by = at_work.people.analis_sdm
    bring(house, place.store, at_work.case, by, "konsep.docx")
    decision = house.act(at_work.case, acts.Upload(by=by, document="konsep_undangan", file=a_file("konsep.docx")))
    assert decision.refusal is None
    task = only_task(house.case(at_work.case))
    assert house.act(at_work.case, acts.Submit(by=by, task=task.id, revision=task.revision)).refusal is None
    assert only_task(house.case(at_work.case)).step == 3
    check_whole(place)


def test_a_restored_trail_is_guarded_as_it_was(at_work, elsewhere, file):
    backup(at_work.database, at_work.store, file, at=NOW)
    place = elsewhere()
    restore(place.database, place.store, file)

    with place.database.read() as session:
        assert guards.missing(session) == ()
        number = audit.tree_size(session).size
    assert number > 0
    for statement in ("DELETE FROM audit", "UPDATE audit SET hash = hash"):
        with pytest.raises(DBAPIError, match="are only ever added"), place.database.write() as session:
            session.connection().execute(text(statement))
    with place.database.write() as session:
        assert audit.append(session, case_id=None, at=NOW, member=None, entry={}).id == number + 1


def test_a_backup_holds_one_moment_and_every_file_of_it_while_others_write(at_work, elsewhere, tmp_path):
    stop, brought = threading.Event(), []

    def write():
        while not stop.is_set():
            bring(
                at_work.house, at_work.store, at_work.case, at_work.people.analis_sdm, f"data {len(brought) + 1}.xlsx"
            )
            brought.append(len(brought))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        archives = [tmp_path / f"{number}.tar.gz" for number in range(3)]
        for archive in archives:
            assert backup(at_work.database, at_work.store, archive, at=NOW).missing == ()
    finally:
        stop.set()
        writer.join()

    assert brought
    for archive in archives[::2]:
        place = elsewhere()
        assert restore(place.database, place.store, archive).faults == ()
        check_whole(place)


def test_what_is_brought_between_the_database_and_the_files_is_not_named_in_the_archive(at_work, elsewhere, file):
    late = []

    def bring_once():
        if not late:
            by = at_work.people.analis_sdm
            late.append(bring(at_work.house, at_work.store, at_work.case, by, "data terlambat.xlsx"))
        return True

    before = contents(at_work.database)
    backup(at_work.database, at_work.store, file, at=NOW, go_on=bring_once)
    place = elsewhere()

    assert restore(place.database, place.store, file).faults == ()
    assert contents(place.database) == before != contents(at_work.database)


def test_files_that_are_gone_or_damaged_are_named_and_all_else_is_kept(at_work, elsewhere, file):
    gone, damaged = at_work.store.put(b"surat.pdf"), at_work.store.put(b"data 0.xlsx")
    at_work.store.path(gone).unlink()
    at_work.store.path(damaged).write_bytes(b"something else")

    made = backup(at_work.database, at_work.store, file, at=NOW)
    place = elsewhere()
    done = restore(place.database, place.store, file)

    assert set(made.missing) == {gone, damaged}
    assert made.files == 0
    assert sorted(done.faults) == sorted(
        f"ip-asn-2026: {FileDamaged(digest, name)}" for digest, name in ((gone, "surat.pdf"), (damaged, "data 0.xlsx"))
    )
    assert contents(place.database) == contents(at_work.database)


def test_a_trail_that_was_altered_before_the_backup_is_restored_and_told(at_work, elsewhere, file):
    with at_work.database.write() as session, unguarded(session):
        session.execute(text("UPDATE audit SET entry = replace(entry, 'Tindak', 'Tunda') WHERE seq = 2"))
    backup(at_work.database, at_work.store, file, at=NOW)
    place = elsewhere()

    found = restore(place.database, place.store, file).faults
    assert found == ("ip-asn-2026, entry 2: altered", "ip-asn-2026: its state is not as its entries tell: tasks")


def test_nothing_but_database_and_files_is_in_it_and_nothing_is_left_beside_it(at_work, file, tmp_path):
    (tmp_path / ".env").write_text("ALUR_BOT_TOKEN=1:secret")
    before = {path.name for path in tmp_path.iterdir()}

    made = backup(at_work.database, at_work.store, file, at=NOW)

    assert {item.name.split("/")[0].split(".")[0] for item in made.members} == {"database", "files"}
    assert {path.name for path in tmp_path.iterdir()} - before == {file.name}


def test_a_backup_is_refused_where_the_name_is_taken_or_the_folder_is_not_there(at_work, file):
    file.write_bytes(b"last year's")

    with pytest.raises(BackupFailed, match="exists already"):
        backup(at_work.database, at_work.store, file, at=NOW)
    with pytest.raises(BackupFailed, match="no folder"):
        backup(at_work.database, at_work.store, file.parent / "nowhere" / "a.tar.gz", at=NOW)

    assert file.read_bytes() == b"last year's"


def test_of_an_empty_database_there_is_no_backup(elsewhere, file):
    place = elsewhere()

    with pytest.raises(BackupFailed, match="the database is empty"):
        backup(place.database, place.store, file, at=NOW)

    assert is_untouched(place)
    assert not file.exists()


def test_a_backup_that_is_given_up_leaves_nothing(at_work, file, tmp_path):
    before = set(tmp_path.iterdir())

    with pytest.raises(BackupFailed, match="given up"):
        backup(at_work.database, at_work.store, file, at=NOW, go_on=lambda: False)

    assert set(tmp_path.iterdir()) == before


@on_sqlite
def test_a_damaged_database_is_not_backed_up(at_work, file):
    place = at_work.database.url.database
    at_work.database.close()
    with open(place, "r+b") as damaged:  # noqa: PTH123 - the name is the database's
        damaged.seek(-4096, os.SEEK_END)
        damaged.write(b"\xff" * 4096)

    with pytest.raises(BackupFailed, match="damaged"):
        backup(at_work.database, at_work.store, file, at=NOW)

    assert not file.exists()


def test_a_restore_wants_an_empty_database(at_work, elsewhere, file):
    backup(at_work.database, at_work.store, file, at=NOW)
    before, place = contents(at_work.database), elsewhere()

    with pytest.raises(RestoreRefused, match="the database is not empty"):
        restore(at_work.database, place.store, file)

    assert contents(at_work.database) == before
    assert is_untouched(place)


def test_a_restore_wants_an_empty_folder(at_work, elsewhere, file):
    backup(at_work.database, at_work.store, file, at=NOW)
    place = elsewhere()
    digest = place.store.put(b"another office's")

    with pytest.raises(RestoreRefused, match="files is not empty"):
        restore(place.database, place.store, file)

    assert list(place.store.stored()) == [digest]
    shutil.rmtree(place.store.folder)
    assert is_untouched(place)


def test_an_archive_that_is_damaged_leaves_the_place_empty(at_work, elsewhere, file):
    backup(at_work.database, at_work.store, file, at=NOW)
    data, place = file.read_bytes(), elsewhere()
    early = len(data) // 4  # the database stands first

    for broken in (data[:early], data[:early] + bytes((data[early] ^ 1,)) + data[early + 1 :]):
        file.write_bytes(broken)
        with pytest.raises(ArchiveDamaged, match="database"):
            restore(place.database, place.store, file)
        assert is_untouched(place)
    with pytest.raises(RestoreRefused, match="there is no file"):
        restore(place.database, place.store, file.with_name("nothing.tar.gz"))


def rewritten(monkeypatch, **changes):
    """Has the archive say something else of itself."""
    check = ArchiveReader.check
    monkeypatch.setattr(ArchiveReader, "check", lambda reader: check(reader).model_copy(update=changes))


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"dialect": "oracle"}, "is of oracle"), ({"revision": "9999", "alur": "9.0"}, r"newer Alur \(9.0\)")],
)
def test_an_archive_that_does_not_fit_is_refused(at_work, elsewhere, file, monkeypatch, changes, why):
    backup(at_work.database, at_work.store, file, at=NOW)
    place = elsewhere()
    rewritten(monkeypatch, **changes)

    with pytest.raises(RestoreRefused, match=why):
        restore(place.database, place.store, file)

    assert is_untouched(place)


def test_an_older_archive_is_brought_to_this_version(elsewhere, file):
    old, place = elsewhere(), elsewhere()
    config = migrations.configuration()
    with old.database.writer.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    assert backup(old.database, old.store, file, at=NOW).revision == "0001"
    assert not is_current(old.database)
    restore(place.database, place.store, file)

    assert is_current(place.database)


def test_a_restore_that_fails_half_way_leaves_the_place_for_another_try(at_work, elsewhere, file, monkeypatch):
    backup(at_work.database, at_work.store, file, at=NOW)
    place = elsewhere()

    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(dumps, "load", fail)
        with pytest.raises(RestoreRefused, match="No space left"):
            restore(place.database, place.store, file)

    assert is_untouched(place)
    assert restore(place.database, place.store, file).faults == ()


@on_sqlite
def test_a_restore_waits_for_no_bot_that_works_on_the_file(at_work, elsewhere, file):
    backup(at_work.database, at_work.store, file, at=NOW)
    place = elsewhere()
    bot = Lead(place.database)
    assert bot.win()

    with pytest.raises(RestoreRefused, match="another process works on"):
        restore(place.database, place.store, file)

    assert is_untouched(place)
    bot.resign()
    assert restore(place.database, place.store, file).cases == 1


@on_sqlite
def test_a_database_that_was_only_looked_into_is_empty_still(at_work, elsewhere, file):
    backup(at_work.database, at_work.store, file, at=NOW)
    place = elsewhere()
    with place.database.write() as session:  # makes the file, and its log beside it
        session.execute(text("SELECT 1"))

    assert restore(place.database, place.store, file).cases == 1
    check_whole(place)


@on_postgresql
def test_the_tables_go_into_the_schema_that_they_were_in(at_work, elsewhere, file):
    backup(at_work.database, at_work.store, file, at=NOW)
    public = elsewhere("public")

    with pytest.raises(RestoreRefused, match=r"of the schema 'test_.*names the schema 'public'"):
        restore(public.database, public.store, file)
    none = elsewhere("none")
    with pytest.raises(RestoreRefused, match="names no schema that exists"):
        restore(none.database, none.store, file)

    assert is_untouched(public)


@on_postgresql
def test_a_dump_that_cannot_be_loaded_whole_leaves_nothing(at_work, elsewhere, file):
    backup(at_work.database, at_work.store, file, at=NOW)
    place = elsewhere()
    with place.database.writer.begin() as connection:
        connection.execute(text("CREATE VIEW timers AS SELECT 1"))  # stands in the way of a table

    with pytest.raises(ToolFailed, match=r'pg_restore: .*"timers" already exists') as failure:
        restore(place.database, place.store, file)

    assert "\n" not in str(failure.value)
    assert is_untouched(place)


@on_postgresql
def test_tables_in_the_usual_schema_are_backed_up_and_restored(elsewhere, file, database_url):
    first, second = elsewhere("public"), elsewhere("public")
    migrate(first.database)
    with first.database.write() as session:
        joined.enrol(session, telegram_id=7_000_000_001, name="Siti", at=NOW)

    backup(first.database, first.store, file, at=NOW)

    assert restore(second.database, second.store, file).faults == ()
    with second.database.write() as session:
        assert members.get(session, 1).name == "Siti"
        following = members.enrol(session, telegram_id=8, name="Budi", sapaan="Bapak", unit=None, at=NOW)
    assert following.id == 2, "the counters go on where they were"


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """A folder that is the only place where programs are looked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def make(name, script):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    return make


@on_postgresql
def test_without_its_tools_there_is_one_clear_sentence(at_work, elsewhere, file, tools):
    with pytest.raises(ToolFailed, match="pg_dump: not found; install PostgreSQL's client programs"):
        backup(at_work.database, at_work.store, file, at=NOW)

    tools("pg_dump", "echo 'pg_dump: error: aborting because of server version mismatch' >&2; exit 1")
    with pytest.raises(ToolFailed, match="pg_dump: is older than the server") as refusal:
        backup(at_work.database, at_work.store, file, at=NOW)

    assert "\n" not in str(refusal.value)
    assert not file.exists()


@on_postgresql
def test_a_password_goes_by_the_environment_and_never_on_the_command_line(at_work, tools, tmp_path):
    said = tmp_path / "said"
    tools("pg_dump", f'echo "$@" > {said}; echo "$PGPASSWORD" >> {said}')
    url = make_url("postgresql://siti:hush%20hush@db.example:6432/office?sslmode=require&options=-csearch_path%3Dx")

    dumps._run("pg_dump", Database(url.render_as_string(hide_password=False)), "--format=custom")

    arguments, password = said.read_text().splitlines()
    assert password == "hush hush"
    assert "hush" not in arguments
    for part in ("host=db.example", "port=6432", "user=siti", "dbname=office", "sslmode=require", "search_path=x"):
        assert part in arguments
