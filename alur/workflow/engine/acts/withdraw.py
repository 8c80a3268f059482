"""*Batalkan Berkas*: until its task is closed a version is taken back, by the task's holder or whoever brought it."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Task, Version
from alur.workflow.engine.papers import withdrawable
from alur.workflow.engine.rule import Act, Row, Rule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.versions import renumbered
from alur.workflow.errors import NotHolder, Unknown
from alur.workflow.events import Event, VersionWithdrawn
from alur.workflow.forms import Field, Form, Option
from alur.workflow.people import Actor
from alur.workflow.presses import On, known
from alur.workflow.sop import BRINGS


class Withdraw(Act):
    act: Literal["withdraw"] = "withdraw"
    version: int


class WithdrawRule(Rule[Withdraw]):
    """A button dies only where the version stood under the decision: an older one that is taken back changes nothing of it."""

    act, name, row = Withdraw, "withdraw", Row.MORE
    asks = True
    answer = "withdrawn"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        """Whoever has something of the task's to take back."""
        task = s.task(on.task, *BRINGS)
        actor = s.actor_at(task, member, _bringers(s, task))
        s.open_task(task.id)
        if not withdrawable(s, task):
            raise Unknown(subject=f"{s.case.code}.{task.id}")
        if not self._his(s, task, actor):
            raise NotHolder(role=task.role)
        return actor

    def form(self, s: Situation, member: int, on: On) -> Form:
        versions = self._his(s, s.task(on.task), self.may(s, member, on))
        options = tuple(Option(value=str(item.id), label=item.file.name) for item in versions)
        return self.asking(s, on, fields=(Field(name="version", kind="choice", options=options),))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> Withdraw:
        return Withdraw(by=member, version=int(known(form, "form").answers["version"]))

    def decide(self, s: Situation, act: Withdraw) -> tuple[Event, ...]:
        version = s.case.version(act.version)
        task = s.case.task(version.task) if version and version.task is not None else None
        if version is None or version.withdrawn or task is None or task.kind not in BRINGS:
            raise Unknown(subject=f"{s.case.code}#{act.version}")
        actor = s.actor_at(task, act.by, _bringers(s, task))
        if actor.role != task.role and version.by.member != act.by:
            raise NotHolder(role=task.role)
        self.may(s, act.by, On(task=task.id))
        touches = (task.id,) if version in s.under_decision(task) else ()
        withdrawn = VersionWithdrawn(
            version=version.id,
            by=actor,
            at=s.at,
            touches=touches,
            beside=_shown_beside(s, version),
            mover=act.by,
            renumbered=renumbered(s, version),
        )
        return (withdrawn,)

    def _his(self, s: Situation, task: Task, actor: Actor) -> Sequence[Version]:
        """The holder takes back any upload of his task, others their own."""
        is_holder = actor.role == task.role
        return [item for item in withdrawable(s, task) if is_holder or item.by.member == actor.member]


def _shown_beside(s: Situation, version: Version) -> tuple[int, ...]:
    is_newest = version == s.case.newest(version.document, unit=version.unit)
    return s.shown_beside(version.document, step=version.step) if is_newest else ()


def _bringers(s: Situation, task: Task) -> tuple[str, ...]:
    return (*s.desk(task), *filter(None, (s.definition(task).waits_for,)))
