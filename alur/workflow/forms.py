"""A form: a few questions to one person, one after the other, and the act that they add up to.

A form is a value that carries its own questions, so that it can be shown and answered without looking elsewhere. What
each kind asks stands in its act's room (`alur.workflow.engine.acts`). While `asking` names a field, that field is asked for; when it is None
all is there, and the person sends it (*Kirim*) or changes a part of it (*Ubah*).

A typed field may have options: what a thumb is quicker with. Then the question is to tap one, and after *Lain…* to type; a text
that is typed at once is taken as well.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, tzinfo
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Default

from alur.workflow.errors import Unknown
from alur.workflow.files import FileRef
from alur.workflow.model import Value
from alur.workflow.presses import On
from alur.workflow.written import LONGEST_FIELD, plain

Ahead = Literal["now", "task", "papers", "meeting"]  # what a day may be on the wrong side of


class Option(Value):
    value: str
    label: str  # from the SOP's data; empty: the view words the value
    fits: tuple[str, ...] = ()  # the answers to `Field.by` that it goes with


class Where(Value):
    """One of these answers was given to that field; with `is_other` any but these."""

    field: str
    values: tuple[str, ...]
    is_other: bool = False

    def holds(self, answers: Mapping[str, Any]) -> bool:
        return (answers.get(self.field) in self.values) is not self.is_other


class Field(Value):
    name: str
    kind: Literal["ticks", "choice", "text", "number", "reason", "date", "time", "file"]
    options: tuple[Option, ...] = ()
    optional: bool = False  # may be skipped (*Lewati*)
    inline: bool = False  # ticked on the last screen itself, without a question of its own
    on_demand: bool = False  # asked only if the person wishes to add it (*Tambah Catatan*)
    unless: str | None = None  # ticks without which it is asked after all
    prefilled: bool = False  # answered by the bot; asked only if the person wishes to change it (*Ubah*)
    fixed: bool = False  # answered by what the form is about, and said; never asked
    only: tuple[Where, ...] = ()  # asked only where all of these hold
    needed: tuple[Where, ...] = ()  # an optional field that may not be skipped where all of these hold
    by: str | None = None  # the field whose answer decides what is offered here (`offered`)
    most_shown: int | None = None  # of a choice of many: what is not offered is found by typing a part of its label
    least: int = 1  # characters of a text
    most: int = LONGEST_FIELD
    earliest: date | None = None  # of a date: the first day that may be meant
    latest: date | None = None  # and the last: the day on which it was begun
    ahead_of: Ahead | None = None  # what a day before the first is ahead of
    accepts: tuple[str, ...] = ()  # the kinds of file that are wanted (`file_kinds.TAKEN`); none: all of them

    @property
    def is_typed(self) -> bool:
        return self.kind not in ("ticks", "choice")


class HourSaid(Value):
    """What was written beside an hour and does not stand in the answer."""

    zoned: str = ""  # "09.00 WIB": it was written in another zone than the office's
    until: str = ""  # "11.00": an end was written, of which a meeting has none


class WayOffered(Value):
    """One of the SOP's ways, as the button that stands in the place of *Kirim*."""

    to: int  # the step
    label: str
    sop: str | None = None  # where the answers choose the SOP: of which it is


def messages_of_any_build(stored: Any) -> Any:
    """A form of a build that knew the first of them alone names one message, or none."""
    return () if stored is None else (stored,) if isinstance(stored, int) else stored


OLDER_SUBJECTS = {"answer": "question", "nadine": "document"}  # what the text `subject` named, by the form's kind


class Form(Value):
    kind: str  # the name of the rule whose act its answers make
    case: int | None = None  # the case's number in the database
    code: str | None = None  # the case's code
    step: int | None = None
    begun_on: Annotated[tuple[int, ...], BeforeValidator(messages_of_any_build)] = ()  # those that were pressed for it
    on: On = On()  # its revision is the task's when the form was begun: what the decision is about
    fields: tuple[Field, ...]
    answers: dict[str, Any] = Default(default_factory=dict)  # JSON values, by field
    seen: dict[str, Any] = Default(default_factory=dict)  # what stood there when it was begun, where that is corrected
    hour_said: HourSaid | None = None
    ways: tuple[WayOffered, ...] = ()  # offered in the place of *Kirim*; none: there is one way on
    asking: str | None = None
    is_changing: bool = False  # *Ubah* was pressed: one field is chosen, asked for, and the summary comes again
    is_doubted: bool = False  # *Kirim* was pressed on what is asked about once: the next press counts
    is_writing: bool = False  # *Lain…* was pressed: it is asked to type, beside the options
    sought: str = ""  # what was typed to find an option of the choice in question

    @model_validator(mode="before")
    @classmethod
    def _older(cls, stored: Any) -> Any:
        """A form that was begun before `on` was a value kept its parts side by side, and what else it is about as a text."""
        if not isinstance(stored, dict) or "subject" not in stored:
            return stored
        parts = {key: value for key, value in stored.items() if key not in ("task", "revision", "subject")}
        about = OLDER_SUBJECTS.get(stored["kind"])
        named = {about: stored["subject"]} if about else {}
        return {**parts, "on": {"task": stored["task"], "revision": stored["revision"], **named}}

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
        """What is asked for, one after the other."""
        return tuple(item for item in self.changeable if not item.prefilled)

    @property
    def changeable(self) -> tuple[Field, ...]:
        asked = (item for item in self.fields if not (item.inline or self.is_extra(item) or item.fixed))
        return tuple(item for item in asked if self.applies(item))

    def is_extra(self, field: Field) -> bool:
        """Whether it is asked only if the person wishes to add it."""
        return field.on_demand and (field.unless is None or bool(self.ticked(field.unless)))

    def applies(self, field: Field) -> bool:
        """Whether the answers so far leave it to be asked."""
        return all(item.holds(self.answers) for item in field.only)

    def needs(self, field: Field) -> bool:
        """Whether it cannot go without an answer."""
        told = bool(field.needed) and all(item.holds(self.answers) for item in field.needed)
        return told or not field.optional

    def lacks(self, field: Field) -> bool:
        """Whether other answers ask for one to it."""
        return bool(field.only or field.needed or field.unless) and self.needs(field) and field.name not in self.answers

    @property
    def awaits_message(self) -> bool:
        """Whether the question in hand is to be answered by typing, or by a file; not first by a tap."""
        field = self.asked
        return field is not None and field.is_typed and (self.is_writing or not offered(self, field))

    def ticked(self, name: str) -> tuple[str, ...]:
        """What is ticked; before anything was, as it stood when the form was begun."""
        return tuple(self.answers.get(name, self.seen.get(name, ())))

    def offers(self, field: Field) -> tuple[Option, ...]:
        """What may be tapped: the field's options, and when it is changed the answer that it has, to keep it."""
        answer = self.answers.get(field.name)
        is_known = not isinstance(answer, str) or not answer or answer in values_of(field.options)
        if is_known or not self.is_changing or not field.is_typed:
            return field.options
        return (*field.options, Option(value=str(answer), label=""))

    def may_skip(self, field: Field) -> bool:
        """By *Lewati*; when a field is changed, also one whose answer is no text: a file is kept so."""
        is_kept = self.is_changing and field.is_typed and not self.offers(field) and not self.lacks(field)
        return is_kept or not self.needs(field)

    @property
    def is_ready(self) -> bool:
        """Whether it may be sent: nothing is asked for, or only what need not be added."""
        return self.asking is None or self.is_extra(self.field(self.asking))

    @property
    def ways_on(self) -> tuple[WayOffered, ...]:
        """Those of the SOP in question."""
        return tuple(item for item in self.ways if item.sop in (None, self.answers.get("sop")))

    @property
    def awaited_file(self) -> Field | None:
        """The file, or the reason that may be one, for which it will ask later."""
        later = (item for item in self.sequence if item.kind in ("file", "reason") and item.name != self.asking)
        return next((item for item in later if not self.is_changing and not self.has_file(item)), None)

    def has_file(self, field: Field) -> bool:
        """Whether a file has come for the field."""
        return field.kind in ("file", "reason") and (field.name if field.kind == "file" else "file") in self.answers

    @property
    def note_field(self) -> Field | None:
        return next((item for item in self.fields if self.is_extra(item) and self.applies(item)), None)


def begun(form: Form) -> Form:
    """The form with its first question."""
    return form.model_copy(update={"asking": form.sequence[0].name if form.sequence else None})


def begun_also_on(form: Form, message_id: int | None) -> Form:
    """The same, pressed for under that message too."""
    if message_id is None or message_id in form.begun_on:
        return form
    return form.model_copy(update={"begun_on": (*form.begun_on, message_id)})


def offering(form: Form, name: str, values: Iterable[str]) -> Form:
    """The form with texts to tap at a field that has nothing to tap yet."""
    options = tuple(Option(value=value, label=value) for value in values)
    fields = tuple(
        item.model_copy(update={"options": options}) if item.name == name and not item.options else item
        for item in form.fields
    )
    return form.model_copy(update={"fields": fields})


def starts_of(form: Form, zone: tzinfo) -> datetime:
    """The moment that a date and a time in the form's answers make."""
    day, clock = date.fromisoformat(form.answers["date"]), time.fromisoformat(form.answers["time"])
    return datetime.combine(day, clock, tzinfo=zone)


def file_of(form: Form, name: str = "file") -> FileRef | None:
    stored = form.answers.get(name)
    return FileRef.model_validate(stored) if stored else None


def named_option(field: Field, text: str) -> str | None:
    """The option of a choice that was typed instead of tapped; of many the one whose label has the text in it."""
    said = text.strip().lower()
    if field.kind != "choice" or not said:
        return None
    if field.most_shown is not None:
        found = matching(field.options, text)
        return found[0].value if len(found) == 1 else None
    return next((item.value for item in field.options if said in (item.value.lower(), item.label.lower())), None)


def offered(form: Form, field: Field) -> tuple[tuple[int, Option], ...]:
    """What is shown to be tapped, each by its place among all that the field offers: whatever is hidden meanwhile, a press
    means what was shown. By the answer to the field's `by`: a day is not before it, what goes with it comes first, and of a
    choice that is not sought by typing nothing else is shown.
    """
    answer, options = form.answers.get(field.by or ""), tuple(enumerate(form.offers(field)))
    if answer is not None and field.kind == "date":
        return tuple(item for item in options if item[1].value >= answer)
    if field.by is not None and field.kind == "choice":
        fit = tuple(item for item in options if answer in item[1].fits)
        rest = tuple(item for item in options if answer not in item[1].fits)
        options = fit if field.most_shown is None else (*fit, *rest)
    if field.most_shown is None:
        return options
    found = matching((item for _, item in options), form.sought) if form.sought and field.name == form.asking else None
    return tuple(item for item in options if found is None or item[1] in found)[: field.most_shown]


def is_fit(form: Form, field: Field, value: str) -> bool:
    """Whether it may be chosen beside the answer to the field's `by`."""
    if field.by is None or field.kind != "choice" or field.most_shown is not None:
        return True
    answer = form.answers.get(field.by)
    return any(answer in item.fits for item in field.options if item.value == value)


def matching(options: Iterable[Option], text: str) -> tuple[Option, ...]:
    """Those whose labels have every word of the text at the beginning of a word; one that is named whole alone."""
    said = plain(text).casefold()
    found = tuple(item for item in options if said and _has(plain(item.label).casefold(), said))
    whole = tuple(item for item in found if plain(item.label).casefold() == said)
    return whole if len(whole) == 1 else found


def _has(label: str, said: str) -> bool:
    words = label.replace("(", " ").split()
    return all(any(word.startswith(part) for word in words) for part in said.split())


def values_of(options: Iterable[Option]) -> tuple[str, ...]:
    return tuple(option.value for option in options)
