"""Which reminders each person should have had, from the words of the rules: day by day, with nothing of the code that
sends them.

It reads what the cases were like after each change, when the bot was down, and which calendar held.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from tests.factories import only_task
from tests.services.lives import missing

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
REPORTS = (1, 3, 8, 13, 18, 23, 28, 33, 38, 43, 48)  # the first and third overdue day, then each fifth: weekly
MEETINGS = (4, 8)  # the steps that are meetings: our own, and Biro SDM's
LIMITS = (1, 3, 1, 1, 3, 1, 1, 1, 3, 1, 1, 1)  # working days, as printed
REPORTED_TO = {
    "analis_sdm": "kabag_umum",
    "tata_usaha": "kabag_umum",
    "kabag_umum": "sekretaris",
    "sekretaris": "kabag_umum",
}


@dataclass(frozen=True, kw_only=True)
class World:
    """Everything around the cases. `calendars` are (from, until, calendar); `downs` (from, until), when nothing ran;
    `away` (member, from, until), whom Telegram refused; `holders` answers who holds a role on a day.
    """

    calendars: tuple
    downs: tuple
    away: tuple
    holders: object
    end: datetime

    def calendar_at(self, moment):
        return next(calendar for since, until, calendar in self.calendars if since <= moment < until)

    def fired_at(self, moment):
        """When a moment's message goes out: at once, or, if the bot was down, with the first office hours after."""
        for since, until in self.downs:
            if since <= moment < until:
                calendar = self.calendar_at(until)
                return until if calendar.is_open(until) else calendar.next_opening(until)
        return moment

    def is_away(self, member, moment):
        return any(who == member and since <= moment < until for who, since, until in self.away)


def expected(world, histories):
    """{(member, moment): {(case, task, occasion, capacity)}} over all cases. A history is [(when, case as it was then)]."""
    found = defaultdict(set)
    for case_id, history in histories.items():
        for thing in (task_thing, meeting_thing):
            for said in of_thing(world, history, thing):
                member, moment, what = said
                found[member, moment].add((case_id, *what))
    return dict(found)


def of_thing(world, history, thing):
    """What is said of a case's open task, or of its meeting, to whom and for which moment: the latest of each firing."""
    latest = {}
    for since, until, state in spans(history, thing, world.end):
        for moment, occasion, nth in moments(world, state, thing, since, until):
            fired = world.fired_at(moment)
            if not since < moment <= fired < until:
                continue
            now = next(case for when, case in reversed(history) if when <= fired)
            for member, capacity in people(world, now, occasion, nth, fired):
                if not world.is_away(member, fired):
                    latest[member, fired] = (member, moment, (only_task(now).id, occasion, capacity))
    return latest.values()


def task_thing(case):
    """What a task's reminders hang on; None where there is none."""
    task = only_task(case)
    return (task.id, task.due) if task else None


def meeting_thing(case):
    task = only_task(case)
    if task is None or task.step not in MEETINGS:
        return None
    meeting = next((item for item in case.meetings if item.step == task.step and item.cancelled_at is None), None)
    return (task.id, meeting.starts, meeting.sequence) if meeting else None


def spans(history, thing, end):
    """(from, until, case) for each stretch in which the thing was the same."""
    starts = []
    for when, case in history:
        if not starts or thing(starts[-1][1]) != thing(case):
            starts.append((when, case))
    for (since, case), (until, _) in pairwise((*starts, (end, None))):
        if thing(case) is not None:
            yield since, until, case


def moments(world, case, thing, since, until):
    """(moment, occasion, nth) in the stretch, by the calendar that held at each moment."""
    for begins, ends, calendar in world.calendars:
        of = task_days if thing is task_thing else meeting_days
        for moment, occasion, nth in of(calendar, case, until):
            if begins <= moment < ends and since < moment < until:
                yield moment, occasion, nth


def days(first, last):
    while first <= last:
        yield first
        first += DAY


def task_days(calendar, case, until):
    task = only_task(case)
    landed = task.landed_at.astimezone(calendar.zone)
    due = task.due.astimezone(calendar.zone).date() if task.due else None
    last = max(until.astimezone(calendar.zone).date(), due or landed.date())
    worked = [day for day in days(landed.date(), last) if calendar.is_working_day(day)]
    openings = [calendar.opening(day) for day in worked]
    arrived = (task.arrived_at or task.landed_at).astimezone(calendar.zone)
    if not calendar.is_open(arrived):
        yield from [(opening, "arrival", 0) for opening in openings if opening > arrived][:1]
    if due is None:
        meeting = next((item for item in case.meetings if item.step == task.step), None)
        waits = max(landed, meeting.cancelled_at.astimezone(calendar.zone)) if meeting else landed
        for nth in range(1, 60):
            week = waits.date() + nth * 7 * DAY
            yield from [(calendar.opening(day), "waiting", nth) for day in worked if day >= week][:1]
        return
    for day in worked:
        opening = calendar.opening(day)
        if (
            day < due
            and LIMITS[task.step - 1] >= 2
            and not any(day < other < due for other in worked)
            and opening > landed
        ):
            yield opening, "eve", 0
        if day == due:
            yield opening, "due", 0
            closing = calendar.closing(day) - 2 * HOUR
            meeting = next((item for item in case.meetings if item.step == task.step), None)
            is_on = meeting and task.kind == "convene" and meeting.starts.date() == day and meeting.starts <= closing
            if not is_on:
                yield closing, "closing", 0
        if day > due:
            yield opening, "overdue", sum(due < other <= day for other in worked)


def meeting_days(calendar, case, _until):
    meeting = next(item for item in case.meetings if item.step == only_task(case).step)
    starts = meeting.starts.astimezone(calendar.zone)
    if starts <= meeting.at:
        return
    day = starts.date()
    before = max(other for other in days(day - 20 * DAY, day - DAY) if calendar.is_working_day(other))
    yield calendar.opening(before), "meeting_eve", 0
    if not calendar.is_working_day(day) or starts < calendar.opening(day):
        return
    yield calendar.opening(day), "meeting_day", 0
    hour = starts - HOUR
    if calendar.is_open(hour) and hour > calendar.opening(day):
        yield hour, "meeting_hour", 0


def people(world, case, occasion, nth, at):
    """(member, capacity), each member once."""
    task, told = only_task(case), {}

    def tell(role, capacity):
        for member in world.holders(role, at):
            told.setdefault(member, capacity)

    if occasion.startswith("meeting"):
        meeting = next(item for item in case.meetings if item.step == task.step)
        absent = {item.by.member for item in meeting.answers if item.attendance == "absent"}
        if at < meeting.starts + HOUR:
            tell("kabag_umum", "holder")
            tell("analis_sdm", "helper")
            if task.step == 4:
                tell("unit_terkait", "invited")
        return [(member, capacity) for member, capacity in told.items() if member not in absent]
    tell(task.role, "holder")
    if task.kind == "convene" and (occasion in ("arrival", "waiting") or missing(case, task.step)):
        tell("analis_sdm", "helper")
    if occasion == "arrival" and task.step == 4:
        tell("unit_terkait", "invited")
    if occasion == "arrival" and task.step == 8:
        tell("biro_sdm", "outside")
    if occasion == "overdue" and nth in REPORTS:
        tell(REPORTED_TO[task.role], "superior")
    if occasion == "overdue" and nth == 3:
        tell("admin", "administrator")
    return list(told.items())
