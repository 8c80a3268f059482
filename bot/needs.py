"""What the words of a notice need beside its reader and its case, looked up when it is rendered (`bot.rendering`)."""

from typing import Any, assert_never

from alur.services import reports
from alur.services.cases.situations import situation
from alur.services.clock import agendas
from alur.services.evidence.bundle import chat
from alur.services.evidence.proofs import case_proof
from alur.services.people import desk, manage
from alur.services.work import Work
from alur.storage import audit, case_roles, cases, checkpoints, invites, sops
from alur.storage.notices import NoticeRow
from alur.views import status
from alur.views.notice.documents import PAGE
from alur.views.notice.maker import CaseTitle, Packed
from alur.views.screen import Reader
from alur.workflow.notices import (
    Agenda,
    Bundle,
    Cases,
    Checkpoint,
    InvitationLink,
    InvitationPicture,
    Need,
    Notice,
    Report,
    ReportCharts,
    ReportPapers,
    Status,
)
from alur.workflow.reading import SHOWN_ON, concerned
from alur.workflow.record.report import Reports


def needed(work: Work, row: NoticeRow, reader: Reader, notice: Notice) -> dict[str, Any]:
    """What the notice says that its words need."""
    found: dict[str, Any] = {}
    for need in notice.needs:
        match need:
            case Need.CASES:
                found |= _cases(work, reader, notice)
            case Need.CHOICE:
                found |= _choice(work, reader, notice)
            case Need.TRAIL:
                trail = audit.entries(work.session, notice.of_case) if notice.of_case is not None else ()
                found["trail"] = tuple((item.at, item.entry) for item in trail)
            case Need.PROOF:
                found["proof"] = case_proof(work, notice.of_case)
            case Need.STAFF:
                found["staff"] = desk.situation(work)
            case Need.AGENDA:
                found |= _agenda(work, row, reader, notice)
            case Need.PEOPLE:
                found["people"] = manage.staff(work, reader.member)
            case Need.CHECKPOINT:
                found["note"] = _note(work, notice)
            case Need.BUNDLE:
                found["bundle"] = _bundle(work, notice)
            case Need.REPORTS:
                found["reports"] = _reports(work, reader, notice)
            case Need.CODE:
                found["code"] = _code(work, notice)
            case _:
                assert_never(need)
    return found


def _note(work: Work, notice: Notice) -> str | None:
    row = checkpoints.of_size(work.session, notice.size) if isinstance(notice, Checkpoint) else None
    return row.note if row is not None else None


def _bundle(work: Work, notice: Notice) -> Packed:
    """What its part is called: the part itself is made when it is sent."""
    if not isinstance(notice, Bundle):
        raise TypeError(f"{notice.template} is no bundle")
    names = chat.part_names(work, notice.case_id, notice.size)
    name = names[notice.part] if notice.part < len(names) else ""
    left_out = chat.left_out(work, notice.case_id, notice.size) if notice.part == 0 else ()
    return Packed(name=name, count=len(names), left_out=left_out)


def _reports(work: Work, reader: Reader, notice: Notice) -> Reports:
    if not isinstance(notice, Report | ReportCharts | ReportPapers):
        raise TypeError(f"{notice.template} is no report")
    return reports.of_year(work, notice.year, reader.reads)


def _cases(work: Work, reader: Reader, notice: Notice) -> dict[str, Any]:
    """The page of the cases that concern the reader: these are read, and no others."""
    if not isinstance(notice, Status):
        raise TypeError(f"{notice.template} has no page of cases")
    office = work.office()
    if notice.case_id is not None:
        alone = ((item.id, situation(work, item.case, office)) for item in cases.of(work.session, [notice.case_id]))
        his = tuple((number, s) for number, s in alone if not set(concerned(s.sop, s.case)).isdisjoint(reader.reads))
        return {"start": notice.start, "is_alone": True, "cases": his}
    numbers, page = _page(work, reader, notice.start, most=status.PAGE)
    found = cases.of(work.session, numbers)
    return {**page, "cases": tuple((item.id, situation(work, item.case, office)) for item in found)}


def _choice(work: Work, reader: Reader, notice: Notice) -> dict[str, Any]:
    """What the cases are called that the screen could show to the reader; none of them is read."""
    if not isinstance(notice, Cases):
        raise TypeError(f"{notice.template} has no choice of cases")
    numbers, page = _page(work, reader, notice.start, most=PAGE, concerns=SHOWN_ON[notice.screen], newest_first=True)
    names = cases.names_of(work.session, numbers)
    titles = (
        CaseTitle(
            id=item.id, code=item.code, title=sops.get(work.session, item.sop_hash).short_title, period=item.period
        )
        for item in names
    )
    return {**page, "choice": tuple(titles)}


def _page(work: Work, reader: Reader, start: int, **how: Any) -> tuple[tuple[int, ...], dict[str, Any]]:
    """The numbers of a page's cases, and where it stands. One behind the last, as cases may have gone since its button was
    made, or as nobody but a forger asks for, is the first.
    """
    numbers, has_more = case_roles.page(work.session, reader.reads, start=start, **how)
    if not numbers and start > 0:
        return _page(work, reader, 0, **how)
    return numbers, {"start": start, "has_more": has_more}


def _code(work: Work, notice: Notice) -> str | None:
    """None once the link was sent, or the invitation serves nobody any more."""
    if not isinstance(notice, InvitationLink | InvitationPicture):
        raise TypeError(f"{notice.template} has no invitation")
    return invites.code_of(work.session, notice.invitation)


def _agenda(work: Work, row: NoticeRow, reader: Reader, notice: Notice) -> dict[str, Any]:
    """What the notice's moment still means for the member."""
    if not isinstance(notice, Agenda):
        raise TypeError(f"{notice.template} has no moment")
    named = agendas.named(work, notice_id=notice.first or row.id, member=reader.member, moment=notice.moment)
    return {"lines": named.lines, "others": named.others}
