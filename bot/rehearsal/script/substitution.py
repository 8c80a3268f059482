"""A Plh for the Kabag: appointed by an order, he has the open cards from the first day on, and gives them back after the last."""

import json

from bot.rehearsal import profiles
from bot.rehearsal.buttons import ASIDE, DECIDING, FILES, READING
from bot.rehearsal.papers import corrected_page
from bot.rehearsal.people import People
from bot.rehearsal.person import Person
from bot.rehearsal.sandbox import Sandbox
from bot.rehearsal.script.reporting import DATA, SENT_AS
from bot.rehearsal.script.validation import MOMENT
from simulator import Message

ORDER = "12/SPt/DLB/2026"
FIRST, LAST = "2026-11-16", "2026-11-18"
TERM = "mulai Senin, 16 Nov 2026 sampai dengan Rabu, 18 Nov 2026"
PLH = "Plh. Kepala Bagian Umum"
IN_RECORD = f"{PLH} (Arif, Surat Perintah Nomor {ORDER})"


async def a_plh_is_appointed(people: People, sandbox: Sandbox) -> None:
    await people.begin_part("Between steps 6 and 7 · A Plh is appointed for three days", "2026-11-13 11:00")
    await people.give_phones_to(profiles.PLH)
    plh, kabag = people[profiles.PLH], people.kabag
    (code,) = await people.invite((profiles.PLH,))
    await plh.write(f"/start {code}")
    await plh.sees("Selamat datang", "Arif")

    member = await _number(sandbox, plh)
    order = ("--order", ORDER, "--order-date", "2026-11-13")
    words = ("appoint", "kabag_umum", "--member", member, "--kind", "plh", "--from", FIRST, "--to", LAST, *order)
    people.transcript.note(f"The administrator types: alur {' '.join(words)}")
    await sandbox.alur(*words)
    told = await plh.sees("ditugaskan sebagai")
    people.expect.says("what Bapak Arif hears", told.text, [f"{PLH} (Surat Perintah Nomor {ORDER}) {TERM}"])
    told = await kabag.sees("dijalankan oleh", new=False)
    people.expect.says("what Bapak Hadi hears", told.text, [IN_RECORD, "berkasnya tetap dapat dibaca"])


async def the_first_day_begins(people: People) -> None:
    """At midnight, without a sound; whoever is absent reads who acts for him, and decides nothing."""
    plh, kabag = people[profiles.PLH], people.kabag
    own = await kabag.card(6, *DECIDING)
    await people.begin_part("16 November · The first day of the Plh begins", "2026-11-16 00:00")
    card = await plh.card(6, *DECIDING, says=["kali ke-3"], files=[SENT_AS, DATA, corrected_page()])
    people.expect.check("the Plh's card comes without a sound at night", card.silent)
    says = [f"ditindaklanjuti oleh {IN_RECORD} sampai dengan Rabu, 18 Nov 2026", "Tidak ada tindakan yang diperlukan"]
    await kabag.card(6, *READING, says=says)
    late = await people.changes_nothing("a tap of the absent Kabag", kabag.tap(own, "Setujui", stale=True))
    people.expect.says("the alert", late.text, ["Mohon maaf, Bapak", f"sedang dijalankan oleh {PLH} (Arif)"])
    await kabag.write("/tugas")
    await kabag.sees("tidak ada tugas")


async def the_last_day_is_over(people: People) -> None:
    """The case waits for the meeting of step 8: the card goes back, and the Plh reads no case any more."""
    plh, kabag = people[profiles.PLH], people.kabag
    desk = ("Rapat Selesai", "Ubah Jadwal")
    held = await plh.card(8, *desk, *ASIDE, says=[MOMENT])
    await people.begin_part("19 November · The last day of the Plh is over", "2026-11-19 00:00")
    await kabag.card(8, *desk, *ASIDE, says=[MOMENT])
    left = await plh.sees("langkah 8/12", "Tidak ada tindakan yang diperlukan", new=False)
    people.expect.equal("the Plh's card stays where it was", (left.id, left.labels), (held.id, (FILES,)))
    late = await people.changes_nothing("a tap of the former Plh", plh.tap(held, "Rapat Selesai", stale=True))
    people.expect.check("he is refused", late.alert, seen=late.text)
    await plh.write("/riwayat")
    await plh.sees("Mohon maaf, Bapak", "menangani prosesnya")


async def the_history_tells_who_decided(people: People) -> None:
    await people.begin_part("Looking back · The history tells who acted for whom", "2026-11-24 15:00")
    sekretaris = people.sekretaris
    await sekretaris.write("/riwayat")
    told = await _whole(sekretaris)
    said = [
        "Kepala Bagian Umum (Hadi) menyetujui dokumen langkah 6 kali ke-2",
        f"{IN_RECORD} menyetujui dokumen langkah 6 kali ke-3",
        "menyetujui dokumen langkah 7 kali ke-2",
        "dicatat oleh Tata Usaha (Wati) berdasarkan lembar tertulis",
        "(semula 1187/KP.05/SJP/2026)",
        "menunda proses: “Menunggu surat edaran dari Biro SDM.”",
        "melanjutkan proses",
        "Kepala Bagian Umum (Hadi) menarik keputusan pada langkah 10 kali ke-2 sebelum diteruskan",
        "Kepala Bagian Umum (Hadi) menyetujui dokumen langkah 10",
    ]
    people.expect.says("the history", told, said)


async def _whole(person: Person) -> str:
    """All pages, the newest first."""
    page: Message = await person.sees("Riwayat ip-asn-2026")
    told = page.text
    while "Lebih Lama" in page.labels:
        await person.tap(page, "Lebih Lama")
        page = await person.sees("Riwayat ip-asn-2026")
        told = f"{told}\n{page.text}"
    return told


async def _number(sandbox: Sandbox, person: Person) -> str:
    """As `alur members` lists him."""
    listed = json.loads(await sandbox.alur("members", "--json"))
    return next(str(item["member"]) for item in listed if item["name"] == person.profile.name)
