"""A case from the first letter to the archive: the parts in the order of the SOP. `run` calls it."""

from bot.rehearsal.people import People
from bot.rehearsal.script import beginning, conclusion, looking_back, meeting, preparation, proof, reporting, validation


async def follow(people: People) -> None:
    """Ends with the case archived, or raises CannotGoOn where the next act is impossible."""
    await beginning.everybody_joins(people)
    await beginning.tata_usaha_opens_the_case(people)
    await beginning.two_dispositions(people)  # step 1
    await proof.the_day_is_signed(people)
    await preparation.the_analyst_brings_files(people)  # step 2
    await preparation.only_the_kabag_may(people)
    await preparation.the_meeting_is_prepared(people)  # step 3
    await meeting.the_units_answer(people)  # step 4
    await meeting.the_meeting_is_held(people)
    draft = await reporting.the_first_draft(people)  # step 5
    decided = await reporting.a_question_and_a_return(people)  # step 6: back to 5
    await reporting.the_second_draft(people, draft, decided)  # 5, 6
    await reporting.the_secretary_returns(people)  # step 7: back to 6
    await reporting.the_head_corrects_it_himself(people)  # 6
    await reporting.the_secretary_approves(people)  # 6, 7
    await looking_back.the_clerk_opens_files(people)
    await looking_back.a_unit_reads_what_it_was_sent(people)
    await looking_back.the_secretary_reads_the_history(people)
    await validation.the_case_waits(people)  # step 8
    await validation.biro_sdm_names_the_date(people)
    await validation.the_data_are_valid(people)
    await conclusion.the_last_report_is_returned(people)  # 9, 10: back to 9
    await conclusion.the_last_report_is_approved(people)  # 9, 10
    await conclusion.the_secretary_directs(people)  # step 11
    await conclusion.tata_usaha_archives(people)  # step 12
    await conclusion.the_year_is_reported(people)
    await proof.the_archive_is_signed(people)
