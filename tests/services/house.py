"""The real services over a real database with a clock that a test moves, and a stand-in for delivery."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from alur.services.cases.perform import open_, perform
from alur.services.cases.situations import situation
from alur.services.clock import agendas, firing, recount
from alur.services.people import reach
from alur.services.work import Work
from alur.storage import cases, members, outbox, timers
from alur.storage.agenda import AGENDA
from alur.storage.members import Member
from alur.storage.notices import NOTICES, PENDING
from alur.storage.sop_files import Procedure, content_hash
from alur.workflow import agenda
from alur.workflow.agenda import Line
from alur.workflow.engine.acts.open_case import OpenCase
from jobs.due_timers import fire_due_timers
from tests import joined
from tests.factories import a_file

ENROLLED = datetime.fromisoformat("2026-01-01T08:00:00+07:00")


def a_procedure(sop, number=None):
    """The SOP under its own id, or the same one as another procedure."""
    copy = sop if number is None else sop.model_copy(update={"id": f"{sop.id}-{number:03}"})
    return Procedure(sop=copy, hash=content_hash(copy))


@dataclass(frozen=True, kw_only=True)
class Sent:
    """An agenda as it reached somebody, with its lines by case."""

    member: int
    moment: datetime
    at: datetime
    lines: tuple[tuple[int, Line], ...]


@dataclass(frozen=True, kw_only=True)
class KnownOffice(Work):
    """Reads the appointments once for each calendar: nobody is appointed while a test's clock runs."""

    known: dict

    def office(self):
        office = self.known.get("office")
        if office is None or office.calendar is not self.calendar:
            office = self.known["office"] = super().office()
        return office


@dataclass
class House:
    """What `bot.house` is to the jobs, without threads; `blocked` are the members whose chat Telegram refuses."""

    database: object
    calendar: object
    procedures: tuple
    now: datetime
    blocked: set = field(default_factory=set)
    sent: list = field(default_factory=list)
    session: object = None
    running: object = lambda work: [
        (record.id, record.case) for record in cases.unfinished_after(work.session, 0, 1000)
    ]
    known: dict = field(default_factory=dict)
    is_rendered: bool = True  # what delivery would name is held against it

    def work(self, session, at=None):
        moments = {"at": at or self.now, "now": self.now}
        return KnownOffice(
            session=session, calendar=self.calendar, procedures=self.procedures, known=self.known, **moments
        )

    @contextmanager
    def together(self):
        """What is done inside is one transaction: it saves a test some seconds."""
        with self.database.write() as session:
            self.session = session
            try:
                yield
            finally:
                self.session = None

    def transact(self, service, *args, at=None, **values):
        if self.session is not None:
            return service(self.work(self.session, at), *args, **values)
        with self.database.write() as session:
            return service(self.work(session, at), *args, **values)

    def look(self, query, *args, **values):
        if self.session is not None:
            return query(self.work(self.session), *args, **values)
        with self.database.read() as session:
            return query(self.work(session), *args, **values)

    async def write(self, service, *args, **values):
        return self.transact(service, *args, **values)

    async def read(self, query, *args, **values):
        return self.look(query, *args, **values)

    async def in_thread(self, job):
        return job()

    def enrol(self, name, role, *, unit=None, **appointment) -> Member:
        with self.database.write() as session:
            number = 1000 + len(name) * 100_000 + sum(map(ord, name))
            member = joined.enrol(session, telegram_id=number, name=name, unit=unit, at=ENROLLED)
            joined.appoint(session, member, role, at=ENROLLED, **appointment)
        self.known.clear()
        return member

    def open(self, procedure, by, *, period="2026", at=None):
        act = OpenCase(by=by, period=period, letter_number="B-1", letter_date=self.now.date(), file=a_file("surat.pdf"))
        decision, case_id = self.transact(open_, procedure, act, at=at)
        assert decision.refusal is None, decision.refusal
        return case_id, decision.events

    def act(self, case_id, act, *, at=None):
        return self.transact(perform, case_id, act, at=at)

    def case(self, case_id):
        return self.look(lambda work: cases.get(work.session, case_id).case)

    def timers(self, case_id):
        return self.look(lambda work: timers.of(work.session, case_id))

    def timers_due(self):
        """The numbers of those that a tick would fire now."""
        return [row.id for row in self.look(firing.due)]

    @staticmethod
    def situation(work, case_id):
        return situation(work, cases.get(work.session, case_id).case)

    @property
    def next_tick(self):
        """When a tick next has something to do: at the nearest timer, or, where one waits for it, at the opening."""
        nearest = self.look(lambda work: timers.nearest(work.session))
        if nearest is None or nearest > self.now or self.calendar.is_open(self.now):
            return nearest
        return self.calendar.next_opening(self.now)

    async def tick(self):
        """How many timers were fired; what they queued has been delivered."""
        fired = await fire_due_timers(self)
        if fired.messages:
            self.deliver()
        return fired.timers

    def recount(self):
        """Counts all running cases anew, as the job does when the calendar has changed; how many limits have moved."""
        moved, after = 0, 0
        while after is not None:
            page = self.transact(recount.recount, after)
            moved, after = moved + page.moved, page.last
        return moved

    def queued(self, template="agenda"):
        with self.database.read() as session:
            found = select(NOTICES).where(PENDING, NOTICES.c.template == template).order_by(NOTICES.c.id)
            return session.connection().execute(found).all()

    def told(self, template):
        """Every notice of that name that was ever queued."""
        with self.database.read() as session:
            found = select(NOTICES).where(NOTICES.c.template == template).order_by(NOTICES.c.id)
            return session.connection().execute(found).all()

    def deliver(self):
        """Takes the queued agendas as `bot.rendering` does: what each still says of its own rows is found from the state
        now. Here a message has room for everything.
        """
        rows = self.queued()
        if not rows:
            return
        said = self.look(self._said, {row.about["moment"] for row in rows}, self.running)
        for row in rows:
            if row.member_id in self.blocked:
                self.transact(self._refused, row)
                continue
            rows = self.look(self._rows, row.id)
            own = tuple(
                (case_id, line)
                for case_id, line in said[row.about["moment"]]
                if line.member == row.member_id and (case_id, line.task, line.occasion.thing.value) in rows
            )
            if self.is_rendered:
                moment = datetime.fromisoformat(row.about["moment"])
                given = self.look(agendas.named, notice_id=row.id, member=row.member_id, moment=moment)
                named = [(case_id, line) for case_id, _, line in given.lines]
                assert named == list(own) if len(own) <= agendas.MOST and not given.others else set(named) <= set(own)
            self.transact(self._settled, row, bool(own))
            if own:
                moment = datetime.fromisoformat(row.about["moment"])
                self.sent.append(Sent(member=row.member_id, moment=moment, at=self.now, lines=own))

    @staticmethod
    def _said(work, moments, running):
        office, found = work.office(), {moment: [] for moment in moments}
        for case_id, case in running(work):
            s = situation(work, case, office)
            for moment, lines in found.items():
                lines += [(case_id, line) for line in agenda.lines(s, datetime.fromisoformat(moment))]
        return found

    @staticmethod
    def _rows(work, notice_id):
        found = select(AGENDA.c.case_id, AGENDA.c.task, AGENDA.c.thing).where(AGENDA.c.notice_id == notice_id)
        return {tuple(row) for row in work.session.connection().execute(found)}

    @staticmethod
    def _settled(work, row, is_said):
        if is_said:
            outbox.sent_notice(work.session, row.id, 1, work.now)
        else:
            outbox.drop_notice(work.session, row.id, "no longer so", work.now)

    @staticmethod
    def _refused(work, row):
        outbox.drop_notice(work.session, row.id, "blocked", work.now)
        reach.lost(work, telegram_id=row.chat_id)

    def come_back(self, number):
        self.blocked.discard(number)
        self.transact(lambda work: reach.returned(work, members.get(work.session, number)))
