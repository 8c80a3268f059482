"""A year's reports: `/laporan` in chat, and `alur report`. Every case of the years that they tell of is read once, one at a time."""

from collections.abc import Collection, Iterator

from alur.services.people.office import refuse, refuse_stranger
from alur.services.tell import on, tell, tell_once
from alur.services.work import Answer, Work, refused
from alur.storage import cases, sops
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.errors import NotReadable, Refusal
from alur.workflow.notices import Notice
from alur.workflow.office.attempts import Attempt
from alur.workflow.presses import PressReport
from alur.workflow.reading import reads_whole
from alur.workflow.record import report
from alur.workflow.record.report import CaseTaken, Report, Reports

SHOWN = Answer(name="shown_below")
TURNED = Answer(name="form_changed")  # without a word: the message itself has changed


def show(work: Work, member: Member) -> None:
    """/laporan: this year, for those who read cases whole; the others are told so."""
    refusal = _refusal(work, member)
    if refusal is not None:
        refuse(work, Attempt(what="report", by=member.id), refusal)
        tell(work, member, notices.Refused.by(refusal))
        return
    for notice in (notices.Report(year=work.today.year), *_files(work.today.year)):
        tell(work, member, notice)


def press(work: Work, *, telegram_id: int, press: PressReport, message_id: int) -> Answer:
    """Another year: in the same message, and what belongs to it below, once for each copy."""
    member = work.member(telegram_id)
    if member is None:
        return refuse_stranger(work, telegram_id=telegram_id, button=press.name)
    refusal = _refusal(work, member)
    if refusal is not None:
        refuse(work, Attempt(what=press.name, by=member.id), refusal)
        return refused(refusal)
    place = on(work, member, message_id)
    tell(work, member, notices.Report(year=press.year, on=place))
    for notice in _files(press.year):
        tell_once(work, f"{notice.template}:{press.year}:{message_id}:{member.id}", member, notice)
    return SHOWN if place is None else TURNED


def _files(year: int) -> tuple[Notice, ...]:
    """Each a message of its own: pictures and papers do not stand in one."""
    return notices.ReportCharts(year=year), notices.ReportPapers(year=year)


def _refusal(work: Work, member: Member) -> Refusal | None:
    roles = work.office().reads(member.id, work.at)
    return None if any(reads_whole(item.sop, roles) for item in work.procedures) else NotReadable()


def of_year(work: Work, year: int, roles: Collection[str] | None = None) -> Reports:
    """Of the procedures that one of `roles` reads whole; of all, where none are named."""
    found = (item for item in _taken(work, year) if roles is None or reads_whole(item.sop, roles))
    made: tuple[Report, ...] = report.reports(found, year, work.now)
    earlier, later = (_year(item) for item in cases.neighbours(work.session, str(year)))
    return Reports(year=year, told=made, earlier=earlier, later=later)


def _taken(work: Work, year: int) -> Iterator[CaseTaken]:
    for record in cases.of_periods(work.session, [str(item) for item in report.wanted(year)]):
        sop = sops.get(work.session, record.case.sop_hash)
        yield report.taken(sop, record.case, work.calendar, work.now)


def _year(period: str | None) -> int | None:
    return int(period) if period is not None and period.isdecimal() else None
