"""A form: a few questions to one person, one after the other, and the act that they add up to.

A form is a value that carries its own questions, so that it can be shown and answered without looking elsewhere. What
each kind asks stands in its act's room (`alur.workflow.engine.acts`). While `asking` names a field, that field is asked for; when it is None
all is there, and the person sends it (*Kirim*) or changes a part of it (*Ubah*).

A typed field may have options: what a thumb is quicker with. Then the question is to tap one, and after *Lain…* to type; a text
that is typed at once is taken as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, tzinfo
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Default

from alur.workflow.errors import DayOutside, FieldMissing, FileRefused, NobodyNamed, QuestionPassed, Unchanged, Unknown
from alur.workflow.file_kinds import is_kind
from alur.workflow.files import FileRef
from alur.workflow.model import Value
from alur.workflow.presses import On
from alur.workflow.written import LONGEST_FIELD, plain, read_number, read_text
from alur.workflow.written_days import read_date
from alur.workflow.written_hours import read_hour

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
        is_known = not isinstance(answer, str) or not answer or answer in _values(field.options)
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


def toggled(form: Form, name: str, value: str) -> Form:
    """A tick set or taken away."""
    field = form.field(name)
    if field.kind != "ticks" or value not in _values(field.options):
        raise Unknown(subject=name)
    if not field.inline and name != form.asking:
        raise QuestionPassed
    ticked = {*form.ticked(name)} ^ {value}
    return _answered(form, name, [item for item in _values(field.options) if item in ticked])


def chosen(form: Form, name: str, value: str) -> Form:
    """One of the options taken; goes on to the next question. The same tap twice changes nothing. A question whose turn has
    not come is not answered: those before it would never be asked.
    """
    field = form.field(name)
    answer = form.answers.get(name)
    if field.kind == "ticks" or value not in (*_values(form.offers(field)), answer) or not is_fit(form, field, value):
        raise Unknown(subject=name)
    if name == form.asking:
        return _next(form if answer == value else _answered(form, name, value), field)
    if answer is None:
        raise Unknown(subject=name)
    if answer != value:
        raise QuestionPassed
    return form


def writing(form: Form) -> Form:
    """*Lain…*: asks for another answer than those to tap."""
    field = form.asked
    if field is None or not field.is_typed:
        raise QuestionPassed
    return form.model_copy(update={"is_writing": True})


def typed(form: Form, text: str, *, today: date, zone: tzinfo) -> Form:
    """The text that the person typed for the field in question, read by the field's kind. `today` and `zone` are the
    office's. A date may come with its hour, where that is asked for next.
    """
    field = form.asked
    if field is None or not field.is_typed or field.kind == "file":
        raise Unknown(subject=form.asking or "")
    answered, last = _read(form, field, text.strip(), today, zone)
    if field.name in form.seen and answered.answers[field.name] == form.seen[field.name]:
        raise Unchanged(field=field.name)
    return _next(answered, last)


def filed(form: Form, file: FileRef, caption: str = "") -> Form:
    """A file for the field in question; a reason may be one, and what stands under it are its words."""
    field = form.asked
    if field is None or field.kind not in ("file", "reason"):
        raise Unknown(subject=form.asking or "")
    return _next(_with_file(form, field, file, caption), field)


def kept(form: Form, file: FileRef, caption: str = "") -> Form:
    """A file that came before it was asked for: it has its place, and is not asked for any more."""
    field = form.awaited_file
    if field is None:
        raise Unknown(subject=form.kind)
    return _with_file(form, field, file, caption)


def retyped(form: Form, name: str, text: str, *, today: date, zone: tzinfo) -> Form:
    """Another text in the place of the one that answered the field: nothing else of the form moves, unless it is the field
    in question. Of a choice, another of its options.
    """
    field = form.field(name)
    if field.is_typed:
        return (
            typed(form, text, today=today, zone=zone)
            if name == form.asking
            else _read(form, field, text.strip(), today, zone)[0]
        )
    value = named_option(field, text)
    if value is None:
        raise Unknown(subject=name)
    return chosen(form, name, value) if name == form.asking else _answered(form, name, value)


def refiled(form: Form, name: str, file: FileRef, caption: str = "") -> Form:
    """The same with a file, and what stands under it now."""
    if name == form.asking:
        return filed(form, file, caption)
    return _with_file(form, form.field(name), file, caption)


def asked_anew(form: Form, name: str) -> Form:
    """The field is asked for once more, without the answer that it had."""
    answers = {key: value for key, value in form.answers.items() if key != name}
    return form.model_copy(update={"answers": answers, "asking": name, "is_changing": False, "is_writing": False})


def seeking(form: Form, text: str) -> Form:
    """A choice of many is narrowed to the options that the text is a part of. Raises `NobodyNamed` where it is of none."""
    field = form.asked
    if field is None or field.most_shown is None:
        raise Unknown(subject=form.asking or "")
    if not matching(field.options, text):
        raise NobodyNamed(text=text.strip())
    return form.model_copy(update={"sought": text.strip()})


def named_option(field: Field, text: str) -> str | None:
    """The option of a choice that was typed instead of tapped; of many the one whose label has the text in it."""
    said = text.strip().lower()
    if field.kind != "choice" or not said:
        return None
    if field.most_shown is not None:
        found = matching(field.options, text)
        return found[0].value if len(found) == 1 else None
    return next((item.value for item in field.options if said in (item.value.lower(), item.label.lower())), None)


def proceeded(form: Form) -> Form:
    """*Lanjut* after ticks, or *Lewati* on a question that may be skipped."""
    field = form.asked
    if field is None or (field.kind != "ticks" and not form.may_skip(field)):
        raise Unknown(subject=form.asking or "")
    is_kept = field.kind == "ticks" and field.name in form.seen  # as it stood is an answer, too
    return _next(_answered(form, field.name, list(form.ticked(field.name))) if is_kept else form, field)


def gone(form: Form, way: int) -> Form:
    """One of the ways that stand in the place of *Kirim*."""
    if way not in {item.to for item in form.ways_on}:
        raise Unknown(subject=f"way {way}")
    return form.model_copy(update={"on": form.on.model_copy(update={"way": way})})


def noting(form: Form) -> Form:
    """*Tambah Catatan*: asks for the text that may be added."""
    field = form.note_field
    if field is None:
        raise Unknown(subject=form.kind)
    return form.model_copy(update={"asking": field.name})


def changing(form: Form) -> Form:
    """*Ubah*: asks which part; where there is only one, for that."""
    if form.asking is not None and not form.is_changing:
        raise QuestionPassed
    if not form.changeable:
        raise Unknown(subject=form.kind)
    changed = form.model_copy(update={"is_changing": True})
    return correcting(changed, form.changeable[0].name) if len(form.changeable) == 1 else changed


def correcting(form: Form, name: str) -> Form:
    """The part that is to be changed: it alone is asked for, and the summary comes again."""
    if name not in {item.name for item in form.changeable}:
        raise Unknown(subject=name)
    if not form.is_changing or form.asking not in (None, name):
        raise QuestionPassed
    field = form.field(name)
    return form.model_copy(update={"asking": name, "is_writing": field.is_typed and not field.options})


def passed_over(form: Form) -> Form:
    """The question in hand is not asked any more: the one after it is."""
    field = form.asked
    return form if field is None else _next(form, field)


def offering(form: Form, name: str, values: Iterable[str]) -> Form:
    """The form with texts to tap at a field that has nothing to tap yet."""
    options = tuple(Option(value=value, label=value) for value in values)
    fields = tuple(
        item.model_copy(update={"options": options}) if item.name == name and not item.options else item
        for item in form.fields
    )
    return form.model_copy(update={"fields": fields})


def check_day(day: date, earliest: date | None, latest: date | None, ahead_of: Ahead | None = None) -> None:
    """Raises `DayOutside` for one that lies before the first day that may be meant, or after the last: the present one."""
    is_late = latest is not None and day > latest
    if is_late or (earliest is not None and day < earliest):
        bounds = {"starts": earliest, "ends": latest}
        known = {key: item and item.isoformat() for key, item in bounds.items()}
        raise DayOutside(**known, why="now" if is_late else ahead_of)


def starts_of(form: Form, zone: tzinfo) -> datetime:
    """The moment that a date and a time in the form's answers make."""
    day, clock = date.fromisoformat(form.answers["date"]), time.fromisoformat(form.answers["time"])
    return datetime.combine(day, clock, tzinfo=zone)


def file_of(form: Form, name: str = "file") -> FileRef | None:
    stored = form.answers.get(name)
    return FileRef.model_validate(stored) if stored else None


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


def _values(options: Iterable[Option]) -> tuple[str, ...]:
    return tuple(option.value for option in options)


def _answered(form: Form, name: str, value: Any, said: HourSaid | None = None) -> Form:
    is_hour = any(item.name == name and item.kind == "time" for item in form.fields)
    changes: dict[str, Any] = {"answers": {**form.answers, name: value}, "is_doubted": False, "sought": ""}
    return _settled(form.model_copy(update=changes | ({"hour_said": said} if is_hour else {})))


def _settled(form: Form) -> Form:
    """Without answers to what is asked no more, or that no longer go with another."""
    gone = {
        item.name
        for item in form.fields
        if item.name in form.answers and not (form.applies(item) and is_fit(form, item, form.answers[item.name]))
    }
    return (
        form.model_copy(update={"answers": {k: v for k, v in form.answers.items() if k not in gone}}) if gone else form
    )


def _with_file(form: Form, field: Field, file: FileRef, caption: str) -> Form:
    if field.accepts and not is_kind(file.mime, field.accepts):
        raise FileRefused(fault="paper", name=file.name)
    if field.kind == "file":
        return _answered(form, field.name, file.model_dump(mode="json"))
    form = _answered(form, "file", file.model_dump(mode="json"))
    if caption.strip():
        form = _answered(form, field.name, read_text(caption, field.name, most=field.most))
    return form


def _next(form: Form, field: Field) -> Form:
    """What has come before it was asked for is passed over; what a changed answer makes necessary is asked for."""
    sequence = form.sequence
    is_alone = form.is_changing or field not in sequence
    later = tuple(filter(form.lacks, form.changeable)) if is_alone else sequence[sequence.index(field) + 1 :]
    asking = next((item.name for item in later if not form.has_file(item)), None)
    is_changing = is_alone and asking is not None
    return form.model_copy(update={"asking": asking, "is_changing": is_changing, "is_writing": False, "sought": ""})


def _read(form: Form, field: Field, text: str, today: date, zone: tzinfo) -> tuple[Form, Field]:
    """The form with the answer, and the last field that it answered: a date may have brought its hour."""
    try:
        return _with_text(form, field, text, today, zone), field
    except FieldMissing:
        hour = _hour_after(form, field)
        if hour is None:
            raise
        for day, rest in _parted(text):
            try:
                return _with_text(_with_text(form, field, day, today, zone), hour, rest, today, zone), hour
            except FieldMissing:
                continue
        raise


def _hour_after(form: Form, field: Field) -> Field | None:
    """The hour that is asked for after the date; None where a part is changed alone."""
    if field.kind != "date" or form.is_changing or field not in form.sequence:
        return None
    later = form.sequence[form.sequence.index(field) + 1 :]
    return later[0] if later and later[0].kind == "time" else None


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """The text as a day and an hour, the longest day first; figures alone are a year."""
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        rest = " ".join(words[count:])
        if not rest.isdecimal():
            yield " ".join(words[:count]), rest


def _with_text(form: Form, field: Field, text: str, today: date, zone: tzinfo) -> Form:
    match field.kind:
        case "date":
            known = [date.fromisoformat(item.value) for item in form.offers(field)]
            found = read_date(text, today, field.name, offered=known)
            check_day(found, field.earliest, field.latest and max(field.latest, today), field.ahead_of)
            return _answered(form, field.name, found.isoformat())
        case "time":
            day = form.answers.get("date")
            hour = read_hour(text, zone=zone, day=date.fromisoformat(day) if day else today, field=field.name)
            said = HourSaid(zoned=hour.zoned, until=hour.until) if hour.zoned or hour.until else None
            return _answered(form, field.name, hour.clock.isoformat(timespec="minutes"), said)
        case "number":
            text = read_number(text, field.name)
    return _answered(form, field.name, read_text(text, field.name, least=field.least, most=field.most))
