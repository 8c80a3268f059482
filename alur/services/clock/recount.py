"""A changed calendar (an amended decree): open deadlines are counted anew, and those concerned are told once."""

from alur.services.cases.perform import perform
from alur.services.cases.situations import situation
from alur.services.clock.schedule import retime
from alur.services.work import Work
from alur.storage import cases
from alur.workflow.engine import decide
from alur.workflow.engine.acts.recount import Recount

CLOCK = 0  # the member number of nobody: the clock acted


def recount(work: Work) -> int:
    """How many limits have moved. A case whose limit stands gets no entry in its trail."""
    moved = 0
    for record in cases.unfinished(work.session):
        s = situation(work, record.case)
        for task in record.case.open_tasks:
            act = Recount(by=CLOCK, task=task.id)
            if decide(s.sop, s.case, act, s.at, s.office).events:
                perform(work, record.id, act)
                moved += 1
    retime(work)
    return moved
