"""/mulai: a letter has come, a case is opened, and the first desk gets it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, tzinfo
from typing import Literal

from alur.workflow.apply import replay
from alur.workflow.case import Letter, Version
from alur.workflow.engine.advance import chosen, landing
from alur.workflow.engine.letters import check_letter
from alur.workflow.engine.rule import Act, Rule
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import FieldMissing, NotHolder, Unknown
from alur.workflow.events import CaseOpened, Event, VersionAdded
from alur.workflow.file_kinds import PAPER
from alur.workflow.files import FileRef
from alur.workflow.forms import Field, Form, Option, WayOffered, begun, file_of
from alur.workflow.people import Actor, Office, nearest_with, roles_with
from alur.workflow.presses import On, known
from alur.workflow.sop import Right, Sop

FIRST_HALF = 6  # months: in the second half of a year the next one is nearer than the last


class OpenCase(Act):
    act: Literal["open_case"] = "open_case"
    period: str
    letter_number: str
    letter_date: date
    file: FileRef
    way: int | None = None  # the step to begin with, where the SOP offers several


class OpenCaseRule(Rule[OpenCase]):
    """It stands before every situation: there is no case yet. Its form and its transition are the functions below."""

    act, name = OpenCase, "open_case"
    asks = True
    answer, values = "recorded", {"outcome": "opened"}

    def may(self, s: Situation, member: int, on: On) -> Actor:
        """A case is opened once."""
        raise Unknown(subject=f"{s.case.code} {self.name}")

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> OpenCase:
        form = known(form, "form")
        return OpenCase(
            by=member,
            period=form.answers["period"],
            letter_number=form.answers["letter_number"],
            letter_date=date.fromisoformat(form.answers["letter_date"]),
            file=known(file_of(form, "letter"), "letter"),
            way=on.way,
        )

    def decide(self, s: Situation, act: OpenCase) -> tuple[Event, ...]:
        self.may(s, act.by, On())
        return ()


def open_case_form(
    sops: tuple[Sop, ...],
    *,
    today: date,
    taken: Collection[tuple[str, str]] = (),
    letter_days: tuple[Option, ...] = (),
) -> Form | None:
    """Asks only what is open: with one SOP it is not asked for, and the period is a tap. `taken` are the periods, by SOP,
    that have a case; None where none is left. `letter_days` are days on which the letter may have been written.
    """
    years = [year for year in near_periods(today) if not all((sop.id, year) in taken for sop in sops)]
    if not years:
        return None
    fields = [
        Field(name="period", kind="choice", options=tuple(Option(value=year, label=year) for year in years)),
        Field(name="letter_number", kind="number"),
        Field(name="letter_date", kind="date", options=letter_days),
        Field(name="letter", kind="file", accepts=PAPER),
    ]
    answers = {}
    if len(sops) == 1:
        answers["sop"] = sops[0].id
    else:
        options = tuple(Option(value=sop.id, label=sop.short_title) for sop in sops)
        fields.insert(0, Field(name="sop", kind="choice", options=options))
    return begun(Form(kind=OpenCaseRule.name, fields=tuple(fields), answers=answers, ways=ways_of(sops)))


def ways_of(sops: Iterable[Sop]) -> tuple[WayOffered, ...]:
    """The ways to begin that stand in the place of *Kirim*."""
    return tuple(WayOffered(to=way.to, label=way.label, sop=sop.id) for sop in sops for way in sop.start.ways)


def near_periods(today: date) -> tuple[str, str]:
    """The years of which a case may be begun now: this one first, and the one that is nearer of the next and the last."""
    return (str(today.year), str(today.year + (1 if today.month > FIRST_HALF else -1)))


def code_of(sop: Sop, period: str, called_off: int = 0) -> str:
    """The code that stands on every card: "ip-asn-2026"; after one that was cancelled, "ip-asn-2026-2"."""
    return f"{sop.id}-{period}" + (f"-{called_off + 1}" if called_off else "")


def check_period(period: str, today: date) -> None:
    """A year near the present one: the report is written at its end, and some are late or early. It is taken in one
    spelling only, or one year could be opened twice.
    """
    if period not in {str(today.year + years) for years in (-1, 0, 1)}:
        raise FieldMissing(field="period")


def open_case(
    sop: Sop, sop_hash: str, act: OpenCase, at: datetime, now: datetime, office: Office, called_off: int = 0
) -> tuple[Event, ...]:
    """`called_off` is how many cases of the period were cancelled before."""
    appointment = office.appointment(act.by, roles_with(sop, Right.START), at)
    if appointment is None:
        raise NotHolder(role=nearest_with(sop, Right.START))
    check_period(act.period, at.astimezone(office.calendar.zone).date())
    if not act.letter_number.strip():
        raise FieldMissing(field="letter_number")
    check_letter(act.file)
    actor = appointment.actor()
    begun_by = CaseOpened(
        code=code_of(sop, act.period, called_off),
        sop=sop.id,
        sop_hash=sop_hash,
        period=act.period,
        letter=Letter(number=act.letter_number.strip(), dated=act.letter_date),
        way=chosen(sop.start.ways, act.way),
        by=actor,
        at=at,
    )
    letter = Version(id=1, document=sop.letter, number=1, file=act.file, by=actor, at=at, step=0)
    added = VersionAdded(version=letter, use="letter")
    situation = Situation(sop=sop, case=replay((begun_by, added)), at=at, now=now, office=office)
    return (begun_by, added, *landing(situation, step=act.way or 1))
