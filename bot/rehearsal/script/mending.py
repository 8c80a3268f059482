"""What is mended on the way: a step is decided on paper, a typo put right; a case stands still for half an hour, a slip of the thumb is withdrawn before anybody has read of
it, and a case of the wrong year is called off.
"""

from bot.rehearsal.buttons import DECIDING, READING
from bot.rehearsal.papers import LETTER_NUMBER, paper
from bot.rehearsal.people import People
from bot.rehearsal.sandbox import Sandbox

LATER = "Kamis, 26 Nov 2026, 16.00 WIB"  # the limit of step 10, after the case stood still
SHEET = paper("surat_biro_sdm", version=2)  # as it comes from the scanner
BY_CLERK = "dicatat oleh Tata Usaha berdasarkan lembar tertulis"
RIGHT_NUMBER = "1178/KP.05/SJP/2026"
WHY_HELD = "Menunggu surat edaran dari Biro SDM."
WHY_CANCELLED = "Tahunnya keliru, seharusnya dibuka tahun depan."
WRONG_NUMBER, NEXT_NUMBER = "9001/KP.05/SJP/2026", "9002/KP.05/SJP/2026"
WAITS = 1800  # seconds for which a decision may be withdrawn, as long as this lasts


async def step_7_is_decided_on_paper(people: People) -> None:
    """Ibu Ratna signs a sheet; Tata Usaha records what stands on it."""
    await people.begin_part("Step 7 again · Ibu Ratna decides on paper", "2026-11-16 11:00")
    clerk, sekretaris = people.tata_usaha, people.sekretaris
    card = await sekretaris.card(7, *DECIDING, says=["batas waktu Selasa, 17 Nov 2026, 16.00 WIB", "kali ke-2"])
    await people.later("2026-11-16 12:00")
    await clerk.write("/status")
    await clerk.tap(await clerk.sees("Langkah 7/12", button="Catat Keputusan Tertulis"), "Catat Keputusan Tertulis")
    await clerk.picks("Setujui", "Apakah keputusan pada lembar itu?")
    await clerk.picks("Ibu Ratna, Sekretaris Direktorat Jenderal", "Siapakah yang memutuskan?")
    await clerk.answers("hari ini", "memilih tanggal lembar")
    await clerk.picks("Lakukan rekonsiliasi data dengan Biro SDM", "isi keputusan pada lembar itu")
    await clerk.picks("Lanjut", "isi keputusan pada lembar itu")
    await clerk.answers(SHEET, "pindaian lembarnya")
    done = await clerk.sends_form("Disetujui", "Ibu Ratna", "16 Nov 2026", SHEET.name)
    people.expect.says("the toast", done.text, ["Keputusan tertulis tercatat"])
    told = await sekretaris.sees("keputusan tertulis", BY_CLERK, new=False)
    people.expect.check("what Ibu Ratna hears has no button", not told.labels, seen=told.labels)
    await sekretaris.card(7, *READING, says=["16 Nov 2026", BY_CLERK])
    late = await people.changes_nothing("a tap after the sheet", sekretaris.tap(card, "Setujui", stale=True))
    people.expect.says("the alert", late.text, ["Mohon maaf, Ibu", "sudah disetujui"])
    await people.expect_no_buttons(7)


async def a_typo_is_put_right(people: People) -> None:
    """The letter's number, of which two figures had changed places."""
    await people.begin_part("On the way · The letter's number is put right", "2026-11-16 12:30")
    clerk = people.tata_usaha
    await clerk.write("/status")
    await clerk.tap(await clerk.sees(LETTER_NUMBER, button="Perbaiki Isian"), "Perbaiki Isian")
    await clerk.picks("Nomor surat", "Isian manakah")
    await clerk.answers(RIGHT_NUMBER, f"semula: {LETTER_NUMBER}")
    await clerk.sends_form(RIGHT_NUMBER)
    await people.sekretaris.write("/status")
    told = await people.sekretaris.sees("Langkah 8/12", RIGHT_NUMBER)
    people.expect.check("the old number stands nowhere on /status", LETTER_NUMBER not in told.text, seen=told.text)


async def the_case_stands_still(people: People) -> None:
    """From 9.15 to 9.45 at step 10: half an hour is given back, rounded up to closing."""
    await people.begin_part("Step 10 · The case stands still for half an hour", "2026-11-24 09:15")
    sekretaris, kabag = people.sekretaris, people.kabag
    card = await kabag.card(10, *DECIDING, says=["batas waktu Rabu, 25 Nov 2026, 16.00 WIB"])
    await sekretaris.write("/status")
    await sekretaris.tap(await sekretaris.sees("Langkah 10/12", button="Tunda Proses"), "Tunda Proses")
    await sekretaris.answers(WHY_HELD, "alasan penundaan")
    done = await sekretaris.sends_form(WHY_HELD)
    people.expect.says("the toast", done.text, ["Penundaan proses tercatat"])
    told = await kabag.sees("ditunda oleh", WHY_HELD, new=False)
    people.expect.says("what Bapak Hadi hears", told.text, ["Sekretaris Direktorat Jenderal (Ratna)"])
    await kabag.card(10, *READING, says=["Proses ini ditunda", WHY_HELD])
    late = await people.changes_nothing("a tap while it stands still", kabag.tap(card, "Setujui", stale=True))
    people.expect.says("the alert", late.text, ["Mohon maaf, Bapak", "sedang ditunda"])

    await people.later("2026-11-24 09:45")
    await sekretaris.write("/status")
    stands = await sekretaris.sees("Ditunda oleh", WHY_HELD, button="Lanjutkan Proses")
    goes_on = await sekretaris.tap(stands, "Lanjutkan Proses")
    people.expect.says("the toast", goes_on.text, ["Proses dilanjutkan"])
    await kabag.card(10, *DECIDING, says=[f"batas waktu {LATER}"])


async def a_case_of_the_wrong_year_is_called_off(people: People) -> None:
    """Its period is free again, and the next case of it has a code of its own."""
    await people.begin_part("Looking ahead · A case is called off, and opened again", "2026-11-26 09:00")
    clerk, admin = people.tata_usaha, people.admin
    await _opens(people, WRONG_NUMBER)
    opened = await clerk.sees("telah dibuka", "ip-asn-2027")
    people.expect.equal("the code of the first", "ip-asn-2027-2" in opened.text, False)
    await admin.write("/status")
    page = await admin.sees("ip-asn-2027")
    await admin.tap(page, "ip-asn-2027 · Lainnya")
    alone = await admin.sees("ip-asn-2027", button="Batalkan Proses", new=False)
    await admin.tap(alone, "Batalkan Proses")
    await admin.answers(WHY_CANCELLED, "alasan pembatalan")
    done = await admin.sends_form(WHY_CANCELLED, button="Ya, Batalkan")
    people.expect.says("the toast", done.text, ["Pembatalan proses tercatat"])
    told = await clerk.sees("dibatalkan oleh", WHY_CANCELLED, new=False)
    people.expect.says("what Ibu Wati hears", told.text, ["ip-asn-2027", "/mulai"])
    await people.expect_no_buttons(1)

    await _opens(people, NEXT_NUMBER)
    await clerk.sees("telah dibuka", "ip-asn-2027-2")
    await people.sekretaris.write("/status")
    listed = await people.sekretaris.sees("ip-asn-2027-2", "Dibatalkan pada")
    people.expect.says("/status", listed.text, [WHY_CANCELLED, NEXT_NUMBER])


async def _opens(people: People, number: str) -> None:
    """Next year's case, with a letter of that number."""
    clerk = people.tata_usaha
    await clerk.write("/mulai")
    await clerk.picks("2027", "Proses baru")
    await clerk.answers(number, "nomor surat")
    await clerk.answers("24-11-2026", "tanggal surat")
    await clerk.answers(paper("surat_biro_sdm"), "PDF atau foto")
    await clerk.sends_form(number)


async def a_slip_is_withdrawn(people: People, sandbox: Sandbox) -> None:
    """Bapak Hadi presses *Setujui* at step 10, and thinks better of it."""
    await people.begin_part("Step 10 · A slip of the thumb is withdrawn", "2026-11-24 10:00")
    await _waiting(sandbox, WAITS)
    kabag, sekretaris = people.kabag, people.sekretaris
    card = await kabag.card(10, *DECIDING, says=["kali ke-2", LATER])
    done = await kabag.tap(card, "Setujui")
    people.expect.says("the toast", done.text, ["Persetujuan tercatat dan akan diteruskan pukul 10.30"])
    held = await kabag.card(10, "Tarik Keputusan", *READING, says=["akan diteruskan pukul 10.30"])
    await sekretaris.write("/status")
    told = await sekretaris.sees("Langkah 10/12")
    people.expect.says("/status", told.text, ["tercatat, diteruskan pukul 10.30"])
    taken = await kabag.tap(held, "Tarik Keputusan")
    people.expect.says("the toast", taken.text, ["Keputusan ditarik"])
    await kabag.card(10, *DECIDING, says=["kali ke-2"])
    seen = [item.text for item in await sekretaris.phone.messages() if "Langkah 11/12" in item.text]
    people.expect.equal("what Ibu Ratna was sent of step 11", seen, [])
    await _waiting(sandbox, 0)


async def _waiting(sandbox: Sandbox, seconds: int) -> None:
    """From now on what is decided waits for so long before it is handed on."""
    await sandbox.stop()
    sandbox.undo = seconds
    await sandbox.restart()
