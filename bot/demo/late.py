"""The late play: limits lapse, and the clock is moved through every kind of reminder, escalation and extension.

Three months of 2026 in half a minute. `stage` calls it for `alur demo --play --late`, and so do the tests.
"""

from datetime import datetime

from bot.demo.company import Company
from bot.demo.moments import House
from bot.demo.scenes import late_december, late_decree, late_drafts, late_meeting, late_secretary, late_year

CURTAIN = datetime.fromisoformat("2026-09-30T14:00:00+07:00")  # the day before the first working day of October


async def perform(company: Company, house: House) -> None:
    """Ends in December with two cases open, or raises CannotGoOn where the next act is impossible."""
    await late_year.everybody_joins(company)
    await late_year.the_year_calls(company)
    await late_year.the_case_is_opened_after_closing(company)
    await late_secretary.a_silent_card_is_named_at_opening(company)  # step 1
    await late_secretary.the_secretary_is_reminded(company)
    await late_secretary.the_secretary_grants_herself_a_day(company)
    await late_drafts.the_limit_comes_near(company)  # step 2
    await late_drafts.a_weekend_without_power(company, house)
    await late_drafts.the_delay_is_reported(company)
    await late_drafts.two_days_are_granted(company)
    await late_drafts.what_is_done_is_not_reminded_of(company)  # step 3
    await late_meeting.an_invitation_after_closing(company)
    await late_meeting.the_meeting_is_moved(company)  # step 4
    await late_meeting.the_meeting_is_cancelled(company)
    await late_meeting.the_meeting_is_held(company)
    await late_decree.a_decree_adds_a_day_off(company, house)  # step 5
    await late_decree.nobody_is_disturbed_on_the_day_off(company)  # steps 6 and 7
    await late_december.the_case_waits(company)  # step 8
    await late_december.several_matters_in_one_message(company)
    await late_december.nothing_at_christmas(company)
