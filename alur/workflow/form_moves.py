"""How a form goes on: one move for each tap, text and file. Each returns the form after it, or raises the `Refusal` that says why
nothing has moved.
"""

from collections.abc import Iterator
from datetime import date, tzinfo
from typing import Any

from alur.workflow.errors import DayOutside, FieldMissing, FileRefused, NobodyNamed, QuestionPassed, Unchanged, Unknown
from alur.workflow.file_kinds import is_kind
from alur.workflow.files import FileRef
from alur.workflow.forms import Ahead, Field, Form, HourSaid, is_fit, matching, named_option, values_of
from alur.workflow.written import read_number, read_text
from alur.workflow.written_days import read_date
from alur.workflow.written_hours import read_hour


def toggled(form: Form, name: str, value: str) -> Form:
    """A tick set or taken away."""
    field = form.field(name)
    if field.kind != "ticks" or value not in values_of(field.options):
        raise Unknown(subject=name)
    if not field.inline and name != form.asking:
        raise QuestionPassed
    ticked = {*form.ticked(name)} ^ {value}
    return _answered(form, name, [item for item in values_of(field.options) if item in ticked])


def chosen(form: Form, name: str, value: str) -> Form:
    """One of the options taken; goes on to the next question. The same tap twice changes nothing. A question whose turn has
    not come is not answered: those before it would never be asked.
    """
    field = form.field(name)
    answer = form.answers.get(name)
    if field.kind == "ticks" or value not in (*values_of(form.offers(field)), answer) or not is_fit(form, field, value):
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


def check_day(day: date, earliest: date | None, latest: date | None, ahead_of: Ahead | None = None) -> None:
    """Raises `DayOutside` for one that lies before the first day that may be meant, or after the last: the present one."""
    is_late = latest is not None and day > latest
    if is_late or (earliest is not None and day < earliest):
        bounds = {"starts": earliest, "ends": latest}
        known = {key: item and item.isoformat() for key, item in bounds.items()}
        raise DayOutside(**known, why="now" if is_late else ahead_of)


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
