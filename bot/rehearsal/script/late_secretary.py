"""Late case, step 1: the Sekretaris is reminded as nobody else is: no report above her, and days that she grants."""

from bot.rehearsal.people import People
from bot.rehearsal.script.late_moments import moment

REASON = "Mendampingi Direktur Jenderal pada kunjungan kerja."


async def a_silent_card_is_named_at_opening(people: People) -> None:
    sekretaris = people.sekretaris
    heard = await moment(people, "2026-10-09 07:30", sekretaris, part="9 October · What came in the evening")
    said = ["di luar jam kerja", "ip-asn-2026", "Senin, 12 Okt, 16.00 WIB"]
    people.expect.says("the first word of the morning", heard[sekretaris].text, said)
    silent = await sekretaris.card_with(1, "Disposisikan")
    await sekretaris.tap(heard[sekretaris], "Buka Kartu")
    await sekretaris.card_with(1, "Disposisikan", below=silent)
    await moment(people, "2026-10-11 10:00")  # a Sunday


async def the_secretary_is_reminded(people: People) -> None:
    """On the day, by the Kabag once, and two hours before closing."""
    sekretaris, kabag, analis = people.sekretaris, people.kabag, people.analis
    heard = await moment(people, "2026-10-12 07:30", sekretaris, part="12 October · The limit of step 1")
    people.expect.says("the reminder of the day", heard[sekretaris].text, ["jatuh tempo hari ini", "16.00 WIB"])

    await people.later("2026-10-12 09:00")
    await analis.write("/status")
    status = await analis.sees("ip-asn-2026", "Sekretaris Direktorat Jenderal")
    people.expect.check("Ibu Rina has no Ingatkan for the Sekretaris", "Ingatkan" not in status.labels)
    await kabag.write("/status")
    status = await kabag.sees("ip-asn-2026", button="Ingatkan")
    forged = await people.changes_nothing(
        "a reminder by Ibu Rina",
        analis.forge(status.button("Ingatkan").data or "", under=status, what="tries Ingatkan"),
    )
    people.expect.says("the alert", forged.text, ["Mohon maaf, Ibu", "Kepala Bagian Umum"])
    first = await kabag.tap(status, "Ingatkan", stale=True)
    people.expect.says("the toast", first.text, ["Terima kasih, Bapak", "Pengingat tercatat"])
    await sekretaris.sees("Kepala Bagian Umum", "mengingatkan", new=False)
    again = await people.changes_nothing("a second reminder that day", kabag.tap(status, "Ingatkan", stale=True))
    people.expect.says("the alert", again.text, ["Mohon maaf, Bapak", "hari kerja berikutnya"])

    heard = await moment(people, "2026-10-12 14:00", sekretaris)
    people.expect.says("the last reminder", heard[sekretaris].text, ["2 jam lagi", "16.00 WIB"])


async def the_secretary_grants_herself_a_day(people: People) -> None:
    sekretaris, kabag = people.sekretaris, people.kabag
    heard = await moment(people, "2026-10-13 07:30", sekretaris, kabag, part="13 October · One working day late")
    own = heard[sekretaris].text
    people.expect.says("her reminder", own, ["masih menunggu perkenan Ibu", "batas waktu Senin, 12 Okt"])
    people.expect.check("it threatens with no report", "laporkan" not in own, seen=own)
    people.expect.says(
        "the Kabag's", heard[kabag].text, ["untuk diketahui", "masih menunggu Sekretaris Direktorat Jenderal"]
    )
    people.expect.equal("he may remind her at once", heard[kabag].labels, ("Ingatkan",))

    await sekretaris.tap(heard[sekretaris], "Ada Kendala")
    await sekretaris.answers(REASON, "kendala")
    await sekretaris.tap(await sekretaris.sees(button="1 hari kerja"), "1 hari kerja")
    await sekretaris.sends_form(REASON)
    card = await sekretaris.card_with(1, "Disposisikan", "Rabu, 14 Okt 2026, 16.00 WIB")
    await kabag.sees(REASON, new=False)

    await people.later("2026-10-13 09:00")
    for person in (sekretaris, kabag):
        card = await person.card_with(1, "Disposisikan")
        await person.tap(card, "Disposisikan")
        await person.sends_form()
    await people.analis.card_with(2, "Ajukan", "Jumat, 16 Okt 2026, 16.30 WIB")
