"""A form as it stands on the screen, and the line that a finished one leaves, where it leaves one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal

from markupsafe import Markup

from alur.views import appointments, limits, words
from alur.views.buttons import button
from alur.views.environment import render, vocabulary
from alur.views.facts import lacking
from alur.views.form_answers import answers, before, offered, said, with_answer
from alur.views.oddities import Around, oddities
from alur.views.offers import meeting_of, offers
from alur.views.screen import Button, Rows, Screen
from alur.workflow.correcting import asked_as, nadine
from alur.workflow.engine import Situation
from alur.workflow.engine.acts.archive import ArchiveRule
from alur.workflow.engine.acts.open_case import OpenCaseRule
from alur.workflow.engine.acts.record_nadine import NadineRule, is_reported
from alur.workflow.engine.acts.schedule_meeting import ScheduleRule
from alur.workflow.engine.correctable import WHAT
from alur.workflow.engine.filing import unnumbered
from alur.workflow.engine.meetings import dated_by
from alur.workflow.forms import Form, WayOffered
from alur.workflow.office.rooms import STAFF_RULES, staff_rule
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import Appointment
from alur.workflow.presses import (
    FormPress,
    PressCancel,
    PressChange,
    PressCorrect,
    PressNext,
    PressNote,
    PressSend,
    PressSkip,
    PressWrite,
)
from alur.workflow.sop import LONGEST_LABEL, Sop

# The kinds that ask before something is destroyed.
DESTROYING = (
    *("cancel_meeting", "cancel_case", "withdraw", "withdraw_signed", "withdraw_ask"),
    *(rule.name for rule in STAFF_RULES if rule.destroys),
)

# What the sentence says that stands over *Kirim* where an appointment is entered or changed.
SAID = ("role", "member", "kind", "starts", "ends", "order")

# What the line names that a form about people leaves.
TOLD = ("person", "post", "role", "sapaan", "name", "to", "date")

How = Literal["sent", "cancelled", "overtaken"]


def screen(
    form_id: int,
    form: Form,
    s: Situation | None,
    sops: Sequence[Sop],
    *,
    around: Around | None = None,
    asks_again: bool = False,
    remark: Screen | None = None,
) -> Screen:
    """What is asked now, or all answers before *Kirim*. `s` is None for a form about no case yet; `around` is what it is held
    against, of a form about a case at least the office's calendar; with `asks_again` it asks to press again after an outage.
    `remark` says what became of the person's last message.
    """
    if around is None and s is not None:
        around = Around(calendar=s.office.calendar, now=s.now)
    chosen = form.answers.get("sop")
    sop = s.sop if s else next((item for item in sops if item.id == chosen), None)
    will_be = _outcome(form, around.staff) if around and form.asked is None else None
    context = _about(form, s) | {
        "answers": tuple(answers(form, s, sop, but=SAID if will_be else (WHAT,), sops=sops)),
        "before": before(form, sop, s.office.calendar.zone if s else words.JAKARTA),
        "will_be": appointments.sentence(will_be, sops) if will_be else None,
        "odd": (*(oddities(form, around, s) if around else ()), *_heeded(will_be, around, sops)),
        "question": _question(form),
        "remark": Markup(remark.text) if remark else None,  # noqa: S704 - it was escaped when it was made
        "ready": form.is_ready,
        "confirmation": _confirmation(form),
        "summary": _asking(form, _summary(form, s)),
        "consequence": _consequence(form, s),
        "lacks": _lacks(form, s),
        "numbered": _numbered(form, s),
        **_vacant(form, around, sop),
        "sop": sop,
        "asks_again": asks_again,
    }
    return Screen(text=render("forms/screen.html", context), buttons=_buttons(form_id, form, s, sop))


def _outcome(form: Form, staff: OfficeSituation | None) -> Appointment | None:
    """The appointment that the answers make, where they are about one."""
    rule = staff_rule(form.kind)
    return rule.outcome(staff, form) if rule and staff else None


def _heeded(will_be: Appointment | None, around: Around | None, sops: Sequence[Sop]) -> Iterable[str]:
    if will_be is None or around is None or around.office is None:
        return ()
    today = around.now.astimezone(around.calendar.zone).date()
    return appointments.warnings(will_be, around.office, tuple(sops), today)


def folded(form: Form) -> Screen:
    """One line in place of an older copy of a form that is still open, where that copy cannot be removed."""
    return Screen(text=render("forms/folded.html", _about(form, None)))


def stays(form: Form, how: How, s: Situation | None = None, *, carded: Iterable[int] = ()) -> bool:
    """Whether a form that is over leaves a line. Nothing stays where the chat tells the outcome: by the card that has changed, by
    a notice, or by the answer to *Batal*. `carded` are the tasks of which its person has a card: a meeting's date may stand
    on none of them yet.
    """
    if how != "sent":
        return how == "overtaken"
    if staff_rule(form.kind) is not None:
        return True
    return form.kind == ScheduleRule.name and not _stands_on(form, s, carded)


def _stands_on(form: Form, s: Situation | None, carded: Iterable[int]) -> bool:
    """Whether one of these cards shows the meeting."""
    tasks = [task for task in s.case.open_tasks if task.id in set(carded)] if s else []
    return s is not None and any(dated_by(s, task) == form.step for task in tasks)


def ended(
    form: Form,
    how: How,
    s: Situation | None = None,
    *,
    staff: OfficeSituation | None = None,
    sops: Sequence[Sop] = (),
) -> Screen:
    """One line in place of a form that is over; `staff` are the people whom one about people names: what has become of them."""
    will_be = _outcome(form, staff) if how == "sent" else None
    context = _about(form, s) | {
        "how": how,
        "answers": tuple(answers(form, s, s.sop if s else None, sops=sops)),
        "said": said(form, TOLD, sops),
        "will_be": appointments.sentence(will_be, sops) if will_be else None,
        "is_staff": staff_rule(form.kind) is not None,
        "is_suspended": s is not None and s.case.suspension is not None,
        "is_cancelled": s is not None and s.case.cancellation is not None,
    }
    return Screen(text=render("forms/ended.html", context))


def _about(form: Form, s: Situation | None) -> dict[str, Any]:
    """Case, step and whatever the form answers to."""
    question = s.case.question(form.on.question) if s and form.on.question is not None else None
    document = s.sop.document(form.on.document).title if s and form.on.document is not None else None
    meeting = meeting_of(form, s)
    said = words.meeting(meeting, s.office.calendar.zone) if s and meeting else None
    return {
        "form": form,
        "title": vocabulary("forms")[form.kind],
        "code": form.code,
        "is_for_step": form.kind == "schedule",  # it may be filled in from an earlier step's card
        "step": s.sop.step(form.step) if s and form.step else None,
        "number": form.step,
        "total": len(s.sop.steps) if s else None,
        "asked_by": words.who(question.by, s.sop) if s and question else None,
        "asked_text": question.text if question else None,
        "document": document,
        "meeting": vocabulary("titles")["present"].format(said) if said and form.kind == "schedule" else said,
    }


def _confirmation(form: Form) -> Markup:
    """What stands over *Kirim* where nothing has been asked before."""
    found = vocabulary("doubts") if form.is_doubted else vocabulary("confirmations")
    if any(form.answers.get(item.name) for item in form.fields if item.inline):
        found = {**found, **vocabulary("proposals")}
    return _asking(form, found.get(form.kind, ""))


def _summary(form: Form, s: Situation | None) -> str:
    """What stands over *Kirim* below the answers; of a correction that those read who had the final report, that they do."""
    found = vocabulary("summaries")
    if form.is_doubted and (doubt := vocabulary("doubts").get(form.kind)):
        return doubt
    what = form.answers.get(WHAT)
    if form.kind == NadineRule.name and form.on.document is not None:
        what = nadine(form.on.document)
    if s is not None and what is not None and is_reported(s, what):
        return found["reported"]
    return found.get(form.kind, vocabulary("titles")["summary"])


def _consequence(form: Form, s: Situation | None) -> str:
    """What *Ya, Batalkan* will do, said above what it destroys."""
    if form.kind not in DESTROYING or not form.is_ready:
        return ""
    if s is None:
        return vocabulary("consequences")[form.kind]
    invites = form.step is not None and s.sop.step(form.step).tasks[0].participants
    told = vocabulary("titles")["guests" if invites else "concerned"]
    return vocabulary("consequences")[form.kind].format(told)


def _lacks(form: Form, s: Situation | None) -> tuple[tuple[str, str], ...]:
    """What the case is filed without, letter by letter, said before the first of the archive's questions."""
    is_first = bool(form.sequence) and form.asking == form.sequence[0].name
    if form.kind != ArchiveRule.name or not is_first or form.is_changing or s is None:
        return ()
    return lacking(s)


def _vacant(form: Form, around: Around | None, sop: Sop | None) -> dict[str, tuple[str, ...]]:
    """Before a case is opened: the desks that nobody holds, and who is to be invited by hand. It forbids nothing."""
    nobody: tuple[str, ...] = ()
    desks: frozenset[str] = frozenset()
    if form.kind == OpenCaseRule.name and form.asked is None and sop and around and around.office:
        tasks = [task for step in sop.steps for task in step.tasks]
        desks = frozenset(task.role for task in tasks)
        invited = {role for task in tasks for role in (*task.participants, task.waits_for)}
        concerned = [role.id for role in sop.roles if role.id in desks | invited]
        nobody = tuple(role for role in concerned if not around.office.holders(role, around.now))
    titles = {role: words.role_title(role, (sop,)) for role in nobody if sop}
    return {
        "vacant": tuple(title for role, title in titles.items() if role in desks),
        "by_hand": tuple(title for role, title in titles.items() if role not in desks),
    }


def _numbered(form: Form, s: Situation | None) -> str | None:
    """The letter as whose Nadine number the number that is entered is recorded too."""
    if form.kind != ArchiveRule.name or s is None or form.asking not in (None, "letter_number"):
        return None
    letter = unnumbered(s.sop, s.case)
    return s.sop.document(letter).title if letter else None


def _buttons(form_id: int, form: Form, s: Situation | None, sop: Sop | None) -> Rows:
    rows: list[tuple[Button, ...]] = []
    zone = s.office.calendar.zone if s else words.JAKARTA
    for field in offered(form):
        rows += offers(form_id, form, field, s)
    if form.is_changing and form.asked is None:
        for field in form.changeable:
            label = limits.shortened(with_answer(form, field, sop, zone), LONGEST_LABEL)
            rows.append((Button(label=label, press=PressCorrect(form=form_id, field=field.name)),))
    moves = _moves(form)
    ways = form.ways_on if PressSend in moves else ()
    rows += [(_way_button(form_id, way),) for way in ways]
    rows.append(tuple(_move(form, press(form=form_id)) for press in moves if not ways or press is not PressSend))
    return tuple(row for row in rows if row)


def _move(form: Form, press: FormPress) -> Button:
    """*Kirim* and *Batal*, in the words of the question where something is destroyed."""
    if form.kind in DESTROYING and isinstance(press, PressSend):
        made = button(press, label="destroy", style="danger")
        return replace(made, label=vocabulary("destroys").get(form.kind, made.label))
    if form.kind in DESTROYING and isinstance(press, PressCancel):
        return button(press, label="spare")
    return button(press)


def _way_button(form_id: int, way: WayOffered) -> Button:
    """One of several ways on, in the place of *Kirim*."""
    press = PressSend(form=form_id, way=way.to)
    return replace(button(press), label=limits.shortened(way.label, LONGEST_LABEL))


def _moves(form: Form) -> tuple[type[FormPress], ...]:
    asked = form.asked
    if asked is not None and form.is_extra(asked):
        return (PressSend, PressCancel)
    if asked is None:
        note = (PressNote,) if form.note_field else ()
        change = (PressChange,) if form.changeable and not form.is_changing else ()
        return (*note, PressSend, *change, PressCancel)
    if asked.kind == "ticks":
        return (PressNext, PressCancel)
    write = () if asked.kind == "choice" or form.awaits_message else (PressWrite,)
    skip = (PressSkip,) if form.may_skip(asked) else ()
    return (*write, *skip, PressCancel)


def _asking(form: Form, text: str) -> Markup:
    """With what is to be done when all is there: *Kirim* is pressed, or the way on chosen."""
    return Markup(text.format(vocabulary("titles")["choose_way" if form.ways_on else "press_send"]))  # noqa: S704 - our own words


def _question(form: Form) -> str | None:
    """What is asked now; in other words where there is something to tap first."""
    field = form.asked
    if field is None:
        return vocabulary("questions")["change"] if form.is_changing else None
    is_due = field.name == "text" and not field.on_demand
    if is_due and (note := vocabulary("notes_due").get(form.kind)):
        return note
    name = ".".join(asked_as(form.kind, field.name))
    by_tapping = None if form.awaits_message else vocabulary("choices").get(name)
    return by_tapping or vocabulary("questions")[name]
