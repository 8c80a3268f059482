"""Days, hours and numbers that are typed as people write them: what is read, asked about, and said before *Kirim*."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from alur.storage import cases
from bot import wiring
from tests.papers import paper


@pytest.fixture
def makassar(monkeypatch):
    """The office's hours are WITA."""
    calendar = wiring.calendar(None, None)
    elsewhere = replace(calendar, zone=ZoneInfo("Asia/Makassar"))
    monkeypatch.setattr(wiring, "calendar", lambda _settings, _today: elsewhere)


async def _schedule(office):
    await office.walk_to(3, 1)
    await office.tap("analis_sdm", "Jadwalkan Rapat")
    await office.card("analis_sdm", "Lain…")
    return office


@pytest.fixture
async def scheduling(office):
    """The Analis has opened the form of the meeting's date."""
    return await _schedule(office)


@pytest.fixture
async def in_makassar(makassar, office):
    return await _schedule(office)


async def test_a_letters_own_words_for_day_and_hour_are_read_and_the_end_is_told_to_be_left_out(scheduling):
    office = scheduling
    await office.fill("analis_sdm", "Kamis/12 November 2026", "09.00-11.00 WIB", "Ruang Rapat Lantai 4")
    await office.says("analis_sdm", "Kamis, 12 Nov 2026", "Waktu: 09.00 WIB", "bukan waktu selesainya (11.00)")
    await office.tap("analis_sdm", "Kirim")
    assert office.case.meeting(4).starts.isoformat() == "2026-11-12T09:00:00+07:00"


async def test_a_day_with_its_hour_answers_both_questions(scheduling):
    office = scheduling
    await office.fill("analis_sdm", "Kamis, 12 Nov 2026, 09.30 WIB", "Ruang Rapat Lantai 4")
    await office.says("analis_sdm", "Kamis, 12 Nov 2026", "Waktu: 09.30 WIB", "Ruang Rapat Lantai 4")


async def test_a_weekday_that_does_not_fit_is_asked_about_with_both_readings_and_either_is_taken(scheduling):
    office = scheduling
    await office.fill("analis_sdm", "Rabu, 12 November 2026")
    await office.says("analis_sdm", "Hari dan tanggalnya tidak sesuai", "Kamis, 12 Nov 2026 atau Rabu, 11 Nov 2026")
    await office["analis_sdm"].send("Rabu, 11 Nov 2026")
    await office.says("analis_sdm", "waktu mulai rapat", "Rabu, 11 Nov 2026")


@pytest.fixture
async def opening(office):
    """Tata Usaha is asked for the number of the letter that has come; another case has the letter B-1234."""
    await office.begin()
    await office.tap_through_opening(period="2026")
    await office["tata_usaha"].send("/mulai")
    await office.tap("tata_usaha", "2027")
    await office.asked("tata_usaha")
    return office


async def test_a_number_that_another_case_has_is_pointed_out_and_may_be_sent(opening):
    office = opening
    await office.fill("tata_usaha", "Nomor : b-1234 / KP.05/SJP/2026", "30 Okt")
    prompt = await office.asked("tata_usaha")
    await office["tata_usaha"].send_file("lain.pdf", paper("lain.pdf", b"%PDF-1.4 lain"), reply_to=prompt)
    form = await office.card("tata_usaha", "Kirim")
    assert "Nomor surat: b-1234/KP.05/SJP/2026" in form.text
    assert "nomor ini sudah tercatat pada naskah proses ip-asn-2026" in form.text
    await office.tap("tata_usaha", "Kirim", form)
    await office.settled()
    with office.database.read() as session:
        assert cases.by_code(session, "ip-asn-2027").case.letter.number == "b-1234/KP.05/SJP/2026"


async def test_a_dash_is_no_number_and_a_letter_of_tomorrow_is_pointed_out(opening):
    office = opening
    await office.fill("tata_usaha", "-")
    await office.says("tata_usaha", "tidak memuat angka")
    await office["tata_usaha"].send("Nomor : 1235")
    await office.says("tata_usaha", "tanggal surat")
    await office["tata_usaha"].send("Sabtu, 7 November 2026")
    await office.says(
        "tata_usaha", "tanggal surat belum tiba", "tanggal surat jatuh pada hari Sabtu", "Nomor surat: 1235"
    )


async def test_a_number_of_nadine_that_another_case_has_is_pointed_out(office):
    await office.walk_to(8)
    number = office.record.id
    with office.database.write() as session:
        record = cases.lock(session, number)
        other = record.case.model_copy(
            update={"code": "ip-asn-2025", "period": "2025", "nadine": (("nota", "7/ND/2026"),)}
        )
        cases.create(session, other)
    await office.tap("analis_sdm", "Isi Nomor Nadine")
    await office.fill("analis_sdm", "No. 7 / nd/2026")
    form = await office.says("analis_sdm", "Nomor Nadine: 7/nd/2026", "sudah tercatat pada naskah proses ip-asn-2025")
    await office.tap("analis_sdm", "Kirim", form)
    await office.settled()
    with office.database.read() as session:
        assert cases.get(session, number).case.nadine_number("nota_dinas_rapat") == "7/nd/2026"


async def test_wib_is_an_hour_later_here_and_the_summary_says_so(in_makassar):
    office = in_makassar
    await office.fill("analis_sdm", "Kamis, 12 November 2026", "09.00 WIB", "Ruang Rapat Lantai 4")
    await office.says("analis_sdm", "Waktu: 10.00 WITA (09.00 WIB)")
    await office.tap("analis_sdm", "Kirim")
    assert office.case.meeting(4).starts.isoformat() == "2026-11-12T10:00:00+08:00"


async def test_the_offices_own_words_are_read(in_makassar):
    office = in_makassar
    await office.fill("analis_sdm", "Kamis, 12 November 2026", "10.00 WITA", "Ruang Rapat Lantai 4")
    form = await office.says("analis_sdm", "Waktu: 10.00 WITA", "Lantai 4")
    assert "WIB" not in form.text


async def test_an_hour_of_another_day_is_asked_for_in_wita(in_makassar):
    office = in_makassar
    await office.fill("analis_sdm", "Kamis, 12 November 2026", "23.30 WIB")
    await office.says("analis_sdm", "Menurut waktu kantor (WITA)", "hari yang lain")
