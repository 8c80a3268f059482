"""What delivery cannot do stands in the trail: once, in the chain of its case, and without anybody's words."""

import json
from datetime import timedelta
from functools import partial

import pytest

from alur.services import trouble
from alur.services.people import reach
from alur.services.tell import tell
from alur.storage import audit, cards, inbox, members, outbox
from alur.storage.notices import waiting_for
from alur.storage.outbox import Head
from alur.workflow import notices
from alur.workflow.failures import MOST
from alur.workflow.office.trail import roster_of
from alur.workflow.trail import events_of
from tests import acts
from tests.factories import SOP

HALF = timedelta(seconds=0.5)
FAILURES = {"message_set_aside", "not_reached", "chat_held", "update_set_aside"}


def failures(house, case_id=None):
    """Those of the chain, which is whole."""
    assert house.look(lambda work: audit.verify(work.session, case_id)) == ()
    entries = house.look(lambda work: audit.entries(work.session, case_id))
    return [item.entry for item in entries if item.entry["act"]["act"] in FAILURES]


def not_sent(work, row, error="BadRequest: Budi menulis begini", *, head=None, for_good=True):
    head = head or outbox.head_of(row)
    return trouble.not_sent(work, head=head, what=row, error=error, tries=5, pause=HALF, for_good=for_good)


@pytest.fixture
def card(house, people, opened):
    return house.look(lambda work: cards.of_task(work.session, opened, 1))[0]


def test_a_card_that_is_never_taken_stands_in_its_cases_chain_without_the_errors_words(house, people, opened, card):
    house.transact(not_sent, card)

    (entry,) = failures(house, opened)
    assert entry["act"]["message"] == f"card {card.id}"
    assert (entry["act"]["member"], entry["act"]["task"], entry["act"]["error"]) == (people.sekretaris, 1, "BadRequest")
    assert (entry["events"], entry["update"]) == ([], None)
    assert "Budi" not in json.dumps(entry)
    assert failures(house) == []


def test_what_fails_again_and_again_is_one_entry(house, people, opened, card):
    for number in range(5):
        row = house.look(lambda work: cards.get(work.session, card.id))
        parked = house.transact(partial(not_sent, for_good=False), row)
        assert parked is (number == 4)
    again = house.look(lambda work: cards.get(work.session, card.id))
    assert house.transact(partial(not_sent, for_good=False), again)  # as it was announced once more

    assert len(failures(house, opened)) == 1


def test_a_row_that_cannot_even_be_read_and_one_of_no_case_stand_in_the_offices_chain(house, people, opened, card):
    house.transact(not_sent, None, head=Head(kind=outbox.CARD, id=card.id, failures=0))
    lost = house.enrol("Rudi", "tata_usaha")

    def add(work):
        tell(work, lost, notices.Question(case_id=99, question=1))
        (row,) = waiting_for(work.session, lost.id)
        not_sent(work, row)

    house.transact(add)
    found = failures(house)
    assert [item["act"]["message"].split()[0] for item in found] == ["card", "notice"]
    assert found[1]["act"]["what"] == "question"
    assert failures(house, opened) == []


def test_whoever_is_lost_leaves_his_card_and_his_notices_of_each_case_in_its_chain(house, people, opened):
    member = people.members["sekretaris"]

    def queue(work):
        outbox.drop_member_notices(work.session, member.id, "said already", work.now)
        tell(work, member, notices.Question(case_id=opened, question=1))
        tell(work, member, notices.Directions(case_id=opened, task=1))
        tell(work, member, notices.Help(roles=(), commands=()))

    house.transact(queue)
    house.transact(lambda work: reach.lost(work, telegram_id=member.telegram_id))

    of_case = [entry["act"] for entry in failures(house, opened)]
    assert {"act": "not_reached", "member": member.id, "notices": ["question", "directions"]} in of_case
    assert {"act": "not_reached", "member": member.id, "task": 1, "notices": []} in of_case
    assert len(of_case) == 2
    assert [entry["act"]["notices"] for entry in failures(house)] == [["help"]]
    house.transact(lambda work: reach.lost(work, telegram_id=member.telegram_id))
    assert len(failures(house, opened)) == 2


def test_a_card_that_comes_to_somebody_who_is_lost_stands_in_the_chain_too(house, people, opened):
    lost = people.members["kabag_umum"]
    house.transact(lambda work: reach.lost(work, telegram_id=lost.telegram_id))
    task = house.case(opened).open_tasks[0]
    made = house.act(
        opened, acts.Dispose(by=people.sekretaris, task=task.id, revision=task.revision, ticks=SOP.task(1, 0).preset)
    )
    assert made.refusal is None, made.refusal

    (entry,) = failures(house, opened)
    assert entry["act"]["member"] == lost.id
    assert entry["act"]["task"] == task.id + 1


def test_a_chat_that_waits_and_an_update_that_was_set_aside_stand_in_the_offices_chain(house, people, opened):
    member = people.members["kabag_umum"]
    house.transact(trouble.waits, chat_id=member.telegram_id, until=house.now + timedelta(hours=2))
    house.transact(lambda work: inbox.store(work.session, [(12, '{"message": {}}', member.telegram_id)], at=work.now))
    for _ in range(5):
        house.transact(trouble.failed, update_id=12, sender=member.telegram_id, error="KeyError: 'Budi'", tries=5)

    held, set_aside = failures(house)
    assert (held["act"]["act"], held["act"]["member"]) == ("chat_held", member.id)
    assert set_aside["act"] == {"act": "update_set_aside", "received": 12, "member": member.id, "error": "KeyError"}


def test_a_flood_does_not_fill_a_chain(house, people, opened, card):
    member = people.members["kabag_umum"]

    def fail(work, count):
        for _ in range(count):
            tell(work, member, notices.Help(roles=(), commands=()))
        for row in waiting_for(work.session, member.id):
            if row.template == "help":
                not_sent(work, row)

    house.transact(fail, MOST + 10)
    found = failures(house)
    assert len(found) == MOST
    assert [entry for entry in found if "more" in entry] == [found[-1]]

    house.now += timedelta(days=1)
    house.transact(fail, 1)
    assert len(failures(house)) == MOST + 1


def test_whoever_reads_the_trail_takes_a_failure_as_nothing_that_happened(house, people, opened, card):
    house.transact(not_sent, card)
    house.transact(trouble.waits, chat_id=people.members["kabag_umum"].telegram_id, until=house.now)
    office = house.look(lambda work: work.office())
    entries = house.look(lambda work: audit.entries(work.session, opened))
    (failed,) = [item for item in entries if item.entry["act"]["act"] in FAILURES]
    assert list(events_of(failed.entry, failed.at, office)) == []
    chain = house.look(lambda work: audit.entries(work.session, None))
    acts_alone = [item.entry for item in chain if item.entry["act"]["act"] not in FAILURES]
    assert len(acts_alone) == len(chain) - 1
    assert roster_of(item.entry for item in chain) == roster_of(acts_alone)
    assert house.look(lambda work: members.get(work.session, people.kabag_umum)).reachable
