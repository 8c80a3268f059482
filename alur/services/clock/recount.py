"""A changed calendar (an amended decree), or changed rules: open deadlines are counted anew, and those concerned are told
once. Called by the job of that name, page by page.
"""

from dataclasses import dataclass

from alur.services.cases.perform import perform
from alur.services.cases.situations import situation
from alur.services.clock.schedule import retime
from alur.services.work import CLOCK, Work
from alur.storage import calendar_mark, cases
from alur.workflow.counted import has_changed, mark_of
from alur.workflow.engine import decide
from alur.workflow.engine.acts.recount import Recount

PAGE = 50  # cases of one transaction


@dataclass(frozen=True, kw_only=True)
class Recounted:
    moved: int  # limits
    last: int | None  # the case up to which all are counted; None: there is no more


def is_noted(work: Work) -> bool:
    """Whether the running cases were counted by the calendar as it is, in all its years; none of them is read for it."""
    known = calendar_mark.get(work.session)
    return known is not None and mark_of(work.calendar).items() <= known.items()


def is_due(work: Work) -> bool:
    """Whether they were counted by another; a year that was not known yet is none."""
    return has_changed(calendar_mark.get(work.session), mark_of(work.calendar))


def recount(work: Work, after: int = 0) -> Recounted:
    """One page of the running cases, those after the one of that number. A case whose limit stands gets no entry in its
    trail.
    """
    moved, office = 0, work.office()
    page = cases.unfinished_after(work.session, after, PAGE)
    for record in page:
        s = situation(work, record.case, office)
        for task in record.case.open_tasks:
            act = Recount(by=CLOCK, task=task.id)
            if decide(s.sop, s.case, act, s.at, s.office).events:
                made = perform(work, record.id, act)
                s = situation(work, made.case or s.case, office)
                moved += 1
        retime(work, record.id, s)
    return Recounted(moved=moved, last=page[-1].id if len(page) == PAGE else None)


def note(work: Work) -> None:
    """All are counted by the calendar as it is. Years that it does not cover any more stay as they were counted."""
    calendar_mark.put(work.session, (calendar_mark.get(work.session) or {}) | mark_of(work.calendar))
