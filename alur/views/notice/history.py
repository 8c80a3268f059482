"""The screen of `/riwayat`: the case told in order, one line an act, every word of it, from the entries of its trail.

Each event that speaks has its words as a macro of its name in `templates/history.html`.
"""

import sys
from dataclasses import dataclass
from typing import assert_never

from alur.views import course, facts, limits, pages, renewals, words
from alur.views.buttons import button
from alur.views.environment import render, vocabulary
from alur.views.headings import amended
from alur.views.notice.maker import Given, Parts, Trail, make, wanted
from alur.views.screen import Reader
from alur.workflow import notices
from alur.workflow.case import Outcome
from alur.workflow.engine import Situation
from alur.workflow.events import (
    ArchiveCorrected,
    AttendanceRecorded,
    CardHandedOver,
    CaseCancelled,
    CaseFinished,
    CaseOpened,
    CaseResumed,
    CaseSuspended,
    DaysGranted,
    DeadlineSet,
    DecisionReleased,
    DecisionWithdrawn,
    DeskNudged,
    Event,
    GrantWithdrawn,
    InvitationAnswered,
    LetterCorrected,
    MeetingCancelled,
    MeetingScheduled,
    NadineRecorded,
    ObstacleReported,
    QuestionAnswered,
    QuestionAsked,
    QuestionWithdrawn,
    StepReopened,
    TaskAssigned,
    TaskClosed,
    TaskOpened,
    VersionAdded,
    VersionWithdrawn,
    WorkReturned,
)
from alur.workflow.people import Actor
from alur.workflow.presses import PressCases, PressControlCard, PressHistoryPage
from alur.workflow.reading import reads_whole
from alur.workflow.trail import events_of

PAGE = 10  # acts
HEADING = 400  # units that stand over them, besides the SOP's title
NOBODY = Reader(member=0, name="", sapaan=None, unit=None, roles=())  # the history addresses nobody


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line: when, who (None: the clock), and what of it is told."""

    when: str
    who: str | None
    events: tuple[Event, ...]


def speaks(event: Event) -> bool:
    """Whether the event has words of its own; the others follow from one that has."""
    match event:
        case DecisionReleased():
            return False  # it was told when it was made
        case TaskOpened():
            return False  # where the work went stands in the words of whoever closed the task before
        case TaskClosed(closing=closing):
            # A return is said by itself, with its reason; whose task ended with another's decision, did nothing.
            if closing.held is not None:
                return True  # whatever it was: what follows from it comes later
            return closing.outcome.is_decision and closing.outcome is not Outcome.RETURNED
        case VersionAdded(use=use, version=version):
            return use not in ("product", "sheet") and not (use == "letter" and version.number == 1)
        case DeadlineSet(because=because):
            return because == "calendar"  # else it follows from the meeting's date
        case (
            CaseOpened()
            | WorkReturned()
            | VersionWithdrawn()
            | MeetingScheduled()
            | MeetingCancelled()
            | AttendanceRecorded()
            | ObstacleReported()
            | DaysGranted()
            | DeskNudged()
            | CardHandedOver()
            | InvitationAnswered()
            | QuestionAsked()
            | QuestionAnswered()
            | NadineRecorded()
            | CaseFinished()
            | DecisionWithdrawn()
            | TaskAssigned()
            | GrantWithdrawn()
            | QuestionWithdrawn()
            | LetterCorrected()
            | ArchiveCorrected()
            | CaseSuspended()
            | CaseResumed()
            | CaseCancelled()
            | StepReopened()
        ):
            return True
        case _:
            assert_never(event)


def told(s: Situation, trail: Trail) -> tuple[Told, ...]:
    """The acts in order. Refusals changed nothing: they stand in the trail, not here."""
    zone, year = s.office.calendar.zone, s.now.astimezone(s.office.calendar.zone).year
    found = []
    for at, entry in trail:
        events = tuple(item for item in events_of(entry, at, s.office) if speaks(item))
        if events:
            who = _actor(events[0])
            when = words.line_moment(at, zone, year=year)
            named = words.record(who, s.sop) if who else None
            found.append(Told(when=when, who=named, events=events))
    return tuple(found)


def _actor(event: Event) -> Actor | None:
    """Who did it: the event itself says so, or what it carries."""
    carried = (getattr(event, name) for name in type(event).model_fields)
    for item in (event, *carried):
        by = getattr(item, "by", None)
        if isinstance(by, Actor):
            return by
    return None


@make.register
def _history(notice: notices.History, given: Given) -> Parts:
    """As many acts, or parts of a long one, as a message holds, but at most ten: the newest unless the notice says up to
    which. Pages are named by their last part, so that new acts move none; what is left over is the oldest, and shorter.
    """
    if notice.case_id is None or not reads_whole(given.situation.sop, given.reader.reads):
        return Parts({"parts": (), "count": 0})
    s, case = given.situation, notice.case_id
    lines = told(s, wanted(given.trail))
    found = pages.parts(_text(s, line) for line in lines)
    bounds = {"most": PAGE, "room": limits.MESSAGE - HEADING - limits.units(s.sop.short_title)}
    count = len(found)
    last = min(notice.upto or count, count)
    first = pages.first_of(found, last, **bounds)
    turns = []
    if first > 0:
        turns.append(button(PressHistoryPage(case=case, upto=first), label="older"))
    if last < count:
        newer = pages.end_after(found, last, **bounds)
        turns.append(button(PressHistoryPage(case=case, upto=newer), label="newer"))
    rows = [tuple(turns), (button(PressControlCard(case=case)),)]
    if notice.others:
        rows.append((button(PressCases(screen="history"), label="other_cases"),))
    return Parts({"parts": found[first:last], "count": len(lines)}, tuple(row for row in rows if row))


def _text(s: Situation, line: Told) -> str:
    """The whole line, in plain text."""
    context = {
        **facts.common(s, reader=NOBODY, role=None),
        "line": line,
        "task_of": s.case.task,
        "number_of": lambda number: s.case.versions[number - 1].number,
        "is_asked": lambda number: bool((found := s.case.question(number)) and found.is_open),
        "question_of": s.case.question,
        "amended": amended,
        "is_early": lambda task: facts.is_early(s, task),
        "file_name": lambda number: s.case.versions[number - 1].file.name,
        "renewed": lambda task: renewals.renewed(s, task),
        "title": lambda number: words.document_title(s.sop, s.case.versions[number - 1]),
        "to_next": lambda task: course.to_next(s, task) if course.leads_on(s, task) else "",
        "unheld": lambda task: course.unheld(s, task) if course.leads_on(s, task) else "",
        "skipped": lambda task: course.skipped(s, task),
        "skipped_at_first": course.named(s, range(1, s.case.tasks[0].step)),
        "attendance_of": vocabulary("attendances"),
    }
    return limits.plain(render("history_line.html", context, limit=sys.maxsize))
