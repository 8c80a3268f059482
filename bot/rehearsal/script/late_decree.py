"""Late case, steps 5 to 7: a decree adds a day off in the middle of a running limit."""

from bot.rehearsal.papers import paper
from bot.rehearsal.people import People
from bot.rehearsal.sandbox import Sandbox
from bot.rehearsal.script.late_moments import moment, told

DECREE = "added:\n  - {date: 2026-11-10, name: Cuti Bersama Hari Pahlawan, decree: Perubahan SKB 3 Menteri 2026}\n"
BEFORE, AFTER = "Selasa, 10 Nov 2026, 16.00 WIB", "Rabu, 11 Nov 2026, 16.00 WIB"


async def a_decree_adds_a_day_off(people: People, sandbox: Sandbox) -> None:
    await people.begin_part("6 November · A decree takes the tenth off", "2026-11-06 09:00")
    analis = people.analis
    await analis.card_with(5, "Ajukan", BEFORE)
    since = await people.telegram.last_change()
    sandbox.holidays.write_text(DECREE, encoding="utf-8")
    people.transcript.note("The administrator enters the decree in the office's file of holidays.")
    heard = await told(people, since, analis, *people.units)
    people.expect.says("the news", heard[analis].text, ["Karena perubahan hari libur", AFTER, BEFORE])
    for unit in people.units:
        people.expect.says(f"{unit.name}'s news", heard[unit].text, ["Sipeg", AFTER, BEFORE])
    await analis.card_with(5, "Ajukan", AFTER)
    heard = await moment(people, "2026-11-09 07:30", analis)
    people.expect.says("the eve", heard[analis].text, ["hari kerja berikutnya", "Rabu, 11 Nov, 16.00 WIB"])


async def nobody_is_disturbed_on_the_day_off(people: People) -> None:
    await people.begin_part("9 November · Step 6, and the day off", "2026-11-09 09:00")
    kabag, analis, sekretaris = people.kabag, people.analis, people.sekretaris
    for document in ("konsep_nota_dinas_rapat", "data_awal"):
        await analis.send(paper(document))
        await analis.sees("Berkas diterima")
    await analis.tap(await analis.card_with(5, "Ajukan", "telah lengkap"), "Ajukan")
    await kabag.card_with(6, "Setujui", AFTER)
    await moment(people, "2026-11-10 07:30")
    heard = await moment(people, "2026-11-11 07:30", kabag)
    people.expect.says("the Kabag's reminder", heard[kabag].text, ["langkah 6/12", "jatuh tempo hari ini"])
    await kabag.tap(await kabag.card_with(6, "Setujui"), "Setujui")
    await sekretaris.tap(await sekretaris.card_with(7, "Setujui"), "Setujui")
    await sekretaris.sends_form()
    await kabag.card_with(8, "Jadwalkan Rapat", "menunggu undangan Biro SDM")
