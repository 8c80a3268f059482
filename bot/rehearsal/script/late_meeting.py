"""Late case, steps 3 and 4: a meeting is called after closing, reminded of, moved, cancelled, called again and held."""

from bot.rehearsal.hours import JAKARTA
from bot.rehearsal.papers import paper
from bot.rehearsal.people import People
from bot.rehearsal.person import Person
from bot.rehearsal.phone_calendar import Entry
from bot.rehearsal.script.late_moments import moment

ROOM = "Ruang Rapat Bagian Umum, Lantai 4"


async def an_invitation_after_closing(people: People) -> None:
    """For the next morning: then the invitation and the meeting of the day make one message."""
    await people.begin_part("29 October · An invitation, after closing", "2026-10-29 16:20")
    analis = people.analis
    await analis.tap(await analis.card_with(3, "Jadwalkan Rapat"), "Jadwalkan Rapat")
    await _dates(analis, "30-10-2026", "09.30")
    await analis.sends_form("Jumat, 30 Okt 2026", "09.30 WIB")
    await analis.send(paper("undangan"))
    await analis.sees("Berkas diterima", "Undangan rapat")
    await analis.tap(await analis.card_with(3, "Ajukan", "telah lengkap", "30 Okt 2026, 09.30 WIB"), "Ajukan")
    for unit in people.units:
        card = await unit.card_with(4, "Hadir", "Jumat, 30 Okt 2026, 09.30 WIB")
        people.expect.check("after closing an invitation makes no sound", card.silent)
        _expect_entry(people, await unit.calendar_entry(card), sequence=0, starts="2026-10-30 09:30")


async def the_meeting_is_moved(people: People) -> None:
    bima, sari = people.units
    kabag, analis = people.kabag, people.analis
    everybody = (bima, sari, kabag, analis)
    heard = await moment(people, "2026-10-30 07:30", *everybody, part="30 October · The meeting of the day")
    for person in everybody:
        people.expect.says(f"{person.name}'s morning", heard[person].text, ["pukul 09.30 WIB", ROOM])
    await bima.tap(await bima.card_with(4, "Hadir"), "Hadir")
    await sari.tap(await sari.card_with(4, "Tidak Hadir"), "Tidak Hadir")

    heard = await moment(people, "2026-10-30 08:30", bima, kabag, analis)  # not who said that she stays away
    people.expect.says("the last reminder", heard[bima].text, ["satu jam lagi, pukul 09.30 WIB"])

    await people.later("2026-10-30 08:40")
    before = await bima.calendar_entry(await bima.card_with(4, "Hadir"))
    await kabag.tap(await kabag.card_with(4, "Ubah Jadwal"), "Ubah Jadwal")
    await _dates(kabag, "3-11-2026", "13.30")
    await kabag.answers(paper("undangan", version=2), "undangan yang baru")
    await kabag.sends_form("Selasa, 3 Nov 2026", "13.30 WIB")
    own = await kabag.calendar_entry(await kabag.card_with(4, "Ubah Jadwal", "semula Jumat, 30 Okt, 09.30 WIB"))
    _expect_entry(people, own, sequence=1, starts="2026-11-03 13:30", like=before)
    for unit in people.units:
        card = await unit.card_with(4, "Hadir", "Selasa, 3 Nov 2026, 13.30 WIB")
        people.expect.check("a new date is asked about anew", "telah tercatat" not in card.text, seen=card.text)
        entry = await unit.calendar_entry(card)
        _expect_entry(people, entry, sequence=1, starts="2026-11-03 13:30", like=before)
    await bima.tap(await bima.card_with(4, "Hadir"), "Hadir")


async def the_meeting_is_cancelled(people: People) -> None:
    """Nothing is due while there is no date; a new one comes with a new invitation."""
    bima, kabag, analis = people.units[0], people.kabag, people.analis
    everybody = (*people.units, kabag, analis)
    heard = await moment(people, "2026-11-02 07:30", *everybody, part="2 November · The meeting is cancelled")
    people.expect.says("the day before", heard[bima].text, ["besok, Selasa, 3 Nov, 13.30 WIB", ROOM])
    await people.later("2026-11-02 10:00")
    before = await bima.calendar_entry(await bima.card_with(4, "Hadir"))
    await analis.tap(await analis.card_with(4, "Batalkan Rapat"), "Batalkan Rapat")
    cancelled = await analis.sends_form("pembatalannya disampaikan", button="Ya, Batalkan")
    people.expect.says("the toast", cancelled.text, ["Pembatalan rapat tercatat"])
    await kabag.card_with(4, "Jadwalkan Rapat", "menunggu jadwal rapat")
    own = await analis.calendar_entry(await analis.card_with(4, "Jadwalkan Rapat", "dibatalkan"))
    people.expect.check("struck out for her who called it off, too", own.is_cancelled, seen=own)
    for unit in people.units:
        entry = await unit.calendar_entry(await unit.sees("dibatalkan", new=False))
        people.expect.check(
            "the phone's calendar strikes it out", entry.is_cancelled and entry.uid == before.uid, seen=entry
        )
        people.expect.check("as newer than before", entry.sequence > before.sequence, seen=entry)
    await moment(people, "2026-11-03 13:00")  # the old date: nobody is reminded of it

    await people.later("2026-11-03 15:00")
    await analis.tap(await analis.card_with(4, "Jadwalkan Rapat"), "Jadwalkan Rapat")
    await _dates(analis, "5-11-2026", "09.30")
    await analis.answers(paper("undangan", version=3), "undangan yang baru")
    await analis.sends_form("Kamis, 5 Nov 2026", "09.30 WIB")
    await kabag.card_with(4, "Rapat Selesai", "Jumat, 6 Nov 2026, 16.30 WIB")
    card = await bima.card_with(4, "Hadir", "Kamis, 5 Nov 2026, 09.30 WIB")
    renewed = await bima.calendar_entry(card)
    is_back = renewed.uid == before.uid and not renewed.is_cancelled and renewed.sequence > entry.sequence
    people.expect.check("the same entry stands in the phone's calendar again, newer", is_back, seen=renewed)


async def the_meeting_is_held(people: People) -> None:
    bima, sari = people.units
    kabag, analis = people.kabag, people.analis
    await moment(people, "2026-11-04 07:30", bima, sari, kabag, analis)
    await moment(people, "2026-11-05 07:30", bima, sari, kabag, analis, part="5 November · The meeting is held")
    await moment(people, "2026-11-05 11:00")  # it is on: nobody is called to what has begun
    await kabag.tap(await kabag.card_with(4, "Daftar Hadir"), "Daftar Hadir")
    await kabag.tap(await kabag.sees(button=bima.profile.unit or ""), bima.profile.unit or "")
    attended = await kabag.sends_form()
    people.expect.says("the toast", attended.text, ["Daftar hadir tercatat"])
    for document in ("notula_rekonsiliasi", "pemutakhiran_data"):
        await analis.send(paper(document))
        await analis.sees("Berkas diterima")
    await kabag.tap(await kabag.card_with(4, "Rapat Selesai", "telah lengkap"), "Rapat Selesai")
    await people.expect_no_buttons(4)


async def _dates(person: Person, day: str, hour: str) -> None:
    await person.answers(day, "tanggal rapat")
    await person.answers(hour, "waktu mulai")
    await person.answers(ROOM, "tempat")


def _expect_entry(people: People, entry: Entry, *, sequence: int, starts: str, like: Entry | None = None) -> None:
    expect = people.expect
    expect.equal("the calendar's entry begins then", f"{entry.starts.astimezone(JAKARTA):%Y-%m-%d %H:%M}", starts)
    expect.equal("its number in the row of changes", entry.sequence, sequence)
    if like:
        expect.equal("it stays the same entry", entry.uid, like.uid)
