"""*Tunda Proses*, *Lanjutkan Proses*, *Batalkan Proses*: what everybody sees of them, and people who act in the same second."""

import asyncio

import pytest

from alur.storage import cases
from tests.e2e.desk import has
from tests.papers import paper

REASON = "Menunggu arahan pimpinan."


async def on_status(office, role, button):
    """Presses it on /status, where the only case is shown alone."""
    asked = await office.phone(role).send("/status")
    shown = await office.says(role, "ip-asn-2026", after=asked)
    return await office.tap(role, button, shown)


async def filled(office, role, button, reason=REASON):
    await on_status(office, role, button)
    await office.fill(role, reason)
    return await office.card(role, "Ya, Batalkan" if button == "Batalkan Proses" else "Kirim")


async def test_a_case_is_held_goes_on_and_is_called_off_before_everybodys_eyes(any_office):
    office = any_office
    await office.walk_to(4)
    guest, card = await office.card("unit_terkait", "Hadir"), await office.card("kabag_umum", "Rapat Selesai")
    await on_status(office, "sekretaris", "Tunda Proses")
    await office.fill("sekretaris", "cuma")
    await office.says("sekretaris", "Alasan penundaan perlu paling sedikit 5 karakter")
    await office.fill("sekretaris", REASON)
    answer = await office.tap("sekretaris", "Kirim")
    assert answer.text == "Penundaan proses tercatat dan disampaikan kepada pihak yang terkait."
    for role, message in (("unit_terkait", guest), ("kabag_umum", card)):
        await office.says(role, "ditunda oleh Sekretaris Direktorat Jenderal (Hartono)", "Selama ditunda")
        await office.settled()
        held = await office.now(role, message)
        assert "Proses ini ditunda oleh Sekretaris Direktorat Jenderal (Hartono)" in held.text
        assert (REASON in held.text) is (role == "kabag_umum")
        assert set(held.labels) <= {"Lihat Berkas", "Riwayat"}
    refused = await office["unit_terkait"].press_forged(guest.id, guest.button("Hadir").data)
    assert "sedang ditunda oleh Sekretaris Direktorat Jenderal (Hartono)" in refused.text
    await office["analis_sdm"].send_file("Notula rekonsiliasi.docx", paper("Notula rekonsiliasi.docx"))
    await office.says("analis_sdm", "mohon dikirim kembali setelah proses dilanjutkan")
    await office.phone("admin").send("/status")
    assert "Ditunda oleh Sekretaris" in (await office.says("admin", "ip-asn-2026 ·")).text

    answer = await on_status(office, "kabag_umum", "Lanjutkan Proses")
    assert answer.text.startswith("Proses dilanjutkan.")
    await office.says("unit_terkait", "telah dilanjutkan oleh Kepala Bagian Umum (Dewi)", "Jadwal rapat")
    await office.settled()
    assert has(await office.now("unit_terkait", guest), "Hadir")

    sent = await filled(office, "admin", "Batalkan Proses")
    assert set(sent.labels) == {"Ya, Batalkan", "Ubah", "Tidak Jadi"}
    await office.tap("admin", "Ya, Batalkan", sent)
    await office.says("unit_terkait", "dibatalkan oleh Administrator", "tidak jadi diselenggarakan")
    await office.settled()
    files = [item for item in await office["unit_terkait"].messages() if "Pembatalan rapat" in item.text]
    assert len(files) == 1
    assert "dibatalkan bersama prosesnya" in (await office.now("unit_terkait", guest)).text
    await office.phone("tata_usaha").send("/status")
    assert "Dibatalkan pada" in (await office.says("tata_usaha", "ip-asn-2026 ·")).text

    await office.tap_through_opening()
    with office.database.read() as session:
        assert [item.case.code for item in cases.all_(session)] == ["ip-asn-2026", "ip-asn-2026-2"]
    assert len(await office.saying("kabag_umum", "dibatalkan oleh Administrator")) == 1


async def test_who_hold_call_off_and_decide_in_the_same_second_are_told_who_was_first(any_office):
    office = any_office
    await office.walk_to(6)
    decision = await office.card("kabag_umum", "Setujui")
    holding = await filled(office, "sekretaris", "Tunda Proses")
    cancelling = await filled(office, "admin", "Batalkan Proses")
    approved, held, cancelled = await asyncio.gather(
        office.tap("kabag_umum", "Setujui", decision),
        office.tap("sekretaris", "Kirim", holding),
        office.tap("admin", "Ya, Batalkan", cancelling),
    )
    assert sorted((held.alert, cancelled.alert)) == [False, True]
    case = office.case
    assert (case.cancellation is not None, case.suspension is not None) == (held.alert, cancelled.alert)
    who = "dibatalkan oleh Administrator" if held.alert else "ditunda oleh Sekretaris Direktorat Jenderal (Hartono)"
    for answer in (approved, held, cancelled):
        assert not answer.alert or who in answer.text
    assert [item.step for item in case.tasks][-1] == (6 if approved.alert else 7)


@pytest.mark.parametrize("button", ["Tunda Proses", "Lanjutkan Proses", "Batalkan Proses"])
async def test_they_are_not_offered_to_others(office, button):
    await office.walk_to(6)
    asked = await office.phone("tata_usaha").send("/status")
    assert button not in (await office.says("tata_usaha", "ip-asn-2026", after=asked)).labels
