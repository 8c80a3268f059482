"""Time that is asked for and given: obstacles, more days, nudges, meetings that move, and a calendar that changes.
2 November 2026 is a Monday.
"""

from dataclasses import replace
from datetime import date

import pytest

from alur.workflow.apply import replay
from alur.workflow.case import Attendance
from alur.workflow.engine import decide
from alur.workflow.engine.deadlines import present_limits
from alur.workflow.errors import (
    AlreadyDecided,
    AlreadyGranted,
    AlreadyNudged,
    DateMissing,
    DocumentsMissing,
    NobodyCame,
    NotBegun,
    NotHolder,
    NotYetDue,
    ReasonMissing,
    Unknown,
)
from tests import acts
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    JOKO,
    KABAG,
    PEOPLE,
    SARI,
    SEKRETARIS,
    SOP,
    TU,
    a_calendar,
    a_file,
    an_appointment,
    an_office,
)
from tests.workflow.walk import Play, walk_to, wib

PUTRI = 20  # a second Analis


def due(play):
    return f"{play.task.due:%a %d %H:%M}" if play.task.due else None


def obstacle(play, by, *, reason="Data dari unit belum lengkap.", days=None):
    return acts.ReportObstacle(by=by, task=play.task.id, reason=reason, days=days)


def grant(play, by, days=1, *, number=None):
    return acts.GrantDays(by=by, obstacle=number or len(play.case.obstacles), days=days)


def nudge(play, by):
    return acts.NudgeDesk(by=by, task=play.task.id)


def with_days_off(play, *days):
    """The same office by a calendar in which these days are off."""
    calendar = a_calendar(days_off=dict.fromkeys(days, "Cuti bersama"))
    return replace(play.office, calendar=calendar)


def recounted(play, office):
    return decide(SOP, play.case, acts.Recount(by=0, task=play.task.id), play.at, office).events


# --- Ada Kendala


@pytest.fixture
def draft():
    """Step 5, three working days, landed on Monday at ten."""
    play = walk_to(4).bring("notula_rekonsiliasi").bring("pemutakhiran_data", by=KABAG)
    return play.on("2026-11-16 10:00").meet()


@pytest.mark.parametrize("by", [KABAG, SEKRETARIS, TU, ADMIN, SARI, BIRO])
def test_only_the_desk_says_what_hinders_it(draft, by):
    assert draft.refusal(obstacle(draft, by)) == NotHolder(role="analis_sdm")


def test_a_helper_says_it_too():
    play = walk_to(4)

    assert play.do(obstacle(play, ANALIS)).case.obstacles[0].by.member == ANALIS


@pytest.mark.parametrize("reason", ["", "    ", "sibuk"[:4]])
def test_an_obstacle_needs_a_reason(draft, reason):
    assert draft.refusal(obstacle(draft, ANALIS, reason=reason)) == ReasonMissing(
        field="obstacle", least=5, length=len(reason.strip())
    )


def test_an_obstacle_moves_nothing(draft):
    before = (due(draft), draft.task.revision)

    assert (due(draft.do(obstacle(draft, ANALIS))), draft.task.revision) == before


@pytest.mark.parametrize(("days", "expected"), [(1, "Fri 20 16:30"), (2, "Mon 23 16:00"), (3, "Tue 24 16:00")])
def test_the_superior_grants_one_to_three_working_days(draft, days, expected):
    draft.do(obstacle(draft, ANALIS))

    assert due(draft) == "Thu 19 16:00"
    assert due(draft.do(grant(draft, KABAG, days))) == expected
    assert draft.case.round(5).due == draft.task.due


@pytest.mark.parametrize("days", [-1, 0, 4, 30])
def test_no_other_number_of_days_is_granted(draft, days):
    draft.do(obstacle(draft, ANALIS))

    assert draft.refusal(grant(draft, KABAG, days)) == Unknown(subject=str(days))


@pytest.mark.parametrize("by", [ANALIS, SEKRETARIS, TU, ADMIN, SARI])
def test_nobody_but_the_superior_of_the_desk_grants_days(draft, by):
    draft.do(obstacle(draft, ANALIS))

    assert draft.refusal(grant(draft, by)) == NotHolder(role="kabag_umum")


def test_days_are_granted_once_for_each_obstacle(draft):
    draft.do(obstacle(draft, ANALIS)).do(grant(draft, KABAG, 2))

    assert isinstance(draft.refusal(grant(draft, KABAG, 1)), AlreadyGranted)
    assert due(draft.do(obstacle(draft, ANALIS)).do(grant(draft, KABAG, 1))) == "Tue 24 16:00"


def test_an_obstacle_that_nobody_reported_is_granted_nothing(draft):
    assert isinstance(draft.refusal(grant(draft, KABAG, number=1)), Unknown)


def test_a_closed_task_is_granted_nothing(draft):
    draft.do(obstacle(draft, ANALIS)).bring("konsep_nota_dinas_rapat", "data_awal").submit()

    assert isinstance(draft.refusal(grant(draft, KABAG)), AlreadyDecided)


def test_granted_days_kill_no_button(draft):
    draft.bring("konsep_nota_dinas_rapat", "data_awal").do(obstacle(draft, ANALIS))
    button = acts.Submit(by=ANALIS, task=draft.task.id, revision=draft.task.revision)

    draft.do(grant(draft, KABAG))

    assert draft.do(button).place == (6, 0)


def test_days_for_a_task_whose_limit_has_passed_count_from_the_grant(draft):
    draft.on("2026-11-24 09:00").do(obstacle(draft, ANALIS))

    assert due(draft.do(grant(draft, KABAG, 2))) == "Thu 26 16:00"


def test_days_granted_on_a_weekend_count_from_the_next_working_day(draft):
    draft.on("2026-11-21 09:00").do(obstacle(draft, ANALIS))

    assert due(draft.do(grant(draft, KABAG, 1))) == "Mon 23 16:00"


def test_the_sekretaris_grants_himself_and_nobody_grants_him():
    play = walk_to(7)
    before = play.task.due

    assert play.do(obstacle(play, SEKRETARIS, days=2)).task.due > before
    play.do(obstacle(play, SEKRETARIS))
    assert play.refusal(grant(play, KABAG)) == NotHolder(role="sekretaris")
    assert play.do(grant(play, SEKRETARIS, 1)).task.grants[-1].by.member == SEKRETARIS


def test_nobody_else_grants_himself(draft):
    assert draft.refusal(obstacle(draft, ANALIS, days=1)) == NotHolder(role="kabag_umum")


def test_the_sekretaris_grants_himself_no_more_than_three():
    play = walk_to(7)

    assert isinstance(play.refusal(obstacle(play, SEKRETARIS, days=4)), Unknown)


def test_no_days_are_granted_while_the_clock_stands_still():
    play = walk_to(4)
    play.do(obstacle(play, ANALIS))
    play.do(acts.CancelMeeting(by=ANALIS, task=play.task.id))

    assert play.refusal(grant(play, SEKRETARIS)) == NotYetDue(at=None)


def test_an_obstacle_is_not_reported_while_the_clock_stands_still():
    play = walk_to(8)

    assert play.refusal(obstacle(play, ANALIS)) == DateMissing(step=8)


# --- The second task of a round


@pytest.fixture
def second():
    """Step 1, one working day from Monday 9.00; the Kabag has it only on Thursday, until Friday."""
    return Play(at=wib("2026-11-02 09:00")).open().on("2026-11-05 11:00").dispose(SEKRETARIS)


@pytest.mark.parametrize(("days", "expected"), [(1, "Mon 09 16:00"), (2, "Tue 10 16:00"), (3, "Wed 11 16:00")])
def test_days_granted_to_a_second_task_are_added_to_what_it_had(second, days, expected):
    second.do(obstacle(second, KABAG))

    assert due(second) == "Fri 06 16:30"
    assert due(second.do(grant(second, SEKRETARIS, days))) == expected


def test_a_grant_of_three_days_is_three_days_also_where_the_round_had_one_less():
    play = Play(at=wib("2026-11-02 09:00")).open().on("2026-11-03 11:00").dispose(SEKRETARIS)
    play.do(obstacle(play, KABAG))

    assert due(play) == "Wed 04 16:00"
    assert due(play.do(grant(play, SEKRETARIS, 3))) == "Mon 09 16:00"
    assert f"{play.case.round(1).due:%a %d}" == "Fri 06"


def test_days_granted_to_the_first_task_are_the_second_s_too():
    play = Play(at=wib("2026-11-02 09:00")).open()
    play.do(obstacle(play, SEKRETARIS, days=3)).dispose(SEKRETARIS)

    assert due(play) == "Fri 06 16:30"


@pytest.mark.parametrize("days", [1, 2, 3])
def test_a_recount_by_the_same_calendar_takes_no_granted_day_away(second, draft, days):
    second.do(obstacle(second, KABAG)).do(grant(second, SEKRETARIS, days))
    draft.do(obstacle(draft, ANALIS)).do(grant(draft, KABAG, days)).on("2026-12-02 10:00")
    draft.do(obstacle(draft, ANALIS)).do(grant(draft, KABAG, days))

    assert recounted(second, second.office) == recounted(draft, draft.office) == ()


# --- Ingatkan


@pytest.mark.parametrize("by", [KABAG, SEKRETARIS, TU, ADMIN])
def test_the_waiting_side_reminds_a_desk_from_the_opening_of_the_due_day(draft, by):
    assert draft.on("2026-11-19 07:30").do(nudge(draft, by)).task.nudges[0].by.member == by


@pytest.mark.parametrize("at", ["2026-11-17 09:00", "2026-11-19 07:29"])
def test_nobody_reminds_a_desk_before_its_limit_s_day(draft, at):
    draft.at = wib(at)

    assert draft.refusal(nudge(draft, KABAG)) == NotYetDue(at=draft.task.due)


@pytest.mark.parametrize("by", [ANALIS, SARI, BIRO])
def test_neither_the_desk_nor_a_guest_reminds_it(draft, by):
    assert isinstance(draft.on("2026-11-19 08:00").refusal(nudge(draft, by)), NotHolder)


def test_a_desk_is_reminded_once_per_working_day_whoever_does_it(draft):
    draft.on("2026-11-20 08:00").do(nudge(draft, KABAG))

    for at, refused in (("2026-11-20 15:00", True), ("2026-11-20 16:30", True), ("2026-11-23 08:00", False)):
        draft.at = wib(at)
        assert isinstance(draft.refusal(nudge(draft, TU)), AlreadyNudged) == refused, at


def test_on_a_weekend_a_desk_is_reminded_once_for_the_monday(draft):
    draft.on("2026-11-21 10:00").do(nudge(draft, KABAG))

    for at in ("2026-11-22 10:00", "2026-11-23 10:00"):
        draft.at = wib(at)
        assert isinstance(draft.refusal(nudge(draft, KABAG)), AlreadyNudged)


def test_the_sekretaris_is_reminded_by_the_kabag_alone():
    play = walk_to(7).on("2026-11-30 10:00")
    play.at = wib("2026-11-30 10:00")

    for by in (TU, ADMIN, ANALIS, SEKRETARIS):
        assert play.refusal(nudge(play, by)) == NotHolder(role="kabag_umum")
    assert play.refusal(nudge(play, KABAG)) is None


def test_a_nudge_kills_no_button_and_moves_no_limit(draft):
    before = (draft.task.revision, draft.task.due)

    draft.on("2026-11-20 08:00").do(nudge(draft, KABAG))

    assert (draft.task.revision, draft.task.due) == before


def test_nobody_is_reminded_while_the_clock_stands_still():
    play = walk_to(8).on("2026-12-20 10:00")

    assert play.refusal(nudge(play, SEKRETARIS)) == NotYetDue(at=None)


# --- Meetings that move


@pytest.fixture
def meeting():
    """Step 4: the meeting is on Thursday 12 November at 9.30."""
    return walk_to(4)


def schedule(by, step=4, *, starts="2026-11-18 10:00", file=None):
    return acts.ScheduleMeeting(by=by, step=step, starts=wib(starts), place="Ruang Rapat", file=file)


@pytest.mark.parametrize("by", [KABAG, ANALIS])
def test_a_meeting_is_moved_with_a_new_invitation_its_limit_and_its_answers(meeting, by):
    meeting.answer(SARI, Attendance.PRESENT)
    revision = meeting.task.revision

    meeting.do(schedule(by, file=a_file("undangan baru.pdf")))

    assert due(meeting) == "Thu 19 16:00"
    assert (meeting.case.meeting(4).sequence, meeting.case.meeting(4).answers) == (1, ())
    assert meeting.case.newest("undangan").number == 2
    assert meeting.task.revision == revision


def test_a_meeting_is_moved_without_a_new_invitation_too(meeting):
    assert meeting.do(schedule(KABAG)).case.newest("undangan").number == 1


@pytest.mark.parametrize("by", [KABAG, ANALIS])
def test_a_cancelled_meeting_stops_the_clock_until_a_new_date_and_a_new_invitation(meeting, by):
    meeting.do(acts.CancelMeeting(by=by, task=meeting.task.id))

    assert (due(meeting), meeting.case.meeting(4), meeting.case.round(4).due) == (None, None, None)
    assert meeting.refusal(schedule(ANALIS)) == DocumentsMissing(documents=("undangan",))
    meeting.do(schedule(ANALIS, file=a_file("undangan baru.pdf")))
    assert due(meeting) == "Thu 19 16:00"
    assert meeting.case.meeting(4).sequence == 2  # the cancelled one was the calendar's second


def test_the_new_invitation_may_be_sent_by_itself_before_the_new_date(meeting):
    meeting.do(acts.CancelMeeting(by=KABAG, task=meeting.task.id)).upload(ANALIS, "undangan")

    assert due(meeting.do(schedule(ANALIS))) == "Thu 19 16:00"


def test_a_meeting_without_a_date_is_neither_closed_nor_answered_nor_counted_nor_cancelled(meeting):
    meeting.bring("notula_rekonsiliasi").bring("pemutakhiran_data", by=KABAG)
    meeting.do(acts.CancelMeeting(by=KABAG, task=meeting.task.id))
    on = {"task": meeting.task.id}

    for act in (
        acts.CloseMeeting(by=KABAG, revision=meeting.task.revision, **on),
        acts.AnswerInvitation(by=SARI, attendance=Attendance.PRESENT, **on),
        acts.RecordAttendance(by=KABAG, units=(), **on),
        acts.CancelMeeting(by=KABAG, **on),
    ):
        assert meeting.refusal(act) == DateMissing(step=4)


def test_the_meeting_with_biro_sdm_waits_again_when_it_is_cancelled_and_needs_no_invitation_of_ours():
    play = walk_to(8).schedule(BIRO, 8, starts=wib("2026-11-18 10:00"))

    assert due(play) == "Thu 19 16:00"
    assert due(play.do(acts.CancelMeeting(by=ANALIS, task=play.task.id))) is None
    assert due(play.do(schedule(BIRO, 8, starts="2026-11-24 10:00"))) == "Wed 25 16:00"


@pytest.mark.parametrize("by", [BIRO, SEKRETARIS, SARI, TU, ADMIN])
def test_a_meeting_is_cancelled_by_nobody_but_kabag_and_analis(by):
    play = walk_to(8).schedule(BIRO, 8)

    assert play.refusal(acts.CancelMeeting(by=by, task=play.task.id)) == NotHolder(role="kabag_umum")


def test_granted_days_stay_when_the_meeting_moves(meeting):
    meeting.do(obstacle(meeting, KABAG)).do(grant(meeting, SEKRETARIS, 2))

    assert due(meeting) == "Tue 17 16:00"
    assert due(meeting.do(schedule(KABAG))) == "Mon 23 16:00"


@pytest.mark.parametrize("by", [KABAG, ANALIS])
def test_attendance_is_ticked_per_unit_and_may_be_corrected(meeting, by):
    meeting.on("2026-11-12 09:30")
    record = acts.RecordAttendance(by=by, task=meeting.task.id, units=("Direktorat Teknik", "Direktorat Program"))

    assert meeting.do(record).case.meeting(4).attended == ("Direktorat Program", "Direktorat Teknik")
    nobody = record.model_copy(update={"units": ()})
    assert meeting.refusal(nobody) == NobodyCame()
    assert meeting.do(nobody.model_copy(update={"nobody": True})).case.meeting(4).attended == ()


def test_who_comes_to_a_meeting_that_has_not_begun_is_not_known(meeting):
    record = acts.RecordAttendance(by=KABAG, task=meeting.task.id, units=("Direktorat Teknik",))

    meeting.until(wib("2026-11-12 09:29"))
    assert meeting.refusal(record) == NotBegun(at=wib("2026-11-12 09:30"))


def test_a_unit_that_does_not_exist_attended_nothing(meeting):
    meeting.on("2026-11-12 12:00")
    record = acts.RecordAttendance(by=KABAG, task=meeting.task.id, units=("Direktorat Lain",))

    assert meeting.refusal(record) == Unknown(subject="Direktorat Lain")


@pytest.mark.parametrize("by", [SARI, JOKO, SEKRETARIS, TU, ADMIN])
def test_nobody_else_ticks_attendance(meeting, by):
    assert meeting.refusal(acts.RecordAttendance(by=by, task=meeting.task.id, units=())) == NotHolder(role="kabag_umum")


def test_the_meeting_with_biro_sdm_has_no_units_to_tick():
    play = walk_to(8).schedule(BIRO, 8)

    assert isinstance(play.refusal(acts.RecordAttendance(by=KABAG, task=play.task.id, units=())), Unknown)


# --- A changed calendar


def test_a_day_off_inside_an_open_limit_moves_it_by_one_working_day(draft):
    events = recounted(draft, with_days_off(draft, date(2026, 11, 18)))

    assert [(f"{item.due:%a %d %H:%M}", item.because) for item in events] == [("Fri 20 16:30", "calendar")]
    assert replay(events, draft.case).round(5).due == replay(events, draft.case).task(draft.task.id).due


@pytest.mark.parametrize("day", [date(2026, 11, 13), date(2026, 11, 20), date(2026, 11, 23)])
def test_a_day_off_outside_the_limit_moves_nothing(draft, day):
    assert recounted(draft, with_days_off(draft, day)) == ()


def test_granted_days_are_counted_anew_too(draft):
    draft.do(obstacle(draft, ANALIS)).do(grant(draft, KABAG, 2))

    events = recounted(draft, with_days_off(draft, date(2026, 11, 20)))

    assert f"{events[0].due:%a %d}" == "Tue 24"


def test_a_recount_that_was_applied_changes_nothing_more_and_replays_to_the_same_state(draft):
    office = with_days_off(draft, date(2026, 11, 18))
    events = recounted(draft, office)
    draft.case = replay(events, draft.case)

    assert recounted(draft, office) == ()
    assert replay((*draft.events, *events)) == draft.case
    assert recounted(draft, an_office())[0].because == "calendar"


def test_a_recount_counts_no_stopped_clock_and_no_closed_task():
    play = walk_to(8)

    assert recounted(play, with_days_off(play, date(2026, 11, 18))) == ()
    assert isinstance(play.refusal(acts.Recount(by=0, task=1)), AlreadyDecided)


def test_every_limit_of_a_walk_is_found_again_from_what_the_case_knows():
    """Else each start of the bot would move limits that nobody changed."""
    for step in range(1, 13):
        for index in range(len(SOP.step(step).tasks)):
            play = walk_to(step, index)
            found = present_limits(play.s, play.task)
            assert (found.of_task, found.of_round) == (play.task.due, play.case.round(step).due)


def test_a_second_holder_of_the_desk_may_use_the_days_too(draft):
    draft.office = an_office(people=(*PEOPLE, an_appointment(PUTRI, "analis_sdm", "Putri")))
    draft.do(obstacle(draft, PUTRI)).do(grant(draft, KABAG))

    assert draft.case.obstacles[0].granted.days == 1
