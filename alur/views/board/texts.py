"""What is written on the board: the head, beside each step what it is and how it stands, its Mutu Baku, and the legend."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from alur.views import limits, words
from alur.views.environment import capitalised, joined, vocabulary
from alur.workflow.engine import Situation
from alur.workflow.record.marks import Mark, State
from alur.workflow.record.passages import Standing
from alur.workflow.sop import Sop, Step

LONGEST, MOST = 90, 4  # characters of one thing in a list, and things
TOGETHER = {"all": "together_all", "any": "together_any"}
Tone = Literal["plain", "muted", "done", "current", "overdue", "waiting"]
Marks = Mapping[tuple[int, int], Mark]
TONES: Mapping[State, Tone] = {
    State.DONE: "done",
    State.CURRENT: "current",
    State.OVERDUE: "overdue",
    State.WAITING: "waiting",
    State.AHEAD: "muted",
    State.SKIPPED: "muted",
}


@dataclass(frozen=True, kw_only=True)
class Said:
    text: str
    tone: Tone = "plain"
    bold: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """Beside a step's shapes: on their left, on their right."""

    number: int
    title: str
    facts: tuple[Said, ...]
    quality: tuple[Said, ...]
    tone: Tone


def heading(sop: Sop, s: Situation | None, found: Marks) -> tuple[Said, ...]:
    said = vocabulary("board")
    sop_line = Said(text=said["sop"].format(sop.number), tone="muted")
    if s is None:
        return (Said(text=_brief(sop.title, 300), bold=True), sop_line)
    zone = s.office.calendar.zone
    letter = said["letter"].format(_brief(s.case.letter.number), words.letter_day(s.case.letter.dated))
    return (
        Said(text=said["case"].format(s.case.code, _brief(sop.short_title), s.case.period), bold=True),
        Said(text=_brief(sop.title, 300)),
        Said(text=f"{said['sop'].format(sop.number)} · {letter}", tone="muted"),
        Said(text=said["as_of"].format(words.moment(s.now, zone))),
        _whole(s, is_overdue=any(mark.state is State.OVERDUE for mark in found.values())),
    )


def _whole(s: Situation, *, is_overdue: bool) -> Said:
    """Where the case stands in one sentence, in the colour that this has in the legend."""
    said, zone, case = vocabulary("board"), s.office.calendar.zone, s.case
    tone: Tone = "overdue"
    if case.cancellation is not None:
        text = said["cancelled"].format(words.moment(case.cancellation.at, zone))
    elif case.finished_at is not None:
        text, tone = said["finished"].format(words.moment(case.finished_at, zone)), "done"
    elif case.suspension is not None:
        text = said["suspended"].format(words.moment(case.suspension.at, zone))
    else:
        tasks = case.tasks_at_hand
        text = said["running"].format(tasks[0].step if tasks else 0, len(s.sop.steps))
        if is_overdue:
            text = said["over"].format(text)
        else:
            tone = "current"
    return Said(text=text, bold=True, tone=tone)


def rows(sop: Sop, s: Situation | None, found: Marks) -> tuple[Row, ...]:
    return tuple(_row(sop, s, step, found) for step in sop.steps)


def _row(sop: Sop, s: Situation | None, step: Step, found: Marks) -> Row:
    own = [found[step.number, index] for index in range(len(step.tasks))] if s else []
    return Row(
        number=step.number,
        title=_brief(step.title),
        facts=(*(_standing(s, step, own) if s else _desks(sop, step)), *_course(sop, step)),
        quality=tuple(_quality(step, own)),
        tone=_tone(own),
    )


def _tone(own: list[Mark]) -> Tone:
    """Of a step: that of what is open, else done where all that it needs is."""
    states = {item.state for item in own}
    for state in (State.OVERDUE, State.CURRENT, State.WAITING):
        if state in states:
            return TONES[state]
    return "done" if states == {State.DONE} else "plain"


def _course(sop: Sop, step: Step) -> Iterator[Said]:
    said = vocabulary("board")
    if step.number == 1:
        yield from (Said(text=said["way"].format(_brief(way.label), way.to), tone="muted") for way in sop.start.ways)
    asked = dict.fromkeys(role for task in step.tasks for role in (*task.participants, task.waits_for) if role)
    if asked:
        yield Said(
            text=said["with"].format(joined(_brief(words.role_title(role, (sop,))) for role in asked)), tone="muted"
        )
    if step.together:
        yield Said(text=said[TOGETHER[step.together]], tone="muted")
    for task in step.tasks:
        yield from (Said(text=said["way"].format(_brief(way.label), way.to), tone="muted") for way in task.ways)


def _desks(sop: Sop, step: Step) -> tuple[Said, ...]:
    """Who does it, for whoever does not see the columns' heads."""
    titles = dict.fromkeys(words.role_title(task.role, (sop,)) for task in step.tasks)
    return (Said(text=_brief(" · ".join(_brief(item) for item in titles), 200), tone="muted"),)


def _standing(s: Situation, step: Step, own: list[Mark]) -> Iterator[Said]:
    said, zone = vocabulary("board"), s.office.calendar.zone
    round_ = s.case.round(step.number)
    if round_ is not None and round_.number > 1:
        yield Said(text=said["round"].format(round_.number), bold=True)
    if all(mark.state is State.SKIPPED for mark in own):
        yield Said(text=said["skipped"], tone="muted")
        return
    for index, mark in enumerate(own):
        yield from _of_desk(s, step, index, mark)
    meeting = s.case.meeting(step.number)
    if meeting is not None:
        yield Said(text=said["meeting"].format(words.short_moment(meeting.starts, zone)))


def _of_desk(s: Situation, step: Step, index: int, mark: Mark) -> Iterator[Said]:
    said, zone, tone = vocabulary("board"), s.office.calendar.zone, TONES[mark.state]
    task = mark.last.task if mark.last is not None else None
    if task is None:
        title = words.role_title(step.tasks[index].role, (s.sop,))
        yield Said(text=_brief(title), tone="muted")
        return
    closing = task.closing
    if closing is None:
        desk = _brief(words.desk(task.role, s))
        due = words.short_moment(task.due, zone) if task.due else ""
        if s.is_vacant(task.role):
            desk = vocabulary("titles")["vacant"].format(desk)
        if s.case.suspension is not None:
            yield Said(text=said["stopped"].format(desk), tone=tone)
        elif mark.state is State.WAITING:
            yield Said(text=said["undated"].format(desk), tone=tone)
        else:
            yield Said(text=said[mark.state].format(desk, due), tone=tone, bold=mark.state is State.OVERDUE)
        return
    day, today = closing.at.astimezone(zone).date(), s.now.astimezone(zone).date()
    when = words.short_date(day) if day.year == today.year else words.date_of_record(day)
    if not closing.outcome.is_decision:
        yield Said(text=said["ended"].format(_brief(words.role_title(task.role, (s.sop,)))), tone="muted")
        return
    outcome = capitalised(vocabulary("outcomes")[closing.outcome.value])
    by = _brief(words.signed(closing.by, s.sop))
    is_returned = closing.outcome.value == "returned"
    yield Said(text=said["decided"].format(outcome, when, by), tone="overdue" if is_returned else tone)
    if closing.paper is not None:
        yield Said(text=said["paper"], tone="muted")
    if mark.last is not None and mark.last.standing is Standing.HELD:
        yield Said(text=said["held"], tone="muted")
    if mark.state is State.AHEAD:
        yield Said(text=said["again"], tone="muted")


def _quality(step: Step, own: list[Mark]) -> Iterator[Said]:
    said = vocabulary("board")
    yield from _listed(said["requisites"], step.requisites)
    had = [mark.last for mark in own if mark.last is not None and mark.last.used is not None]
    granted = max((item.granted for item in had), default=0)
    days = said["extended"].format(step.working_days, granted) if granted else step.working_days
    yield Said(text=said["time"].format(days), bold=True)
    if had:
        used, is_late = max(item.used or 0 for item in had), any(item.is_late for item in had)
        yield Said(text=said["used"].format(used), tone="overdue" if is_late else "done", bold=is_late)
    if any(item.task.pauses for item in had):
        yield Said(text=said["paused"], tone="muted")
    if any(item.was_over for item in had):
        yield Said(text=said["extended_late"], tone="muted")
    yield from _listed(said["outputs"], step.outputs)


def _listed(head: str, things: tuple[str, ...]) -> Iterator[Said]:
    """As the printed form lists them; of many the first."""
    if not things:
        return
    yield Said(text=head, bold=True, tone="muted")
    shown = things if len(things) <= MOST else things[: MOST - 1]
    for number, item in enumerate(shown, start=1):
        yield Said(text=f"{number}. {_brief(item)}" if len(things) > 1 else _brief(item))
    if len(shown) < len(things):
        yield Said(text=vocabulary("board")["more"].format(len(things) - len(shown)))


def _brief(text: str, most: int = LONGEST) -> str:
    return limits.shortened(text, most)
