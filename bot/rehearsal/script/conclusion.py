"""Steps 9 to 12: the last report, returned once; the Secretary's directions; the archive."""

from bot.rehearsal.buttons import ASIDE, DECIDING, READING
from bot.rehearsal.papers import FIRST_NUMBER, LAST_NUMBER, paper
from bot.rehearsal.people import People

DRAFT, REVISED = paper("konsep_nota_dinas_laporan"), paper("konsep_nota_dinas_laporan", version=2)
REASON = "Mohon ditambahkan perbandingan dengan tahun 2025."


async def the_last_report_is_returned(people: People) -> None:
    await people.begin_part("Steps 9 and 10 · The last report, returned once", "2026-11-23 10:00")
    kabag, analis = people.kabag, people.analis
    validated = [paper("notula_validasi"), paper("data_validasi")]
    await analis.card(9, "Ajukan", *ASIDE, says=["batas waktu Selasa, 24 Nov 2026, 16.00 WIB"], files=validated)
    await analis.send(DRAFT)
    await analis.sees("Berkas diterima", "Konsep nota dinas laporan capaian IP ASN", "versi 1")
    await analis.tap(await analis.card(9, "Ajukan", *ASIDE, says=[DRAFT.name]), "Ajukan")

    await people.later("2026-11-23 13:00")
    card = await kabag.card(10, *DECIDING, says=["batas waktu Selasa, 24 Nov 2026, 16.00 WIB"], files=[DRAFT])
    await kabag.tap(card, "Kembalikan")
    await kabag.answers(REASON, "langkah 10/12")
    await kabag.sends_form(REASON)
    await people.expect_no_buttons(10)

    await people.later("2026-11-24 09:00")
    due = "Kamis, 26 Nov 2026, 16.00 WIB"
    await analis.card(9, "Ajukan", *ASIDE, says=[REASON, due, "kali ke-2"], files=validated)
    await analis.send(REVISED)
    await analis.sees("Berkas diterima", "versi 2")
    await analis.tap(await analis.card(9, "Ajukan", *ASIDE, says=[REVISED.name]), "Ajukan")
    await people.expect_no_buttons(9)


async def the_last_report_is_approved(people: People, due: str = "Rabu, 25 Nov 2026, 16.00 WIB") -> None:
    await people.begin_part("Step 10 · The last report is approved", "2026-11-24 11:00")
    kabag, analis = people.kabag, people.analis
    card = await kabag.card(10, *DECIDING, says=[f"batas waktu {due}", "kali ke-2"], files=[REVISED])
    await kabag.tap(card, "Setujui")
    await people.expect_no_buttons(10)
    request = await analis.sees("Nota dinas laporan capaian IP ASN", button="Isi Nomor Nadine", new=False)
    await analis.tap(request, "Isi Nomor Nadine")
    await analis.answers(LAST_NUMBER, "Nadine")
    await analis.sends_form(LAST_NUMBER)
    await analis.send(paper("nota_dinas_laporan"))
    await analis.sees("Berkas diterima", "Nota dinas laporan capaian IP ASN bertanda tangan")


async def the_secretary_directs(people: People) -> None:
    await people.begin_part("Step 11 · Ibu Ratna reads, and directs", "2026-11-24 14:00")
    sekretaris = people.sekretaris
    due = "batas waktu Rabu, 25 Nov 2026, 16.00 WIB"
    card = await sekretaris.card(11, "Beri Arahan", *ASIDE, says=["mohon perkenan".capitalize(), due], files=[REVISED])
    await sekretaris.tap(card, "Beri Arahan")
    await sekretaris.tap(await sekretaris.sees(button="Kirim"), "Tingkatkan pengembangan kompetensi pegawai")
    done = await sekretaris.sends_form()
    people.expect.says("the toast", done.text, ["Arahan tercatat"])
    for person in (people.kabag, people.analis):
        told = await person.sees("memberikan arahan", new=False)
        wanted = ["Tingkatkan capaian IP ASN", "Tingkatkan pengembangan kompetensi pegawai"]
        people.expect.says(f"the directions to {person.name}", told.text, wanted)
    await people.expect_no_buttons(11)


async def tata_usaha_archives(people: People) -> None:
    await people.begin_part("Step 12 · Tata Usaha archives", "2026-11-25 09:00")
    clerk = people.tata_usaha
    card = await clerk.card(
        12,
        "Sudah Diarsipkan",
        *ASIDE,
        says=[
            "batas waktu Rabu, 25 Nov 2026, 16.00 WIB",
            LAST_NUMBER,
            FIRST_NUMBER,
            "Dokumen bertanda tangan sudah ada",
        ],
        files=[REVISED, paper("nota_dinas_laporan")],
    )
    await clerk.tap(card, "Sudah Diarsipkan")
    await clerk.picks(LAST_NUMBER, "nomor naskah")
    await clerk.picks("KP.05", "klasifikasi")
    await clerk.answers("KP.05/2026/17", "langkah 12/12", "nomor berkas")
    await clerk.answers("Rak 3, Boks 12", "lokasi")
    done = await clerk.sends_form(LAST_NUMBER, "KP.05/2026/17", "Rak 3, Boks 12", "Terbatas")
    people.expect.says("the toast", done.text, ["Pengarsipan tercatat", "Proses selesai"])
    await clerk.card(12, *READING, says=["Pengarsipan", "tercatat pada", "Rak 3, Boks 12"])

    everybody = (people.sekretaris, people.kabag, people.analis, people.biro, clerk, *people.units)
    told = await people.expect_all_told("telah selesai dan diarsipkan", everybody)
    people.expect.equal("everybody on the case hears that it is finished", len(told), len(everybody))
    await people.expect_no_buttons(12)

    await clerk.sees("Arsip proses ip-asn-2026", new=False)  # its bundle comes a moment later
    await _gets_the_list(people)
    again = await people.changes_nothing("a tap after the archive", clerk.tap(card, "Sudah Diarsipkan", stale=True))
    people.expect.says("the alert", again.text, ["Mohon maaf, Ibu", "sudah"])
    people.ending = "The case is archived"


async def the_year_is_reported(people: People) -> None:
    """Who reads cases whole has the year's figures; a unit is told politely why not."""
    await people.begin_part("Afterwards · Ibu Ratna looks at the year", "2026-11-25 10:00")
    sekretaris, unit = people.sekretaris, people.units[0]
    await sekretaris.write("/laporan")
    told = await sekretaris.sees("Laporan 2026", "keadaan per")
    said = ["1 selesai, 0 berjalan", "Dalam batas waktu", "Menunggu jadwal dari Biro SDM", "dikembalikan: 3 kali"]
    people.expect.says("the lines", told.text, said)
    chart = await sekretaris.sees("Laporan 2026 · Laporan Capaian IP ASN")
    people.expect.equal("a picture of the steps", [file.kind for file in chart.files], ["photo"])
    for name in ("laporan-2026.pdf", "laporan-2026.xlsx"):
        paper_of = await sekretaris.sees("Laporan 2026 untuk", "dibaca" if name.endswith("pdf") else "diolah")
        people.expect.equal("a file to go on with", [file.name for file in paper_of.files], [name])
    await unit.write("/laporan")
    await unit.sees("Mohon maaf, Bapak", "menangani prosesnya")


async def _gets_the_list(people: People) -> None:
    """What is filed, for the register: a workbook."""
    clerk = people.tata_usaha
    await clerk.write("/berkas")
    await clerk.tap(await clerk.sees("Berkas ip-asn-2026", button="Daftar Isi Berkas"), "Daftar Isi Berkas")
    message = await clerk.sees("Daftar isi berkas ip-asn-2026", "KP.05/2026/17", "Rak 3, Boks 12")
    people.expect.equal("its name", [file.name for file in message.files], ["daftar-isi-berkas-ip-asn-2026.xlsx"])
