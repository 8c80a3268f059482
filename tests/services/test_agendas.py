"""The messages of a tick: whole whatever falls over, and made from no more cases than they name."""

import json
import random
from itertools import islice

import pytest
from sqlalchemy import insert, select, update

from alur.services.clock import agendas, firing
from alur.storage import agenda, members, outbox
from alur.storage.agenda import AGENDA
from alur.storage.cases import CASES
from alur.storage.timers import TIMERS
from alur.workflow.engine import Situation
from alur.workflow.watched import watched
from bot import rendering
from jobs.due_timers import fire_due_timers
from jobs.tidy import clear_old_bodies
from tests import acts
from tests.factories import SOP, only_task
from tests.services.house import a_procedure
from tests.services.lives import Life
from tests.workflow.walk import wib

FINISHED = 200
DUE = "2026-11-03 07:30"


class Killed(BaseException):
    """The process is gone: nothing of ours catches it."""


@pytest.fixture
def many(house, people):
    """Twenty-five cases, all due on the Sekretaris' desk on Tuesday."""
    return [house.open(a_procedure(SOP, number), people.tata_usaha)[0] for number in range(25)]


@pytest.fixture
def finished(house, opened):
    """Two hundred finished cases beside the open one."""

    def fill(work):
        connection = work.session.connection()
        row = dict(connection.execute(select(CASES)).mappings().one())
        for number in range(FINISHED):
            code, ended = f"ip-asn-old-{number}", "2026-10-30T10:00:00Z"
            state = json.loads(row["state"]) | {"code": code, "finished_at": ended}
            for task in state["tasks"]:
                task["closing"] = {"outcome": "disposed", "by": state["opened_by"], "at": ended}
            values = {"id": 100 + number, "code": code, "period": code, "state": json.dumps(state)}
            connection.execute(insert(CASES), {**row, **values, "finished_at": house.now})

    house.transact(fill)


def dispose(house, case_id, by):
    task = only_task(house.case(case_id))
    act = acts.Dispose(by=by, task=task.id, revision=task.revision, text="Tindak lanjuti.")
    assert house.act(case_id, act).refusal is None


def drop_the_rest(house):
    """What else waits in the chats is gone, so that an agenda is what delivery sends next."""

    def drop(work):
        connection = work.session.connection()
        rest = update(outbox.NOTICES).where(outbox.NOTICES.c.template != "agenda")
        connection.execute(rest.values(dropped_at=work.now))
        connection.execute(update(outbox.CARDS).values(shown=outbox.CARDS.c.wanted, rung=outbox.CARDS.c.ring))

    house.transact(drop)


def shown(house):
    """The text of the next message; None where it has nothing to say any more."""
    drop_the_rest(house)
    row = house.queued()[0]
    content = house.look(rendering.next_shown, row.chat_id).content
    house.transact(house._settled, row, content is not None)
    return content and content.text


def rows(house):
    with house.database.read() as session:
        found = session.connection().execute(select(AGENDA).order_by(AGENDA.c.id))
        return [(row.member_id, row.case_id, row.task, row.notice_id) for row in found]


# --- What is read


async def test_a_tick_reads_no_case_and_its_message_those_that_it_names(house, people, opened, finished, read):
    house.open(a_procedure(SOP, 1), people.tata_usaha)
    house.now = wib(DUE)
    read.clear()
    await fire_due_timers(house)
    assert read == []

    assert shown(house).count("• ") == 2
    assert len(read) == len(set(read)) == 2


async def test_a_message_names_the_most_urgent_and_says_how_many_more_there_are(house, people, many, read):
    house.now = wib(DUE)
    read.clear()
    await fire_due_timers(house)

    said = shown(house)

    assert len(house.queued()) == 0
    assert "Masih ada 5 hal lainnya; seluruhnya dapat dibuka dengan /tugas." in said
    assert sorted(read) == many[: agendas.MOST]


async def test_what_was_done_meanwhile_is_neither_read_nor_named_and_gives_its_place_to_the_others(
    house, people, many, read
):
    house.now = wib(DUE)
    await fire_due_timers(house)
    for number in many[:22]:
        dispose(house, number, people.sekretaris)
    read.clear()

    said = shown(house)

    assert said.count("• ") == 3
    assert "lainnya" not in said
    assert sorted(read) == many[22:]


async def test_a_message_of_which_nothing_is_left_reads_nothing(house, people, many, read):
    house.now = wib(DUE)
    await fire_due_timers(house)
    for number in many:
        dispose(house, number, people.sekretaris)
    read.clear()

    assert shown(house) is None
    assert read == []


async def test_the_overdue_come_before_what_is_due_and_reports_last(house, people):
    late, _ = house.open(a_procedure(SOP, 1), people.tata_usaha)
    house.now = wib("2026-11-03 09:00")
    for number in range(2, 4):
        house.open(a_procedure(SOP, number), people.tata_usaha)
    house.now = wib("2026-11-04 07:30")
    await fire_due_timers(house)

    said = next(text for text in iter(lambda: shown(house), None) if "Jatuh tempo hari ini" in text)
    assert said.index("Melewati batas waktu") < said.index("Jatuh tempo hari ini")
    assert late


# --- Several open tasks


@pytest.fixture
def together(people):
    """The SOP with a first step at which both desks dispose at once."""
    step = SOP.step(1).model_copy(update={"together": "all"})
    return a_procedure(SOP.model_copy(update={"steps": (step, *SOP.steps[1:])}), 1)


async def test_every_open_task_of_a_case_is_reminded_of_to_its_own_desk(house, people, together, read):
    case_id, _ = house.open(together, people.tata_usaha)
    first, second = house.case(case_id).open_tasks
    house.now = wib(DUE)
    await fire_due_timers(house)
    assert rows(house) == [
        (people.sekretaris, case_id, first.id, house.queued()[0].id),
        (people.kabag_umum, case_id, second.id, house.queued()[1].id),
    ]
    house.act(
        case_id, acts.Dispose(by=people.sekretaris, task=first.id, revision=first.revision, text="Tindak lanjuti.")
    )
    read.clear()
    house.deliver()

    assert [(item.member, [line.task for _, line in item.lines]) for item in house.sent] == [
        (people.kabag_umum, [second.id])
    ]


async def test_of_two_open_tasks_a_desk_s_report_and_its_own_make_one_message(house, people, together, read):
    """On the first overdue day each of the two is the other's superior: the case is read once for both."""
    house.open(together, people.tata_usaha)
    await at(house, DUE)
    await at(house, "2026-11-03 14:00")
    house.now = wib("2026-11-04 07:30")
    await fire_due_timers(house)
    read.clear()

    said = shown(house)

    assert said.count("• ") == 2
    assert len(read) == 1


async def at(house, moment):
    house.now = wib(moment)
    return await house.tick()


# --- What falls over


def killed_after(patch, owner, name, times):
    """The process dies when that is called once more than so often."""
    real, calls = getattr(owner, name), []

    def mortal(*args, **values):
        if len(calls) == times:
            raise Killed
        calls.append(1)
        return real(*args, **values)

    patch.setattr(owner, name, mortal)


@pytest.mark.parametrize("batches", range(4))
async def test_a_kill_between_batches_loses_none_and_doubles_none(house, people, many, monkeypatch, batches):
    house.now = wib(DUE)
    monkeypatch.setattr(firing, "BATCH", 7)
    with monkeypatch.context() as patch:
        killed_after(patch, firing, "fire", batches)
        with pytest.raises(Killed):
            await fire_due_timers(house)
    assert house.queued() == []
    assert len(rows(house)) == 7 * batches

    await house.tick()
    await house.tick()

    assert [(item.member, sorted(case for case, _ in item.lines)) for item in house.sent] == [(people.sekretaris, many)]
    assert len(rows(house)) == 25


@pytest.mark.parametrize("where", [(agendas, "queue"), (agenda, "attach")])
async def test_a_kill_before_the_messages_are_queued_leaves_them_to_the_next_tick(
    house, people, many, monkeypatch, where
):
    house.now = wib(DUE)
    with monkeypatch.context() as patch:
        killed_after(patch, *where, 0)
        with pytest.raises(Killed):
            await fire_due_timers(house)
    assert (house.queued(), len(rows(house))) == ([], 25)

    fired = await fire_due_timers(house)
    assert (fired.timers, fired.messages) == (0, 1)
    assert (await fire_due_timers(house)).messages == 0
    house.deliver()

    assert [(item.member, len(item.lines)) for item in house.sent] == [(people.sekretaris, 25)]


async def test_what_a_killed_tick_left_in_the_evening_is_told_at_the_opening_as_far_as_it_still_matters(
    house, people, many, monkeypatch
):
    house.now = wib("2026-11-03 14:00")
    with monkeypatch.context() as patch:
        killed_after(patch, agendas, "queue", 0)
        with pytest.raises(Killed):
            await fire_due_timers(house)

    assert await at(house, "2026-11-03 17:00") == 0
    assert house.queued() == []
    await at(house, "2026-11-04 07:30")

    assert {f"{item.moment:%a %d %H:%M}" for item in house.sent} == {"Wed 04 07:30"}


async def test_what_comes_after_the_message_was_queued_makes_another(house, people, many, monkeypatch):
    house.now = wib(DUE)
    bad = house.timers(many[3])[0].id
    house.transact(
        lambda work: work.session.connection().execute(
            update(TIMERS).where(TIMERS.c.id == bad).values(watched="[half of it")
        )
    )

    assert (await fire_due_timers(house)).timers == 24
    house.deliver()
    assert house.timers_due() == [bad]
    s = house.look(lambda work: house.situation(work, many[3]))
    house.transact(
        lambda work: work.session.connection().execute(
            update(TIMERS).where(TIMERS.c.id == bad).values(watched=watched(s, only_task(s.case)).model_dump_json())
        )
    )
    await house.tick()
    await house.tick()

    assert [sorted(case for case, _ in item.lines) for item in house.sent] == [
        [number for number in many if number != many[3]],
        [many[3]],
    ]


async def test_nobody_who_cannot_be_reached_is_told_later_what_was_found_meanwhile(house, people, opened):
    house.transact(lambda work: members.set_reachable(work.session, people.sekretaris, reachable=False))
    await at(house, DUE)

    house.transact(lambda work: members.set_reachable(work.session, people.sekretaris, reachable=True))
    await at(house, "2026-11-03 07:45")

    assert (house.sent, house.queued(), rows(house)) == ([], [], [])


async def test_what_was_told_a_month_ago_is_cleared_away(house, people, opened):
    await at(house, DUE)
    house.now = wib("2026-12-03 07:30")
    await clear_old_bodies(house)
    assert len(rows(house)) == 1

    house.now = wib("2026-12-03 07:31")
    await clear_old_bodies(house)
    assert rows(house) == []


# --- What stands beside a timer is what the case says


def test_whatever_people_do_what_the_clock_knows_is_what_the_case_says(house, people, database):
    second = house.enrol("Joko S", "unit_terkait", unit="Direktorat Teknik")
    units = [people.unit_terkait, second.id]
    known = {role: getattr(people, role) for role in people.members} | {"units": units}
    start, checked, kinds = house.now, 0, set()
    for seed in range(8):
        house.now = start
        case_id, _ = house.open(a_procedure(SOP, seed), people.tata_usaha)
        life = Life(random.Random(seed), known, house.case(case_id))
        for when, act in islice(life.moves(), 60):
            house.now = max(house.now, when)
            assert house.act(case_id, act).refusal is None
            life.case, life.until = house.case(case_id), house.now
            s = house.look(lambda work, number=case_id: house.situation(work, number))
            wanted = {key: watched(s, task) for task in s.case.open_tasks for key in watched(s, task).timers.values()}
            stored = {row.key: row.watched for row in house.timers(case_id)}
            assert stored == {key: wanted[key] for key in stored}
            assert isinstance(s, Situation)
            kinds |= {(item.is_owed, item.meeting is not None, item.due is None) for item in stored.values()}
            kinds |= {"absent" for item in stored.values() if item.meeting and item.meeting.absent}
            kinds |= {"cancelled" for item in stored.values() if item.meeting and item.meeting.cancelled_at}
            checked += len(stored)
    assert checked > 100
    assert {"absent", "cancelled", (True, True, False), (False, True, False), (True, False, False)} <= kinds
