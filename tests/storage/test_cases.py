from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from alur.storage import cases, sops, tasks, versions
from alur.storage.database import Database
from alur.storage.errors import CaseMoved, SopMissing, UnknownShape


def waiting(session, *roles):
    return [(item.case_id, item.task) for item in tasks.waiting_for(session, roles)]


def test_an_sop_comes_back_as_it_was(database, sop, at):
    with database.write() as session:
        sops.store(session, sop, "hash-sop", at)
        sops.store(session, sop, "hash-sop", at)
    sops._read.clear()

    with database.read() as session:
        assert sops.get(session, "hash-sop") == sop


def test_an_sop_is_read_once(database, sop, at):
    with database.write() as session:
        sops.store(session, sop, "hash-once", at)
        first = sops.get(session, "hash-once")

        assert sops.get(session, "hash-once") is first


def test_an_sop_that_was_never_stored_is_named(database):
    with pytest.raises(SopMissing, match="no-such"), database.read() as session:
        sops.get(session, "no-such")


def test_a_case_is_found_in_every_way(database, record):
    with database.write() as session:
        assert cases.get(session, record.id) == record
        assert cases.lock(session, record.id) == record
        assert cases.by_code(session, "ip-asn-2026") == record
        assert cases.unfinished_after(session, 0, 1000) == cases.all_(session) == (record,)


def test_a_case_that_does_not_exist_is_none(database, record):
    with database.read() as session:
        assert cases.get(session, 99) is None
        assert cases.by_code(session, "ip-asn-2031") is None


def test_it_is_known_of_the_asked_periods_alone_which_have_their_case(database, record, new_case):
    with database.write() as session:
        second = cases.create(session, new_case("2027"))

        both = cases.taken(session, sops=["ip-asn", "other"], periods=["2027", "2026", "2031"])
        assert [(item.id, item.code, item.sop, item.period) for item in both] == [
            (record.id, "ip-asn-2026", "ip-asn", "2026"),
            (second.id, "ip-asn-2027", "ip-asn", "2027"),
        ]
        assert cases.taken(session, sops=["ip-asn"], periods=["2027"]) == both[1:]
        assert cases.taken(session, sops=["other"], periods=["2026"]) == ()
        assert cases.taken(session, sops=["ip-asn"], periods=[]) == ()
        assert cases.known_periods(session, {"2031", "2027"}) == {"2027"}


def test_a_period_is_opened_once(database, record, new_case):
    twin = new_case().model_copy(update={"code": "another"})

    with pytest.raises(IntegrityError), database.write() as session:
        cases.create(session, twin)


def test_a_case_needs_its_sop(database, new_case):
    with pytest.raises(IntegrityError), database.write() as session:
        cases.create(session, new_case())


def test_a_saved_case_has_the_next_revision(database, record, moved_on):
    case = moved_on(record.case)

    with database.write() as session:
        saved = cases.save(session, record, case)

    with database.read() as session:
        assert cases.get(session, record.id) == saved
    assert (saved.case, saved.revision) == (case, 2)


def test_a_case_that_moved_is_not_saved_over(database, record, moved_on):
    case = moved_on(record.case)
    with database.write() as session:
        cases.save(session, record, case)

    with pytest.raises(CaseMoved), database.write() as session:
        cases.save(session, record, case)


def test_a_finished_case_is_no_longer_unfinished(database, record, at):
    with database.write() as session:
        saved = cases.save(session, record, record.case.model_copy(update={"finished_at": at}))

        assert cases.unfinished_after(session, 0, 1000) == ()
        assert cases.all_(session) == (saved,)


def test_a_case_of_a_later_shape_is_refused(database, record):
    with database.write() as session:
        session.connection().execute(text("UPDATE cases SET shape = 3"))

    with pytest.raises(UnknownShape, match="ip-asn-2026"), database.read() as session:
        cases.get(session, record.id)


def test_open_tasks_follow_the_case(database, record, moved_on):
    with database.write() as session:
        assert waiting(session, "sekretaris") == [(record.id, 1)]

        cases.save(session, record, moved_on(record.case))

        assert waiting(session, "sekretaris") == []
        assert waiting(session, "sekretaris", "kabag_umum") == [(record.id, 2)]
        assert waiting(session) == []


def test_a_new_deadline_reaches_the_open_task(database, record, later):
    task = record.case.tasks[0].model_copy(update={"due": later(60)})
    with database.write() as session:
        cases.save(session, record, record.case.model_copy(update={"tasks": (task,)}))
        due = session.connection().execute(tasks.TASKS.select()).one().due

    assert due == later(60)


def test_open_tasks_are_ordered_by_when_they_landed(database, record, new_case, moved_on):
    with database.write() as session:
        second = cases.create(session, new_case("2027"))
        cases.save(session, record, moved_on(record.case, role="sekretaris"))

        assert waiting(session, "sekretaris") == [(second.id, 1), (record.id, 2)]


def test_versions_stay_also_where_they_were_withdrawn(database, record, new_case, later):
    upload = record.case.versions[0].model_copy(update={"id": 2, "number": 2, "at": later(1)})
    withdrawn = record.case.versions[0].model_copy(update={"withdrawn": True})
    with database.write() as session:
        second = cases.create(session, new_case("2027"))
        cases.save(session, record, record.case.model_copy(update={"versions": (withdrawn, upload)}))

        rows = session.connection().execute(versions.VERSIONS.select()).all()
    assert {(row.case_id, row.version) for row in rows} == {(record.id, 1), (record.id, 2), (second.id, 1)}
    assert {row.sha256 for row in rows} == {"a" * 64}


def test_eighty_concurrent_changes_of_a_case_lose_none(database, database_url, record):
    other = Database(database_url)

    def change(number):
        with (database, other)[number % 2].write() as session:
            current = cases.lock(session, record.id)
            nadine = (*current.case.nadine, (f"nota-{number}", "1"))
            cases.save(session, current, current.case.model_copy(update={"nadine": nadine}))

    with ThreadPoolExecutor(max_workers=20) as pool:
        list(pool.map(change, range(80)))
    other.close()

    with database.read() as session:
        after = cases.get(session, record.id)
    assert len(after.case.nadine) == 80
    assert after.revision == 81
