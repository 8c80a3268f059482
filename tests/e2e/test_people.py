"""A role changes hands while a case runs: a Plh comes and goes by the date, a post is handed over, a phone is lost."""

import asyncio
from datetime import date, datetime

import pytest
from sqlalchemy.exc import OperationalError

from alur.services.cases.perform import perform
from alur.services.incoming import presses
from alur.services.people import enrolment, staff
from alur.services.work import Work
from alur.storage import appointments
from alur.workflow.office.appointing import Appoint, ChangeAppointment, EndAppointment, HandOverRole
from alur.workflow.office.joining import Invite
from alur.workflow.office.persons import ChangePerson, Unlink
from alur.workflow.people import AppointmentKind
from bot import wiring
from bot.watch import Watch
from simulator.clock import Clock
from tests import acts
from tests.e2e.desk import MEETING, WIB

ORDER = "12/SPt/2026"
TUESDAY, WEDNESDAY = date(2026, 11, 3), date(2026, 11, 4)
ACTING = f"Plh. Kepala Bagian Umum (Budi, Surat Perintah Nomor {ORDER})"
RETURNED = "Tabel per unit belum sesuai notula."
READING = {"Lihat Berkas", "Riwayat"}
DECIDING = ("Setujui", "Kembalikan", "Tanya")


@pytest.fixture
def clock(monkeypatch):
    """Telegram's clock stands still at the moment that was set, and the bot sees it at once: what a test writes by it must not
    be shown by an earlier one.
    """
    stands_at = [datetime(2026, 11, 2, 9, 0, tzinfo=WIB)]
    monkeypatch.setattr(Clock, "now", lambda _clock: stands_at[0])
    monkeypatch.setattr(Watch, "now", lambda _watch: stands_at[0])

    def set_to(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> None:
        stands_at[0] = datetime(2026, 11, day, hour, minute, second, tzinfo=WIB)

    return set_to


async def write(office, service, *args):
    """A transaction beside the running bot's, at the office's own moment."""
    now = await office.telegram.clock()

    def transact():
        procedures, calendar = wiring.procedures(office.settings), wiring.calendar(office.settings, now)
        with office.database.write() as session:
            return service(Work(session=session, at=now, now=now, calendar=calendar, procedures=procedures), *args)

    return await asyncio.to_thread(transact)


async def decide(office, act):
    """As the command line does it."""
    decision = await write(office, staff.act, act)
    assert decision.refusal is None, decision.refusal
    return decision


async def colleague(office, name="Budi"):
    """The head of another division, who is a member with a phone."""
    return await office.enrol("unit_terkait", name, sapaan="Bapak", unit=f"Bagian {name}")


async def appoint(office, phone, first=TUESDAY, last=WEDNESDAY):
    """As Plh of the Kabag; the number of his appointment."""
    act = Appoint(
        role="kabag_umum",
        member=office._member(phone.id),
        kind=AppointmentKind.PLH,
        starts=first,
        ends=last,
        order=ORDER,
    )
    (event,) = (await decide(office, act)).events
    return event.appointment.id


def held_by(office, role):
    """The number of the appointment with which the first of the role holds it."""
    with office.database.read() as session:
        found = appointments.all_(session)
    return next(item.id for item in found if item.role == role and item.member == office.members[role])


async def pressable(office, phone, step):
    """Messages about the step with which something could be decided."""
    await office.settled()
    shown = await office.phone(phone).messages()
    place = f"Langkah {step}/12"
    return [item for item in shown if place in item.text and not set(DECIDING).isdisjoint(item.labels)]


async def loses(office, phone, step):
    """Until he has nothing more to decide there."""

    async def has_none():
        return not await pressable(office, phone, step)

    await office.until(has_none, f"the buttons of step {step} to go")


async def is_bare(office, phone, message):
    """Whether nothing can be done with the message any more but to read."""
    return set((await office.now(phone, message)).labels) <= READING


def decided(office, step):
    """Who closed the step last, as it stands in the case."""
    return [task for task in office.case.tasks if task.step == step and task.closing][-1].closing.by


async def test_between_two_steps_a_plh_takes_over_by_the_date_decides_and_gives_back(any_office, clock):
    office = any_office
    plh = await colleague(office)
    await office.walk_to(6)
    await office.tap("kabag_umum", "Setujui")
    await appoint(office, plh)
    told = await office.says(plh, "ditugaskan sebagai Plh. Kepala Bagian Umum", ORDER)
    assert "mulai Selasa, 3 Nov 2026 sampai dengan Rabu, 4 Nov 2026" in told.text
    await office.says("kabag_umum", "tugas Kepala Bagian Umum dijalankan oleh Plh. Kepala Bagian Umum (Budi")
    await office.tap("sekretaris", "Kembalikan")
    await office.tap("sekretaris", "Lanjut")
    await office.fill("sekretaris", RETURNED)
    await office.tap("sekretaris", "Kirim")
    (mine,) = await pressable(office, "kabag_umum", 6)

    clock(3, 8)
    card = await office.card(plh, "Setujui")
    assert RETURNED in card.text
    await loses(office, "kabag_umum", 6)
    shown = await office.now("kabag_umum", mine)
    assert f"ditindaklanjuti oleh {ACTING} sampai dengan Rabu, 4 Nov 2026" in shown.text
    assert not set(DECIDING) & set(shown.labels)
    refused = await office["kabag_umum"].press(mine, "Setujui")
    assert refused.alert
    assert "sedang dijalankan oleh Plh. Kepala Bagian Umum (Budi)" in refused.text
    assert (office.refusals(), office.task.step) == (["Substituted"], 6)

    await office.tap(plh, "Setujui")
    await office.fill(plh, "Sudah sesuai notula.")
    await office.tap(plh, "Kirim")
    assert office.task.step == 7
    assert (decided(office, 6).name, decided(office, 6).kind, decided(office, 6).order) == ("Budi", "plh", ORDER)
    await office["sekretaris"].send("/riwayat")
    await office.says("sekretaris", f"{ACTING} menyetujui dokumen langkah 6")
    await office.tap("sekretaris", "Setujui")
    await office.tap("sekretaris", "Kirim")
    waiting = await office.says(plh, "Langkah 8/12")

    clock(5, 8)
    await office.card("kabag_umum", "Jadwalkan Rapat")
    await office.until(lambda: is_bare(office, plh, waiting), "the Plh's card to lose its buttons")


async def test_the_last_second_of_the_last_day_is_the_plhs_and_the_next_is_the_holders(any_office, clock):
    office = any_office
    plh = await colleague(office)
    await office.walk_to(6)
    await appoint(office, plh, last=TUESDAY)
    clock(2, 23, 59, 59)
    early = await office["kabag_umum"].press(await office.card("kabag_umum", "Setujui"), "Setujui")
    assert "Persetujuan tercatat" in early.text
    assert (decided(office, 6).name, office.task.step) == ("Dewi", 7)
    await office.tap("sekretaris", "Kembalikan")
    await office.tap("sekretaris", "Lanjut")
    await office.fill("sekretaris", RETURNED)
    await office.tap("sekretaris", "Kirim")
    mine = await office.card("kabag_umum", "Kembalikan")

    clock(3)
    late = await office["kabag_umum"].press(mine, "Kembalikan")
    assert "sedang dijalankan oleh Plh. Kepala Bagian Umum (Budi)" in late.text
    card = await office.card(plh, "Kembalikan")
    clock(3, 23, 59, 59)
    await office.tap(plh, "Kembalikan", card)
    await office.tap(plh, "Lanjut")
    await office.fill(plh, RETURNED)
    form = await office.card(plh, "Kirim")

    clock(4)
    over = await plh.press(form, "Kirim")
    assert over.alert
    assert (office.task.step, office.refusals()[0]) == (6, "Substituted")
    await office.tap("kabag_umum", "Setujui")
    await office.fill("kabag_umum", "Sudah sesuai.")
    await office.tap("kabag_umum", "Kirim")
    assert (decided(office, 6).name, office.task.step) == ("Dewi", 7)


async def test_a_press_of_the_last_day_that_is_worked_on_the_next_is_the_plhs(any_office, clock, monkeypatch):
    office = any_office
    plh = await colleague(office)
    clock(3, 8)
    await office.walk_to(6)
    await appoint(office, plh, last=TUESDAY)
    card = await office.card(plh, "Setujui")
    tries, is_there, press = [], asyncio.Event(), presses.press

    def while_it_is_there(work, **given):
        tries.append(work.at)
        if not is_there.is_set():
            raise OperationalError("the database is away", {}, Exception())
        return press(work, **given)

    monkeypatch.setattr(presses, "press", while_it_is_there)
    clock(3, 23, 59, 59)
    pressed = asyncio.create_task(plh.press(card, "Setujui"))
    await office.until(lambda: tries, "the press to be received")
    clock(4)
    await office.until(lambda: has_buttons(office, "kabag_umum", 6), "the day to begin")
    is_there.set()
    assert "Persetujuan tercatat" in (await pressed).text
    assert (decided(office, 6).name, decided(office, 6).kind) == ("Budi", "plh")
    assert set(tries) == {datetime(2026, 11, 3, 23, 59, 59, tzinfo=WIB)}


async def has_buttons(office, phone, step):
    place = f"Langkah {step}/12"
    return any(place in item.text and "Setujui" in item.labels for item in await office.phone(phone).messages())


async def test_what_a_plh_has_half_written_ends_politely_at_midnight(any_office, clock):
    office = any_office
    plh = await colleague(office)
    clock(3, 8)
    await office.walk_to(6)
    await appoint(office, plh, last=TUESDAY)
    await office.tap(plh, "Kembalikan")
    await office.tap(plh, "Lanjut")
    await office.asked(plh)

    clock(4)
    ended = await office.says(plh, "tidak berlaku lagi")
    assert (ended.labels, "langkah 6" in ended.text) == ((), True)
    await office.card("kabag_umum", "Setujui")
    await plh.send("Tabel per unit belum sesuai notula.")
    await office.settled()
    assert (office.task.step, office.case.task(office.task.id).returns) == (6, ())
    assert not await pressable(office, plh, 6)


async def test_an_order_that_is_entered_late_moves_the_card_at_once_and_its_end_gives_it_back(any_office, clock):
    office = any_office
    plh = await colleague(office)
    await office.walk_to(6)
    clock(4, 10)
    number = await appoint(office, plh, first=TUESDAY, last=date(2026, 11, 30))
    await office.card(plh, "Setujui")
    await loses(office, "kabag_umum", 6)
    await decide(office, EndAppointment(appointment=number))
    await office.card("kabag_umum", "Setujui")
    await loses(office, plh, 6)
    assert len(await pressable(office, "kabag_umum", 6)) == 1


async def test_a_plh_whose_days_or_name_change_is_told_anew_on_the_absent_holders_card(any_office, clock):
    office = any_office
    plh = await colleague(office)
    await office.walk_to(6)
    clock(3, 8)
    number = await appoint(office, plh)
    mine = await office.says("kabag_umum", "sampai dengan Rabu, 4 Nov 2026", "Tidak ada tindakan yang diperlukan")
    await decide(office, ChangeAppointment(appointment=number, ends=date(2026, 11, 6), order="13/SPt/2026"))
    longer = await office.says("kabag_umum", "Surat Perintah Nomor 13/SPt/2026) sampai dengan Jumat, 6 Nov 2026")
    await decide(office, ChangePerson(member=office._member(plh.id), name="Budiman"))
    named = await office.says("kabag_umum", "Plh. Kepala Bagian Umum (Budiman")
    assert mine.id == longer.id == named.id


async def test_whoever_is_absent_is_rung_by_nothing_that_goes_on_at_his_task(any_office, clock):
    office = any_office
    plh = await colleague(office)
    await office.walk_to(8)
    mine = await office.card("kabag_umum", "Jadwalkan Rapat")
    clock(3, 8)
    await appoint(office, plh)
    await office.card(plh, "Jadwalkan Rapat")
    await office.until(lambda: is_bare(office, "kabag_umum", mine), "the absent holder's card to say so")
    await office.settled()
    before = len(await office["kabag_umum"].messages())
    meeting = acts.ScheduleMeeting(by=office.members["biro_sdm"], step=8, starts=MEETING, place="Ruang Rapat")
    assert (await write(office, perform, office.record.id, meeting)).refusal is None
    await office.says(plh, "Langkah 8/12", "12 Nov 2026, 09.30 WIB")
    await office.settled()
    assert len(await office["kabag_umum"].messages()) == before


async def test_whoever_drafted_decides_nothing_over_it_as_plh(any_office, clock):
    office = any_office
    clock(3, 8)
    await office.walk_to(3)
    number = await appoint(office, office["analis_sdm"])
    refused = await office.tap("analis_sdm", "Disposisikan")
    assert "Mohon maaf, Ibu" in refused.text
    assert (office.refusals(), office.task.step) == (["OwnDraft"], 3)
    await decide(office, EndAppointment(appointment=number))
    await office.walk_to(6)
    await appoint(office, office["analis_sdm"])
    refused = await office.tap("analis_sdm", "Setujui")
    assert refused.alert
    assert (office.refusals(), office.task.step) == (["OwnDraft", "OwnDraft"], 6)


async def test_a_post_that_is_handed_over_takes_its_open_tasks_along(any_office):
    office = any_office
    successor = await colleague(office)
    await office.walk_to(6)
    await decide(office, HandOverRole(appointment=held_by(office, "kabag_umum"), to=office._member(successor.id)))
    await office.card(successor, "Setujui")
    await loses(office, "kabag_umum", 6)
    await office["kabag_umum"].send("/tugas")
    await office.says("kabag_umum", "tidak ada tugas")
    await office.tap(successor, "Setujui")
    assert (decided(office, 6).name, decided(office, 6).kind) == ("Budi", "definitif")


async def test_a_member_who_has_ended_decides_and_reads_nothing_any_more(any_office):
    office = any_office
    await office.walk_to(6)
    (mine,) = await pressable(office, "kabag_umum", 6)
    await decide(office, EndAppointment(appointment=held_by(office, "kabag_umum")))
    await loses(office, "kabag_umum", 6)
    refused = await office["kabag_umum"].press(mine, "Setujui")
    assert (refused.alert, office.task.step) == (True, 6)
    await office["kabag_umum"].send("/riwayat")
    await office.says("kabag_umum", "Mohon maaf")
    successor = await office.enrol("kabag_umum", "Budi", sapaan="Bapak")
    await office["admin"].send("/bantuan")  # what was written beside the bot is delivered with it
    await office.card(successor, "Setujui")


async def test_a_lost_phone_is_nobodys_from_that_moment_on_and_a_new_one_gets_the_open_cards(any_office):
    office = any_office
    await office.walk_to(6)
    lost = office["kabag_umum"]
    (card,) = await pressable(office, lost, 6)
    await office.end()
    pressed = asyncio.create_task(lost.press(card, "Setujui"))
    await office.until(office.telegram.waiting_updates, "a press while the bot is away")
    await decide(office, Unlink(member=office.members["kabag_umum"]))
    await office.begin()
    assert (await pressed).alert
    assert office.task.step == 6
    await office.until(lambda: is_empty(office, lost, card), "the card of the lost phone to lose its buttons")
    await lost.send("/tugas")
    await office.says(lost, "hanya untuk pegawai yang terdaftar")
    assert "NotMember" in office.refusals(of_office=True)

    code = await write(office, enrolment.invite, Invite(member=office.members["kabag_umum"]))
    new = await office.telegram.person("Dewi (baru)")
    await new.send(f"/start {code}")
    await office.says(new, "Selamat datang", "Dewi")
    await office.tap(new, "Setujui")
    by = decided(office, 6)
    assert (by.name, by.member, office.task.step) == ("Dewi", office.members["kabag_umum"], 7)


async def is_empty(office, phone, message):
    return not (await office.now(phone, message)).labels


async def test_what_was_on_its_way_to_a_phone_that_is_unlinked_loses_its_buttons_too(any_office):
    office = any_office
    await office.walk_to(6)
    lost = office["kabag_umum"]
    (card,) = await pressable(office, lost, 6)
    await office.telegram.faults("late", "sendMessage", chat_id=lost.id, seconds=2.0)
    await lost.press(card, "Kembalikan")
    form = await lost.wait_for(lambda message: message.by_bot and message.id > card.id and message.labels)
    await decide(office, Unlink(member=office.members["kabag_umum"]))
    await office.until(lambda: is_empty(office, lost, form), "the form that was just sent to lose its buttons")
