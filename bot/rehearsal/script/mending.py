"""What is mended on the way: a case stands still for half an hour, a slip of the thumb is withdrawn before anybody has read of
it, and a case of the wrong year is called off.
"""

from bot.rehearsal.buttons import DECIDING, READING
from bot.rehearsal.papers import paper
from bot.rehearsal.people import People
from bot.rehearsal.sandbox import Sandbox

LATER = "Kamis, 26 Nov 2026, 16.00 WIB"  # the limit of step 10, after the case stood still
WHY_HELD = "Menunggu surat edaran dari Biro SDM."
WHY_CANCELLED = "Tahunnya keliru, seharusnya dibuka tahun depan."
WRONG_NUMBER, NEXT_NUMBER = "9001/KP.05/SJP/2026", "9002/KP.05/SJP/2026"
WAITS = 1800  # seconds for which a decision may be withdrawn, as long as this lasts


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
