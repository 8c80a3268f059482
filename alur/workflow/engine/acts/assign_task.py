"""*Alihkan Tugas*: an open task becomes one holder's alone, of several who hold its role, or every holder's again."""

from datetime import tzinfo
from typing import Literal

from pydantic import AwareDatetime

from alur.workflow.case import Task
from alur.workflow.engine.drafts import has_own
from alur.workflow.engine.rule import TaskAct
from alur.workflow.engine.situation import Situation, already_assigned
from alur.workflow.engine.whole_case import REASON, WholeCaseRule, reason_of
from alur.workflow.errors import AssignedMeanwhile, CannotTakeOver, NobodyElse
from alur.workflow.events import Event, TaskAssigned
from alur.workflow.forms import Field, Form, Option, Where
from alur.workflow.mending import Assignment
from alur.workflow.people import Actor, Appointment
from alur.workflow.presses import On, known

EVERYBODY = "all"  # who holds the role, as before


class AssignTask(TaskAct):
    act: Literal["assign_task"] = "assign_task"
    to: int | None  # the member; None: every holder's again
    reason: str = ""
    since: AwareDatetime | None = None  # when it was handed over last, as far as whoever does it now has seen


class AssignRule(WholeCaseRule[AssignTask]):
    act, name = AssignTask, "assign"
    asks = True
    answer = "task_assigned"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        """Where some open task can be handed to another than has it now."""
        actor = super().may(s, member, on)
        if not _assignable(s):
            raise NobodyElse(roles=tuple(dict.fromkeys(task.role for task in s.case.open_tasks)))
        return actor

    def form(self, s: Situation, member: int, on: On) -> Form:
        """Which task, where there are several; to whom; and why, where it becomes one holder's alone."""
        tasks = _assignable(s)
        which = Field(
            name="task", kind="choice", options=tuple(_which(s, task) for task in tasks), fixed=len(tasks) == 1
        )
        whom = Field(name="holder", kind="choice", options=_options(s, tasks), by="task")
        to_one = Where(field="holder", values=tuple(item.value for item in whom.options if item.value != EVERYBODY))
        reason = REASON.model_copy(update={"only": (to_one,)})
        known_task = {"task": str(tasks[0].id)} if len(tasks) == 1 else {}
        seen = {str(task.id): task.assigned.at.isoformat() for task in tasks if task.assigned}
        return self.asking(s, on, fields=(which, whom, reason), answers=known_task, seen=seen)

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> AssignTask:
        answers = known(form, "form").answers
        to = None if answers["holder"] == EVERYBODY else int(answers["holder"])
        since, reason = known(form, "form").seen.get(answers["task"]), answers.get("reason") or ""
        return AssignTask(by=member, task=int(answers["task"]), to=to, reason=reason, since=since)

    def decide(self, s: Situation, act: AssignTask) -> tuple[Event, ...]:
        actor = super().may(s, act.by, On())
        task = s.open_task(act.task)
        assignment = None if act.to is None else self._assignment(s, task, act, act.to, actor)
        if assignment is None and task.assigned is None:
            raise NobodyElse(roles=(task.role,))
        return (TaskAssigned(task=task.id, assignment=assignment, by=actor, at=s.at),)

    def _assignment(self, s: Situation, task: Task, act: AssignTask, to: int, actor: Actor) -> Assignment:
        if task.handed_to == to and not s.is_anothers(task, to):
            raise already_assigned(task)
        found = next((item for item in _others(s, task) if item.member == to), None)
        if found is None:
            raise CannotTakeOver(role=task.role)
        if task.assigned is not None and task.assigned.at != act.since:
            raise AssignedMeanwhile(
                step=task.step, to=task.assigned.to.name, **task.assigned.by.as_facts, at=task.assigned.at
            )
        return Assignment(to=found.actor(), by=actor, at=s.at, reason=reason_of(act.reason, self.name))


def _assignable(s: Situation) -> tuple[Task, ...]:
    return tuple(task for task in s.case.open_tasks if _others(s, task) or task.assigned)


def _others(s: Situation, task: Task) -> tuple[Appointment, ...]:
    """Those to whom it can be handed: of several who hold its role whoever has it not alone already, has a phone, and has no
    draft of his own before him there.
    """
    acting = {item.member: item for item in s.office.holders(task.role, s.at)}
    if len(acting) < 2:
        return ()
    fit = (item for item in acting.values() if item.member not in (*s.office.unlinked, task.handed_to))
    return tuple(item for item in fit if not has_own(s, task, item.member))


def _options(s: Situation, tasks: tuple[Task, ...]) -> tuple[Option, ...]:
    """People by name, each with the tasks that he can get; and everybody, where one has it alone."""
    people: dict[int, Appointment] = {}
    fits: dict[str, list[str]] = {}
    for task in tasks:
        for item in _others(s, task):
            people.setdefault(item.member, item)
            fits.setdefault(str(item.member), []).append(str(task.id))
    found = [
        Option(value=str(number), label=_called(item), fits=tuple(fits[str(number)])) for number, item in people.items()
    ]
    handed = tuple(str(task.id) for task in tasks if task.assigned)
    return (*found, *((Option(value=EVERYBODY, label="", fits=handed),) if handed else ()))


def _called(item: Appointment) -> str:
    name = f"{item.sapaan} {item.name}" if item.sapaan else item.name
    return f"{name} ({item.unit})" if item.unit else name


def _which(s: Situation, task: Task) -> Option:
    return Option(value=str(task.id), label=f"{task.step}. {s.step(task).title} · {s.sop.role(task.role).title}")
