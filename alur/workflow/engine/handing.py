"""*Sudah Disampaikan*: a text was handed over in person to somebody whom Telegram does not reach."""

from alur.workflow.acts import HandOver
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import Unknown
from alur.workflow.events import CardHandedOver, Event
from alur.workflow.people import roles_with
from alur.workflow.sop import Right


def hand_over(s: Situation, act: HandOver) -> tuple[Event, ...]:
    """Whoever is told what must be done by hand records it, also when the task has been closed meanwhile."""
    if s.case.task(act.task) is None or all(item.member != act.to for item in s.office.appointments):
        raise Unknown(subject=f"{s.case.code}.{act.task}")
    actor = s.actor(act.by, roles_with(s.sop, Right.REPORT))
    return (CardHandedOver(task=act.task, to=act.to, by=actor, at=s.at),)
