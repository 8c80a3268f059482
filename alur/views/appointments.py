"""Appointments in words: as a line of `/plh`, as the sentence before *Kirim*, and what is to be heeded about one."""

from collections.abc import Iterable, Iterator
from datetime import date

from babel.dates import format_date

from alur.views import words
from alur.views.environment import joined, vocabulary
from alur.workflow.office.conflicts import Conflict, arising
from alur.workflow.office.roster import Person
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import ADMIN, Appointment, Office, Stage
from alur.workflow.sop import Sop


def named(item: Appointment | Person) -> str:
    """As in "Ibu Dewi"."""
    return f"{item.sapaan or vocabulary('titles')['sapaan']} {item.name}"


def days(starts: date | None, ends: date | None) -> str:
    """In few characters: from the 7th to the 11th with the month said once, "7 Des 2026" of one day, "mulai 7 Des 2026"."""
    if starts is None or ends is None:
        return _open(starts, ends, "d MMM y")
    if starts == ends:
        return _day(ends, "d MMM y")
    same_year, same_month = starts.year == ends.year, (starts.year, starts.month) == (ends.year, ends.month)
    begins = _day(starts, "d" if same_month else "d MMM" if same_year else "d MMM y")
    return vocabulary("titles")["term"].format(begins, _day(ends, "d MMM y"))


def whole_days(starts: date | None, ends: date | None) -> str:
    """With their weekdays: "Senin, 7 Des s.d. Jumat, 11 Des 2026"."""
    if starts is None or ends is None or starts == ends:
        return _open(starts, None if starts == ends else ends, "EEEE, d MMM y", is_one=starts == ends)
    begins = _day(starts, "EEEE, d MMM" if starts.year == ends.year else "EEEE, d MMM y")
    return f"{begins} s.d. {_day(ends, 'EEEE, d MMM y')}"


def sentence(item: Appointment, sops: Iterable[Sop]) -> str:
    """What will be: "Plh. Kepala Bagian Umum: Ibu Dewi, Senin, 7 Des s.d. Jumat, 11 Des 2026, Surat Perintah Nomor 12"."""
    order = f"{vocabulary('titles')['order']} {item.order}" if item.order else ""
    parts = (named(item), whole_days(item.starts, item.ends), order)
    return f"{words.post(item.role, item.kind, sops)}: {', '.join(filter(None, parts))}"


def stage(item: Appointment, today: date) -> str:
    return vocabulary("stages")[item.stage(today)]


def listed(s: OfficeSituation) -> tuple[Appointment, ...]:
    """What `/plh` shows: who acts for another, and whose own appointment is still to begin or has a last day; first those that
    are not over, by their first day, then the last to end.
    """
    found = [item for item in s.roster.appointments if _is_listed(item, s.today)]
    over = [item for item in found if is_over(item, s.today)]
    ahead = [item for item in found if not is_over(item, s.today)]
    ahead.sort(key=lambda item: (item.starts or date.min, item.id or 0))
    over.sort(key=lambda item: (item.ends or date.min, item.id or 0), reverse=True)
    return (*ahead, *over)


def is_over(item: Appointment, today: date) -> bool:
    return item.stage(today) in (Stage.ENDED, Stage.WITHDRAWN)


def warnings(item: Appointment, office: Office, sops: tuple[Sop, ...], today: date) -> Iterator[str]:
    """What is to be heeded before it is entered; it forbids nothing."""
    if item.starts is not None and item.starts < today and item.id is None:
        yield vocabulary("appointment_oddities")["past"]
    for found in arising(sops, office, item, today):
        yield conflict(found, _name(found, (*office.appointments, item)), sops)


def conflict(found: Conflict, name: str, sops: Iterable[Sop]) -> str:
    """In a sentence without its full stop."""
    sops = tuple(sops)
    steps = vocabulary("titles")["steps"].format(joined(str(number) for number in found.steps))
    post, other = (words.role_title(role, sops) for role in (found.role, found.other))
    return vocabulary("conflicts")[found.kind].format(steps=steps, role=post, other=other, person=name)


def _name(found: Conflict, appointments: Iterable[Appointment]) -> str:
    return next(named(item) for item in appointments if item.member == found.member)


def _is_listed(item: Appointment, today: date) -> bool:
    if item.is_acting or item.stage(today) is Stage.SCHEDULED:
        return True
    return item.ends is not None and item.role != ADMIN


def _open(starts: date | None, ends: date | None, pattern: str, *, is_one: bool = False) -> str:
    titles = vocabulary("titles")
    if starts is not None:
        return _day(starts, pattern) if is_one else titles["from_day"].format(_day(starts, pattern))
    return titles["until_day"].format(_day(ends, pattern)) if ends is not None else ""


def _day(value: date, pattern: str) -> str:
    return str(format_date(value, pattern, locale=words.LOCALE))
