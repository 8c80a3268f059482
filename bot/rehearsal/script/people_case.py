"""A case in which people change: a Plh takes the Kabag's place between steps 6 and 7, and gives it back before step 10.

The other parts are those of a whole case. `run` calls it for `alur demo --play --people`.
"""

from bot.rehearsal import profiles
from bot.rehearsal.people import People
from bot.rehearsal.sandbox import Sandbox
from bot.rehearsal.script import (
    beginning,
    conclusion,
    meeting,
    mending,
    preparation,
    reporting,
    substitution,
    validation,
)


async def follow(people: People, sandbox: Sandbox) -> None:
    """Ends with the case archived, or raises CannotGoOn where the next act is impossible."""
    await beginning.everybody_joins(people)
    await beginning.tata_usaha_opens_the_case(people)
    await beginning.two_dispositions(people)  # step 1
    await preparation.the_analyst_brings_files(people)  # step 2
    await preparation.the_meeting_is_prepared(people)  # step 3
    await meeting.the_units_answer(people)  # step 4
    await meeting.the_meeting_is_held(people)
    draft = await reporting.the_first_draft(people)  # step 5
    decided = await reporting.a_question_and_a_return(people)  # step 6: back to 5
    await reporting.the_second_draft(people, draft, decided)  # 5, 6
    await substitution.a_plh_is_appointed(people, sandbox)
    await reporting.the_secretary_returns(people)  # step 7: back to 6
    await substitution.the_first_day_begins(people)
    plh = people[profiles.PLH]
    await reporting.the_head_corrects_it_himself(people, plh)  # 6
    await mending.step_7_is_decided_on_paper(people)
    await mending.a_typo_is_put_right(people)
    await validation.the_case_waits(people, plh)  # step 8
    await validation.biro_sdm_names_the_date(people, plh)
    await substitution.the_last_day_is_over(people)
    await validation.the_data_are_valid(people)
    await conclusion.the_last_report_is_returned(people)  # 9, 10: back to 9
    await mending.the_case_stands_still(people)  # 10
    await mending.a_slip_is_withdrawn(people, sandbox)
    await conclusion.the_last_report_is_approved(people, due=mending.LATER)
    await conclusion.the_secretary_directs(people)  # step 11
    await substitution.the_history_tells_who_decided(people)
    await conclusion.tata_usaha_archives(people)  # step 12
    await mending.a_case_of_the_wrong_year_is_called_off(people)
