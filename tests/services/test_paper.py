"""What was decided on paper, through the services: who hears of it and when, and what the clock and open forms make of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alur.services.cases import held
from alur.services.cases.perform import perform
from alur.services.incoming import presses
from alur.services.incoming.form_rows import end_of, over
from alur.storage import cases, forms
from alur.storage.notices import NOTICES
from alur.workflow import notices
from alur.workflow.engine.paper import Signer
from alur.workflow.errors import AlreadyDecided, NotHolder
from alur.workflow.presses import On, PressAct
from tests import acts
from tests.factories import a_file

UNDO = timedelta(seconds=20)


def on_paper(house, people, case_id, *, by=None, undo=timedelta(0)):
    """The first disposition, recorded from a sheet of the first day."""
    act = acts.RecordPaper(
        by=by or people.tata_usaha,
        task=1,
        revision=house.case(case_id).task(1).revision,
        inner=acts.Dispose(by=0, task=1, revision=1, text="Tindak lanjuti."),
        signer=Signer(name="Prof. Baskoro"),
        dated=date(2026, 11, 2),
        sheet=a_file("lembar.pdf"),
        is_sure=True,
    )
    return house.transact(lambda work: perform(replace(work, undo=undo), case_id, act))


def told(house, template):
    """To whom notices of that kind were told, in order."""
    rows = house.look(lambda work: work.session.connection().execute(NOTICES.select().order_by(NOTICES.c.id)).all())
    return [row.member_id for row in rows if row.template == template]


PAPER, RECEIPT = notices.PaperRecorded.template, notices.Recorded.template


def test_the_holder_is_told_once_the_recorder_has_a_receipt_and_open_forms_end(house, people, opened):
    (task,) = house.case(opened).open_tasks
    press = PressAct(rule="dispose", case=opened, on=On(task=task.id, revision=task.revision))
    telegram_id = people.members["sekretaris"].telegram_id
    house.transact(presses.press, telegram_id=telegram_id, press=press)
    row = house.look(lambda work: forms.open_for(work.session, people.sekretaris))
    assert on_paper(house, people, opened).refusal is None
    assert told(house, PAPER) == [people.sekretaris]
    assert told(house, RECEIPT) == [people.tata_usaha]
    ended = house.look(lambda work: forms.get(work.session, row.id))
    assert end_of(ended) == "overtaken"
    assert isinstance(over(ended, house.case(opened)), AlreadyDecided)
    assert house.transact(presses.press, telegram_id=telegram_id, press=press).values["refusal"] == "AlreadyDecided"
    assert isinstance(on_paper(house, people, opened).refusal, AlreadyDecided)


def test_while_it_is_held_nobody_but_its_recorder_hears_of_it(house, people, opened):
    assert on_paper(house, people, opened, undo=UNDO).refusal is None
    assert (told(house, PAPER), told(house, RECEIPT)) == ([], [people.tata_usaha])
    task = house.case(opened).held_tasks[0]
    assert house.act(opened, acts.WithdrawDecision(by=people.tata_usaha, task=task.id)).refusal is None
    assert on_paper(house, people, opened, undo=UNDO).refusal is None
    assert told(house, PAPER) == []
    house.now += UNDO + timedelta(seconds=1)
    (due,) = house.look(held.due)
    assert house.transact(held.hand_on, due)
    assert told(house, PAPER) == [people.sekretaris]
    assert [item.file.name for item in house.case(opened).versions if item.sheet_of] == ["lembar.pdf"]


def test_one_that_is_recorded_late_was_on_time_and_the_clock_waits_for_the_next_desk_alone(house, people, opened):
    (task,) = house.case(opened).open_tasks
    house.now = task.due + timedelta(days=2)
    assert on_paper(house, people, opened).refusal is None
    case = house.case(opened)
    assert case.task(task.id).closing.at <= task.due < case.open_tasks[0].due
    assert {row.key for row in house.timers(opened)} == {f"task:{case.open_tasks[0].id}"}


@pytest.mark.parametrize("role", ["admin", "sekretaris", "analis_sdm"])
def test_others_record_nothing(house, people, opened, role):
    refusal = on_paper(house, people, opened, by=people.members[role].id).refusal
    assert refusal == NotHolder(role="tata_usaha")
    assert house.look(lambda work: cases.get(work.session, opened).case.open_tasks[0].id) == 1
