"""*Kartu Kendali* under /riwayat, on a phone."""

from io import BytesIO

import pikepdf

from alur.evidence.note import Signer
from alur.services.evidence.checkpoints import measured, sign

SIGNER = Signer("alur.example", bytes(range(32)))


async def asked_for(office, role):
    """The file that comes for a press under /riwayat, with its message."""
    await office[role].send("/riwayat")
    screen = await office.says(role, "Riwayat ip-asn-2026")
    answer = await office.tap(role, "Kartu Kendali", screen)
    assert (answer.alert, answer.text) == (False, "Yang diminta kami sampaikan di bawah.")
    await office.settled()
    message = [item for item in await office[role].messages() if item.by_bot and item.files][-1]
    assert message.id > screen.id
    assert message.files[0].name == "kartu-kendali-ip-asn-2026.pdf"
    return message, await message.download()


async def test_it_comes_as_a_pdf_at_any_time_and_says_whether_a_checkpoint_covers_it(any_office):
    office = any_office
    await office.walk_to(6)
    message, before = await asked_for(office, "kabag_umum")
    assert message.text == (
        "Kartu Kendali ip-asn-2026 · Laporan Capaian IP ASN 2026\n"
        "Keadaan per Senin, 2 Nov 2026, 09.00 WIB · titik periksa belum ada"
    )
    with pikepdf.open(BytesIO(before)) as made:
        assert len(made.pages) == 1

    office.transact(lambda work: sign(work, measured(work), SIGNER))
    message, after = await asked_for(office, "sekretaris")
    assert message.text.endswith("dengan kode QR titik periksa")
    assert after != before
    count = len(office.trail())
    await asked_for(office, "sekretaris")
    assert len(office.trail()) == count  # reading leaves no entry, and needs no new checkpoint


async def test_what_happens_after_a_checkpoint_is_not_covered_by_it(office):
    await office.walk_to(6)
    office.transact(lambda work: sign(work, measured(work), SIGNER))
    await office.tap("kabag_umum", "Setujui", await office.card("kabag_umum", "Setujui"))
    await office.settled()
    message, _ = await asked_for(office, "sekretaris")
    assert message.text.endswith("titik periksa belum ada")
