"""*Buka Kembali Langkah*: every step at every moment of two procedures, and the case brought to its end once more."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from alur.workflow.apply import replay
from alur.workflow.case import Outcome
from alur.workflow.engine.acts.reopen_step import reopenable
from alur.workflow.engine.acts.schedule_meeting import ScheduleRule
from alur.workflow.engine.filing import archive_fields, default_archive
from alur.workflow.engine.meetings import standing_ahead
from alur.workflow.engine.papers import missing_documents
from alur.workflow.engine.standing import Standing, people_at
from alur.workflow.errors import (
    AlreadyDecided,
    DecisionHeld,
    NoLongerStands,
    NoteMissing,
    NotHolder,
    OwnDraft,
    ReasonMissing,
    Unknown,
)
from alur.workflow.events import EVENTS, StepReopened, TaskClosed, TaskOpened
from alur.workflow.presses import On
from tests import acts
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    JOKO,
    KABAG,
    MEMO,
    SARI,
    SEKRETARIS,
    SOP,
    TU,
    WIB,
    Walk,
    an_office,
    walked,
)

END = (len(SOP.steps) + 1, 0)
DESKS = [(step.number, index) for step in SOP.steps for index in range(len(step.tasks))]


def parafs(walk):
    return walk.upload(ANALIS, "konsep").submit().approve(TU).approve(BIRO).approve(KABAG)


def directed(walk):
    return parafs(walk).approve(BIRO).approve(SEKRETARIS, way=6).dispose(KABAG, way=7)


MEMOS = {  # the steps that may be opened again there, and the walk
    "drafting": ((), lambda w: w),
    "three together": ((2,), lambda w: w.upload(ANALIS, "konsep").submit()),
    "one of three has decided": ((2, 3), lambda w: w.upload(ANALIS, "konsep").submit().approve(TU)),
    "sent back": ((), lambda w: w.upload(ANALIS, "konsep").submit().approve(TU).send_back(BIRO)),
    "one of two": ((2, 3), parafs),
    "signing": ((2, 3, 4), lambda w: parafs(w).approve(BIRO)),
    "two give directions": ((2, 3, 4, 5, 6), directed),
    "one has given directions": ((2, 3, 4, 5, 6, 7), lambda w: directed(w).direct(KABAG)),
    "straight to the archive": ((2, 3, 4, 5), lambda w: parafs(w).approve(BIRO).approve(SEKRETARIS, way=8)),
    "finished": ((2, 3, 4, 5, 8), lambda w: parafs(w).approve(BIRO).approve(SEKRETARIS, way=8).archive()),
}


def reopened(walk, step, **values):
    walk = replace(walk, trail=[])
    before = walk.case
    walk.reopen(step, **values)
    events = EVENTS.validate_python(walk.trail[-1][1]["events"])  # as the trail keeps them
    assert replay(events, before) == walk.case
    return walk, events


def go_on(walk, *, most=60):
    """Brings the case to its end: what is missing is brought, and words are added everywhere."""
    while (task := walk.task) is not None:
        most -= 1
        assert most
        by = next(item.member for item in walk.s.holders(task))
        if task.kind in ("prepare", "convene"):
            scheduled = walk.s.definition(task).schedules or (task.step if task.kind == "convene" else None)
            if scheduled and walk.case.meeting(scheduled) is None:
                walk.schedule(by, scheduled)
            for document in missing_documents(walk.s, task):
                walk.upload(by, document)
        way = max((item.to for item in walk.s.definition(task).ways), default=None)
        match task.kind:
            case "dispose":
                walk.dispose(by, way=way)
            case "prepare":
                walk.submit(by, note="Tetap sama.")
            case "convene":
                walk.meet(by)
            case "review":
                walk.approve(by, text="Tetap berlaku.", way=way)
            case "direct":
                walk.direct(by, way=way)
            case "archive":
                walk.archive(by)
    return walk


def check(walk, may):
    """Each step of the procedure: opened again where it may be, refused elsewhere; and on to the end from there."""
    assert reopenable(walk.s) == may
    was = walk.case
    for step in range(len(walk.sop.steps) + 2):
        act = acts.ReopenStep(by=ADMIN, step=step, reason="Salah tekan.")
        if step not in may:
            assert isinstance(walk.refusal(act), Unknown | NoLongerStands)
            continue
        now, events = reopened(walk, step)
        back, opened = now.case.returns[-1], now.case.open_tasks
        assert back.is_outside
        assert {type(event) for event in events} <= {TaskClosed, StepReopened, TaskOpened}
        assert now.case.finished_at is None
        assert {task.step for task in opened} == {step}
        assert len(opened) == (len(walk.sop.step(step).tasks) if walk.sop.step(step).together else 1)
        assert all(task.returns == (back.id,) for task in opened)
        assert all(task.round == was.round(step).number + 1 for task in opened)
        assert all(task.due is None or task.due > now.at for task in opened)
        closed = [now.case.task(task.id).closing for task in was.open_tasks]
        assert {item.outcome for item in closed} <= {Outcome.REOPENED}
        for version in was.versions:
            if version.source is not None and version == was.newest(version.document):
                assert (now.case.standing(version.document) is None) == (version.step >= step)
        again = now.refusal(act)
        assert isinstance(again, NoLongerStands)
        assert (again.facts["by"], again.facts["at"]) == ("Eko", back.at)
        end = go_on(now)
        assert end.case.finished_at is not None
        assert all(end.case.standing(item.id) for item in end.sop.documents if item.numbered and step > 1)


@cache
def at(step, index):
    return walked(step, index)


@pytest.mark.parametrize("desk", [*DESKS, END], ids=str)
def test_of_the_printed_procedure_whatever_was_decided_can_be_opened_again(desk):
    step, index = desk
    check(at(*desk), tuple(range(1, step + (index > 0))))


@pytest.mark.parametrize("name", MEMOS)
def test_of_one_whose_desks_decide_together_and_choose_ways_what_was_decided_and_stands(name):
    may, play = MEMOS[name]
    check(play(Walk(office=an_office(), sop=MEMO).open(way=2)), may)


@pytest.mark.parametrize("step", [7, 10, 11])
def test_what_was_returned_before_stands_no_longer_and_reasons_are_read_with_what_follows(step):
    walk = walked(10).send_back(KABAG) if step == 10 else walked(7).send_back(SEKRETARIS)
    refusal = walk.refusal(acts.ReopenStep(by=ADMIN, step=step, reason="Salah tekan."))
    assert isinstance(refusal, Unknown)  # its own decision was the return
    again = walked(99).reopen(10).send_back(KABAG)
    assert [again.case.returns[number - 1].is_outside for number in again.task.returns] == [False, True]


def test_a_review_that_is_done_again_on_the_same_papers_says_why_in_a_note_and_may_bring_others():
    walk = walked(99).reopen(10)
    task = walk.task
    bare = acts.Approve(by=KABAG, task=task.id, revision=task.revision)
    assert isinstance(walk.refusal(bare), NoteMissing)
    walk.upload(KABAG, "konsep_nota_dinas_laporan")
    task = walk.task
    assert walk.refusal(acts.Approve(by=KABAG, task=task.id, revision=task.revision)) is None


def test_nobody_decides_over_his_own_draft_in_a_step_that_is_done_again():
    walk = walked(99).reopen(10)
    own = replace(walk, office=an_office(people=(*(p for p in walk.office.appointments if p.member != KABAG), rina())))
    task = own.task
    act = acts.Approve(by=ANALIS, task=task.id, revision=task.revision, text="Tetap berlaku.")
    assert isinstance(own.refusal(act), OwnDraft)


def rina():
    return an_office().appointments[2].model_copy(update={"role": "kabag_umum"})


def test_a_held_decision_is_not_overtaken_nor_anything_by_whoever_may_not():
    walk = walked(6).holding(timedelta(seconds=20)).approve(KABAG)
    assert isinstance(walk.refusal(acts.ReopenStep(by=ADMIN, step=5, reason="Salah tekan.")), DecisionHeld)
    for by in (TU, ANALIS, SARI, BIRO):
        assert isinstance(at(7, 0).refusal(acts.ReopenStep(by=by, step=5, reason="Salah tekan.")), NotHolder)
    assert at(7, 0).refusal(acts.ReopenStep(by=SEKRETARIS, step=5, reason="Salah tekan.")) is None
    assert isinstance(at(7, 0).refusal(acts.ReopenStep(by=ADMIN, step=5, reason=" - ")), ReasonMissing)


def test_an_older_button_says_who_opened_which_step_again():
    walk = at(12, 0)
    old = walk.case.tasks
    now, _ = reopened(walk, 10)
    for task in (item for item in old if item.step >= 10):
        act = acts.Approve if task.kind == "review" else acts.Direct if task.kind == "direct" else None
        by = {"review": KABAG, "direct": SEKRETARIS}.get(task.kind)
        if act is not None:
            refusal = now.refusal(act(by=by, task=task.id, revision=task.revision))
            assert isinstance(refusal, AlreadyDecided)
            assert (refusal.facts["step"], refusal.facts["outcome"], refusal.facts["by"]) == (10, "reopened", "Eko")


def invited(walk):
    return {item.member for found, item in people_at(walk.s, walk.task) if found is Standing.PARTICIPANT}


def test_guests_are_asked_again_only_to_a_meeting_that_is_still_to_come():
    before = walked(5)
    assert invited(replace(before, trail=[]).reopen(4)) == {SARI, JOKO}
    over = replace(before, trail=[]).until(before.case.meeting(4).starts + timedelta(days=1)).reopen(4)
    assert invited(over) == set()
    refusal = over.refusal(acts.AnswerInvitation(by=SARI, task=over.task.id, attendance="present"))
    assert (type(refusal), refusal.facts["outcome"]) == (AlreadyDecided, "met")
    anew = acts.ScheduleMeeting(by=KABAG, step=4, starts=over.at + timedelta(days=3), place="Aula")
    assert invited(over.do(anew)) == {SARI, JOKO}


def test_an_archive_that_was_filed_before_is_offered_as_it_was():
    walk = walked(99)
    entered = walk.case.archive
    walk.reopen(12)
    offered = {field.name: [option.value for option in field.options] for field in archive_fields(walk.s)}
    for name in ("letter_number", "classification", "file_number", "location"):
        assert getattr(entered, name) in offered[name]
    assert default_archive(walk.sop, walk.case, WIB)["description"] == entered.description


def test_a_meeting_to_come_stands_as_dated_though_its_step_comes_later_and_whoever_dated_it_may_change_it():
    walk = walked(8).schedule(BIRO, 8).reopen(6)
    dated = walk.case.meeting(8)
    assert standing_ahead(walk.s, 8) == dated
    on = On(task=dated.during[0][0])  # an older card's button
    assert ScheduleRule().label(walk.s, on) == "reschedule"
    assert ScheduleRule().offers(walk.s, BIRO, on)
    assert not ScheduleRule().offers(walk.s, SARI, on)
    assert standing_ahead(walk.schedule(BIRO, 8, place="Aula").s, 8).place == "Aula"
    assert replace(walk, trail=[]).cancel().case.meeting(8) is None
    walk.approve(KABAG, text="Tetap.").approve(SEKRETARIS)
    assert (walk.task.step, walk.case.meeting(8).place, standing_ahead(walk.s, 8)) == (8, "Aula", None)
