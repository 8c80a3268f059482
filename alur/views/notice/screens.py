"""Makers of what somebody asked to see, but for the documents and the history, which have rooms of their own."""

from alur.views import menu, status
from alur.views.notice.maker import Given, Parts, make, plain, wanted
from alur.views.screen import Menu
from alur.workflow import notices

for kind in (notices.Tasks, notices.NotUnderstood, notices.Forwarded):
    make.register(kind)(plain)


@make.register
def _menu(notice: notices.Menu, _given: Given) -> Menu:
    return menu.menu(notice.commands)


@make.register
def _help(notice: notices.Help, given: Given) -> Parts:
    """By role: what the reader's desks do, and which commands are his."""
    roles = set(notice.roles)
    tasks = [task for sop in given.sops for step in sop.steps for task in step.tasks]
    return Parts(
        {
            "kinds": {task.kind.value for task in tasks if task.role in roles},
            "helps": any(roles & set(task.helpers) for task in tasks),
            "invited": any(roles & set(task.participants) for task in tasks),
            "dates": any(task.waits_for in roles for task in tasks),
            "menu": menu.menu(notice.commands).commands,
        }
    )


@make.register
def _status(_notice: notices.Status, given: Given) -> Parts:
    cases = wanted(given.cases)
    found = [status.lines(s, given.reader) for _, s in cases]
    news = [item for item in found if item.has_news]
    # What was not read is not counted for those whom a part of the cases concerns.
    unread = given.unread if any(item.is_whole for item in news) else 0
    return Parts({"cases": news, "unread": unread}, status.buttons(cases, given.reader))
