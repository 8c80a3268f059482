"""What waits for one person: few cards at a time, those with the nearest limits first, and none is lost on the way."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from alur.services.incoming import presses, screens
from alur.services.people import enrolment, reach
from alur.services.people.waiting import MOST
from alur.storage import cards, cases, members, outbox, sops
from alur.storage.cards import CARDS
from alur.workflow.office.joining import Invite
from alur.workflow.presses import PressTasksPage
from bot import rendering
from tests.factories import walked
from tests.storage.parsed import parsed

COUNT = 23


@pytest.fixture
def tasks(house, people):
    """Case and task of those that wait for the Kabag by their limits; the last three wait for a meeting. The newest case has
    the nearest limit.
    """
    procedure, found = house.procedures[0], []

    def create(work):
        sops.store(work.session, procedure.sop, procedure.hash, at=work.now)
        for number in range(COUNT):
            walk = walked(6)
            case = walk.case.model_copy(update={"code": f"ip-asn-{number}", "period": str(2100 + number)})
            (task,) = case.open_tasks
            due = None if number < 3 else task.due + timedelta(hours=COUNT - number)
            task = task.model_copy(update={"due": due})
            case = case.model_copy(update={"tasks": (*case.tasks[:-1], task)})
            found.append((cases.create(work.session, case).id, task.id))

    house.transact(create)
    return [*found[:2:-1], *found[:3]]


@pytest.fixture
def kabag(people):
    return people.members["kabag_umum"]


def posted(house, member):
    """Case and task of the cards that are to come at the bottom of his chat; afterwards they have come."""
    with house.database.write() as session:
        found = session.connection().execute(
            select(CARDS.c.case_id, CARDS.c.task).where(CARDS.c.member_id == member.id, CARDS.c.ring > CARDS.c.rung)
        )
        rows = [tuple(row) for row in found]
        session.connection().execute(CARDS.update().values(rung=CARDS.c.ring, shown=CARDS.c.wanted))
    return rows


def said(house, member):
    """The message about his tasks, as it is shown; afterwards it has been sent."""
    screen = house.look(rendering.next_shown, member.telegram_id).content
    house.transact(lambda work: outbox.drop_member_notices(work.session, member.id, "said", work.now))
    return screen


def press(house, member, further):
    answer = house.transact(presses.press_reading, telegram_id=member.telegram_id, press=further, message_id=5)
    assert answer.name == "shown_below"


def further(screen):
    return next((item.press for row in screen.buttons for item in row if item.label == "Berikutnya"), None)


def test_tugas_posts_ten_cards_by_their_limits_and_the_next_ones_by_its_button(house, tasks, kabag):
    with parsed() as found:
        house.transact(screens.tasks, kabag)
        screens_seen, cards_seen = [], []
        while True:
            screens_seen.append(said(house, kabag))
            cards_seen.append(posted(house, kabag))
            if (press_further := further(screens_seen[-1])) is None:
                break
            press(house, kabag, press_further)
    assert found.count == 0
    assert [set(page) for page in cards_seen] == [set(tasks[:10]), set(tasks[10:20]), set(tasks[20:])]
    assert all(len(page) <= MOST for page in cards_seen)
    first, second, last = (screen.text for screen in screens_seen)
    assert f"ada {COUNT} tugas" in first
    assert "kartu ke-1 s.d. ke-10 kami sampaikan di bawah ini" in first
    assert "menekan <b>Berikutnya</b>" in first
    assert "ke-11 s.d. ke-20" in second
    assert "ke-21 s.d. ke-23" in last
    assert "Berikutnya" not in last


def test_what_is_decided_meanwhile_makes_no_task_be_passed_over(house, tasks, kabag):
    house.transact(screens.tasks, kabag)
    button = further(said(house, kabag))
    posted(house, kabag)
    for case_id, task in (tasks[0], tasks[4], tasks[9]):  # also the one that the button names
        house.transact(close, case_id, task)
    press(house, kabag, button)
    assert set(posted(house, kabag)) == set(tasks[10:20])
    assert "ada 20 tugas" in (text := said(house, kabag).text)
    assert "ke-8 s.d. ke-17" in text


def close(work, case_id, task):
    record = cases.lock(work.session, case_id)
    tasks = [item for item in record.case.tasks if item.id != task]
    cases.save(work.session, record, record.case.model_copy(update={"tasks": tuple(tasks)}))


@pytest.mark.parametrize("place", [{"due": None, "case": 999_999, "task": 1}, {"due": 99_999_999_999}])
def test_behind_the_last_it_begins_anew(house, tasks, kabag, place):
    """The first is forged; behind the second only those are that wait for a meeting."""
    press(house, kabag, PressTasksPage(**{"case": 1, "task": 1} | place))
    expected = tasks[:10] if place["due"] is None else tasks[-3:]
    assert set(posted(house, kabag)) == set(expected)


def test_of_few_tasks_all_are_posted_without_a_word_about_pages(house, people, tasks, kabag):
    for case_id, task in tasks[MOST:]:
        house.transact(close, case_id, task)
    house.transact(screens.tasks, kabag)
    screen = said(house, kabag)
    assert screen.text == "Ibu, ada 10 tugas yang menunggu. Kartunya kami sampaikan di bawah ini."
    assert screen.buttons == ()
    assert set(posted(house, kabag)) == set(tasks[:MOST])


def test_somebody_new_is_welcomed_with_ten_cards_and_the_button_of_the_next(house, tasks, people):
    invitation = Invite(role="kabag_umum", name="Budi", sapaan="Bapak", also=True)
    code = house.transact(enrolment.invite, invitation)
    house.known.clear()
    with parsed() as found:
        assert house.transact(enrolment.enrol, telegram_id=7_000_000_099, code=code)
    assert found.count == 0
    with house.database.read() as session:
        budi = members.by_telegram_id(session, 7_000_000_099)
    house.known.clear()
    assert set(posted(house, budi)) == set(tasks[:MOST])
    (row,) = [row for row in house.queued("tasks") if row.member_id == budi.id]
    assert (row.about["count"], row.about["posted"]) == (COUNT, MOST)
    assert [item.member_id for item in house.queued("welcome")] == [budi.id]


def test_whoever_returns_gets_the_nearest_anew_and_whatever_was_announced_meanwhile(house, tasks, kabag):
    missed = tasks[-1]
    house.transact(lost, kabag)
    house.transact(announce, kabag, missed)
    house.come_back(kabag.id)
    assert set(posted(house, kabag)) == {*tasks[:MOST], missed}
    assert [row.about["count"] for row in house.queued("tasks") if row.member_id == kabag.id] == [COUNT]


def test_of_whoever_is_lost_every_open_task_is_told_also_where_its_card_was_never_posted(house, tasks, people, kabag):
    house.transact(screens.tasks, kabag)
    with parsed() as found:
        house.transact(lost, kabag)
    assert found.count == 0
    told = [row for row in house.queued("hand_over") if row.member_id == people.tata_usaha]
    assert sorted((row.about["case_id"], row.about["task"]) for row in told) == sorted(tasks)


def lost(work, member):
    reach.lost(work, telegram_id=member.telegram_id)


def announce(work, member, place):
    case_id, task = place
    cards.announce(work.session, case_id=case_id, task=task, member_id=member.id, at=work.now, ring=True)
