"""The answers of a form in words, each under its field's heading: on its own screen, on the buttons that change them, and in what
it leaves. Called by `alur.views.forms`, and by notices that name a field.
"""

from collections.abc import Collection, Iterator
from datetime import date, tzinfo
from typing import Any

from alur.views import words
from alur.views.environment import vocabulary
from alur.views.headings import heading, of_correctable
from alur.views.offers import addressed, worded
from alur.workflow.engine import Situation
from alur.workflow.engine.acts import named
from alur.workflow.engine.correctable import WHAT
from alur.workflow.files import FileRef
from alur.workflow.forms import Field, Form
from alur.workflow.sop import Sop


def answers(
    form: Form, s: Situation | None, sop: Sop | None, *, but: Collection[str] = (), sops: Collection[Sop] = ()
) -> Iterator[tuple[str, str]]:
    """Heading and words of each answer, in the order asked; what stands as ticks on the screen, or is said otherwise (`but`),
    is not repeated. Posts are called as `sops` do.
    """
    order = {item.name: index for index, item in enumerate(form.fields)}
    shown = {item.name for item in offered(form)}
    zone = s.office.calendar.zone if s else words.JAKARTA
    for name in sorted(form.answers, key=lambda item: order.get(item, len(order))):
        if name in shown or name in but or form.answers[name] in (None, "", []):
            continue
        if name == "sop" and "sop" not in order:
            continue
        yield heading(form.kind, name), _value(form, name, form.answers[name], sop, zone, sops)


def with_answer(form: Form, field: Field, sop: Sop | None, zone: tzinfo) -> str:
    """A field and what it holds now, on the button that changes it."""
    headed = heading(form.kind, field.name)
    return (
        f"{headed}: {_value(form, field.name, form.answers[field.name], sop, zone)}"
        if form.answers.get(field.name)
        else headed
    )


def before(form: Form, sop: Sop | None, zone: tzinfo) -> tuple[str, str] | None:
    """What is put right, and what stood there when the form was begun; None for a form that puts nothing right."""
    what = form.answers.get(WHAT) if form.seen else None
    if what is None:
        return None
    labels = {item.value: item.label for item in form.field(WHAT).options}
    named = of_correctable(what, labels.get(what, ""))
    said = _value(form, what, form.seen[what], sop, zone) if form.seen[what] else vocabulary("titles")["nothing"]
    return named, said


def said(form: Form, names: Collection[str], sops: Collection[Sop]) -> dict[str, str]:
    """The words of the answers to these fields, for a sentence about all of them; empty where there is none."""
    answered = {name for name in names if form.answers.get(name)}
    given, zone = form.answers, words.JAKARTA
    return {name: _value(form, name, given[name], None, zone, sops) if name in answered else "" for name in names}


def _value(form: Form, name: str, value: Any, sop: Sop | None, zone: tzinfo, sops: Collection[Sop] = ()) -> str:
    if name == "person":
        return addressed(value)
    if name == "post":
        kind, _, role = value.partition(":")
        return words.post(role, kind, sops)
    if name == "decision" and (rule := named(value)) is not None:
        return vocabulary("outcomes")[rule.values["outcome"]].capitalize()
    field = next((item for item in form.fields if item.name == name), None)
    own = (sop,) if sop else sops
    labels = {option.value: worded(form, field, option, own) for option in form.offers(field)} if field else {}
    if isinstance(value, dict):
        file = FileRef.model_validate(value)
        return f"{file.name} ({words.size(file.size)})"
    if isinstance(value, list):
        return ", ".join(labels.get(item) or str(item) for item in value)
    if field and field.kind == "date":
        return words.day(date.fromisoformat(value))
    if field and field.kind == "time":
        said = f" ({form.hour_said.zoned})" if form.hour_said and form.hour_said.zoned else ""
        return f"{value.replace(':', '.')} {_zone_label(form, zone)}{said}"
    if name == "sop" and sop:
        return sop.short_title
    if name == "role" and value not in labels:
        return words.role_title(value, sops)
    return labels.get(value, str(value))


def _zone_label(form: Form, zone: tzinfo) -> str:
    """The zone's name on the day in question: of an office whose zone keeps no summer time, always the same."""
    day = date.fromisoformat(form.answers["date"]) if "date" in form.answers else date(2026, 1, 1)
    return words.zone_label_on(day, zone)


def offered(form: Form) -> tuple[Field, ...]:
    """The fields whose options stand on the screen: the one in question, or those ticked on the last screen itself."""
    inline = tuple(item for item in form.fields if item.inline and form.applies(item))
    asked = form.asked
    return inline if asked is None or form.is_extra(asked) else (asked,)
