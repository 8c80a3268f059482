"""What the notices about time are made from: the agenda of a moment, nudges, obstacles and the days given for them,
limits that moved, and the year's call. Called by `alur.views.notices` alone.

What delivery looked up for them stands in `extra`: "lines" for `agenda`, and "today", a date, for `year`.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from alur.views import agenda, facts, words
from alur.views.buttons import button, desk_buttons, grant_buttons
from alur.views.notice import Notice, Parts, step_of
from alur.workflow.calendar import CalendarNotCovered
from alur.workflow.case import Obstacle, Task
from alur.workflow.engine.acts.nudge_desk import NudgeRule
from alur.workflow.engine.standing import standing
from alur.workflow.engine.time_given import grants_itself, superior_of
from alur.workflow.people import roles_with
from alur.workflow.presses import PressOpen
from alur.workflow.reading import reads_whole
from alur.workflow.sop import Right
from alur.workflow.year import advised_start, latest_start


def _agenda(notice: Notice) -> Parts:
    """Everything that this moment means for the reader; never nothing."""
    found = agenda.items(notice.extra["lines"], notice.reader)
    first = found[0]
    rows = agenda.buttons(found)
    context = {
        "salutation": words.salutation(notice.reader, first.role, first.s),
        "items": found,
        "groups": agenda.grouped(found),
        "urges": any(item.topic == "overdue" for item in found),
        "official": first.official,
        "reports": all(item.topic == "reported" for item in found),
        "hears": any(item.may_report for item in found),
        "nudges": any(item.press.name == NudgeRule.name for row in rows for item in row),
        "whole": reads_whole(first.s.sop, notice.reader.roles),
    }
    return context, rows


def _nudge(notice: Notice) -> Parts:
    task = notice.task()
    context = _desk(notice, task, task.role) | {"nudge": task.nudges[-1]}
    return context, desk_buttons(case_id=notice.case, task=task)


def _obstacle(notice: Notice) -> Parts:
    obstacle, task = _of_obstacle(notice)
    s = notice.situation
    may_grant = bool(task.is_open and task.due and not obstacle.granted and not grants_itself(s, task))
    rows = grant_buttons(notice.case, obstacle.id) if may_grant else ()
    context = {"obstacle": obstacle, "may_grant": may_grant, "due": task.due if task.is_open else None}
    return _desk(notice, task, superior_of(s, task)) | context, rows


def _days_granted(notice: Notice) -> Parts:
    obstacle, task = _of_obstacle(notice)
    _, role = standing(notice.situation, task, notice.reader.roles)
    return _desk(notice, task, role) | {"grant": obstacle.granted}, ()


def _deadline_moved(notice: Notice) -> Parts:
    task = notice.task()
    _, role = standing(notice.situation, task, notice.reader.roles)
    return _desk(notice, task, role) | {"was": _was(notice)}, ()


def _follow_up_moved(notice: Notice) -> Parts:
    s = notice.situation
    number = notice.about["step"]
    following = s.case.round(number + 1)
    due = following.due if following else None
    return {"follow_up": s.sop.step(number).tasks[0].follow_up or "", "due": due, "was": _was(notice)}, ()


def _was(notice: Notice) -> datetime | None:
    """The limit as those who are told knew it."""
    was = notice.about.get("was")
    return datetime.fromisoformat(was) if was else None


def _case_opened(notice: Notice) -> Parts:
    s = notice.situation
    return {"task": s.case.tasks[0], **_of_year(notice)}, ()


def _of_year(notice: Notice) -> Mapping[str, Any]:
    """Whether the case began later than advised; nothing where the calendar does not know its year."""
    s = notice.situation
    calendar, opened = s.office.calendar, s.case.opened_at
    try:
        latest = latest_start(s.sop, calendar, int(s.case.period))
        advised = advised_start(s.sop, calendar, int(s.case.period))
    except CalendarNotCovered:
        return _dates(None, None, None)
    return _dates(opened.astimezone(calendar.zone).date(), latest, advised)


def _year(notice: Notice) -> Parts:
    """The reader may begin it himself where his role has the right; the others are only told."""
    about = notice.about
    sop = next((item for item in notice.sops if item.id == about["sop"]), None)
    may = sop is not None and bool(set(roles_with(sop, Right.START)) & set(notice.reader.roles))
    latest, advised = date.fromisoformat(about["latest"]), date.fromisoformat(about["advised"])
    context = _dates(notice.extra.get("today"), latest, advised) | {"may": may}
    return context, ((button(PressOpen()),),) if may else ()


def _calendar_gap(notice: Notice) -> Parts:
    return {"years": [str(year) for year in notice.about["years"]]}, ()


MAKERS: Mapping[str, Callable[[Notice], Parts]] = {
    "agenda": _agenda,
    "nudge": _nudge,
    "obstacle": _obstacle,
    "days_granted": _days_granted,
    "deadline_moved": _deadline_moved,
    "follow_up_moved": _follow_up_moved,
    "case_opened": _case_opened,
    "year": _year,
    "calendar_gap": _calendar_gap,
}


def _of_obstacle(notice: Notice) -> tuple[Obstacle, Task]:
    s = notice.situation
    obstacle = s.case.obstacle(notice.about["obstacle"])
    task = s.case.task(obstacle.task) if obstacle else None
    if obstacle is None or task is None:
        raise ValueError(f"{s.case.code} has no obstacle {notice.about['obstacle']}")
    return obstacle, task


def _desk(notice: Notice, task: Task, role: str | None) -> dict[str, Any]:
    """The reader as he is written to in `role`, and the step."""
    s = notice.situation
    is_overdue = bool(task.due and s.now > task.due)
    zone = s.office.calendar.zone
    is_today = bool(task.due and s.now.astimezone(zone).date() == task.due.astimezone(zone).date())
    known = facts.common(s, reader=notice.reader, role=role) | step_of(s, task)
    return known | {"is_overdue": is_overdue, "is_today": is_today}


def _dates(today: date | None, latest: date | None, advised: date | None) -> dict[str, Any]:
    return {
        "latest": latest,
        "advised": advised,
        "day": words.day,
        "is_after_latest": bool(today and latest and today > latest),
        "is_after_advised": bool(today and advised and today > advised),
    }
