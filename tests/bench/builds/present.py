"""The present build: a house with many cases at step 6, and *Setujui* pressed on each.

Whoever moves what is imported here moves it here too; `base.py` stays as it is for as long as `base.txt` does.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path

from sqlalchemy import update

from alur.services.cases.audience import audience
from alur.services.clock.schedule import keep_in_step
from alur.services.incoming import presses
from alur.services.tell import tell
from alur.services.work import Work
from alur.storage import appointments, cards, cases, inbox, invites, members, messages, sops
from alur.storage.cards import CARDS
from alur.storage.database import Database
from alur.storage.file_store import FileStore
from alur.storage.inbox import InboxRow
from alur.storage.migrations import migrate
from alur.storage.sop_files import Procedure, content_hash, default_folder, read
from alur.workflow.engine import Situation
from alur.workflow.notices import Cancelled
from alur.workflow.office import Invitation
from alur.workflow.presses import On, PressAct
from bot.house import House
from bot.rendering import next_shown
from jobs.due_timers import fire_due_timers
from tests.factories import KABAG, PEOPLE, SOP, UNITS, a_calendar, walked

from .cloning import cloned
from .offices import FIRST, ROLES, contents, renamed, telegram_id

AS_DELIVERED = update(CARDS).values(message_id=CARDS.c.id, shown=CARDS.c.wanted, rung=CARDS.c.ring)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A case whose Kabag has pressed."""

    case_id: int
    message_id: int  # his card's
    row: InboxRow


class _Watch:
    """One moment for all: no clock's work is measured."""

    def __init__(self, at) -> None:
        self._at = at

    def now(self):
        return self._at


class Build:
    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder = folder
        self.database = Database(url or f"sqlite:///{folder / 'alur.sqlite3'}")
        migrate(self.database)
        self.walk = walked(6)
        self.at = self.walk.at + timedelta(minutes=5)
        self.calendar = a_calendar()
        self.procedures = (Procedure(sop=SOP, hash=content_hash(SOP)),)
        with self.database.write() as session:
            is_new = not members.all_(session)
            if is_new:
                self._found(session)
        self.numbers = count(1 if is_new else 1_000_000)  # of one that was made before (`many.py`) some are taken
        self.house = House(self.database, watch=_Watch(self.at), calendar=self.calendar, procedures=self.procedures)
        self.loop = asyncio.new_event_loop()
        self.loop.run_until_complete(self.house.win())

    def _found(self, session) -> None:
        """Its people and units."""
        sops.store(session, SOP, self.procedures[0].hash, self.walk.at)
        for number, unit in enumerate(UNITS, 1):
            invited = {"role": "unit_terkait", "name": unit, "unit": unit, "expires_at": self.walk.at}
            invites.add(session, Invitation(id=number, **invited), code=unit)
        for person in PEOPLE:
            known = {"name": person.name, "sapaan": person.sapaan, "unit": person.unit}
            enrolled = members.enrol(session, telegram_id=person.member, at=self.walk.at, **known)
            assert enrolled.id == person.member
            appointments.add(session, member_id=enrolled.id, role=person.role)

    def cases(self, number: int) -> list[Waiting]:
        """So many new cases, with the delivered cards and the timers of one that was played, and each press in the inbox."""
        self.loop.run_until_complete(self.house.ask())  # a leader that has long said nothing is none
        with self.database.write() as session:
            work = self.work(session)
            office = work.office()
            found = [self._case(work, office, next(self.numbers)) for _ in range(number)]
            session.connection().execute(AS_DELIVERED)
        return found

    def work(self, session) -> Work:
        moments = {"at": self.walk.at, "now": self.walk.at}
        return Work(session=session, calendar=self.calendar, procedures=self.procedures, **moments)

    def _case(self, work: Work, office, number: int) -> Waiting:
        case_id, posted = self._stand(work, office, SOP, self.walk.case, number)
        message = posted.get((self.walk.task.id, KABAG), 0)
        about = {"case_id": case_id, "task": self.walk.task.id, "revision": self.walk.task.revision}
        messages.record(work.session, KABAG, message, about)
        inbox.store(work.session, [(number, '{"callback_query": {}}', KABAG)], at=work.at)
        known = {"received_at": work.at, "sender": KABAG, "kind": "callback_query", "body": None, "failures": 0}
        return Waiting(case_id=case_id, message_id=message, row=InboxRow(update_id=number, **known))

    def _stand(self, work: Work, office, sop, like, number: int):
        """The new case's id, and the cards' by task and member."""
        case = like.model_copy(update={"code": f"{sop.id}-{number}", "period": str(number)})
        record = cases.create(work.session, case)
        s = Situation(sop=sop, case=case, at=work.at, now=work.now, office=office)
        posted = {}
        for task in case.tasks:
            for member in audience(s, task):
                whose = {"case_id": record.id, "task": task.id, "member_id": member}
                posted[task.id, member] = cards.announce(work.session, **whose, at=work.at, ring=True)
        keep_in_step(work, record.id, s)
        return record.id, posted

    def standing(self, offices: int, number: int) -> dict[str, list[int]]:
        """So many cases in each of so many offices, whose cards are still to be delivered, their files in the store: for a
        bot that is then started here. The Telegram ids of all, and of those who can approve them, office by office.
        """
        here, known = [(SOP, self.walk.case)], self.procedures[0].hash
        text = (default_folder() / "ip-asn.yaml").read_text()
        (self.folder / "sops").mkdir()
        (self.folder / "sops" / "ip-asn.yaml").write_text(text)
        with self.database.write() as session:
            for one in range(FIRST + 1, offices + 1):
                path = self.folder / "sops" / f"ip-asn-{one}.yaml"
                path.write_text(renamed(text, one))
                sop = read(path)
                self.procedures += (Procedure(sop=sop, hash=content_hash(sop)),)
                sops.store(session, sop, self.procedures[-1].hash, self.walk.at)
                case = renamed(self.walk.case.model_dump_json(), one).replace(known, self.procedures[-1].hash)
                here.append((sop, type(self.walk.case).model_validate_json(case)))
                self._people(session, one)
            work = self.work(session)
            office = work.office()
            for sop, case in here:
                for _ in range(number):
                    self._stand(work, office, sop, case, next(self.numbers))
        store = FileStore(self.folder / "files")
        for content in contents(self.walk.case.versions):
            store.put(content)
        others = range(FIRST + 1, offices + 1)
        return {
            "people": [
                *(person.member for person in PEOPLE),
                *(telegram_id(one, role) for one in others for role in ROLES),
            ],
            "reviewers": [KABAG, *(telegram_id(one, "kabag_umum") for one in others)],
        }

    def tell(self, number: int) -> None:
        """So many notices, of as many people as there are by turns, wait to be delivered."""
        with self.database.write() as session:
            for member, _ in zip(cycle(members.all_(session)), range(number), strict=False):
                tell(self.work(session), member, Cancelled(was=None))

    def _people(self, session, office: int) -> None:
        """One for each role: six."""
        for role, person in {person.role: person for person in PEOPLE if person.role in ROLES}.items():
            known = {"name": f"{person.name} {office}", "sapaan": person.sapaan, "unit": person.unit}
            number = telegram_id(office, role)
            enrolled = members.enrol(session, telegram_id=number, at=self.walk.at, **known)
            appointments.add(session, member_id=enrolled.id, role=f"{role}_{office}")

    def press(self, waiting: Waiting) -> None:
        """The update's one transaction, as `bot` runs it."""
        task = self.walk.task
        press = PressAct(rule="approve", case=waiting.case_id, on=On(task=task.id, revision=task.revision))
        pressed = {"telegram_id": KABAG, "press": press, "message_id": waiting.message_id}
        answer = self.loop.run_until_complete(self.house.apply(waiting.row, self.at, presses.press, **pressed))
        assert (answer.name, answer.values["outcome"]) == ("recorded", "approved"), answer

    def due(self, number: int) -> None:
        """So many cases, in each of which a timer is due at the next opening; and it is that moment."""
        (first,) = self.cases(1)
        cloned(self.database, first.case_id, number - 1)
        self.house.watch._at = self.calendar.next_opening(self.at)

    def tick(self) -> int:
        """How many timers were fired."""
        return self.loop.run_until_complete(fire_due_timers(self.house)).timers

    def agenda(self) -> int:
        """The Kabag's message is rendered: its length."""
        with self.database.write() as session:
            session.connection().execute(AS_DELIVERED)
        return len(self.loop.run_until_complete(self.house.read(next_shown, KABAG)).content.text)

    def close(self) -> None:
        self.house.close()
        self.loop.close()
