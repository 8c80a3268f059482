"""Late case, step 2: the Analis is late, a weekend without power comes between, and the Kabag grants two days."""

from bot.rehearsal.papers import paper
from bot.rehearsal.people import People
from bot.rehearsal.sandbox import Sandbox
from bot.rehearsal.script.late_moments import moment, told

REASON = "Data kompetensi dua unit belum lengkap pada Sipeg."


async def the_limit_comes_near(people: People) -> None:
    analis = people.analis
    heard = await moment(people, "2026-10-15 07:30", analis, part="15 October · The eve of a limit")
    said = ["Yth. Ibu Rina", "hari kerja berikutnya", "Jumat, 16 Okt, 16.30 WIB"]
    people.expect.says("the reminder of the eve", heard[analis].text, said)
    heard = await moment(people, "2026-10-16 07:30", analis)
    people.expect.says("the reminder of the day", heard[analis].text, ["jatuh tempo hari ini", "16.30 WIB"])


async def a_weekend_without_power(people: People, sandbox: Sandbox) -> None:
    """Down from Friday noon to Monday: the reminder of Friday afternoon is not made up for."""
    analis, kabag = people.analis, people.kabag
    await people.begin_part("16 October · The power fails over the weekend", "2026-10-16 12:00")
    await sandbox.stop()
    since = await people.telegram.last_change()
    await people.later("2026-10-19 09:00")
    await sandbox.restart()
    heard = await told(people, since, analis, kabag)
    said = [
        "telah melewati batas waktunya",
        "Jumat, 16 Okt, 16.30 WIB",
        "1 hari kerja",
        "kami laporkan kepada Kepala Bagian Umum",
    ]
    people.expect.says("Monday's reminder", heard[analis].text, said)
    people.expect.says("the report to the Kabag", heard[kabag].text, ["Yth. Kepala Bagian Umum", "1 hari kerja"])


async def the_delay_is_reported(people: People) -> None:
    """The superior on the first and third day, the administrators on the third, then the superior weekly."""
    analis, kabag, admin = people.analis, people.kabag, people.admin
    heard = await moment(people, "2026-10-20 07:30", analis, part="20 October · Later and later")
    people.expect.check("no report on the second day", "kami laporkan" not in heard[analis].text)
    heard = await moment(people, "2026-10-21 07:30", analis, kabag, admin)
    for person, message in heard.items():
        people.expect.says(f"the third day's message to {person.name}", message.text, ["3 hari kerja"])
    heard = await moment(people, "2026-10-28 07:30", analis, kabag)
    for person, message in heard.items():
        people.expect.says(f"the message to {person.name} a week later", message.text, ["8 hari kerja"])


async def two_days_are_granted(people: People) -> None:
    await people.begin_part("28 October · Ibu Rina has a difficulty", "2026-10-28 09:00")
    analis, kabag = people.analis, people.kabag
    await analis.tap(await analis.card_with(2, "Ada Kendala"), "Ada Kendala")
    await analis.answers(REASON, "langkah 2/12", "kendala")
    reported = await analis.sends_form(REASON)
    people.expect.says("the toast", reported.text, ["Kendala tercatat"])

    asked = await kabag.sees(REASON, button="2 hari kerja", new=False)
    granted = await kabag.tap(asked, "2 hari kerja")
    people.expect.says("the toast", granted.text, ["Terima kasih, Bapak", "Tambahan waktu tercatat"])
    await analis.sees("tambahan 2 hari kerja", "Jumat, 30 Okt", new=False)
    again = await people.changes_nothing("a second grant", kabag.tap(asked, "3 hari kerja", stale=True))
    people.expect.says("the alert", again.text, ["Mohon maaf, Bapak", "2 hari kerja sudah diberikan"])

    await people.later("2026-10-28 15:00")
    for document in ("data_capaian", "konsep_undangan"):
        await analis.send(paper(document))
        await analis.sees("Berkas diterima")
    await analis.tap(await analis.card_with(2, "Ajukan", "telah lengkap", "Jumat, 30 Okt 2026, 16.30 WIB"), "Ajukan")
    await people.expect_no_buttons(2)


async def what_is_done_is_not_reminded_of(people: People) -> None:
    """The eve of the limit that she was granted: her task is done, so only the Kabag hears, of his own."""
    kabag = people.kabag
    heard = await moment(people, "2026-10-29 07:30", kabag, part="29 October · What is done is not reminded of")
    people.expect.says("the Kabag's reminder", heard[kabag].text, ["langkah 3/12", "jatuh tempo hari ini"])
    await kabag.tap(await kabag.card_with(3, "Disposisikan"), "Disposisikan")
    await kabag.sends_form()
