"""Every text that a person can be shown: each template, rendered for an office whose names and numbers are full of signs.

`everything()` plays a case through with other people's words and looks at every screen on the way. `test_every_text`
sees to it that no template is forgotten. Another office is judged with other words.
"""

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from alur.views import answers, cards, environment, forms
from alur.views.board.picture import caption as board_caption
from alur.views.notice import documents
from alur.views.notice.maker import Packed
from alur.views.oddities import Around
from alur.views.screen import Reader
from alur.workflow.agenda import TOPICS, Line
from alur.workflow.case import UNIT_FILE, Attendance, Outcome
from alur.workflow.engine.correctable import correctable
from alur.workflow.engine.paper import Signer
from alur.workflow.errors import Refusal
from alur.workflow.form_moves import changing, chosen, filed, proceeded, typed
from alur.workflow.forms import offered
from alur.workflow.notices import KINDS
from alur.workflow.people import AppointmentKind
from alur.workflow.presses import On, PressAct
from alur.workflow.record.control_card import Proof
from alur.workflow.record.report import Reports
from alur.workflow.written import LONGEST_NAME
from tests import acts, notices, probes
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    BUDI,
    HADI,
    KABAG,
    MEMO,
    PEOPLE,
    SARI,
    SEKRETARIS,
    SOP,
    TU,
    WIB,
    Walk,
    a_file,
    a_reader,
    an_office,
    walked,
    with_budi,
    with_hadi,
)
from tests.filling import FormKind, answer_form, case_form, meeting_form, nadine_form, open_case_form, task_form
from tests.views import appointing, managing
from tests.views.reported import busy, one_year, three_years

CASE = 7
NOBODY = Reader(member=0, name="", sapaan=None, unit=None, roles=())
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=WIB)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What people and the office give. All else is ours."""

    title: str = ", S.ST., M.SI"
    unit: str = "Subdit S.KM /OT"
    other_unit: str = "Balai Lc.MA"
    order: str = "7 /OT.03 #12a"
    file: str = "Data.xls.id"
    number: str = "12 /OT.03/SDL/2026"
    place: str = "Lt.MA @ruang_rapat 10.1.1.1"
    text: str = "Lihat notula.co dan @sekjen #segera $USD /hapus 198012312005011009 tg://resolve?domain=a 12:30"


def refusals(root=Refusal):
    yield root
    for child in root.__subclasses__():
        yield from refusals(child)


def everything(words=None, people=PEOPLE):
    """(template, text, whether it is a message: HTML). `people` hold the posts; title, unit and order are added to what they are called."""
    words = words or Words()
    people = [
        replace_in(
            item,
            name=item.name + words.title,
            unit=item.unit and (words.unit if item.member == SARI else words.other_unit),
            order=item.order and words.order,
        )
        for item in people
    ]
    with overheard() as seen:
        office = an_office(people=people, units=(words.unit, words.other_unit, f"{words.unit}. Tiga"))
        walk = _Watched(office=office, words=words)
        _play(walk, words)
        _notices(walk, words)
        _mended(_Watched(office=with_budi(office), words=words), words)
        _appointments(walk, words)
        _people(walk, words)
        _reports(a_reader(SEKRETARIS, office))
        _play_called_off(_Watched(office=office, words=words), words)
        _play_memo(_Watched(office=office, words=words, sop=MEMO), words)
        _answers(words)
    return seen


def replace_in(value, **changes):
    return value.model_copy(update=changes)


@contextmanager
def overheard():
    seen = []
    true = environment._rendered

    def rendered(template, context, *, is_plain, **options):
        text = true(template, context, is_plain=is_plain, **options)
        seen.append((template.name, text, not is_plain))
        return text

    environment._rendered = rendered
    try:
        yield seen
    finally:
        environment._rendered = true


@dataclass
class _Watched(Walk):
    """After each act everybody looks at everything."""

    words: Words = field(kw_only=True)

    def do(self, act):
        was = self.task
        super().do(act)
        self.has_moved = self.task is None or was is None or self.task.id != was.id
        for item in self.office.appointments:
            self.look(a_reader(item.member, self.office, at=self.at))
        if self.has_moved or act.act in ("upload", "ask"):
            _forms(self)
        return self

    def look(self, reader):
        for task in self.case.tasks[-2:]:
            cards.card(self.s, case_id=CASE, task=task.id, reader=reader, asks_again=True)
            cards.folded(self.s, task=task.id)
            away = replace(self, office=with_hadi(self.office))
            cards.card(away.s, case_id=CASE, task=task.id, reader=a_reader(HADI, away.office, at=self.at))
        if not self.has_moved:
            return
        documents.files(self.s, [item.id for item in self.case.versions], reader)
        board_caption(self.s)
        for template in ("status", "documents", "cases", "history"):
            self.tell(template, {"others": True, "screen": "documents"}, reader, has_more=True)
        if self.task:
            self.agenda(reader)

    def agenda(self, reader):
        """Each thing that a moment can mean by itself, and all of them in one message."""
        lines = [
            (CASE, self.s, Line(member=reader.member, capacity=capacity, occasion=occasion, task=self.task.id, nth=1))
            for capacities, occasions in TOPICS.values()
            for capacity in capacities
            for occasion in occasions
        ]
        for some in (*([line] for line in lines), lines):
            self.tell("agenda", {"moment": self.at.isoformat()}, reader, lines=some)

    def tell(self, template, about, reader, **extra):
        fields = KINDS[template].model_fields  # of all that there is to say, what this notice says
        own = {name: value for name, value in about.items() if name in fields}
        known = {"cases": [(CASE, self.s)], "trail": self.trail, "today": self.at.date(), "lines": ()}
        return notices.shown(template, own, reader=reader, s=self.s, case_id=CASE, **known | extra)


def _play(walk, words):
    """The whole procedure with all its detours."""
    walk.open(number=words.number, file=a_file(words.file))
    walk.dispose(SEKRETARIS, text=words.text).dispose(KABAG, text=words.text)
    walk.upload(ANALIS, "data_capaian", words.file).upload(ANALIS, "konsep_undangan", words.file)
    walk.ask(ANALIS, "kabag_umum", words.text).reply(KABAG, 1, words.text)
    walk.ask(ANALIS, "tata_usaha", words.text).ask(ANALIS, "sekretaris", words.text)
    walk.do(acts.WithdrawAsk(by=ANALIS, question=2))
    walk.hinder(ANALIS, reason=words.text).grant(KABAG)
    walk.do(acts.WithdrawGrant(by=KABAG, obstacle=1)).grant(KABAG)
    walk.submit().dispose(KABAG)
    walk.schedule(ANALIS, 4, place=words.place).upload(ANALIS, "undangan", words.file)
    walk.upload(ANALIS, UNIT_FILE, words.file, unit=words.unit).submit()
    walk.answer(SARI, Attendance.REPRESENTED, representative=f"Rudi{words.title}")
    again = {"by": KABAG, "step": 4, "starts": FRIDAY - timedelta(days=8), "place": words.place}
    walk.call_off().do(acts.ScheduleMeeting(**again, file=a_file(words.file)))
    walk.attend(KABAG, units=walk.office.units)
    walk.suspend(reason=words.text).resume()
    walk.upload(ANALIS, "notula_rekonsiliasi", words.file).upload(ANALIS, "pemutakhiran_data", words.file)
    budi = Signer(name=f"Budi{words.title}"[:LONGEST_NAME], kind=AppointmentKind.PLT, order=words.order)
    walk.record(signer=budi, dated=walk.at.date())
    walk.upload(ANALIS, "konsep_nota_dinas_rapat", words.file).upload(ANALIS, "data_awal", words.file).submit()
    walk.send_back(KABAG, reason=words.text, file=a_file(words.file))
    walk.upload(ANALIS, "konsep_nota_dinas_rapat", words.file).submit(note=words.text)
    walk.approve(KABAG).send_back(SEKRETARIS, reason=words.text)
    walk.upload(KABAG, "konsep_nota_dinas_rapat", words.file).approve(KABAG).approve(SEKRETARIS, text=words.text)
    walk.nadine(ANALIS, "nota_dinas_rapat", words.number)
    walk.schedule(ANALIS, 8, starts=FRIDAY, place=words.place)
    walk.upload(ANALIS, "notula_validasi", words.file).upload(ANALIS, "data_validasi", words.file).meet()
    walk.until(FRIDAY).nudge(KABAG)
    walk.upload(ANALIS, "konsep_nota_dinas_laporan", words.file).submit()
    walk.holding().approve(KABAG).take_back().holding(timedelta(0)).approve(KABAG).direct(text=words.text)
    walk.archive(reason=words.text)
    for part, is_again, left_out in ((0, False, ()), (1, True, ()), (0, True, (words.file, words.file))):
        packed = Packed(name=words.file, count=2, left_out=left_out)
        about = {"size": 60, "part": part, "is_again": is_again}
        walk.tell("bundle", about, a_reader(TU, walk.office, at=walk.at), bundle=packed)
    for thing in correctable(walk.s, TU):
        if thing.field.kind in ("number", "text"):
            walk.correct(TU, thing.name, f"{words.number} {len(walk.trail)}")
    walk.correct(TU, "open_case.letter", a_file(f"1 {words.file}", mime="application/pdf"))
    walk.correct(TU, "attendance.units:4", walk.office.units[:1])


def _play_called_off(walk, words):
    """One that is called off while it stands still."""
    walk.open(number=words.number, file=a_file(words.file)).suspend(reason=words.text).cancel(reason=words.text)
    for reader in (a_reader(item.member, walk.office, at=walk.at) for item in walk.office.appointments):
        walk.tell("called_off", {}, reader)


def _play_memo(walk, words):
    """The procedure of the tests: desks beside each other, one of two, ways, steps that are skipped."""
    walk.open(number=words.number, file=a_file(words.file), way=2)
    walk.upload(ANALIS, "konsep", words.file).submit().approve(TU).send_back(BIRO, reason=words.text)
    walk.upload(ANALIS, "konsep", words.file).submit()
    walk.approve(TU).approve(BIRO).approve(KABAG).approve(BIRO)
    for reader in (a_reader(item.member, walk.office, at=walk.at) for item in walk.office.appointments):
        ended = [item.id for item in walk.case.tasks if item.closing and item.closing.ended_by]
        walk.tell("task_ended", {"task": ended[-1]}, reader)
    walk.approve(SEKRETARIS, way=6).dispose(KABAG, text=words.text, way=7)
    walk.direct(KABAG, text=words.text).direct(SEKRETARIS, text=words.text).archive(reason=words.text)


def _mended(walk, words):
    """A task that is handed to one of two, and steps that are opened again."""
    walk.open(number=words.number, file=a_file(words.file)).dispose(SEKRETARIS).dispose(KABAG)
    walk.assign(BUDI, reason=words.text)
    by, to = (item.model_dump(mode="json") for item in (walk.task.assigned.by, walk.task.assigned.to))
    for reader in (a_reader(ANALIS, walk.office, at=walk.at), a_reader(BUDI, walk.office, at=walk.at)):
        about = {"task": walk.task.id, "by": by, "reason": words.text}
        walk.tell("task_assigned", about | {"to": to}, reader)
        walk.tell("task_assigned", about | {"to": None}, reader)
    walk.assign(None).reopen(1, reason=words.text)
    ahead = walked(8).schedule(BIRO, 8, place=words.place).reopen(6, reason=words.text).s
    for reader in (a_reader(ANALIS, walk.office, at=walk.at), a_reader(SARI, walk.office, at=walk.at)):
        walk.tell("step_reopened", {"reopened": 1}, reader)
        for template, about in (("step_reopened", {"reopened": 1}), ("meeting_moved", {"step": 8})):
            notices.shown(template, about, reader=reader, s=ahead, case_id=CASE)


def _forms(walk):
    """Every form that can be opened now, filled in with the office's words, changed, and closed."""
    s, task = walk.s, walk.task
    made = [lambda: open_case_form((walk.sop,), today=walk.at.date())]
    if walk.sop is SOP:
        made += [lambda: meeting_form(s, 8), lambda: nadine_form(s, "nota_dinas_rapat")]
        made += [lambda: answer_form(s, 1) if s.case.questions else None]
    made += [lambda kind=kind: task_form(s, kind, task) if task else None for kind in FormKind]
    made += [lambda kind=kind: case_form(s, kind) for kind in (FormKind.ASSIGN, FormKind.REOPEN)]
    for make in made:
        with suppress(Refusal):  # there is no such form now
            form = make()
            if form is not None:
                _fill(walk, form, s)


def _fill(walk, form, s, around=None):
    def look(form):
        forms.screen(5, form, s, (walk.sop,), around=around, asks_again=True)

    said = {"time": "9.30", "number": walk.words.number}
    look(form)
    while (asked := form.asked) is not None:
        said["date"] = asked.latest.isoformat() if asked.latest else "15-12-2026"
        if asked.kind == "choice" and not asked.options:
            return  # nothing to take back yet
        if asked.kind == "ticks":
            form = proceeded(form)
        elif asked.kind == "choice":
            form = chosen(form, asked.name, offered(form, asked)[0][1].value)
        elif asked.kind == "file":
            form = filed(form, a_file(walk.words.file))
        else:
            form = typed(form, said.get(asked.kind, walk.words.text)[: asked.most], today=walk.at.date(), zone=WIB)
        look(form)
    if form.changeable:
        look(changing(form))
    forms.folded(form)
    for how in ("sent", "cancelled", "overtaken"):
        forms.ended(form, how)


OF_PLH = {"appointments", "appointment", "order", "conflicting"}  # told by `_appointments`
OF_KELOLA = {  # told by `_people`
    "people",
    "person",
    "invitation",
    "invitation_link",
    "invitation_picture",
    "invitation_tried",
    "staff_news",
}
TOLD_OF_SOMEBODY = ("chat_waits", "delivered", "enrolled", "sending_failed")


def _notices(walk, words):
    """What is sent once."""
    name, moment = f"Budi{words.title}", walk.at.isoformat()
    tasks = [item.id for item in walk.case.tasks]
    hindered = next(item.task for item in walk.case.obstacles)
    nudged = next(item.id for item in walk.case.tasks if item.nudges)
    person = {"name": name, "sapaan": "Bapak"}
    who = {"name": name, "contacts": [person, {"name": words.unit}], "by_name": [person]}
    by = next(item for item in walk.office.appointments if item.member == ANALIS).actor().model_dump(mode="json")
    corrected = {"corrected": [("archive.location", words.place, words.text)], "by": by}
    told_of_corrections = {
        "erratum": corrected,
        "letter_corrected": {"task": tasks[0], "version": 1, "by": by},
        "nadine_corrected": {"was": words.number, "number": words.number, "by": by},
        "grant_withdrawn": {"days": 2, "by": by},
    }
    new = PressAct(rule="return", case=CASE, on=On(task=3, revision=2), replaces=True).model_dump(mode="json")
    option = {
        "case_id": CASE,
        "code": "ip-asn-2026",
        "place": {"case": CASE, "document": "undangan"},
        "title": "Undangan rapat",
    }
    file = {"name": words.file, "upload": 3, "options": [option]}
    error = {"error": words.text, "what": words.file, "update_id": 12, "date": "2026-11-03", "missing": ["a" * 64]}
    year = {"sop": "ip-asn", "title": "Laporan", "year": 2026, "latest": "2026-12-03", "advised": "2026-11-19"}
    about = {
        **(who | file | error),
        "old": "schedule",
        "was": "return",
        "form": 5,
        "code": "ip-asn-2026",
        "new": new,
        "count": 2,
        "step": 4,
        "nth": 1,
        "question": 1,
        "obstacle": 1,
        "document": "nota_dinas_rapat",
        "version": 2,
        "years": [2027],
        "roles": ["analis_sdm"],
        "commands": ["tugas"],
        "role": "kabag_umum",
        "outcome": "returned",
        "reason": "kind",
        "to": ["analis_sdm"],
        "refusal": "NotWanted",
        "facts": {"document": "undangan", "roles": []},
        "moment": moment,
        "member": {"id": SARI, "name": name},
        "decided": tasks[-1],
        "versions": [2],
        "screen": "documents",
        "others": True,
        "is_dropped": False,
        "is_file": False,
        "until": moment,
        "posted": 1,
        "further": {"case": CASE, "task": 3},
        "appointment": {
            "id": 3,
            "member": SARI,
            "role": "kabag_umum",
            "name": name,
            "kind": "plh",
            "order": words.order,
            "starts": "2026-12-07",
            "ends": "2026-12-11",
        },
        "how": "entered",
        "kind": "plh",
        "size": 1240,
        "has_new_key": True,
        "key": "alur-audit-0f1e2d3c4b5a+6e4a1b2c+AVnpVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/OT",
    }
    for note in (
        None,
        f"alur-audit-0\n60\n{'A' * 43}=\n\n— alur-audit-0 AAAA\n",
    ):  # what is set takes longer than what is worded: for one reader alone
        proof = Proof(entries=60, last=walk.at, note=note, signed=walk.at)
        walk.tell("control_card", {}, a_reader(TU, walk.office, at=walk.at), proof=proof)
    walk.tell("board", {}, a_reader(TU, walk.office, at=walk.at))
    for reader in [a_reader(item.member, walk.office, at=walk.at) for item in walk.office.appointments] + [NOBODY]:
        elsewhere = (
            {
                "agenda",
                "invite_refused",
                "file_refused",
                "file_kept",
                "task_ended",
                "task_assigned",
                "step_reopened",
                "meeting_moved",
                "bundle",
                "control_card",
                "board",
                "report",
                "report_charts",
                "report_papers",
            }
            | OF_PLH
            | OF_KELOLA
            | {"called_off"}
        )
        for template in set(KINDS) - elsewhere:
            for task in (tasks[-1], hindered, nudged, 6):
                own = {"was": moment} if template.endswith("_moved") else {}
                own |= {"task": nudged} if template == "nudge" else {"task": task}
                own |= year if template == "year" else {}
                own |= {"was": 1} if template == "file_received" else {}
                own |= told_of_corrections.get(template, {})
                own |= {"member": {"name": name, "sapaan": None}} if template in TOLD_OF_SOMEBODY else {}
                own |= {"by": {"name": name}} if template == "delivered" else {}
                walk.tell(template, about | own, reader)
        for reason in ("used", "expired", "unknown"):
            walk.tell("invite_refused", about | {"reason": reason}, reader)
        for why in notices.refused_files():
            walk.tell("file_refused", about | why, reader)
        walk.tell("file_kept", about | {"form": "open_case", "field": "letter"}, reader)
        for refusal in refusals():
            walk.tell("refused", about | {"refusal": refusal.__name__, "facts": _facts(refusal, words)}, reader)


def _appointments(walk, words):
    """What `/plh` shows and asks."""
    staff = appointing.staff(walk.office, f"Budi{words.title}")
    appointing.caption(staff)
    for template, about, member in appointing.notices(staff):
        notices.shown(template, about, reader=a_reader(member, walk.office, at=walk.at), staff=staff)
    around = Around(calendar=walk.office.calendar, now=staff.now, office=walk.office, staff=staff)
    for form in appointing.forms(staff):
        _fill(walk, form, None, around)
        if form.is_ready:
            forms.ended(form, "sent", staff=staff, sops=(SOP,))


def _reports(reader):
    """What /laporan shows and sends of a year, and where there is none."""
    for found in (three_years(), one_year(busy(), 2027)):
        known = Reports(year=found.year, told=(found,), earlier=2024, later=2029)
        for template in ("report", "report_charts", "report_papers"):
            notices.shown(template, {"year": found.year}, reader=reader, reports=known)
    none = Reports(year=2024, told=(), earlier=None, later=2026)
    notices.shown("report", {"year": 2024}, reader=reader, reports=none)


def _people(walk, words):
    """What `/kelola` shows and asks."""
    staff = managing.staff(walk.office, f"Budi{words.title}")
    managing.picture(staff, a_reader(ADMIN, walk.office, at=walk.at))
    for template, about, member, known in managing.notices(staff):
        notices.shown(template, about, reader=a_reader(member, walk.office, at=walk.at), username="alur_bot", **known)
    for form in managing.forms(staff):
        _fill(walk, form, None)
        forms.ended(form, "sent", sops=(SOP,))


def _facts(refusal, words):
    facts = {
        "role": "kabag_umum",
        "roles": ("kabag_umum", "tata_usaha"),
        "ways": (words.text, "Bahas Dahulu"),
        "document": "konsep_nota_dinas_rapat",
        "unit": None,
        "signed": False,
        "number": 2,
        "wants": "correction",
        "act": "submit",
        "with_note": True,
        "step": 12,
        "kind": "review",
        "days": 2,
        "why": "papers",
        "readings": ("2026-12-15", "2026-12-16"),
        "zone": "WITA",
        "outcome": "returned",
        "appointment": "plh",
        "by": f"Dewi{words.title}",
        "code": "ip-asn-2026",
        "least": 5,
        "at": datetime(2026, 12, 15, 9, 10, tzinfo=WIB),
        "documents": ("undangan",),
        "field": "place",
        "subject": "c7.3",
        "length": 1240,
        "sapaan_of": "Bapak",
        "starts": "2026-12-07",
        "ends": "2026-12-11",
        "until": "2026-12-11",
        "reason": "used",
        "fault": "kind",
        "kinds": ("pdf",),
        "is_link": False,
        "is_outside": True,
        "text": words.text,
        "value": words.text,
        "name": words.file,
        "to": f"Budi{words.title}",
        "most": 1000,
        "how": "sent",
    }
    return {name: facts[name] for name in refusal.fields}


def _answers(words):
    """What is answered to a press, and the same as a part of a message."""
    known = {"sapaan": None, "sop": SOP, "attendance": "present", "days": 2, "to": ("analis_sdm",), "outcome": "opened"}
    for name in probes.templates("answers"):
        answers.text(name, known)
        answers.within(name, known)
    for outcome in filter(Outcome.is_decision.fget, Outcome):
        answers.within("recorded", known | {"outcome": outcome})
        answers.within("recorded", known | {"outcome": outcome, "awaits": ("kabag_umum", "tata_usaha")})
    for refusal in refusals():
        values = {"refusal": refusal.__name__, "facts": _facts(refusal, words), "sop": SOP}
        answers.text("refused", values)
        answers.within("refused", values)
