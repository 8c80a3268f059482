"""Moments, sizes and names in Indonesian, as every message writes them."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from alur.views.environment import vocabulary
from alur.views.screen import Reader
from alur.workflow.case import UNIT_FILE, Closing, Meeting, Version
from alur.workflow.engine import Situation
from alur.workflow.mending import Paper
from alur.workflow.people import Actor, AppointmentKind
from alur.workflow.sop import Sop
from alur.workflow.written_hours import zone_label


class Taken(Protocol):
    """A decision, or a return, that says when it was taken and whether on paper."""

    @property
    def at(self) -> datetime: ...
    @property
    def paper(self) -> Paper | None: ...


LOCALE = "id_ID"
JAKARTA: tzinfo = ZoneInfo("Asia/Jakarta")  # where a message knows no case, and so no office's zone


def day(value: date) -> str:
    """As in "Selasa, 15 Des 2026"."""
    return str(format_date(value, "EEEE, d MMM y", locale=LOCALE))


def short_day(value: date) -> str:
    """On a button: "Sel 15 Des"."""
    return str(format_date(value, "EEE d MMM", locale=LOCALE))


def short_date(value: date) -> str:
    """For an alert: "15 Des"."""
    return str(format_date(value, "d MMM", locale=LOCALE))


def date_of_record(value: date) -> str:
    """The same of another year: "15 Des 2026"."""
    return str(format_date(value, "d MMM y", locale=LOCALE))


def letter_day(value: date) -> str:
    """As a letter is dated: "2 November 2026"."""
    return str(format_date(value, "d MMMM y", locale=LOCALE))


def moment(value: datetime, zone: tzinfo) -> str:
    """As in "Selasa, 15 Des 2026, 16.00 WIB"."""
    local = value.astimezone(zone)
    return f"{day(local.date())}, {hour(local)}"


def taken(decision: Taken, zone: tzinfo) -> str:
    """When it was decided: of what stands on paper the day alone is known."""
    return day(decision.at.astimezone(zone).date()) if decision.paper is not None else moment(decision.at, zone)


def recorded(closing: Closing, zone: tzinfo) -> str:
    """When the office came to know of it; of what stands on paper the day alone, too."""
    at = closing.recorded_at
    return day(at.astimezone(zone).date()) if closing.paper is not None else moment(at, zone)


def near_moment(value: datetime, zone: tzinfo) -> str:
    """Of a day that is near: "Senin, 14 Des, 16.00 WIB"."""
    local = value.astimezone(zone)
    return f"{format_date(local.date(), 'EEEE, d MMM', locale=LOCALE)}, {hour(local)}"


def short_moment(value: datetime, zone: tzinfo) -> str:
    """For an alert: "15 Des, 09.10 WIB"."""
    local = value.astimezone(zone)
    return f"{format_date(local.date(), 'd MMM', locale=LOCALE)}, {hour(local)}"


def clock(value: datetime, zone: tzinfo) -> str:
    """To the second, of today: "10.15.20"."""
    return f"{value.astimezone(zone):%H.%M.%S}"


def line_moment(value: datetime, zone: tzinfo, *, year: int) -> str:
    """At the beginning of a line: "Sel 13 Okt, 09.00"; of another year than `year` "Sel 13 Okt 2026, 09.00"."""
    local = value.astimezone(zone)
    pattern = "EEE d MMM" if local.year == year else "EEE d MMM y"
    return f"{format_date(local.date(), pattern, locale=LOCALE)}, {local:%H.%M}"


def line_day(value: datetime, zone: tzinfo) -> str:
    """The same of a day whose hour is not known: "Sel 13 Okt 2026"."""
    return str(format_date(value.astimezone(zone).date(), "EEE d MMM y", locale=LOCALE))


def hour(local: datetime) -> str:
    return f"{local:%H.%M} {zone_label(local)}".strip()


def meeting(found: Meeting, zone: tzinfo) -> str:
    """As in "Kamis, 12 Nov 2026, 09.30 WIB, di Ruang Rapat Lantai 4"."""
    return f"{moment(found.starts, zone)}, di {found.place}"


def size(count: int) -> str:
    """As in "1,2 MB"; in steps of 1000, as phones count."""
    for limit, unit in ((1_000_000, "MB"), (1_000, "KB")):
        if count >= limit:
            return f"{format_decimal(count / limit, '#,##0.#', locale=LOCALE)} {unit}"
    return f"{count} B"


def sapaan(reader: Reader | None) -> str:
    return (reader.sapaan if reader else None) or vocabulary("titles")["sapaan"]


def role_title(role: str, sops: Iterable[Sop]) -> str:
    """The post as people know it. An id that no SOP at hand knows is made readable."""
    if role in vocabulary("posts"):
        return vocabulary("posts")[role]
    titles = (item.title for sop in sops for item in sop.roles if item.id == role)
    return next(titles, role.replace("_", " ").title() if "_" in role else role)


def post(role: str, kind: AppointmentKind | str, sops: Iterable[Sop]) -> str:
    """As in "Kepala Bagian Umum", "Plh. Kepala Bagian Umum"."""
    acting = vocabulary("acting").get(str(kind))
    title = role_title(role, sops)
    return f"{acting} {title}" if acting else title


def desk(role: str, s: Situation) -> str:
    """On whose desk something lies: "Plh. Kepala Bagian Umum" while a Plh acts."""
    kinds = {item.kind for item in s.office.holders(role, s.now)}
    return post(role, kinds.pop() if len(kinds) == 1 else AppointmentKind.DEFINITIVE, (s.sop,))


def who(actor: Actor, sop: Sop) -> str:
    """How a sentence names an actor: his post; people of units and of outside parties by name and unit."""
    if is_guest(actor.role, sop):
        own = actor.sapaan or vocabulary("titles")["sapaan"]
        return f"{own} {actor.name} ({actor.unit or role_title(actor.role, (sop,))})"
    return post(actor.role, actor.kind, (sop,))


def record(actor: Actor, sop: Sop) -> str:
    """How the record names him: post and name, with the order behind a Plh or Plt (DOMAIN, "People")."""
    if not actor.order or is_guest(actor.role, sop):
        return signed(actor, sop)
    return f"{who(actor, sop)} ({actor.name}, {vocabulary('titles')['order']} {actor.order})"


def signed(actor: Actor, sop: Sop) -> str:
    """The same without the order: as in "Plh. Kepala Bagian Umum (Dewi)"."""
    return who(actor, sop) if is_guest(actor.role, sop) else f"{who(actor, sop)} ({actor.name})"


def person(actor: Actor) -> str:
    """As in "Ibu Rina"."""
    return f"{actor.sapaan or vocabulary('titles')['sapaan']} {actor.name}"


def is_official(role: str, sop: Sop) -> bool:
    """Whether others report to this role: it is addressed by its post, and asked for its leave."""
    return any(item.escalates_to == role for item in sop.roles)


def is_guest(role: str, sop: Sop) -> bool:
    """Whether the role reads only what it was sent: units, outside parties."""
    return any(item.id == role and item.reads == "sent" for item in sop.roles)


def salutation(reader: Reader, role: str | None, s: Situation | None) -> str:
    """Whom a message addresses behind *Yth.*: "Plh. Kepala Bagian Umum", "Ibu Rina", "Bapak Andi (Biro SDM)".

    `role` is the one in which he is written to.
    """
    own = sapaan(reader)
    if s is None or role is None or role not in {item.id for item in s.sop.roles}:
        return f"{own} {reader.name}".strip()
    if is_guest(role, s.sop):
        return f"{own} {reader.name} ({reader.unit or role_title(role, (s.sop,))})"
    if not is_official(role, s.sop):
        return f"{own} {reader.name}"
    appointment = s.office.appointment(reader.member, (role,), s.at)
    return post(role, appointment.kind if appointment else AppointmentKind.DEFINITIVE, (s.sop,))


def document_title(sop: Sop, version: Version) -> str:
    """The document's title; "Data <unit>" for a unit's file, and "… bertanda tangan" for a signed copy; of a sheet on which was
    decided, the step, which time it was, and the desk where that has several.
    """
    if version.sheet_of is not None:
        return sheet_title(sop, *version.sheet_of)
    if version.document == UNIT_FILE:
        return unit_title(sop, version.step, version.unit or "")
    title = sop.document(version.document).title
    return f"{title} {vocabulary('titles')['signed']}" if version.signed else title


def unit_title(sop: Sop, step: int, unit: str) -> str:
    tasks = sop.step(step).tasks if 1 <= step <= len(sop.steps) else ()
    own = next((task.unit_files for task in tasks if task.unit_files), vocabulary("titles")["unit_file"])
    return f"{own} {unit}"


def sheet_title(sop: Sop, number: int, index: int, nth: int) -> str:
    tasks, titles = sop.step(number).tasks, vocabulary("titles")
    title = titles["sheet_again"].format(number, nth) if nth > 1 else titles["sheet"].format(number)
    return f"{title} ({role_title(tasks[index].role, (sop,))})" if len(tasks) > 1 else title


def zone_label_on(value: date, zone: tzinfo) -> str:
    return zone_label(datetime(value.year, value.month, value.day, 12, tzinfo=zone))
