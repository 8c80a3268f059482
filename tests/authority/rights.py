"""A row for every act, press and command: who may, asked of the rule itself, at every moment of a case. What has no row is
named by `tests/services/test_authority.py`; a new one is an entry below.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import get_args

from alur.storage.sop_files import content_hash
from alur.views import status
from alur.views.environment import vocabulary
from alur.views.screen import Reader
from alur.workflow.engine import begin
from alur.workflow.engine.acts import RULES
from alur.workflow.engine.acts.open_case import OpenCase
from alur.workflow.engine.acts.upload import Upload
from alur.workflow.engine.slots import slots
from alur.workflow.engine.standing import people_at
from alur.workflow.errors import NotHolder, Refusal
from alur.workflow.office import decide
from alur.workflow.office.appointing import Appoint, ChangeAppointment, EndAppointment, HandOverRole
from alur.workflow.office.decide import StaffAct
from alur.workflow.office.joining import Invite, WithdrawInvitation
from alur.workflow.office.persons import ChangePerson, Unlink
from alur.workflow.office.rooms import STAFF_RULES
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import ADMIN, AppointmentKind
from alur.workflow.presses import (
    AnyPress,
    FormPress,
    On,
    PressAct,
    PressAllFiles,
    PressAppointment,
    PressAppointments,
    PressArchiveList,
    PressBoard,
    PressCard,
    PressCases,
    PressControlCard,
    PressDocumentsPage,
    PressFiles,
    PressHistory,
    PressHistoryPage,
    PressInvitation,
    PressLess,
    PressMore,
    PressOpen,
    PressOrder,
    PressPeople,
    PressPerson,
    PressPlace,
    PressReport,
    PressStaff,
    PressStatusCase,
    PressStatusPage,
    PressTasksPage,
    PressVersion,
)
from alur.workflow.reading import SHOWN_ON, concerned, readable, reads_whole
from alur.workflow.sop import Right
from handlers.texts import SCREENS
from tests.authority.moments import MOMENTS
from tests.authority.people import (
    ASKED,
    DAY,
    GUESTS,
    INVITED_ADMIN,
    INVITED_DESK,
    INVITED_UNIT,
    NEW_UNIT,
    OFFICE,
    ORDER,
    ROLES,
    ROSTER,
    TODAY,
    Kind,
    appointment_of,
    who,
)
from tests.authority.people import (
    RULES as OFFICE_RULES,
)
from tests.factories import SOP, a_file

HASH = content_hash(SOP)
DESK = ROLES[0]  # a post as any other: who may decide about it is who may about each


@dataclass(frozen=True, kw_only=True)
class Row:
    """`of` are the acts, presses and commands whose row it is; `may` says whether somebody may at a moment."""

    title: str
    of: tuple
    may: Callable


def cell(row, somebody):
    """The moments at which he may."""
    return tuple(moment.name for moment in MOMENTS if _may(row.title, moment.name, somebody))


@cache
def _may(title, name, somebody):
    row = next(item for item in ROWS if item.title == title)
    moment = next(item for item in MOMENTS if item.name == name)
    return somebody.member is not None and bool(row.may(moment, somebody.member))


# Acts of a case


def allows(rule, s, member, on):
    """Whether the rule lets the member act; nobody, where no button names it."""
    try:
        rule.check_running(s)
        return bool(rule.name and rule.may(s, member, on))
    except Refusal:
        return False


def the_letter(by):
    return OpenCase(
        by=by, period="2027", letter_number="B-1/2026", letter_date=date(2026, 11, 20), file=a_file("surat.pdf")
    )


def _of_rule(rule):
    ons = {moment.name: tuple(moment.ons(rule)) for moment in MOMENTS}

    def may(moment, member):
        return any(allows(rule, moment.s, member, on) for on in ons[moment.name])

    return may


def _opens(moment, member):
    return begin(SOP, HASH, the_letter(member), ASKED, OFFICE).refusal is None


def landing(s, member):
    """The places where his file is taken: while the case stands still those of signed copies."""
    return tuple(slot for slot in slots(s, member) if slot.signed or s.case.suspension is None)


def _brings(moment, member):
    return bool(landing(moment.s, member))


UNLABELLED = {
    "upload": "a file that is sent",
    "grant_days": "days for an obstacle",
    "hand_over_invited": "Sudah Disampaikan, to whoever has not joined",
    "hand_on": "the clock's own: a held decision",
    "recount": "the clock's own count",
}


def _titled(rule):
    name = rule.act.model_fields["act"].default
    label = vocabulary("labels").get(rule.name) or UNLABELLED[name]
    return f"{label} (`{name}`)"


BEGINS = {OpenCase: _opens, Upload: _brings}  # what no button of a case begins
ACTS = tuple(
    Row(title=_titled(rule), of=(rule,), may=BEGINS.get(rule.act, _of_rule(rule)))
    for rule in RULES
    if rule.act is not OpenCase
)
OPENING = next(
    Row(title="/mulai, Mulai Proses (`open_case`)", of=(rule, PressOpen, "mulai"), may=_opens)
    for rule in RULES
    if rule.act is OpenCase
)

# What is decided about people


def _plh(role, **more):
    """In the place of the definitive holder, by somebody who is free to."""
    free, absent = who(DESK, Kind.ENDED).id, who(role).id
    days = {"starts": TODAY, "ends": TODAY + 4 * DAY, "order": ORDER}
    return Appoint(role=role, member=free, kind=AppointmentKind.PLH, in_place_of=absent, **days, **more)


def _number(role, kind):
    return appointment_of(who(role, kind)).id


def _later(role):
    return ChangeAppointment(appointment=_number(role, Kind.PLH), ends=TODAY + 5 * DAY)


def _ends(role, kind):
    return EndAppointment(appointment=_number(role, kind))


# Each is one that nothing stands against but, perhaps, who asks for it.
STAFF_ACTS = {
    "Appoints a Plh to a post": _plh(DESK),
    "Appoints a Plh of an administrator": _plh(ADMIN),
    "Changes the days of a Plh": _later(DESK),
    "Changes the days of an administrator's Plh": _later(ADMIN),
    "Akhiri Penugasan of a Plt": _ends(DESK, Kind.PLT),
    "Akhiri Penugasan of an administrator's Plt": _ends(ADMIN, Kind.PLT),
    "Akhiri Penugasan of a definitive holder": _ends(DESK, Kind.BESIDE),
    "Serahkan Jabatan": HandOverRole(appointment=_number(DESK, Kind.BESIDE), to=who(DESK, Kind.ENDED).id),
    "Undang Pegawai to a unit": Invite(role=GUESTS[0], name="Pegawai Baru", unit=NEW_UNIT),
    "Undang Pegawai to a post": Invite(role=DESK, name="Pegawai Baru", also=True),
    "Undang Pegawai as administrator": Invite(role=ADMIN, name="Pegawai Baru"),
    "Undang Pegawai with another phone": Invite(member=who(DESK, Kind.UNLINKED).id),
    "Tarik Pendaftaran of a unit": WithdrawInvitation(invitation=INVITED_UNIT),
    "Tarik Pendaftaran of a post": WithdrawInvitation(invitation=INVITED_DESK),
    "Tarik Pendaftaran of an administrator": WithdrawInvitation(invitation=INVITED_ADMIN),
    "Ubah Data": ChangePerson(member=who(DESK).id, name="Pegawai Lama"),
    "Lepas Telepon": Unlink(member=who(DESK, Kind.BESIDE).id),
}


def refusal_of(act, member):
    """Why the office refuses the act to the member, if it does."""
    return decide(ROSTER, act.model_copy(update={"by": member}), ASKED, rules=OFFICE_RULES).refusal


def _decides(act):
    @cache
    def decides(member):
        refusal = refusal_of(act, member)
        assert refusal is None or isinstance(refusal, NotHolder), (act, refusal)
        return refusal is None

    return lambda _moment, member: decides(member)


def staff_ons(rule):
    """All that a button of the rule could be about."""
    numbers = {
        "member": [item.id for item in ROSTER.people],
        "appointment": [item.id for item in ROSTER.appointments],
        "invitation": [item.id for item in ROSTER.invitations],
    }
    return [On()] if rule.about is None else [On(**{rule.about: number}) for number in numbers[rule.about]]


def allows_staff(rule, member, on):
    """Whether the room lets the member do it, or begin its form."""
    return rule.offers(OfficeSituation(roster=ROSTER, rules=OFFICE_RULES, at=ASKED, now=ASKED), member, on)


def _presses_staff(rule):
    ons = staff_ons(rule)
    may = cache(lambda member: any(allows_staff(rule, member, on) for on in ons))
    return lambda _moment, member: may(member)


ABOUT_PEOPLE = (
    *(Row(title=title, of=(type(act),), may=_decides(act)) for title, act in STAFF_ACTS.items()),
    *(
        Row(
            title=f"in chat: {vocabulary('forms')[rule.name].lower()} (`{rule.name}`)",
            of=(rule,),
            may=_presses_staff(rule),
        )
        for rule in STAFF_RULES
    ),
)

_DECIDERS = {ADMIN, *(role.id for role in SOP.roles if Right.APPOINT in role.may)}
_PLH, _PEOPLE = (
    (PressAppointments, PressAppointment, PressOrder, "plh"),
    (PressPeople, PressPerson, PressInvitation, "kelola"),
)
ABOUT_PEOPLE = (
    *ABOUT_PEOPLE,
    *(
        Row(title=title, of=of, may=lambda _moment, member: not _DECIDERS.isdisjoint(OFFICE.roles(member, ASKED)))
        for title, of in (("/plh and its pages", _PLH), ("/kelola and its pages", _PEOPLE))
    ),
)

# What is read


def reader(member):
    person = ROSTER.person(member)
    held = {"roles": OFFICE.roles(member, ASKED), "reads": OFFICE.reads(member, ASKED)}
    return Reader(member=member, name=person.name, sapaan=None, unit=person.unit, **held)


def versions_for(moment, member):
    roles = OFFICE.reads(member, ASKED)
    return readable(moment.s, member=member, unit=ROSTER.person(member).unit, roles=roles)


def _shown_on(screen):
    def may(moment, member):
        concerns = concerned(SOP, moment.s.case)
        return any(concerns.get(role) in SHOWN_ON[screen] for role in OFFICE.reads(member, ASKED))

    return may


def _reads_cases(_moment, member):
    return reads_whole(SOP, OFFICE.reads(member, ASKED))


def _stands_whole(moment, member):
    return status.lines(moment.s, reader(member)).is_whole


def _stands_in_part(moment, member):
    found = status.lines(moment.s, reader(member))
    return found.has_news and not found.is_whole


def _reads_all(moment, member):
    return versions_for(moment, member) == tuple(item for item in moment.s.case.versions if not item.withdrawn)


def _reads_some(moment, member):
    return versions_for(moment, member) and not _reads_all(moment, member)


def _has_card(moment, member):
    return any(item.member == member for task in moment.s.case.open_tasks for _, item in people_at(moment.s, task))


BOARD = Row(title="/status: Papan", of=(PressBoard,), may=_stands_whole)
_STATUS, _FILES = (PressStatusPage, PressStatusCase, "status"), (PressVersion, PressAllFiles)
STATUS_WHOLE = Row(title="/status: the case whole", of=_STATUS, may=_stands_whole)
STATUS_PART = Row(title="/status: what concerns him", of=_STATUS, may=_stands_in_part)
DOCUMENTS = Row(
    title="/berkas, Lihat Berkas",
    of=(PressFiles, PressDocumentsPage, PressCases, "berkas"),
    may=_shown_on("documents"),
)
ARCHIVE_LIST = Row(title="/berkas: Daftar Isi Berkas", of=(PressArchiveList,), may=_stands_whole)
HISTORY = Row(
    title="/riwayat, Riwayat, Kartu Kendali",
    of=(PressHistory, PressHistoryPage, PressCases, PressControlCard, "riwayat"),
    may=_shown_on("history"),
)
REPORT = Row(title="/laporan", of=(PressReport, "laporan"), may=_reads_cases)
ALL_FILES = Row(title="The files: every version", of=_FILES, may=_reads_all)
SOME_FILES = Row(title="The files: what he was sent, and his own", of=_FILES, may=_reads_some)
CARD = Row(title="/tugas, Buka Kartu", of=(PressCard, PressMore, PressLess, PressTasksPage, "tugas"), may=_has_card)
READING = (STATUS_WHOLE, STATUS_PART, BOARD, DOCUMENTS, ARCHIVE_LIST, HISTORY, REPORT, ALL_FILES, SOME_FILES, CARD)

# What is everybody's own, whatever he holds


def _is_member(moment, member):
    return True


OWN = (
    Row(title="/start, /bantuan, /batal", of=("start", "bantuan", "batal"), may=_is_member),
    Row(title="the buttons of one's own form", of=tuple(FormPress.__subclasses__()), may=_is_member),
    Row(title="which document a file of one's own is", of=(PressPlace,), may=_is_member),
)

GROUPS = {
    "Acts of a case": (OPENING, *ACTS),
    "Decisions about people": ABOUT_PEOPLE,
    "Reading": READING,
    "One's own": OWN,
}
ROWS = tuple(row for rows in GROUPS.values() for row in rows)


def _leaves(union):
    """What a union names, of an act's base its kinds."""
    for item in get_args(union) or (union,):
        if get_args(item):
            yield from _leaves(item)
        else:
            yield from item.__subclasses__() or (item,)


def everything():
    """Every act, press and command that the code has. What a `PressAct` or `PressStaff` begins is in the rules."""
    presses = set(_leaves(AnyPress)) - {PressAct, PressStaff}
    return {*RULES, *STAFF_RULES, *get_args(StaffAct), *presses, *SCREENS, "batal"}
