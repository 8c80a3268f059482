"""Late play: the year's call in October, week after week, until Tata Usaha opens the case, after closing time."""

from bot.demo import cast
from bot.demo.company import Company
from bot.demo.moments import moment
from bot.demo.papers import letter

LETTER_NUMBER, LETTER_DATE = "1043/KP.05/SJP/2026", "5 Oktober 2026"
ADVISED, LATEST = "Kamis, 19 Nov 2026", "Kamis, 3 Des 2026"


async def everybody_joins(company: Company) -> None:
    await company.scene("The day before · Everybody joins by invitation", "2026-09-30 14:05")
    await company.hire()
    for part, code in zip(cast.INVITED, await company.invite(cast.INVITED), strict=True):
        await company[part].write(f"/start {code}")
        await company[part].sees("Selamat datang", part.name)


async def the_year_calls(company: Company) -> None:
    """On the first working day of October, and a week later once more."""
    office = (company.admin, company.tata_usaha)
    calls = await moment(company, "2026-10-01 07:30", *office, scene="1 October · The year calls")
    for person, call in calls.items():
        company.expect.says(f"the call to {person.name}", call.text, ["belum dimulai", ADVISED, LATEST])
        company.expect.equal(f"{person.name} can begin at once", call.labels, ("Mulai Proses",))
    await moment(company, "2026-10-08 07:30", *office)


async def the_case_is_opened_after_closing(company: Company) -> None:
    await company.scene("8 October · Ibu Wati opens the case, after closing", "2026-10-08 16:20")
    clerk = company.tata_usaha
    await clerk.tap(await clerk.sees("belum dimulai", new=False), "Mulai Proses")
    await opens_case(company, "2026", LETTER_NUMBER, LETTER_DATE)
    card = await company.sekretaris.card_with(1, "Disposisikan", "ip-asn-2026", "Senin, 12 Okt 2026, 16.00 WIB")
    company.expect.check("after closing a card makes no sound", card.silent)


async def opens_case(company: Company, period: str, number: str, dated: str) -> None:
    """What Ibu Wati answers to the form that is open before her."""
    clerk = company.tata_usaha
    await clerk.tap(await clerk.sees(button=period), period)
    await clerk.answers(number, "nomor surat")
    await clerk.answers(dated, "tanggal surat")
    await clerk.answers(letter(number, dated), "PDF atau foto")
    await clerk.sends_form(number)
    await clerk.sees(f"ip-asn-{period}", "telah dibuka")
