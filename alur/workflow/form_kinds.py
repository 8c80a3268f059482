"""What each kind of form asks, and the act that its answers make."""

from collections.abc import Collection
from datetime import date, tzinfo
from typing import assert_never

from alur.workflow import acts
from alur.workflow.case import ArchiveFields, Attendance, Task, Version
from alur.workflow.engine.convene import invitation_of, needs_invitation
from alur.workflow.engine.prepare import needs_note
from alur.workflow.engine.questions import desks
from alur.workflow.engine.review import SHORTEST_REASON
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.time_given import MOST_DAYS, grants_itself
from alur.workflow.errors import Unknown
from alur.workflow.form_archive import archive_fields, default_archive
from alur.workflow.forms import Field, Form, FormKind, Option, begun, file_of, starts_of
from alur.workflow.offers import days_ahead, hours
from alur.workflow.sop import Sop, TaskKind
from alur.workflow.written import LONGEST_WORDS

FIRST_HALF = 6  # months: in the second half of a year the next one is nearer than the last
NOTE = Field(name="text", kind="text", on_demand=True, most=LONGEST_WORDS)
TOLD = Field(name="text", kind="text", most=LONGEST_WORDS)
DECIDING = (
    FormKind.DISPOSE,
    FormKind.SUBMIT,
    FormKind.APPROVE,
    FormKind.RETURN,
    FormKind.DIRECT,
    FormKind.ARCHIVE,
)  # forms whose act holds only at the revision at which they were begun


def open_case_form(
    sops: tuple[Sop, ...],
    *,
    today: date,
    taken: Collection[tuple[str, str]] = (),
    letter_days: tuple[Option, ...] = (),
) -> Form | None:
    """Asks only what is open: with one SOP it is not asked for, and the period is a tap. `taken` are the periods, by SOP,
    that have a case; None where none is left. `letter_days` are days on which the letter may have been written.
    """
    near = (str(today.year), str(today.year + (1 if today.month > FIRST_HALF else -1)))
    years = [year for year in near if not all((sop.id, year) in taken for sop in sops)]
    if not years:
        return None
    fields = [
        Field(name="period", kind="choice", options=tuple(Option(value=year, label=year) for year in years)),
        Field(name="letter_number", kind="number"),
        Field(name="letter_date", kind="date", options=letter_days),
        Field(name="letter", kind="file"),
    ]
    answers = {}
    if len(sops) == 1:
        answers["sop"] = sops[0].id
    else:
        options = tuple(Option(value=sop.id, label=sop.short_title) for sop in sops)
        fields.insert(0, Field(name="sop", kind="choice", options=options))
    return begun(Form(kind=FormKind.OPEN_CASE, fields=tuple(fields), answers=answers))


def task_form(s: Situation, kind: FormKind, task: Task) -> Form | None:
    """The form of `kind` about `task`; None where nothing is to be asked and the tap alone decides."""
    definition = s.definition(task)
    fields: tuple[Field, ...]
    answers: dict[str, object] = {}
    match kind:
        case FormKind.DISPOSE | FormKind.DIRECT:
            fields, answers = (_ticks(definition.instructions), NOTE), {"ticks": list(definition.preset)}
        case FormKind.APPROVE if definition.with_disposition:
            fields, answers = (_ticks(definition.instructions), NOTE), {"ticks": list(definition.preset)}
        case FormKind.APPROVE | FormKind.SUBMIT:
            if not needs_note(s, task):
                return None
            fields = (TOLD,)
        case FormKind.RETURN:
            fields = (
                *_deficient(s, task),
                Field(name="reason", kind="reason", least=SHORTEST_REASON, most=LONGEST_WORDS),
            )
        case FormKind.SCHEDULE:
            fields = _meeting_fields(s, definition.schedules or task.step)
        case FormKind.CANCEL_MEETING:
            fields = ()
        case FormKind.ATTENDANCE:
            units = tuple(Option(value=unit, label=unit) for unit in s.office.units)
            meeting = s.case.meeting(task.step)
            fields = (Field(name="units", kind="ticks", options=units, inline=True),)
            answers = {"units": list(meeting.attended) if meeting else []}
        case FormKind.OBSTACLE:
            days = tuple(Option(value=str(day), label="") for day in range(1, MOST_DAYS + 1))
            own = (Field(name="days", kind="choice", options=days, optional=True),) if grants_itself(s, task) else ()
            fields = (Field(name="text", kind="text", least=SHORTEST_REASON, most=LONGEST_WORDS), *own)
        case FormKind.REPRESENT:
            fields = (Field(name="representative", kind="text"),)
        case FormKind.ARCHIVE:
            fields = archive_fields(s)
            answers = default_archive(s.sop, s.case)
        case FormKind.ASK:
            roles = tuple(Option(value=role, label=s.sop.role(role).title) for role in desks(s, task))
            fields = (Field(name="role", kind="choice", options=roles), TOLD)
        case FormKind.WITHDRAW:
            fields = (Field(name="version", kind="choice", options=_withdrawable(s, task)),)
        case _:
            raise Unknown(subject=kind.value)
    form = Form(
        kind=kind,
        code=s.case.code,
        step=task.step,
        task=task.id,
        revision=task.revision,
        fields=fields,
        answers=answers,
    )
    return begun(form)


def meeting_form(s: Situation, step: int) -> Form:
    """A meeting's date, entered before its step has come."""
    return begun(Form(kind=FormKind.SCHEDULE, code=s.case.code, step=step, fields=_meeting_fields(s, step)))


def nadine_form(s: Situation, document: str) -> Form:
    step, known = s.case.newest(document), s.case.nadine_number(document)
    options = (Option(value=known, label=known),) if known else ()
    return begun(
        Form(
            kind=FormKind.NADINE,
            code=s.case.code,
            step=step.step if step else None,
            subject=document,
            fields=(Field(name="number", kind="number", options=options),),
        )
    )


def answer_form(s: Situation, question: int) -> Form:
    asked = s.case.question(question)
    task = s.case.task(asked.task) if asked else None
    return begun(
        Form(
            kind=FormKind.ANSWER,
            code=s.case.code,
            step=task.step if task else None,
            subject=str(question),
            fields=(TOLD,),
        )
    )


def act_of(form: Form, member: int, *, zone: tzinfo) -> acts.AnyAct:
    """The act that a form's answers make; `zone` is the one in which people name hours."""
    answers = form.answers
    ticks, text = tuple(answers.get("ticks", ())), answers.get("text")
    task, revision = form.task or 0, form.revision
    match form.kind:
        case FormKind.OPEN_CASE:
            letter = file_of(form, "letter")
            if letter is None:
                raise Unknown(subject="letter")
            return acts.OpenCase(
                by=member,
                period=answers["period"],
                letter_number=answers["letter_number"],
                letter_date=date.fromisoformat(answers["letter_date"]),
                file=letter,
            )
        case FormKind.DISPOSE:
            return acts.Dispose(by=member, task=task, revision=revision, ticks=ticks, text=text)
        case FormKind.SUBMIT:
            return acts.Submit(by=member, task=task, revision=revision, note=text)
        case FormKind.APPROVE:
            return acts.Approve(by=member, task=task, revision=revision, ticks=ticks, text=text)
        case FormKind.RETURN:
            return acts.ReturnWork(
                by=member,
                task=task,
                revision=revision,
                documents=tuple(answers.get("documents", ())),
                reason=answers.get("reason"),
                file=file_of(form),
            )
        case FormKind.DIRECT:
            return acts.Direct(by=member, task=task, revision=revision, ticks=ticks, text=text)
        case FormKind.SCHEDULE:
            starts = starts_of(form, zone)
            return acts.ScheduleMeeting(
                by=member,
                step=form.step or 0,
                starts=starts,
                place=answers["place"],
                file=file_of(form, "invitation"),
            )
        case FormKind.CANCEL_MEETING:
            return acts.CancelMeeting(by=member, task=task)
        case FormKind.ATTENDANCE:
            return acts.RecordAttendance(by=member, task=task, units=tuple(answers.get("units", ())))
        case FormKind.OBSTACLE:
            days = answers.get("days")
            return acts.ReportObstacle(by=member, task=task, reason=text or "", days=int(days) if days else None)
        case FormKind.REPRESENT:
            return acts.AnswerInvitation(
                by=member,
                task=task,
                attendance=Attendance.REPRESENTED,
                representative=answers["representative"],
            )
        case FormKind.ARCHIVE:
            return acts.Archive(by=member, task=task, revision=revision, fields=ArchiveFields(**answers))
        case FormKind.NADINE:
            return acts.RecordNadine(by=member, document=form.subject or "", number=answers["number"])
        case FormKind.ASK:
            return acts.Ask(by=member, task=task, to_role=answers["role"], text=answers["text"])
        case FormKind.ANSWER:
            return acts.AnswerQuestion(by=member, question=int(form.subject or 0), text=answers["text"])
        case FormKind.WITHDRAW:
            return acts.Withdraw(by=member, version=int(answers["version"]))
        case _:
            assert_never(form.kind)


def _meeting_fields(s: Situation, step: int) -> tuple[Field, ...]:
    """Date, time and place; and the new invitation, where one was sent out before."""
    calendar, set_before = s.office.calendar, s.case.meeting(step)
    starts = set_before.starts.astimezone(calendar.zone) if set_before else None
    days = days_ahead(calendar, s.now, also=starts.date() if starts else None)
    fields = (
        Field(name="date", kind="date", options=days),
        Field(name="time", kind="time", options=hours(also=starts.time() if starts else None)),
        Field(name="place", kind="text"),
    )
    if s.case.round(step) is None or not invitation_of(s, step):
        return fields
    return (*fields, Field(name="invitation", kind="file", optional=not needs_invitation(s, step)))


def _ticks(instructions: tuple[str, ...]) -> Field:
    options = tuple(Option(value=item, label=item) for item in instructions)
    return Field(name="ticks", kind="ticks", options=options, inline=True)


def _deficient(s: Situation, task: Task) -> tuple[Field, ...]:
    """Which of several documents are deficient; with one there is nothing to tick."""
    versions = s.under_decision(task)
    if len(versions) < 2:
        return ()
    options = tuple(Option(value=item.document, label=s.sop.document(item.document).title) for item in versions)
    return (Field(name="documents", kind="ticks", options=options),)


def _withdrawable(s: Situation, task: Task) -> tuple[Option, ...]:
    return tuple(Option(value=str(item.id), label=item.file.name) for item in withdrawable(s, task))


def withdrawable(s: Situation, task: Task) -> tuple[Version, ...]:
    """The versions brought in this task that can still be taken back."""
    if task.kind not in (TaskKind.PREPARE, TaskKind.CONVENE) or not task.is_open:
        return ()
    return tuple(item for item in s.case.versions if item.task == task.id and not item.withdrawn)
