"""What one person is told at one moment, as the lines of the notice `agenda`: reminders of the own desk, reports of
others', meetings. Each line is found by `alur.workflow.agenda` and worded in `templates/notices/agenda.html`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from alur.views import words
from alur.views.buttons import button, nudge_buttons, obstacle_button
from alur.views.environment import vocabulary
from alur.views.screen import Button, Reader, Rows
from alur.workflow.agenda import DESK, REPORTED, Capacity, Line, urgency
from alur.workflow.case import InvitationAnswer, Meeting, Nudge, Obstacle, Task
from alur.workflow.engine import Situation
from alur.workflow.engine.papers import missing_documents
from alur.workflow.engine.standing import standing
from alur.workflow.engine.time_given import grants_itself, superior_of
from alur.workflow.outstanding import waits_outside
from alur.workflow.people import ADMIN
from alur.workflow.presses import PressCard
from alur.workflow.reminders import Occasion, tells_superior
from alur.workflow.sop import Step, TaskKind
from alur.workflow.watched import watched

MATTERS = {  # what a capacity is told about: the same of the same task is told once
    Capacity.HOLDER: "desk",
    Capacity.HELPER: "desk",
    Capacity.INVITED: "meeting",
    Capacity.OUTSIDE: "outside",
    Capacity.SUPERIOR: "report",
    Capacity.ADMINISTRATOR: "report",
}
ALMOST_AN_HOUR = timedelta(minutes=55)
MOST_ROWS = 40  # of buttons; Telegram takes 100 buttons


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line for one reader, with what its words name."""

    case_id: int
    s: Situation
    line: Line
    task: Task
    reader: Reader
    since: datetime  # the message's moment

    @property
    def topic(self) -> str:
        return self.line.topic

    @property
    def matter(self) -> str:
        return "meeting" if self.topic == "meeting" else MATTERS[self.line.capacity]

    @property
    def role(self) -> str | None:
        """The role in which the reader is told."""
        if self.line.capacity is Capacity.ADMINISTRATOR:
            return ADMIN
        if self.line.capacity is Capacity.SUPERIOR:
            return superior_of(self.s, self.task)
        return standing(self.s, self.task, self.reader.member, self.reader.roles)[1]

    @property
    def official(self) -> bool:
        return self.role is not None and words.is_official(self.role, self.s.sop)

    @property
    def step(self) -> Step:
        return self.s.step(self.task)

    @property
    def desk(self) -> str:
        return words.desk(self.task.role, self.s)

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds the desk: it waits for its first, and cannot be reminded."""
        return self.s.is_vacant(self.task.role)

    @property
    def is_of_top(self) -> bool:
        """Whether nobody stands above the desk: of its delay its colleagues are told otherwise."""
        return grants_itself(self.s, self.task)

    @property
    def is_meeting(self) -> bool:
        return self.task.kind is TaskKind.CONVENE

    @property
    def nth(self) -> int:
        return self.line.nth

    @property
    def limit(self) -> str | None:
        """As in "Senin, 14 Des, 16.00 WIB": who is reminded needs no year."""
        return words.near_moment(self.task.due, self.s.office.calendar.zone) if self.task.due else None

    @property
    def hour(self) -> str | None:
        return words.hour(self.task.due.astimezone(self.s.office.calendar.zone)) if self.task.due else None

    @property
    def hours_left(self) -> int:
        """Whole hours until the limit as it is read: the message may have been sent late."""
        return round((self.task.due - self.s.now).total_seconds() / 3600) if self.task.due else 0

    @property
    def told_too(self) -> str | None:
        """The post to which the same delay is reported now; nobody is threatened with a report that nobody reads."""
        superior = superior_of(self.s, self.task)
        if superior is None or grants_itself(self.s, self.task) or not tells_superior(self.line.nth):
            return None
        others = [item for item in self.s.office.holders(superior, self.s.at) if item.member != self.reader.member]
        return self.s.sop.role(superior).title if others else None

    @property
    def may_direct(self) -> bool:
        """Whether the reader is the desk's superior indeed, and not told in the place of one."""
        return self.line.capacity is Capacity.SUPERIOR and not self.is_of_top

    @property
    def obstacle(self) -> Obstacle | None:
        """What the desk last said of its difficulties."""
        return next((item for item in reversed(self.s.case.obstacles) if item.task == self.task.id), None)

    @property
    def told(self) -> Obstacle | None:
        """The same, where it was said after this reminder."""
        return told_since(self.s, self.task, self.since)

    @property
    def reminded(self) -> Nudge | None:
        """The reminder that the waiting side has sent today: there is no second one."""
        last = self.task.nudges[-1] if self.task.nudges else None
        calendar = self.s.office.calendar
        is_today = last is not None and calendar.receipt_day(last.at) == calendar.receipt_day(self.s.now)
        return last if is_today else None

    @property
    def reminder(self) -> str | None:
        """Who sent it, and when."""
        if self.reminded is None:
            return None
        at = words.hour(self.reminded.at.astimezone(self.s.office.calendar.zone))
        return vocabulary("titles")["reminded"].format(words.record(self.reminded.by, self.s.sop), at)

    @property
    def owed(self) -> tuple[str, ...]:
        """The documents that a helper still owes the holder."""
        if self.line.capacity is not Capacity.HELPER:
            return ()
        return tuple(self.s.sop.document(item).title for item in missing_documents(self.s, self.task))

    @property
    def waits_for(self) -> str | None:
        role = self.s.definition(self.task).waits_for
        return self.s.sop.role(role).title if role and waits_outside(self.s.sop, self.s.case, self.task) else None

    @property
    def sent(self) -> tuple[str, ...]:
        return tuple(self.s.sop.document(item).title for item in self.s.definition(self.task).sends)

    @property
    def meeting(self) -> Meeting | None:
        return self.s.case.meeting(self.task.step)

    @property
    def meets(self) -> str:
        """As in "satu jam lagi, pukul 09.30 WIB", "hari ini, pukul …"; "besok, Jumat, 13 Nov, 09.30 WIB", or the day alone where
        others lie between. It is said as it is read: the message may be late.
        """
        if self.meeting is None:
            return ""
        zone = self.s.office.calendar.zone
        starts, now = self.meeting.starts.astimezone(zone), self.s.now.astimezone(zone)
        if starts.date() == now.date():
            is_hour = self.line.occasion is Occasion.MEETING_HOUR and starts - now > ALMOST_AN_HOUR
            return vocabulary("titles")["in_an_hour" if is_hour else "today"].format(words.hour(starts))
        said = words.near_moment(starts, zone)
        is_next = starts.date() == now.date() + timedelta(days=1)
        return vocabulary("titles")["tomorrow"].format(said) if is_next and self.topic == "meeting" else said

    @property
    def answer(self) -> InvitationAnswer | None:
        given = self.meeting.answers if self.meeting else ()
        return next((item for item in given if item.by.member == self.reader.member), None)

    @property
    def has_card(self) -> bool:
        return self.line.capacity not in REPORTED

    @property
    def may_report(self) -> bool:
        is_desk = self.line.capacity in DESK and self.topic != "meeting"
        return is_desk and self.task.due is not None and self.told is None


def told_since(s: Situation, task: Task, at: datetime) -> Obstacle | None:
    """What the task's desk last said of its difficulties, if that was after the moment."""
    own = (item for item in reversed(s.case.obstacles) if item.task == task.id and item.at >= at)
    return next(own, None)


def items(found: Iterable[tuple[int, Situation, Line]], reader: Reader, *, since: datetime) -> tuple[Item, ...]:
    """The lines in the order of the message. Of what is said of one task in one matter only the first in that order
    stands: what arrived in the night and is due today, is due; and whose meeting is near needs no word of its card.
    """
    made = []
    for case_id, s, line in found:
        task = s.case.task(line.task)
        if task is None:
            raise ValueError(f"{s.case.code} has no task {line.task}")
        made.append(Item(case_id=case_id, s=s, line=line, task=task, reader=reader, since=since))
    made.sort(key=lambda item: (*urgency(watched(item.s, item.task), item.line), item.case_id, -item.nth))
    kept: dict[tuple[int, int, str], Item] = {}
    for item in made:
        if item.topic == "arrival" and (item.case_id, item.task.id, "meeting") in kept:
            continue
        kept.setdefault((item.case_id, item.task.id, item.matter), item)
    return tuple(kept.values())


def grouped(found: Sequence[Item]) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """The topics of the message, each with its lines."""
    return tuple((topic, tuple(group)) for topic, group in groupby(found, key=lambda item: item.topic))


def buttons(found: Sequence[Item]) -> Rows:
    """A row for each task that has a card for the reader; where there are several, each names its own. *Ingatkan* stands
    under a report of a single desk.
    """
    by_task: dict[tuple[int, int], list[Item]] = {}
    for item in found:
        if item.has_card:
            by_task.setdefault((item.case_id, item.task.id), []).append(item)
    rows = tuple(_row(lines, is_only=len(by_task) == 1) for lines in by_task.values())
    reports = [item for item in found if item.line.capacity is Capacity.SUPERIOR]
    if len(reports) == 1:
        only = reports[0]
        rows += (nudge_buttons(only.s, case_id=only.case_id, reader=only.reader, tasks=(only.task,)),)
    return tuple(row for row in rows if row)[:MOST_ROWS]


def _row(lines: Sequence[Item], *, is_only: bool) -> tuple[Button, ...]:
    item = lines[0]
    press = PressCard(case=item.case_id, task=item.task.id)
    card = button(press)
    if not is_only:
        label = vocabulary("titles")["card_of"].format(item.step.number, item.s.case.code)
        card = Button(label=label, press=press)
    return (card, obstacle_button(item.case_id, item.task)) if any(line.may_report for line in lines) else (card,)
