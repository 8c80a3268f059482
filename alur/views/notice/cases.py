"""Makers of the notices about what has come about in a case."""

from collections.abc import Iterator
from typing import Any

from alur.views import course, facts
from alur.views.attachments import of_meeting
from alur.views.buttons import button, correct_button, correct_report_button, nadine_buttons, own_card
from alur.views.notice.maker import Given, Parts, make, step_of
from alur.views.screen import Attachment, Reader, Rows
from alur.workflow import notices
from alur.workflow.case import Meeting, Outcome, Question, Task
from alur.workflow.engine import Situation
from alur.workflow.engine.acts.answer_question import AnswerQuestionRule
from alur.workflow.engine.meetings import in_calendars, standing_ahead
from alur.workflow.engine.standing import Standing, standing
from alur.workflow.people import roles_with
from alur.workflow.presses import On, PressAct
from alur.workflow.reading import reads_whole
from alur.workflow.sop import Right, Step, TaskKind


@make.register
def _question(notice: notices.Question, given: Given) -> Parts:
    question, task = _of_question(given, notice.question)
    s = given.situation
    rows: Rows = ()
    if question.is_open and s.case.cancellation is None:
        press = PressAct(rule=AnswerQuestionRule.name, case=notice.case_id, on=On(question=question.id))
        rows = ((button(press),),)
    card = own_card(s, case_id=notice.case_id, reader=given.reader)
    return Parts({"question": question, **step_of(s, task)}, (*rows, *card))


@make.register
def _question_answer(notice: notices.QuestionAnswer, given: Given) -> Parts:
    """Below the card from which it was asked, or that which he has by now."""
    question, task = _of_question(given, notice.question)
    s = given.situation
    card = own_card(s, case_id=notice.case_id, reader=given.reader, tasks=(task, *s.case.open_tasks))
    return Parts({"question": question, **step_of(s, task)}, card)


def _of_question(given: Given, number: int) -> tuple[Question, Task]:
    question = given.situation.case.question(number)
    if question is None:
        raise ValueError(f"{given.situation.case.code} has no question {number}")
    return question, given.task(question.task)


@make.register
def _nadine_request(notice: notices.NadineRequest, given: Given) -> Parts:
    """While the approval stands that it is about."""
    s, document = given.situation, notice.document
    case, newest = s.case, s.case.newest(document)
    approved = newest if notice.approved is None else case.version(notice.approved)
    undone = case.undone_of(approved) if approved else None
    is_replaced = approved != newest
    letters = () if is_replaced else (document,)
    own = nadine_buttons(s, case_id=notice.case_id, reader=given.reader, documents=letters)
    context = {
        "title": s.sop.document(document).title,
        "undone": undone if not is_replaced else None,
        "is_replaced": is_replaced,
        "is_same": approved is not None and newest is not None and approved.file.sha256 == newest.file.sha256,
        "number": case.nadine_number(document),
        "earlier": case.entered_number(document),
        "copy": case.signed_copy(document),
        "is_signed": case.signed_copy(document) is not None,
    }
    about = On(document=document)
    is_numbered = context["number"] is not None and not undone and not is_replaced
    correct = correct_button(s, case_id=notice.case_id, reader=given.reader, on=about) if is_numbered else ()
    return Parts(context, (*((item,) for item in own), *correct))


@make.register
def _paper_recorded(notice: notices.PaperRecorded, given: Given) -> Parts | None:
    s, task = given.situation, given.task(notice.task)
    if task.closing is None or task.closing.paper is None:
        return None
    return Parts({"closing": task.closing, **step_of(s, task)})


@make.register
def _task_ended(notice: notices.TaskEnded, given: Given) -> Parts:
    s, task = given.situation, given.task(notice.task)
    return Parts({**step_of(s, task), **course.of_task(s, task)})


@make.register
def _follow_up(notice: notices.FollowUp, given: Given) -> Parts:
    s = given.situation
    step = s.sop.step(notice.step)
    following = s.case.following(step.number)
    due = following.due if following else None
    return Parts({"step": step, "follow_up": step.tasks[0].follow_up, "due": due})


@make.register
def _directions(notice: notices.Directions, given: Given) -> Parts:
    task = given.task(notice.task)
    return Parts({"closing": task.closing, **step_of(given.situation, task)})


@make.register
def _finished(notice: notices.Finished, given: Given) -> Parts | None:
    """Nothing where it goes on again; and whether it was archived before."""
    s, case = given.situation, given.situation.case
    if case.finished_at is None or case.cancellation is not None:
        return None
    archived = [item.closing for item in case.tasks if item.closing and item.closing.outcome is Outcome.ARCHIVED]
    correct = correct_report_button(s, case_id=notice.case_id, reader=given.reader)
    context = {
        "closing": archived[-1] if archived else None,
        "is_again": len(archived) > 1,
        "signed_letters_of_case": facts.signed_letters(s, given.reader),
    }
    return Parts(context, correct)


@make.register
def _task_assigned(notice: notices.TaskAssigned, given: Given) -> Parts:
    return Parts(step_of(given.situation, given.task(notice.task)))


@make.register
def _step_reopened(notice: notices.StepReopened, given: Given) -> Parts:
    s = given.situation
    back = next(item for item in s.case.returns if item.id == notice.reopened)
    meetings = [_titled(s, item) for item in _ahead_of(s, given.reader)]
    return Parts({"back": back, "step": s.sop.step(back.to_step), "total": len(s.sop.steps), "meetings": meetings})


def _ahead_of(s: Situation, reader: Reader) -> Iterator[Meeting]:
    """The meetings that stand as dated, of those who take part in one; of whoever reads the case whole all of them."""
    for task in s.case.tasks:
        meeting = standing_ahead(s, task.step) if task.kind is TaskKind.CONVENE else None
        is_last = all(item.step != task.step for item in s.case.tasks[task.id :])
        own, _ = standing(s, task, reader.member, reader.roles)
        if meeting and is_last and (own is not Standing.ONLOOKER or reads_whole(s.sop, reader.reads)):
            yield meeting


@make.register
def _meeting_moved(notice: notices.MeetingMoved, given: Given) -> Parts | None:
    """Nothing where it comes to no such date any more: then a card shows the one that it has."""
    s, meeting = given.situation, standing_ahead(given.situation, notice.step)
    step, total = s.sop.step(notice.step), len(s.sop.steps)
    return Parts({"meeting": meeting, "step": step, "total": total}) if meeting else None


@make.register
def _suspended(notice: notices.Suspended, given: Given) -> Parts:
    return Parts({"stretch": given.situation.case.suspensions[notice.nth - 1]})


@make.register
def _resumed(notice: notices.Resumed, given: Given) -> Parts:
    """To a desk its new limit, to whoever takes part in a meeting when that is; what is not his own stands on /status."""
    s, reader = given.situation, given.reader
    stands = [(task, standing(s, task, reader.member, reader.roles)[0]) for task in s.case.open_tasks]
    desks = [task for task, own in stands if own.is_desk]
    meetings = [meeting for task, own in stands if (meeting := in_calendars(s, task, own)) and not meeting.cancelled_at]
    follow_up = next((found for step in s.sop.steps if (found := _follow_up_of(s, step, reader))), None)
    context = {
        "stretch": s.case.suspensions[notice.nth - 1],
        "limits": [{"title": s.step(task).title, "due": task.due} for task in desks if task.due],
        "meetings": [_titled(s, item) for item in meetings],
        "follow_up": follow_up,
    }
    return Parts(context, own_card(s, case_id=notice.case_id, reader=reader))


def _follow_up_of(s: Situation, step: Step, reader: Reader) -> dict[str, Any] | None:
    """What those who were at its meeting are still asked for, and until when now."""
    definition, following = step.tasks[0], s.case.following(step.number)
    if not definition.follow_up or following is None or set(definition.participants).isdisjoint(reader.roles):
        return None
    is_open = any((task.step, task.round) == (following.step, following.number) for task in s.case.open_tasks)
    return {"text": definition.follow_up, "due": following.due} if is_open and following.due else None


@make.register
def _called_off(_notice: notices.CalledOff, given: Given) -> Parts:
    s = given.situation
    at = s.case.cancellation.at if s.case.cancellation else None
    meetings = [_titled(s, item) for item in s.case.meetings if item.cancelled_at == at]
    may_open = not set(roles_with(s.sop, Right.START)).isdisjoint(given.reader.roles)
    return Parts({"meetings": meetings, "may_open": may_open})


@make.register
def _meeting_taken_out(notice: notices.MeetingTakenOut, given: Given) -> tuple[Attachment, ...] | None:
    s = given.situation
    task = next(item for item in reversed(s.case.tasks) if item.step == notice.step)
    return tuple(of_meeting(s, task, standing(s, task, given.reader.member, given.reader.roles)[0])) or None


def _titled(s: Situation, meeting: Meeting) -> dict[str, Any]:
    return {"title": s.sop.step(meeting.step).title, "starts": meeting.starts, "place": meeting.place}
