"""Finished cases for an office of many years, stored as the services store theirs."""

from datetime import timedelta

from alur.storage import cases, sops
from alur.workflow.case import ArchiveFields, Case, Closing, Letter, Meeting, Outcome, Task
from alur.workflow.people import Actor
from alur.workflow.sop import TaskKind

BY = Actor(member=1, role="tata_usaha", name="Wulan")


def finished_cases(house, count, *, first=2100, place="Ruang {}", step=4, procedure=None):
    """The numbers of so many cases of one procedure, of the years from `first` on, the last one finished yesterday. Each
    had a meeting in a room of its own, and was filed in a cabinet of its own.
    """
    procedure = procedure or house.procedures[0]

    def fill(work):
        sops.store(work.session, procedure.sop, procedure.hash, at=house.now)
        return [cases.create(work.session, case(number)).id for number in range(count)]

    def case(number):
        at = house.now - timedelta(days=count - number)
        period = str(first + number)
        task = Task(id=1, step=step, index=0, round=1, role=BY.role, kind=TaskKind.ARCHIVE, landed_at=at, due=None)
        return Case(
            code=f"{procedure.sop.id}-{period}",
            sop=procedure.sop.id,
            sop_hash=procedure.hash,
            period=period,
            letter=Letter(number="B-1", dated=at.date()),
            opened_by=BY,
            opened_at=at,
            tasks=(task.model_copy(update={"closing": Closing(outcome=Outcome.ARCHIVED, by=BY, at=at)}),),
            meetings=(Meeting(step=step, starts=at, place=place.format(number), by=BY, at=at),),
            archive=ArchiveFields(
                letter_number="1",
                classification=f"KP.{number:02}",
                file_number="1",
                location=f"Lemari {number}",
                description="IP ASN",
                span="2026",
                quantity="1 berkas",
            ),
            finished_at=at,
        )

    return house.transact(fill)
