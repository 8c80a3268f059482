"""Whole transactions: an update is claimed, its act decided, state, trail and outgoing rows written and committed."""

from collections.abc import Callable
from itertools import count, cycle
from pathlib import Path

from factories import PEOPLE, SARI, SOP, UNITS, a_calendar, walked

from alur.services.cases.perform import perform
from alur.services.work import Work
from alur.storage import appointments, cards, cases, inbox, invites, members, sops
from alur.storage.database import Database
from alur.storage.migrations import migrate
from alur.storage.sop_files import Procedure, content_hash
from alur.workflow.case import Attendance
from alur.workflow.office import Invitation
from tests import acts

ANSWERS = (Attendance.PRESENT, Attendance.ABSENT)


def transitions(folder: Path) -> Callable[[], object]:
    """A guest changes his answer to an invitation, which also edits the cards of two desks."""
    database = Database(f"sqlite:///{folder / 'alur.sqlite3'}")
    migrate(database)
    walk = walked(4)
    procedure = Procedure(sop=SOP, hash=content_hash(SOP))
    own: dict[int, int] = {}
    with database.write() as session:
        sops.store(session, SOP, procedure.hash, walk.at)
        for unit in UNITS:
            invitation = Invitation(
                id=UNITS.index(unit) + 1, role="unit_terkait", name=unit, unit=unit, expires_at=walk.at
            )
            invites.add(session, invitation, code=unit)
        for person in PEOPLE:
            known = {"name": person.name, "sapaan": person.sapaan, "unit": person.unit}
            own[person.member] = members.enrol(session, telegram_id=person.member, at=walk.at, **known).id
            appointments.add(session, member_id=own[person.member], role=person.role)
        record = cases.create(session, walk.case)
        for member in dict.fromkeys(own.values()):
            cards.announce(session, case_id=record.id, task=walk.task.id, member_id=member, at=walk.at, ring=True)
    numbers, answers, calendar = count(1), cycle(ANSWERS), a_calendar()

    def once() -> None:
        update = next(numbers)
        with database.write() as session:
            inbox.store(session, [(update, "{}", SARI)], at=walk.at)
        with database.write() as session:
            assert inbox.claim(session, update, at=walk.at)
            work = Work(
                session=session,
                at=walk.at,
                now=walk.at,
                calendar=calendar,
                procedures=(procedure,),
                update_id=update,
            )
            act = acts.AnswerInvitation(by=own[SARI], task=walk.task.id, attendance=next(answers))
            assert perform(work, record.id, act).refusal is None

    return once
