"""*Plh, Plt, definitif*: who is appointed to what, from when to when; changed, handed over and ended the same way.

Who holds a role is found by the date when it is asked (`alur.workflow.people.Office`): nothing here moves a task. An
appointment that ends "now" has yesterday as its last day: what its holder decided today stays his, in the trail.
"""

from datetime import date, timedelta
from typing import Literal

from alur.workflow.errors import AppointmentRefused, Unknown
from alur.workflow.files import FileRef
from alur.workflow.model import Value
from alur.workflow.office.entitled import check_administers, check_appoints
from alur.workflow.office.events import AppointmentChanged, Event, PersonAppointed
from alur.workflow.office.roster import Person
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import ADMIN, Appointment, AppointmentKind, Stage
from alur.workflow.written import read_number, read_text


class Appoint(Value):
    act: Literal["appoint"] = "appoint"
    by: int | None = None  # None: on the command line
    role: str
    member: int
    kind: AppointmentKind
    starts: date
    ends: date | None = None
    order: str | None = None
    order_date: date | None = None
    order_file: FileRef | None = None
    in_place_of: int | None = None  # of a Plh, where several hold the role


class ChangeAppointment(Value):
    """What is None stays as it is."""

    act: Literal["change_appointment"] = "change_appointment"
    by: int | None = None
    appointment: int
    starts: date | None = None
    ends: date | None = None
    order: str | None = None
    order_date: date | None = None
    order_file: FileRef | None = None

    def changed(self, found: Appointment) -> Appointment:
        """The appointment with what is given."""
        given = {
            "starts": self.starts,
            "ends": self.ends,
            "order": self.order if self.order == found.order else _order(self.order),
            "order_date": self.order_date,
            "order_file": self.order_file,
        }
        return found.model_copy(update={key: value for key, value in given.items() if value is not None})


class EndAppointment(Value):
    """Ends on `on`, the last day, or at once. One that has not begun is withdrawn."""

    act: Literal["end_appointment"] = "end_appointment"
    by: int | None = None
    appointment: int
    on: date | None = None


class HandOverRole(Value):
    """*Serahkan Jabatan*: what one holds, another holds from now on, with all that is open before the role."""

    act: Literal["hand_over_role"] = "hand_over_role"
    by: int | None = None
    appointment: int
    to: int  # the member
    order: str | None = None
    order_date: date | None = None


def appoint(s: OfficeSituation, act: Appoint) -> tuple[Event, ...]:
    check_appoints(s, act.by, act.role)
    person = _person(s, act.member)
    if act.role not in s.rules.roles:
        raise Unknown(subject=act.role)
    wanted = s.roster.appointing(
        person,
        act.role,
        kind=act.kind,
        order=_order(act.order),
        order_date=act.order_date,
        order_file=act.order_file,
        starts=act.starts,
        ends=act.ends,
        in_place_of=act.in_place_of,
    )
    if wanted.kind is AppointmentKind.PLH and wanted.in_place_of is None:
        wanted = wanted.model_copy(update={"in_place_of": _absent(s, wanted)})
    _check(s, wanted)
    return (PersonAppointed(appointment=wanted),)


def change(s: OfficeSituation, act: ChangeAppointment) -> tuple[Event, ...]:
    found = _appointment(s, act.appointment)
    check_appoints(s, act.by, found.role)
    check_running(s, found)
    changed = act.changed(found)
    if changed == found:
        return ()
    _check(s, changed)
    if changed.ends is not None or not changed.is_in_force(s.today):
        check_administrator_stays(s, changed)
    return (AppointmentChanged(appointment=changed),)


def end(s: OfficeSituation, act: EndAppointment) -> tuple[Event, ...]:
    found = _appointment(s, act.appointment)
    if found.is_acting:
        check_appoints(s, act.by, found.role)
    else:
        check_administers(s, act.by)
    check_running(s, found)
    yesterday = s.today - timedelta(days=1)
    last = yesterday if act.on is None else act.on
    if found.starts is not None and last < found.starts:
        last = found.starts - timedelta(days=1)  # withdrawn: it was never in force, or only this morning
    if last < yesterday and last >= (found.starts or date.min):
        raise AppointmentRefused(reason="past", **_names(found))
    if found.ends is not None and last > found.ends:
        raise AppointmentRefused(reason="later", **_names(found))
    if found.ends == last:
        return ()
    ended = found.model_copy(update={"ends": last})
    check_administrator_stays(s, ended)
    return (AppointmentChanged(appointment=ended),)


def hand_over(s: OfficeSituation, act: HandOverRole) -> tuple[Event, ...]:
    found = _appointment(s, act.appointment)
    check_administers(s, act.by)
    check_handed_over(s, found)
    person = _person(s, act.to)
    if person.id == found.member:
        raise AppointmentRefused(reason="himself", **_names(found))
    ended = found.model_copy(update={"ends": s.today - timedelta(days=1)})
    days = {"starts": s.today, "ends": found.ends}
    taken = s.roster.appointing(person, found.role, order=_order(act.order), order_date=act.order_date, **days)
    _check_held_once(s, taken)
    return (AppointmentChanged(appointment=ended), PersonAppointed(appointment=taken))


def check_running(s: OfficeSituation, found: Appointment) -> None:
    """What is over is neither changed nor ended."""
    if found.stage(s.today) in (Stage.ENDED, Stage.WITHDRAWN):
        raise AppointmentRefused(reason="ended", **_names(found))


def check_handed_over(s: OfficeSituation, found: Appointment) -> None:
    """What is held in one's own right can be handed over, while it is held, and there is somebody to take it."""
    if found.is_acting or found.stage(s.today) is not Stage.ACTIVE:
        raise AppointmentRefused(reason="acting" if found.is_acting else "ended", **_names(found))
    if not successors(s, found):
        raise AppointmentRefused(reason="nobody", **_names(found))


def successors(s: OfficeSituation, found: Appointment) -> list[Person]:
    """Who can take over what is held: every member with a phone who does not hold the role himself."""
    held = {item.member for item in s.roster.held(found.role, s.today, found.ends)}
    return [item for item in s.roster.people if item.id not in held and item.account is not None]


def check_administrator_stays(s: OfficeSituation, ended: Appointment) -> None:
    """The last administrator whom a phone reaches the bot with cannot be removed."""
    if ended.role != ADMIN:
        return
    others = (
        item
        for item in s.roster.appointments
        if item.role == ADMIN and item.id != ended.id and item.is_in_force(s.today) and item.ends is None
    )
    people = (s.roster.person(item.member) for item in others)
    if not any(person is not None and person.account is not None for person in people):
        raise AppointmentRefused(reason="last", **_names(ended))


def _check(s: OfficeSituation, wanted: Appointment) -> None:
    """Raises `AppointmentRefused` with the reason: what must hold for an appointment to stand beside the others."""
    names = _names(wanted)
    if wanted.is_withdrawn:
        raise AppointmentRefused(reason="days", **names)
    if wanted.ends is not None and wanted.ends < s.today:
        raise AppointmentRefused(reason="over", **names)
    if wanted.is_acting and wanted.order is None:
        raise AppointmentRefused(reason="order", **names)
    if wanted.kind is AppointmentKind.PLH and wanted.ends is None:
        raise AppointmentRefused(reason="end", **names)
    _check_held_once(s, wanted)
    others = [item for item in s.roster.held(wanted.role, wanted.starts, wanted.ends) if item.id != wanted.id]
    if wanted.kind is not AppointmentKind.PLH:
        _check_vacant(s, wanted, others)
        return
    for item in others:
        is_same = wanted.in_place_of is None or item.in_place_of in (None, wanted.in_place_of)
        if item.kind is AppointmentKind.PLH and is_same:
            raise AppointmentRefused(reason="overlap", **_names(item))
    _check_no_chain(s, wanted)


def _check_held_once(s: OfficeSituation, wanted: Appointment) -> None:
    """Nobody substitutes for himself, or holds a role twice at a time."""
    for item in s.roster.held(wanted.role, wanted.starts, wanted.ends):
        if item.member == wanted.member and item.id != wanted.id:
            reason = "himself" if wanted.is_acting and not item.is_acting else "holds"
            raise AppointmentRefused(reason=reason, **_names(item))


def _check_vacant(s: OfficeSituation, wanted: Appointment, others: list[Appointment]) -> None:
    """A Plt acts for a post that is vacant; a definitive holder takes one over (*Serahkan Jabatan*), or comes beside others
    where there are several, by an invitation or a role of units.
    """
    if wanted.role in s.rules.units or wanted.role == ADMIN:
        return
    holder = next((item for item in others if item.kind is not AppointmentKind.PLH), None)
    if holder is not None:
        raise AppointmentRefused(reason="held", **_names(holder))


def _check_no_chain(s: OfficeSituation, wanted: Appointment) -> None:
    """A Plh has no Plh, and whoever is absent himself is nobody's."""
    for item in s.roster.appointments:
        if (
            item.kind is not AppointmentKind.PLH
            or item.id == wanted.id
            or not item.overlaps(wanted.starts, wanted.ends)
        ):
            continue
        if wanted.in_place_of == item.member:  # acts for another meanwhile, in this role or in another
            raise AppointmentRefused(reason="chain", **_names(item))
        if wanted.member == _replaced(s, item):
            raise AppointmentRefused(reason="absent", **_names(item))


def _replaced(s: OfficeSituation, plh: Appointment) -> int | None:
    """The member in whose place the Plh acts."""
    if plh.in_place_of is not None:
        return plh.in_place_of
    found = (item for item in s.roster.held(plh.role, plh.starts, plh.ends) if item.kind is not AppointmentKind.PLH)
    return next((item.member for item in found), None)


def _absent(s: OfficeSituation, plh: Appointment) -> int | None:
    """In whose place a Plh acts, where it was not said: of the one who holds the role then; of nobody where it is vacant."""
    found = {
        item.member for item in s.roster.held(plh.role, plh.starts, plh.ends) if item.kind is not AppointmentKind.PLH
    }
    if len(found) > 1:
        raise AppointmentRefused(reason="which", **_names(plh))
    return next(iter(found), None)


def _names(about: Appointment) -> dict[str, object]:
    """What the words of a refusal name: the role, and the person and the days of the appointment that stands against it."""
    return {
        "role": about.role,
        "by": about.name,
        "sapaan_of": about.sapaan,
        "appointment": about.kind.value,
        "starts": about.starts and about.starts.isoformat(),
        "ends": about.ends and about.ends.isoformat(),
    }


def _person(s: OfficeSituation, number: int) -> Person:
    found = s.roster.person(number)
    if found is None:
        raise Unknown(subject=f"m{number}")
    return found


def _appointment(s: OfficeSituation, number: int) -> Appointment:
    found = s.roster.appointment(number)
    if found is None:
        raise Unknown(subject=f"a{number}")
    return found


def _order(text: str | None) -> str | None:
    """The number of an order as it is kept; None where there is none."""
    return read_text(read_number(text, "order"), "order") if text and text.strip() else None
