"""When people are reminded, of what, and who: each rule in a sentence, then for any landing, limit and calendar.
2 November 2026 is a Monday.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alur.workflow import reminders
from alur.workflow.agenda import lines, lines_at
from alur.workflow.agenda import said as said_of
from alur.workflow.calendar import Calendar, Hours, Season, WorkWeek
from alur.workflow.case import Attendance, Case, Meeting
from alur.workflow.engine import Situation
from alur.workflow.reminders import Occasion, tells_superior
from alur.workflow.watched import Watched, watched, watched_meeting
from tests import acts
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    JOKO,
    KABAG,
    SARI,
    SEKRETARIS,
    TU,
    WIB,
    a_calendar,
    an_office,
    only_task,
)
from tests.workflow.walk import walk_to, wib


def task_moments(s, task):
    return reminders.task_moments(s.office.calendar, watched(s, task))


def meeting_moments(s, meeting):
    return reminders.meeting_moments(s.office.calendar, watched_meeting(meeting))


def first_after(moments, after):
    return reminders.come(moments, after)[1]


def come(moments, since, until):
    return tuple(moment for moment in reminders.come(moments, until)[0] if moment.at > since)


def at_step(step, landed, index=0, *, calendar=None):
    """A case whose task of that step landed then."""
    office = replace(an_office(), calendar=calendar or a_calendar())
    play = walk_to(step, index, office=office)
    task = play.task.model_copy(update={"landed_at": wib(landed), "arrived_at": wib(landed)})
    rounds = tuple(
        item.model_copy(update={"landed_at": wib(landed)}) if item.step == step else item for item in play.case.rounds
    )
    if task.due is not None:
        days = play.sop.step(step).working_days
        task = task.model_copy(update={"due": office.calendar.due(wib(landed), days)})
    play.case = play.case.model_copy(update={"tasks": (*play.case.tasks[:-1], task), "rounds": rounds})
    play.at = wib(landed)
    return play


def said(play, count=8):
    """The first moments of the open task, each with its occasion."""
    found = islice(task_moments(play.s, play.task), count)
    return [
        f"{item.occasion.value} {item.at:%a %d %H:%M}" + (f" #{item.nth}" if item.nth else "")
        for item in found
        if item.at > play.task.landed_at
    ]


def told(play, moment, *, now=None):
    """{member: occasion and capacity} of that moment, as it is read `now`."""
    at = wib(moment)
    s = Situation(
        sop=play.sop, case=play.case, at=wib(now) if now else at, now=wib(now) if now else at, office=play.office
    )
    return {line.member: f"{line.occasion.value} {line.capacity.value}" for line in lines(s, at)}


# --- The moments of a task


def test_a_limit_of_three_days_has_an_eve_a_due_day_two_hours_before_closing_and_then_each_working_day():
    assert said(at_step(5, "2026-11-02 10:00"), 6) == [
        "eve Wed 04 07:30",
        "due Thu 05 07:30",
        "closing Thu 05 14:00",
        "overdue Fri 06 07:30 #1",
        "overdue Mon 09 07:30 #2",
        "overdue Tue 10 07:30 #3",
    ]


@pytest.mark.parametrize(("step", "index"), [(1, 0), (1, 1), (3, 1), (6, 0), (7, 0), (10, 0), (12, 0)])
def test_a_limit_of_one_day_has_no_eve(step, index):
    assert said(at_step(step, "2026-11-02 10:00", index), 3) == [
        "due Tue 03 07:30",
        "closing Tue 03 14:00",
        "overdue Wed 04 07:30 #1",
    ]


def test_a_friday_closes_half_an_hour_later():
    assert said(at_step(1, "2026-11-05 10:00"), 2) == ["due Fri 06 07:30", "closing Fri 06 14:30"]


def test_the_eve_is_the_working_day_before_across_a_weekend_and_a_holiday():
    calendar = a_calendar(days_off={date(2026, 11, 9): "Libur"})

    assert said(at_step(5, "2026-11-04 10:00", calendar=calendar), 3) == [
        "eve Fri 06 07:30",
        "due Tue 10 07:30",
        "closing Tue 10 14:00",
    ]


@pytest.mark.parametrize(
    ("landed", "named"),
    [
        ("2026-11-02 06:00", "arrival Mon 02 07:30"),
        ("2026-11-02 16:01", "arrival Tue 03 07:30"),
        ("2026-11-06 20:00", "arrival Mon 09 07:30"),
        ("2026-11-07 10:00", "arrival Mon 09 07:30"),
    ],
)
def test_what_lands_outside_office_hours_is_named_at_the_next_opening(landed, named):
    assert said(at_step(5, landed))[0] == named


@pytest.mark.parametrize("landed", ["2026-11-02 07:30", "2026-11-02 12:00", "2026-11-02 16:00"])
def test_what_lands_in_office_hours_rings_by_itself(landed):
    assert said(at_step(5, landed))[0].startswith("eve")


def test_in_ramadan_moments_follow_its_hours():
    season = Season(first=date(2026, 11, 1), last=date(2026, 11, 30))
    calendar = a_calendar(week=WorkWeek(seasons=(season,)))

    assert said(at_step(5, "2026-11-02 15:30", calendar=calendar), 5) == [
        "arrival Tue 03 08:00",
        "eve Thu 05 08:00",
        "due Fri 06 08:00",
        "closing Fri 06 13:30",
        "overdue Mon 09 08:00 #1",
    ]


def test_a_day_that_is_worked_for_two_hours_only_has_no_reminder_before_it_opens():
    week = WorkWeek(hours=Hours(opening=time(8), closing=time(9, 30)))

    assert said(at_step(1, "2026-11-02 08:30", calendar=a_calendar(week=week)), 2) == [
        "due Tue 03 08:00",
        "overdue Wed 04 08:00 #1",
    ]


def test_a_task_that_counts_its_day_of_receipt_is_reminded_of_before_it_closes():
    assert said(at_step(1, "2026-11-02 09:00", calendar=a_calendar(count_receipt_day=True)), 3) == [
        "closing Mon 02 14:00",
        "overdue Tue 03 07:30 #1",
        "overdue Wed 04 07:30 #2",
    ]


# --- Meetings


def a_meeting(starts, *, entered="2026-11-02 09:00"):
    play = walk_to(4)
    meeting = play.case.meeting(4).model_copy(update={"starts": wib(starts), "at": wib(entered)})
    return play, meeting


def named(starts, **entered):
    play, meeting = a_meeting(starts, **entered)
    return [f"{item.occasion.value} {item.at:%a %d %H:%M}" for item in meeting_moments(play.s, meeting)]


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ("2026-11-12 09:30", ["meeting_eve Wed 11 07:30", "meeting_day Thu 12 07:30", "meeting_hour Thu 12 08:30"]),
        ("2026-11-12 08:31", ["meeting_eve Wed 11 07:30", "meeting_day Thu 12 07:30", "meeting_hour Thu 12 07:31"]),
        ("2026-11-12 08:30", ["meeting_eve Wed 11 07:30", "meeting_day Thu 12 07:30"]),
        ("2026-11-12 08:00", ["meeting_eve Wed 11 07:30", "meeting_day Thu 12 07:30"]),
        ("2026-11-12 07:30", ["meeting_eve Wed 11 07:30", "meeting_day Thu 12 07:30"]),
        ("2026-11-12 07:00", ["meeting_eve Wed 11 07:30"]),
        ("2026-11-12 19:00", ["meeting_eve Wed 11 07:30", "meeting_day Thu 12 07:30"]),
        ("2026-11-14 10:00", ["meeting_eve Fri 13 07:30"]),
        ("2026-11-16 07:00", ["meeting_eve Fri 13 07:30"]),
        ("2026-11-16 10:00", ["meeting_eve Fri 13 07:30", "meeting_day Mon 16 07:30", "meeting_hour Mon 16 09:00"]),
    ],
)
def test_those_invited_are_reminded_on_the_day_before_at_opening_and_an_hour_before(starts, expected):
    assert named(starts) == expected


@pytest.mark.parametrize("starts", ["2026-10-30 09:00", "2020-01-01 09:00"])
def test_nobody_is_reminded_of_a_meeting_that_was_entered_afterwards(starts):
    assert named(starts) == []


def test_a_date_of_long_ago_is_taken_and_reminds_nobody():
    play = walk_to(4).schedule(KABAG, 4, starts=wib("2020-01-01 09:00"))

    assert list(meeting_moments(play.s, play.case.meeting(4))) == []


def test_a_meeting_s_limit_counts_from_its_day_and_its_reminders_too():
    assert said(walk_to(4), 4)[1:] == ["due Fri 13 07:30", "closing Fri 13 14:30", "overdue Mon 16 07:30 #1"]


@pytest.mark.parametrize(("starts", "is_left_alone"), [("2026-11-12 09:30", True), ("2026-11-12 14:00", True)])
def test_nobody_is_reminded_of_a_limit_while_he_sits_in_the_meeting_that_it_is_about(starts, is_left_alone):
    play = walk_to(4, office=replace(an_office(), calendar=a_calendar(count_receipt_day=True)))
    due = {"due": play.office.calendar.closing(date(2026, 11, 12))}
    play.case = play.case.model_copy(update={"tasks": (*play.case.tasks[:-1], play.task.model_copy(update=due))})
    meeting = play.case.meeting(4).model_copy(update={"starts": wib(starts)})
    play.case = play.case.model_copy(update={"meetings": (meeting,)})

    assert ("closing Thu 12 14:00" not in said(play, 3)) == is_left_alone


def test_a_meeting_that_begins_later_that_day_does_not_hush_the_reminder_before_closing():
    test_nobody_is_reminded_of_a_limit_while_he_sits_in_the_meeting_that_it_is_about("2026-11-12 14:30", False)


def test_a_week_s_waiting_is_named_at_opening_each_week():
    assert said(at_step(8, "2026-11-04 10:00"), 3) == [
        "waiting Wed 11 07:30 #1",
        "waiting Wed 18 07:30 #2",
        "waiting Wed 25 07:30 #3",
    ]


def test_a_week_s_waiting_that_ends_on_a_day_off_is_named_on_the_next_working_day():
    calendar = a_calendar(days_off={date(2026, 11, 11): "Libur"})

    assert said(at_step(8, "2026-11-04 10:00", calendar=calendar), 2) == [
        "waiting Thu 12 07:30 #1",
        "waiting Wed 18 07:30 #2",
    ]


def test_after_a_cancelled_meeting_the_weeks_count_from_the_cancelling():
    play = at_step(8, "2026-11-02 10:00").schedule(BIRO, 8, starts=wib("2026-11-24 09:00"))
    play.on("2026-11-20 10:00").do(acts.CancelMeeting(by=KABAG, task=play.task.id))

    assert said(play, 2) == ["waiting Fri 27 07:30 #1", "waiting Fri 04 07:30 #2"]


# --- Who is told


def test_the_superior_is_told_on_the_first_and_third_overdue_day_and_then_weekly():
    assert [nth for nth in range(1, 25) if tells_superior(nth)] == [1, 3, 8, 13, 18, 23]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-04", {ANALIS: "eve holder"}),
        ("2026-11-05", {ANALIS: "due holder"}),
        ("2026-11-06", {ANALIS: "overdue holder", KABAG: "overdue superior"}),
        ("2026-11-09", {ANALIS: "overdue holder"}),
        ("2026-11-10", {ANALIS: "overdue holder", KABAG: "overdue superior", ADMIN: "overdue administrator"}),
        ("2026-11-11", {ANALIS: "overdue holder"}),
        ("2026-11-17", {ANALIS: "overdue holder", KABAG: "overdue superior"}),
    ],
)
def test_each_day_has_its_people(day, expected):
    assert told(at_step(5, "2026-11-02 10:00"), f"{day} 07:30") == expected


@pytest.mark.parametrize(
    ("step", "desk", "superior"), [(6, KABAG, SEKRETARIS), (7, SEKRETARIS, KABAG), (12, TU, KABAG)]
)
def test_an_overdue_desk_is_reported_where_the_office_says(step, desk, superior):
    found = told(at_step(step, "2026-11-02 10:00"), "2026-11-04 07:30")

    assert found == {desk: "overdue holder", superior: "overdue superior"}


def test_helpers_are_reminded_with_the_holder_while_they_owe_a_document():
    play = walk_to(4)

    assert told(play, "2026-11-13 07:30") == {KABAG: "due holder", ANALIS: "due helper"}
    play.bring("notula_rekonsiliasi").bring("pemutakhiran_data", by=KABAG)
    assert told(play, "2026-11-13 07:30") == {KABAG: "due holder"}


def test_what_arrived_in_the_night_is_named_to_everybody_who_has_its_card():
    landed = at_step(4, "2026-11-02 20:00")
    meeting = landed.case.meeting(4).model_copy(update={"at": wib("2026-11-02 09:00")})
    landed.case = landed.case.model_copy(update={"meetings": (meeting,)})

    everybody = {KABAG: "arrival holder", ANALIS: "arrival helper", SARI: "arrival invited", JOKO: "arrival invited"}
    assert told(landed, "2026-11-03 07:30") == everybody
    assert told(at_step(8, "2026-11-02 20:00"), "2026-11-03 07:30") == {
        KABAG: "arrival holder",
        ANALIS: "arrival helper",
        BIRO: "arrival outside",
    }


def test_kabag_and_analis_are_reminded_of_the_waiting_and_biro_sdm_is_not():
    assert told(at_step(8, "2026-11-04 10:00"), "2026-11-11 07:30") == {
        KABAG: "waiting holder",
        ANALIS: "waiting helper",
    }


def test_whoever_stays_away_is_not_reminded_of_the_meeting():
    play = walk_to(4).answer(SARI, Attendance.ABSENT).answer(JOKO, Attendance.REPRESENTED, representative="Dini")

    assert told(play, "2026-11-12 08:30") == {
        KABAG: "meeting_hour holder",
        ANALIS: "meeting_hour helper",
        JOKO: "meeting_hour invited",
    }


def test_at_the_outside_partys_meeting_our_own_desk_is_reminded_and_nobody_else():
    assert told(walk_to(8).schedule(BIRO, 8), "2026-11-12 07:30") == {
        KABAG: "meeting_day holder",
        ANALIS: "meeting_day helper",
    }


def test_nobody_is_reminded_of_what_is_done():
    play = at_step(5, "2026-11-02 10:00")
    play.at = wib("2026-11-04 10:00")
    play.bring("konsep_nota_dinas_rapat", "data_awal").submit()

    assert ANALIS not in told(play, "2026-11-05 07:30")


def test_a_cancelled_meeting_is_not_reminded_of():
    play = walk_to(4)
    play.do(acts.CancelMeeting(by=KABAG, task=play.task.id))

    assert told(play, "2026-11-12 08:30") == {}


# --- What is read late


def test_of_several_missed_days_only_the_latest_is_said_to_each():
    """The desk is told of today; its superior, whose first report was missed, still gets that one."""
    play = at_step(5, "2026-11-02 10:00")
    monday = "2026-11-09 10:00"

    assert told(play, "2026-11-05 14:00", now=monday) == {}
    assert told(play, "2026-11-06 07:30", now=monday) == {KABAG: "overdue superior"}
    assert told(play, "2026-11-09 07:30", now=monday) == {ANALIS: "overdue holder"}


def test_the_administrators_hear_of_the_third_day_also_when_it_was_missed():
    play = at_step(5, "2026-11-02 10:00")

    found = {day: told(play, f"2026-11-{day} 07:30", now="2026-11-13 09:00") for day in ("06", "10", "13")}

    assert found == {
        "06": {},
        "10": {KABAG: "overdue superior", ADMIN: "overdue administrator"},
        "13": {ANALIS: "overdue holder"},
    }


def test_a_report_that_is_late_says_how_long_it_is_now():
    play = at_step(5, "2026-11-02 10:00")
    s = replace(play.s, now=wib("2026-11-13 09:00"))

    assert {line.nth for line in lines(s, wib("2026-11-10 07:30"))} == {6}


@pytest.mark.parametrize(("now", "is_said"), [("2026-11-12 09:45", True), ("2026-11-12 10:30", False)])
def test_a_meeting_is_named_no_more_when_it_has_long_begun(now, is_said):
    assert bool(told(walk_to(4), "2026-11-12 08:30", now=now)) == is_said


def test_two_weeks_of_waiting_that_end_with_one_long_holiday_are_said_once():
    calendar = a_calendar(days_off={date(2026, 11, 9) + timedelta(n): "Libur" for n in range(10)})
    play = at_step(8, "2026-11-02 10:00", calendar=calendar)
    s = replace(play.s, now=wib("2026-11-19 07:30"))

    assert [(line.member, line.nth) for line in lines(s, wib("2026-11-19 07:30"))] == [(KABAG, 2), (ANALIS, 2)]


# --- For any landing, limit and calendar

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
days_off = st.sets(st.dates(FIRST, date(2027, 6, 30)), max_size=60)
seasons = st.sampled_from(
    (
        (),
        (
            Season(first=date(2026, 2, 10), last=date(2026, 4, 20)),
            Season(first=date(2026, 9, 1), last=date(2026, 10, 9)),
        ),
    )
)
landings = st.datetimes(datetime(2026, 1, 5), datetime(2026, 12, 1), timezones=st.just(WIB))  # noqa: DTZ001 - aware
whiles = st.timedeltas(timedelta(0), timedelta(days=40))


@st.composite
def offices(draw):
    off = dict.fromkeys(draw(days_off), "Libur")
    week = WorkWeek(seasons=draw(seasons))
    return Calendar(
        days_off=off, first_year=2025, last_year=2028, zone=WIB, week=week, count_receipt_day=draw(st.booleans())
    )


STRAIGHT = {place: walk_to(*place) for place in ((1, 0), (1, 1), (5, 0), (8, 0), (12, 0))}


@dataclass(frozen=True, kw_only=True)
class Landing:
    """A task that landed: anywhere in the SOP, at any time, by any calendar. Shown in a failure without its SOP."""

    place: tuple
    at: datetime
    limit: int
    calendar: Calendar

    @property
    def s(self):
        play = STRAIGHT[self.place]
        due = self.calendar.due(self.at, self.limit) if self.place != (8, 0) else None
        task = play.task.model_copy(update={"landed_at": self.at, "arrived_at": self.at, "due": due})
        case = play.case.model_copy(update={"tasks": (*play.case.tasks[:-1], task)})
        office = replace(play.office, calendar=self.calendar)
        return Situation(sop=play.sop, case=case, at=self.at, now=self.at, office=office)


situations = st.builds(
    Landing, place=st.sampled_from(list(STRAIGHT)), at=landings, limit=st.integers(1, 15), calendar=offices()
)


def ahead(s, count=60):
    return tuple(islice(task_moments(s, only_task(s.case)), count))


@given(situations)
def test_moments_come_in_order_in_office_hours_and_on_working_days(landing):
    s = landing.s
    found = ahead(s)

    assert all(one.at <= other.at for one, other in pairwise(found))
    assert all(s.office.calendar.is_open(item.at) for item in found)
    daily = [item for item in found if item.occasion.value == "overdue"]
    assert all(one.at < other.at for one, other in pairwise(daily))
    assert [item.nth for item in daily] == list(range(1, len(daily) + 1))


@given(situations)
def test_each_thing_has_its_one_moment_beside_the_days_over_the_limit(landing):
    s = landing.s
    due, found = only_task(s.case).due, ahead(s)

    occasions = [item.occasion.value for item in found if item.occasion.value not in ("overdue", "waiting")]
    assert len(set(occasions)) == len(occasions)
    if due is not None:
        assert {item.at.date() for item in found if item.occasion.value in ("due", "closing")} == {due.date()}
        assert all(
            item.at <= due or item.occasion.value == "overdue" for item in found if item.occasion.value != "arrival"
        )


@given(situations, whiles, whiles)
def test_what_comes_next_and_what_was_missed_are_found_as_in_a_list(landing, one, other):
    s = landing.s
    task = only_task(s.case)
    since, until = task.landed_at + min(one, other), task.landed_at + max(one, other)
    listed = tuple(takewhile(lambda item: item.at <= until + timedelta(days=400), task_moments(s, task)))

    assert first_after(task_moments(s, task), until) == next(item for item in listed if item.at > until)
    assert come(task_moments(s, task), since, until) == tuple(item for item in listed if since < item.at <= until)


@given(situations, whiles)
def test_what_is_looked_for_from_some_moment_on_is_what_a_look_from_the_landing_finds(landing, late):
    s = landing.s
    known = watched(s, only_task(s.case))
    after = known.landed_at + late
    whole = (item for item in reminders.task_moments(s.office.calendar, known) if item.at > after)

    assert list(islice(reminders.task_moments(s.office.calendar, known, after), 30)) == list(islice(whole, 30))


@given(situations, whiles, whiles)
def test_what_one_firing_tells_is_what_each_of_its_moments_means(landing, one, other):
    """A firing looks at all that was missed at once, a message at its own moment."""
    s = landing.s
    known = watched(s, only_task(s.case))
    since, now = known.landed_at + min(one, other), known.landed_at + max(one, other)
    past, _ = reminders.come(reminders.task_moments(s.office.calendar, known, since), now)

    fired = list(said_of(s.office, known, past, now))
    meant = [
        (moment, line)
        for moment in dict.fromkeys(item.at for item in past)
        for line in lines(replace(s, now=now), moment)
    ]

    assert sorted(fired, key=str) == sorted(meant, key=str)


@given(situations)
def test_what_the_clock_knows_is_the_same_when_it_comes_from_its_row(landing):
    known = watched(landing.s, only_task(landing.s.case))

    assert Watched.model_validate_json(known.model_dump_json()) == known


EVERYWHERE = [
    walk_to(*place) for place in ((1, 0), (1, 1), (2, 0), (3, 0), (3, 1), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0))
]


@pytest.mark.parametrize("play", EVERYWHERE, ids=lambda play: f"{play.task.step}.{play.task.index}")
def test_at_every_step_a_row_tells_at_every_hour_what_its_situation_tells(play):
    """With its meeting, where it has one; the state is read from its JSON too."""
    stored = Case.model_validate_json(play.case.model_dump_json())
    row = Watched.model_validate_json(watched(play.s, play.task).model_dump_json())
    for hour in range(24 * 30):
        at = play.task.landed_at.replace(minute=30, second=0, microsecond=0) + hour * timedelta(hours=1)
        s = Situation(sop=play.sop, case=stored, at=at, now=at, office=play.office)
        assert list(lines(s, at)) == [
            line for thing in row.timers for line in lines_at(play.office, row, thing, at, at)
        ]


@given(situations, whiles)
def test_whenever_it_is_read_nobody_is_told_two_things_of_one_task_and_nothing_is_lost(landing, late):
    """Reading late: everybody whom some missed moment concerned is told once, and of its latest."""
    s = landing.s
    task = only_task(s.case)
    now = task.landed_at + late
    missed = dict.fromkeys(item.at for item in come(task_moments(s, task), task.landed_at, now))
    read_late = [line.member for at in missed for line in lines(replace(s, now=now), at)]
    read_in_time = {line.member for at in missed for line in lines(replace(s, now=at), at)}

    assert sorted(read_late) == sorted(read_in_time)


@given(situations, st.lists(st.tuples(whiles, st.integers(1, 30)), min_size=1, max_size=12))
def test_whatever_the_outages_each_person_is_told_each_moment_at_most_once_and_in_time_exactly_once(landing, outages):
    """A timer's row as services keep it, fired by ticks that sometimes come exactly at a moment and sometimes do not."""
    s, task = landing.s, only_task(landing.s.case)
    moments = [item.at for item in islice(task_moments(s, task), 45)]
    exact = {moments[number] for _, number in outages}
    ticks = sorted(exact | {task.landed_at + late for late, _ in outages})
    queued, since, next_at = [], task.landed_at, first_after(task_moments(s, task), task.landed_at).at
    for now in ticks:
        if next_at <= now and s.office.calendar.is_open(now):
            here = replace(s, now=now, at=now)
            for moment in dict.fromkeys(item.at for item in come(task_moments(s, task), since, now)):
                queued += [(line.member, moment, now) for line in lines(here, moment)]
            since, next_at = now, first_after(task_moments(s, task), now).at

    told = [(member, moment) for member, moment, _ in queued]
    assert len(set(told)) == len(told)
    assert all(s.office.calendar.is_open(now) for _, _, now in queued)
    for moment in exact:
        concerned = {line.member for line in lines(replace(s, now=moment, at=moment), moment)}
        assert concerned == {member for member, said, now in queued if said == now == moment}


@given(offices(), landings, st.timedeltas(timedelta(hours=-3), timedelta(days=20)))
def test_meetings_are_named_in_office_hours_before_they_begin(calendar, entered, ahead_by):
    play = STRAIGHT[5, 0]
    s = replace(play.s, office=replace(play.office, calendar=calendar))
    known = play.case.last_meeting(4)
    meeting = Meeting(step=4, starts=entered + ahead_by, place="Ruang", by=known.by, at=entered)

    found = tuple(meeting_moments(s, meeting))

    assert len(found) == 0 if meeting.starts <= entered else 1 <= len(found) <= 3
    assert all(calendar.is_open(item.at) and item.at <= meeting.starts for item in found)
    assert all(one.at < other.at for one, other in pairwise(found))


def test_what_was_pressed_in_office_hours_and_applied_after_them_is_named_at_the_next_opening():
    play = walk_to(1).on("2026-11-06 15:00", applied="2026-11-07 10:00").dispose(SEKRETARIS)

    first = next(task_moments(play.s, play.task))

    assert play.task.landed_at == wib("2026-11-06 15:00")
    assert (first.occasion, first.at) == (Occasion.ARRIVAL, wib("2026-11-09 07:30"))
