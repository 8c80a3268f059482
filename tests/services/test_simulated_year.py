"""A year of the office: 200 cases (48 on PostgreSQL), random people, the real services, a moved clock. What reached each person is held
against an oracle that knows the rules and none of the code.
"""

import heapq
import json
import os
import random
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import count

import holidays
import pytest
from sqlalchemy import event

from alur.services.clock import year
from alur.storage import audit, cases
from alur.workflow.apply import replay
from alur.workflow.calendar import Calendar, Season, WorkWeek
from alur.workflow.events import EVENTS
from alur.workflow.people import AppointmentKind
from tests.factories import SOP, WIB, only_task
from tests.services.house import House, a_procedure
from tests.services.lives import Life
from tests.services.oracle import World, expected, task_thing

pytestmark = pytest.mark.long
SEED = int(os.environ.get("ALUR_TEST_SEED", "68"))
CASES = {"sqlite": 200, "postgresql": 48}  # the rules see no database: fewer show that the other keeps the same timers
DECREED = dict(
    holidays.country_holidays("ID", years=(2025, 2026, 2027, 2028), categories=("public", "government"), language="id")
)
RAMADAN = WorkWeek(seasons=(Season(first=date(2026, 2, 19), last=date(2026, 3, 17)),))
GIVEN_BACK, TAKEN_OFF = date(2026, 5, 28), date(2026, 6, 3)  # what the decree changes, in the evening of 26 May


def wib(text):
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


START, END = wib("2026-01-02 07:00:00"), wib("2027-01-15 17:00:00")
DECREE = wib("2026-05-26 16:31:07")
DOWNS = (
    (wib("2026-02-06 13:20:11"), wib("2026-02-09 09:10:17")),  # from Friday noon to Monday morning
    (wib("2026-04-14 17:05:13"), wib("2026-04-15 08:05:23")),  # a night, and the opening after it
    (wib("2026-07-04 12:00:11"), wib("2026-07-05 12:00:11")),  # within a weekend: nothing is missed
    (wib("2026-08-12 15:00:41"), wib("2026-08-18 06:10:17")),  # over a holiday, back before the office opens
    (wib("2026-09-07 12:00:41"), wib("2026-09-10 11:31:19")),  # over three working days
)
BLOCKED = (wib("2026-06-08 12:00:03"), wib("2026-06-24 12:00:03"))


def a_calendar(days_off):
    return Calendar(days_off=days_off, first_year=2025, last_year=2028, zone=WIB, week=RAMADAN)


OLD = a_calendar(DECREED)
NEW = a_calendar({day: name for day, name in DECREED.items() if day != GIVEN_BACK} | {TAKEN_OFF: "Cuti bersama"})


class Year:
    """Drives the house from one event to the next: an act of somebody, a timer, the decree, an outage."""

    def __init__(self, database, dice):
        self.dice, self.order = dice, count()
        self.procedures = [a_procedure(SOP, number) for number in range(CASES[database.dialect])]
        called = (a_procedure(SOP), self.procedures[0])  # of two the year's call is made
        self.house = House(database=database, calendar=OLD, procedures=called, now=START)
        self.people = self._enrol()
        self.lives, self.histories, self.queue = {}, {}, []
        self.limits = {}  # by case: as it was before the decree, and after

    def _enrol(self):
        house = self.house
        self.roles = {
            "sekretaris": [house.enrol("Hartono", "sekretaris").id],
            "kabag_umum": [house.enrol("Dewi", "kabag_umum").id],
            "analis_sdm": [house.enrol("Rina", "analis_sdm").id, house.enrol("Putri Ayu", "analis_sdm").id],
            "unit_terkait": [house.enrol(name, "unit_terkait", unit=name).id for name in ("Sari", "Joko S", "Made Wi")],
            "biro_sdm": [house.enrol("Andika", "biro_sdm").id],
            "tata_usaha": [house.enrol("Wulan S", "tata_usaha").id],
            "admin": [house.enrol("Eko Pras", "admin").id, house.enrol("Bagus Tri", "admin").id],
        }
        acting = {
            "kind": AppointmentKind.PLH,
            "order": "12/SPt/2026",
            "starts": date(2026, 7, 6),
            "ends": date(2026, 7, 17),
        }
        self.acting = house.enrol("Bambang Su", "kabag_umum", **acting).id
        return {role: members[0] for role, members in self.roles.items()} | {"units": self.roles["unit_terkait"]}

    def holders(self, role, at):
        is_acting = role == "kabag_umum" and date(2026, 7, 6) <= at.astimezone(WIB).date() <= date(2026, 7, 17)
        return (self.acting,) if is_acting else tuple(self.roles[role])

    @property
    def away(self):
        """Putri, the second Analis, who blocks the bot for a while."""
        return self.roles["analis_sdm"][1]

    def _running(self, _):
        """The cases as the events made them, which spares reading them: in the end they are held against the stored."""
        return [(case_id, life.case) for case_id, (life, _) in self.lives.items() if not life.case.finished_at]

    def plan(self, when, what):
        heapq.heappush(self.queue, (when, next(self.order), what))

    async def run(self):
        self.house.transact(year.keep_in_step)
        self.house.running, self.house.is_rendered = self._running, False  # of hundreds of cases none is read
        for number, procedure in enumerate(self.procedures):
            since = DECREE - timedelta(days=11) if number % 8 == 0 else START  # many are under way on that day
            until = DECREE if number % 8 == 0 else wib("2026-12-10 12:00:00")
            opened = since + timedelta(seconds=self.dice.randrange(int((until - since).total_seconds())))
            self.plan(opened, lambda when, procedure=procedure: self._open(procedure, when))
        self.plan(wib("2026-10-20 10:00:29"), lambda when: self._open(self.house.procedures[0], when))
        self.plan(DECREE, self._decree)
        self.plan(BLOCKED[0], lambda _: self.house.blocked.add(self.away))
        self.plan(BLOCKED[1], lambda _: self.house.come_back(self.away))
        ticks_at = self.house.next_tick
        while (moment := self._next(ticks_at)) <= END:
            self.house.now = moment
            with self.house.together():
                while self.queue and self.queue[0][0] <= moment:
                    when, _, what = heapq.heappop(self.queue)
                    what(when)
                ticks_at = self.house.next_tick
            if ticks_at <= moment:
                await self.house.tick()
                ticks_at = self.house.next_tick

    def _next(self, ticks_at):
        """The next event or timer; what falls into an outage comes at its end, acts before reminders."""
        nearest = min(self.queue[0][0], ticks_at) if self.queue else ticks_at
        return next((until for since, until in DOWNS if since <= nearest < until), nearest)

    def _open(self, procedure, when):
        case_id, events = self.house.open(procedure, self.people["tata_usaha"], at=when)
        case = replay(events)
        life = Life(self.dice, self.people, case)
        self.lives[case_id] = (life, life.moves())
        self.histories[case_id] = [(self.house.now, case)]
        self._plan_next(case_id)

    def _plan_next(self, case_id):
        following = next(self.lives[case_id][1], None)
        if following is not None:
            when, act = following
            self.plan(when, lambda at: self._act(case_id, act, at))

    def _act(self, case_id, act, when):
        life, _ = self.lives[case_id]
        if act.by == self.people["kabag_umum"]:
            act = act.model_copy(update={"by": self.holders("kabag_umum", when)[0]})
        decision = self.house.act(case_id, act, at=when)
        assert decision.refusal is None, (SEED, act, decision.refusal, decision.refusal.facts)
        life.case, life.until = replay(decision.events, life.case), self.house.now
        self._remember(case_id, life.case)
        self._plan_next(case_id)

    def _remember(self, case_id, case):
        history = self.histories[case_id]
        if history[-1][0] == self.house.now:
            history.pop()
        history.append((self.house.now, case))

    def _decree(self, _):
        self.house.calendar = NEW
        moved = self.house.recount()
        for record in self.house.transact(lambda work: cases.unfinished_after(work.session, 0, 1000)):
            life, _ = self.lives[record.id]
            self.limits[record.id] = (life.case, record.case)
            life.case = record.case
            self._remember(record.id, record.case)
        assert moved == sum(before != now for before, now in self.limits.values())


@pytest.fixture
async def played(database):
    if database.dialect == "sqlite":  # a year of commits, none of which has to survive a power cut
        event.listen(database.writer, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
    print(f"ALUR_TEST_SEED={SEED}")  # noqa: T201 - a failed run can be played again
    whole = Year(database, random.Random(SEED))
    await whole.run()
    return whole


async def test_in_a_whole_year_everybody_is_reminded_exactly_when_the_rules_say_and_never_else(played):
    house, histories = played.house, played.histories
    world = World(
        calendars=((START, DECREE, OLD), (DECREE, END + timedelta(1), NEW)),
        downs=DOWNS,
        away=((played.away, *BLOCKED),),
        holders=played.holders,
        end=END,
    )

    sent = {(item.member, item.moment): as_said(item, histories) for item in house.sent}
    wanted = expected(world, histories)

    assert len(histories) == CASES[house.database.dialect] + 1
    assert difference(sent, wanted) == []
    assert max(Counter((item.member, item.moment) for item in house.sent).values()) == 1
    for item in house.sent:
        assert item.at == world.fired_at(item.moment)
        assert world.calendar_at(item.at).is_open(item.at)
    assert house.queued() == []
    check_decree(played)
    check_calls(played)
    check_what_is_left(played)


def check_decree(played):
    """The limits of the old calendar are counted by the new one, and each desk hears of it once."""
    limits = {case_id: (before, now) for case_id, (before, now) in played.limits.items() if only_task(before).due}
    assert {number: only_task(now).due for number, (_, now) in limits.items()} == {
        number: by_the_new_calendar(before) for number, (before, _) in limits.items()
    }
    desks = {"analis_sdm": 2, "kabag_umum": 1, "sekretaris": 1, "tata_usaha": 1}
    told = {
        number: desks[only_task(now).role] + 2 * (only_task(now).kind == "convene")
        for number, (before, now) in limits.items()
        if only_task(before).due != only_task(now).due
    }
    assert Counter(row.about["case_id"] for row in played.house.told("deadline_moved")) == told
    assert len(told) > 3


def by_the_new_calendar(case):
    """The nth working day after the decree stays the nth; what counts from a later meeting is counted from there."""
    task = only_task(case)
    meeting = next((item for item in case.meetings if item.step == task.step and task.kind == "convene"), None)
    if meeting and meeting.starts > DECREE and not task.grants:
        return NEW.closing(NEW.next_working_day(NEW.receipt_day(meeting.starts)))
    day = task.due.astimezone(WIB).date()
    if day <= DECREE.date():
        return task.due
    old, new = [[day for day in ahead() if calendar.is_working_day(day)] for calendar in (OLD, NEW)]
    return NEW.closing(new[old.index(day)])


def ahead():
    return (DECREE.date() + timedelta(days=number) for number in range(1, 90))


def check_calls(played):
    """Weekly from the first working day of October until the procedure's case was opened."""
    rows = played.house.told("year")
    calls = [
        (row.about["sop"], row.member_id, row.queued_at.astimezone(WIB)) for row in rows if "anew" not in row.about
    ]
    told_anew = {row.about["anew"] for row in rows if "anew" in row.about}
    concerned = (*played.roles["tata_usaha"], *played.roles["admin"])
    openings = [NEW.opening(date(2026, 10, 1) + timedelta(weeks=week)) for week in range(12)]
    opened = {history[0][1].sop: history[0][0] for history in played.histories.values()}
    wanted = [
        (item.sop.id, member, at)
        for item in played.house.procedures
        for at in openings
        for member in concerned
        if at < opened[item.sop.id]
    ]
    assert Counter(calls) == Counter(wanted)
    assert len(wanted) > 8
    assert told_anew == {row.id for row in rows if "anew" not in row.about and row.about["sop"] == called(played)}


def called(played):
    """The procedure whose case was opened: every call to begin it says so."""
    return played.house.procedures[0].sop.id


def check_what_is_left(played):
    """What is stored is what the events make; who is done has no timer, and every other case has one ahead."""
    house = played.house
    for case_id, (life, _) in played.lives.items():
        stored = house.case(case_id)
        entries = house.look(lambda work, number=case_id: audit.entries(work.session, number))
        told = [event for item in entries for event in item.entry.get("events", ())]
        assert stored == life.case == replay(EVENTS.validate_json(json.dumps(told))), (SEED, case_id)
        rows = house.timers(case_id)
        assert bool(rows) == (stored.finished_at is None)
        assert all(row.at > house.now for row in rows)


def as_said(item, histories):
    """Without what a message says in passing: a limit that was set only while the bot was coming back."""
    return {
        (case_id, line.task, line.occasion.value, line.capacity.value)
        for case_id, line in item.lines
        if stands_since(histories[case_id], item.at) < item.moment
    }


def stands_since(history, at):
    """Since when the open task has had the limit that it had then."""
    now = task_thing(next(case for when, case in reversed(history) if when <= at))
    return next(when for when, case in history if task_thing(case) == now)


def difference(sent, wanted):
    """The first few that differ, in words."""
    keys = sorted(key for key in sent.keys() | wanted.keys() if sent.get(key, set()) != wanted.get(key, set()))
    return [
        f"{member} at {moment:%a %d %b %H:%M}: "
        f"missing {wanted.get((member, moment), set()) - sent.get((member, moment), set())}, "
        f"too much {sent.get((member, moment), set()) - wanted.get((member, moment), set())}"
        for member, moment in keys[:5]
    ]
