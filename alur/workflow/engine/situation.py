"""What a decision is taken in: the SOP, the case as it is, the moment, and the office. Guards that several kinds of
task share live here; they raise a `Refusal`, which `decide` turns into a value.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alur.workflow.case import UNIT_FILE, Case, Closing, Outcome, Task, Version
from alur.workflow.errors import AlreadyDecided, AssignedToAnother, DecisionHeld, NotHolder, Substituted, Unknown
from alur.workflow.people import Actor, Appointment, Office
from alur.workflow.sop import BRINGS, Sop, Step, TaskDef, TaskKind


@dataclass(frozen=True, kw_only=True)
class Situation:
    sop: Sop
    case: Case
    at: datetime  # when the act was received: the moment that counts
    now: datetime  # when it is applied; later than `at` after an outage
    office: Office
    signer: Actor | None = None  # who decided elsewhere, or before: on paper, or when what is handed on now was pressed
    lands: datetime | None = None  # when the next desk gets it, where that was neither at the act nor now

    def step(self, task: Task) -> Step:
        return self.sop.step(task.step)

    def definition(self, task: Task) -> TaskDef:
        return self.sop.task(task.step, task.index)

    @property
    def landing(self) -> datetime:
        """When the next desk gets the work: at the act, or, if that was applied only on a later working day, then."""
        if self.lands is not None:
            return self.lands
        late = self.office.calendar.is_later_working_day(self.now, self.at)
        return self.now if late else self.at

    def actor(self, member: int, roles: Iterable[str]) -> Actor:
        """The member in the first of `roles` in which he acts at the moment of the act; refused where he does in none. The signer
        is who he was when he decided.
        """
        wanted = tuple(roles)
        if self.signer is not None and self.signer.member == member:
            return self.signer
        appointment = self.office.appointment(member, wanted, self.at)
        if appointment is not None:
            return appointment.actor()
        for role in wanted:
            if plh := self.office.plh_of(member, role, self.at):
                raise Substituted(**plh.actor().as_facts, until=plh.ends and plh.ends.isoformat())
        raise NotHolder(role=wanted[0])

    def holders(self, task: Task, at: datetime | None = None) -> tuple[Appointment, ...]:
        """Who holds the task now, or held it at that moment: those who act in its role, or the one of them to whom it was handed."""
        return self.office.holders(task.role, at or self.now, task.handed_to)

    def is_anothers(self, task: Task, member: int, at: datetime | None = None) -> bool:
        """Whether the member acts in the task's role, and it was handed to another who does."""
        if task.handed_to is None:
            return False
        moment = at or self.now
        acting = {item.member for item in self.office.holders(task.role, moment)}
        return member in acting - {item.member for item in self.holders(task, moment)}

    def roles_at(self, task: Task, member: int, roles: Iterable[str]) -> tuple[str, ...]:
        """Those of `roles` in which the member may do something at the task: not in its own, while it is another's."""
        is_anothers = self.is_anothers(task, member, self.at)
        return tuple(role for role in roles if role != task.role or not is_anothers)

    def actor_at(self, task: Task, member: int, roles: Iterable[str] | None = None) -> Actor:
        """The same as `actor`, at that task: in one of `roles`, or as its holder. Refused, too, where it was handed to another."""
        wanted = (task.role,) if roles is None else tuple(roles)
        if self.signer is not None and self.signer.member == member:
            return self.signer
        open_to_him = self.roles_at(task, member, wanted)
        if open_to_him != wanted and self.office.appointment(member, open_to_him, self.at) is None:
            raise already_assigned(task)
        return self.actor(member, open_to_him)

    def is_vacant(self, role: str) -> bool:
        """Whether nobody holds the role now: what lands there waits for its first."""
        return not self.office.holders(role, self.now)

    def desk(self, task: Task) -> tuple[str, ...]:
        """The roles that work at the task: its holder's, and its helpers'."""
        return (task.role, *self.definition(task).helpers)

    def is_meeting(self, step: int) -> bool:
        return 1 <= step <= len(self.sop.steps) and self.sop.step(step).tasks[0].kind is TaskKind.CONVENE

    def task(self, number: int | None, *kinds: TaskKind) -> Task:
        """The task of that number, if it is of one of `kinds`; `Unknown` where there is none such."""
        task = self.case.task(number) if number is not None else None
        if task is None or (kinds and task.kind not in kinds):
            raise Unknown(subject=f"{self.case.code}.{number}")
        return task

    def open_task(self, number: int | None, *kinds: TaskKind) -> Task:
        """The same, if it is open; without regard to who asks."""
        task = self.task(number, *kinds)
        if task.closing is not None:
            raise already_decided(self.case, task, task.closing)
        for other in self.case.beside(task):
            closing = other.held and other.closing
            if closing and ends_those_beside(self.step(task).together, closing.outcome):
                raise already_decided(self.case, other, closing)
        return task

    def under_decision(self, task: Task) -> tuple[Version, ...]:
        """The versions that a decision on the task is about (DESIGN §4, "Revision")."""
        step = self.step(task)
        match task.kind:
            case TaskKind.PREPARE | TaskKind.CONVENE:
                found = (self.case.brought(document, step=step.number) for document in (*step.uploads, *step.kept))
            case TaskKind.REVIEW if step.sources:
                found = (self.case.newest(document) for document in step.sources)
            case _:
                found = (self.case.newest(document) for document in step.needs)
        return tuple(version for version in found if version is not None)

    def touched_by(self, document: str, *, step: int) -> tuple[int, ...]:
        """The open tasks whose decision changes when a version of `document`, brought for `step`, comes or goes."""
        return tuple(task.id for task in self.case.open_tasks if self._is_touched(task, document, step))

    def _is_touched(self, task: Task, document: str, step: int) -> bool:
        own = self.step(task)
        match task.kind:
            case TaskKind.PREPARE | TaskKind.CONVENE:
                return step == own.number and document in (*own.uploads, *own.kept)
            case TaskKind.REVIEW if own.sources:
                return document in own.sources
            case _:
                return document in own.needs

    def shown_beside(self, document: str, *, step: int) -> tuple[int, ...]:
        """The open tasks of desks that bring papers whose decision that leaves alone, and whose cards show it all the same."""
        return tuple(
            task.id
            for task in self.case.open_tasks
            if task.kind in BRINGS and not self._is_touched(task, document, step) and self._is_shown(task, document)
        )

    def _is_shown(self, task: Task, document: str) -> bool:
        own, definition = self.step(task), self.definition(task)
        begins = () if task.before else (self.sop.letter,)
        units = (UNIT_FILE,) if definition.unit_files else ()
        return document in (*own.needs, *definition.sends, *definition.accepts, *begins, *units)

    def is_undecided(self, tasks: Iterable[Task]) -> bool:
        """Whether nobody has decided any of them yet: what lies before them may still change."""
        return all(item.is_open for item in tasks)


def already_assigned(task: Task) -> AssignedToAnother | Unknown:
    """To whom the task was handed, and when."""
    if task.assigned is None:
        return Unknown(subject=f"{task.id}")
    return AssignedToAnother(step=task.step, **task.assigned.to.as_facts, at=task.assigned.at)


def held_facts(task: Task) -> dict[str, Any]:
    """What a refusal names of the decision that is held at the task: what, by whom and when, and when it is handed on."""
    closing, held = task.closing, task.held
    if closing is None or held is None:
        raise ValueError(f"nothing is held at task {task.id}")
    return {
        "step": task.step,
        "outcome": closing.outcome.value,
        **closing.by.as_facts,
        "at": closing.at,
        "until": held.until,
    }


def already_decided(case: Case, task: Task, closing: Closing) -> AlreadyDecided | DecisionHeld:
    """Who decided and when: of a task that ended with another's decision, that one; of an approval that was undone, who
    returned what it had approved; and of whatever was, who opened an earlier step again.
    """
    other = case.task(closing.ended_by) if closing.ended_by is not None else None
    if other is not None and other.closing is not None:
        return already_decided(case, other, other.closing)
    step, outcome, by, at = task.step, closing.outcome, closing.by, closing.at
    if closing.held is not None:
        return DecisionHeld(**held_facts(task))
    back = case.overturned(task)
    if back:
        step = back.to_step if back.is_outside else step
        outcome, by, at = Outcome.REOPENED if back.is_outside else Outcome.RETURNED, back.by, back.at
    return AlreadyDecided(
        step=step,
        kind=task.kind.value,
        outcome=outcome.value,
        **by.as_facts,
        at=at,
    )


def ends_those_beside(together: str | None, outcome: Outcome) -> bool:
    """Whether a decision is enough for the desks beside it, too: they need none of their own any more."""
    return together == "any" or (together == "all" and outcome is Outcome.RETURNED)
