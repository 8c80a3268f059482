"""Whatever people do, in whatever order, a case keeps its promises, and can always be brought to its end."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from alur.views import attachments
from alur.views.notice import documents
from alur.workflow.apply import replay
from alur.workflow.case import UNIT_FILE, ArchiveFields, Attendance, Case
from alur.workflow.engine import decide
from alur.workflow.engine.filing import default_archive
from alur.workflow.engine.standing import standing
from alur.workflow.engine.versions import is_draft, key_of
from alur.workflow.errors import OutOfDate
from alur.workflow.events import EVENTS
from tests import acts
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    JOKO,
    KABAG,
    PEOPLE,
    SARI,
    SEKRETARIS,
    SOP,
    START,
    TU,
    UNITS,
    WIB,
    a_calendar,
    a_file,
    a_reader,
    an_appointment,
    an_office,
    only_task,
)
from tests.workflow.walk import STRAIGHT, walk_to

PUTRI, STRANGER = 20, 99  # a second analis, who stands in for the Sekretaris too
OFFICE = an_office(
    people=(*PEOPLE, an_appointment(PUTRI, "analis_sdm", "Putri"), an_appointment(PUTRI, "sekretaris", "Putri"))
)
RETURNS = {6: 5, 7: 6, 10: 9}
DOCUMENTS = (*(kind.id for kind in SOP.documents), UNIT_FILE)
SHOWN = {  # what a decision is about, as far as it is not the step's own outputs
    1: ("surat_biro_sdm",),
    3: ("data_capaian", "konsep_undangan"),
    6: ("konsep_nota_dinas_rapat", "data_awal"),
    7: ("nota_dinas_rapat", "data_capaian"),
    10: ("konsep_nota_dinas_laporan",),
    11: ("nota_dinas_laporan",),
    12: ("nota_dinas_laporan",),
}
DATED = {(3, 1): 4, (4, 0): 4, (8, 0): 8}  # the step whose meeting stands on the task's card
BESIDE = {  # what else stands on the card of a desk that brings papers
    (2, 0): ("surat_biro_sdm",),
    (3, 1): ("konsep_undangan", UNIT_FILE),
    (4, 0): ("undangan", "data_capaian"),
    (5, 0): ("notula_rekonsiliasi", "pemutakhiran_data"),
    (8, 0): ("data_capaian", "undangan_validasi"),
    (9, 0): ("notula_validasi", "data_validasi"),
}
OUTPUTS = {
    2: ("data_capaian", "konsep_undangan"),
    3: ("undangan", "data_capaian"),
    4: ("notula_rekonsiliasi", "pemutakhiran_data"),
    5: ("konsep_nota_dinas_rapat", "data_awal"),
    8: ("notula_validasi", "data_validasi"),
    9: ("konsep_nota_dinas_laporan",),
}

people = st.sampled_from((SEKRETARIS, KABAG, ANALIS, SARI, JOKO, BIRO, TU, ADMIN, PUTRI, STRANGER))
texts = st.sampled_from((None, "", " ", "ubah", "Mohon diperbaiki."))
contents = st.sampled_from("abc")  # few, so that the same file comes again, and an older one
pauses = st.integers(0, 4000).map(lambda minutes: timedelta(minutes=minutes))
outages = st.sampled_from((0, 0, 0, 1, 16, 40)).map(lambda hours: timedelta(hours=hours))


def under_decision(case, task):
    """The numbers of the versions on which the task's card stands."""
    found = []
    if task.kind in ("prepare", "convene"):
        for document in OUTPUTS[task.step]:
            brought = [v for v in case.versions if (v.document, v.step) == (document, task.step)]
            found += [v.id for v in brought if is_in_force(v)][-1:]
    else:
        for document in SHOWN[task.step]:
            found += [v.id for v in case.versions if v.document == document and is_in_force(v)][-1:]
    return found


def beside(case, task):
    """The newest of what stands on it besides, by document and unit."""
    documents = BESIDE.get((task.step, task.index), ())
    return {(v.document, v.unit): v.id for v in case.versions if v.document in documents and is_in_force(v)}


def is_in_force(version):
    return not version.signed and not version.withdrawn


class RandomWalk(RuleBasedStateMachine):
    """People act at random on one case; after each act everything that was promised is looked at."""

    @initialize(place=st.sampled_from(list(STRAIGHT)))
    def begin(self, place):
        self.play = walk_to(*place, office=OFFICE, at=START)
        self.known = {}
        self.moves = {}  # (task, the revision that it came to): who brought it there
        self.others = []  # task, its revision, and who changed then what stands beside
        self.dated = {}  # step: who dated its meeting last, and at which task and its revision
        for event in self.play.events:
            if event.event == "meeting_scheduled":
                self.dated[event.meeting.step] = (event.meeting.by.member, None, 0)

    @property
    def case(self):
        return self.play.case

    def attempt(self, act, pause=timedelta(0), outage=timedelta(0)):
        """Whether the act was accepted; what it changed is held against what it may change."""
        before, at = self.case, self.play.at + pause
        decision = decide(SOP, before, act, at, OFFICE, now=at + outage)
        if decision.refusal:
            assert decision.events == ()
            return False
        self.play.at = at + outage
        self.play.events += decision.events
        self.play.case = replay(decision.events, before)
        assert decision.events
        self.check_revisions(before)
        self.keep(act, before)
        if isinstance(act, acts.Deciding):
            assert act.revision == before.task(act.task).revision or self.is_his_own(act, before.task(act.task))
            assert only_task(before).id == act.task
            assert not self.case.task(act.task).is_open
        else:
            assert len(self.case.tasks) == len(before.tasks)
        return True

    def keep(self, act, before):
        for old, new in zip(before.tasks, self.case.tasks, strict=False):
            if new.is_open and new.revision > old.revision:
                self.moves[new.id, new.revision] = act.by
            if new.is_open and beside(self.case, new) != beside(before, old):
                self.others.append((new.id, new.revision, act.by))
        if isinstance(act, acts.ScheduleMeeting):
            self.dated[act.step] = (act.by, before.tasks[-1].id, before.tasks[-1].revision)

    def is_his_own(self, act, task):
        """Whether he alone has changed what an older button of the task hands on."""
        newer = range(act.revision + 1, task.revision + 1)
        if task.kind not in ("prepare", "convene") or not 1 <= act.revision <= task.revision:
            return False
        if any(self.moves[task.id, number] != act.by for number in newer):
            return False
        if any((number, by == act.by) == (task.id, False) and at >= act.revision for number, at, by in self.others):
            return False
        by, during, at = self.dated.get(DATED.get((task.step, task.index)), (act.by, None, 0))
        return by == act.by or during != task.id or at < act.revision

    def check_revisions(self, before):
        for old, new in zip(before.tasks, self.case.tasks, strict=False):
            moved = new.revision - old.revision
            if old.is_open:
                assert moved == int(not new.is_open or under_decision(before, old) != under_decision(self.case, new))
            else:
                assert new == old

    # --- what people do

    @rule(member=people, text=texts, reviewing=st.booleans(), back=st.integers(0, 2), pause=pauses)
    def decides(self, member, text, reviewing, back, pause):
        """Any decision on any of the latest tasks, by anybody."""
        number = max(1, len(self.case.tasks) - back)
        on = {"by": member, "task": number, "revision": self.case.task(number).revision}
        closing = (
            acts.Dispose(**on, text=text),
            acts.Submit(**on, note=text),
            acts.Approve(**on, text=text),
            acts.ReturnWork(**on, reason=text),
            acts.CloseMeeting(**on),
            acts.Direct(**on, text=text),
        )
        for act in closing[2:4] if reviewing else closing:
            if self.attempt(act, pause):
                return

    @rule(pause=pauses, outage=outages)
    def does_his_work(self, pause, outage):
        """The desk brings the next thing that is wanted of it, or closes its task."""
        if act := next_honest_act(self.play):
            assert self.attempt(act, pause, outage)

    @precondition(lambda self: only_task(self.case) and only_task(self.case).step in RETURNS)
    @rule(pause=pauses, both=st.booleans())
    def returns(self, pause, both):
        task = only_task(self.case)
        documents = () if both else (SHOWN[task.step][0],)
        on = {"by": desk(self.play), "task": task.id, "revision": task.revision}
        assert self.attempt(acts.ReturnWork(**on, reason="Mohon diperbaiki.", documents=documents), pause)
        assert (only_task(self.case).step, only_task(self.case).index) == (RETURNS[task.step], 0)

    @rule(
        member=st.sampled_from((ANALIS, KABAG, PUTRI, BIRO, TU, SARI, STRANGER)),
        document=st.sampled_from(DOCUMENTS),
        signed=st.booleans(),
        content=contents,
        outage=outages,
    )
    def brings_anything(self, member, document, signed, content, outage):
        unit = UNITS[0] if document == UNIT_FILE else None
        act = acts.Upload(by=member, document=document, file=a_file(f"{content}.pdf"), signed=signed, unit=unit)
        self.attempt(act, outage=outage)

    @precondition(lambda self: only_task(self.case))
    @rule(member=st.sampled_from((ANALIS, KABAG)), content=contents, data=st.data())
    def brings_what_is_wanted(self, member, content, data):
        wanted = OUTPUTS.get(only_task(self.case).step) or SHOWN[only_task(self.case).step]
        document = data.draw(st.sampled_from(wanted))
        self.attempt(acts.Upload(by=member, document=document, file=a_file(f"{content}.pdf")))

    @precondition(lambda self: only_task(self.case) and only_task(self.case).step in OUTPUTS)
    @rule(by=st.sampled_from((ANALIS, KABAG)), first=contents, second=contents, back=st.integers(0, 2))
    def completes_the_papers_takes_one_back_and_brings_another(self, by, first, second, back):
        self.brings_what_is_missing(by, first)
        self.a_number_never_means_two_contents_to_anybody_of_another_post()
        self.attempt(acts.Withdraw(by=by, version=len(self.case.versions) - back))
        self.brings_what_is_missing(by, second)

    def brings_what_is_missing(self, by, content):
        step = only_task(self.case).step
        for document in OUTPUTS[step]:
            if self.case.brought(document, step=step) is None:
                self.attempt(acts.Upload(by=by, document=document, file=a_file(f"{document} {content}.pdf")))

    @rule(member=people, back=st.integers(0, 5))
    def takes_back(self, member, back):
        self.attempt(acts.Withdraw(by=member, version=len(self.case.versions) - back))

    @rule(member=people, step=st.sampled_from((4, 8)), days=st.integers(-30, 60), pause=pauses)
    def dates_a_meeting(self, member, step, days, pause):
        starts = self.play.at + timedelta(days=days)
        self.attempt(acts.ScheduleMeeting(by=member, step=step, starts=starts, place="Ruang Rapat"), pause)

    @rule(member=st.sampled_from((ANALIS, KABAG)), days=st.integers(-3, 30), with_file=st.booleans())
    def moves_a_meeting(self, member, days, with_file):
        task = self.case.tasks[-1]
        file = a_file(f"undangan {len(self.case.versions)}.pdf") if with_file else None
        starts = self.play.at + timedelta(days=days)
        act = acts.ScheduleMeeting(by=member, step=task.step, starts=starts, place="Ruang Rapat", file=file)
        before = self.case
        if self.attempt(act) and file and task.kind == "convene":
            has_invitation = task.step == 4
            assert len(self.case.versions) == len(before.versions) + has_invitation

    @rule(member=people, units=st.sets(st.sampled_from((*UNITS, "Direktorat Lain"))))
    def cancels_a_meeting_or_counts_its_guests(self, member, units):
        number = len(self.case.tasks)
        self.attempt(acts.RecordAttendance(by=member, task=number, units=tuple(units)))
        if self.attempt(acts.CancelMeeting(by=member, task=number)):
            assert only_task(self.case).due is None

    @rule(member=people, days=st.sampled_from((None, None, 0, 1, 2, 3, 4)), pause=pauses)
    def says_what_hinders_him(self, member, days, pause):
        act = acts.ReportObstacle(by=member, task=len(self.case.tasks), reason="Data belum lengkap.", days=days)
        self.attempt(act, pause)

    @rule(member=people, days=st.integers(0, 4), back=st.integers(0, 2), pause=pauses)
    def grants_days(self, member, days, back, pause):
        before = only_task(self.case)
        act = acts.GrantDays(by=member, obstacle=max(0, len(self.case.obstacles) - back), days=days)
        if self.attempt(act, pause):
            calendar, after = OFFICE.calendar, only_task(self.case)
            begins = max(before.due, after.grants[-1].at)
            assert calendar.working_days_between(begins, after.due) == days
            assert after.due == calendar.closing(after.due.date())

    @rule(member=people, pause=pauses)
    def reminds_the_desk(self, member, pause):
        if self.attempt(acts.NudgeDesk(by=member, task=len(self.case.tasks)), pause):
            nudges = only_task(self.case).nudges
            days = [OFFICE.calendar.receipt_day(item.at) for item in nudges]
            assert len(set(days)) == len(days)
            assert all(item.by.role != only_task(self.case).role for item in nudges)

    @rule(number=st.integers(1, 20))
    def is_recounted(self, number):
        """By the same calendar nothing ever moves, whatever was granted, dated or cancelled."""
        decision = decide(SOP, self.case, acts.Recount(by=0, task=number), self.play.at, OFFICE)
        assert decision.events == ()

    @rule(off=st.sets(st.integers(1, 40), min_size=1, max_size=6))
    def has_another_calendar(self, off):
        """A decree takes days off: no limit comes earlier, none falls on a day off, and back again is as before."""
        task = only_task(self.case)
        if task is None:
            return
        days = {(self.play.at + timedelta(days=number)).date(): "Cuti bersama" for number in off}
        office = replace(OFFICE, calendar=a_calendar(days_off=days))
        act = acts.Recount(by=0, task=task.id)
        moved = replay(decide(SOP, self.case, act, self.play.at, office).events, self.case)
        due = only_task(moved).due
        assert (due is None) == (task.due is None)
        assert due is None or (due >= task.due and office.calendar.is_working_day(due.date()))
        assert only_task(moved).revision == task.revision
        back = replay(decide(SOP, moved, act, self.play.at, OFFICE).events, moved)
        assert only_task(back) == task

    @rule(member=people, attendance=st.sampled_from(Attendance), name=texts)
    def answers_the_invitation(self, member, attendance, name):
        number = len(self.case.tasks)
        self.attempt(acts.AnswerInvitation(by=member, task=number, attendance=attendance, representative=name))

    @rule(member=people, to=st.sampled_from(SOP.roles), text=texts, number=st.integers(0, 3))
    def asks_and_answers(self, member, to, text, number):
        self.attempt(acts.Ask(by=member, task=len(self.case.tasks), to_role=to.id, text=text or ""))
        self.attempt(acts.AnswerQuestion(by=member, question=number, text=text or ""))

    @rule(member=people, document=st.sampled_from(DOCUMENTS), number=texts)
    def enters_a_number(self, member, document, number):
        self.attempt(acts.RecordNadine(by=member, document=document, number=number or ""))

    @rule(pause=pauses, away=st.sampled_from((-3, -2, -1, 1, 2)), is_colleague=st.booleans())
    def taps_an_old_button(self, pause, away, is_colleague):
        """It decides nothing, but for what its own desk hands on and he alone has changed since."""
        for task in self.case.tasks:
            by = PUTRI if is_colleague and task.role in ("analis_sdm", "sekretaris") else holder(task)
            on = {"by": by, "task": task.id, "revision": task.revision + away}
            for kind in (acts.Dispose, acts.Submit, acts.Approve, acts.ReturnWork, acts.CloseMeeting, acts.Direct):
                words = {acts.ReturnWork: {"reason": "Perbaiki."}, acts.Submit: {"note": "Tetap."}}
                extra = {} if kind is acts.CloseMeeting else words.get(kind, {"text": "Baik."})
                act = kind(**on, **extra)
                if kind in (acts.Submit, acts.CloseMeeting) and task.is_open and self.is_his_own(act, task):
                    refusal = decide(SOP, self.case, act, self.play.at + pause, OFFICE).refusal
                    assert not isinstance(refusal, OutOfDate)
                    if self.attempt(act, pause):
                        return
                else:
                    assert not self.attempt(act, pause)

    # --- what was promised

    @invariant()
    def a_case_stands_on_one_task_until_it_is_finished(self):
        still_open = [task.id for task in self.case.tasks if task.is_open]
        assert still_open == ([] if self.case.finished_at else [len(self.case.tasks)])

    @invariant()
    def tasks_follow_each_other_as_the_sop_says(self):
        for one, other in zip(self.case.tasks, self.case.tasks[1:], strict=False):
            if one.closing.outcome == "returned":
                back = next(item for item in self.case.returns if item.task == one.id)
                assert (other.step, other.index, back.to_step) == (RETURNS[one.step], 0, RETURNS[one.step])
                assert other.returns == (back.id, *one.returns)
            else:
                places = list(STRAIGHT)
                assert places.index((other.step, other.index)) == places.index((one.step, one.index)) + 1
                assert other.returns == ()

    @invariant()
    def every_deadline_is_the_closing_of_a_working_day_and_missing_only_while_a_meeting_has_no_date(self):
        for item in (*self.case.tasks, *self.case.rounds):
            if item.due is None:
                assert item.step in (4, 8)
                assert self.case.meeting(item.step) is None
            else:
                assert item.due == OFFICE.calendar.closing(item.due.date())
                assert item.due > item.landed_at

    @invariant()
    def rounds_count_from_one(self):
        for step in range(1, 13):
            numbers = [item.number for item in self.case.rounds if item.step == step]
            assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def the_numbers_of_versions_go_up_and_stand_for_one_content_each(self):
        assert [version.id for version in self.case.versions] == list(range(1, len(self.case.versions) + 1))
        last = {}
        for version in self.case.versions:
            if version.number == 0:
                assert version.withdrawn
                continue
            before = last.get(key_of(version))
            is_again = before and version.source and version.file.sha256 == before.file.sha256
            number = before.number if before else 0
            assert version.number == number + (0 if is_again else 1)
            last[key_of(version)] = version

    @invariant()
    def a_number_never_means_two_contents_to_anybody_of_another_post(self):
        """On his cards, and in what he may read with its number."""
        for member in {item.member for item in OFFICE.appointments}:
            reader = a_reader(member, OFFICE, at=self.play.at)
            read = [item for item in documents.readable_by(self.play.s, reader) if not is_draft(self.play.s, item)]
            for task in self.case.open_tasks:
                own, _ = standing(self.play.s, task, reader.member, reader.roles)
                read += attachments.versions(self.play.s, task, own, reader)
            for version in read:
                if version.by.role not in reader.roles:
                    known = self.known.setdefault((member, key_of(version), version.number), version.file.sha256)
                    assert known == version.file.sha256

    @invariant()
    def nothing_took_the_place_of_the_same_bytes(self):
        added = [event for event in self.play.events if event.event == "version_added"]
        for event in added:
            if event.version.replaces:
                before = self.case.version(event.version.replaces)
                assert before.file.sha256 != event.version.file.sha256

    @invariant()
    def nobody_approved_what_he_drafted(self):
        for task in self.case.tasks:
            if task.closing and task.closing.outcome == "approved":
                assert not {self.drafter(number) for number in task.closing.decided} & {task.closing.by.member}

    def drafter(self, number):
        version = self.case.version(number)
        while version.source:
            version = self.case.version(version.source)
        return version.by.member if version.step in (5, 9) else None

    def teardown(self):
        """Nothing is ever stuck: from here each desk does its work until the case is archived."""
        if not hasattr(self, "play"):
            return
        for _ in range(60):
            act = next_honest_act(self.play)
            if act is None:
                break
            assert self.attempt(act, timedelta(hours=1)), act
        assert self.case.finished_at
        self.check_replay()

    def check_replay(self):
        events = self.play.events
        assert replay(events) == self.case
        assert replay(EVENTS.validate_json(EVENTS.dump_json(events))) == self.case
        assert Case.model_validate_json(self.case.model_dump_json()) == self.case


def holder(task):
    return {"sekretaris": SEKRETARIS, "kabag_umum": KABAG, "analis_sdm": ANALIS, "tata_usaha": TU}[task.role]


def desk(play):
    return holder(play.task)


def next_honest_act(play):
    """What the desk would do next by the SOP; None when the case is archived."""
    task = play.task
    if task is None:
        return None
    on = {"by": desk(play), "task": task.id, "revision": task.revision}
    if task.kind in ("prepare", "convene"):
        for document in OUTPUTS[task.step]:
            is_kept = (task.step, document) == (3, "data_capaian")
            if not is_kept and not play.case.brought(document, step=task.step):
                return acts.Upload(by=desk(play), document=document, file=a_file(f"{document}.docx"))
        dated = DATED.get((task.step, task.index))
        if dated and not play.case.meeting(dated):
            return acts.ScheduleMeeting(
                by=ANALIS,
                step=dated,
                starts=play.at + timedelta(days=3),
                place="Ruang Rapat",
                file=a_file(f"undangan {len(play.case.versions)}.pdf") if task.step == 4 else None,
            )
    match task.kind:
        case "dispose":
            return acts.Dispose(**on, text="Tindak lanjuti.")
        case "prepare":
            return acts.Submit(**on, note="Tidak ada yang lain.")
        case "convene":
            return acts.CloseMeeting(**on)
        case "review":
            return acts.Approve(**on, text="Setuju.")
        case "direct":
            return acts.Direct(**on, text="Tingkatkan.")
    fields = dict.fromkeys(("letter_number", "classification", "file_number", "location"), "17")
    filled = default_archive(SOP, play.case, WIB) | fields | {"reason_missing": "Menyusul."}
    return acts.Archive(**on, fields=ArchiveFields(**filled))


TestRandomWalk = RandomWalk.TestCase
TestRandomWalk.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
