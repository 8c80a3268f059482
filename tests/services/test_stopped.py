"""A case that stands still, goes on or is called off: who is told once, what is silent meanwhile, what becomes of forms and files,
and that of several people who act at once one wins and the others read who.
"""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from alur.services.cases.perform import perform
from alur.services.clock import agendas, firing, year
from alur.services.incoming import files, forms, presses, texts
from alur.services.incoming.replies import Reply
from alur.services.people.waiting import deliver_tasks
from alur.storage import cards, inlets, messages, sops, timers
from alur.storage import cases as case_rows
from alur.storage import forms as form_rows
from alur.storage.cards import CARDS
from alur.workflow.errors import AlreadyDecided, CaseIsCancelled, CaseIsSuspended
from alur.workflow.files import FileRef
from alur.workflow.presses import On, PressAct, PressSend
from tests import acts
from tests.factories import walked
from tests.papers import mime_of
from tests.workflow.walk import wib

REASON = "Menunggu arahan pimpinan."


@pytest.fixture
def office(house, people):
    """What the people of the house do to its one case."""

    def suspend(by="kabag_umum"):
        return house.act(1, acts.SuspendCase(by=people.members[by].id, reason=REASON))

    def resume(by="kabag_umum"):
        return house.act(1, acts.ResumeCase(by=people.members[by].id))

    def cancel(by="kabag_umum"):
        return house.act(1, acts.CancelCase(by=people.members[by].id, reason=REASON))

    def dispose(by="sekretaris"):
        on = {"task": 1, "revision": 1, "ticks": ("Tindak lanjuti",)}
        return house.act(1, acts.Dispose(by=people.members[by].id, **on))

    def press(by, made, message=9):
        to = {"telegram_id": people.members[by].telegram_id, "message_id": message}
        service = forms.press if isinstance(made, PressSend) else presses.press
        return house.transact(service, press=made, **to)

    def asked(by, rule, reason=REASON):
        """The form of a rule about the whole case, filled in; its *Kirim*."""
        press(by, PressAct(rule=rule, case=1))
        house.transact(texts.text, people.members[by], body=reason, reply=None, message_id=10)
        row = house.look(lambda work: form_rows.open_for(work.session, people.members[by].id))
        return PressSend(form=row.id)

    def put(walk):
        procedure = house.procedures[0]

        def create(work):
            sops.store(work.session, procedure.sop, procedure.hash, at=work.now)
            state = walk.case.model_copy(update={"sop_hash": procedure.hash})
            record = case_rows.create(work.session, state)
            for task in state.tasks:
                for item in work.office().appointments:
                    cards.announce(
                        work.session, case_id=record.id, task=task.id, member_id=item.member, at=work.now, ring=True
                    )
            return record.id

        house.now = walk.at
        return house.transact(create)

    def send(by, name, reply=None):
        file = FileRef(sha256="c" * 64, name=name, size=3, mime=mime_of(name))
        to = {"telegram_id": people.members[by].telegram_id, "message_id": 5}
        house.transact(files.take, file=file, caption="", reply=reply, **to)

    return SimpleNamespace(
        suspend=suspend,
        resume=resume,
        cancel=cancel,
        dispose=dispose,
        press=press,
        asked=asked,
        put=put,
        send=send,
    )


def told(house, template):
    """Whom, in the order of the people."""
    return sorted(row.member_id for row in house.told(template))


def rings(house):
    with house.database.read() as session:
        return [row.ring for row in session.connection().execute(select(CARDS).order_by(CARDS.c.id))]


def test_everybody_concerned_is_told_once_and_nobody_is_rung(house, people, opened, office):
    before = rings(house)
    assert office.suspend().refusal is None
    concerned = sorted((people.sekretaris, people.tata_usaha, people.admin))  # a card, the opener, who may hold it
    assert told(house, "suspended") == concerned
    assert office.resume("sekretaris").refusal is None
    assert told(house, "resumed") == sorted((people.kabag_umum, people.tata_usaha, people.admin))
    assert office.cancel("admin").refusal is None
    assert told(house, "called_off") == sorted((people.sekretaris, people.kabag_umum, people.tata_usaha))
    assert rings(house) == before
    assert len(house.told("role_vacant")) == len(house.told("task_ended")) == 0


async def test_nobody_is_reminded_meanwhile_and_everybody_again_afterwards(house, people, opened, office):
    office.suspend()
    assert house.timers(opened) == ()
    for moment in ("2026-11-03 07:30", "2026-11-03 14:00", "2026-11-09 07:30"):
        house.now = wib(moment)
        await house.tick()
    assert house.sent == []
    office.resume()
    assert house.case(opened).task(1).due == wib("2026-11-10 16:00")
    assert [row.key for row in house.timers(opened)] == ["task:1"]
    house.now = wib("2026-11-10 07:30")
    await house.tick()
    assert {item.member for item in house.sent} == {people.sekretaris}


async def test_what_was_found_before_it_stood_still_is_not_told(house, people, opened, office):
    house.now = wib("2026-11-03 07:30")
    due = house.look(firing.due)
    assert house.transact(firing.fire, {row.id: row.at for row in due}) == 1
    office.suspend()
    house.transact(agendas.queue)
    house.deliver()
    assert house.sent == []


def test_tugas_says_which_tasks_stand_still(house, people, opened, office):
    office.suspend()
    house.transact(deliver_tasks, people.members["sekretaris"])
    assert house.told("tasks")[-1].about == {"count": 1, "suspended": 1}


def test_open_forms_end_and_say_why(house, people, opened, office):
    press = PressAct(rule="dispose", case=1, on=On(task=1, revision=1))
    office.press("sekretaris", press)
    row = house.look(lambda work: form_rows.open_for(work.session, people.sekretaris))
    office.suspend()
    for made in (PressSend(form=row.id), press):
        answer = office.press("sekretaris", made)
        assert answer.values["refusal"] == "CaseIsSuspended"
        assert answer.values["facts"]["by"] == "Dewi"
    assert house.case(opened).open_tasks[0].id == 1


@pytest.mark.parametrize("first", ["suspend", "cancel_case"])
@pytest.mark.parametrize("second", ["suspend", "cancel_case"])
def test_of_two_who_fill_in_a_form_at_once_the_second_reads_who_was_first(house, people, opened, office, first, second):
    one, other = office.asked("kabag_umum", first), office.asked("sekretaris", second)
    assert not office.press("kabag_umum", one).is_refusal
    answer = office.press("sekretaris", other)
    assert answer.values["refusal"] == {"suspend": "CaseIsSuspended", "cancel_case": "CaseIsCancelled"}[first]
    assert answer.values["facts"]["by"] == "Dewi"
    assert house.case(opened).suspension is not None or house.case(opened).cancellation is not None


def test_of_those_who_hold_call_off_and_decide_one_wins_and_the_others_read_who(house, people, opened, office):
    assert office.suspend().refusal is None
    refusal = office.dispose().refusal
    assert (type(refusal), refusal.facts["by"]) == (CaseIsSuspended, "Dewi")
    office.resume()
    assert office.dispose().refusal is None
    refusal = office.dispose().refusal
    assert (type(refusal), refusal.facts["by"]) == (AlreadyDecided, "Hartono")
    assert office.suspend("admin").refusal is None  # the next desk stands still
    assert office.cancel().refusal is None
    for again in (office.cancel, office.suspend, office.resume):
        refusal = again("sekretaris").refusal
        assert (type(refusal), refusal.facts["by"]) == (CaseIsCancelled, "Dewi")


def test_a_held_decision_is_waited_for_and_nothing_typed_is_lost(house, people, opened, office):
    sent = office.asked("kabag_umum", "suspend")
    act = acts.Dispose(by=people.sekretaris, task=1, revision=1, ticks=("Tindak lanjuti",))
    held = house.transact(lambda work: perform(replace(work, undo=timedelta(seconds=20)), opened, act))
    assert held.refusal is None
    assert office.press("kabag_umum", sent).values["refusal"] == "WaitsForDecision"
    house.now += timedelta(seconds=20)
    assert house.act(opened, acts.HandOn(by=0, task=1)).refusal is None
    assert not office.press("kabag_umum", sent).is_refusal
    assert house.case(opened).suspension.reason == REASON


# Called off


def test_its_period_is_free_the_calls_are_right_again_and_the_next_code_counts_on(house, people, office):
    house.now = wib("2026-09-01 09:00")
    house.transact(year.keep_in_step)
    house.now = wib("2026-10-01 07:30")
    house.transact(lambda work: [year.fire(work, row.id, row.at) for row in _of_office(work)])
    called = len(house.told("year"))
    house.open(house.procedures[0], people.tata_usaha)
    office.cancel()
    anew = [row.about.get("code") for row in house.told("year")[called:]]
    assert anew == ["ip-asn-2026"] * called + [None] * called
    number, _ = house.open(house.procedures[0], people.tata_usaha)
    assert house.case(number).code == "ip-asn-2026-2"
    assert house.case(1).code == "ip-asn-2026"


def _of_office(work):
    return timers.of(work.session, None)


def test_files_go_to_the_other_case_of_the_year_and_replies_to_this_one_are_refused(house, people, office):
    office.put(walked(9))
    about = {"case_id": 1, "task": house.case(1).open_tasks[0].id}
    office.cancel()
    assert house.look(lambda work: inlets.finished_letters(work.session, ("analis_sdm",), most=9)) == ()
    again = walked(2).case.model_copy(update={"code": "ip-asn-2026-2"})
    number = office.put(SimpleNamespace(case=again, at=house.now))
    office.send("analis_sdm", "Data capaian.xlsx")
    assert [row.about["case_id"] for row in house.told("file_received")] == [number]
    telegram = people.members["analis_sdm"].telegram_id
    house.transact(lambda work: messages.record(work.session, telegram, 77, about))
    office.send("analis_sdm", "Konsep undangan.docx", Reply(message_id=77, to_bot=True))
    assert [row.about["refusal"] for row in house.told("refused")] == ["CaseIsCancelled"]
    assert len(house.told("file_received")) == 1


def test_a_meeting_to_come_is_taken_out_of_the_calendars_of_those_who_have_it(house, people, office):
    office.put(walked(4))
    office.cancel("sekretaris")
    assert told(house, "meeting_taken_out") == sorted((people.kabag_umum, people.analis_sdm, people.unit_terkait))
    assert len(told(house, "called_off")) == len(people.members) - 1
    assert house.case(1).meeting(4) is None


def test_a_file_for_a_step_that_stands_still_is_to_be_sent_again(house, people, office):
    office.put(walked(9))
    office.suspend()
    office.send("analis_sdm", "Konsep nota dinas laporan.docx")
    assert [row.about["refusal"] for row in house.told("refused")] == ["FileSuspended"]
    office.send("analis_sdm", "Nota dinas rapat bertanda tangan.pdf")
    office.resume()
    office.send("analis_sdm", "Konsep nota dinas laporan.docx")
    documents = [house.case(1).version(row.about["version"]).document for row in house.told("file_received")]
    assert documents[-1] == "konsep_nota_dinas_laporan"
