"""Makers of the notices about what was put right."""

from alur.views import facts, words
from alur.views.buttons import correct_button, correct_report_button
from alur.views.headings import named
from alur.views.notice.maker import Given, Parts, make, step_of
from alur.workflow import notices
from alur.workflow.engine.acts.record_nadine import filed_apart


@make.register
def _erratum(notice: notices.Erratum, given: Given) -> Parts | None:
    """A guest's report named nothing of the archive, so that none of it is put right for him."""
    s = given.situation
    if given.role is not None and words.is_guest(given.role, s.sop):
        return None
    correct = correct_report_button(s, case_id=notice.case_id, reader=given.reader)
    return Parts(
        {"items": named(notice.corrected), "signed_letters_of_case": facts.signed_letters(s, given.reader)}, correct
    )


@make.register
def _letter_corrected(notice: notices.LetterCorrected, given: Given) -> Parts | None:
    """Nothing where his decision stands no longer: he decides, or decided, anew."""
    s, task = given.situation, given.task(notice.task)
    if task.closing is None or s.case.overturned(task) is not None:
        return None
    return Parts({"corrected": s.case.version(notice.version), "closing": task.closing, **step_of(s, task)})


@make.register
def _nadine_corrected(notice: notices.NadineCorrected, given: Given) -> Parts:
    s, apart = given.situation, filed_apart(given.situation.sop, given.situation.case).get("filed")
    correct = correct_button(s, case_id=notice.case_id, reader=given.reader) if apart else ()
    return Parts({"title": s.sop.document(notice.document).title, "filed": apart}, correct)
