"""Late play, step 2: the Analis is late, a weekend without power comes between, and the Kabag grants two days."""

from bot.demo.company import Company
from bot.demo.moments import House, moment, told
from bot.demo.papers import paper

REASON = "Data kompetensi dua unit belum lengkap pada Sipeg."


async def the_limit_comes_near(company: Company) -> None:
    analis = company.analis
    heard = await moment(company, "2026-10-15 07:30", analis, scene="15 October · The eve of a limit")
    said = ["Yth. Ibu Rina", "hari kerja berikutnya", "Jumat, 16 Okt, 16.30 WIB"]
    company.expect.says("the reminder of the eve", heard[analis].text, said)
    heard = await moment(company, "2026-10-16 07:30", analis)
    company.expect.says("the reminder of the day", heard[analis].text, ["jatuh tempo hari ini", "16.30 WIB"])


async def a_weekend_without_power(company: Company, house: House) -> None:
    """Down from Friday noon to Monday: the reminder of Friday afternoon is not made up for."""
    analis, kabag = company.analis, company.kabag
    await company.scene("16 October · The power fails over the weekend", "2026-10-16 12:00")
    await house.stop()
    since = await company.telegram.last_change()
    await company.later("2026-10-19 09:00")
    await house.restart()
    heard = await told(company, since, analis, kabag)
    said = [
        "telah melewati batas waktunya",
        "Jumat, 16 Okt, 16.30 WIB",
        "1 hari kerja",
        "kami laporkan kepada Kepala Bagian Umum",
    ]
    company.expect.says("Monday's reminder", heard[analis].text, said)
    company.expect.says("the report to the Kabag", heard[kabag].text, ["Yth. Bapak Kepala Bagian Umum", "1 hari kerja"])


async def the_delay_is_reported(company: Company) -> None:
    """The superior on the first and third day, the administrators on the third, then the superior weekly."""
    analis, kabag, admin = company.analis, company.kabag, company.admin
    heard = await moment(company, "2026-10-20 07:30", analis, scene="20 October · Later and later")
    company.expect.check("no report on the second day", "kami laporkan" not in heard[analis].text)
    heard = await moment(company, "2026-10-21 07:30", analis, kabag, admin)
    for person, message in heard.items():
        company.expect.says(f"the third day's message to {person.name}", message.text, ["3 hari kerja"])
    heard = await moment(company, "2026-10-28 07:30", analis, kabag)
    for person, message in heard.items():
        company.expect.says(f"the message to {person.name} a week later", message.text, ["8 hari kerja"])


async def two_days_are_granted(company: Company) -> None:
    await company.scene("28 October · Ibu Rina has a difficulty", "2026-10-28 09:00")
    analis, kabag = company.analis, company.kabag
    await analis.tap(await analis.card_with(2, "Ada Kendala"), "Ada Kendala")
    await analis.answers(REASON, "langkah 2/12", "kendala")
    reported = await analis.sends_form(REASON)
    company.expect.says("the toast", reported.text, ["Kendala tercatat"])

    asked = await kabag.sees(REASON, button="2 hari kerja", new=False)
    granted = await kabag.tap(asked, "2 hari kerja")
    company.expect.says("the toast", granted.text, ["Terima kasih, Bapak", "Tambahan waktu tercatat"])
    await analis.sees("tambahan 2 hari kerja", "Jumat, 30 Okt", new=False)
    again = await company.changes_nothing("a second grant", kabag.tap(asked, "3 hari kerja", stale=True))
    company.expect.says("the alert", again.text, ["Mohon maaf, Bapak", "2 hari kerja sudah diberikan"])

    await company.later("2026-10-28 15:00")
    for document in ("data_capaian", "konsep_undangan"):
        await analis.send(paper(document))
        await analis.sees("Berkas diterima")
    await analis.tap(await analis.card_with(2, "Ajukan", "telah lengkap", "Jumat, 30 Okt 2026, 16.30 WIB"), "Ajukan")
    await company.expect_no_buttons(2)


async def what_is_done_is_not_reminded_of(company: Company) -> None:
    """The eve of the limit that she was granted: her task is done, so only the Kabag hears, of his own."""
    kabag = company.kabag
    heard = await moment(company, "2026-10-29 07:30", kabag, scene="29 October · What is done is not reminded of")
    company.expect.says("the Kabag's reminder", heard[kabag].text, ["langkah 3/12", "jatuh tempo hari ini"])
    await kabag.tap(await kabag.card_with(3, "Disposisikan"), "Disposisikan")
    await kabag.sends_form()
