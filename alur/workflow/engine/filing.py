"""The archive's form: why it is filed without what is missing, four fields that are asked for and those that the SOP adds to them,
and what the bot fills in and a person may change.
"""

from collections.abc import Mapping
from datetime import date, tzinfo

from alur.workflow.case import Case
from alur.workflow.engine.filed import filed, result_of
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import SHORTEST_REASON
from alur.workflow.form_moves import passed_over
from alur.workflow.forms import Field, Form, Option, offering
from alur.workflow.offers import classification_in
from alur.workflow.outstanding import missing_papers
from alur.workflow.sop import FATES, SECURITY, STAGES, Sop
from alur.workflow.written_days import MONTHS

ASKED = ("letter_number", "classification", "file_number", "location")
PREFILLED = (
    *("description", "span", "quantity", "unit", "stage"),
    *("security", "retention", "active", "inactive", "fate"),
)
NUMBERS = ("letter_number", "file_number")
CHOICES: Mapping[str, tuple[str, ...]] = {"security": SECURITY, "stage": STAGES, "fate": FATES}
LASTING = ("unit", "stage", "security", "active", "inactive", "fate")  # the same from year to year


def archive_fields(s: Situation) -> tuple[Field, ...]:
    """Of what is asked, the letter's number and its classification are to be tapped where Nadine's number is known, and all that
    was entered where the case was archived before.
    """
    result = result_of(s.sop, s.case)
    number = s.case.nadine_number(result.id) if result else None
    known = {"letter_number": number, "classification": classification_in(number or "")}
    entered = s.case.archive.model_dump() if s.case.archive else {}
    asked = [
        archive_field(name).model_copy(
            update={"options": options_of(*dict.fromkeys((known.get(name), entered.get(name))))}
        )
        for name in ASKED
    ]
    more = [_with_known(archive_field(name), entered.get(name)) for name in s.sop.archive.asks]
    reason = Field(name="reason_missing", kind="text", least=SHORTEST_REASON)
    first = (reason,) if wants_reason(s.sop, s.case) else ()
    filled = (name for name in PREFILLED if name not in s.sop.archive.asks)
    prefilled = (archive_field(name).model_copy(update={"prefilled": True}) for name in filled)
    return (*first, *asked, *more, *prefilled)


def archive_field(name: str) -> Field:
    """The question for it, by its name in `ArchiveFields`."""
    if name in CHOICES:
        return Field(name=name, kind="choice", options=options_of(*CHOICES[name]))
    return Field(name=name, kind="number" if name in NUMBERS else "text")


def is_needed(sop: Sop, name: str) -> bool:
    """Whether nothing is filed without it."""
    return name in ASKED or name in sop.archive.asks


def wants_reason(sop: Sop, case: Case) -> bool:
    """Whether it is filed without something that its letter's number does not bring."""
    brought = (unnumbered(sop, case), "number")
    return any(lack != brought for lack in missing_papers(sop, case))


def unnumbered(sop: Sop, case: Case) -> str | None:
    """The document that is filed, where its Nadine number is missing: the letter's number that is entered is that."""
    result = result_of(sop, case)
    return result.id if result and case.nadine_number(result.id) is None else None


def known_number(sop: Sop, case: Case) -> str | None:
    """The Nadine number of the document that is filed, where it was entered."""
    result = result_of(sop, case)
    return case.nadine_number(result.id) if result else None


def default_archive(sop: Sop, case: Case, zone: tzinfo) -> dict[str, object]:
    """What the bot fills in: the description, the span of the papers by the days of the office in that zone, their number, and
    what the SOP says that a case of it is filed with.
    """
    result = result_of(sop, case)
    last = case.tasks[-1].landed_at.astimezone(zone).date()
    defaults: dict[str, object] = {
        "description": f"{result.title if result else sop.short_title} {case.period}",
        "span": f"{day_in_words(case.letter.dated)} s.d. {day_in_words(last)}",
        "quantity": f"{len(filed(sop, case))} dokumen",
        "unit": sop.archive.unit or next(reversed(sop.organisation), ""),
        "security": sop.archive.security or "Terbatas",
        "stage": sop.archive.stage or "Asli",
        "retention": "",
        "active": sop.archive.active or "",
        "inactive": sop.archive.inactive or "",
        "fate": sop.archive.fate or "",
    }
    if case.archive is not None:  # it was archived before
        again = case.archive.model_dump(include={"description", "retention", *LASTING})
        defaults |= {name: value for name, value in again.items() if value}
    number = known_number(sop, case)
    asked = {"letter_number": number} if number else {}
    return {name: value for name, value in defaults.items() if name not in sop.archive.asks} | asked


def as_filed_before(form: Form, before: Mapping[str, str]) -> Form:
    """The form with what was entered when a case of the SOP was filed last: to be tapped where it is asked for, else filled in. No
    case is less secret than the SOP says.
    """
    filled = dict[str, str]()
    for field in form.fields:
        value = before.get(field.name, "")
        if field.name not in LASTING or not value or (field.kind == "choice" and value not in CHOICES[field.name]):
            continue
        if field.name == "security":
            filled[field.name] = max(value, str(form.answers.get(field.name, value)), key=CHOICES["security"].index)
        elif field.prefilled:
            filled[field.name] = value
        else:
            form = offering(form, field.name, (value,))
    return form.model_copy(update={"answers": {**form.answers, **filled}})


def kept_up(form: Form, s: Situation, before: Case) -> Form:
    """An open form after the case has moved: nothing is asked any more that has come meanwhile, a number that has come is there
    to be tapped, and what the bot filled in and nobody changed is filled in anew.
    """
    wanted = {item.name: item for item in archive_fields(s)}
    zone = s.office.calendar.zone
    was, now = default_archive(s.sop, before, zone), default_archive(s.sop, s.case, zone)
    untouched = {
        name: now[name] for name in PREFILLED if name in now and form.answers.get(name) == was.get(name, _NOTHING)
    }
    answers = {name: value for name, value in form.answers.items() if name in wanted} | untouched
    number = wanted["letter_number"]
    is_open = number.options and "letter_number" not in form.answers
    fields = tuple(
        number if is_open and item.name == number.name else item for item in form.fields if item.name in wanted
    )
    asked = passed_over(form) if form.asking is not None and form.asking not in wanted else form
    return asked.model_copy(update={"fields": fields, "answers": answers})


_NOTHING = object()  # is no answer


def _with_known(field: Field, value: str | None) -> Field:
    return field if field.options else field.model_copy(update={"options": options_of(value)})


def options_of(*values: str | None) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=value) for value in values if value)


def day_in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"
