import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from alur.storage import forms, outbox
from alur.storage.database import is_transient
from tests import probes


@pytest.fixture
def form(database, record, siti, at):
    with database.write() as session:
        return forms.start(
            session, member_id=siti.id, kind="return", case_id=record.id, task=1, revision=3, asking="reason", at=at
        )


@pytest.fixture
def head(database, siti, later):
    def read():
        with database.read() as session:
            return probes.next_in_chat(session, siti.telegram_id, now=later(1440))

    return read


def show(database, row, **changes):
    values = {
        "shown": row.wanted,
        "rung": row.ring,
        "message_id": row.message_id or 100,
        "older": (),
    }
    with database.write() as session:
        outbox.shown_form(session, row, **(values | changes))


def test_a_form_is_open_for_its_member_and_in_its_case(database, form, record, siti, budi, head):
    with database.read() as session:
        assert forms.get(session, form.id) == forms.open_for(session, siti.id) == form
        assert forms.open_in(session, record.id) == (form,)
        assert forms.open_in(session, record.id + 1) == ()
        assert forms.open_for(session, budi.id) is None
    assert (form.revision, form.answers, form.asking, form.chat_id) == (3, {}, "reason", siti.telegram_id)
    assert head() == form


def test_answers_are_kept_and_shown(database, form, head, later):
    show(database, form)
    assert head() is None

    with database.write() as session:
        assert forms.save(session, form.id, answers={"reason": "salah"}, asking=None, at=later(1), ring=True)

    row = head()
    assert (row.answers, row.asking, row.wanted, row.ring, row.queued_at) == ({"reason": "salah"}, None, 2, 2, later(1))
    assert row.message_id == 100


def test_answers_that_come_during_a_delivery_are_shown_too(database, form, head, later):
    with database.write() as session:
        forms.save(session, form.id, answers={"a": 1}, asking="b", at=later(1))

    show(database, form)

    assert (head().wanted, head().shown, head().answers) == (2, 1, {"a": 1})


def test_an_ended_form_is_edited_for_the_last_time(database, form, siti, head, later):
    show(database, form)

    with database.write() as session:
        assert forms.end(session, form.id, at=later(1))
        assert not forms.end(session, form.id, at=later(2))
        assert not forms.save(session, form.id, answers={}, asking=None, at=later(2))
        assert forms.open_for(session, siti.id) is None

    row = head()
    assert (row.id, row.ended_at, row.asking) == (form.id, later(1), None)
    show(database, row)
    assert head() is None


def test_a_new_form_ends_the_one_before(database, form, siti, later):
    with database.write() as session:
        second = forms.start(session, member_id=siti.id, kind="ask", at=later(5))

    with database.read() as session:
        assert forms.open_for(session, siti.id) == second
        assert forms.get(session, form.id).ended_at == later(5)


def test_a_member_cannot_have_two_open_forms(database, form):
    columns = "member_id, kind, answers, wanted, shown, ring, rung, queued_at, older, attempts"
    twin = text(f"INSERT INTO forms ({columns}) SELECT {columns} FROM forms")

    with pytest.raises(IntegrityError) as caught, database.write() as session:
        session.connection().execute(twin)

    assert not is_transient(caught.value)


def test_a_tapped_copy_of_a_form_is_adopted(database, form, head):
    show(database, form)

    with database.write() as session:
        forms.adopt(session, form.id, 77)

    assert head().older == (77,)
