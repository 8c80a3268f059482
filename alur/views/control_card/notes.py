"""What stands below the table of a *Kartu Kendali*: why work came back, and what else became of the case."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from alur.views import limits, words
from alur.views.control_card.naming import day, moment, titled
from alur.views.environment import joined, lowered, title_of, vocabulary
from alur.views.headings import of_correctable
from alur.workflow.case import Return
from alur.workflow.engine import Situation
from alur.workflow.mending import Corrected
from alur.workflow.record.control_card import ControlCard

REASON = 1000  # characters of a reason; the trail has it whole


def notes(s: Situation, card: ControlCard) -> dict[str, Any]:
    """`returns` by the numbers that the table names, each with its reason and what is attached; `events` in order."""
    return {
        "returns": [_returned(s, number, back) for number, back in card.returns],
        "events": [text for _, text in sorted(_dated(s), key=lambda item: item[0])] + list(_undated(s, card)),
    }


def _returned(s: Situation, number: int, back: Return) -> dict[str, Any]:
    said = vocabulary("control_card")
    task = s.case.task(back.task)
    by, paper = words.record(back.by, s.sop), back.paper
    at = day(s, back.at) if paper is not None else moment(s, back.at)
    if back.is_outside:
        head = said["reopened"].format(at, by, back.to_step)
    else:
        titles = joined(lowered(title_of(item, s.sop)) for item in back.documents)
        head = said["returned"].format(at, by, titles, task.step if task is not None else "", back.to_step)
    more = []
    if back.file is not None:
        more.append(said["attachment"].format(back.file.name))
    if paper is not None:
        recorder = words.record(paper.by, s.sop)
        more.append(said["on_paper"].format(recorder, moment(s, paper.at), day(s, back.at)))
    return {"number": str(number), "head": head, "reason": _short(back.reason), "more": more}


def _dated(s: Situation) -> Iterator[tuple[datetime, str]]:
    """What stopped, lengthened or moved the work, with its moment."""
    said = vocabulary("control_card")
    for stretch in s.case.suspensions:
        text = said["stood_still"].format(words.record(stretch.by, s.sop), moment(s, stretch.at))
        if stretch.resumed_at is not None and stretch.resumed_by is not None:
            resumer = words.record(stretch.resumed_by, s.sop)
            text = said["resumed"].format(text, resumer, moment(s, stretch.resumed_at))
        yield stretch.at, _because(text, stretch.reason)
    for task in s.case.tasks:
        for grant in task.grants:
            days = vocabulary("titles")["days"].format(grant.days)
            by = words.record(grant.by, s.sop)
            yield grant.at, said["grant"].format(days, task.step, by, moment(s, grant.at))
        if task.assigned is not None:
            to, by = words.record(task.assigned.to, s.sop), words.record(task.assigned.by, s.sop)
            text = said["assigned"].format(task.step, to, by, moment(s, task.assigned.at))
            yield task.assigned.at, _because(text, task.assigned.reason)
    for item in s.case.corrected:
        label = of_correctable(item.what, _of_which(s, item))
        yield item.at, said["corrected"].format(label, words.record(item.by, s.sop), moment(s, item.at))
    if (end := s.case.cancellation) is not None:
        text = said["called_off"].format(words.record(end.by, s.sop), moment(s, end.at))
        yield end.at, _because(text, end.reason)


def _of_which(s: Situation, item: Corrected) -> str:
    """The document or the meeting, where there are several to be put right."""
    _, _, which = item.what.partition(":")
    if which.isdigit():
        return s.sop.step(int(which)).title
    return title_of(which, s.sop) if which else ""


def _undated(s: Situation, card: ControlCard) -> Iterator[str]:
    said = vocabulary("control_card")
    for document, number in s.case.nadine:
        yield said["number"].format(lowered(title_of(document, s.sop)), number)
    if card.others:
        yield said["other_papers"].format(joined(titled(s, item) for item in card.others))


def _because(text: str, reason: str) -> str:
    return f"{text}: “{_short(reason)}”"


def _short(reason: str | None) -> str:
    return limits.shortened(" ".join((reason or "").split()), REASON)
