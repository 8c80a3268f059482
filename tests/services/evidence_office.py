"""A small office with everything in its trail that an inspection replays: people who joined and a Plh, an archived case with a
paper decision, a withdrawn one, returns and a correction, a running case, checkpoints of two keys, and every file's bytes.
"""

import json
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from alur.evidence.note import Signer
from alur.services.cases import held
from alur.services.cases.perform import perform
from alur.services.evidence import checkpoints
from alur.services.people import enrolment, reach, staff
from alur.services.work import Work
from alur.storage import audit, members
from alur.storage.checkpoints import CheckpointRow
from alur.storage.named_files import named_in
from alur.workflow.engine.paper import Signer as OnPaper
from alur.workflow.office.appointing import Appoint, EndAppointment
from alur.workflow.office.joining import Invite, WithdrawInvitation
from alur.workflow.people import AppointmentKind
from tests import acts
from tests.factories import SOP, a_calendar, a_file, correction, only_task
from tests.services.house import House, a_procedure
from tests.services.lives import Life
from tests.workflow.walk import wib

NAMES = {
    "sekretaris": "Hartono",
    "kabag_umum": "Dewi",
    "analis_sdm": "Rina",
    "biro_sdm": "Andika",
    "tata_usaha": "Wulan",
    "admin": "Eko Pras",
}
UNITS = ("Sari", "Joko S")
UNDO = timedelta(seconds=20)
KEYS = (Signer("alur-audit-one", b"\x01" * 32), Signer("alur-audit-two", b"\x02" * 32))


@dataclass
class EvidenceOffice:
    house: House
    people: dict
    pasted: tuple[str, ...]


def an_office(database, store):
    house = House(database=database, calendar=a_calendar(), procedures=(a_procedure(SOP),), now=wib("2026-11-02 09:00"))
    people = _people(house)
    _begin(house, KEYS[0])
    first, _ = house.open(house.procedures[0], people["tata_usaha"])
    _on_paper(house, people, first)
    _withdrawn(house, people, first)
    _play(house, people, first, seed=4, most=24)
    signed = [_sign(house, KEYS[0])]
    _deputy(house, people)
    _play(house, people, first, seed=4)
    assert house.case(first).finished_at
    made = house.look(
        lambda work: correction(house.situation(work, first), people["tata_usaha"], "archive.location", "Lemari A-4")
    )
    assert house.act(first, made).refusal is None
    _begin(house, KEYS[1])
    second, _ = house.open(house.procedures[0], people["tata_usaha"], period="2027")
    _play(house, people, second, seed=7, most=14)
    assert house.case(second).open_tasks
    refused = house.act(second, acts.ReportObstacle(by=people["biro_sdm"], task=1, reason="Bukan giliran kami."))
    assert refused.refusal is not None
    signed.append(_sign(house, KEYS[1]))
    _store(database, store)
    return EvidenceOffice(house=house, people=people, pasted=tuple(row.note for row in signed))


def at(house, service, *values, **more):
    """With an office that is read anew: people come and go."""
    house.known.clear()
    work = {"calendar": house.calendar, "procedures": house.procedures, "at": house.now, "now": house.now}
    with house.database.write() as session:
        return service(Work(session=session, **work), *values, **more)


def _people(house):
    people, number = {}, 7_000_000_000
    for role, name in NAMES.items():
        number += 1
        code = at(house, enrolment.invite, Invite(role=role, name=name, sapaan="Ibu"))
        assert at(house, enrolment.enrol, telegram_id=number, code=code).refusal is None
        people[role] = at(house, lambda work, number=number: members.by_telegram_id(work.session, number).id)
    people["units"] = [house.enrol(name, "unit_terkait", unit=name).id for name in UNITS]
    at(house, enrolment.invite, Invite(role="analis_sdm", name="Budi", sapaan="Bapak", also=True))
    at(house, enrolment.invite, Invite(role="analis_sdm", name="Tono", sapaan="Bapak", also=True))
    at(house, staff.act, WithdrawInvitation(invitation=len(NAMES) + 2))
    at(house, reach.lost, telegram_id=7_000_000_004)
    return people


def _begin(house, signer):
    house.now += timedelta(minutes=7)
    house.transact(checkpoints.begin_key, signer)


def _sign(house, signer):
    house.now += timedelta(minutes=7)
    row = house.transact(lambda work: checkpoints.sign(work, checkpoints.measured(work), signer))
    assert isinstance(row, CheckpointRow)
    return row


def _deputy(house, people):
    day = house.now.date()
    order = {"order": "12/SPt/2026", "order_date": day, "order_file": a_file("surat perintah.pdf")}
    plh = Appoint(
        role="sekretaris", member=people["analis_sdm"], kind=AppointmentKind.PLH, starts=day + timedelta(days=1),
        ends=day + timedelta(days=2), **order,
    )  # fmt: skip
    assert at(house, staff.act, plh).refusal is None
    number = at(house, lambda work: max(item.id for item in work.office().appointments))
    assert at(house, staff.act, EndAppointment(appointment=number, on=day + timedelta(days=1))).refusal is None
    house.known.clear()


def _on_paper(house, people, case_id):
    act = acts.RecordPaper(
        by=people["tata_usaha"],
        task=1,
        revision=house.case(case_id).task(1).revision,
        inner=acts.Dispose(by=0, task=1, revision=1, text="Tindak lanjuti."),
        signer=OnPaper(name="Prof. Baskoro"),
        dated=date(2026, 11, 2),
        sheet=a_file("lembar.pdf"),
        is_sure=True,
    )
    assert house.act(case_id, act).refusal is None


def _withdrawn(house, people, case_id):
    """A decision that is held, withdrawn, taken anew and handed on."""
    by = people["kabag_umum"]
    for is_meant in (False, True):
        task = only_task(house.case(case_id))
        act = acts.Dispose(by=by, task=task.id, revision=task.revision, text="Tindak lanjuti.")
        made = house.transact(lambda work, act=act: perform(replace(work, undo=UNDO), case_id, act))
        assert made.refusal is None
        if is_meant:
            house.now += UNDO
            (due,) = house.look(held.due)
            assert house.transact(held.hand_on, due)
        else:
            assert house.act(case_id, acts.WithdrawDecision(by=by, task=task.id)).refusal is None
        house.now += timedelta(minutes=3)


def _play(house, people, case_id, *, seed, most=10_000):
    life = Life(random.Random(seed), people, house.case(case_id))
    life.until = house.now
    for when, act in life.moves():
        house.now = max(house.now, when)
        if house.act(case_id, act).refusal is None:
            most -= 1
        life.case, life.until = house.case(case_id), house.now
        if not most:
            break


def _store(database, store):
    """The bytes of which each file of the trail has its hash: lives make them of a name and a number."""
    with database.read() as session:
        texts = [entry.entry for owner in (None, 1, 2) for entry in audit.entries(session, owner)]
    named = {digest for entry in texts for digest in named_in(entry)}
    names = {name for entry in texts for name in _names(entry)}
    for name in sorted(names):
        for data in (name.encode(), *(f"{name} {number}".encode() for number in range(60))):
            digest = store.path("x").parent and _hash(data)
            if digest in named:
                assert store.put(data) == digest
    assert set(store.stored()) == named


def _hash(data):
    from hashlib import sha256

    return sha256(data).hexdigest()


def _names(value):
    found = []
    json.loads(json.dumps(value), object_hook=lambda item: found.append(item.get("name")) or item)
    return [name for name in found if name]
