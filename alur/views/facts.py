"""What the templates of cards and notices may name about a task, gathered from the case in one place."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from alur.views import course, words
from alur.views.environment import joined, vocabulary
from alur.views.renewals import decided, renewed, replaced
from alur.views.screen import Reader
from alur.workflow.case import UNIT_FILE, Attendance, Case, Meeting, Return, Task, Version
from alur.workflow.correcting import LETTER
from alur.workflow.engine import Situation
from alur.workflow.engine.filing import wants_reason
from alur.workflow.engine.meetings import standing_ahead
from alur.workflow.engine.papers import missing_documents
from alur.workflow.engine.vacancy import vacant
from alur.workflow.engine.versions import changed, needs_note
from alur.workflow.mending import Corrected
from alur.workflow.outstanding import missing_papers, waits_outside
from alur.workflow.people import Appointment
from alur.workflow.reading import readable, reads_whole
from alur.workflow.sop import BRINGS, TaskKind


@dataclass(frozen=True, kw_only=True)
class Output:
    """A line of the checklist."""

    title: str
    version: Version | None
    is_required: bool
    is_stale: bool  # returned for correction, and nothing else has come in its place yet
    is_new: bool | None = None  # after a return, whether it is another one than before


@dataclass(frozen=True, kw_only=True)
class UnitLine:
    """A unit at a meeting: its people, each with his answer where he gave one, and the file made for it."""

    name: str
    people: tuple[str, ...]
    file: Version | None


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """An approved letter, its number and whether its signed copy is there."""

    title: str
    number: str | None
    copy: Version | None  # the signed one

    @property
    def is_signed(self) -> bool:
        return self.copy is not None


def common(s: Situation, *, reader: Reader, role: str | None) -> dict[str, Any]:
    """What every template about a case knows."""
    zone = s.office.calendar.zone
    return {
        "s": s,
        "sop": s.sop,
        "case": s.case,
        "reader": reader,
        "sapaan": words.sapaan(reader),
        "salutation": words.salutation(reader, role, s),
        "official": role is not None and words.is_official(role, s.sop),
        "guest": role is not None and words.is_guest(role, s.sop),
        "acting": s.office.plh_of(reader.member, role, s.at) if role is not None else None,
        "whole": reads_whole(s.sop, reader.reads),
        "when": partial(words.moment, zone=zone),
        "taken": partial(words.taken, zone=zone),
        "recorded": partial(words.recorded, zone=zone),
        "near": partial(words.near_moment, zone=zone),
        "clock": partial(words.clock, zone=zone),
        "held_as": vocabulary("held_as"),
        "day": words.day,
        "letter_day": words.letter_day,
        "size": words.size,
        "who": partial(words.who, sop=s.sop),
        "record": partial(words.record, sop=s.sop),
        "doc": partial(words.document_title, s.sop),
        "role_title": partial(words.role_title, sops=(s.sop,)),
        "is_vacant": s.is_vacant,
    }


def of_task(s: Situation, task: Task, *, reader: Reader, role: str | None) -> dict[str, Any]:
    step, definition = s.step(task), s.definition(task)
    case = s.case
    own_meeting = definition.schedules or (task.step if task.kind is TaskKind.CONVENE else None)
    meeting = case.meeting(own_meeting) if own_meeting else None
    guest = role is not None and words.is_guest(role, s.sop) and role not in s.desk(task)
    is_complete = not missing_documents(s, task) if task.kind in BRINGS else True
    is_moved = bool(meeting and meeting.has_moved and meeting.at > task.landed_at)
    return common(s, reader=reader, role=role) | {
        "guest": guest,
        "task": task,
        "step": step,
        "definition": definition,
        "total": len(s.sop.steps),
        "returns": returns_of(case, task),
        "handed": case.dispositions(task) if not task.returns else (),
        "senders": len(case.senders(task)),
        "sender": joined(words.who(item.by, s.sop) for item in case.senders(task)),
        "papers": [words.document_title(s.sop, item) for item in decided(s, task)],
        "needs": [words.document_title(s.sop, item) for item in map(case.newest, step.needs) if item],
        "products": [s.sop.document(item).title for item in step.sources.values()],
        **course.of_task(s, task),
        "unheld_tells": vacant(s, definition.tells),
        "returns_desk": course.desks_of(s, definition.returns_to) if definition.returns_to else None,
        "outputs": outputs(s, task),
        "is_complete": is_complete,
        "notes": notes(s, task, role=role),
        "meeting_step": s.sop.step(own_meeting) if own_meeting else None,
        "meeting": meeting,
        "ahead": standing_ahead(s, task.step),
        "invited": invited(s, own_meeting, meeting) if own_meeting else (),
        "counts": counts(meeting),
        "unanswered": unanswered(s, own_meeting, meeting) if own_meeting else 0,
        "own_answer": _own_answer(meeting, reader),
        "is_cancelled": own_meeting is not None and meeting is None and case.last_meeting(own_meeting) is not None,
        "is_early": is_early(s, task),
        "is_ahead": bool(meeting and meeting.starts > s.now),
        "is_moved": is_moved,
        "says_moved": is_moved and not guest and not is_complete,  # its desk, before the papers are all there
        "unit_file": case.newest(UNIT_FILE, unit=reader.unit) if reader.unit else None,
        "waits": waits_outside(s.sop, case, task),
        "obstacles": [item for item in case.obstacles if item.task == task.id],
        "has_news": not needs_note(s, task),
        "may_correct": s.step(task).together is None or s.is_undecided(case.beside(task)),
        "look_again": _earlier_return(s, task),
        "renewed": renewed(s, task),
        "replaced": replaced(s, task, reader=reader, role=role),
        "letter_corrected": letter_corrected(s, task),
        "suspension": case.suspension,
        "questions": [item for item in case.questions if item.task == task.id],
        "letters": letters(s),
        "lacks": missing_papers(s.sop, case),
        "wants_reason": wants_reason(s.sop, case),
        "makes_letter": makes_letter(s, task),
        "undone": case.overturned(task),
        "reopened": case.reopened(task),
        "assignment": task.assigned if task.handed_to is not None else None,
        "returned": next((item for item in case.returns if item.task == task.id and not item.is_outside), None),
    }


def notes(s: Situation, task: Task, *, role: str | None) -> tuple[str, ...]:
    """What the SOP's table remarks on the step, but for the names of other procedures: said once, to the desk that begins it,
    and where the step is a meeting until that has a date.
    """
    begins = role == task.role and task.index == 0 and task.round == 1
    if not begins or (task.kind is TaskKind.CONVENE and s.case.meeting(task.step)):
        return ()
    return tuple(item for item in s.step(task).notes if item not in s.sop.related)


def letter_corrected(s: Situation, task: Task) -> Corrected | None:
    """Who put the letter's file right since it came to the task, whose card is made of it."""
    step, definition, letter = s.step(task), s.definition(task), s.sop.letter
    shown = {*step.needs, *step.sources, *definition.sends, *definition.accepts}
    if not task.is_open or (task.before and letter not in shown):
        return None
    return next((item for item in s.case.corrected if item.what == LETTER and item.at > task.landed_at), None)


def is_early(s: Situation, task: Task) -> bool:
    """Whether the task's meeting was closed before it was to begin."""
    meeting = s.case.meeting(task.step) if task.kind is TaskKind.CONVENE else None
    return bool(meeting and task.closing and meeting.starts > task.closing.at)


def returns_of(case: Case, task: Task) -> tuple[Return, ...]:
    """Why the step is done again, newest first."""
    found = {item.id: item for item in case.returns}
    return tuple(found[number] for number in task.returns if number in found)


def outputs(s: Situation, task: Task) -> tuple[Output, ...]:
    step, case = s.step(task), s.case
    if task.kind not in BRINGS:
        return ()
    deficient = {document for item in returns_of(case, task) for document in item.documents}
    new = {item.document for item in changed(s, task)}
    found = []
    for document in step.uploads:
        version = case.brought(document, step=step.number)
        is_stale = document in deficient and version is not None and document not in new
        is_new = document in new if task.returns else None
        title = s.sop.document(document).title
        found.append(Output(title=title, version=version, is_required=True, is_stale=is_stale, is_new=is_new))
    for document in (*step.kept, *s.definition(task).accepts):
        version = case.brought(document, step=step.number)
        if version is None and document in step.kept:
            continue  # it is handed on as it is
        title = s.sop.document(document).title
        found.append(Output(title=title, version=version, is_required=False, is_stale=False))
    return tuple(found)


def invited(s: Situation, step: int, meeting: Meeting | None) -> tuple[UnitLine, ...]:
    """Everybody whom the step's meeting invites, by unit; units without a member too, for delivery by hand."""
    definition = s.sop.step(step).tasks[0]
    if not definition.participants:
        return ()
    people = [item for role in definition.participants for item in s.office.holders(role, s.at)]
    named = (item.unit or words.role_title(item.role, (s.sop,)) for item in people)
    nobody = (words.role_title(role, (s.sop,)) for role in definition.participants)
    titles = dict.fromkeys((*s.office.units, *named) or nobody)
    return tuple(
        UnitLine(
            name=unit,
            people=tuple(_person(item, meeting) for item in people if (item.unit or _title(s, item)) == unit),
            file=s.case.newest(UNIT_FILE, unit=unit),
        )
        for unit in titles
    )


def counts(meeting: Meeting | None) -> tuple[tuple[str, int], ...]:
    """How many answered what."""
    given = [item.attendance for item in meeting.answers] if meeting else []
    return tuple((vocabulary("attendances")[item.value], given.count(item)) for item in Attendance)


def unanswered(s: Situation, step: int, meeting: Meeting | None) -> int:
    """How many of those who are invited have not answered yet."""
    invited_members = {item.member for role in s.sop.step(step).tasks[0].participants for item in _holders(s, role)}
    return len(invited_members - {item.by.member for item in (meeting.answers if meeting else ())})


def letters(s: Situation) -> tuple[PaperLine, ...]:
    return tuple(
        PaperLine(
            title=item.title,
            number=s.case.nadine_number(item.id),
            copy=s.case.signed_copy(item.id),
        )
        for item in s.sop.documents
        if item.numbered and s.case.standing(item.id)
    )


def signed_letters(s: Situation, reader: Reader) -> tuple[PaperLine, ...]:
    """Each letter with its signed copy, or without: to those who read the case whole; to others what they were sent of them."""
    found = letters(s)
    if reads_whole(s.sop, reader.reads):
        return found
    own = readable(s, member=reader.member, unit=reader.unit, roles=reader.reads)
    return tuple(item for item in found if item.copy in own)


def lacking(s: Situation) -> tuple[tuple[str, str], ...]:
    """Each letter that lacks something, and what: "nomor Nadine dan dokumen bertanda tangan"."""
    found: dict[str, list[str]] = {}
    for document, lack in missing_papers(s.sop, s.case):
        found.setdefault(s.sop.document(document).title, []).append(vocabulary("lacks")[lack])
    return tuple((title, joined(items)) for title, items in found.items())


def makes_letter(s: Situation, task: Task) -> bool:
    """Whether an approval here makes, or passes on, a letter whose signature is given in Nadine."""
    step = s.step(task)
    concerned = {*step.needs, *step.sources.values()}
    return task.kind is TaskKind.REVIEW and any(s.sop.document(item).numbered for item in concerned)


def _earlier_return(s: Situation, task: Task) -> Return | None:
    """The return by which this desk had the work corrected that now lies before it again."""
    if task.round == 1 or task.returns:
        return None
    own = {item.id for item in s.case.tasks if item.step == task.step}
    return next((item for item in reversed(s.case.returns) if item.task in own and not item.is_outside), None)


def _own_answer(meeting: Meeting | None, reader: Reader) -> Any:
    answers = meeting.answers if meeting else ()
    return next((item for item in answers if item.by.member == reader.member), None)


def _person(item: Appointment, meeting: Meeting | None) -> str:
    """As in "Ibu Sari", "Ibu Sari (akan hadir)", "Bapak Joko (akan diwakili Tono)"."""
    answers = meeting.answers if meeting else ()
    answer = next((given for given in answers if given.by.member == item.member), None)
    name = f"{item.sapaan or vocabulary('titles')['sapaan']} {item.name}"
    if answer is None:
        return name
    said = vocabulary("attendances")[answer.attendance.value].lower()
    return f"{name} ({said} {answer.representative})" if answer.representative else f"{name} ({said})"


def _holders(s: Situation, role: str) -> tuple[Appointment, ...]:
    return s.office.holders(role, s.at)


def _title(s: Situation, item: Appointment) -> str:
    return words.role_title(item.role, (s.sop,))
