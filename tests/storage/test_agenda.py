"""What is to be told at a moment is kept once, found until it has a notice, and told in its order."""

from datetime import timedelta

import pytest

from alur.storage import agenda, notices, timers
from alur.storage.agenda import Entry, Untold
from alur.storage.timers import Wanted
from alur.workflow.notices import Agenda
from alur.workflow.watched import Thing


@pytest.fixture
def entry(record, siti, later):
    def make(key="task:1", *, minute=10, place=0, due=0, member=siti.id):
        thing, _, task = key.partition(":")
        about = {"case_id": record.id, "task": int(task), "thing": Thing(thing)}
        return Entry(moment=later(minute), member_id=member, place=place, due=due, **about)

    return make


@pytest.fixture
def told(database, siti, at):
    """Queues a notice for a member and moment, and gives it the rows that have none."""

    def tell(found):
        with database.write() as session:
            notice = Agenda(moment=found.moment)
            number = notices.add(session, chat_id=siti.telegram_id, member_id=siti.id, notice=notice, at=at)
            agenda.attach(session, found, number)
        return number

    return tell


def added(database, *entries):
    with database.write() as session:
        agenda.add(session, entries)
        return agenda.untold(session)


def keys(database, notice, *, start=0, most=9):
    with database.read() as session:
        return [f"{row.thing}:{row.task}" for row in agenda.of_notice(session, notice, start=start, most=most)]


def test_what_is_found_twice_stands_once(database, entry, siti, later):
    assert added(database) == ()
    added(database, entry(), entry())

    assert added(database, entry(place=3)) == (Untold(member_id=siti.id, moment=later(10), first=1),)


def test_each_member_and_moment_is_found_once_until_it_has_a_notice(database, entry, told, siti, budi, later):
    found = added(
        database, entry(minute=20), entry(), entry("meeting:1"), entry(member=budi.id), entry(minute=20, member=budi.id)
    )

    assert [(item.moment, item.member_id) for item in found] == [
        (later(10), siti.id),
        (later(10), budi.id),
        (later(20), siti.id),
        (later(20), budi.id),
    ]
    told(found[0])
    assert added(database) == found[1:]
    with database.write() as session:
        assert agenda.is_untold(session)
        agenda.drop(session, found[1])
        assert agenda.untold(session) == found[2:]


def test_what_comes_after_the_notice_belongs_to_another(database, entry, told):
    (first,) = added(database, entry())
    number = told(first)

    (later_on,) = added(database, entry("meeting:1"), entry())

    other = told(later_on)
    assert (keys(database, number), keys(database, other)) == (["task:1"], ["meeting:1"])
    with database.read() as session:
        assert not agenda.is_untold(session)


def test_a_notice_s_rows_come_by_place_and_limit_a_page_at_a_time(database, entry, told):
    rows = [entry("task:1", place=2), entry("task:2", place=1, due=20), entry("task:3", place=1, due=10)]
    (found,) = added(database, *rows)
    number = told(found)

    assert keys(database, number) == ["task:3", "task:2", "task:1"]
    assert [keys(database, number, start=start, most=2) for start in (0, 2, 3)] == [
        ["task:3", "task:2"],
        ["task:1"],
        [],
    ]
    with database.read() as session:
        assert agenda.count_of_notice(session, number) == 3


def test_beside_a_row_stands_what_is_known_of_its_thing_while_there_is_a_timer(database, entry, told, record, later):
    (found,) = added(database, entry("task:1"))
    number = told(found)
    with database.write() as session:
        timers.keep_in_step(session, record.id, {"task:1": Wanted(basis="a", at=later(1))}, at=later(0))
        assert [row.watched for row in agenda.of_notice(session, number, start=0, most=9)] == [None]


def test_what_was_told_long_ago_is_removed(database, entry, told, later):
    (found,) = added(database, entry(minute=10))
    told(found)
    added(database, entry(minute=20))

    with database.write() as session:
        assert agenda.clear(session, later(10)) == 0
        assert agenda.clear(session, later(10) + timedelta(seconds=1)) == 1
        assert [item.moment for item in agenda.untold(session)] == [later(20)]
