"""The play: the scenes in order. `stage.put_on` calls it, and so do the tests."""

from bot.demo.company import Company
from bot.demo.scenes import beginning, conclusion, looking_back, meeting, preparation, reporting, validation


async def perform(company: Company) -> None:
    """Ends with the case archived, or raises CannotGoOn where the next act is impossible."""
    await beginning.everybody_joins(company)
    await beginning.tata_usaha_opens_the_case(company)
    await beginning.two_dispositions(company)  # step 1
    await preparation.the_analyst_brings_files(company)  # step 2
    await preparation.only_the_kabag_may(company)
    await preparation.the_meeting_is_prepared(company)  # step 3
    await meeting.the_units_answer(company)  # step 4
    await meeting.the_meeting_is_held(company)
    draft = await reporting.the_first_draft(company)  # step 5
    decided = await reporting.a_question_and_a_return(company)  # step 6: back to 5
    await reporting.the_second_draft(company, draft, decided)  # 5, 6
    await reporting.the_secretary_returns(company)  # step 7: back to 6
    await reporting.the_head_corrects_it_himself(company)  # 6, 7
    await looking_back.the_clerk_opens_files(company)
    await looking_back.a_unit_reads_what_it_was_sent(company)
    await looking_back.the_secretary_reads_the_history(company)
    await validation.the_case_waits(company)  # step 8
    await validation.biro_sdm_names_the_date(company)
    await validation.the_data_are_valid(company)
    await conclusion.the_last_report_is_returned(company)  # 9, 10: back to 9
    await conclusion.the_last_report_is_approved(company)  # 9, 10
    await conclusion.the_secretary_directs(company)  # step 11
    await conclusion.tata_usaha_archives(company)  # step 12
