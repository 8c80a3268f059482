"""A step that is opened again, also in an archived case, and a task that is handed to one of two: who is told, and what the rows say."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from alur.services.incoming import files, presses
from alur.services.people import staff, succession, waiting
from alur.storage import appointments, cards, case_roles, cases, entered, forms, inlets, sops, tasks
from alur.workflow.case import Outcome
from alur.workflow.office.persons import Unlink
from alur.workflow.people import AppointmentKind
from alur.workflow.presses import On, PressAct, PressMore
from tests import acts
from tests.factories import BIRO, a_file, walked
from tests.workflow.walk import wib

STEP = 10


@pytest.fixture
def stand(house, people):
    """Puts a case where a walk has come to, with its open cards, as the people of the house have them."""

    def put(walk):
        procedure = house.procedures[0]
        house.now = max(house.now, walk.at)

        def keep(work):
            sops.store(work.session, procedure.sop, procedure.hash, at=work.now)
            number = cases.create(work.session, walk.case.model_copy(update={"sop_hash": procedure.hash})).id
            for task in walk.case.tasks:
                by = getattr(people, task.role)
                cards.announce(work.session, case_id=number, task=task.id, member_id=by, at=work.now, ring=False)
            return number

        return house.transact(keep)

    return put


def told(house, template):
    return sorted(row.member_id for row in house.queued(template))


def rings(house, case_id, task):
    found = house.look(lambda work: cards.of_task(work.session, case_id, task))
    return {row.member_id: row.ring for row in found}


def reopen(house, people, case_id, step=STEP):
    return house.act(case_id, acts.ReopenStep(by=people.admin, step=step, reason="Bukan versi terakhir."))


def test_of_an_archived_case_everybody_hears_once_and_its_rows_say_that_it_runs(house, people, stand):
    number = stand(walked(99))

    def rows(work):
        return SimpleNamespace(
            running=case_roles.running(work.session, ("tata_usaha",), most=5),
            finished=case_roles.finished(work.session, ("tata_usaha",), most=5),
            filed=entered.last_filed(work.session, "ip-asn"),
            letters={item.document for item in inlets.letters_of(work.session, ("analis_sdm",), number)},
            archived=inlets.finished_letters(work.session, ("analis_sdm",), most=5),
            desks=[item.role for item in tasks.desks(work.session, most=5)],
        )

    before = house.look(rows)
    assert (before.running, before.finished, before.filed) == ((), (number,), ("OT.02", "Lemari A-3"))
    assert len(before.archived) == 2

    assert reopen(house, people, number).refusal is None

    after = house.look(rows)
    assert (after.running, after.finished, after.filed) == ((number,), (), None)
    assert (after.letters, after.archived, after.desks) == ({"nota_dinas_rapat"}, (), ["kabag_umum"])
    opened = house.case(number).open_tasks[0]
    # Before whom it lies now reads it on his card; whoever did it, in the answer.
    assert rings(house, number, opened.id) == {people.kabag_umum: 1}
    expected = {people.sekretaris, people.analis_sdm, people.tata_usaha}
    assert told(house, "step_reopened") == sorted(expected)
    assert reopen(house, people, number).refusal.facts["by"] == "Eko Pras"
    assert told(house, "step_reopened") == sorted(expected)

    def decide(kind, by, **values):
        (task,) = house.case(number).open_tasks
        made = house.act(number, kind(by=by, task=task.id, revision=task.revision, **values))
        assert made.refusal is None

    archive = house.case(number).archive
    decide(acts.Approve, people.kabag_umum, text="Tetap berlaku.")
    decide(acts.Direct, people.sekretaris, text="Lanjutkan.")
    decide(acts.Archive, people.tata_usaha, fields=archive)
    again = house.look(rows)
    assert (again.running, again.finished, again.filed) == ((), (number,), before.filed)
    assert len(again.archived) == 2


def test_forms_at_what_is_done_again_end(house, people, stand):
    number = stand(walked(11))
    task = house.case(number).open_tasks[0]
    press = PressAct(rule="direct", case=number, on=On(task=task.id, revision=task.revision))
    leader = people.members["sekretaris"]
    house.transact(presses.press, telegram_id=leader.telegram_id, press=press)
    assert house.look(lambda work: forms.open_for(work.session, leader.id))
    assert reopen(house, people, number).refusal is None
    assert house.look(lambda work: forms.open_for(work.session, leader.id)) is None
    assert house.case(number).task(task.id).closing.outcome is Outcome.REOPENED


def test_of_another_date_of_a_meeting_that_comes_later_those_who_take_part_are_told(house, people, stand):
    number = stand(walked(8).schedule(BIRO, 8))
    assert reopen(house, people, number, step=6).refusal is None
    starts = house.case(number).meeting(8).starts
    act = acts.ScheduleMeeting(by=people.biro_sdm, step=8, starts=starts, place="Aula")
    assert house.act(number, act).refusal is None
    assert told(house, "meeting_moved") == sorted((people.kabag_umum, people.analis_sdm))
    assert told(house, "meeting_taken_out") == sorted((people.kabag_umum, people.analis_sdm))


def test_of_a_date_that_has_passed_already_nobody_is_told_and_no_card_names_the_former_one(house, people, stand):
    number = stand(walked(8).schedule(BIRO, 8))
    assert reopen(house, people, number, step=6).refusal is None
    (held,) = (task.id for task in house.case(number).tasks if task.step == 8)

    def wanted():
        return {row.member_id: row.wanted for row in house.look(lambda work: cards.of_task(work.session, number, held))}

    before, an_hour_ago = wanted(), house.now - timedelta(hours=1)
    act = acts.ScheduleMeeting(by=people.biro_sdm, step=8, starts=an_hour_ago, place="Aula")
    assert house.act(number, act).refusal is None
    assert before
    assert all(wanted()[member] > times for member, times in before.items())
    assert told(house, "meeting_moved") == []


@pytest.fixture
def shared(house, people, stand):
    """Two analysts before one task, each with his card."""
    budi = house.enrol("Budi", "analis_sdm")
    number = stand(walked(5))
    task = house.case(number).open_tasks[0].id
    house.transact(succession.follow)
    house.transact(
        lambda work: cards.announce(work.session, case_id=number, task=task, member_id=budi.id, at=work.now, ring=True)
    )
    return SimpleNamespace(number=number, task=task, budi=budi, rina=people.members["analis_sdm"])


class _Forgetful(dict):
    """The office is read anew each time, as it is outside of these tests."""

    def __setitem__(self, key, value):
        pass


def hand(house, people, shared, to):
    reason = "Sedang dinas luar." if to else ""
    made = house.act(shared.number, acts.AssignTask(by=people.admin, task=shared.task, to=to, reason=reason))
    assert made.refusal is None


def bring(house, member, name):
    """A file without a word, and not in reply to anything."""
    house.transact(
        files.take,
        telegram_id=member.telegram_id,
        message_id=99,
        file=a_file(name, sha256="9" * 64),
        caption="",
        reply=None,
    )


def waits(house, member):
    return house.transact(waiting.has_before_him, member)


def test_a_task_that_is_handed_to_one_waits_for_him_alone(house, people, shared):
    first = rings(house, shared.number, shared.task)
    hand(house, people, shared, shared.budi.id)
    now = rings(house, shared.number, shared.task)
    assert now == first | {shared.budi.id: first[shared.budi.id] + 1}
    assert told(house, "task_assigned") == [shared.rina.id]
    assert waits(house, shared.budi) == ((shared.number, shared.task),)
    assert waits(house, shared.rina) == ()
    more = house.transact(
        presses.press, telegram_id=shared.rina.telegram_id, press=PressMore(case=shared.number, task=shared.task)
    )
    assert more.values["refusal"] == "AssignedToAnother"
    case = house.case(shared.number)
    bring(house, shared.rina, "Konsep nota dinas laporan rapat internal.docx")
    (refused,) = house.queued("refused")
    assert (refused.about["refusal"], refused.about["facts"]["by"]) == ("FileOfAnother", "Budi")
    assert house.case(shared.number) == case
    hand(house, people, shared, None)
    assert waits(house, shared.rina) == ((shared.number, shared.task),)
    assert rings(house, shared.number, shared.task)[shared.rina.id] == now[shared.rina.id] + 1


@pytest.mark.parametrize("how", ["Plh", "unlinked"])
def test_when_he_no_longer_acts_it_is_rung_for_those_who_do_and_is_his_again_afterwards(house, people, shared, how):
    hand(house, people, shared, shared.budi.id)
    before = rings(house, shared.number, shared.task)
    if how == "Plh":

        def appoint(work):
            day = house.now.date()
            plh = {"kind": AppointmentKind.PLH, "order": "9", "starts": day, "ends": day}
            number = appointments.add(work.session, member_id=people.tata_usaha, role="analis_sdm", **plh)
            (made,) = (item for item in appointments.all_(work.session) if item.id == number)
            appointments.save(work.session, made.model_copy(update={"in_place_of": shared.budi.id}))

        house.transact(appoint)
        house.known.clear()
        house.transact(succession.follow)
    else:
        house.known = _Forgetful()
        assert house.transact(staff.act, Unlink(by=people.admin, member=shared.budi.id)).refusal is None
        house.known.clear()
    assert rings(house, shared.number, shared.task)[shared.rina.id] == before[shared.rina.id] + 1
    assert waits(house, shared.rina) == ((shared.number, shared.task),)
    if how == "Plh":
        house.now = wib("2026-12-07 09:00")
        house.known.clear()
        house.transact(succession.follow)
        assert waits(house, shared.rina) == ()
        assert waits(house, shared.budi) == ((shared.number, shared.task),)
