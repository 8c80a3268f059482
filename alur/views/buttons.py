"""The buttons under a card. A button is shown to whoever may press it; whether it still holds is the engine's to say."""

from alur.views.environment import vocabulary
from alur.views.screen import Button, Reader, Rows, Style
from alur.views.subjects import case_subject, task_subject
from alur.workflow.case import Task
from alur.workflow.engine import Situation
from alur.workflow.engine.acts import RULES
from alur.workflow.engine.acts.nudge_desk import NudgeRule
from alur.workflow.engine.acts.record_nadine import NadineRule
from alur.workflow.engine.acts.schedule_meeting import ScheduleRule
from alur.workflow.engine.rule import DecisionRule, On, Row
from alur.workflow.engine.time_given import MOST_DAYS
from alur.workflow.reading import readable, reads_whole
from alur.workflow.sop import TaskKind

STYLES: dict[str, Style] = {
    "submit": "primary",
    "dispose": "primary",
    "approve": "success",
    "return": "danger",
    "meet": "primary",
    "direct": "primary",
    "archive": "primary",
    "present": "success",
    "send": "success",
    "open": "primary",
    "nadine": "primary",  # shown only while the number is missing
}


def button(
    act: str,
    subject: str,
    *,
    revision: int = 0,
    argument: str | None = None,
    label: str = "",
    style: Style | None = None,
) -> Button:
    """The button of an act under its label; `label` names another of the vocabulary's, `style` another than the act's."""
    text = vocabulary("labels")[label or act]
    colour = style or STYLES.get(act)
    return Button(label=text, act=act, subject=subject, revision=revision, argument=argument, style=colour)


def card_buttons(s: Situation, *, case_id: int, task: Task, reader: Reader) -> Rows:
    """A row a line of `Row`, in the order of the rules' own table; each rule says itself whether it is the reader's to do."""
    subject = task_subject(case_id, task.id)
    reading = reading_buttons(s, subject, reader)
    if not task.is_open:
        return reading
    rows: dict[Row, list[Button]] = {row: [] for row in Row}
    on = On(task=task.id, revision=task.revision)
    for rule in RULES:
        if rule.row is not None and rule.offers(s, reader.member, on):
            # Only what decides over versions is bound to them: an upload must not change a guest's card.
            revision = task.revision if isinstance(rule, DecisionRule) else 0
            label = rule.label(s, on)
            is_awaited = label == "schedule" and task.kind is TaskKind.CONVENE
            style: Style | None = "primary" if is_awaited else None
            rows[rule.row].append(button(rule.name, subject, revision=revision, label=label, style=style))
    numbers = nadine_buttons(s, case_id=case_id, reader=reader) if task.kind is TaskKind.ARCHIVE else ()
    above = [tuple(rows[row]) for row in Row if row < Row.NUMBER and rows[row]]
    below = [tuple(rows[row]) for row in Row if row >= Row.NUMBER and rows[row]]
    return (*above, *((item,) for item in numbers), *below, *reading)


def reading_buttons(s: Situation, subject: str, reader: Reader) -> Rows:
    """The last row of every card, open or closed: *Lihat Berkas* where there is something that he may read, *Riwayat*
    for those who read cases whole.
    """
    if reads_whole(s.sop, reader.roles):
        return ((button("files", subject), button("history", subject)),)
    if readable(s, member=reader.member, unit=reader.unit, roles=reader.roles):
        return ((button("files", subject),),)
    return ()


def nadine_buttons(s: Situation, *, case_id: int, reader: Reader) -> tuple[Button, ...]:
    """*Isi Nomor Nadine* for each approved letter without a number, where the reader may enter it."""
    return tuple(
        button("nadine", case_subject(case_id), argument=document.id)
        for document in s.sop.documents
        if NadineRule().offers(s, reader.member, On(argument=document.id))
    )


def desk_buttons(*, case_id: int, task: Task) -> Rows:
    """Under a message about the reader's own desk: its card anew, and *Ada Kendala* where there is a limit."""
    if not task.is_open:
        return ()
    subject = task_subject(case_id, task.id)
    card = button("card", subject)
    return ((card, button("obstacle", subject)),) if task.due else ((card,),)


def grant_buttons(subject: str, obstacle: int) -> Rows:
    """One, two or three more working days, in one row."""
    days = range(1, MOST_DAYS + 1)
    label = vocabulary("titles")["days"]
    return (
        tuple(Button(label=label.format(n), act="grant", subject=subject, argument=f"{obstacle}.{n}") for n in days),
    )


def nudge_buttons(s: Situation, *, case_id: int, reader: Reader) -> tuple[Button, ...]:
    """*Ingatkan* for the desk that is due, where the reader waits for it and nobody has reminded it today."""
    task = s.case.open_task
    if task is None or not NudgeRule().offers(s, reader.member, On(task=task.id)):
        return ()
    return (button("nudge", task_subject(case_id, task.id)),)


def outside_meeting_buttons(s: Situation, *, case_id: int, reader: Reader) -> tuple[Button, ...]:
    """*Jadwalkan Rapat* for each meeting that waits, or will wait, for an outside party, where the reader may."""
    found, rule = [], ScheduleRule()
    for step in s.sop.steps:
        on = On(argument=str(step.number))
        if not step.tasks[0].waits_for or not rule.offers(s, reader.member, on):
            continue
        task = next((item for item in reversed(s.case.tasks) if item.step == step.number), None)
        subject = task_subject(case_id, task.id) if task else case_subject(case_id)
        argument = None if task else on.argument
        found.append(button(rule.name, subject, argument=argument, label=rule.label(s, on)))
    return tuple(found)
