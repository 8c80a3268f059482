"""An office, its people and a walk through an SOP, for tests that need a case in some state."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from alur.storage.sop_files import content_hash, default_folder, read
from alur.views.screen import Reader
from alur.workflow.apply import replay
from alur.workflow.calendar import Calendar
from alur.workflow.case import UNIT_FILE, ArchiveFields
from alur.workflow.engine import Situation, begin, decide
from alur.workflow.engine.correctable import existing
from alur.workflow.engine.filing import default_archive
from alur.workflow.engine.paper import Signer
from alur.workflow.files import FileRef
from alur.workflow.people import Appointment, AppointmentKind, Office
from alur.workflow.sop import TaskKind
from tests import acts
from tests.papers import mime_of

WIB = ZoneInfo("Asia/Jakarta")
SOP = read(default_folder() / "ip-asn.yaml")
MEMO = read(Path(__file__).parent / "sops" / "nota-dinas.yaml")  # tasks together, one of two, ways
START = datetime(2026, 11, 2, 9, 0, tzinfo=WIB)
SEKRETARIS, KABAG, ANALIS, SARI, JOKO, BIRO, TU, ADMIN = range(1, 9)
BUDI = 91  # who holds the analyst's role beside Rina, where he is of the office
OUTSIDER = Signer(name="Prof. Baskoro")  # decides on paper, and is nobody here
DECIDED_BY = {
    TaskKind.DISPOSE: acts.Dispose,
    TaskKind.PREPARE: acts.Submit,
    TaskKind.REVIEW: acts.Approve,
    TaskKind.CONVENE: acts.CloseMeeting,
    TaskKind.DIRECT: acts.Direct,
    TaskKind.ARCHIVE: acts.Dispose,  # which it does not know
}
HADI = 90  # the Kabag in whose place the other acts, where he is of the office


def a_calendar(**changes):
    """Mondays to Fridays, without holidays."""
    return Calendar(**{"days_off": {}, "first_year": 2025, "last_year": 2028, "zone": WIB} | changes)


CALENDAR = a_calendar()


def an_appointment(member, role, name, **changes):
    return Appointment(member=member, role=role, name=name, **changes)


PEOPLE = (
    an_appointment(SEKRETARIS, "sekretaris", "Hartono", sapaan="Bapak"),
    an_appointment(
        KABAG,
        "kabag_umum",
        "Dewi Lestari",
        sapaan="Ibu",
        kind=AppointmentKind.PLH,
        order="12/SPt/2026",
        starts=date(2026, 1, 1),
        ends=date(2028, 12, 31),
        in_place_of=HADI,
    ),
    an_appointment(ANALIS, "analis_sdm", "Rina", sapaan="Ibu"),
    an_appointment(SARI, "unit_terkait", "Sari", sapaan="Ibu", unit="Direktorat Teknik"),
    an_appointment(JOKO, "unit_terkait", "Joko", unit="Direktorat Program"),
    an_appointment(BIRO, "biro_sdm", "Andi", sapaan="Bapak"),
    an_appointment(TU, "tata_usaha", "Wulan", sapaan="Ibu"),
    an_appointment(ADMIN, "admin", "Eko", sapaan="Bapak"),
)
UNITS = ("Direktorat Program", "Direktorat Teknik", "Direktorat Pembinaan")


def an_office(*, people=PEOPLE, units=UNITS, calendar=None):
    return Office(calendar=calendar or a_calendar(), appointments=tuple(people), units=tuple(units))


def with_hadi(office):
    """The same, with the Kabag who is absent."""
    hadi = an_appointment(HADI, "kabag_umum", "Hadi", sapaan="Bapak")
    return replace(office, appointments=(*office.appointments, hadi))


def with_budi(office):
    """The same, with a second analyst."""
    budi = an_appointment(BUDI, "analis_sdm", "Budi", sapaan="Bapak")
    return replace(office, appointments=(*office.appointments, budi))


def a_file(name="berkas.pdf", **changes):
    values = {"sha256": sha256(name.encode()).hexdigest(), "name": name, "size": 1_234_567, "mime": mime_of(name)}
    return FileRef(**values | changes)


def a_reader(member, office=None, *, at=START):
    """The reader as delivery makes him from the member and his appointments."""
    office = office or an_office()
    own = next(item for item in office.appointments if item.member == member)
    return Reader(
        member=member,
        name=own.name,
        sapaan=own.sapaan,
        unit=own.unit,
        roles=office.roles(member, at),
        reads=office.reads(member, at),
    )


def only_task(case):
    """The open task of a case that stands on one; None where it is over."""
    assert len(case.open_tasks) < 2, case.open_tasks
    return next(iter(case.open_tasks), None)


@dataclass
class Walk:
    """A case that is played act by act. Each act comes an hour after the one before."""

    office: Office = field(default_factory=an_office)
    sop: object = SOP
    at: datetime = START
    case: object = None
    trail: list = field(default_factory=list)  # when, and the entry as the audit keeps it
    undo: timedelta = timedelta(0)  # how long what closes a task is held back

    def open(self, *, number="B-1234/KP.05/SJP/2026", file=None, way=None):
        act = acts.OpenCase(
            by=TU,
            period="2026",
            letter_number=number,
            letter_date=date(2026, 10, 30),
            file=file or a_file("surat.pdf"),
            way=way,
        )
        decision = begin(self.sop, content_hash(self.sop), act, self.at, self.office)
        assert decision.refusal is None, decision.refusal
        self.case = replay(decision.events)
        self._keep(act, decision)
        return self

    def _keep(self, act, decision):
        events = [event.model_dump(mode="json") for event in decision.events]
        self.trail.append((self.at, {"act": act.model_dump(mode="json"), "events": events}))

    @property
    def task(self):
        """The task on which the case stands; the first of several."""
        return next(iter(self.case.open_tasks), None)

    @property
    def s(self):
        return Situation(sop=self.sop, case=self.case, at=self.at, now=self.at, office=self.office)

    def do(self, act):
        self.at += timedelta(hours=1)
        decision = decide(self.sop, self.case, act, self.at, self.office, undo=self.undo)
        assert decision.refusal is None, (decision.refusal, decision.refusal and decision.refusal.facts)
        self.case = replay(decision.events, self.case)
        self._keep(act, decision)
        return self

    def refusal(self, act):
        return decide(self.sop, self.case, act, self.at, self.office).refusal

    def task_of(self, by):
        """The open task that is his to decide; the first, where none is."""
        own = self.office.roles(by, self.at)
        return next((task for task in self.case.open_tasks if task.role in own), self.task)

    def _on(self, by, way=None):
        task = self.task_of(by)
        return {"by": by, "task": task.id, "revision": task.revision} | ({} if way is None else {"way": way})

    def _preset(self, by, ticks):
        return self.s.definition(self.task_of(by)).preset if ticks is None else ticks

    def dispose(self, by, *, ticks=None, text=None, way=None):
        return self.do(acts.Dispose(**self._on(by, way), ticks=self._preset(by, ticks), text=text))

    def upload(self, by, document, name=None, *, unit=None, signed=False, signatures=None):
        """What is brought under a name is another file each time."""
        file = a_file(name or f"{document}.{'pdf' if document == self.sop.letter else 'docx'}")
        if file.sha256 in {item.file.sha256 for item in self.case.versions}:
            content = f"{file.name} {len(self.case.versions)}"
            file = a_file(file.name, sha256=sha256(content.encode()).hexdigest())
        file = file.model_copy(update={"signatures": signatures})
        return self.do(acts.Upload(by=by, document=document, file=file, unit=unit, signed=signed))

    def submit(self, by=ANALIS, *, note=None, way=None):
        return self.do(acts.Submit(**self._on(by, way), note=note))

    def schedule(self, by, step, *, starts=None, place="Ruang Rapat Lantai 4"):
        starts = starts or datetime(2026, 11, 12, 9, 30, tzinfo=WIB)
        return self.do(acts.ScheduleMeeting(by=by, step=step, starts=starts, place=place))

    def approve(self, by, *, ticks=None, text=None, way=None):
        return self.do(acts.Approve(**self._on(by, way), ticks=self._preset(by, ticks), text=text))

    def send_back(self, by, *, reason="Tabel per unit belum sesuai notula.", documents=(), file=None):
        return self.do(acts.ReturnWork(**self._on(by), reason=reason, documents=documents, file=file))

    def meet(self, by=KABAG):
        return self.do(acts.CloseMeeting(**self._on(by)))

    def direct(self, by=SEKRETARIS, *, text=None, way=None):
        return self.do(acts.Direct(**self._on(by, way), ticks=self._preset(by, None), text=text))

    def archive(self, by=TU, *, reason="Nomor menyusul dari Nadine."):
        fields = default_archive(self.sop, self.case, self.office.calendar.zone) | {
            "letter_number": "682.K/OT.02/DJL.1/2026",
            "classification": "OT.02",
            "file_number": "17",
            "location": "Lemari A-3",
            "reason_missing": reason,
        }
        return self.do(acts.Archive(**self._on(by), fields=ArchiveFields(**fields)))

    def answer(self, by, attendance, *, representative=None):
        return self.do(
            acts.AnswerInvitation(by=by, task=self.task.id, attendance=attendance, representative=representative)
        )

    def ask(self, by, to_role, text="Apakah data unit sudah lengkap?"):
        return self.do(acts.Ask(by=by, task=self.task.id, to_role=to_role, text=text))

    def reply(self, by, question, text="Sudah, per 1 November."):
        return self.do(acts.AnswerQuestion(by=by, question=question, text=text))

    def hinder(self, by, *, reason="Data dari dua unit belum masuk.", days=None):
        return self.do(acts.ReportObstacle(by=by, task=self.task.id, reason=reason, days=days))

    def grant(self, by, obstacle=1, *, days=2):
        return self.do(acts.GrantDays(by=by, obstacle=obstacle, days=days))

    def nudge(self, by):
        return self.do(acts.NudgeDesk(by=by, task=self.task.id))

    def call_off(self, by=KABAG):
        return self.do(acts.CancelMeeting(by=by, task=self.task.id))

    def attend(self, by=KABAG, *, units=UNITS[:2]):
        """Once the meeting has begun."""
        self.until(max(self.at, self.case.meeting(self.task.step).starts))
        return self.do(acts.RecordAttendance(by=by, task=self.task.id, units=tuple(units)))

    def on_paper(
        self, *, by=TU, signer=OUTSIDER, dated=None, sheet=None, task=None, revision=None, is_sure=True, **parts
    ):
        """The act that records what was decided on paper: by whom, on which day, and the parts of the act itself."""
        task = task or self.task
        kind = parts.pop("kind", None) or DECIDED_BY[task.kind]
        words = {"text": "Setuju."} if "text" in kind.model_fields else {}
        inner = kind(by=0, task=task.id, revision=0, **{**words, **parts})
        return acts.RecordPaper(
            by=by,
            task=task.id,
            revision=task.revision if revision is None else revision,
            inner=inner,
            signer=signer,
            dated=dated or task.landed_at.astimezone(WIB).date(),
            sheet=sheet or a_file("lembar.pdf"),
            is_sure=is_sure,
        )

    def record(self, **parts):
        return self.do(self.on_paper(**parts))

    def holding(self, undo=timedelta(seconds=20)):
        """From now on what closes a task is held back."""
        self.undo = undo
        return self

    def hand_on(self):
        """What is held longest is handed on."""
        return self.do(acts.HandOn(by=0, task=self.case.held_tasks[0].id))

    def take_back(self):
        """What is held longest is withdrawn by its maker."""
        task = self.case.held_tasks[0]
        return self.do(acts.WithdrawDecision(by=task.held.by, task=task.id))

    def suspend(self, by=KABAG, *, reason="Menunggu arahan pimpinan."):
        return self.do(acts.SuspendCase(by=by, reason=reason))

    def resume(self, by=KABAG):
        return self.do(acts.ResumeCase(by=by))

    def cancel(self, by=KABAG, *, reason="Periode suratnya keliru."):
        return self.do(acts.CancelCase(by=by, reason=reason))

    def until(self, at):
        """The clock moved on, nothing done."""
        self.at = at
        return self

    def hand_over(self, by, to):
        return self.do(acts.HandOver(by=by, task=self.task.id, to=to))

    def assign(self, to, *, by=ADMIN, reason="Ibu Rina sedang bertugas di luar kota."):
        since = self.task.assigned.at if self.task.assigned else None
        return self.do(acts.AssignTask(by=by, task=self.task.id, to=to, reason=reason if to else "", since=since))

    def reopen(self, step, *, by=ADMIN, reason="Yang disetujui bukan versi terakhir."):
        return self.do(acts.ReopenStep(by=by, step=step, reason=reason))

    def correct(self, by, what, to):
        return self.do(correction(self.s, by, what, to))

    def nadine(self, by, document, number="5.Und/OT.02/DJL.1/2026"):
        return self.do(acts.RecordNadine(by=by, document=document, number=number))


def correction(s, by, what, to):
    """*Perbaiki Isian* by somebody who sees what stands there now."""
    (present,) = (item.present for item in existing(s, by) if item.name == what)
    was = present if not isinstance(present, list) else tuple(present)
    return acts.Correct(by=by, what=what, to=to, was=was)


def walked(step, index=0, *, office=None, walk=None):
    """A case in which that task of that step is open, by the straight path; of `walk`, if one is given."""
    walk = walk or Walk(office=office or an_office()).open()
    path = (
        lambda: walk.dispose(SEKRETARIS),
        lambda: walk.dispose(KABAG),
        lambda: (walk.upload(ANALIS, "data_capaian"), walk.upload(ANALIS, "konsep_undangan"), walk.submit()),
        lambda: walk.dispose(KABAG),
        lambda: (
            walk.schedule(ANALIS, 4),
            walk.upload(ANALIS, "undangan"),
            walk.upload(ANALIS, UNIT_FILE, "data teknik.xlsx", unit="Direktorat Teknik"),
            walk.submit(),
        ),
        lambda: (
            walk.upload(ANALIS, "notula_rekonsiliasi"),
            walk.upload(ANALIS, "pemutakhiran_data"),
            walk.meet(),
        ),
        lambda: (walk.upload(ANALIS, "konsep_nota_dinas_rapat"), walk.upload(ANALIS, "data_awal"), walk.submit()),
        lambda: walk.approve(KABAG),
        lambda: walk.approve(SEKRETARIS),
        lambda: (
            walk.schedule(ANALIS, 8, starts=datetime(2026, 11, 20, 9, 0, tzinfo=WIB)),
            walk.upload(ANALIS, "notula_validasi"),
            walk.upload(ANALIS, "data_validasi"),
            walk.meet(),
        ),
        lambda: (walk.upload(ANALIS, "konsep_nota_dinas_laporan"), walk.submit()),
        lambda: walk.approve(KABAG),
        walk.direct,
        walk.archive,
    )
    for move in path:
        if walk.task is None or (walk.task.step, walk.task.index) == (step, index):
            break
        move()
    return walk
