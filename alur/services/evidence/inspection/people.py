"""The office's chain: the people and the signing keys that it tells of, against their rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Table
from sqlmodel import Session

from alur.services.evidence.inspection import chains
from alur.services.evidence.inspection.chains import OFFICE
from alur.services.evidence.inspection.compared import differences
from alur.services.evidence.inspection.files import Files
from alur.services.evidence.inspection.notes import PEOPLE, UNREADABLE, Notes
from alur.storage import inspected, signing_keys
from alur.storage.appointments import APPOINTMENTS
from alur.storage.audit import AuditEntry
from alur.storage.invites import INVITES
from alur.storage.members import MEMBERS
from alur.workflow.office.events import (
    Event,
    InvitationUsed,
    InvitationWithdrawn,
    KeyBegun,
    PersonAppointed,
    PersonChanged,
    PersonEnrolled,
    PersonInvited,
    apply,
)
from alur.workflow.office.roster import Invitation, Person, Roster
from alur.workflow.office.trail import events_of, is_older
from alur.workflow.people import Appointment


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    entry: int  # the number of the entry that tells of it
    at: datetime  # when it began


@dataclass
class Told:
    """What the office's chain tells. Entries of the first releases leave out some of it."""

    roster: Roster = field(default_factory=Roster)
    keys: dict[str, Key] = field(default_factory=dict)
    moments: dict[tuple[str, int], datetime] = field(
        default_factory=dict
    )  # of what a number names, when it was written
    vague: set[tuple[str, int]] = field(default_factory=set)  # what an older entry told, and none since
    is_whole: bool = True

    def follow(self, entry: AuditEntry, own: "Numbers") -> None:
        before = self.roster
        older = "refusal" not in entry.entry and is_older(entry.entry)
        for event in events_of(entry.entry, before):
            numbered = own.given(event) if older else event
            self.roster = apply(self.roster, numbered)
            self._note(numbered, entry, older=older)

    def _note(self, event: Event, entry: AuditEntry, *, older: bool) -> None:
        vague = set[tuple[str, int]]()
        match event:
            case PersonInvited(invitation=invitation):
                vague = {("invites", invitation.id)}
            case InvitationUsed(invitation=number):
                self._at("used_at", number, entry, is_known=not older)
            case InvitationWithdrawn(invitation=number):
                self.moments["withdrawn_at", number] = _applied(entry)
            case PersonEnrolled(person=person) | PersonChanged(person=person):
                vague = {("members", person.id)}
                self._at("enrolled_at", person.id, entry, is_known=not older)
            case KeyBegun(key=key):
                self.keys.setdefault(key, Key(entry=entry.id, at=_applied(entry)))
            case _:
                pass
        self.vague = self.vague | vague if older else self.vague - vague

    def _at(self, what: str, number: int, entry: AuditEntry, *, is_known: bool) -> None:
        """The first time counts; where it is not known, no later one takes its place."""
        if not is_known:
            self.vague.add((what, number))
        elif (what, number) not in self.vague:
            self.moments.setdefault((what, number), _applied(entry))


class Numbers:
    """Entries of the first releases name no number of what they made: it is the first row's that is like it."""

    def __init__(self, session: Session) -> None:
        self._appointments = list(inspected.people(session, APPOINTMENTS))
        self._invites = list(inspected.people(session, INVITES))

    def given(self, event: Event) -> Event:
        match event:
            case PersonAppointed(appointment=made):
                found = _taken(self._appointments, member_id=made.member, role=made.role)
                return PersonAppointed(appointment=made.model_copy(update={"id": found})) if found else event
            case PersonInvited(invitation=made):
                found = _taken(self._invites, role=made.role, name=made.name, unit=made.unit)
                return PersonInvited(invitation=made.model_copy(update={"id": found})) if found else event
        return event


def inspect_office(session: Session, notes: Notes, files: Files | None) -> dict[str, Key]:
    """The keys that its chain tells of. Without `files` they are all that is asked, and the people are not looked at."""
    told = Told()
    with notes.reading(OFFICE):
        numbers = Numbers(session)
        for entry in chains.entries(session, notes, OFFICE, None):
            if files is not None:
                files.add_in(OFFICE, entry.entry)
            if told.is_whole:
                try:
                    told.follow(entry, numbers)
                except UNREADABLE as error:
                    told.is_whole = False
                    what = f"what it tells cannot have happened ({type(error).__name__})"
                    notes.tell(chains.of(OFFICE, entry.seq), what)
    if told.is_whole:
        _keys(session, notes, told)
        if files is not None:
            _people(session, notes, files, told)
    return told.keys


def _keys(session: Session, notes: Notes, told: Told) -> None:
    with notes.reading(OFFICE, "signing_keys cannot be read"):
        must = [{"key": key, "begun_at": item.at} for key, item in told.keys.items()]
        stands = [{"key": key, "begun_at": at} for key, at in signing_keys.begun(session).items()]
        for what in differences(must, stands, ("key",), "signing_keys"):
            notes.tell(OFFICE, what)


def _people(session: Session, notes: Notes, files: Files, told: Told) -> None:
    roster = told.roster
    rows: dict[Table, Iterable[dict[str, Any]]] = {
        MEMBERS: (_member(told, item) for item in roster.people),
        APPOINTMENTS: (_appointment(item) for item in roster.appointments),
        INVITES: (_invite(told, item) for item in roster.invitations),
    }
    for table, must in rows.items():
        with notes.reading(OFFICE, f"{table.name} cannot be read", matter=PEOPLE):
            stands = inspected.people(session, table)
            for what in differences(list(must), stands, inspected.keys(table), table.name):
                notes.tell(OFFICE, what, matter=PEOPLE)
            if table is INVITES:
                _codes(notes, stands)
            for row in stands:
                files.add_in(OFFICE, dict(row))


def _codes(notes: Notes, stands: Iterable[inspected.Row]) -> None:
    """Of a code nothing is told, but that what is kept of it for a while is its own."""
    for row in stands:
        if row["code"] is not None and sha256(row["code"].encode()).hexdigest() != row["code_hash"]:
            notes.tell(OFFICE, f"invites (id {row['id']}) keeps another code than its own", matter=PEOPLE)


def _member(told: Told, person: Person) -> dict[str, Any]:
    must: dict[str, Any] = {"id": person.id, "name": person.name, "unit": person.unit, "reachable": person.reachable}
    if ("members", person.id) not in told.vague:
        must |= {"telegram_id": person.account, "sapaan": person.sapaan}
    return must | _moments(told, "enrolled_at", person.id)


def _appointment(item: Appointment) -> dict[str, Any]:
    file = item.order_file
    return {
        "id": item.id,
        "member_id": item.member,
        "role": item.role,
        "kind": item.kind,
        "order_number": item.order,
        "starts": item.starts,
        "ends": item.ends,
        "order_date": item.order_date,
        "order_file": file and file.model_dump(mode="json"),
        "in_place_of": item.in_place_of,
    }


def _invite(told: Told, item: Invitation) -> dict[str, Any]:
    must: dict[str, Any] = {
        **item.model_dump(include={"id", "role", "name", "unit", "member", "replaces"}),
        "withdrawn_at": told.moments.get(("withdrawn_at", item.id)),
    }
    if ("invites", item.id) in told.vague:
        return must
    used = {"used_at": None, **_moments(told, "used_at", item.id)}
    return must | {"sapaan": item.sapaan, "expires_at": item.expires_at, "used_by": item.used_by} | used


def _moments(told: Told, what: str, number: int) -> dict[str, Any]:
    return {what: told.moments[what, number]} if (what, number) in told.moments else {}


def _applied(entry: AuditEntry) -> datetime:
    return datetime.fromisoformat(entry.entry["applied"])


def _taken(rows: list[inspected.Row], **like: Any) -> int | None:
    """The number of the first row of these values, which is no longer among them."""
    for place, row in enumerate(rows):
        if all(row[name] == value for name, value in like.items()):
            return int(rows.pop(place)["id"])
    return None
