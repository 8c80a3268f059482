"""Late case: the year's call in October, week after week, until Tata Usaha opens the case, after closing time."""

from bot.rehearsal import profiles
from bot.rehearsal.papers import letter
from bot.rehearsal.people import People
from bot.rehearsal.script.late_moments import moment

LETTER_NUMBER, LETTER_DATE = "1043/KP.05/SJP/2026", "5 Oktober 2026"
ADVISED, LATEST = "Kamis, 19 Nov 2026", "Kamis, 3 Des 2026"


async def everybody_joins(people: People) -> None:
    await people.begin_part("The day before · Everybody joins by invitation", "2026-09-30 14:05")
    await people.give_phones()
    for profile, code in zip(profiles.INVITED, await people.invite(profiles.INVITED), strict=True):
        await people[profile].write(f"/start {code}")
        await people[profile].sees("Selamat datang", profile.name)


async def the_year_calls(people: People) -> None:
    """On the first working day of October, and a week later once more."""
    office = (people.admin, people.tata_usaha)
    calls = await moment(people, "2026-10-01 07:30", *office, part="1 October · The year calls")
    for person, call in calls.items():
        people.expect.says(f"the call to {person.name}", call.text, ["belum dimulai", ADVISED, LATEST])
        people.expect.equal(f"{person.name} can begin at once", call.labels, ("Mulai Proses",))
    await moment(people, "2026-10-08 07:30", *office)


async def the_case_is_opened_after_closing(people: People) -> None:
    await people.begin_part("8 October · Ibu Wati opens the case, after closing", "2026-10-08 16:20")
    clerk = people.tata_usaha
    await clerk.tap(await clerk.sees("belum dimulai", new=False), "Mulai Proses")
    await opens_case(people, "2026", LETTER_NUMBER, LETTER_DATE)
    card = await people.sekretaris.card_with(1, "Disposisikan", "ip-asn-2026", "Senin, 12 Okt 2026, 16.00 WIB")
    people.expect.check("after closing a card makes no sound", card.silent)


async def opens_case(people: People, period: str, number: str, dated: str) -> None:
    """What Ibu Wati answers to the form that is open before her."""
    clerk = people.tata_usaha
    await clerk.tap(await clerk.sees(button=period), period)
    await clerk.answers(number, "nomor surat")
    await clerk.answers(dated, "tanggal surat")
    await clerk.answers(letter(number, dated), "PDF atau foto")
    await clerk.sends_form(number)
    await clerk.sees(f"ip-asn-{period}", "telah dibuka")
