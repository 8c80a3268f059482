"""A late case: limits lapse, and the clock is moved through every kind of reminder, escalation and extension.

Three months of 2026 in half a minute. `run` calls it for `alur demo --play --late`.
"""

from datetime import datetime

from bot.rehearsal.people import People
from bot.rehearsal.sandbox import Sandbox
from bot.rehearsal.script import late_december, late_decree, late_drafts, late_meeting, late_secretary, late_year

START = datetime.fromisoformat("2026-09-30T14:00:00+07:00")  # the day before the first working day of October


async def follow(people: People, sandbox: Sandbox) -> None:
    """Ends in December with two cases open, or raises CannotGoOn where the next act is impossible."""
    await late_year.everybody_joins(people)
    await late_year.the_year_calls(people)
    await late_year.the_case_is_opened_after_closing(people)
    await late_secretary.a_silent_card_is_named_at_opening(people)  # step 1
    await late_secretary.the_secretary_is_reminded(people)
    await late_secretary.the_secretary_grants_herself_a_day(people)
    await late_drafts.the_limit_comes_near(people)  # step 2
    await late_drafts.a_weekend_without_power(people, sandbox)
    await late_drafts.the_delay_is_reported(people)
    await late_drafts.two_days_are_granted(people)
    await late_drafts.what_is_done_is_not_reminded_of(people)  # step 3
    await late_meeting.an_invitation_after_closing(people)
    await late_meeting.the_meeting_is_moved(people)  # step 4
    await late_meeting.the_meeting_is_cancelled(people)
    await late_meeting.the_meeting_is_held(people)
    await late_decree.a_decree_adds_a_day_off(people, sandbox)  # step 5
    await late_decree.nobody_is_disturbed_on_the_day_off(people)  # steps 6 and 7
    await late_december.the_case_waits(people)  # step 8
    await late_december.several_matters_in_one_message(people)
    await late_december.nothing_at_christmas(people)
