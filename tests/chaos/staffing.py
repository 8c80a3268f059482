"""What an office does to its people while all else breaks: a Plh comes and is called back, a post changes hands, a phone is lost
and replaced. Each is a transaction beside the bots', as the command line's is.
"""

import asyncio
import sys
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from alur.services.people import enrolment, staff
from alur.storage import roster
from alur.storage.audit import AUDIT
from alur.workflow.errors import Refusal
from alur.workflow.office.appointing import Appoint, ChangeAppointment, EndAppointment, HandOverRole
from alur.workflow.office.joining import Invite
from alur.workflow.office.persons import Unlink
from alur.workflow.people import ADMIN, AppointmentKind, Stage
from tests.chaos.people import AWAY
from tests.chaos.troubles import Troubles

POSTS = ("sekretaris", "kabag_umum", "analis_sdm", "tata_usaha")  # whose holders are replaced
LONGEST = 3  # days of a Plh
PHONE_IS_AWAY = (1.0, 5.0)  # seconds until somebody whose phone was lost has another
LOOK_EVERY = 0.3  # seconds
NEWEST = select(func.max(AUDIT.c.id))
NEWEST_OF_OFFICE = NEWEST.where(AUDIT.c.case_id.is_(None))
NOBODY = (SQLAlchemyError, OSError, *AWAY)  # the database, the disk or Telegram is away just now


class Staffing(Troubles):
    async def appoint(self) -> None:
        """A Plh, from today or tomorrow on, for whoever holds the post."""
        await self._try(self._plh, "appointments")

    async def call_back(self) -> None:
        """A Plh's days end at once, or later than was said."""
        await self._try(self._end, "appointments changed")

    async def hand_over(self) -> None:
        await self._try(self._another, "posts handed over")

    async def lose_phone(self) -> None:
        """Nothing that it sends is taken from then on; some seconds later its owner is invited again."""
        person = self.dice.choice([person for person in self.people if person.profile.role != ADMIN])
        if await self._try(lambda _: Unlink(member=self._member(person)), "phones unlinked"):
            self.meanwhile(self._later(person))

    async def replace_phone(self, person) -> bool:
        """Whether he has one again; the code is sent from it."""
        now = await self.target.telegram.clock()

        def invites(work):
            return enrolment.invite(work, Invite(member=self._member(person)))

        try:
            code = await asyncio.to_thread(self._write, now, invites)
        except Refusal:  # he has
            return True
        await person.phone.send(f"/start {code}")
        return False

    def without_phone(self):
        with self.target.database.read() as session:
            unlinked = {item.id for item in roster.load(session).people if item.account is None}
        return [person for person in self.people if self._member(person) in unlinked]

    async def _later(self, person) -> None:
        await asyncio.sleep(self.dice.uniform(*PHONE_IS_AWAY))
        while True:
            with suppress(*NOBODY):
                await self.replace_phone(person)
                return
            await asyncio.sleep(LOOK_EVERY)

    async def _try(self, choose, what: str) -> bool:
        """Whether it was done: there may be nothing to do it to, the office may refuse, or nobody may be there."""
        try:
            now = await self.target.telegram.clock()
            done = await asyncio.to_thread(self._write, now, lambda work: self._decided(work, choose))
        except NOBODY:
            self.ledger.counts["acts on people that met nobody"] += 1
            return False
        self.ledger.counts[what if done else "acts on people refused"] += 1
        return done

    def _decided(self, work, choose) -> bool:
        act = choose(work)
        return act is not None and staff.act(work, act).refusal is None

    def _write(self, now, service):
        """When it was over, as the trail counts, stands in the ledger; for ever late where that cannot be told."""
        with self.target.writing() as session:
            before = session.execute(NEWEST_OF_OFFICE).scalar()
            result = service(self.target.work(session, now))
            entry = session.execute(NEWEST_OF_OFFICE).scalar()
            if entry == before:  # nothing was written
                return result
            self.ledger.settled[entry] = sys.maxsize
        with self.target.database.read() as session:
            self.ledger.settled[entry] = session.execute(NEWEST).scalar()
        return result

    def _plh(self, work) -> Appoint | None:
        held = self._appointments(work, lambda item: not item.is_acting)
        if not held:
            return None
        absent, stands_in = self.dice.choice(held), self.dice.choice(self.people)
        starts = work.today + timedelta(days=self.dice.choice((0, 0, 1)))
        return Appoint(
            role=absent.role,
            member=self._member(stands_in),
            kind=AppointmentKind.PLH,
            starts=starts,
            ends=starts + timedelta(days=self.dice.randrange(LONGEST)),
            order=f"{self.dice.randrange(100)}/SPt/2026",
            in_place_of=absent.member,
        )

    def _end(self, work) -> EndAppointment | ChangeAppointment | None:
        acting = self._appointments(work, lambda item: item.is_acting)
        if not acting:
            return None
        found = self.dice.choice(acting)
        if self.dice.random() < 0.3:
            return ChangeAppointment(appointment=found.id, ends=found.ends + timedelta(days=1))
        return EndAppointment(appointment=found.id)

    def _another(self, work) -> HandOverRole | None:
        held = self._appointments(work, lambda item: not item.is_acting)
        if not held:
            return None
        return HandOverRole(appointment=self.dice.choice(held).id, to=self._member(self.dice.choice(self.people)))

    def _appointments(self, work, wanted):
        """To one of the posts, in force or to come."""
        return [
            item
            for item in roster.load(work.session).appointments
            if item.role in POSTS and item.stage(work.today) in (Stage.ACTIVE, Stage.SCHEDULED) and wanted(item)
        ]

    def _member(self, person) -> int:
        return self.target.members[person.profile]
