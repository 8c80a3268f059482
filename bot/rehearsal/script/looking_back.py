"""Between steps 7 and 8: people read again what lies behind them, each as much as is his to read."""

from bot.rehearsal import profiles
from bot.rehearsal.papers import Paper, unit_data
from bot.rehearsal.people import People
from bot.rehearsal.person import Person
from bot.rehearsal.script.reporting import CORRECTED_AS, DRAFT

LAST_DRAFT = "Konsep nota dinas laporan rapat internal · versi 3"
FIRST_DRAFT = "Konsep nota dinas laporan rapat internal · versi 1"


async def the_clerk_opens_files(people: People) -> None:
    await people.begin_part("Looking back · Ibu Wati opens files, new and old", "2026-11-16 11:30")
    clerk = people.tata_usaha
    await clerk.write("/berkas")
    screen = await clerk.sees("Berkas ip-asn-2026", button="Versi Lama")
    await clerk.tap(screen, LAST_DRAFT)
    await _receives(people, clerk, CORRECTED_AS, "versi 3", "ip-asn-2026", "16 Nov 2026", "Kepala Bagian Umum (Hadi)")
    await clerk.tap(screen, "Versi Lama")
    older = await clerk.sees("Versi lama ip-asn-2026", button=FIRST_DRAFT)
    people.expect.equal("the older versions stand in the same message", older.id, screen.id)
    await clerk.tap(older, FIRST_DRAFT)
    await _receives(people, clerk, DRAFT, "versi 1", "ip-asn-2026", "12 Nov 2026", "Analis SDM Aparatur (Rina)")


async def a_unit_reads_what_it_was_sent(people: People) -> None:
    await people.begin_part("Looking back · Bapak Bima reads what he was sent", "2026-11-16 11:45")
    unit = people.units[0]
    await unit.write("/berkas")
    screen = await unit.sees("Berkas ip-asn-2026")
    own = ("Undangan rapat · versi 1", f"Data {profiles.UNIT_A} · versi 1", "Semua Berkas")
    people.expect.equal("Bapak Bima is offered his invitation and his unit's data", screen.labels, own)
    await unit.tap(screen, own[1])
    await _receives(people, unit, unit_data(profiles.UNIT_A), profiles.UNIT_A, "Analis SDM Aparatur (Rina)")
    draft = (screen.button(own[0]).data or "").rpartition(":")[0] + ":2"
    given = await people.changes_nothing(
        "a file of the case asked for by a unit", unit.forge(draft, under=screen, what="asks for version 2 of the case")
    )
    people.expect.says("the alert", given.text, ["Mohon maaf, Bapak", "/berkas"])
    await unit.write("/riwayat")
    await unit.sees("Mohon maaf, Bapak", "menangani prosesnya")
    menu = await unit.phone.menu()
    people.expect.equal("his menu", list(menu), ["tugas", "status", "berkas", "batal", "bantuan"])


async def the_secretary_reads_the_history(people: People) -> None:
    await people.begin_part("Looking back · Ibu Ratna reads the history", "2026-11-16 12:00")
    sekretaris, clerk = people.sekretaris, people.tata_usaha
    card = await sekretaris.card_with(7, "Riwayat", "Persetujuan tercatat pada Senin, 16 Nov 2026")
    await sekretaris.tap(card, "Riwayat")
    newest = await sekretaris.sees("Riwayat ip-asn-2026", button="Lebih Lama")
    said = ["Sekretaris Direktorat Jenderal (Ratna) menyetujui dokumen langkah 7 kali ke-2", "catatan terlampir"]
    people.expect.says("the newest page", newest.text, said)
    await sekretaris.tap(newest, "Lebih Lama")
    older = await sekretaris.sees("Riwayat ip-asn-2026", button="Lebih Baru")
    people.expect.equal("the older page stands in the same message", older.id, newest.id)
    await sekretaris.tap(card, "Lihat Berkas")
    own = await sekretaris.sees("Berkas ip-asn-2026", "Berkas langkah 7/12", button="Semua Berkas")
    await sekretaris.tap(own, "Semua Berkas")
    whole = await sekretaris.sees("Berkas ip-asn-2026", button=LAST_DRAFT)
    people.expect.equal("all papers stand in the same message", whole.id, own.id)

    await clerk.write("/riwayat")
    page = await clerk.sees("Riwayat ip-asn-2026", button="Lebih Lama")
    told = page.text
    while "Lebih Lama" in page.labels:
        await clerk.tap(page, "Lebih Lama")
        page = await clerk.sees("Riwayat ip-asn-2026")
        told = f"{told}\n{page.text}"
    people.expect.says("the first page", page.text, ["Tata Usaha (Wati) membuka proses"])
    people.expect.equal("how often the pages tell of the opening", told.count("membuka proses"), 1)


async def _receives(people: People, person: Person, sent: Paper, *says: str) -> None:
    message = await person.sees(*says)
    people.expect.equal(f"{person.name} gets the file", [file.name for file in message.files], [sent.name])
    people.expect.check("with the very bytes", await message.download() == sent.data)
