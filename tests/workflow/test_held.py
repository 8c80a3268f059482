"""A decision that is held back: what follows when it is handed on is what would have followed at once; one that is withdrawn has
led to nothing. Tried on every decision of two procedures that people at random make.
"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings

from alur.views.course import awaited, leads_on
from alur.workflow import engine
from alur.workflow.apply import replay
from alur.workflow.case import Outcome
from alur.workflow.engine.acts import named, of_act
from alur.workflow.errors import DecisionHeld, FileHeld, HandedOn, NotHolder, TakenBack, WaitsForDecision
from alur.workflow.events import CaseFinished, DecisionReleased, TaskClosed, TaskOpened, VersionAdded, WorkReturned
from alur.workflow.presses import On
from tests import acts
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    KABAG,
    MEMO,
    SEKRETARIS,
    SOP,
    TU,
    Walk,
    a_file,
    an_appointment,
    an_office,
    walked,
)
from tests.factories import PEOPLE as STAFF
from tests.workflow import test_engine_by_random_walks as printed
from tests.workflow import test_memo_by_random_walks as memo

UNDO = timedelta(seconds=20)


def decided_slowly(sop, case, act, at, office, *, now=None):
    """The decision as it is taken at once, when the one that is held back was found to lead to the same."""
    at_once = engine.decide(sop, case, act, at, office, now=now)
    held = engine.decide(sop, case, act, at, office, now=now, undo=UNDO)
    if not of_act(act).is_held_back or at_once.refusal or not any(isinstance(e, TaskClosed) for e in at_once.events):
        assert held == at_once
        return at_once
    (closed,) = held.events
    between = replay(held.events, case)
    task = between.task(closed.task)
    assert task.held.until == (now or at) + UNDO
    assert task.held.at == at
    assert len(between.tasks) == len(case.tasks)
    assert between.versions == case.versions
    assert between.finished_at is None
    due = task.held.until
    handed_on = engine.decide(sop, between, acts.HandOn(by=0, task=task.id), due, office, now=now or at)
    assert handed_on.refusal is None
    assert isinstance(handed_on.events[0], DecisionReleased)
    assert replay(handed_on.events, between) == replay(at_once.events, case)
    again = engine.decide(sop, replay(handed_on.events, between), acts.HandOn(by=0, task=task.id), due, office)
    assert again.events == ()
    withdrawn = engine.decide(sop, between, acts.WithdrawDecision(by=act.by, task=task.id), due, office)
    assert replay(withdrawn.events, between) == case
    return at_once


def slowly(machine, module):
    """The random walk in which every decision is held against the one that is held back."""

    class Slowly(machine):
        def __init__(self):
            module.decide = decided_slowly
            super().__init__()

        def teardown(self):
            module.decide = engine.decide
            super().teardown()

    return Slowly


class SlowMemo(slowly(memo.MemoWalk, memo)):
    pass


class SlowPrint(slowly(printed.RandomWalk, printed)):
    pass


FEW = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestSlowMemo, TestSlowPrint = SlowMemo.TestCase, SlowPrint.TestCase
TestSlowMemo.settings = TestSlowPrint.settings = FEW


class Held:
    """A walk that stands at a decision which is held back."""

    def __init__(self, walk, act):
        self.walk, self.act = walk, act
        self.pressed = walk.at
        self.do(act)

    def do(self, act, *, undo=UNDO):
        walk = self.walk
        made = engine.decide(walk.sop, walk.case, act, walk.at, walk.office, undo=undo)
        assert made.refusal is None, made.refusal
        walk.case = replay(made.events, walk.case)
        return made.events

    def refusal(self, act):
        walk = self.walk
        return engine.decide(walk.sop, walk.case, act, walk.at, walk.office, undo=UNDO).refusal


def approve(walk, by=KABAG):
    task = walk.task_of(by) or walk.case.tasks[-1]
    return acts.Approve(by=by, task=task.id, revision=task.revision)


def at_step_6():
    return walked(6)


def test_a_colleague_reads_that_it_is_recorded_and_about_to_be_handed_on():
    colleague = an_appointment(91, "kabag_umum", "Budi")
    walk = walked(6, office=an_office(people=(*STAFF, colleague)))
    held = Held(walk, approve(walk))
    assert held.refusal(approve(walk, 91).model_copy(update={"task": walk.case.tasks[-1].id})) == DecisionHeld(
        step=6,
        outcome="approved",
        role="kabag_umum",
        appointment="plh",
        by="Dewi Lestari",
        at=walk.at,
        until=walk.at + UNDO,
    )
    assert isinstance(held.refusal(acts.WithdrawDecision(by=91, task=walk.case.tasks[-1].id)), DecisionHeld)


def test_who_withdrew_reads_who_decided_since():
    colleague = an_appointment(91, "kabag_umum", "Budi")
    walk = walked(6, office=an_office(people=(*STAFF, colleague)))
    held = Held(walk, approve(walk))
    number = walk.case.tasks[-1].id
    held.do(acts.WithdrawDecision(by=KABAG, task=number))
    held.do(approve(walk, 91))
    refusal = held.refusal(acts.WithdrawDecision(by=KABAG, task=number))
    assert (type(refusal), refusal.facts["by"]) == (DecisionHeld, "Budi")


def test_a_file_for_what_is_held_is_refused_with_that_reason():
    walk = walked(9).upload(ANALIS, "konsep_nota_dinas_laporan")
    held = Held(walk, acts.Submit(by=ANALIS, task=walk.task.id, revision=walk.task.revision))
    refusal = held.refusal(acts.Upload(by=ANALIS, document="konsep_nota_dinas_laporan", file=a_file("baru.docx")))
    assert (type(refusal), refusal.facts["outcome"]) == (FileHeld, "submitted")
    signed = acts.Upload(by=ANALIS, document="nota_dinas_rapat", file=a_file("ttd.pdf"), signed=True)
    assert held.refusal(signed) is None


def test_what_is_done_about_the_whole_case_waits_and_its_button_stays():
    held = Held(walk := at_step_6(), approve(walk))
    act = acts.CancelCase(by=ADMIN, reason="Salah tahun.")
    assert isinstance(held.refusal(act), WaitsForDecision)
    assert named("cancel_case").offers(walk.s, ADMIN, On())
    assert not named("cancel_case").offers(walk.s, ANALIS, On())


def test_nobody_can_bring_or_take_back_anything_under_a_held_decision():
    held = Held(walk := at_step_6(), approve(walk))
    task = walk.case.tasks[-1]
    for act in (
        acts.Upload(by=ANALIS, document="konsep_nota_dinas_rapat", file=a_file("baru.docx")),
        acts.Ask(by=KABAG, task=task.id, to_role="analis_sdm", text="Apakah sudah lengkap?"),
        acts.Approve(by=KABAG, task=task.id, revision=task.revision),
        acts.ReturnWork(by=KABAG, task=task.id, revision=task.revision - 1, reason="Tidak sesuai."),
    ):
        assert held.refusal(act) is not None, act


def test_a_withdrawn_decision_may_be_taken_anew_and_otherwise():
    held = Held(walk := at_step_6(), approve(walk))
    task = walk.case.tasks[-1]
    held.do(acts.WithdrawDecision(by=KABAG, task=task.id))
    assert held.refusal(acts.WithdrawDecision(by=KABAG, task=task.id)) == TakenBack(step=6)
    assert held.refusal(acts.WithdrawDecision(by=SEKRETARIS, task=task.id)) == NotHolder(role="kabag_umum")
    fresh = walk.case.tasks[-1]
    held.do(acts.ReturnWork(by=KABAG, task=task.id, revision=fresh.revision, reason="Tabel belum sesuai."))
    events = held.do(acts.HandOn(by=0, task=task.id))
    assert [type(item) for item in events] == [DecisionReleased, WorkReturned, TaskOpened]
    assert walk.case.tasks[-1].step == 5


def test_what_is_handed_on_cannot_be_withdrawn():
    held = Held(walk := at_step_6(), approve(walk))
    task, at = walk.case.tasks[-1], walk.at
    events = held.do(acts.HandOn(by=0, task=task.id))
    assert {VersionAdded, TaskOpened} <= {type(item) for item in events}
    assert held.refusal(acts.WithdrawDecision(by=KABAG, task=task.id)) == HandedOn(step=6, at=at)


def test_the_archive_is_held_back_too_and_with_it_the_end():
    walk = walked(12)
    walk.at += timedelta(hours=1)
    probe = walked(12).archive()
    act = acts.Archive(by=TU, task=walk.task.id, revision=walk.task.revision, fields=probe.case.archive)
    held = Held(walk, act)
    assert walk.case.finished_at is None
    assert walk.case.archive is None
    events = held.do(acts.HandOn(by=0, task=act.task))
    assert isinstance(events[-1], CaseFinished)
    assert walk.case.finished_at == held.pressed


def test_a_press_before_closing_counts_for_that_day_though_it_is_handed_on_after_it():
    walk = at_step_6()
    walk.until(walk.at.replace(hour=15, minute=59, second=50))
    task, due = walk.task, walk.at + UNDO
    held = Held(walk, approve(walk))
    walk.at = due
    held.do(acts.HandOn(by=0, task=task.id))
    at_once = at_step_6().until(held.pressed)
    at_once.case = replay(engine.decide(SOP, at_once.case, held.act, held.pressed, at_once.office).events, at_once.case)
    assert walk.case.tasks[-1].due == at_once.case.tasks[-1].due
    assert walk.case.tasks[-1].landed_at == held.pressed
    assert walk.case.task(task.id).closing.at == held.pressed


def test_one_that_is_handed_on_days_later_gives_the_next_desk_its_time_from_then():
    walk = at_step_6()
    task = walk.task
    held = Held(walk, approve(walk))
    walk.at = held.pressed + timedelta(days=4)
    held.do(acts.HandOn(by=0, task=task.id))
    assert walk.case.task(task.id).closing.at == held.pressed
    assert walk.case.tasks[-1].landed_at == walk.at


def test_who_lost_his_post_meanwhile_had_it_when_he_decided():
    walk = at_step_6()
    held = Held(walk, approve(walk))
    without = an_office(people=[item for item in STAFF if item.member != KABAG])
    walk.office = without
    events = held.do(acts.HandOn(by=0, task=walk.case.tasks[-1].id))
    assert TaskOpened in {type(item) for item in events}


def memo_at_its_three():
    """The step of three desks beside each other, each of which must decide."""
    walk = Walk(sop=MEMO, office=an_office()).open(way=1)
    while len(walk.case.open_tasks) < 3:
        task = walk.task
        by = memo.HOLDERS[task.role]
        match task.kind:
            case "dispose":
                walk.dispose(by, ticks=(), text="Tindak lanjuti.")
            case "prepare":
                for document in walk.s.step(task).uploads:
                    walk.upload(by, document)
                walk.submit(by)
            case _:
                pytest.fail(f"the memo begins with {task.kind}")
    return walk


def test_desks_beside_each_other_are_handed_on_one_by_one_and_the_last_one_leads_on():
    walk = memo_at_its_three()
    first, second, third = walk.case.open_tasks
    for task in (first, second, third):
        by = memo.HOLDERS[task.role]
        way = next(iter(walk.s.definition(task).ways), None)
        act = {"by": by, "task": task.id, "revision": walk.case.task(task.id).revision, "way": way and way.to}
        kind = acts.Approve if task.kind == "review" else acts.Direct
        Held(walk, kind(**act, text="Setuju."))
    assert [item.id for item in walk.case.held_tasks] == [first.id, second.id, third.id]
    made = [_handed_on(walk, task) for task in (first, second, third)]
    assert [any(isinstance(item, TaskOpened) for item in events) for events in made] == [False, False, True]
    landed = next(item for item in made[-1] if isinstance(item, TaskOpened))
    assert landed.before == (first.id, second.id, third.id)
    assert not walk.case.held_tasks


def _handed_on(walk, task):
    made = engine.decide(walk.sop, walk.case, acts.HandOn(by=0, task=task.id), walk.at, walk.office)
    assert made.refusal is None
    walk.case = replay(made.events, walk.case)
    return made.events


def test_while_the_last_of_them_is_held_those_before_still_wait_for_it():
    walk = memo_at_its_three()
    tasks = walk.case.open_tasks
    for task in tasks:
        act = {"by": memo.HOLDERS[task.role], "task": task.id, "revision": walk.case.task(task.id).revision}
        kind = acts.Approve if task.kind == "review" else acts.Direct
        Held(walk, kind(**act, text="Setuju."))
        if task is not tasks[-1]:
            _handed_on(walk, task)
    first, last = (walk.case.task(item.id) for item in (tasks[0], tasks[-1]))
    assert awaited(walk.s, first) == (SOP.role(last.role).title,)
    assert not leads_on(walk.s, first) or first.closing.at == last.closing.at
    _handed_on(walk, last)
    assert awaited(walk.s, walk.case.task(first.id)) == ()


def test_what_is_held_beside_counts_as_undecided_though_nothing_is_held_back_any_more():
    """The setting was changed while something was held."""
    walk = memo_at_its_three()
    tasks = walk.case.open_tasks
    for task, undo in zip(tasks, (UNDO, timedelta(0), timedelta(0)), strict=True):
        kind = acts.Approve if task.kind == "review" else acts.Direct
        act = kind(by=memo.HOLDERS[task.role], task=task.id, revision=task.revision, text="Setuju.")
        events = Held.do(_bare(walk), act, undo=undo)
        assert TaskOpened not in {type(item) for item in events}
    assert TaskOpened in {type(item) for item in _handed_on(walk, tasks[0])}


def test_a_held_return_of_one_desk_is_enough_for_those_beside_it():
    walk = memo_at_its_three()
    first, second, _ = walk.case.open_tasks
    by = memo.HOLDERS[first.role]
    back = acts.ReturnWork(by=by, task=first.id, revision=first.revision, reason="Belum sesuai.")
    held = Held(walk, back)
    other = memo.HOLDERS[second.role]
    refusal = held.refusal(acts.Approve(by=other, task=second.id, revision=second.revision, text="Setuju."))
    assert isinstance(refusal, DecisionHeld)
    assert refusal.facts["outcome"] == Outcome.RETURNED
    events = _handed_on(walk, first)
    assert [type(item) for item in events] == [DecisionReleased, WorkReturned, TaskClosed, TaskClosed, TaskOpened]


def test_nothing_is_held_back_where_it_is_not_wished():
    walk = at_step_6()
    events = Held.do(_bare(walk), approve(walk), undo=timedelta(0))
    assert TaskOpened in {type(item) for item in events}
    assert walk.case.held_tasks == ()


def _bare(walk):
    held = Held.__new__(Held)
    held.walk = walk
    return held


@pytest.mark.parametrize("member", [ADMIN, ANALIS, BIRO, SEKRETARIS, TU])
def test_only_its_maker_withdraws_it(member):
    held = Held(walk := at_step_6(), approve(walk))
    assert held.refusal(acts.WithdrawDecision(by=member, task=walk.case.tasks[-1].id)) == NotHolder(role="kabag_umum")
