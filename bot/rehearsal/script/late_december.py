"""Late case, step 8: weeks of waiting for Biro SDM, two cases in one message, and the quiet of Christmas."""

from bot.rehearsal.people import People
from bot.rehearsal.script.late_moments import moment
from bot.rehearsal.script.late_year import opens_case

NEXT_LETTER = ("1388/KP.05/SJP/2026", "21 Desember 2026")


async def the_case_waits(people: People) -> None:
    kabag, analis, biro = people.kabag, people.analis, people.biro
    heard = await moment(people, "2026-11-18 07:30", kabag, analis, part="18 November · A week of waiting")
    for person, message in heard.items():
        people.expect.says(f"{person.name}'s reminder", message.text, ["menunggu undangan Biro SDM"])

    await people.later("2026-11-18 10:00")
    await biro.tap(await biro.card_with(8, "Jadwalkan Rapat"), "Jadwalkan Rapat")
    await biro.answers("21-12-2026", "tanggal rapat")
    await biro.answers("09.00", "waktu mulai")
    await biro.answers("Ruang Rapat Biro SDM", "tempat")
    await biro.sends_form("Senin, 21 Des 2026")
    await kabag.card_with(8, "Rapat Selesai", "Selasa, 22 Des 2026, 16.00 WIB")


async def several_matters_in_one_message(people: People) -> None:
    """The next year's case lands in the evening; in the morning it stands beside what is late in this year's."""
    sekretaris, kabag, analis, clerk = people.sekretaris, people.kabag, people.analis, people.tata_usaha
    both = (kabag, analis)
    heard = await moment(people, "2026-12-18 07:30", *both, part="18 December · The working day before the validation")
    for person, message in heard.items():
        people.expect.says(f"{person.name}'s eve", message.text, ["Senin, 21 Des, 09.00 WIB"])
    heard = await moment(people, "2026-12-21 07:30", *both, part="21 December · The validation with Biro SDM")
    for person, message in heard.items():
        people.expect.says(f"{person.name}'s morning", message.text, ["hari ini, pukul 09.00 WIB"])
    heard = await moment(people, "2026-12-22 07:30", *both, part="22 December · The limit after the validation")
    people.expect.says("the helper's reminder", heard[analis].text, ["masih ditunggu", "otula"])

    await people.later("2026-12-22 16:30")
    await clerk.write("/mulai")
    await opens_case(people, "2027", *NEXT_LETTER)
    heard = await moment(people, "2026-12-23 07:30", sekretaris, *both)
    said = ["ip-asn-2027", "Senin, 28 Des, 16.00 WIB", "Yang masih ditunggu", "ip-asn-2026"]
    people.expect.says("her one message", heard[sekretaris].text, said)

    await people.later("2026-12-23 16:20")
    await sekretaris.tap(await sekretaris.card_with(1, "Disposisikan", "ip-asn-2027"), "Disposisikan")
    await sekretaris.sends_form()
    await kabag.card_with(1, "Disposisikan", "ip-asn-2027", "Selasa, 29 Des 2026, 16.00 WIB")


async def nothing_at_christmas(people: People) -> None:
    """The morning after, the Kabag's two tasks stand in one message, with a button for each."""
    kabag, analis = people.kabag, people.analis
    await moment(people, "2026-12-25 10:00", part="25 December · Christmas")
    heard = await moment(people, "2026-12-28 07:30", kabag, analis)
    people.expect.says("the Kabag's morning", heard[kabag].text, ["ip-asn-2026", "2 hari kerja", "ip-asn-2027"])
    await kabag.tap(heard[kabag], "Kartu langkah 1 · ip-asn-2027")
    await kabag.tap(await kabag.card_with(1, "Disposisikan", "ip-asn-2027", below=heard[kabag]), "Disposisikan")
    await kabag.sends_form()
    people.expect.equal("no phone rang outside office hours, but of who was at work", people.disturbed, [])
    people.ending = "The case goes on at step 8"
