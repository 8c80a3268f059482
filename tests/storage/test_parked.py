"""What was set aside, as check, health and metrics tell of it."""

from datetime import timedelta

from sqlalchemy import text

from alur.storage import cards, inbox, notices, outbox
from alur.storage.parked import TOLD_FOR, parked
from alur.workflow.notices import FileUnwanted


def aside(database, now):
    with database.read() as session:
        return [(item.kind, item.case, item.at) for item in parked(session, now=now)]


def notify(session, siti, at, **about):
    notice = FileUnwanted(name="surat.pdf", **about)
    return notices.add(session, chat_id=siti.telegram_id, member_id=siti.id, notice=notice, at=at)


def set_aside(session, siti, at, later):
    head = outbox.head_of_chat(session, siti.telegram_id, now=later(1440))
    assert outbox.park(session, head, "KeyError", at, failures=5)


def test_nothing_is_set_aside_at_first(database, at):
    assert aside(database, at) == []


def test_rows_and_updates_are_named_by_kind_and_case_the_oldest_first(database, record, siti, at, later):
    with database.write() as session:
        cards.announce(session, case_id=record.id, task=1, member_id=siti.id, at=at, ring=False)
        set_aside(session, siti, later(3), later)
        notify(session, siti, at, case_id=record.id)
        set_aside(session, siti, later(1), later)
        inbox.store(session, [(7, "{}", 5)], at=at)
        inbox.park(session, 7, "KeyError", later(2))

    code = record.case.code
    assert aside(database, later(5)) == [
        ("notice", code, later(1)),
        ("update", None, later(2)),
        ("card", code, later(3)),
    ]


def test_a_notice_is_told_of_for_a_while_and_a_card_as_long_as_it_stands_aside(database, record, siti, at, later):
    with database.write() as session:
        cards.announce(session, case_id=record.id, task=1, member_id=siti.id, at=at, ring=False)
        set_aside(session, siti, at, later)
        notify(session, siti, at)
        set_aside(session, siti, at, later)

    after = at + TOLD_FOR + timedelta(seconds=1)
    assert [kind for kind, *_ in aside(database, after)] == ["card"]
    with database.write() as session:
        cards.announce(session, case_id=record.id, task=1, member_id=siti.id, at=after, ring=False)
    assert aside(database, after) == []


def test_a_notice_that_cannot_be_read_is_counted_too(database, siti, at, later):
    with database.write() as session:
        notify(session, siti, at)
        session.execute(text("UPDATE notices SET about = '{broken'"))
        set_aside(session, siti, at, later)
    assert aside(database, at) == [("notice", None, at)]


def test_what_is_dropped_for_another_reason_is_not_set_aside(database, siti, at):
    with database.write() as session:
        outbox.drop_notice(session, notify(session, siti, at), "unreachable", at)
    assert aside(database, at) == []


def test_an_update_under_a_key_that_no_database_takes_is_stored_all_the_same(database, at):
    with database.write() as session:
        inbox.store(session, [(1, '{"update_id": 1, "\\ud800\\u0000": {}}', None)], at=at)
        (row,) = inbox.pending(session, 1)
    assert row.kind == "unknown"
