"""Random people at work: for each case, when its open desk does the next thing, and what. Some are punctual, some late,
some work at night; some return the work, change meetings, ask for days.
"""

from datetime import datetime, time, timedelta
from hashlib import sha256

from alur.workflow.case import ArchiveFields, Attendance
from alur.workflow.engine.filing import default_archive
from tests import acts
from tests.factories import SOP, WIB, a_file, only_task

SHORTLY = timedelta(minutes=5)
OUTPUTS = {  # what must be brought at each step, from the printed SOP
    2: ("data_capaian", "konsep_undangan"),
    3: ("undangan",),
    4: ("notula_rekonsiliasi", "pemutakhiran_data"),
    5: ("konsep_nota_dinas_rapat", "data_awal"),
    8: ("notula_validasi", "data_validasi"),
    9: ("konsep_nota_dinas_laporan",),
}
DESKS = ("sekretaris", "kabag_umum", "analis_sdm", "tata_usaha")


def missing(case, step):
    """The step's outputs that nobody has brought."""
    brought = {item.document for item in case.versions if item.step == step and not item.withdrawn}
    return tuple(item for item in OUTPUTS.get(step, ()) if item not in brought)


class Life:
    """One case's people. `moves` yields when somebody acts next and what he does then, made from the case as it is."""

    def __init__(self, dice, people, case):
        self.dice, self.people, self.case = dice, people, case
        self.until = case.opened_at

    def moves(self):
        while (task := only_task(self.case)) is not None:
            yield from self._at_meeting(task) if task.kind == "convene" else self._at_desk(task)

    def _at_desk(self, task):
        dice, desk = self.dice, self.people[task.role]
        if dice.random() < 0.06:
            yield from self._obstacle(task)
        when = self._later(task)
        for document in missing(self.case, task.step) if task.kind == "prepare" else ():
            yield when, acts.Upload(by=desk, document=document, file=self._file(f"{document}.docx"))
        if task.returns and task.kind == "prepare":
            document = OUTPUTS[task.step][0]
            yield when, acts.Upload(by=desk, document=document, file=self._file(f"{document}.docx"))
        if (task.step, task.index) == (3, 1) and self.case.meeting(4) is None:
            yield when, self._date(desk, 4, when)
        yield when, self._closing(task, desk)

    def _at_meeting(self, task):
        dice, kabag, analis = self.dice, self.people["kabag_umum"], self.people["analis_sdm"]
        if self.case.meeting(task.step) is None:
            wait = self._on_a_day(self.until, dice.choice((0, 1, 3, 8, 16, 25)))
            yield wait, self._date(kabag, task.step, wait)
        if dice.random() < 0.2:
            when = self._on_a_day(self.until, dice.choice((0, 1)))
            yield when, acts.CancelMeeting(by=analis, task=task.id)
            when = self._on_a_day(when, dice.choice((0, 1, 9)))
            yield when, self._date(analis, task.step, when, file=self._file("undangan baru.pdf"))
        if task.step == 4:
            for member in self.people["units"]:
                answer = dice.choice((None, None, None, Attendance.PRESENT, Attendance.ABSENT))
                if answer:
                    when = self._on_a_day(self.until, 0)
                    yield when, acts.AnswerInvitation(by=member, task=task.id, attendance=answer)
        starts = max(self.case.meeting(task.step).starts, self.until)
        if dice.random() < 0.06:
            yield from self._obstacle(task)
        when = self._on_a_day(starts, dice.choice((0, 0, 0, 1, 2, 3, 5)))
        for document in missing(self.case, task.step):
            yield when, acts.Upload(by=dice.choice((kabag, analis)), document=document, file=self._file("notula.docx"))
            when = when if dice.random() < 0.5 else self._on_a_day(when, 1)
        on = {"by": kabag, "task": task.id}
        yield when, acts.CloseMeeting(**on, revision=only_task(self.case).revision)

    def _file(self, name):
        """Another file each time."""
        return a_file(name, sha256=sha256(f"{name} {len(self.case.versions)}".encode()).hexdigest())

    def _obstacle(self, task):
        when = self._later(task)
        yield when, acts.ReportObstacle(by=self.people[task.role], task=task.id, reason="Data belum lengkap.")
        superior = self.people["sekretaris" if task.role in ("kabag_umum", "sekretaris") else "kabag_umum"]
        if only_task(self.case).due:
            number = len(self.case.obstacles)
            yield when + SHORTLY, acts.GrantDays(by=superior, obstacle=number, days=self.dice.choice((1, 2, 3)))

    def _date(self, by, step, when, *, file=None):
        """A meeting some days ahead; now and then on a weekend, before the office opens, or in the past."""
        day = (when + timedelta(days=self.dice.choice((-2, 0, 1, 1, 2, 4, 7)))).date()
        starts = datetime.combine(day, self.dice.choice((time(7), time(8), time(9), time(10), time(13, 30))), WIB)
        return acts.ScheduleMeeting(by=by, step=step, starts=starts, place="Ruang Rapat", file=file)

    def _closing(self, task, desk):
        on = {"by": desk, "task": task.id, "revision": only_task(self.case).revision}
        match task.kind:
            case "dispose":
                return acts.Dispose(**on, text="Tindak lanjuti.")
            case "prepare":
                return acts.Submit(**on, note="Kami sampaikan.")
            case "review" if self.dice.random() < 0.15:
                return acts.ReturnWork(**on, reason="Tabel belum sesuai.")
            case "review":
                return acts.Approve(**on, text="Setuju.")
            case "direct":
                return acts.Direct(**on, text="Tingkatkan.")
        fields = dict.fromkeys(("letter_number", "classification", "file_number", "location"), "17")
        filled = default_archive(SOP, self.case, WIB) | fields | {"reason_missing": "Menyusul."}
        return acts.Archive(**on, fields=ArchiveFields(**filled))

    def _later(self, task):
        """When the desk comes to it: most are in time, a few are very late."""
        days = self.dice.choices((0, 1, 2, 4, 6, 9, 14, 24), (45, 22, 12, 9, 5, 4, 2, 1))[0]
        return self._on_a_day(max(self.until, task.landed_at), days)

    def _on_a_day(self, after, days):
        """Some time on that day, in hours or not, and never at a full minute, when reminders come."""
        hour = self.dice.choices((6, 8, 10, 11, 14, 15, 17, 20), (3, 20, 20, 20, 20, 10, 4, 3))[0]
        clock = time(hour, self.dice.randrange(60), self.dice.randrange(1, 30))
        chosen = datetime.combine((after + timedelta(days=days)).astimezone(WIB).date(), clock, WIB)
        return chosen if chosen > after else after + timedelta(minutes=self.dice.randrange(7, 90), seconds=31)
