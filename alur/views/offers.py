"""What may be tapped for a field of a form, as buttons. Called by `forms`."""

from collections.abc import Collection
from datetime import date, time

from alur.views import limits, words
from alur.views.environment import vocabulary
from alur.views.headings import of_correctable
from alur.views.screen import Button, Rows
from alur.workflow.case import Meeting
from alur.workflow.engine import Situation
from alur.workflow.engine.acts.ask import AskRule
from alur.workflow.engine.correctable import WHAT
from alur.workflow.forms import Field, Form, Option, offered
from alur.workflow.meeting_days import Rest, rest_on
from alur.workflow.presses import PressPick, PressTick
from alur.workflow.sop import LONGEST_LABEL, Sop

OF_MEETINGS = ("schedule", "cancel_meeting", "attendance", "meet")
TICKED, UNTICKED = "☑ ", "☐ "
OF_PEOPLE = ("member", "in_place_of", "to", "holder")  # fields whose options are people
WORDED = ("beside", "same_unit", "when")  # the fields whose options are named by what comes before the label
PER_ROW = {"date": 2, "time": 4}  # short labels, by the field's kind; others have a row each


def offers(form_id: int, form: Form, field: Field, s: Situation | None) -> Rows:
    """What a meeting has already comes first, in a row of its own, and is kept by a tap; so does an hour in the break, after
    the others. That of Friday is not offered.
    """
    press = PressTick if field.kind == "ticks" else PressPick
    present, rest = _present(form, s).get(field.name), _rest(form, field, s)
    first: list[Button] = []
    plain: list[Button] = []
    last: list[Button] = []
    for index, option in offered(form, field):
        at_rest = rest is not None and rest.holds(time.fromisoformat(option.value))
        if at_rest and rest is not None and rest.is_friday:
            continue
        label = worded(form, field, option, (s.sop,) if s is not None else ())
        if s is not None and (form.kind, field.name) == (AskRule.name, "role") and s.is_vacant(option.value):
            label = vocabulary("titles")["vacant_desk"].format(label)
        if option.value == present:
            label = vocabulary("titles")["keep"].format(label)
        elif at_rest:
            label = vocabulary("titles")["at_rest"].format(label)
        label = limits.shortened(label, LONGEST_LABEL)
        if press is PressTick:
            label = (TICKED if option.value in form.ticked(field.name) else UNTICKED) + label
        found = Button(label=label, press=press(form=form_id, field=field.name, option=index))
        (first if option.value == present else last if at_rest else plain).append(found)
    width = PER_ROW.get(field.kind, 1)
    grid = (tuple(plain[start : start + width]) for start in range(0, len(plain), width))
    return (*((item,) for item in first), *grid, *((item,) for item in last))


def worded(form: Form, field: Field, option: Option, sops: Collection[Sop] = ()) -> str:
    """The option's own label; where it has none, its value in our words."""
    if field.name == "signer" and option.label:
        kind, role, _ = option.value.split(":")
        return vocabulary("titles")["signer"].format(addressed(option.label), words.post(role, kind, sops))
    if not option.label and field.name == "decision":
        return vocabulary("labels")[option.value]
    if field.kind == "date":
        return words.short_day(date.fromisoformat(option.value))
    if field.kind == "time":
        return option.value.replace(":", ".")
    if not option.label and field.name == "kind":
        return vocabulary("kinds")[option.value]
    if not option.label and field.name == "role":
        return words.role_title(option.value, ())
    if field.name == WHAT:
        return of_correctable(option.value, option.label)
    if field.name in OF_PEOPLE and option.label:
        return addressed(option.label)
    if field.name in WORDED:
        return vocabulary("offered")[option.value.partition(":")[0]].format(option.label)
    own = vocabulary("options").get(f"{form.kind}.{field.name}", "{}")
    return option.label or own.format(option.value)


def addressed(name: str) -> str:
    """Nobody is named bare: whose sapaan is not known, by both."""
    both = vocabulary("titles")["sapaan"]
    is_addressed = any(name.startswith(f"{own} ") for own in both.split("/"))
    return name if is_addressed else f"{both} {name}"


def meeting_of(form: Form, s: Situation | None) -> Meeting | None:
    """The meeting that the form is about, as it stands."""
    return s.case.meeting(form.step) if s and form.step is not None and form.kind in OF_MEETINGS else None


def _present(form: Form, s: Situation | None) -> dict[str, str]:
    """What a meeting has now, by the fields of the form that changes it."""
    meeting = meeting_of(form, s) if form.kind == "schedule" else None
    if s is None or meeting is None:
        return {}
    starts = meeting.starts.astimezone(s.office.calendar.zone)
    return {
        "date": starts.date().isoformat(),
        "time": starts.time().isoformat("minutes"),
        "place": meeting.place,
    }


def _rest(form: Form, field: Field, s: Situation | None) -> Rest | None:
    """The break of the day that a meeting is set for, where its hour is asked for."""
    if s is None or field.kind != "time" or not form.answers.get("date"):
        return None
    return rest_on(s.office.calendar, date.fromisoformat(form.answers["date"]))
