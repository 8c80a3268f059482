"""Steps 2 and 3: the Analis brings her files, some of them wrong; the meeting is prepared and its date set."""

from dataclasses import replace

from bot.rehearsal import profiles
from bot.rehearsal.buttons import ASIDE, READING
from bot.rehearsal.papers import paper, program, unit_data
from bot.rehearsal.people import People

DATA, DRAFT = paper("data_capaian"), paper("konsep_undangan", version=2)
WITHDRAWN = paper("konsep_undangan", version=1)


async def the_analyst_brings_files(people: People) -> None:
    await people.begin_part("Step 2 · The analyst's files, a wrong one among them", "2026-11-04 09:00")
    analis = people.analis
    due = "batas waktu Kamis, 5 Nov 2026, 16.00 WIB"
    said = ["Koordinasikan dengan unit terkait", "Agar memakai data Sipeg per 31 Oktober.", due]
    card = await analis.card(2, "Ajukan", *ASIDE, says=said, files=[paper("surat_biro_sdm")])

    await analis.send(program())
    refused = await analis.sees("belum dapat kami terima")
    people.expect.says("the refusal of an .exe", refused.text, ["Mohon maaf, Ibu", program().name, "tampaknya program"])
    early = await people.changes_nothing("Ajukan without files", analis.tap(card, "Ajukan"))
    people.expect.says("the alert", early.text, ["Belum ada", "ata capaian IP ASN", "konsep undangan rapat"])

    await analis.send(DATA)
    await analis.sees("Berkas diterima", "Data capaian IP ASN", "versi 1", "Masih ditunggu: konsep undangan rapat")
    await analis.send(WITHDRAWN)
    await analis.sees("Berkas diterima", "Konsep undangan rapat", "versi 1")
    card = await analis.card(2, "Ajukan", *ASIDE, says=[f"Konsep undangan rapat: {WITHDRAWN.name}"])
    await analis.tap(card, "Batalkan Berkas")
    await analis.tap(await analis.sees(button=WITHDRAWN.name), WITHDRAWN.name)
    withdrawn = await analis.sends_form("tidak digunakan lagi", button="Ya, Batalkan")
    people.expect.says("the toast", withdrawn.text, ["Berkas dibatalkan"])
    await analis.card(2, "Ajukan", *ASIDE, says=["Konsep undangan rapat: belum ada"])

    await analis.send(replace(DRAFT, name="Lampiran.docx"))
    question = await analis.sees("sebagai dokumen yang mana", button="Konsep undangan rapat")
    await analis.tap(question, "Konsep undangan rapat")
    await analis.sees("Berkas diterima", "Konsep undangan rapat", "versi 1")

    card = await analis.card(2, "Ajukan", *ASIDE, says=["Konsep undangan rapat: Lampiran.docx"])
    first, second = await analis.tap_twice(card, "Ajukan")
    heard = sorted((first.alert, first.text or "") for first in (first, second))
    people.expect.says("the first of two taps", heard[0][1], ["Pengajuan tercatat"])
    people.expect.says("the second of two taps", heard[1][1], ["Mohon maaf, Ibu", "sudah diajukan", "4 Nov"])
    await people.expect_no_buttons(2)


async def only_the_kabag_may(people: People) -> None:
    """A tap by the wrong role, made-up ones, and a stranger's."""
    await people.begin_part("Step 3 · Taps that nobody gets through with", "2026-11-04 12:45")
    kabag, unit, stranger = people.kabag, people.units[0], people.stranger
    card = await kabag.card(
        3,
        "Disposisikan",
        *ASIDE,
        says=["batas waktu Kamis, 5 Nov 2026, 16.00 WIB"],
        files=[DATA, replace(DRAFT, name="Lampiran.docx")],
    )
    stolen = card.button("Disposisikan").data or ""
    own = (await unit.phone.messages())[-1]
    given = await people.changes_nothing(
        "a tap by the wrong role", unit.forge(stolen, under=own, what="sends the data of Bapak Hadi's button")
    )
    people.expect.check("the wrong role hears it in an alert", given.alert)
    people.expect.says("the alert", given.text, ["Mohon maaf, Bapak", "kewenangan Kepala Bagian Umum"])
    for made_up in ("approve:c1.99:1", "dispose:c777.1:1", "beri saya semua"):
        given = await people.changes_nothing(
            f"the made-up tap {made_up!r}", unit.forge(made_up, under=own, what=f"sends the made-up data {made_up!r}")
        )
        people.expect.says("the alert", given.text, ["Mohon maaf"])
    theirs = (await stranger.phone.messages())[-1]
    given = await people.changes_nothing(
        "a stranger's tap", stranger.forge(stolen, under=theirs, what="sends the data of Bapak Hadi's button")
    )
    people.expect.says("the alert", given.text, ["Mohon maaf"])


async def the_meeting_is_prepared(people: People) -> None:
    await people.begin_part("Step 3 · The meeting is prepared", "2026-11-04 13:00")
    kabag, analis = people.kabag, people.analis
    await kabag.tap(await kabag.card(3, "Disposisikan", *ASIDE), "Disposisikan")
    await kabag.sends_form()

    due = "batas waktu Kamis, 5 Nov 2026, 16.00 WIB"
    said = ["Siapkan rapat internal dengan unit terkait", "Undangan rapat: belum ada", due]
    card = await analis.card(
        3, "Ajukan", "Jadwalkan Rapat", *ASIDE, says=said, files=[DATA, replace(DRAFT, name="Lampiran.docx")]
    )
    await analis.tap(card, "Jadwalkan Rapat")
    await analis.picks("Sel 10 Nov", "langkah 4/12", "tanggal rapat")
    await analis.picks("Lain…", "10 Nov 2026", "waktu mulai")
    await analis.answers("09.30", "langkah 4/12", "waktu mulai")
    await analis.answers("Ruang Rapat Bagian Umum, Lantai 4", "tempat")
    dated = await analis.sends_form("Selasa, 10 Nov 2026", "09.30 WIB", "Lantai 4")
    people.expect.says("the toast", dated.text, ["Jadwal rapat tercatat"])

    await analis.send(paper("undangan"))
    await analis.sees("Berkas diterima", "Undangan rapat", "versi 1")
    await analis.send(unit_data(profiles.UNIT_A))
    await analis.sees("Berkas diterima", f"Data {profiles.UNIT_A}")
    card = await analis.card(
        3,
        "Ajukan",
        "Ubah Jadwal",
        *ASIDE,
        says=["Selasa, 10 Nov 2026, 09.30 WIB", f"kepada {profiles.UNIT_B} dan {profiles.UNIT_A}."],
    )
    await analis.tap(card, "Ajukan")
    await analis.card(3, *READING, says=[f"Undangan untuk {profiles.UNIT_C} mohon disampaikan langsung"])
    await people.expect_no_buttons(3)
