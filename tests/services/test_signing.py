"""The job that signs: at closing and at each archiving, told to whom it concerns, with the bundles that follow."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from alur.evidence import checkpoint
from alur.evidence.note import Signer
from alur.services.cases.perform import perform
from alur.services.evidence import signing
from alur.services.evidence.bundle import chat
from alur.services.people import reach
from alur.storage import audit, cases, checkpoints
from alur.workflow.calendar import CalendarNotCovered
from alur.workflow.case import ArchiveFields
from alur.workflow.engine.filing import default_archive
from jobs.checkpoints import AGAIN, Checkpoints
from tests import acts
from tests.factories import SOP, WIB, a_file, only_task
from tests.unguarded import unguarded
from tests.workflow.walk import wib

ONE, OTHER = Signer("alur-audit-0123456789ab", b"k" * 32), Signer("alur-audit-ba9876543210", b"x" * 32)
MEETING = wib("2026-11-12 09:30")


@pytest.fixture
def office(house, people, opened):
    """The house with its job: `run` is one tick of it at that moment."""
    found = SimpleNamespace(house=house, people=people, case=opened, is_kept=True)
    house.transact(signing.begin, ONE)
    found.job = Checkpoints(house, ONE, is_kept=lambda: found.is_kept)

    async def run(at=None):
        house.now = at or house.now
        return await found.job.run(house.now)

    found.run = run
    return found


def signed(house):
    return house.look(lambda work: checkpoints.all_(work.session))


def told(house, template="checkpoint"):
    return [(row.member_id, row.about) for row in house.told(template)]


def archive(office):
    """Goes the short way from where the case stands to the archive."""
    house, people = office.house, office.people

    def do(work, act):
        made = perform(work, office.case, act)
        assert made.refusal is None, (act, made.refusal)

    def walk(work):
        while (task := only_task(cases.get(work.session, office.case).case)) is not None:
            for act in moves(people, cases.get(work.session, office.case).case, task):
                do(work, act)

    house.transact(walk)


def moves(people, case, task):
    by, step, definition = getattr(people, task.role), SOP.step(task.step), SOP.task(task.step, task.index)
    brought = 0
    if task.kind in ("prepare", "convene"):
        held = definition.schedules or (task.step if definition.waits_for else None)
        if held:
            yield acts.ScheduleMeeting(by=by, step=held, starts=MEETING, place="Ruang Rapat")
        for document in step.uploads:
            brought += 1
            yield acts.Upload(by=by, document=document, file=a_file(f"{document}.pdf"))
    on = {"by": by, "task": task.id, "revision": task.revision + brought}
    match task.kind:
        case "dispose":
            yield acts.Dispose(**on, ticks=definition.preset)
        case "prepare":
            yield acts.Submit(**on)
        case "convene":
            yield acts.CloseMeeting(**on)
        case "review":
            yield acts.Approve(**on, ticks=definition.preset)
        case "direct":
            yield acts.Direct(**on, ticks=definition.preset)
        case "archive":
            asked = dict.fromkeys(("letter_number", "classification", "file_number", "location"), "17")
            fields = default_archive(SOP, case, WIB) | asked | {"reason_missing": "Menyusul dari Nadine."}
            yield acts.Archive(**on, fields=ArchiveFields(**fields))


def something(office):
    """Is written: a press that is refused."""
    act = acts.Dispose(by=office.people.kabag_umum, task=1, revision=1, ticks=())
    assert office.house.act(office.case, act).refusal is not None


async def test_a_new_office_signs_at_its_first_closing(house):
    """Its first entry is that of its key."""
    house.transact(signing.begin, ONE)
    job = Checkpoints(house, ONE, is_kept=lambda: True)
    for at in ("09:00", "15:59"):
        house.now = wib(f"2026-11-02 {at}")
        await job.run(house.now)
    assert signed(house) == ()
    house.now = wib("2026-11-02 16:00")
    await job.run(house.now)
    assert [row.size for row in signed(house)] == [1]


async def test_it_signs_once_a_working_day_on_which_something_was_written(office):
    house = office.house
    assert await office.run(wib("2026-11-02 16:00"))
    assert not await office.run(wib("2026-11-02 16:01"))
    assert not await office.run(wib("2026-11-03 16:00"))

    something(office)
    for later in range(2):
        await office.run(wib("2026-11-03 16:30") + timedelta(minutes=later))
        something(office)
    assert len(signed(house)) == 2


async def test_what_is_written_on_a_weekend_is_signed_at_the_next_closing(office):
    await office.run(wib("2026-11-06 16:30"))
    assert len(signed(office.house)) == 1
    office.house.transact(signing.begin, OTHER)
    for at in ("2026-11-07 12:00", "2026-11-08 23:59", "2026-11-09 15:59"):
        assert not await office.run(wib(at))
    assert await office.run(wib("2026-11-09 16:00"))


async def test_every_administrator_who_is_reached_gets_it_without_a_sound_and_it_is_read_back(office):
    house, people = office.house, office.people
    other = house.enrol("Sigit Wibowo", "admin")
    house.transact(lambda work: reach.lost(work, telegram_id=other.telegram_id))
    await office.run(wib("2026-11-02 16:00"))

    (row,) = signed(house)
    assert told(house) == [(people.admin, {"size": row.size})]
    assert [item.silent for item in house.told("checkpoint")] == [True]
    made, by = checkpoint.read(row.note, ONE.verifier, OTHER.verifier)
    assert (made.size, by) == (row.size, ONE.verifier)


async def test_an_archive_is_signed_at_once_and_its_desk_gets_the_bundle(office):
    house, people = office.house, office.people
    house.now = wib("2026-11-20 10:00")
    await office.run()
    archive(office)
    assert await office.run()

    row = signed(house)[-1]
    last = house.look(lambda work: audit.entries(work.session, office.case))[-1]
    assert row.size >= last.id
    assert told(house, "bundle") == [(people.tata_usaha, {"case_id": office.case, "size": row.size})]
    assert [item.silent for item in house.told("bundle")] == [False]
    assert not await office.run()
    assert len(told(house, "bundle")) == 1


async def test_a_refused_tap_and_a_failure_of_delivery_on_an_archived_case_make_neither(office):
    house, people = office.house, office.people
    house.now = wib("2026-11-20 10:00")
    archive(office)
    await office.run()
    count = len(signed(house))
    something(office)
    lost = people.members["sekretaris"]
    house.transact(lambda work: reach.lost(work, telegram_id=lost.telegram_id))
    assert not await office.run()
    assert len(signed(house)) == count

    assert await office.run(wib("2026-11-20 16:30"))  # the day's, which covers them
    assert len(told(house, "bundle")) == 1


async def test_what_is_put_right_after_the_archive_comes_in_one_new_bundle_at_closing_without_a_sound(office):
    house, people = office.house, office.people
    house.now = wib("2026-11-20 10:00")
    archive(office)
    await office.run()
    for place, was in (("Rak 4", "17"), ("Rak 5", "Rak 4")):
        act = acts.Correct(by=people.tata_usaha, what="archive.location", to=place, was=was)
        assert house.act(office.case, act).refusal is None
        assert not await office.run()

    assert await office.run(wib("2026-11-20 16:30"))
    size = signed(house)[-1].size
    again = {"case_id": office.case, "size": size, "is_again": True}
    assert told(house, "bundle")[1:] == [(people.tata_usaha, again)]
    assert [item.silent for item in house.told("bundle")] == [False, True]


async def test_a_case_that_is_opened_again_is_signed_and_sent_when_it_is_archived_again(office):
    house, people = office.house, office.people
    house.now = wib("2026-11-20 10:00")
    archive(office)
    await office.run()
    opened_again = acts.ReopenStep(by=people.admin, step=12, reason="Nomor berkas keliru.")
    assert house.act(office.case, opened_again).refusal is None
    assert not await office.run()
    assert await office.run(wib("2026-11-20 16:30"))
    assert len(told(house, "bundle")) == 1
    house.now = wib("2026-11-23 09:00")
    archive(office)
    assert await office.run()
    assert len(told(house, "bundle")) == 2
    assert told(house, "bundle")[-1][1]["is_again"] is True


async def test_where_nobody_of_the_desk_is_reached_administrators_get_the_bundle(office):
    house, people = office.house, office.people
    clerk = people.members["tata_usaha"]
    archive(office)
    house.transact(lambda work: reach.lost(work, telegram_id=clerk.telegram_id))
    await office.run()
    assert [member for member, _ in told(house, "bundle")] == [people.admin]


async def test_each_part_goes_to_each_holder_in_order(office, monkeypatch):
    house, people = office.house, office.people
    second = house.enrol("Second", "tata_usaha")
    monkeypatch.setattr(chat, "part_names", lambda *_: ("a.zip", "b.zip"))
    archive(office)
    await office.run()
    found = [(member, about.get("part", 0)) for member, about in told(house, "bundle")]
    both = {people.tata_usaha, second.id}
    assert [part for _, part in found] == [0, 0, 1, 1]
    assert {member for member, _ in found[:2]} == {member for member, _ in found[2:]} == both


async def test_a_kill_between_a_checkpoint_and_its_bundle_loses_no_bundle_and_sends_none_twice(office, monkeypatch):
    house = office.house
    archive(office)

    async def dies(_self):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Checkpoints, "_queue_bundles", dies)
        with pytest.raises(KeyboardInterrupt):
            await office.run()
    assert (len(signed(house)), told(house, "bundle")) == (1, [])
    for _ in range(2):
        await Checkpoints(house, ONE, is_kept=lambda: True).run(house.now)
    assert len(told(house, "bundle")) == 1


async def test_a_bundle_that_cannot_be_planned_is_queued_for_whoever_delivers_it_to_tell(office, monkeypatch):
    def fails(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(chat, "part_names", fails)
    archive(office)
    assert await office.run()
    assert len(told(office.house, "bundle")) == 1


async def test_what_was_archived_before_there_was_a_key_is_not_sent(house, people, opened):
    office = SimpleNamespace(house=house, people=people, case=opened)
    archive(office)
    house.now += timedelta(days=1)
    house.transact(signing.begin, ONE)
    await Checkpoints(house, ONE, is_kept=lambda: True).run(house.now)
    assert len(signed(house)) == 1
    assert told(house, "bundle") == []


async def test_another_key_is_told_at_its_start_and_with_its_first_checkpoint_alone(office):
    house, people = office.house, office.people
    await office.run(wib("2026-11-02 16:00"))
    house.transact(signing.begin, ONE)
    assert told(house, "key_changed") == []

    house.transact(signing.begin, OTHER)
    assert told(house, "key_changed") == [(people.admin, {"key": str(OTHER.verifier)})]
    job = Checkpoints(house, OTHER, is_kept=lambda: True)
    for day in ("03", "04"):
        house.now = wib(f"2026-11-{day} 16:00")
        assert await job.run(house.now)
        something(office)
    assert ["has_new_key" in about for _, about in told(house)] == [False, True, False]


async def test_a_key_whose_file_is_gone_signs_on_and_is_told_once_a_day(office):
    house, people = office.house, office.people
    office.is_kept = False
    assert await office.run(wib("2026-11-02 16:00"))
    archive(office)
    assert await office.run(wib("2026-11-02 16:05"))
    assert len(signed(house)) == 2
    assert told(house, "key_gone") == [(people.admin, {})]


async def test_a_broken_trail_is_signed_no_more_and_told_once_a_day(office):
    house, people = office.house, office.people
    await office.run(wib("2026-11-02 16:00"))
    (row,) = signed(house)
    assert office.job.fault is None
    archive(office)
    with house.database.write() as session, unguarded(session):
        was = session.connection().execute(text("SELECT hash FROM audit WHERE id = 1")).scalar_one()
        session.connection().execute(text("UPDATE audit SET hash = :it WHERE id = 1"), {"it": "0" * 64})
    begin = wib("2026-11-02 17:00")
    for passed in (timedelta(0), timedelta(seconds=15), AGAIN, 2 * AGAIN):
        await office.run(begin + passed)
    assert told(house, "trail_broken") == [(people.admin, {"size": row.size})]
    assert str(row.size) in office.job.fault
    assert len(signed(house)) == 1

    await office.run(wib("2026-11-03 09:00"))
    assert len(told(house, "trail_broken")) == 2
    with house.database.write() as session, unguarded(session):
        session.connection().execute(text("UPDATE audit SET hash = :it WHERE id = 1"), {"it": was})
    assert await office.run(wib("2026-11-03 10:00"))
    assert office.job.fault is None
    assert len(signed(house)) == 2


async def test_beyond_the_calendar_no_tick_fails_and_what_is_archived_is_signed(office):
    last = office.house.calendar.last_year
    assert not await office.run(wib(f"{last + 1}-02-01 10:00"))
    with pytest.raises(CalendarNotCovered):
        office.house.calendar.last_closing(office.house.now)
    office.house.transact(lambda work: audit.want_checkpoint(work.session))
    assert await office.run()
