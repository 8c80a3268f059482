"""Makers of the notices about what was typed: a toast's or an alert's words as a message, without their limit, and half-done
inputs.
"""

from alur.views import answers
from alur.views.buttons import own_card, undo_button
from alur.views.environment import vocabulary
from alur.views.headings import heading
from alur.views.notice.maker import Given, Parts, make, plain, step_of
from alur.views.screen import Button, Rows
from alur.workflow import notices
from alur.workflow.engine.vacancy import vacant, waits_onward
from alur.workflow.presses import PressKeep

make.register(notices.MessageChanged)(plain)


@make.register
def _refused(notice: notices.Refused, given: Given) -> Parts:
    field = notice.facts.get("field")
    values = {
        "refusal": notice.refusal,
        "facts": notice.facts,
        "headed": heading(notice.of_form, field) if notice.of_form and field else None,
        "sapaan": given.reader.sapaan,
        "sop": given.s.sop if given.s else None,
        "sops": given.sops,
        "zone": given.s.office.calendar.zone if given.s else None,
    }
    return Parts({"said": answers.within("refused", values)}, _card_of(notice, given))


def _card_of(notice: notices.Refused, given: Given) -> Rows:
    """Under what was said to a reply to a card: that card, while it asks for something."""
    if notice.case_id is None or notice.task is None:
        return ()
    tasks = (given.task(notice.task),)
    return own_card(given.situation, case_id=notice.case_id, reader=given.reader, tasks=tasks)


@make.register
def _recorded(notice: notices.Recorded, given: Given) -> Parts:
    """Of an approval that was undone since, what became of it; of desks beside it, those that have not decided yet; of posts
    that nobody held, those that nobody holds still.
    """
    s = given.situation
    task = None if notice.decided is None else given.task(notice.decided)
    waits = tuple(item.role for item in s.case.beside(task) if item.is_open or item.held) if task is not None else ()
    held = task.held if task is not None else None
    closing = task.closing if task is not None else None
    paper = closing.paper if closing is not None else None
    nobody = waits_onward(s, task) if task is not None and paper is not None else vacant(s, notice.vacant)
    values = {
        "until": held.until if held is not None else None,
        "outcome": closing.outcome.value if closing is not None and paper is not None else notice.outcome,
        "to": notice.to or (tuple(item.role for item in s.case.after(task)) if task is not None else ()),
        "awaits": waits if paper is not None else tuple(role for role in notice.awaits if role in waits),
        "vacant": nobody,
        "sapaan": given.reader.sapaan,
        "sop": s.sop,
    }
    said = {
        "said": answers.within("recorded", values),
        "undone": s.case.overturned(task) if task else None,
        "is_withdrawn": task is not None and task.is_open,
        "task": task,
        "paper": paper,
    }
    undo = undo_button(s, case_id=notice.case_id, task=task, reader=given.reader) if task else ()
    return Parts(said, undo)


@make.register
def _card_reply(notice: notices.CardReply, given: Given) -> Parts:
    s, task = given.situation, given.task(notice.task)
    card = own_card(s, case_id=notice.case_id, reader=given.reader, tasks=(task,))
    return Parts({**step_of(s, task), "ways": s.definition(task).ways}, card)


@make.register
def _cancelled(notice: notices.Cancelled, _given: Given) -> Parts:
    return Parts({"was": None if notice.was is None else vocabulary("forms")[notice.was]})


@make.register
def _replace_form(notice: notices.ReplaceForm, _given: Given) -> Parts:
    """*Buka Isian Baru* is the press that begins the new form, as the service kept it."""
    keep = Button(label=vocabulary("labels")["keep_form"], press=PressKeep(form=notice.form))
    go = Button(label=vocabulary("labels")["new_form"], press=notice.new)
    return Parts({"old": vocabulary("forms")[notice.old]}, ((keep,), (go,)))


@make.register
def _answered(notice: notices.FormReplaced | notices.FormKept, _given: Given) -> Parts:
    return Parts({"old": vocabulary("forms")[notice.old]})
