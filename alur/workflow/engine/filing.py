"""The archive's form: why it is filed without what is missing, four fields that are asked for, and five that the bot fills in
and a person may change.
"""

from datetime import date

from alur.workflow.case import Case, Version
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import SHORTEST_REASON
from alur.workflow.form_moves import passed_over
from alur.workflow.forms import Field, Form, Option
from alur.workflow.offers import classification_in
from alur.workflow.outstanding import missing_papers
from alur.workflow.sop import DocumentKind, Sop
from alur.workflow.written_days import MONTHS

ASKED = ("letter_number", "classification", "file_number", "location")
PREFILLED = ("description", "span", "quantity", "security", "retention")
NUMBERS = ("letter_number", "file_number")
SECURITY = ("Biasa", "Terbatas", "Rahasia")


def archive_fields(s: Situation) -> tuple[Field, ...]:
    """Of what is asked, the letter's number and its classification are to be tapped where Nadine's number is known, and all that
    was entered where the case was archived before.
    """
    result = result_of(s.sop, s.case)
    number = s.case.nadine_number(result.id) if result else None
    known = {"letter_number": number, "classification": classification_in(number or "")}
    entered = s.case.archive.model_dump() if s.case.archive else {}
    asked = [
        Field(
            name=name,
            kind="number" if name in NUMBERS else "text",
            options=_options(*dict.fromkeys((known.get(name), entered.get(name)))),
        )
        for name in ASKED
    ]
    reason = Field(name="reason_missing", kind="text", least=SHORTEST_REASON)
    first = (reason,) if wants_reason(s.sop, s.case) else ()
    return (*first, *asked, *(_filled(name) for name in PREFILLED))


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


def default_archive(sop: Sop, case: Case) -> dict[str, object]:
    """What the bot fills in: the description, the span of the papers, their number, and the level of secrecy."""
    result = result_of(sop, case)
    newest = {(item.document, item.unit, item.signed): item.file.sha256 for item in case.versions if counts(item)}
    papers = set(newest.values())  # a draft and the letter that was made of it are one file
    defaults: dict[str, object] = {
        "description": f"{result.title if result else sop.short_title} {case.period}",
        "span": f"{_day(case.letter.dated)} s.d. {_day(case.tasks[-1].landed_at)}",
        "quantity": f"{len(papers)} dokumen",
        "security": "Terbatas",
        "retention": "",
    }
    if case.archive is not None:  # it was archived before
        defaults |= case.archive.model_dump(include={"description", "security", "retention"})
    number = known_number(sop, case)
    return defaults | ({"letter_number": number} if number else {})


def kept_up(form: Form, s: Situation, before: Case) -> Form:
    """An open form after the case has moved: nothing is asked any more that has come meanwhile, a number that has come is there
    to be tapped, and what the bot filled in and nobody changed is filled in anew.
    """
    wanted = {item.name: item for item in archive_fields(s)}
    was, now = default_archive(s.sop, before), default_archive(s.sop, s.case)
    untouched = {name: now[name] for name in PREFILLED if form.answers.get(name) == was[name]}
    answers = {name: value for name, value in form.answers.items() if name in wanted} | untouched
    number = wanted["letter_number"]
    is_open = number.options and "letter_number" not in form.answers
    fields = tuple(
        number if is_open and item.name == number.name else item for item in form.fields if item.name in wanted
    )
    asked = passed_over(form) if form.asking is not None and form.asking not in wanted else form
    return asked.model_copy(update={"fields": fields, "answers": answers})


def counts(version: Version) -> bool:
    """Whether it is one of the papers that are filed: a sheet on which a decision was taken stands beside them."""
    return not version.withdrawn and version.sheet_of is None


def result_of(sop: Sop, case: Case) -> DocumentKind | None:
    """The last approved letter of the SOP: the document that is filed."""
    return next((item for item in reversed(sop.documents) if item.numbered and case.standing(item.id)), None)


def _filled(name: str) -> Field:
    if name == "security":
        return Field(name=name, kind="choice", options=_options(*SECURITY), prefilled=True)
    return Field(name=name, kind="text", prefilled=True)


def _options(*values: str | None) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=value) for value in values if value)


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"
