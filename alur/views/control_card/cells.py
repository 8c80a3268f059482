"""The rows of a *Kartu Kendali*: one for each time that a desk had a step, and one for each that has not come."""

from collections.abc import Iterator
from typing import Any

from alur.views import limits, words
from alur.views.control_card.naming import day, moment, paper_of, stamp
from alur.views.environment import capitalised, joined, vocabulary
from alur.workflow.case import Outcome, Task
from alur.workflow.engine import Situation
from alur.workflow.record.control_card import Line
from alur.workflow.record.passages import Passage, Standing

HOLDERS = 3  # who are named of a desk that several have
WORDS = 400  # characters of a disposition or note; the trail has them whole
LETTERS, TALL = 12, 45  # to a line, at the least; lines of a row that is divided where a page ends
COLOURS = {Standing.OVERDUE: "overdue", Standing.OPEN: "current", Standing.WAITING: "waiting", Standing.HELD: "waiting"}


def row(s: Situation, line: Line) -> dict[str, Any]:
    cells = _cells(s, line)
    tallest = max(
        _height(cells["desk"]),
        _height(line.step.title, cells["again"]),
        _height(*cells["decision"], cells["words"]),
        _height(*cells["papers"]),
    )
    return cells | {"is_long": tallest > TALL}


def _height(*texts: str) -> int:
    """Lines, of the widest letters."""
    return sum(len(text) // LETTERS + 1 for text in texts)


def _cells(s: Situation, line: Line) -> dict[str, Any]:
    passage = line.passage
    cells: dict[str, Any] = {
        "step": str(line.step.number),
        "is_first": line.is_first,
        "title": line.step.title,
        "again": _again(line),
        "desk": _desk(s, line),
        "came": [],
        "due": [],
        "decided": [],
        "limit": str(line.step.working_days),
        "used": [],
        "is_late": False,
        "decision": list(_decision(s, line)),
        "words": "",
        "papers": [paper_of(s, item) for item in line.papers],
        "colour": "ahead",
        "is_faint": passage is None or line.undone is not None,
    }
    if passage is None:
        return cells
    task = passage.task
    return cells | {
        "came": stamp(s, task.landed_at),
        "due": stamp(s, task.due) if task.due is not None and passage.standing is not Standing.ENDED else [],
        "decided": _decided(s, task),
        "limit": _limit(line, passage),
        "used": list(_used(s, passage)),
        "is_late": passage.is_late,
        "words": _words(task) if line.back is None else "",
        "colour": COLOURS.get(passage.standing, "ahead"),
    }


def _again(line: Line) -> str:
    said, nth = vocabulary("control_card"), line.passage.task.round if line.passage is not None else 1
    told = [said["again"].format(nth)] if nth > 1 else []
    told += [said["because"].format(joined(map(str, line.again)))] if line.again else []
    return " ".join(told)


def _desk(s: Situation, line: Line) -> str:
    """Post and person, by which order: who decided; while it is open who has it; else the post alone."""
    title = words.role_title(line.role, (s.sop,))
    closing = line.passage.task.closing if line.passage is not None else None
    if closing is not None:
        return words.record(closing.by, s.sop) if closing.outcome.is_decision else title
    if not line.holders:
        return title
    named = joined(words.record(item, s.sop) for item in line.holders[:HOLDERS])
    more = len(line.holders) - HOLDERS
    return vocabulary("control_card")["more_holders"].format(named, more) if more > 0 else named


def _decided(s: Situation, task: Task) -> list[str]:
    if task.closing is None:
        return []
    return [day(s, task.closing.at)] if task.closing.paper is not None else stamp(s, task.closing.at)


def _limit(line: Line, passage: Passage) -> str:
    limit, granted = line.step.working_days, passage.granted
    return vocabulary("control_card")["granted"].format(limit, granted) if granted else str(limit)


def _used(s: Situation, passage: Passage) -> Iterator[str]:
    """The days, and what is to be known of them."""
    said, titles = vocabulary("control_card"), vocabulary("titles")
    if passage.used is None:
        if passage.standing is Standing.WAITING:
            yield said["waits"]
        return
    yield str(passage.used)
    if passage.is_late:
        yield said["late"]
    if passage.waited:
        yield said["waited"].format(titles["days"].format(passage.waited))
    if passage.task.pauses or (passage.task.is_open and s.case.suspension is not None):
        yield said["paused"]
    if passage.was_over:
        yield said["granted_late"]


def _decision(s: Situation, line: Line) -> Iterator[str]:
    """What was decided, and what is to be known of it."""
    said, task = vocabulary("control_card"), line.passage.task if line.passage is not None else None
    closing = task.closing if task is not None else None
    if closing is None:
        if task is not None:
            yield said["standing_still" if s.case.suspension is not None else "undecided"]
        elif line.is_skipped:
            yield said["skipped"]
        else:
            yield said["ahead" if s.case.tasks_at_hand else "not_run"]
        return
    back = next((item for item in s.case.returns if line.back is not None and item.id == line.back), None)
    if closing.outcome is Outcome.RETURNED and back is not None:
        yield said["sent_back"].format(back.to_step, line.back)
    else:
        yield capitalised(vocabulary("outcomes")[closing.outcome])
    if closing.way is not None:
        yield said["chosen"].format(closing.way)
    if closing.held is not None:
        yield said["not_handed_on"].format(words.clock(closing.held.until, s.office.calendar.zone))
    if closing.paper is not None:
        by = words.record(closing.paper.by, s.sop)
        yield said["on_paper"].format(by, moment(s, closing.paper.at), day(s, closing.at))
    if line.undone is not None:
        yield said["undone"].format(line.undone)


def _words(task: Task) -> str:
    """What was said with the decision."""
    if task.closing is None:
        return ""
    said = "; ".join((*task.closing.ticks, *((task.closing.text,) if task.closing.text else ())))
    return limits.shortened(" ".join(said.split()), WORDS)
