"""Whatever people do, in whatever order: a case whose desks decide together and choose ways keeps its promises too, and comes to
its end.
"""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from alur.workflow.apply import replay
from alur.workflow.case import ArchiveFields, Case, Outcome
from alur.workflow.engine import decide
from alur.workflow.engine.filing import default_archive
from alur.workflow.events import EVENTS
from tests import acts
from tests.factories import ADMIN, ANALIS, BIRO, KABAG, MEMO, SEKRETARIS, TU, WIB, Walk, a_file, an_office

OFFICE = an_office()
HOLDERS = {
    "sekretaris": SEKRETARIS,
    "kabag_umum": KABAG,
    "analis_sdm": ANALIS,
    "biro_sdm": BIRO,
    "tata_usaha": TU,
}
people = st.sampled_from((SEKRETARIS, KABAG, ANALIS, BIRO, TU, ADMIN, 99))
pauses = st.sampled_from((timedelta(minutes=5), timedelta(hours=3), timedelta(days=2)))
ways = st.sampled_from((None, None, 3, 6, 7, 8))
which = st.integers(0, 2)  # of the open tasks; now and then one that there is not
DECIDING = {
    "dispose": acts.Dispose,
    "prepare": acts.Submit,
    "review": acts.Approve,
    "direct": acts.Direct,
}


class MemoWalk(RuleBasedStateMachine):
    @initialize(way=st.sampled_from((1, 2)))
    def opens(self, way):
        self.walk = Walk(sop=MEMO, office=OFFICE).open(way=way)
        self.events = tuple(event for _, entry in self.walk.trail for event in EVENTS.validate_python(entry["events"]))

    @property
    def case(self):
        return self.walk.case

    def attempt(self, act, pause=timedelta(hours=1)):
        """Whether it was done."""
        self.walk.at += pause
        decision = decide(MEMO, self.case, act, self.walk.at, OFFICE)
        if decision.refusal:
            return False
        before = self.case
        self.walk.case = replay(decision.events, before)
        self.events = (*self.events, *decision.events)
        self.check_step(before)
        return True

    def on(self, number, away=0):
        tasks = self.case.open_tasks or self.case.tasks
        task = tasks[min(number, len(tasks) - 1)]
        return task, {"task": task.id, "revision": task.revision + away}

    # --- what people do

    @rule(member=people, number=which, way=ways, away=st.sampled_from((0, 0, 0, -1, 1)), pause=pauses)
    def decides(self, member, number, way, away, pause):
        task, on = self.on(number, away)
        kind = DECIDING.get(task.kind.value)
        words = {"note" if kind is acts.Submit else "text": "Tindak lanjuti."}
        if kind:
            done = self.attempt(kind(by=member, **on, way=way, **words), pause)
            assert not (done and (away or HOLDERS[task.role] != member))

    @rule(number=which, way=ways, pause=pauses)
    def decides_as_its_desk(self, number, way, pause):
        task, _ = self.on(number)
        self.decides(member=HOLDERS[task.role], number=number, way=way, away=0, pause=pause)

    @rule(number=which, second=st.booleans(), count=st.integers(1, 6), pause=pauses)
    def do_what_is_right(self, number, second, count, pause):
        """Some desks do their work, in an order of their own."""
        for _ in range(count):
            if self.case.open_tasks and self.case.open_tasks[0].kind != "archive":
                assert self.attempt(self.honest(number, second=second), pause)

    @rule(number=which, pause=pauses)
    def returns(self, number, pause):
        task, on = self.on(number)
        self.attempt(acts.ReturnWork(by=HOLDERS[task.role], **on, reason="Mohon diperbaiki."), pause)

    @rule(
        member=people,
        document=st.sampled_from(("surat_masuk", "konsep", "nota_dinas")),
        signed=st.booleans(),
        content=st.sampled_from("abc"),
    )
    def uploads(self, member, document, signed, content):
        file = a_file(f"{content}.docx")
        self.attempt(acts.Upload(by=member, document=document, file=file, signed=signed))

    @rule(member=people, number=which, days=st.sampled_from((None, 1, 2)), pause=pauses)
    def is_hindered_and_is_given_days(self, member, number, days, pause):
        task, _ = self.on(number)
        by = HOLDERS[task.role]
        own = days if by == SEKRETARIS else None
        self.attempt(acts.ReportObstacle(by=by, task=task.id, reason="Pejabat dinas luar.", days=own), pause)
        if self.case.obstacles:
            self.attempt(acts.GrantDays(by=member, obstacle=len(self.case.obstacles), days=days or 1))

    @rule(member=people, number=which, pause=pauses)
    def reminds(self, member, number, pause):
        self.attempt(acts.NudgeDesk(by=member, task=self.on(number)[0].id), pause)

    @rule(step=st.integers(1, 8), pause=pauses)
    def opens_a_step_again(self, step, pause):
        before = self.case
        if self.attempt(acts.ReopenStep(by=ADMIN, step=step, reason="Salah tekan."), pause):
            assert {task.step for task in self.case.open_tasks} == {step}
            assert step <= max((task.step for task in before.open_tasks), default=8)

    @rule(number=which)
    def is_recounted(self, number):
        """By the same calendar nothing ever moves."""
        act = acts.Recount(by=0, task=self.on(number)[0].id)
        assert decide(MEMO, self.case, act, self.walk.at, OFFICE).events == ()

    # --- what was promised

    def check_step(self, before):
        """What one act may have done to the course of the case."""
        closed = [task for task in self.case.tasks if task.closing and (old := before.task(task.id)) and old.is_open]
        opened = self.case.tasks[len(before.tasks) :]
        if len(self.case.returns) > len(before.returns) and self.case.returns[-1].is_outside:
            assert {task.closing.outcome for task in closed} <= {Outcome.REOPENED}
            assert {task.returns for task in opened} == {(len(self.case.returns),)}
            return
        own = [task for task in closed if task.closing.outcome is not Outcome.ENDED]
        assert len(own) <= 1
        assert {task.closing.ended_by for task in closed} - {None} <= {task.id for task in own}
        for task in opened:
            assert own[0].id in task.before
            assert all(self.case.tasks[number - 1].closing for number in task.before)
        if own and own[0].closing.outcome is Outcome.RETURNED:
            assert {task.returns[0] for task in opened} == {len(self.case.returns)}

    @invariant()
    def all_that_is_open_belongs_to_one_step(self):
        tasks = self.case.open_tasks
        assert bool(tasks) == (self.case.finished_at is None)
        assert len({(task.step, task.round) for task in tasks}) <= 1
        step = MEMO.step(tasks[0].step) if tasks else None
        assert len(tasks) <= (len(step.tasks) if step and step.together else 1)

    @invariant()
    def the_work_went_on_only_where_the_step_had_decided(self):
        for task in self.case.tasks:
            for number in task.before:
                one = self.case.tasks[number - 1]
                beside = (one, *self.case.beside(one))
                outcomes = [item.closing and item.closing.outcome for item in beside]
                if one.closing.outcome is Outcome.RETURNED:
                    assert task.step == self.case.returns[task.returns[0] - 1].to_step
                elif MEMO.step(one.step).together == "all":
                    assert len(task.before) == len(beside)
                    assert set(outcomes) <= {Outcome.APPROVED, Outcome.DIRECTED}
                elif MEMO.step(one.step).together == "any":
                    assert sorted(outcomes) == [Outcome.APPROVED, Outcome.ENDED]

    @invariant()
    def skipped_is_what_the_ways_passed_over(self):
        now = max((task.step for task in self.case.tasks[-1:]), default=0)
        standing = {
            task.step
            for task in self.case.tasks
            if not any(back.to_step <= task.step and self.reopened(back) > task.id for back in self.case.returns)
        }
        assert set(self.case.skipped) == set(range(1, now)) - standing

    def reopened(self, back):
        return next(task.id for task in self.case.tasks if task.returns[:1] == (back.id,))

    @invariant()
    def a_letter_is_made_by_the_last_of_three_and_by_nobody_else(self):
        for version in self.case.versions:
            if version.source is not None:
                maker = self.case.task(version.task)
                beside = self.case.beside(maker)
                assert maker.step == 3
                assert all(item.closing.outcome is Outcome.APPROVED for item in (maker, *beside))
                assert version.at >= max(item.closing.at for item in (maker, *beside))

    @invariant()
    def every_limit_is_the_closing_of_a_working_day_and_no_later_than_its_rounds(self):
        for task in self.case.tasks:
            assert task.due == OFFICE.calendar.closing(task.due.date())
            due = next(item.due for item in self.case.rounds if (item.step, item.number) == (task.step, task.round))
            assert task.due <= due

    @invariant()
    def versions_are_counted(self):
        counted = {}
        for version in self.case.versions:
            key = (version.document, version.signed)
            number, content = counted.get(key, (0, None))
            is_again = version.source is not None and version.file.sha256 == content
            assert version.number == number + (0 if is_again else 1)
            counted[key] = (version.number, version.file.sha256)

    def teardown(self):
        """From here each desk does its work until the case is archived."""
        if not hasattr(self, "walk"):
            return
        for _ in range(80):
            if self.case.finished_at:
                break
            assert self.attempt(self.honest())
        assert self.case.finished_at
        assert replay(self.events) == self.case
        assert replay(EVENTS.validate_json(EVENTS.dump_json(self.events))) == self.case
        assert Case.model_validate_json(self.case.model_dump_json()) == self.case

    def honest(self, number=0, *, second=False):
        """The next act of one of the open desks; with `second` by the second of two ways."""
        task, _ = self.on(number)
        definition = MEMO.task(task.step, task.index)
        on = {"by": HOLDERS[task.role], "task": task.id, "revision": task.revision}
        if task.kind == "archive":
            asked = dict.fromkeys(("letter_number", "classification", "file_number", "location"), "17")
            filled = default_archive(MEMO, self.case, WIB) | asked | {"reason_missing": "Menyusul."}
            return acts.Archive(**on, fields=ArchiveFields(**filled))
        if task.kind == "prepare" and not self.case.brought("konsep", step=2):
            return acts.Upload(by=ANALIS, document="konsep", file=a_file("konsep.docx"))
        words = {"note" if task.kind == "prepare" else "text": "Baik."}
        way = definition.ways[second].to if definition.ways else None
        return DECIDING[task.kind.value](**on, way=way, **words)


TestMemoWalk = MemoWalk.TestCase
TestMemoWalk.settings = settings(
    max_examples=120,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
