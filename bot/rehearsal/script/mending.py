"""What is mended on the way: a slip of the thumb is withdrawn before anybody has read of it."""

from bot.rehearsal.buttons import DECIDING, READING
from bot.rehearsal.people import People
from bot.rehearsal.sandbox import Sandbox

WAITS = 1800  # seconds for which a decision may be withdrawn, as long as this lasts


async def a_slip_is_withdrawn(people: People, sandbox: Sandbox) -> None:
    """Bapak Hadi presses *Setujui* at step 10, and thinks better of it."""
    await people.begin_part("Step 10 · A slip of the thumb is withdrawn", "2026-11-24 10:00")
    await _waiting(sandbox, WAITS)
    kabag, sekretaris = people.kabag, people.sekretaris
    card = await kabag.card(10, *DECIDING, says=["kali ke-2"])
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
