"""Every text that Alur can show: cards of every desk and state to everybody, notices, forms, answers, refusals, captions.

`gallery` makes them for any office and any words, so that one test can judge what holds for all of them.
"""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest

from alur.views import answers, cards, forms, limits
from alur.views.board.picture import caption as board_caption
from alur.views.environment import render
from alur.views.in_chat import InChat
from alur.views.notice import documents, history
from alur.views.notice.archive_list import caption as list_caption
from alur.views.notice.control_card import caption as card_caption
from alur.views.notice.maker import Packed
from alur.views.oddities import Around
from alur.views.report import told
from alur.views.screen import Reader
from alur.views.status import PAGE
from alur.workflow.agenda import TOPICS, Capacity, Line
from alur.workflow.case import Attendance, Outcome
from alur.workflow.engine.correctable import correctable
from alur.workflow.engine.meetings import standing_ahead
from alur.workflow.engine.paper import Signer
from alur.workflow.errors import Refusal
from alur.workflow.file_kinds import Signature, Signatures
from alur.workflow.form_moves import chosen, filed, noting, proceeded, typed, writing
from alur.workflow.forms import offered
from alur.workflow.people import AppointmentKind
from alur.workflow.presses import On, PressAct
from alur.workflow.record.control_card import Proof
from alur.workflow.record.report import Reports
from alur.workflow.reminders import Occasion
from alur.workflow.sop import TaskKind
from alur.workflow.written import LONGEST_FIELD, LONGEST_NAME
from tests import acts, notices
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    BUDI,
    HADI,
    JOKO,
    KABAG,
    MEMO,
    SARI,
    SEKRETARIS,
    SOP,
    TU,
    WIB,
    Walk,
    a_calendar,
    a_file,
    a_reader,
    walked,
    with_budi,
    with_hadi,
)
from tests.filling import (
    FormKind,
    answer_form,
    case_form,
    meeting_form,
    nadine_form,
    open_case_form,
    signed_form,
    task_form,
)
from tests.probes import templates
from tests.views import appointing, managing
from tests.views.reported import busy, one_year, quiet, three_years

DESKS = [(step.number, index) for step in SOP.steps for index in range(len(step.tasks))]
EVERYBODY = (SEKRETARIS, KABAG, ANALIS, SARI, JOKO, BIRO, TU, ADMIN)
STRANGER = Reader(member=0, name="", sapaan=None, unit=None, roles=())
TODAY = date(2026, 11, 2)
KEY = "alur-audit-0f1e2d3c4b5a+6e4a1b2c+AVnpVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/OT"
UNTIL = "2026-11-20T15:00:00+07:00"
AT = datetime(2026, 12, 15, 9, 10, tzinfo=WIB)
SIGNED = ("none", "whole", "changed", "untold")  # what can be found of a signed copy


@dataclass(frozen=True, kw_only=True)
class Text:
    name: str
    text: str
    limit: int = limits.MESSAGE
    is_plain: bool = False


@dataclass
class Wordy(Walk):
    """A case in which everybody who may say something says these words."""

    words: str = ""

    @property
    def field(self):
        return self.words[:LONGEST_FIELD]

    def dispose(self, by, *, text=None, **rest):
        return super().dispose(by, text=text or self.words, **rest)

    def approve(self, by, *, text=None, **rest):
        return super().approve(by, text=text or self.words, **rest)

    def submit(self, by=ANALIS, *, note=None, **rest):
        return super().submit(by, note=note or self.words, **rest)

    def direct(self, by=SEKRETARIS, *, text=None, **rest):
        return super().direct(by, text=text or self.words, **rest)

    def schedule(self, by, step, *, starts=None, place=None):
        return super().schedule(by, step, starts=starts, place=place or self.field)

    def nadine(self, by, document, number=None):
        return super().nadine(by, document, number or self.field)


@dataclass(frozen=True, kw_only=True)
class Gallery:
    office: object
    words: str

    def texts(self):
        yield from self.cards()
        yield from self.notices()
        yield from self.of_appointments()
        yield from self.of_kelola()
        yield from self.agendas()
        yield from self.histories()
        yield from self.forms()
        yield from self.answers()

    # The states of a case

    def at(self, step, index=0):
        walk = Wordy(office=self.office, words=self.words)
        walk.open(number=walk.field, file=a_file(f"{walk.field[:100]}.pdf"))
        return walked(step, index, walk=walk)

    def busy(self, step, index=0):
        """With a question that is answered and one that is not, an obstacle, days granted for another."""
        walk = self.at(step, index)
        role = walk.task.role
        holder = next(item.member for item in self.office.appointments if item.role == role)
        other = "kabag_umum" if role != "kabag_umum" else "analis_sdm"
        asked = KABAG if other == "kabag_umum" else ANALIS
        for _ in range(2):
            walk.ask(holder, other, self.words)
        walk.reply(asked, 1, self.words)
        if walk.task.due:
            walk.hinder(holder, reason=self.words).hinder(holder, reason=self.words)
            superior = {"analis_sdm": KABAG, "kabag_umum": SEKRETARIS}.get(role)
            if superior:
                walk.grant(superior, 1)
        return walk

    def on_paper(self):
        """Each kind of decision, recorded from a sheet; by somebody who is nobody here, by one who is, and held back."""
        member = Signer(member=SEKRETARIS)
        plt = Signer(name=self.words.strip()[:LONGEST_NAME], kind=AppointmentKind.PLT, order=self.words[:LONGEST_NAME])
        drafted = self.at(9).upload(ANALIS, "konsep_nota_dinas_laporan")
        met = self.meeting().upload(ANALIS, "notula_rekonsiliasi").upload(ANALIS, "pemutakhiran_data")
        words = {"signer": plt, "text": self.words}
        back = {"kind": acts.ReturnWork, "reason": self.words}
        yield "a disposition on paper", self.at(1).record(**words)
        yield "drafts on paper", drafted.record(signer=plt)
        yield "a meeting on paper", met.record(dated=met.at.date())
        yield "an approval on paper", self.at(7).record(signer=member, text=self.words)
        yield "directions on paper", self.at(11).record(signer=member, text=self.words)
        yield "a return on paper", self.at(7).record(signer=member, **back)
        yield "two returns on paper", self.at(7).record(signer=plt, **back).record(**back)
        yield "an approval on paper is held", self.at(7).holding().record(signer=member, text=self.words)

    def held(self):
        """Each kind of decision, recorded and not handed on yet."""
        drafted = self.at(9).upload(ANALIS, "konsep_nota_dinas_laporan")
        met = self.meeting().upload(ANALIS, "notula_rekonsiliasi").upload(ANALIS, "pemutakhiran_data")
        yield "a disposition is held", self.at(1).holding().dispose(SEKRETARIS)
        yield "drafts are held", drafted.holding().submit()
        yield "an approval is held", self.at(6).holding().approve(KABAG)
        yield "an approval with words is held", self.at(7).holding().approve(SEKRETARIS)
        yield "a return is held", self.at(6).holding().send_back(KABAG, reason=self.words)
        yield "a meeting is held back", met.holding().meet()
        yield "directions are held", self.at(11).holding().direct()
        yield "the archive is held", self.at(12).holding().archive()
        yield "a decision was withdrawn", self.at(6).holding().approve(KABAG).take_back()

    def shared(self, step, index=0):
        """Two hold the desk."""
        walk = self.at(step, index)
        walk.office = with_budi(walk.office)
        return walk

    def reopened(self):
        """Each kind of step, at once and after the end; and one that others wait for meanwhile."""
        said = {"reason": self.words}
        for step in (1, 4, 6, 9, 10, 11, 12):
            yield f"step {step} is opened again", self.at(99).reopen(step, **said)
        yield "opened again before a meeting", self.at(4).reopen(3, **said)
        yield "opened again before a validation", self.at(8).reopen(7, **said)
        yield "opened again, and returned", self.at(99).reopen(10, **said).send_back(KABAG, reason=self.words)
        yield "opened again, and corrected", self.at(99).reopen(10, **said).upload(KABAG, "konsep_nota_dinas_laporan")
        yield "opened again, and finished", self.at(99).reopen(12, **said).archive()

    def stopped(self):
        """Cases that stand still, that went on, and that were called off."""
        for step in (1, 4, 5, 8, 12):
            yield f"suspended at {step}", self.at(step).suspend(reason=self.words)
        yield "suspended by another", self.busy(6).suspend(ADMIN, reason=self.words)
        yield "gone on", self.at(4).suspend(reason=self.words).resume(SEKRETARIS)
        yield "gone on with what was asked for", self.at(5).suspend(reason=self.words).resume()
        yield "called off", self.at(4).cancel(reason=self.words)
        yield "called off with much open", self.busy(9).suspend(reason=self.words).cancel(SEKRETARIS, reason=self.words)
        yield "called off at the outside party", self.at(8).schedule(BIRO, 8).cancel(ADMIN, reason=self.words)

    def returned(self):
        """7 → 6 → 5: three desks' words lie before the Analis."""
        walk = self.at(7)
        walk.nadine(ANALIS, "nota_dinas_rapat")
        return walk.send_back(SEKRETARIS, reason=self.words).send_back(KABAG, reason=self.words)

    def drafted(self):
        """Two versions, of which the first was taken back."""
        walk = self.returned().upload(ANALIS, "data_awal").upload(ANALIS, "data_awal")
        return walk.do(acts.Withdraw(by=ANALIS, version=len(walk.case.versions) - 1))

    def again(self):
        """The same, and corrected and approved once more."""
        walk = self.returned()
        walk.upload(ANALIS, "konsep_nota_dinas_rapat").submit()
        return walk

    def meeting(self):
        walk = self.at(4)
        walk.schedule(KABAG, 4).answer(SARI, "represented", representative=walk.field).answer(JOKO, "absent")
        return walk.attend(units=self.office.units[:2])

    def moved(self):
        """To another day and place, by a new invitation."""
        walk = self.at(4).answer(SARI, "present")
        starts = walk.case.meeting(4).starts + timedelta(days=7)
        changed = {"starts": starts, "place": "Ruang Rapat Lantai 2", "file": a_file("undangan baru.pdf")}
        return walk.do(acts.ScheduleMeeting(by=KABAG, step=4, **changed))

    def dated_late(self):
        return self.at(8).schedule(BIRO, 8)

    def states(self):
        for desk in DESKS:
            yield f"{desk}", self.at(*desk)
            yield f"{desk} busy", self.busy(*desk)
        yield from self.held()
        yield from self.reopened()
        yield "handed to a colleague", self.shared(5).assign(BUDI, reason=self.words)
        yield "handed to the reader", self.shared(5).assign(ANALIS, reason=self.words)
        yield from self.stopped()
        yield from self.on_paper()
        yield "returned at 10", self.at(10).send_back(KABAG, reason=self.words)
        yield "returned at 7", self.at(7).send_back(SEKRETARIS, reason=self.words)
        yield "returned by a photo", self.at(6).send_back(KABAG, reason=None, file=a_file("x.jpg", kind="photo"))
        yield "returned twice", self.returned()
        yield "corrected", self.returned().upload(ANALIS, "konsep_nota_dinas_rapat")
        yield "looked at again", self.again()
        yield "replaced after it was submitted", self.at(6).upload(ANALIS, "data_awal")
        yield "a letter that was replaced", self.at(1).upload(TU, "surat_biro_sdm")
        yield "an invitation that was replaced", self.at(4).upload(ANALIS, "undangan")
        yield "a draft that was taken back", self.drafted()
        yield "meeting", self.meeting()
        yield "meeting moved", self.moved()
        yield "meeting called off", self.meeting().call_off()
        yield (
            "meeting complete",
            self.meeting().upload(ANALIS, "notula_rekonsiliasi").upload(ANALIS, "pemutakhiran_data"),
        )
        yield "validation dated", self.dated_late()
        yield "validation called off", self.dated_late().call_off()
        yield "finished", self.at(99)
        for state in SIGNED:
            yield f"a signed copy, {state}", self.signed(state)
            yield f"a signed copy of what is archived, {state}", self.signed(state, self.at(99))
        yield "put right", self.corrected()
        yield "a question taken back", self.busy(6).do(acts.WithdrawAsk(by=KABAG, question=2))
        yield "days taken back", self.regretted()
        for desk in ((1, 1), (4, 0), (5, 0), (9, 0), (12, 0)):
            yield f"nobody holds a role, {desk}", self.vacated(self.at(*desk))
        yield "nobody to correct it", self.vacated(self.returned())
        yield "nobody to answer", self.vacated(self.busy(6))

    def corrected(self):
        """All that there is, after the end."""
        walk = self.at(None)
        for place, thing in enumerate(correctable(walk.s, TU)):
            if thing.field.kind in ("number", "text"):
                walk.correct(TU, thing.name, f"{place} {self.words.strip()}"[:LONGEST_FIELD].strip())
        walk.correct(TU, "open_case.letter_date", "2026-10-29")
        walk.correct(TU, "open_case.letter", a_file("surat yang benar.pdf"))
        return walk.correct(TU, "attendance.units:4", self.office.units[1:2])

    def regretted(self):
        walk = self.at(5).hinder(ANALIS, reason=self.words).grant(KABAG)
        return walk.do(acts.WithdrawGrant(by=KABAG, obstacle=1))

    def vacated(self, walk):
        walk.office = replace(walk.office, appointments=())
        return walk

    def memos(self):
        """States of a procedure whose desks decide beside each other, and choose ways."""

        def memo(way=2):
            walk = Wordy(office=self.office, words=self.words, sop=MEMO)
            return walk.open(number=walk.field, file=a_file(f"{walk.field[:100]}.pdf"), way=way)

        def parafs():
            return memo().upload(ANALIS, "konsep").submit()

        def signing():
            return parafs().approve(TU).approve(BIRO).approve(KABAG).approve(BIRO)

        yield "all the steps", memo(1)
        yield "three together", parafs()
        yield "one of three has decided, and nobody holds a role", self.vacated(parafs().approve(TU))
        yield "one of three has decided", parafs().approve(TU)
        yield "one of three sent it back", parafs().approve(TU).send_back(BIRO, reason=self.words)
        yield "one of two is enough", parafs().approve(TU).approve(BIRO).approve(KABAG)
        yield "two ways", signing()
        yield "straight to the archive", signing().approve(SEKRETARIS, way=8)
        yield "two give directions", signing().approve(SEKRETARIS, way=6).dispose(KABAG, way=7).direct(KABAG)

    def cards(self):
        for name, walk in (*self.states(), *self.memos()):
            for task in walk.case.tasks:
                yield Text(name=f"folded {task.id} {name}", text=cards.folded(walk.s, task=task.id).text)
                for member in EVERYBODY:
                    reader = a_reader(member, self.office)
                    post = cards.card(walk.s, case_id=7, task=task.id, reader=reader, asks_again=task.is_open)
                    yield Text(name=f"card {task.kind} {task.id} {name} to {member}", text=post.screen.text)
                    for item in post.files:
                        yield Text(name=f"caption {name}", text=item.caption or "", limit=limits.CAPTION)
                    if post.files:
                        sent = {(item.file.sha256, item.file.name): [1] for item in post.files}
                        below = InChat(sent=sent)
                        again = cards.card(walk.s, case_id=7, task=task.id, reader=reader, in_chat=below)
                        yield Text(name=f"card {task.id} {name} to {member} below its files", text=again.screen.text)
                away = replace(walk, office=with_hadi(self.office))
                absent = cards.card(away.s, case_id=7, task=task.id, reader=a_reader(HADI, away.office))
                yield Text(name=f"card {task.kind} {task.id} {name} to the absent", text=absent.screen.text)
            reader = a_reader(KABAG, self.office)
            for item in documents.files(walk.s, range(1, 30), reader):
                yield Text(name=f"file caption {name}", text=item.caption, limit=limits.CAPTION)

    def signed(self, state, walk=None):
        """With a signed copy of the last letter, in which that was found."""
        given = tuple(Signature(by=self.words[:100], at=AT) for _ in range(30)) if state in ("whole", "changed") else ()
        found = Signatures(state, given, why="too_much" if state == "untold" else None)
        about = {"signed": True, "signatures": found}
        return (walk or self.at(11)).upload(ANALIS, "nota_dinas_laporan", self.words[:100], **about)

    # Messages that are sent once

    def notice(self, template, about, member, walk=None, **extra):
        reader = member if isinstance(member, Reader) else a_reader(member, self.office)
        screen = notices.shown(
            template, about, reader=reader, s=walk.s if walk else None, case_id=7 if walk else None, **extra
        )
        return Text(name=f"notice {template} {about.keys()} to {reader.member}", text=screen.text)

    @property
    def person(self):
        return {"name": self.words[:LONGEST_FIELD], "sapaan": None}

    def notices(self):
        said, field = self.words, self.words[:LONGEST_FIELD]
        option = {
            "case_id": 7,
            "code": "ip-asn-2026",
            "place": {"case": 7, "document": "undangan"},
            "title": "Undangan rapat",
        }
        new = PressAct(rule="return", case=7, on=On(task=3, revision=2), replaces=True).model_dump(mode="json")
        year = {"sop": "ip-asn", "title": "Laporan", "year": 2026, "latest": "2026-12-03", "advised": "2026-11-19"}
        nobody = {"name": None, "role": None, "by_name": []}
        yield self.notice("stranger", {}, STRANGER)
        yield self.notice("stranger", {"contacts": [self.person] * 9}, STRANGER)
        yield self.notice("stranger", {"posts": ["tata_usaha", "admin"]}, STRANGER)
        yield self.notice("forwarded", {}, ANALIS)
        for is_file in (True, False):
            for more in ({}, {"is_version": True}, {"is_recorded": True}):
                yield self.notice("message_changed", {"is_file": is_file} | more, ANALIS)
        yield self.notice(
            "stranger", {"contacts": [self.person | {"title": "Tata Usaha"}], "is_forwarded": True}, STRANGER
        )
        for member in (None, {"name": field, "sapaan": None}):
            yield self.notice("chat_waits", {"member": member, "until": UNTIL}, ADMIN)
        yield self.notice("codes_blocked", {"until": UNTIL, "contacts": [self.person] * 9}, STRANGER)
        for reason in ("used", "expired", "unknown", "withdrawn", "taken"):
            yield self.notice("invite_refused", {"reason": reason, "contacts": []}, STRANGER)
        for about in notices.refused_files():
            for name in (field, None):
                yield self.notice("file_refused", about | {"name": name}, ANALIS)
        yield self.notice("file_kept", {"name": field, "form": "open_case", "field": "letter"}, TU)
        yield self.notice("file_kept", {"name": field, "form": "return", "field": "file"}, TU)
        for flag in (
            {"may_return": True},
            {"is_own": True},
            {"is_second": True},
            {"may_correct": True},
            {"may_open": True},
            {},
        ):
            yield self.notice(
                "file_unwanted", {"name": field, "role": "kabag_umum", "by_name": [self.person]} | flag, TU
            )
            yield self.notice("file_unwanted", nobody | flag, TU)
        yield self.notice("which_document", {"upload": 3, "name": field, "options": [option]}, ANALIS)
        for dropped in (True, False):
            yield self.notice("file_settled", {"name": field, "is_dropped": dropped}, ANALIS)
        yield self.notice("form_replaced", {"old": "schedule"}, ANALIS)
        yield self.notice("form_kept", {"old": "schedule"}, ANALIS)
        yield self.notice("replace_form", {"form": 5, "old": "schedule", "code": None, "new": new}, ANALIS)
        for was in ("return", None):
            yield self.notice("cancelled", {"was": was}, ANALIS)
        for count in (0, 2):
            yield self.notice("tasks", {"count": count}, ANALIS)
        further = {"case": 7, "task": 3}
        yield self.notice("tasks", {"count": 23, "start": 10, "posted": 10, "further": further}, ANALIS)
        for some in ({"count": 21, "start": 20, "posted": 1}, {"count": 5, "meetings": 1, "suspended": 2}):
            yield self.notice("tasks", some, ANALIS)
        for template in ("not_understood", "update_failed"):
            yield self.notice(template, {}, ANALIS)
        for member in EVERYBODY:
            roles = list(a_reader(member, self.office).roles)
            yield self.notice("welcome", {"roles": roles}, member)
            yield self.notice("help", {"roles": roles, "commands": ["tugas", "status"]}, member)
            yield self.notice("documents", {"others": False}, member)
            yield self.notice("cases", {"screen": "history"}, member, cases=[])
            yield self.notice("status", {}, member, cases=[])
        yield self.notice("welcome", {"roles": []}, ADMIN)
        yield self.notice("parked", {"update_id": 12, "error": said}, ADMIN)
        yield self.notice("sending_failed", {"what": "card 5", "error": said}, ADMIN)
        yield self.notice("calendar_faulty", {"error": said}, ADMIN)
        yield self.notice("backup_failed", {"date": "2026-11-03", "error": said, "missing": []}, ADMIN)
        yield self.notice("backup_failed", {"date": "2026-11-03", "error": "", "missing": [field] * 9}, ADMIN)
        yield self.notice("enrolled", {"member": self.person, "role": "analis_sdm"}, TU)
        yield self.notice("delivered", {"member": self.person, "by": self.person}, ADMIN)
        yield self.notice("calendar_gap", {"years": [2027, 2028]}, ADMIN)
        for today in (TODAY, date(2026, 11, 25), date(2026, 12, 20)):
            for member in (TU, SEKRETARIS):
                yield self.notice("year", year, member, today=today)
        yield self.notice("hand_over", {"member": {"id": SARI, "name": field}}, TU)
        for kind in refusals():
            about = {"refusal": kind.__name__, "facts": {name: FACTS[name] for name in kind.fields}}
            yield self.notice("refused", about, ANALIS)
        for some in (
            self.of_evidence,
            self.of_reports,
            self.of_people,
            self.of_cases,
            self.of_memos,
            self.of_corrections,
        ):
            yield from some()

    def of_reports(self):
        """Of a year with all that can be said of it, and of one without a case; their captions too."""
        for found in (three_years(), one_year(busy(), 2027), one_year(quiet(), 2026)):
            known = Reports(year=found.year, told=(found,) * 3, earlier=2024, later=None)
            yield self.notice("report", {"year": found.year}, SEKRETARIS, reports=known)
            for line in told.lines(found):
                yield Text(name="report line", text=line, is_plain=True)
            for kind in ("chart", "pdf", "xlsx"):
                context = {"report": found, "kind": kind}
                yield Text(name="report caption", text=render("report_caption.html", context), limit=limits.CAPTION)
        yield self.notice(
            "report", {"year": 2024}, SEKRETARIS, reports=Reports(year=2024, told=(), earlier=None, later=2026)
        )

    def of_evidence(self):
        for has_new_key in (False, True):
            yield self.notice("checkpoint", {"size": 12_400, "has_new_key": has_new_key}, ADMIN)
        yield self.notice("trail_broken", {"size": 12_400}, ADMIN)
        yield self.notice("key_changed", {"key": KEY}, ADMIN)
        yield self.notice("key_gone", {}, ADMIN)

    def of_people(self):
        field = self.words[:LONGEST_FIELD]
        yield self.notice("phone_unlinked", {}, STRANGER)
        for kind in ("definitif", "plh"):
            yield self.notice("tasks_come", {"role": "kabag_umum", "kind": kind, "count": 3}, KABAG)
        for how in ("entered", "changed", "ended"):
            for kind, ends in (("plh", "2026-12-11"), ("plt", None), ("plh", "2026-10-30")):
                days = {"starts": "2026-10-05", "ends": ends, "order": field[:200]}
                held = {"id": 3, "member": ANALIS, "role": "kabag_umum", "name": field, "kind": kind, **days}
                yield self.notice("appointed", {"appointment": held, "how": how}, ANALIS)
                yield self.notice("appointed", {"appointment": held, "how": how, "is_own": False}, KABAG)

    def of_appointments(self):
        staff = appointing.staff(self.office, self.words[:LONGEST_FIELD])
        for template, about, member in appointing.notices(staff):
            for today in (TODAY, date(2027, 1, 1)):
                yield self.notice(template, about, member, staff=replace(staff, now=AT), today=today)
        yield Text(name="order", text=appointing.caption(staff), limit=limits.CAPTION)
        for form in (found for begun in appointing.forms(staff) for found in self.filled(begun)):
            yield from self.form(form, None, staff=staff)

    def of_kelola(self):
        staff = managing.staff(self.office, self.words[:LONGEST_NAME])
        for template, about, member, known in managing.notices(staff):
            yield self.notice(template, about, member, today=TODAY, **known)
        picture = managing.picture(staff, a_reader(ADMIN, self.office))
        yield Text(name="picture", text=picture.caption, limit=limits.CAPTION)
        for form in (found for begun in managing.forms(staff) for found in self.filled(begun)):
            yield from self.form(form, None, staff=staff)

    def of_memos(self):
        for _, walk in self.memos():
            yield Text(name="board", text=board_caption(walk.s), limit=limits.CAPTION)
            yield Text(name="archive_list", text=list_caption(walk.s), limit=limits.CAPTION)
            for note in (None, "signed"):
                proof = Proof(entries=60, last=walk.at, note=note)
                yield Text(name="control_card", text=card_caption(walk.s, proof), limit=limits.CAPTION)
            for member in EVERYBODY:
                yield self.notice("status", {}, member, cases=[(7, walk.s)] * 3)
            for task in walk.case.tasks:
                if task.closing and task.closing.ended_by:
                    yield self.notice("task_ended", {"task": task.id}, KABAG, walk)
                elif task.closing:
                    said = {"outcome": task.closing.outcome.value, "decided": task.id, "awaits": [task.role] * 2}
                    yield self.notice("recorded", said, TU, walk)
            yield self.notice("case_opened", {}, TU, walk)

    def bundles(self, walk, member):
        field = self.words[:LONGEST_FIELD]
        reader = a_reader(member, self.office)
        for count, is_again, left_out in ((1, False, ()), (2, False, (field, field)), (3, True, (field,) * 40)):
            packed = Packed(name="ip-asn-2026.zip", count=count, left_out=left_out)
            about = {"size": 60, "is_again": is_again}
            made = notices.shown("bundle", about, reader=reader, s=walk.s, case_id=7, bundle=packed)
            yield Text(name=f"bundle of {count}", text=made.caption, limit=limits.CAPTION)

    def of_cases(self):
        for _, walk in self.states():
            for member in EVERYBODY:
                yield self.notice("status", {}, member, cases=[(7, walk.s)])
                yield self.notice("status", {"start": 8}, member, cases=[(7, walk.s)] * PAGE, has_more=True)
                yield self.notice("cases", {"screen": "documents"}, member, cases=[(7, walk.s)])
                yield self.notice("documents", {"others": True}, member, walk)
                yield self.notice("documents", {"others": True, "task": 1}, member, walk)
                if walk.case.finished_at and not walk.case.cancellation:
                    yield self.notice("finished", {}, member, walk)
                    yield from self.bundles(walk, member)
                    if member in (SEKRETARIS, TU):
                        erratum = {"corrected": (("archive.location", "A", "B"),)}
                        yield self.notice("erratum", erratum, member, walk)
                for back in walk.case.returns:
                    if back.is_outside:
                        yield self.notice("step_reopened", {"reopened": back.id}, member, walk)
                for meeting in walk.case.meetings:
                    if standing_ahead(walk.s, meeting.step):
                        yield self.notice("meeting_moved", {"step": meeting.step}, member, walk)
                yield from self.of_stopped(walk, member)
                for question in walk.case.questions:
                    yield self.notice("question", {"question": question.id}, member, walk)
                    yield self.notice("question_answer", {"question": question.id}, member, walk)
                for obstacle in walk.case.obstacles:
                    yield self.notice("obstacle", {"obstacle": obstacle.id}, member, walk)
                    yield self.notice("days_granted", {"obstacle": obstacle.id}, member, walk)
            for task in walk.case.tasks[-2:]:
                about = {"task": task.id}
                yield self.notice("hand_over", {"member": {"id": SARI, "name": "Sari"}, **about}, TU, walk)
                yield self.notice("hand_over", {"member": {"id": BIRO, "name": "Andi"}, **about}, TU, walk)
                for member in (ADMIN, TU):
                    yield self.notice("role_vacant", {"role": task.role, **about}, member, walk)
                to_come = {"invitation": 5, "role": task.role, "until": AT.isoformat(), **self.person}
                yield self.notice("hand_over", {"member": to_come, **about}, TU, walk)
                yield self.notice("deadline_moved", {"was": AT.isoformat(), **about}, ANALIS, walk)
                yield self.notice("deadline_moved", {"was": None, **about}, ANALIS, walk)
                yield self.notice("directions", about, KABAG, walk)
                if task.closing and task.closing.paper:
                    for member in (SEKRETARIS, KABAG, ANALIS):
                        yield self.notice("paper_recorded", about, member, walk)
                yield self.notice("card_reply", about, KABAG, walk)
                for outcome in filter(Outcome.is_decision.fget, Outcome):
                    yield self.notice("recorded", {"outcome": outcome.value, "decided": task.id, "to": ()}, TU, walk)
            yield self.notice("case_opened", {}, TU, walk)
            for version in walk.case.versions:
                yield self.notice("file_received", {"version": version.id}, ANALIS, walk)
                if version.source is not None:
                    about = {"document": version.document, "approved": version.id}
                    yield self.notice("nadine_request", about, ANALIS, walk)
            yield self.notice("follow_up", {"step": 4}, SARI, walk)
            if walk.case.following(4):
                yield self.notice("follow_up_moved", {"step": 4, "was": None}, SARI, walk)
        late = self.at(7)
        late = late.until(late.at + timedelta(days=10)).nudge(KABAG)
        yield self.notice("nudge", {"task": late.task.id}, SEKRETARIS, late)
        handed, by = self.shared(5).assign(BUDI), self.office.appointments[-1].actor().model_dump(mode="json")
        to = handed.task.assigned.to.model_dump(mode="json")
        for to_one in ({"to": to, "reason": self.words}, {"to": None}):
            yield self.notice("task_assigned", {"task": handed.task.id, "by": by, **to_one}, ANALIS, handed)
        undone = self.returned()
        for task in undone.case.tasks:
            yield self.notice("recorded", {"outcome": "approved", "decided": task.id, "to": ()}, KABAG, undone)

    def of_stopped(self, walk, member):
        for nth, stretch in enumerate(walk.case.suspensions, start=1):
            yield self.notice("suspended", {"nth": nth}, member, walk)
            if stretch.resumed_at:
                yield self.notice("resumed", {"nth": nth}, member, walk)
        if walk.case.cancellation:
            yield self.notice("called_off", {}, member, walk)

    def of_corrections(self):
        """Told after the end, of a number that is filed otherwise, and of days."""
        field, walk = self.words[:LONGEST_FIELD], self.corrected()
        found = [("open_case.letter_number", field, field), ("archive.reason_missing", field, "")]
        by = next(item for item in self.office.appointments if item.member == ANALIS).actor()
        numbers = {"document": "nota_dinas_laporan", "was": field, "number": field, "by": by.model_dump(mode="json")}
        apart = self.at(None).correct(TU, "archive.letter_number", "1").nadine(ANALIS, "nota_dinas_laporan", "2")
        for member in (SEKRETARIS, TU):
            yield self.notice("erratum", {"corrected": found[1:], "by": numbers["by"]}, member, walk)
            over = {"task": 1, "version": walk.case.newest(walk.sop.letter).id, "by": numbers["by"]}
            yield self.notice("letter_corrected", over, member, walk)
            for case in (walk, apart, self.at(9)):
                yield self.notice("nadine_corrected", numbers, member, case)
        for case in (self.regretted(), self.at(99)):
            about = {"task": case.case.tasks[-1].id, "days": 2, "by": by.model_dump(mode="json")}
            yield self.notice("grant_withdrawn", about, ANALIS, case)

    def agendas(self):
        walks = [self.busy(5), self.busy(7), self.at(8), self.dated_late(), self.meeting(), self.meeting().call_off()]
        for capacities, occasions in TOPICS.values():
            for capacity in capacities:
                for occasion in occasions:
                    found = [
                        self.line(walk, capacity, occasion) for walk in walks if walk.task.due or _may_wait(occasion)
                    ]
                    for lines in (*([item] for item in found), found):
                        reader = a_reader(lines[0][2].member, self.office)
                        about = {"moment": AT.isoformat()}
                        yield self.notice("agenda", about, reader, lines=lines)

    def line(self, walk, capacity, occasion):
        task = walk.task
        of_role = {
            Capacity.HOLDER: task.role,
            Capacity.HELPER: "analis_sdm",
            Capacity.SUPERIOR: "sekretaris",
            Capacity.ADMINISTRATOR: "admin",
            Capacity.INVITED: "unit_terkait",
            Capacity.OUTSIDE: "biro_sdm",
        }[capacity]
        member = next(item.member for item in self.office.appointments if item.role == of_role)
        return 7, walk.s, Line(member=member, capacity=capacity, occasion=occasion, task=task.id, nth=1)

    def histories(self):
        for name, walk in self.states():
            walk.trail.append((walk.at, {"act": {"act": "delivered", "by": TU, "task": 1, "to": JOKO}, "events": []}))
            yield from (Text(name=f"history {name}", text=text) for text in history_pages(walk, self.office))
        withdrawn = self.at(2).upload(ANALIS, "data_capaian")
        withdrawn.do(acts.Withdraw(by=ANALIS, version=withdrawn.case.newest("data_capaian").id))
        yield from (Text(name="history", text=text) for text in history_pages(withdrawn, self.office))
        recounted = self.at(5)
        holiday = a_calendar(days_off={date(2026, 11, 5): "Cuti bersama"})
        recounted.office = replace(recounted.office, calendar=holiday)
        recounted.do(acts.Recount(by=0, task=recounted.task.id))
        yield from (Text(name="history", text=text) for text in history_pages(recounted, self.office))
        yield self.notice("history", {"others": False}, KABAG, trail=[])

    # Forms

    def forms(self):
        asked, own = self.busy(6), self.at(2).upload(ANALIS, "data_capaian", self.words[:100])
        started = {
            FormKind.OPEN_CASE: (open_case_form((SOP,), today=TODAY), None),
            FormKind.NADINE: (nadine_form(self.at(9).s, "nota_dinas_rapat"), self.at(9)),
            FormKind.ANSWER: (answer_form(asked.s, 1), asked),
            FormKind.SCHEDULE: (meeting_form(self.at(6).s, 8), self.at(6)),
            FormKind.ASSIGN: (case_form(self.shared(5).s, FormKind.ASSIGN), self.shared(5)),
            FormKind.REOPEN: (case_form(self.at(99).s, FormKind.REOPEN), self.at(99)),
            FormKind.SUSPEND: (case_form(self.at(6).s, "suspend"), self.at(6)),
            FormKind.CANCEL_CASE: (case_form(self.at(6).s, "cancel_case"), self.at(6)),
            FormKind.WITHDRAW_SIGNED: (signed_form(self.signed("none").s), self.signed("none")),
            FormKind.CORRECT: (case_form(self.at(6).s, FormKind.CORRECT), self.at(6)),
        }
        walks = {
            FormKind.DISPOSE: self.at(1),
            FormKind.SUBMIT: self.returned(),
            FormKind.APPROVE: self.at(7),
            FormKind.RETURN: self.at(6),
            FormKind.REPRESENT: self.at(4),
            FormKind.DIRECT: self.at(11),
            FormKind.ARCHIVE: self.at(12),
            FormKind.ASK: self.at(6),
            FormKind.WITHDRAW: own,
            FormKind.WITHDRAW_ASK: self.busy(6).ask(KABAG, "analis_sdm", self.words),
            FormKind.OBSTACLE: self.at(7),
            FormKind.CANCEL_MEETING: self.meeting(),
            FormKind.ATTENDANCE: self.meeting(),
            FormKind.PAPER: self.at(7).until(datetime(2026, 12, 20, 9, tzinfo=WIB)),
            FormKind.MEET: self.at(4).upload(ANALIS, "notula_rekonsiliasi").upload(ANALIS, "pemutakhiran_data"),
        }
        started |= {kind: (task_form(walk.s, kind, walk.task), walk) for kind, walk in walks.items()}
        assert set(started) == set(FormKind), f"no form is begun of {set(FormKind) - set(started)}: add it here"
        filed = self.at(None)
        for thing in correctable(filed.s, TU):
            yield from self.correction(filed, thing)
        for form, walk in started.values():
            for moved in self.filled(form):
                yield from self.form(moved, walk)

    def correction(self, walk, thing):
        """Of each thing that can be put right, the question and what is sent."""
        form = chosen(case_form(walk.s, FormKind.CORRECT), "what", thing.name)
        for moved in self.filled(form):
            yield from self.form(moved, walk)

    def filled(self, form):
        """The form at every question, and when all is there, each answered with as much as it takes."""
        yield form
        if form.note_field:
            form = noting(form)
            yield form
        while field := form.asked:
            if field.options and field.is_typed:
                yield writing(form)
            match field.kind:
                case "ticks":
                    form = proceeded(form)
                case "choice":
                    form = chosen(form, field.name, offered(form, field)[0][1].value)
                case "file":
                    form = filed(form, a_file("berkas.pdf"))
                case "date":
                    form = typed(form, "15-12-2026", today=TODAY, zone=WIB)
                case "time":
                    form = typed(form, "9.30", today=TODAY, zone=WIB)
                case "number":
                    form = typed(form, f"12 {self.words.strip()}"[: field.most], today=TODAY, zone=WIB)
                case _:
                    form = typed(form, self.words.strip()[: field.most], today=TODAY, zone=WIB)
            yield form

    def form(self, form, walk, staff=None):
        name, s = f"form {form.kind} {form.asking}", walk and walk.s
        if staff is not None:
            around = Around(calendar=self.office.calendar, now=staff.now, office=self.office, staff=staff)
            yield Text(name=name, text=forms.screen(5, form, None, (SOP,), around=around).text)
            if form.is_ready:
                yield Text(name=name, text=forms.ended(form, "sent", staff=staff, sops=(SOP,)).text)
        yield Text(name=name, text=forms.screen(5, form, s, (SOP,)).text)
        yield Text(name=name, text=forms.screen(5, form, s, (SOP,), asks_again=True).text)
        yield Text(name=name, text=forms.folded(form).text)
        for how in ("sent", "cancelled", "overtaken"):
            yield Text(name=name, text=forms.ended(form, how, s).text)

    # What a press is answered

    def answers(self):
        sapaan = self.office.appointments[0].sapaan
        for name in templates("answers"):
            for values in VALUES.get(name, ({},)):
                for known in ({}, {"sop": SOP}, {"zone": None, "sop": None, "to": (), "days": None}):
                    text = answers.text(name, {"sapaan": sapaan, **known, **values})
                    yield Text(name=f"answer {name}", text=text, limit=limits.TOAST, is_plain=True)
        for kind in refusals():
            given = {name: FACTS[name] for name in kind.fields}
            for facts in (given, given | NOTHING.get(kind.__name__, {})):
                for known in ({}, {"sop": SOP}, {"sops": (SOP,), "zone": None}):
                    values = {"refusal": kind.__name__, "facts": facts, "sapaan": sapaan, **known}
                    text = answers.text("refused", values)
                    yield Text(name=f"refusal {kind.__name__}", text=text, limit=limits.TOAST, is_plain=True)


VALUES = {
    "recorded": [
        {"outcome": outcome, "to": to, "awaits": awaits}
        for outcome in (*(item for item in Outcome if item.is_decision), "opened")
        for to in (("analis_sdm",), ("kabag_umum", "tata_usaha"), ())
        for awaits in ((), ("biro_sdm",))
    ],
    "invitation_answered": [{"attendance": item.value} for item in Attendance],
    "obstacle_reported": [{"days": "2"}, {}],
    "paper_recorded": [{}, {"until": AT}, {"awaits": ("biro_sdm",)}, {"vacant": ("kabag_umum",)}],
    "corrected": [{}, {"filed": "682.K/OT.02/DJL.1/2026"}],
    "nadine_recorded": [{}, {"filed": "682.K/OT.02/DJL.1/2026"}],
    "unknown": [{}],
}
FACTS = {
    "roles": ("kabag_umum", "tata_usaha"),
    "ways": ("Tanda Tangani", "Bahas Dahulu"),
    "role": "kabag_umum",
    "document": "konsep_nota_dinas_rapat",
    "unit": None,
    "signed": False,
    "number": 2,
    "wants": "correction",
    "act": "submit",
    "with_note": True,
    "step": 12,
    "kind": TaskKind.REVIEW.value,
    "outcome": "returned",
    "appointment": "plh",
    "by": "Dewi",
    "to": "Budi",
    "at": AT.isoformat(),
    "code": "ip-asn-2026",
    "documents": ("notula_rekonsiliasi", "pemutakhiran_data"),
    "least": 5,
    "length": 1240,
    "most": 1000,
    "how": "sent",
    "field": "place",
    "subject": "c7.3",
    "days": 2,
    "readings": ("2026-12-15", "2026-12-16"),
    "zone": "WITA",
    "sapaan_of": "Bapak",
    "starts": "2026-12-07",
    "ends": "2026-12-11",
    "until": "2026-12-11",
    "text": "Zulkifli",
    "value": "B-12/KP.05/2026",
    "reason": "used",
    "fault": "kind",
    "name": "Konsep.docx",
    "kinds": ("pdf", "jpg", "png"),
    "is_link": True,
    "is_outside": True,
    "why": "papers",
}
NOTHING = {
    "ApprovalUndone": {"is_outside": False},
    "FileRefused": {"name": None},
    "NotWanted": {"role": None},
    "SameFile": {"wants": "signature", "signed": True, "act": None, "with_note": False},
    "NotYetDue": {"at": None},
    "GrantOver": {"at": None},
    "Unchanged": {"field": "archive.location"},
    "ChangedMeanwhile": {"field": "open_case.letter_date", "value": "2026-10-30", "by": None, "at": None}
    | {"role": None, "appointment": None},
    "InputOver": {"how": "overtaken", "at": None},
    "SignerRefused": {"reason": "draft"},
    "SignerDoubtful": {"reason": "holder"},
    "DayOutside": {"starts": "2026-12-11"},
}


def refusals(root=Refusal):
    yield root
    for child in root.__subclasses__():
        yield from refusals(child)


def history_pages(walk, office):
    """The texts of all pages, the oldest first, as one turns them with *Lebih Lama*."""
    found, about = [], {"others": False}
    reader, s = a_reader(KABAG, office), walk.s
    with lines_written_once():
        while True:
            screen = notices.shown("history", about, reader=reader, s=s, case_id=7, trail=walk.trail)
            found.append(screen.text)
            older = [item.press.upto for row in screen.buttons for item in row if item.label == "Lebih Lama"]
            if not older:
                return found[::-1]
            about = {"others": False, "upto": older[0]}


@contextmanager
def lines_written_once():
    """Of one history each page writes all lines anew, and shows a few: while it is turned they are kept."""
    write, kept = history._text, {}

    def once(s, line):
        key = repr(line)
        if key not in kept:
            kept[key] = write(s, line)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(history, "_text", once)
        yield


def _may_wait(occasion):
    return occasion in (Occasion.WAITING, Occasion.ARRIVAL)
