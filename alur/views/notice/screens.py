"""Makers of what somebody asked to see, but for the documents and the history, which have rooms of their own."""

from collections.abc import Sequence
from functools import partial

from alur.views import menu, status
from alur.views.board import picture
from alur.views.buttons import button, turning
from alur.views.environment import vocabulary
from alur.views.notice.maker import Given, Parts, make, plain, wanted
from alur.views.screen import Attachment, Menu
from alur.workflow import notices
from alur.workflow.engine import Situation
from alur.workflow.engine.acts import RULES
from alur.workflow.engine.acts.assign_task import AssignRule
from alur.workflow.engine.acts.cancel_case import CancelCaseRule
from alur.workflow.engine.acts.correct import CorrectRule
from alur.workflow.engine.acts.record_paper import RecordPaperRule
from alur.workflow.engine.acts.reopen_step import ReopenRule
from alur.workflow.engine.acts.suspend import SuspendRule
from alur.workflow.engine.letters import letter_roles
from alur.workflow.people import roles_with
from alur.workflow.presses import PressStatusPage
from alur.workflow.reading import reads_whole
from alur.workflow.sop import Right, Sop

Cases = tuple[tuple[int, Situation], ...]

make.register(notices.Forwarded)(plain)


@make.register
def _not_understood(notice: notices.NotUnderstood, _given: Given) -> Parts:
    return Parts({"title": vocabulary("forms")[notice.waits] if notice.waits else None})


@make.register
def _menu(notice: notices.Menu, _given: Given) -> Menu:
    return menu.menu(notice.commands)


@make.register
def _help(notice: notices.Help, given: Given) -> Parts:
    """By role: what the reader's desks do, and which commands are his."""
    roles = set(notice.roles)
    tasks = [task for sop in given.sops for step in sop.steps for task in step.tasks]
    mending = _mending(given.sops, roles)
    cancel = [role for sop in given.sops for role in roles_with(sop, Right.HOLD)]
    return Parts(
        {
            "kinds": {task.kind.value for task in tasks if task.role in roles},
            "helps": any(roles & set(task.helpers) for task in tasks),
            "invited": any(roles & set(task.participants) for task in tasks),
            "dates": any(task.waits_for in roles for task in tasks),
            "mending": [rule.name for rule in RULES if rule.on_status and rule.name in mending],
            "cancellers": list(dict.fromkeys(cancel)),
            "menu": menu.menu(notice.commands).commands,
        }
    )


def _mending(sops: Sequence[Sop], roles: set[str]) -> set[str]:
    """The acts on /status that these roles may do with a case, where there is occasion."""
    found: set[str] = set()
    for sop in sops:
        letters = {role for item in sop.documents if item.numbered for role in letter_roles(sop, item.id)}
        if roles & {*letters, *roles_with(sop, Right.START), *roles_with(sop, Right.PAPER)}:
            found.add(CorrectRule.name)
        if roles & set(roles_with(sop, Right.PAPER)):
            found.add(RecordPaperRule.name)
        if roles & set(roles_with(sop, Right.HOLD)):
            found |= {rule.name for rule in (SuspendRule, CancelCaseRule, AssignRule, ReopenRule)}
    return found


@make.register
def _tasks(notice: notices.Tasks, _given: Given) -> Parts:
    return Parts({}, ((button(notice.further, label="further"),),) if notice.further else ())


@make.register
def _board(_notice: notices.Board, given: Given) -> tuple[Attachment, ...] | None:
    """Nothing for whoever does not read the case whole any more."""
    s = given.situation
    return (picture.attachment(s),) if reads_whole(s.sop, given.reader.reads) else None


@make.register
def _status(_notice: notices.Status, given: Given) -> Parts:
    return _page_of(given, wanted(given.cases))


def _page_of(given: Given, cases: Cases) -> Parts:
    """These cases of the page, or fewer where their words are too long: the next page begins where this one ends, so that no
    case is passed over.
    """
    start, last = given.start, given.start + len(cases)
    if given.is_alone:
        back = ((button(PressStatusPage(start=start), label="all_cases"),),)
        context = {"cases": [status.lines(s, given.reader) for _, s in cases], "is_page": False}
        return Parts(context, (*status.buttons(cases, given.reader, is_alone=True), *back))
    has_more = given.has_more or len(cases) < len(wanted(given.cases))
    found = [status.lines(s, given.reader) for _, s in cases]
    context = {
        "cases": [item for item in found if item.has_news],
        "first": start + 1,
        "last": last,
        "is_page": start > 0 or has_more,
    }
    turns = turning(
        PressStatusPage(start=max(0, start - status.PAGE)) if start > 0 else None,
        PressStatusPage(start=last) if has_more else None,
    )
    fewer = partial(_page_of, given, cases[:-1]) if len(cases) > 1 else None
    is_alone = len(cases) == 1 and not context["is_page"]
    return Parts(context, (*status.buttons(cases, given.reader, is_alone=is_alone), *turns), fewer)
