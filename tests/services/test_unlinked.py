"""What stood in the chat of a phone that is unlinked: whatever can still be pressed there loses its buttons."""

import pytest

from alur.services.incoming import forms, presses
from alur.services.people import staff
from alur.storage import cards, messages, outbox
from alur.storage import forms as form_rows
from alur.workflow.office.persons import Unlink
from alur.workflow.presses import On, PressAct, PressCancel
from tests import acts

ON_CARD, ON_FORM, BEFORE = 7, 8, 6


@pytest.fixture
def leader(people):
    return people.members["sekretaris"]


@pytest.fixture
def card(house, opened, leader):
    """Shows his card as it is now; which it is."""

    def show():
        def shown(work):
            (row,) = (item for item in cards.of_task(work.session, 1, 1) if item.member_id == leader.id)
            kept = {"message_id": ON_CARD, "files_key": None, "files_sent": (), "older": ()}
            outbox.shown_card(work.session, row, shown=row.wanted, rung=row.ring, **kept)

        house.transact(shown)

    return show


@pytest.fixture
def form(house, opened, leader):
    """A form of his that he has before him; with an older copy, which is gone."""
    press = PressAct(rule="dispose", case=1, on=On(task=1, revision=1))
    house.transact(presses.press, telegram_id=leader.telegram_id, press=press)

    def shown(work):
        row = form_rows.open_for(work.session, leader.id)
        outbox.shown_form(work.session, row, shown=row.wanted, rung=row.ring, message_id=ON_FORM, older=())
        for message_id in (BEFORE, ON_FORM):
            messages.record(work.session, leader.telegram_id, message_id, {"form": row.id})
        return row.id

    return house.transact(shown)


@pytest.fixture
def told(house, people, leader):
    """Unlinks his phone; the messages that say so."""

    def unlink():
        assert house.transact(staff.act, Unlink(by=people.admin, member=leader.id)).refusal is None
        return [row.about["on"] for row in house.queued("phone_unlinked")]

    return unlink


def dispose(house, leader):
    assert house.act(1, acts.Dispose(by=leader.id, task=1, revision=1, ticks=("Tindak lanjuti",))).refusal is None


def test_a_card_that_is_open_loses_its_buttons(card, told):
    card()
    assert told() == [ON_CARD]


def test_one_that_was_closed_does_too_where_its_message_does_not_say_so_yet(house, leader, card, told):
    card()
    dispose(house, leader)
    assert told() == [ON_CARD]


def test_one_that_says_so_stays_as_it_was_written(house, leader, card, told):
    dispose(house, leader)
    card()
    assert told() == []


def test_a_card_that_is_sent_meanwhile_is_none_of_the_messages_that_are_his(house, leader, opened, told):
    def card(work):
        return next(item for item in cards.of_task(work.session, 1, 1) if item.member_id == leader.id)

    row = house.look(card)
    told()
    left = house.look(card)
    kept = {"message_id": ON_CARD, "files_key": None, "files_sent": (), "older": ()}
    assert not house.transact(
        lambda work: outbox.shown_card(work.session, row, shown=row.wanted, rung=row.ring, **kept)
    )
    assert house.look(card) == left


def test_a_form_that_he_has_left_goes_though_its_message_had_not_gone_yet(house, leader, form, told):
    house.transact(forms.cancel, telegram_id=leader.telegram_id)
    assert told() == [ON_FORM]


@pytest.mark.parametrize(("pressed", "older"), [(BEFORE, (BEFORE,)), (ON_FORM, ())])
def test_a_press_on_an_older_copy_of_a_form_has_it_go_once_more(house, leader, form, pressed, older):
    press = PressCancel(form=form)
    house.transact(forms.press, telegram_id=leader.telegram_id, press=press, message_id=pressed)
    assert house.look(lambda work: form_rows.get(work.session, form)).older == older
