"""The buttons under a card. A button is shown to whoever may press it; whether it still holds is the engine's to say."""

from alur.views.environment import vocabulary
from alur.views.screen import Button, Reader, Rows, Style
from alur.views.seats import Seat
from alur.views.subjects import case_subject, task_subject
from alur.workflow.case import Task, missing_papers
from alur.workflow.engine import Situation
from alur.workflow.engine.archive import letter_roles
from alur.workflow.engine.convene import schedulers
from alur.workflow.engine.time_given import MOST_DAYS, check_may_be_nudged, nudgers
from alur.workflow.errors import TooLate
from alur.workflow.form_kinds import withdrawable
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


DECIDING = ("dispose", "submit", "approve", "return", "meet", "direct", "archive")


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


def card_buttons(s: Situation, *, case_id: int, task: Task, seat: Seat, reader: Reader) -> Rows:
    reading = reading_buttons(s, task_subject(case_id, task.id), reader)
    if not task.is_open:
        return reading
    subject = task_subject(case_id, task.id)

    def of(act: str, label: str = "", style: Style | None = None) -> Button:
        # Only what decides over versions is bound to them: an upload must not change a guest's card.
        return button(act, subject, revision=task.revision if act in DECIDING else 0, label=label, style=style)

    rows: list[tuple[Button, ...]] = []
    is_desk = seat in (Seat.HOLDER, Seat.HELPER)
    if seat is Seat.HOLDER:
        rows.append(tuple(of(act) for act in _decisions(s, task)))
    if seat is Seat.PARTICIPANT and s.case.meeting(task.step):
        rows.append((of("present"), of("absent"), of("represent")))
    dating = []
    if schedule := _schedule(s, task, reader):
        is_awaited = task.kind is TaskKind.CONVENE and schedule == "schedule"
        dating.append(of("schedule", schedule, "primary" if is_awaited else None))
    if is_desk and task.kind is TaskKind.CONVENE and s.case.meeting(task.step):
        dating.append(of("cancel_meeting"))
    rows.append(tuple(dating))
    if seat is Seat.HOLDER and task.kind is TaskKind.ARCHIVE:
        rows += [(item,) for item in nadine_buttons(s, case_id=case_id, reader=reader)]
    keeping = []
    if is_desk and _may_count(s, task):
        keeping.append(of("attendance"))
    if is_desk and _may_withdraw(s, task, seat, reader):
        keeping.append(of("withdraw"))
    rows.append(tuple(keeping))
    last = []
    if seat is Seat.HOLDER:
        last.append(of("ask"))
    if is_desk and task.due:
        last.append(of("obstacle"))
    return tuple(row for row in (*rows, tuple(last), *reading) if row)


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
        button("nadine", case_subject(case_id), argument=document)
        for document, lack in missing_papers(s.sop, s.case)
        if lack == "number" and set(letter_roles(s, document)) & set(reader.roles)
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
    if task is None or task.role in reader.roles or not set(nudgers(s, task)) & set(reader.roles):
        return ()
    try:
        check_may_be_nudged(s, task)
    except TooLate:
        return ()
    return (button("nudge", task_subject(case_id, task.id)),)


def outside_meeting_buttons(s: Situation, *, case_id: int, reader: Reader) -> tuple[Button, ...]:
    """*Jadwalkan Rapat* for each meeting that waits, or will wait, for an outside party, where the reader may."""
    found = []
    for step in s.sop.steps:
        if s.case.finished_at or not step.tasks[0].waits_for:
            continue
        if not set(schedulers(s, step.number)) & set(reader.roles):
            continue
        label = "reschedule" if s.case.meeting(step.number) else "schedule"
        task = next((item for item in reversed(s.case.tasks) if item.step == step.number), None)
        if task is None:
            found.append(button("schedule", case_subject(case_id), argument=str(step.number), label=label))
        elif task.is_open:
            subject = task_subject(case_id, task.id)
            found.append(button("schedule", subject, label=label))
    return tuple(found)


def _decisions(s: Situation, task: Task) -> tuple[str, ...]:
    match task.kind:
        case TaskKind.DISPOSE:
            return ("dispose",)
        case TaskKind.PREPARE:
            return ("submit",)
        case TaskKind.REVIEW:
            return ("approve", "return") if s.definition(task).returns_to else ("approve",)
        case TaskKind.CONVENE:
            return ("meet",) if s.case.meeting(task.step) else ()
        case TaskKind.DIRECT:
            return ("direct",)
        case TaskKind.ARCHIVE:
            return ("archive",)


def _schedule(s: Situation, task: Task, reader: Reader) -> str | None:
    """The label under which the reader may date a meeting from this card, if he may."""
    definition = s.definition(task)
    step = task.step if task.kind is TaskKind.CONVENE else definition.schedules
    if step is None or not set(schedulers(s, step)) & set(reader.roles):
        return None
    return "reschedule" if s.case.meeting(step) else "schedule"


def _may_count(s: Situation, task: Task) -> bool:
    """Whether units can be ticked that came to the meeting."""
    return bool(s.definition(task).participants and s.office.units and s.case.meeting(task.step))


def _may_withdraw(s: Situation, task: Task, seat: Seat, reader: Reader) -> bool:
    """The holder may take back any upload of the task, a helper his own."""
    return any(seat is Seat.HOLDER or item.by.member == reader.member for item in withdrawable(s, task))
