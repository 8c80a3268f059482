"""The living card of a task in one person's chat, and the line to which an older copy shrinks.

Called by delivery, with the situation read at the moment of sending; whatever is said here is said about that moment.
"""

from alur.views import words
from alur.views.attachments import attachments, files_key
from alur.views.buttons import card_buttons
from alur.views.environment import render
from alur.views.facts import of_task
from alur.views.in_chat import InChat, parted
from alur.views.screen import Attachment, Post, Reader, Screen
from alur.workflow.case import Case, Outcome, Task
from alur.workflow.engine import Situation
from alur.workflow.engine.standing import Standing, roles_of, standing
from alur.workflow.engine.versions import key_of
from alur.workflow.people import Stage

NOTHING_THERE = InChat()


def card(
    s: Situation,
    *,
    case_id: int,
    task: int,
    reader: Reader,
    asks_again: bool = False,
    is_unfolded: bool = False,
    in_chat: InChat = NOTHING_THERE,
) -> Post:
    """The card as it is now; with `asks_again` it asks to press again after an outage, with `is_unfolded` it shows what stands
    behind *Lainnya*. `in_chat` says which files need not be
    sent with it. A task that does not exist is a ValueError: its card was never announced.
    """
    found = _task(s, task)
    own, role = standing(s, found, reader.member, reader.roles, reader.reads)
    files = attachments(s, found, own, reader)
    key = files_key(files)
    parts = parted(files if found.is_open else (), key, in_chat)
    known = {
        "asks_again": asks_again,
        "former": _former(s, found, reader) if own is Standing.ONLOOKER else None,
        "above": tuple(_above(s, *item) for item in zip(parts.above, parts.sent_as, strict=True)),
    }
    text = render(_template(s.case, found, own), of_task(s, found, reader=reader, role=role) | known)
    buttons = card_buttons(s, case_id=case_id, task=found, reader=reader, is_unfolded=is_unfolded)
    return Post(
        files=parts.missing,
        files_key=key,
        screen=Screen(text=text, buttons=buttons),
        own=parts.own,
        reply_to=parts.newest,
    )


def _former(s: Situation, task: Task, reader: Reader) -> str | None:
    """As what the reader stood to the task until his days were over: "Plh. Kepala Bagian Umum"."""
    concerned, today = (
        {role for _, role in roles_of(s.sop, s.case, task)},
        s.now.astimezone(s.office.calendar.zone).date(),
    )
    own = [item for item in s.office.appointments if item.member == reader.member and item.role in concerned]
    over = [item for item in own if item.stage(today) is Stage.ENDED]
    return words.post(over[-1].role, over[-1].kind, (s.sop,)) if over else None


def _above(s: Situation, item: Attachment, sent_as: int | None) -> dict[str, object]:
    """What the card calls a file that stands further up, by its version where there are several, and the version whose caption
    stands there, where that is another.
    """
    was = s.case.version(sent_as) if sent_as is not None else None
    now = s.case.version(item.version) if item.version is not None else None
    is_same = was is None or now is None or (was.document, was.number) == (now.document, now.number)
    is_only = is_same and now is not None and [key_of(v) for v in s.case.versions].count(key_of(now)) == 1
    return {"title": item.title, "number": None if is_only else item.number, "was": None if is_same else was}


def folded(s: Situation, *, task: int) -> Screen:
    """One line in place of an older copy of the card."""
    found = _task(s, task)
    context = {"task": found, "step": s.step(found), "case": s.case, "total": len(s.sop.steps)}
    return Screen(text=render("cards/folded.html", context))


def _template(case: Case, task: Task, own: Standing) -> str:
    """What is held back is known to its own desk alone: to guests the task is open until it is handed on."""
    if own is not Standing.ONLOOKER and task.closing is not None and task.closing.outcome is Outcome.CANCELLED:
        return "cards/cancelled.html"
    if own is not Standing.ONLOOKER and task.is_open and case.suspension is not None:
        return "cards/suspended.html"
    if task.held is not None and own in (Standing.HOLDER, Standing.HELPER, Standing.ABSENT):
        return "cards/held.html"
    if task.held is not None and own is not Standing.ONLOOKER:
        return f"cards/{own.value}.html"
    if own is Standing.HOLDER and task.is_open:
        return f"cards/{task.kind.value}.html"
    if own in (Standing.ONLOOKER, Standing.COLLEAGUE):
        return f"cards/{own.value}.html"
    if own in (Standing.HOLDER, Standing.ABSENT) and not task.is_open:
        return "cards/closed.html"
    if own is Standing.HELPER and not task.is_open:
        return "cards/closed.html"
    return f"cards/{own.value}.html" if task.is_open else f"cards/{own.value}_closed.html"


def _task(s: Situation, number: int) -> Task:
    found = s.case.task(number)
    if found is None:
        raise ValueError(f"{s.case.code} has no task {number}")
    return found
