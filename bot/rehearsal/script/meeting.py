"""Step 4: the units answer the invitation, the meeting is held, and its papers close it."""

from bot.rehearsal import profiles
from bot.rehearsal.buttons import ASIDE, FILES, HELPING
from bot.rehearsal.hours import JAKARTA
from bot.rehearsal.papers import paper, unit_data
from bot.rehearsal.people import People

MOMENT = "Selasa, 10 Nov 2026, 09.30 WIB"
DESK = ("Rapat Selesai", "Ubah Jadwal")
DUE = "batas waktu Rabu, 11 Nov 2026, 16.00 WIB"  # one working day from the meeting


async def the_units_answer(people: People) -> None:
    await people.begin_part("Step 4 · The units answer the invitation", "2026-11-05 10:00")
    bima, sari = people.units
    answers = ("Hadir", "Tidak Hadir", "Diwakili", FILES)
    invited = ["Mohon kehadiran", MOMENT, "Ruang Rapat Bagian Umum, Lantai 4"]
    own = unit_data(profiles.UNIT_A)
    card = await bima.card(4, *answers, says=["Yth. Bapak Bima", *invited], files=[paper("undangan"), own])
    entry = await bima.calendar_entry(card)
    people.expect.equal(
        "the invitation enters the phone's calendar", f"{entry.starts.astimezone(JAKARTA):%d %b %H.%M}", "10 Nov 09.30"
    )
    said = await bima.tap(card, "Hadir")
    people.expect.says("the toast", said.text, ["Terima kasih, Bapak", "Akan hadir"])
    await bima.card(4, *answers, says=["Jawaban Bapak telah tercatat: Akan hadir"])

    card = await sari.card(4, *answers, says=["Yth. Ibu Sari", *invited], files=[paper("undangan")])
    await sari.tap(card, "Diwakili")
    await sari.asked("mewakili")
    await sari.write("/batal")
    await sari.sees("ditutup, tidak ada yang dicatat")
    await sari.tap(card, "Diwakili")
    await sari.answers("Dian, Analis Program", "langkah 4/12", "mewakili")
    await sari.sends_form("Dian, Analis Program")
    await sari.card(4, *answers, says=["Akan diwakili", "Dian, Analis Program"])

    await bima.send(own)
    unwanted = await bima.sees("saat ini tidak dapat kami terima")
    people.expect.says("the refusal of a unit's file", unwanted.text, ["Mohon maaf, Bapak", "Kepala Bagian Umum"])

    papers = [paper("undangan"), paper("data_capaian")]
    await people.kabag.card(4, *DESK, *ASIDE, says=[MOMENT, DUE, "akan hadir 1, akan diwakili 1"], files=papers)
    await people.analis.card(4, "Ubah Jadwal", *HELPING, says=[MOMENT, "akan hadir 1, akan diwakili 1"], files=papers)


async def the_meeting_is_held(people: People) -> None:
    await people.begin_part("Step 4 · The meeting is held and closed", "2026-11-10 13:00")
    kabag, analis = people.kabag, people.analis
    minutes, data = paper("notula_rekonsiliasi"), paper("pemutakhiran_data")
    open_card = await kabag.card(4, *DESK, *ASIDE)
    early = await people.changes_nothing("Rapat Selesai without minutes", kabag.tap(open_card, "Rapat Selesai"))
    people.expect.says("the alert", early.text, ["Belum ada", "otula"])

    await analis.send(minutes)
    await analis.sees("Berkas diterima", "Notula rapat", "versi 1")
    await analis.send(data)
    await analis.sees("Berkas diterima", "Pemutakhiran data", "versi 1")
    card = await kabag.card(
        4,
        *DESK,
        *ASIDE,
        says=["Dokumen rapat telah lengkap"],
        files=[paper("undangan"), paper("data_capaian"), minutes, data],
    )
    people.expect.check("the complete papers ring once: a new card at the bottom", card.id > open_card.id)
    done = await kabag.tap(card, "Rapat Selesai")
    people.expect.says("the toast", done.text, ["Terima kasih, Bapak", "Penyelesaian rapat tercatat"])

    for unit in people.units:
        told = await unit.sees("mengunggah", new=False)
        people.expect.says("what the units hear", told.text, ["Sipeg", "Jumat, 13 Nov 2026, 16.30 WIB"])
    await people.expect_no_buttons(4)
