"""A case at each of its desks, in the order of the SOP, and after its end: what can be brought, asked and dated there has been,
so that all that can be pressed there can be.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import product

from alur.workflow.apply import replay
from alur.workflow.case import UNIT_FILE
from alur.workflow.engine import Situation, decide
from alur.workflow.engine.acts.ask import desks
from alur.workflow.engine.papers import missing_documents
from alur.workflow.file_kinds import Signatures
from alur.workflow.presses import On
from alur.workflow.sop import BRINGS, TaskKind
from tests import acts
from tests.authority.people import ASKED, INVITED_UNIT, OFFICE, OWN_UNIT, who
from tests.factories import SOP, walked

GRANTED = "granted"  # days at step 5, just now
HELD = "held"  # the approval of step 6, before it is handed on
SUSPENDED, CANCELLED = "still", "off"  # at step 9: it stands still; it was called off
END = "end"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """`name` is that of the desk: "3.2" for the second of step 3."""

    name: str
    s: Situation

    def ons(self, rule):
        """All that a button of the rule could be about here."""
        case = self.s.case
        named = {
            "step": [step.number for step in SOP.steps if self.s.is_meeting(step.number)],
            "document": [item.id for item in SOP.documents if item.numbered],
            "question": [item.id for item in case.questions],
            "obstacle": [item.id for item in case.obstacles],
            "days": [1],
            "member": [who(SOP.roles[0].id).id],
            "invitation": [INVITED_UNIT],
            "way": [None],
            "version": [item.id for item in case.versions if item.signed],
        }
        tasks = case.open_tasks or case.tasks[-1:]
        about = [{}, *({"task": task.id, "revision": task.revision} for task in tasks)]
        for on, *values in product(about, *(named[name] for name in rule.names)):
            yield On(**on, **dict(zip(rule.names, values, strict=True)))


def _name(step, index):
    return f"{step.number}.{index + 1}" if len(step.tasks) > 1 else str(step.number)


def _moment(name, walk):
    return Moment(name=name, s=Situation(sop=SOP, case=walk.case, at=ASKED, now=ASKED, office=OFFICE))


def _dressed(walk):
    """The desk's own files and those of who helps it, a date, a question to each other desk, and an obstacle."""
    task, s = walk.task, walk.s
    definition, step = s.definition(task), s.step(task)
    holder, *helpers = (who(role).id for role in s.desk(task))
    if definition.waits_for:
        for document in definition.accepts:
            walk.upload(who(definition.waits_for).id, document)
    if s.is_meeting(task.step) and walk.case.meeting(task.step) is None:
        walk.schedule(holder, task.step)
    if task.kind in BRINGS:
        bringers = [holder, *helpers]
        for place, document in enumerate((*missing_documents(s, task), *step.kept)):
            walk.upload(bringers[place % len(bringers)], document)
        if definition.unit_files:
            walk.upload(holder, UNIT_FILE, unit=OWN_UNIT)
    for role in desks(s, task):
        walk.ask(holder, role)
    if task.kind is TaskKind.DIRECT:
        walk.upload(who("analis_sdm").id, "nota_dinas_laporan", "nota.pdf", signed=True, signatures=Signatures("none"))
    return walk.hinder(holder)


def _granted(walk):
    """Days for the obstacle, just now: they may be taken back still."""
    return walk.until(ASKED).grant(who(SOP.role(walk.task.role).escalates_to).id)


def _held(walk):
    task = walk.task
    act = acts.Approve(by=who(task.role).id, task=task.id, revision=task.revision)
    walk.case = replay(decide(SOP, walk.case, act, ASKED, OFFICE, undo=timedelta(seconds=20)).events, walk.case)
    return walk


def _all():
    for step in SOP.steps:
        for index in range(len(step.tasks)):
            yield _moment(_name(step, index), _dressed(walked(step.number, index, office=OFFICE)))
    yield _moment(GRANTED, _granted(_dressed(walked(5, office=OFFICE))))
    yield _moment(HELD, _held(walked(6, office=OFFICE)))
    yield _moment(SUSPENDED, _dressed(walked(9, office=OFFICE)).suspend(who("kabag_umum").id))
    yield _moment(CANCELLED, _dressed(walked(9, office=OFFICE)).cancel(who("kabag_umum").id))
    yield _moment(END, walked(None, office=OFFICE))


MOMENTS = tuple(_all())
