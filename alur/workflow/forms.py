"""A form: a few questions to one person, one after the other, and the act that they add up to.

A form is a value that carries its own questions, so that it can be shown and answered without looking elsewhere. What
each kind asks is in `alur.workflow.form_kinds`. While `asking` names a field, that field is asked for; when it is None
all is there, and the person sends it (*Kirim*) or changes it (*Ubah*).
"""

import re
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field as Default

from alur.workflow.case import FileRef
from alur.workflow.errors import FieldMissing, ReasonMissing, Unknown
from alur.workflow.model import Value

LONGEST_TEXT = 1000  # characters: what still fits on a card with everything else


class FormKind(StrEnum):
    OPEN_CASE = "open_case"
    DISPOSE = "dispose"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    SCHEDULE = "schedule"
    REPRESENT = "represent"
    DIRECT = "direct"
    ARCHIVE = "archive"
    NADINE = "nadine"
    ASK = "ask"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    OBSTACLE = "obstacle"
    CANCEL_MEETING = "cancel_meeting"
    ATTENDANCE = "attendance"


class Option(Value):
    value: str
    label: str  # from the SOP's data; empty: the view words the value


class Field(Value):
    name: str
    kind: Literal["ticks", "choice", "text", "reason", "date", "time", "file"]
    options: tuple[Option, ...] = ()
    optional: bool = False  # may be skipped (*Lewati*)
    inline: bool = False  # ticked on the last screen itself, without a question of its own
    on_demand: bool = False  # asked only if the person wishes to add it (*Tambah Catatan*)
    prefilled: bool = False  # answered by the bot; asked only if the person changes the summary (*Ubah*)
    least: int = 1  # characters of a text

    @property
    def is_typed(self) -> bool:
        return self.kind not in ("ticks", "choice")


class Form(Value):
    kind: FormKind
    case: int | None = None  # the case's number in the database
    code: str | None = None  # the case's code
    step: int | None = None
    task: int | None = None
    revision: int = 0  # of the task, when the form was begun: what the decision is about
    subject: str | None = None  # what else it is about: a question's number, a document's id
    fields: tuple[Field, ...]
    answers: dict[str, Any] = Default(default_factory=dict)  # JSON values, by field
    asking: str | None = None
    is_changing: bool = False  # *Ubah* was pressed: what was prefilled is asked too

    def field(self, name: str) -> Field:
        found = next((item for item in self.fields if item.name == name), None)
        if found is None:
            raise Unknown(subject=name)
        return found

    @property
    def asked(self) -> Field | None:
        return self.field(self.asking) if self.asking else None

    @property
    def sequence(self) -> tuple[Field, ...]:
        return tuple(
            item
            for item in self.fields
            if not item.inline and not item.on_demand and (self.is_changing or not item.prefilled)
        )

    @property
    def is_ready(self) -> bool:
        """Whether it may be sent: nothing is asked for, or only what need not be added."""
        return self.asking is None or self.field(self.asking).on_demand

    @property
    def note_field(self) -> Field | None:
        return next((item for item in self.fields if item.on_demand), None)


def begun(form: Form) -> Form:
    """The form with its first question."""
    return form.model_copy(update={"asking": form.sequence[0].name if form.sequence else None})


def toggled(form: Form, name: str, value: str) -> Form:
    """A tick set or taken away."""
    field = form.field(name)
    if field.kind != "ticks" or value not in _values(field):
        raise Unknown(subject=name)
    ticked = set(form.answers.get(name, ()))
    ticked ^= {value}
    return _answered(form, name, [item for item in _values(field) if item in ticked])


def chosen(form: Form, name: str, value: str) -> Form:
    """One of the options taken; goes on to the next question. An option also answers a typed field. A question whose
    turn has not come is not answered: those before it would never be asked.
    """
    field = form.field(name)
    has_come = name == form.asking or name in form.answers
    if field.kind == "ticks" or value not in _values(field) or not has_come:
        raise Unknown(subject=name)
    return _next(_answered(form, name, value), field)


def typed(form: Form, text: str, *, today: date) -> Form:
    """The text that the person typed for the field in question, read by the field's kind."""
    field = form.asked
    if field is None or not field.is_typed or field.kind == "file":
        raise Unknown(subject=form.asking or "")
    return _next(_answered(form, field.name, _read(field, text.strip(), today)), field)


def filed(form: Form, file: FileRef) -> Form:
    """A file for the field in question; a reason may be one."""
    field = form.asked
    if field is None or field.kind not in ("file", "reason"):
        raise Unknown(subject=form.asking or "")
    name = "file" if field.kind == "reason" else field.name
    return _next(_answered(form, name, file.model_dump(mode="json")), field)


def proceeded(form: Form) -> Form:
    """*Lanjut* after ticks, or *Lewati* on a question that may be skipped."""
    field = form.asked
    if field is None or (field.kind != "ticks" and not field.optional):
        raise Unknown(subject=form.asking or "")
    return _next(form, field)


def noting(form: Form) -> Form:
    """*Tambah Catatan*: asks for the text that may be added."""
    field = form.note_field
    if field is None:
        raise Unknown(subject=form.kind.value)
    return form.model_copy(update={"asking": field.name})


def changing(form: Form) -> Form:
    """*Ubah*: all questions once more, each with the answer that it has as something to tap."""
    fields = tuple(_offering(field, form.answers.get(field.name)) for field in form.fields)
    return begun(form.model_copy(update={"fields": fields, "is_changing": True}))


def _offering(field: Field, answer: Any) -> Field:
    """A typed field with its present answer among its options; a file is sent again, or skipped."""
    if isinstance(answer, dict):
        return field.model_copy(update={"optional": True})
    if not field.is_typed or not isinstance(answer, str) or not answer or answer in _values(field):
        return field
    label = f"{date.fromisoformat(answer):%d-%m-%Y}" if field.kind == "date" else answer
    return field.model_copy(update={"options": (*field.options, Option(value=answer, label=label))})


def starts_of(form: Form, zone: tzinfo) -> datetime:
    """The moment that a date and a time in the form's answers make."""
    day, clock = date.fromisoformat(form.answers["date"]), time.fromisoformat(form.answers["time"])
    return datetime.combine(day, clock, tzinfo=zone)


def file_of(form: Form, name: str = "file") -> FileRef | None:
    stored = form.answers.get(name)
    return FileRef.model_validate(stored) if stored else None


def _values(field: Field) -> tuple[str, ...]:
    return tuple(option.value for option in field.options)


def _answered(form: Form, name: str, value: Any) -> Form:
    return form.model_copy(update={"answers": {**form.answers, name: value}})


def _next(form: Form, field: Field) -> Form:
    sequence = form.sequence
    if field.on_demand or field not in sequence:
        return form.model_copy(update={"asking": None})
    later = sequence[sequence.index(field) + 1 :]
    return form.model_copy(update={"asking": later[0].name if later else None})


def _read(field: Field, text: str, today: date) -> str:
    match field.kind:
        case "date":
            return read_date(text, today, field.name).isoformat()
        case "time":
            return read_time(text, field.name).isoformat(timespec="minutes")
        case "reason" if len(text) < field.least:
            raise ReasonMissing(least=field.least)
        case _ if not field.least <= len(text) <= LONGEST_TEXT:
            raise FieldMissing(field=field.name)
        case _:
            return text


MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
SPELLINGS = {"agt": "agu", "ags": "agu", "peb": "feb", "nop": "nov"}  # as some write them
FARTHEST = timedelta(days=3653)  # from today, ten years: a day beyond is a slip of the finger


def read_date(text: str, today: date, field: str = "date") -> date:
    """A day as people write it: 15-12-2026, 15/12/26, 15.12, 15 Desember 2026, Selasa, 15 Des. Without a year: the one
    that makes it nearest to `today`.
    """
    bare = re.sub(r"(?i)^(senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu)\b[\s,]*", "", text.strip(" ,."))
    match = re.fullmatch(r"(\d{1,2})[\s./-]+(\d{1,2}|[A-Za-z]{3,9})(?:[\s./-]+(\d{4}|\d{2}))?", bare)
    if match is None:
        raise FieldMissing(field=field)
    day, month_text, year_text = match.groups()
    if month_text.isdecimal():
        month = int(month_text)
    else:
        name = month_text.lower()[:3]
        name = SPELLINGS.get(name, name)
        month = MONTHS.index(name) + 1 if name in MONTHS else 0
    if year_text:
        years = [int(year_text) + (2000 if len(year_text) == 2 else 0)]
    else:
        years = [today.year - 1, today.year, today.year + 1]
    found = []
    for year in years:
        try:
            found.append(date(year, month, int(day)))
        except ValueError:
            continue
    nearest = min(found, key=lambda item: abs(item - today), default=None)
    if nearest is None or abs(nearest - today) > FARTHEST:
        raise FieldMissing(field=field)
    return nearest


def read_time(text: str, field: str = "time") -> time:
    """An hour as people write it: 09.30, 9:30, 0930, 9, pukul 13.00 WIB."""
    bare = re.sub(r"(?i)^(pukul|pkl|jam)\.?\s*|\s*wib$", "", text.strip(" ,."))
    match = re.fullmatch(r"(\d{1,2})(?:[.:]?(\d{2}))?", bare)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise FieldMissing(field=field)
    return time(int(match[1]), int(match[2] or 0))
