"""Makers of the notices about time: the agenda of a moment, nudges, obstacles and the days given for them, limits that
moved.
"""

from typing import Any

from alur.views import agenda, facts, words
from alur.views.buttons import desk_buttons, grant_buttons, own_card, withdraw_grant_button
from alur.views.notice.maker import Given, Parts, make, step_of, wanted
from alur.workflow import notices
from alur.workflow.case import Obstacle, Task
from alur.workflow.engine.acts.nudge_desk import NudgeRule
from alur.workflow.engine.standing import standing
from alur.workflow.engine.time_given import grants_itself, superior_of
from alur.workflow.reading import reads_whole


@make.register
def _agenda(notice: notices.Agenda, given: Given) -> Parts | None:
    """Everything that this moment means for the reader; what means nothing more is not sent."""
    lines = wanted(given.lines)
    if not lines:
        return None
    found = agenda.items(lines, given.reader, since=notice.moment)
    first = found[0]
    rows = agenda.buttons(found)
    context = {
        "salutation": words.salutation(given.reader, first.role, first.s),
        "items": found,
        "others": given.others,
        "groups": agenda.grouped(found),
        "urges": any(item.topic == "overdue" for item in found),
        "official": first.official,
        "reports": all(item.topic == "reported" for item in found),
        "hears": any(item.may_report for item in found),
        "nudges": any(item.press.name == NudgeRule.name for row in rows for item in row),
        "whole": reads_whole(first.s.sop, given.reader.reads),
    }
    return Parts(context, rows)


@make.register
def _nudge(notice: notices.Nudge, given: Given) -> Parts:
    """Once the desk has said what hinders it, the same notice says so."""
    task = given.task(notice.task)
    nudge = task.nudges[-1]
    s, told = given.situation, agenda.told_since(given.situation, task, nudge.at)
    is_upward = grants_itself(s, task) and nudge.by.role == superior_of(s, task)
    context = _desk(given, task, task.role) | {"nudge": nudge, "told": told, "is_upward": is_upward}
    context["is_moved"] = any(grant.at > nudge.at for grant in task.grants)
    return Parts(context, desk_buttons(case_id=notice.case_id, task=task, has_told=told is not None))


@make.register
def _obstacle(notice: notices.Obstacle, given: Given) -> Parts:
    obstacle, task = _of_obstacle(given, notice.obstacle)
    s = given.situation
    may_grant = bool(task.is_open and task.due and not obstacle.granted and not grants_itself(s, task))
    rows = grant_buttons(notice.case_id, obstacle.id) if may_grant else ()
    if obstacle.granted:
        rows = withdraw_grant_button(s, case_id=notice.case_id, reader=given.reader, obstacle=obstacle.id)
    context = {"obstacle": obstacle, "may_grant": may_grant, "due": task.due if task.is_open else None}
    context["is_upward"] = not grants_itself(s, task)
    card = own_card(s, case_id=notice.case_id, reader=given.reader) if task.is_open else ()
    return Parts(_desk(given, task, superior_of(s, task)) | context, (*rows, *card))


@make.register
def _days_granted(notice: notices.DaysGranted, given: Given) -> Parts:
    obstacle, task = _of_obstacle(given, notice.obstacle)
    card = own_card(given.situation, case_id=notice.case_id, reader=given.reader, tasks=(task,))
    return Parts(_desk(given, task, _role(given, task)) | {"grant": obstacle.granted}, card)


@make.register
def _grant_withdrawn(notice: notices.GrantWithdrawn, given: Given) -> Parts:
    task = given.task(notice.task)
    card = own_card(given.situation, case_id=notice.case_id, reader=given.reader, tasks=(task,))
    return Parts(_desk(given, task, _role(given, task)), card)


@make.register
def _deadline_moved(notice: notices.DeadlineMoved, given: Given) -> Parts:
    """`was` is the limit as those who are told knew it."""
    task = given.task(notice.task)
    card = own_card(given.situation, case_id=notice.case_id, reader=given.reader, tasks=(task,))
    return Parts(_desk(given, task, _role(given, task)), card)


@make.register
def _follow_up_moved(notice: notices.FollowUpMoved, given: Given) -> Parts | None:
    """Nothing where the step, or one before it, is done again since."""
    s = given.situation
    following = s.case.following(notice.step)
    if following is None or following.due is None:
        return None
    return Parts({"follow_up": s.sop.step(notice.step).tasks[0].follow_up, "due": following.due})


def _of_obstacle(given: Given, number: int) -> tuple[Obstacle, Task]:
    obstacle = given.situation.case.obstacle(number)
    if obstacle is None:
        raise ValueError(f"{given.situation.case.code} has no obstacle {number}")
    return obstacle, given.task(obstacle.task)


def _role(given: Given, task: Task) -> str | None:
    """In which the reader stands to the task."""
    return standing(given.situation, task, given.reader.member, given.reader.roles)[1]


def _desk(given: Given, task: Task, role: str | None) -> dict[str, Any]:
    """The reader as he is written to in `role`, and the step."""
    s = given.situation
    is_overdue = bool(task.due and s.now > task.due)
    zone = s.office.calendar.zone
    is_today = bool(task.due and s.now.astimezone(zone).date() == task.due.astimezone(zone).date())
    known = facts.common(s, reader=given.reader, role=role) | step_of(s, task)
    return known | {"is_overdue": is_overdue, "is_today": is_today}
