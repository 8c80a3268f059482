import pytest

from alur.storage import cards, forms, members, notices, outbox
from alur.storage.cards import CardRow
from alur.storage.forms import FormRow
from alur.storage.notices import NoticeRow
from alur.workflow.notices import Notice
from tests import probes


class Reminder(Notice):
    template = "reminder"
    audit: int = 0


class Menu(Reminder):
    template = "menu"


class Other(Reminder):
    template = "other"


@pytest.fixture
def announce(database, record, siti, at):
    def card(*, task=1, member=siti, when=at, ring=False):
        with database.write() as session:
            return cards.announce(session, case_id=record.id, task=task, member_id=member.id, at=when, ring=ring)

    return card


@pytest.fixture
def notify(database, siti, at):
    def notice(*, member=siti, when=at, kind=Reminder):
        with database.write() as session:
            return notices.add(
                session,
                chat_id=member.telegram_id,
                member_id=member.id,
                notice=kind(audit=1),
                at=when,
            )

    return notice


@pytest.fixture
def head(database, siti, later):
    """The next row of Siti's chat, a day later."""

    def read(now=None, chat=siti.telegram_id):
        with database.read() as session:
            return probes.next_in_chat(session, chat, now=now or later(1440))

    return read


@pytest.fixture
def due(database, later):
    def chats(now=None, limit=10, busy=()):
        with database.read() as session:
            return outbox.chats_due(session, now=now or later(1440), limit=limit, busy=busy)

    return chats


@pytest.fixture
def deliver(database):
    """Shows a card as it was read."""

    def show(row, **changes):
        values = {
            "shown": row.wanted,
            "rung": row.ring,
            "message_id": row.message_id or 100,
            "files_key": row.files_key,
            "files_sent": row.files_sent,
            "older": (),
        }
        with database.write() as session:
            outbox.shown_card(session, row, **(values | changes))

    return show


def test_nothing_to_send_is_no_chat(due, head, siti):
    assert due() == ()
    assert head() is None


def test_a_notice_is_sent_once(database, notify, head, due, siti, at):
    notice = notify()
    assert due() == (siti.telegram_id,)
    assert head() == NoticeRow(
        id=notice,
        chat_id=siti.telegram_id,
        member_id=siti.id,
        template="reminder",
        about={"audit": 1},
        silent=False,
        queued_at=at,
        not_before=None,
        attempts=0,
    )

    with database.write() as session:
        outbox.sent_notice(session, notice, 55, at)

    assert (due(), head()) == ((), None)


def test_a_card_is_one_row_however_often_it_is_announced(database, announce, record, siti, at, later):
    first = announce(ring=True)
    again = announce(when=later(5))

    with database.read() as session:
        (row,) = cards.of_task(session, record.id, 1)
        assert cards.get(session, first) == row
        assert probes.cards_of(session, siti.id) == (row,)
    assert first == again == row.id
    assert (row.wanted, row.shown, row.ring, row.rung, row.chat_id) == (2, 0, 1, 0, siti.telegram_id)
    assert row.queued_at == at, "it has been waiting since then"


def test_a_shown_card_is_not_due_until_it_is_announced_again(announce, head, due, deliver, later):
    announce(ring=True)
    deliver(head(), message_id=42)
    assert (due(), head()) == ((), None)

    announce(when=later(5))

    row = head()
    assert (row.message_id, row.wanted, row.shown, row.queued_at) == (42, 2, 1, later(5))


def test_what_is_announced_during_a_delivery_is_delivered_too(announce, head, deliver, later):
    announce()
    row = head()
    announce(when=later(1), ring=True)

    deliver(row)

    after = head()
    assert (after.wanted, after.shown, after.ring, after.rung) == (2, 1, 1, 0)


def test_a_copy_that_is_adopted_during_a_delivery_is_still_shrunk(database, announce, head, deliver):
    announce()
    deliver(head(), message_id=1)
    announce(ring=True)
    row = head()
    with database.write() as session:
        cards.adopt(session, row.id, 9)

    deliver(row, message_id=2, older=(1,))

    assert (head().message_id, head().older) == (2, (1, 9))


def test_a_copy_whose_sending_was_uncertain_is_adopted_and_shrunk_when_another_was_sent(
    database, announce, head, deliver
):
    announce()
    row = head()
    with database.write() as session:
        cards.adopt(session, row.id, 8)
    assert head().message_id == 8

    deliver(row, message_id=9)

    assert (head().message_id, head().older) == (9, (8,))


def test_a_copy_that_turns_up_when_all_is_over_is_still_edited(database, announce, head, due, deliver):
    card = announce()
    deliver(head(), message_id=None)  # over before it was ever shown, as far as we know
    assert due() == ()

    with database.write() as session:
        cards.adopt(session, card, 8)

    row = head()
    assert row.message_id == 8
    assert row.wanted > row.shown
    deliver(row)
    assert due() == ()


def test_adopting_a_known_copy_changes_nothing(database, announce, head, due, deliver):
    card = announce()
    deliver(head(), message_id=1)

    with database.write() as session:
        cards.adopt(session, card, 1)
        cards.adopt(session, 99, 1)
    assert due() == ()

    with database.write() as session:
        cards.adopt(session, card, 2)
        cards.adopt(session, card, 2)
    assert head().older == (2,)


def test_the_parts_of_a_post_are_kept(announce, head, deliver):
    announce()
    deliver(head(), shown=0, rung=0, message_id=None, files_key="1,2", files_sent=(10, 11))

    row = head()
    assert (row.files_key, row.files_sent, row.message_id) == ("1,2", (10, 11), None)


def test_a_chat_is_served_in_order_of_queueing(database, announce, notify, head, siti, at, later):
    with database.write() as session:
        forms.start(session, member_id=siti.id, kind="return", at=at)
    announce(when=at)
    notify(when=at)
    early = notify(when=later(-1))

    kinds = []
    for _ in range(4):
        row = head()
        kinds.append((type(row), row.id))
        with database.write() as session:
            outbox.park(session, row, "permanent", at)

    assert kinds[0] == (NoticeRow, early)
    assert [kind for kind, _ in kinds[1:]] == [NoticeRow, CardRow, FormRow]


def test_a_row_that_waits_holds_up_its_chat_and_no_other(database, announce, notify, head, due, siti, budi, later):
    notify()
    announce(when=later(1))
    notify(member=budi, when=later(2))
    with database.write() as session:
        outbox.delay(session, head(), later(60), "429")

    assert due(now=later(59)) == (budi.telegram_id,)
    assert head(now=later(59)) is None
    assert due(now=later(60)) == (siti.telegram_id, budi.telegram_id)
    assert head(now=later(60)).attempts == 1


def test_a_card_that_was_delayed_starts_counting_anew_when_shown(database, announce, head, deliver, later):
    announce()
    with database.write() as session:
        outbox.delay(session, head(), later(1), "502")
    assert (head().attempts, head().error) == (1, "502")

    deliver(head())
    announce()

    assert (head().attempts, head().error, head().not_before) == (0, None, None)


def test_the_chat_that_waited_longest_is_served_first_and_a_busy_one_not_at_all(notify, due, siti, budi, later):
    notify(when=later(2))
    notify(member=budi, when=later(1))

    assert due() == (budi.telegram_id, siti.telegram_id)
    assert due(limit=1) == (budi.telegram_id,)
    assert due(busy=[budi.telegram_id]) == (siti.telegram_id,)


def test_a_parked_card_waits_for_its_next_announcement(database, announce, head, due, at, later):
    announce()
    with database.write() as session:
        outbox.delay(session, head(), at, "502")
        outbox.park(session, head(), "400", at)
    assert due() == ()

    announce(when=later(5))

    row = head()
    assert (row.wanted, row.parked_at, row.error, row.attempts, row.queued_at) == (2, None, None, 0, later(5))


def test_parking_does_not_swallow_what_was_announced_meanwhile(database, announce, head, at):
    announce()
    row = head()
    announce()

    with database.write() as session:
        outbox.park(session, row, "400", at)

    assert head().wanted == 2


def test_cards_of_an_unreachable_member_wait_for_him(database, announce, notify, head, due, siti, at):
    announce()
    notify()
    with database.write() as session:
        forms.start(session, member_id=siti.id, kind="return", at=at)
        members.set_reachable(session, siti.id, False)
        assert outbox.drop_member_notices(session, siti.id, "blocked", at) == 1
    assert (due(), head()) == ((), None)

    with database.write() as session:
        members.set_reachable(session, siti.id, True)

    assert due() == (siti.telegram_id,)
    assert isinstance(head(), CardRow)


def test_a_dropped_notice_is_not_sent(database, notify, due, at):
    notice = notify()

    with database.write() as session:
        outbox.drop_notice(session, notice, "403", at)

    assert due() == ()


def test_the_oldest_unsent_row_says_how_long_people_wait(database, announce, notify, at, later):
    with database.read() as session:
        assert outbox.oldest_unsent(session) is None
    notify(when=later(5))
    announce(when=at)

    with database.read() as session:
        assert outbox.oldest_unsent(session) == at


# PostgreSQL rightly scans tables that are still empty.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["CHATS_DUE", "NEXT_IN_CHAT"])
def test_the_queue_is_read_from_its_indexes(database, at, name):
    values = {"chat": 1} if name == "NEXT_IN_CHAT" else {"now": at, "most": 10, "busy": [1]}
    with database.read() as session:
        connection = session.connection()
        statement = getattr(outbox, name).params(**values)
        compiled = statement.compile(connection, compile_kwargs={"literal_binds": True})
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all())

    assert all(f"ix_{table}_pending" in plan for table in ("notices", "cards", "forms")), plan


def test_the_newest_menu_is_found_for_each_member_and_one_that_was_given_up_does_not_count(database, notify, siti, at):
    notify(kind=Other)
    first, second = notify(kind=Menu), notify(kind=Menu)
    with database.write() as session:
        assert set(notices.newest_menus(session)) == {siti.id}
        session.execute(notices.NOTICES.update().where(notices.NOTICES.c.id == first).values(about={"audit": 2}))
        assert notices.newest_menus(session) == {siti.id: {"audit": 1}}
        outbox.drop_notice(session, second, "unreachable", at)
        assert notices.newest_menus(session) == {siti.id: {"audit": 2}}


# What fails through a fault of our own


@pytest.fixture
def start_form(database, siti, at):
    def form():
        with database.write() as session:
            return forms.start(session, member_id=siti.id, kind="return", at=at)

    return form


def test_every_kind_of_row_counts_its_own_failures_beside_its_attempts_and_begins_anew_when_it_goes_well(
    database, announce, notify, start_form, head, deliver, at, later
):
    for make in (notify, announce, start_form):
        make()
        with database.write() as session:
            outbox.count_failures(session, outbox.head_of(head()), 3, later(1), "KeyError")
        row = head()
        assert (outbox.head_of(row).failures, row.failures, row.attempts, row.not_before) == (3, 3, 0, later(1))
        with database.write() as session:
            if isinstance(row, NoticeRow):
                outbox.sent_notice(session, row.id, 1, at)
            elif isinstance(row, CardRow):
                outbox.shown_card(session, row, shown=1, rung=0, message_id=1, files_key=None, files_sent=(), older=())
                assert cards.get(session, row.id).failures == 0
            else:
                outbox.park(session, row, "KeyError", at, failures=5)


def test_what_failed_five_times_and_is_announced_again_keeps_its_count(database, announce, head, at, later):
    announce()
    with database.write() as session:
        assert outbox.park(session, head(), "KeyError", at, failures=5)
    announce(when=later(5))

    assert (head().failures, head().parked_at) == (5, None)


def test_a_row_that_cannot_be_read_is_known_by_its_head_and_can_be_set_aside(
    database, announce, notify, start_form, siti, at, later
):
    notify(), announce(), start_form()
    names = []
    for _ in range(3):
        with database.write() as session:
            head = outbox.head_of_chat(session, siti.telegram_id, now=later(1440))
            names.append(head.name.split()[0])
            assert outbox.park(session, head, "KeyError", at, failures=5)
    assert names == ["notice", "card", "form"]


def test_a_chat_that_waits_does_not_age_the_outbox_and_is_known_after_a_restart(
    database, announce, notify, siti, budi, at, later
):
    notify(when=at)
    announce(when=later(1))
    notify(member=budi, when=later(2))
    with database.write() as session:
        row = probes.next_in_chat(session, siti.telegram_id, now=later(1440))
        outbox.delay(session, row, later(60), "429")
        assert outbox.oldest_unsent(session) == at
        assert outbox.oldest_unsent(session, without=[siti.telegram_id]) == later(2)
        assert outbox.held_beyond(session, later(59)) == {siti.telegram_id: later(60)}
        assert outbox.held_beyond(session, later(60)) == {}
