"""What an outage of the receiver is, and what it has posted anew; on both databases."""

from datetime import timedelta

import pytest

from alur.services.clock.outage import post_anew, received
from alur.services.incoming import copies
from alur.services.incoming.copies import Copy
from alur.storage import cards, forms, messages, outbox
from alur.workflow.forms import Field, Form, begun
from alur.workflow.people import Office
from tests import acts
from tests.factories import only_task

MACHINE = timedelta(days=400)  # the machine's clock goes its own way


@pytest.fixture
def heard(house):
    """Receives so many seconds after the last time, by the machine's clock."""
    moments = [house.now - MACHINE]

    def after(seconds):
        moments.append(moments[-1] + timedelta(seconds=seconds))
        return house.transact(received, moments[-1])

    house.transact(received, moments[0])
    return after


@pytest.fixture
def shown(house, opened, people):
    """Every card of the case as delivered, under a number of its own."""

    def deliver():
        for index, row in enumerate(every(house, opened)):
            if row.ring > row.rung or row.message_id is None:
                values = {"shown": row.wanted, "rung": row.ring, "message_id": 100 * row.ring + index}
                house.transact(
                    lambda work, row=row, values=values: outbox.shown_card(
                        work.session, row, older=row.older, files_key=None, files_sent=(), **values
                    )
                )

    deliver()
    return deliver


def every(house, case_id):
    task = only_task(house.case(case_id))
    return house.look(lambda work: cards.of_task(work.session, case_id, task.id))


def ringing(house, case_id):
    return [row for row in every(house, case_id) if row.ring > row.rung]


def test_the_first_reception_ever_ends_no_outage(house, opened):
    assert not house.transact(received, house.now)
    assert house.transact(post_anew) == 0


@pytest.mark.parametrize(("seconds", "is_outage"), [(0, False), (25, False), (120, False), (121, True), (-90, False)])
def test_an_outage_is_longer_than_two_minutes(house, opened, shown, heard, seconds, is_outage):
    assert heard(seconds) is is_outage
    assert house.transact(post_anew) == (1 if is_outage else 0)


def test_many_short_silences_are_none(house, heard):
    assert not any(heard(19) for _ in range(50))


def test_the_offices_own_clock_says_nothing_of_an_outage(house, opened, shown, heard):
    house.now += timedelta(days=30)
    assert not heard(25)
    assert house.transact(post_anew) == 0


def test_the_card_rings_once_and_asks_to_press_again(house, opened, shown, heard):
    heard(300)
    assert house.transact(post_anew) == 1
    assert house.transact(post_anew) == 0
    (card,) = ringing(house, opened)
    assert card.ring == card.rung + 1
    assert card.outage_at is not None


def test_a_second_outage_before_the_delivery_of_the_first_posts_nothing_more(house, opened, shown, heard):
    heard(300)
    house.transact(post_anew)
    heard(300)
    assert house.transact(post_anew) == 0
    shown()
    heard(300)
    assert house.transact(post_anew) == 1


def test_a_card_that_was_never_shown_needs_no_second_post(house, opened, heard):
    heard(300)
    assert house.transact(post_anew) == 0


def test_what_was_decided_meanwhile_is_not_posted_and_neither_is_what_followed(house, opened, people, shown, heard):
    heard(300)
    task = only_task(house.case(opened))
    act = acts.Dispose(by=people.sekretaris, task=task.id, revision=task.revision, text="Agar ditindaklanjuti.")
    assert house.act(opened, act).refusal is None
    shown()
    assert house.transact(post_anew) == 0


def test_whose_press_still_came_is_not_asked_for_it_again(house, opened, people, shown, heard):
    heard(300)
    (card,) = every(house, opened)
    house.transact(pressed, people.members["sekretaris"], card)
    assert house.transact(post_anew) == 0


def pressed(work, member, card):
    messages.record(work.session, card.chat_id, card.message_id, {"case_id": card.case_id, "task": card.task})
    copy = Copy(case_id=card.case_id, task=card.task, revision=0, message_id=card.message_id)
    assert copies.used(work, member, copy) is None


def test_a_ring_for_another_reason_no_longer_asks(house, opened, people, shown, heard):
    heard(300)
    house.transact(post_anew)
    (card,) = every(house, opened)

    def announce(work, ring):
        who = {"case_id": opened, "task": card.task, "member_id": card.member_id}
        cards.announce(work.session, at=work.now, ring=ring, **who)

    house.transact(announce, ring=False)
    assert every(house, opened)[0].outage_at is not None
    house.transact(announce, ring=True)
    assert every(house, opened)[0].outage_at is None


def test_a_holder_who_is_none_any_more_is_not_asked(house, opened, shown, heard, monkeypatch):
    monkeypatch.setattr(Office, "roles", lambda _office, _member, _at: ())
    heard(300)
    assert house.transact(post_anew) == 0


@pytest.mark.parametrize(("asking", "count"), [(None, 1), ("text#1", 0)])
def test_an_open_form_that_waits_for_a_tap_is_posted_too(house, people, heard, asking, count):
    form = begun(Form(kind="cancel_meeting", fields=(Field(name="text", kind="text", on_demand=True),)))

    def shown_form(work):
        answers = {"form": form.model_dump(mode="json"), "how": None}
        row = forms.start(
            work.session, member_id=people.sekretaris, kind="x", at=work.now, answers=answers, asking=asking
        )
        counters = {"shown": row.wanted, "rung": row.ring, "message_id": 7, "older": ()}
        outbox.shown_form(work.session, row, **counters)

    house.transact(shown_form)
    heard(300)
    assert house.transact(post_anew) == count
