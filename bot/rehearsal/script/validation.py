"""Step 8: the case waits for Biro SDM, whose own member names the date; meanwhile Nadine's number and PDF come.

`plh` acts in the Kabag's place, where there is one.
"""

from dataclasses import replace

from bot.rehearsal.buttons import ASIDE, FILES, HELPING
from bot.rehearsal.papers import FIRST_NUMBER, paper
from bot.rehearsal.people import People
from bot.rehearsal.person import Person
from bot.rehearsal.script.reporting import DATA

STRAY = replace(paper("konsep_nota_dinas_rapat"), name="Nota dinas laporan rapat.docx")  # no PDF: it cannot be signed
MOMENT = "Kamis, 19 Nov 2026, 09.00 WIB"


async def the_case_waits(people: People, plh: Person | None = None) -> None:
    await people.begin_part("Step 8 · The case waits for Biro SDM", "2026-11-16 13:00")
    kabag, analis, biro = plh or people.kabag, people.analis, people.biro
    waiting = "menunggu undangan Biro SDM"
    await kabag.card(8, "Jadwalkan Rapat", *ASIDE, says=[waiting, "Lakukan rekonsiliasi"], files=[DATA])
    await analis.card(8, "Jadwalkan Rapat", *HELPING, says=[waiting], files=[DATA])
    await biro.card(
        8, "Jadwalkan Rapat", FILES, says=["Yth. Bapak Surya (Biro SDM)", "telah siap divalidasi"], files=[DATA]
    )

    request = await analis.sees("telah disetujui", button="Isi Nomor Nadine", new=False)
    await analis.tap(request, "Isi Nomor Nadine")
    await analis.answers(FIRST_NUMBER, "Nadine")
    recorded = await analis.sends_form(FIRST_NUMBER)
    people.expect.says("the toast", recorded.text, ["Nomor Nadine tercatat"])
    await analis.send(STRAY)
    question = await analis.sees("sebagai dokumen yang mana", button="Batal")
    is_offered = any("bertanda tangan" in label for label in question.labels)
    people.expect.check("what is no PDF is not offered as the signed letter", not is_offered, seen=question.labels)
    await analis.tap(question, "Batal")
    await people.admin.write("/status")
    await people.admin.sees("ip-asn-2026", "dokumen bertanda tangan belum ada")
    await analis.send(paper("nota_dinas_rapat"))
    await analis.sees("Berkas diterima", "Nota dinas laporan rapat internal bertanda tangan", "versi 1", "utuh")

    await people.admin.write("/status")
    status = await people.admin.sees("ip-asn-2026", waiting)
    people.expect.says("/status", status.text, ["Langkah 8/12", FIRST_NUMBER, "bertanda tangan sudah ada"])


async def biro_sdm_names_the_date(people: People, plh: Person | None = None) -> None:
    await people.begin_part("Step 8 · Biro SDM names the date", "2026-11-17 09:00")
    kabag, analis, biro = plh or people.kabag, people.analis, people.biro
    await biro.tap(await biro.card(8, "Jadwalkan Rapat", FILES), "Jadwalkan Rapat")
    await biro.answers("19 November 2026", "tanggal rapat")
    await biro.picks("09.00", "waktu mulai")
    await biro.answers("Ruang Rapat Biro SDM", "tempat")
    await biro.sends_form("Kamis, 19 Nov 2026", "09.00 WIB")
    await biro.card(8, "Ubah Jadwal", FILES, says=[MOMENT, "Terima kasih, Bapak"])
    await biro.send(paper("undangan_validasi"))
    await biro.sees("Berkas diterima", "Undangan Biro SDM untuk validasi data")
    due = "batas waktu Jumat, 20 Nov 2026, 16.30 WIB"
    await kabag.card(8, "Rapat Selesai", "Ubah Jadwal", *ASIDE, says=[MOMENT, due])
    await analis.card(8, "Ubah Jadwal", *HELPING, says=[MOMENT, due])


async def the_data_are_valid(people: People) -> None:
    await people.begin_part("Step 8 · The data are validated", "2026-11-19 14:00")
    kabag, analis = people.kabag, people.analis
    minutes, data = paper("notula_validasi"), paper("data_validasi")
    await analis.send(minutes)
    await analis.sees("Berkas diterima", "Notula rapat validasi", "versi 1")
    await analis.send(data)
    await analis.sees("Berkas diterima", "hasil validasi", "versi 1")
    card = await kabag.card(
        8,
        "Rapat Selesai",
        "Ubah Jadwal",
        *ASIDE,
        says=["Dokumen rapat telah lengkap"],
        files=[DATA, paper("undangan_validasi"), minutes, data],
    )
    await kabag.tap(card, "Rapat Selesai")
    await people.biro.sees("langkah 8/12", "dinyatakan selesai", new=False)
    await people.expect_no_buttons(8)
