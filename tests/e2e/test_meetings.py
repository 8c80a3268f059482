"""A meeting on the phones: its date is changed, it is called off, it is closed; and what stands in people's calendars."""

import pytest

from bot.rehearsal import phone_calendar
from tests.e2e.desk import has
from tests.papers import paper

ICS = "rapat-ip-asn-2026-4.ics"


async def entries(office, role):
    """What the phone's calendar was told, the last last."""
    await office.settled()
    sent = [item for item in await office[role].messages() if item.by_bot and item.files and item.files[0].name == ICS]
    return [phone_calendar.read(await item.download()) for item in sent]


async def change(office, role, *, hour="13.00"):
    await office.tap(role, "Ubah Jadwal")
    await office.tap(role, "Jum 13 Nov")
    await office.tap(role, hour)
    await office.fill(role, "Aula")
    await office.tap(role, "Lewati")
    await office.tap(role, "Kirim")


@pytest.mark.parametrize("role", ["kabag_umum", "analis_sdm"])
async def test_who_changes_a_meeting_has_it_in_his_own_calendar(office, role):
    await office.walk_to(4)
    await change(office, role)
    for each in ("kabag_umum", "analis_sdm", "unit_terkait"):
        found = await entries(office, each)
        assert [item.sequence for item in found] == [0, 1], each
        assert f"{found[-1].starts:%d %H}" == "13 06"  # in UTC


@pytest.mark.parametrize("role", ["kabag_umum", "analis_sdm"])
async def test_who_calls_a_meeting_off_has_it_struck_out_of_his_own_calendar(office, role):
    await office.walk_to(4)
    await office.tap(role, "Batalkan Rapat")
    await office.tap(role, "Ya, Batalkan")
    for each in ("kabag_umum", "analis_sdm", "unit_terkait"):
        assert [item.is_cancelled for item in await entries(office, each)] == [False, True], each


async def test_who_dates_a_meeting_for_the_first_time_has_it_in_his_calendar(office):
    await office.walk_to(8)
    await office.tap("kabag_umum", "Jadwalkan Rapat")
    await office.tap("kabag_umum", "Kam 12 Nov")
    await office.tap("kabag_umum", "09.00")
    await office.tap("kabag_umum", "Ruang Rapat Lantai 4")
    await office.tap("kabag_umum", "Kirim")
    await office.settled()
    names = [item.files[0].name for item in await office["kabag_umum"].messages() if item.by_bot and item.files]
    assert names[-1] == "rapat-ip-asn-2026-8.ics"
    assert has((await office["kabag_umum"].messages())[-1], "Rapat Selesai")


async def test_who_dates_it_and_has_no_calendar_file_is_not_rung(office):
    """The outside party has none; nor has anybody a file of a meeting that is over."""
    await office.walk_to(8)
    card = await office.card("biro_sdm", "Jadwalkan Rapat")
    await office.tap("biro_sdm", "Jadwalkan Rapat")
    await office.tap("biro_sdm", "Kam 12 Nov")
    await office.tap("biro_sdm", "09.00")
    await office.fill("biro_sdm", "Aula")
    await office.tap("biro_sdm", "Kirim")
    await office.settled()
    assert (await office.card("biro_sdm", "Ubah Jadwal")).id == card.id


async def test_what_is_destroyed_is_asked_in_the_words_of_the_buttons(office):
    await office.walk_to(4)
    await office.tap("kabag_umum", "Batalkan Rapat")
    form = await office.card("kabag_umum", "Ya, Batalkan")
    assert form.labels == ("Ya, Batalkan", "Tidak Jadi")
    assert "Rapat berikut akan dibatalkan dan pembatalannya disampaikan kepada para undangan." in form.text
    answer = await office.tap("kabag_umum", "Tidak Jadi", form)
    assert answer.text == "Isian ditutup, tidak ada yang dicatat."
    await office.settled()
    assert form.id not in [item.id for item in await office["kabag_umum"].messages()]
    assert office.case.meeting(4) is not None


async def test_a_changed_meeting_says_what_it_was_and_hour_and_place_are_kept_by_a_tap(office):
    await office.walk_to(4)
    await office.tap("kabag_umum", "Ubah Jadwal")
    form = await office.card("kabag_umum", "Lain…")
    assert "Jadwal saat ini: Kamis, 12 Nov 2026, 09.30 WIB, di Ruang Rapat Lantai 4" in form.text
    assert form.labels[0] == "Tetap Kam 12 Nov"
    await office.tap("kabag_umum", "Jum 13 Nov")
    form = await office.card("kabag_umum", "Tetap 09.30")
    assert form.labels[:2] == ("Tetap 09.30", "08.00")
    await office.tap("kabag_umum", "Tetap 09.30")
    await office.tap("kabag_umum", "Tetap Ruang Rapat Lantai 4")
    await office.tap("kabag_umum", "Lewati")
    await office.tap("kabag_umum", "Kirim")
    await office.settled()
    meeting = office.case.meeting(4)
    assert (meeting.starts.isoformat(), meeting.place) == ("2026-11-13T09:30:00+07:00", "Ruang Rapat Lantai 4")
    for role in ("kabag_umum", "analis_sdm"):
        await office.says(
            role, "Jumat, 13 Nov 2026, 09.30 WIB, di Ruang Rapat Lantai 4 (semula Kamis, 12 Nov, 09.30 WIB)."
        )
    await office.says("unit_terkait", "Jadwal rapat telah berubah (semula Kamis, 12 Nov 2026, 09.30 WIB).")
    await office["kabag_umum"].send("/riwayat")
    await office.says("kabag_umum", "(semula Kamis, 12 Nov 2026, 09.30 WIB, di Ruang Rapat Lantai 4)")


async def bring_papers(office):
    for document in ("Notula", "Pemutakhiran data"):
        await office["kabag_umum"].send_file(f"{document}.pdf", paper(f"{document}.pdf", document.encode()))
        await office.settled()


async def test_a_meeting_is_closed_before_its_hour_only_when_that_is_confirmed(office):
    await office.walk_to(4)
    assert "Belum ada" in (await office.tap("kabag_umum", "Rapat Selesai")).text  # nothing is asked: papers are missing
    await bring_papers(office)
    await office.tap("kabag_umum", "Rapat Selesai")
    form = await office.says("kabag_umum", "Waktu rapat ini belum tiba.")
    assert (office.task.step, form.labels) == (4, ("Kirim", "Batal"))
    await office.tap("kabag_umum", "Kirim", form)
    assert office.task.step == 5


async def test_a_meeting_that_has_begun_is_closed_by_one_tap(office):
    await office.walk_to(4)
    await bring_papers(office)
    await office.advance(days=10, minutes=40)
    await office.settled()
    await office.tap("kabag_umum", "Rapat Selesai")
    assert office.task.step == 5


async def test_who_came_is_noted_after_the_beginning_and_nobody_only_by_a_second_kirim(office):
    await office.walk_to(4)
    answer = await office.tap("kabag_umum", "Daftar Hadir")
    assert answer.alert
    assert "Rapat dimulai pada 12 Nov, 09.30 WIB." in answer.text
    await office.advance(days=10, minutes=31)
    await office.settled()
    await office.tap("kabag_umum", "Daftar Hadir")
    answer = await office.tap("kabag_umum", "Kirim")
    assert (answer.alert, "Belum ada unit yang dipilih." in answer.text) == (True, True)
    form = await office.says("kabag_umum", "Belum ada unit yang dipilih.")
    assert "Daftar hadir tercatat" in (await office.tap("kabag_umum", "Kirim", form)).text
    assert [entry["refusal"] for entry in office.trail() if "refusal" in entry] == ["NotBegun", "NobodyCame"]


async def test_an_open_form_shows_the_meeting_as_somebody_else_has_moved_it_meanwhile(office):
    await office.walk_to(4)
    await office.tap("analis_sdm", "Ubah Jadwal")
    form = await office.says("analis_sdm", "Jadwal saat ini: Kamis, 12 Nov 2026, 09.30 WIB")
    await change(office, "kabag_umum")
    await office.settled()
    now = await office.now("analis_sdm", form)
    assert "Jadwal saat ini: Jumat, 13 Nov 2026, 13.00 WIB, di Aula" in now.text
    assert has(now, "Tetap Jum 13 Nov")
