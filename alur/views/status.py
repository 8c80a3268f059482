"""Where the cases stand, as lines of `/status`: whole for those who read cases, else only what concerns the reader."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from alur.views import course, facts, limits, words
from alur.views.buttons import button, in_pairs, nadine_buttons, nudge_buttons, of_desk, outside_meeting_buttons
from alur.views.environment import vocabulary
from alur.views.screen import Button, Reader, Rows
from alur.workflow.case import Outcome, Task
from alur.workflow.engine import Situation
from alur.workflow.engine.acts import RULES
from alur.workflow.engine.acts.record_nadine import filed_apart
from alur.workflow.engine.meetings import standing_ahead
from alur.workflow.engine.rule import Rule
from alur.workflow.mending import Cancellation, Suspension
from alur.workflow.outstanding import waits_outside
from alur.workflow.people import readers
from alur.workflow.presses import PressAct, PressBoard, PressStatusCase
from alur.workflow.reading import Concern, concerned, reads_whole
from alur.workflow.sop import LONGEST_LABEL, Step

PAGE = 8  # cases: as many as one message holds, unless much of what is written in them is long


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    title: str
    number: int
    when: str | None
    place: str | None
    answer: str | None  # what the reader answered
    is_over: bool
    is_ahead: bool  # it stands as dated, and its step comes again only later


@dataclass(frozen=True, kw_only=True)
class DeskLine:
    """An open task: on whose desk, and until when."""

    task: Task
    desk: str
    is_vacant: bool  # nobody holds it
    due: str | None
    is_overdue: bool
    is_top: bool  # nobody stands above it: of its delay is spoken otherwise
    waits_for: str | None
    handed_to: str | None  # whose alone it is, of those who hold it
    is_reopened: bool  # outside of the SOP's course
    reminded: str | None  # when the waiting side reminded it last


@dataclass(frozen=True, kw_only=True)
class HeldLine:
    """A decision that is recorded and not handed on yet."""

    task: Task
    by: str
    until: str


@dataclass(frozen=True, kw_only=True)
class CaseLines:
    """What `templates/notices/status.html` says of one case."""

    s: Situation
    is_whole: bool
    desks: tuple[DeskLine, ...]
    held: tuple[HeldLine, ...]
    skipped: tuple[str, ...]
    meetings: tuple[MeetingLine, ...]
    papers: tuple[facts.PaperLine, ...]
    stretch: Suspension | None  # in which it stands still
    cancelled: Cancellation | None
    filed: str | None  # the number under which the letter is filed, where its Nadine number is another
    was_sent: bool  # whether one of the reader's roles has, or had, anything to do with it

    @property
    def has_news(self) -> bool:
        return self.is_whole or self.was_sent or bool(self.meetings)


def lines(s: Situation, reader: Reader) -> CaseLines:
    is_whole, concerns = bool(set(readers(s.sop)) & set(reader.reads)), concerned(s.sop, s.case)
    return CaseLines(
        s=s,
        is_whole=is_whole,
        desks=tuple(_desk(s, task) for task in s.case.open_tasks),
        held=tuple(_held(s, task) for task in s.case.held_tasks),
        skipped=course.named(s, s.case.skipped),
        meetings=tuple(_meetings(s, reader, is_whole=is_whole)),
        papers=facts.letters(s) if is_whole else (),
        stretch=s.case.suspension,
        cancelled=s.case.cancellation,
        filed=filed_apart(s.sop, s.case).get("filed"),
        was_sent=any(concerns.get(role) is Concern.SENT for role in reader.reads),
    )


def _held(s: Situation, task: Task) -> HeldLine:
    closing, held = task.closing, task.held
    if closing is None or held is None:
        raise ValueError(f"nothing is held at {s.case.code}.{task.id}")
    by, until = words.record(closing.by, s.sop), words.clock(held.until, s.office.calendar.zone)
    return HeldLine(task=task, by=by, until=until)


def _desk(s: Situation, task: Task) -> DeskLine:
    waits = s.definition(task).waits_for if waits_outside(s.sop, s.case, task) else None
    role = s.sop.role(task.role)
    return DeskLine(
        task=task,
        desk=words.desk(role.id, s),
        is_vacant=s.is_vacant(task.role),
        due=words.moment(task.due, s.office.calendar.zone) if task.due else None,
        is_overdue=bool(task.due and s.at > task.due),
        is_top=role.top,
        waits_for=s.sop.role(waits).title if waits else None,
        handed_to=words.person(task.assigned.to) if task.assigned and not _is_lapsed(s, task) else None,
        is_reopened=s.case.reopened(task) is not None,
        reminded=words.short_moment(task.nudges[-1].at, s.office.calendar.zone) if task.nudges else None,
    )


def _is_lapsed(s: Situation, task: Task) -> bool:
    """Whether it was handed to somebody who does not hold it now."""
    return [item.member for item in s.holders(task)] != [task.handed_to]


def buttons(cases: Any, reader: Reader, *, is_alone: bool = False) -> Rows:
    """A row for each desk that may be reminded, each number that is missing and each meeting that can be dated, in the
    order of the lines. Where several cases have some, each names its own. What else can be done about a case stands there where
    it is shown alone, else behind *Lainnya*.
    """
    by_case = [(s, (*_of_case(s, case_id, reader), *_rest(s, case_id, reader, is_alone))) for case_id, s in cases]
    is_only = sum(bool(found) for _, found in by_case) == 1
    usual = tuple((item if is_only else _named(s, item),) for s, found in by_case for item in found)
    return (*usual, *(in_pairs(_more(cases[0][0], cases[0][1], reader)) if is_alone and cases else ()))


def _more(case_id: int, s: Situation, reader: Reader) -> tuple[Button, ...]:
    """*Papan* for whoever reads the case whole, and what mends it and is the reader's to do, in the order of the rules' own table."""
    board = (button(PressBoard(case=case_id)),) if reads_whole(s.sop, reader.reads) else ()
    return (*board, *(item for rule in RULES if rule.on_status for item in _of_rule(rule, case_id, s, reader)))


def _of_rule(rule: Rule[Any], case_id: int, s: Situation, reader: Reader) -> Iterator[Button]:
    """A button for each task that it may be about; where several are open, each is named by its desk."""
    offered = [on for on in rule.subjects(s) if rule.offers(s, reader.member, on)]
    for on in offered:
        found = button(PressAct(rule=rule.name, case=case_id, on=on), label=rule.label(s, on))
        task = s.case.task(on.task) if on.task is not None and len(offered) > 1 else None
        yield found if task is None else of_desk(found, s, task)


def _rest(s: Situation, case_id: int, reader: Reader, is_alone: bool) -> tuple[Button, ...]:
    is_more = not is_alone and bool(_more(case_id, s, reader))
    return (button(PressStatusCase(case=case_id), label="more"),) if is_more else ()


def _of_case(s: Situation, case_id: int, reader: Reader) -> tuple[Button, ...]:
    return (
        *nudge_buttons(s, case_id=case_id, reader=reader, tasks=s.case.open_tasks),
        *nadine_buttons(s, case_id=case_id, reader=reader),
        *outside_meeting_buttons(s, case_id=case_id, reader=reader),
    )


def _named(s: Situation, item: Button) -> Button:
    label = vocabulary("titles")["of_case"].format(s.case.code, item.label)
    return replace(item, label=limits.shortened(label, LONGEST_LABEL))


def _is_awaited(s: Situation, step: Step) -> bool:
    """Whether the step's meeting still needs a date from an outside party."""
    return bool(step.tasks[0].waits_for) and not s.case.finished_at and step.number not in s.case.skipped


def _meetings(s: Situation, reader: Reader, *, is_whole: bool) -> list[MeetingLine]:
    """Meetings that have a date, and for an outside party also the one that waits for it."""
    found = []
    for step in s.sop.steps:
        definition = step.tasks[0]
        meeting = s.case.meeting(step.number)
        is_theirs = bool({*definition.participants, definition.waits_for} & set(reader.reads))
        task = next((item for item in reversed(s.case.tasks) if item.step == step.number), None)
        was_sent = task is not None or (definition.waits_for in reader.reads and _is_awaited(s, step))
        comes_again = s.case.comes_again(step.number)
        is_over = task is not None and not task.is_open and not comes_again
        if task is not None and task.closing is not None and task.closing.outcome is Outcome.CANCELLED:
            continue
        if comes_again and s.case.cancellation is not None:
            continue
        if not (is_theirs and was_sent) and not (is_whole and (meeting or _is_awaited(s, step))):
            continue
        if is_whole and is_over:
            continue
        answer = next((item for item in meeting.answers if item.by.member == reader.member), None) if meeting else None
        found.append(
            MeetingLine(
                title=step.title,
                number=step.number,
                when=words.moment(meeting.starts, s.office.calendar.zone) if meeting else None,
                place=meeting.place if meeting else None,
                answer=vocabulary("attendances")[answer.attendance.value] if answer else None,
                is_over=is_over,
                is_ahead=standing_ahead(s, step.number) is not None,
            )
        )
    return found
