"""Decisions typed as a reply to the card, which work as its buttons do."""

import asyncio

import pytest

from tests.e2e.desk import has
from tests.papers import paper

DRAFT = "Konsep nota dinas laporan rapat internal"
RECORDED = "Terima kasih, Ibu. Persetujuan tercatat dan diteruskan."


async def reply(office, role, text, card):
    sent = await office.phone(role).send(text, reply_to=card)
    await office.settled()
    return sent


async def newest(office, role):
    await office.settled()
    return [item for item in await office.phone(role).messages() if item.by_bot][-1]


@pytest.mark.parametrize("text", ["setujui", " Setujui. "])
async def test_setujui_approves_once_even_if_the_update_comes_twice(any_office, text):
    office = any_office
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    sent = await reply(office, "kabag_umum", text, card)
    assert (await newest(office, "kabag_umum")).text == f"{RECORDED}\n\nip-asn-2026"
    assert (await office.now("kabag_umum", card)).labels == ("Lihat Berkas", "Riwayat")
    (entry,) = [item for item in office.trail() if item["act"]["act"] == "approve"]
    assert entry["update"] == sent.update_id
    assert entry["typed"] is True
    after = office.case
    await office.telegram.deliver_again(sent.update_id)
    await office.settled()
    assert office.case == after
    assert office.task.step == 7
    assert len(await office.saying("kabag_umum", RECORDED)) == 1


async def test_a_press_is_not_marked_as_typed(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Setujui")
    await office.settled()
    assert not [entry for entry in office.trail() if "typed" in entry]


async def test_kembalikan_with_a_reason_returns_all_documents(any_office):
    office = any_office
    await office.walk_to(6)
    documents = {item.document for item in office.case.versions if item.task == office.task.id - 1}
    await reply(
        office, "kabag_umum", "kembalikan: Tabel per unit belum sesuai.", await office.card("kabag_umum", "Setujui")
    )
    said = (await newest(office, "kabag_umum")).text
    assert said.startswith("Terima kasih, Ibu. Pengembalian kepada Analis SDM Aparatur tercatat.")
    (back,) = office.case.returns
    assert back.reason == "Tabel per unit belum sesuai."
    assert set(back.documents) >= documents
    assert office.task.step == 5


async def test_kembalikan_without_a_reason_opens_the_form_as_the_button_does(office):
    await office.walk_to(6)
    await reply(office, "kabag_umum", "kembalikan", await office.card("kabag_umum", "Setujui"))
    form = await newest(office, "kabag_umum")
    assert "Pengembalian untuk perbaikan" in form.text
    assert office.task.step == 6


async def test_a_reason_that_is_too_short_is_refused(office):
    await office.walk_to(6)
    await reply(office, "kabag_umum", "kembalikan: x", await office.card("kabag_umum", "Setujui"))
    assert "paling sedikit 5 karakter; yang dikirim 1." in (await newest(office, "kabag_umum")).text
    assert office.task.step == 6
    assert office.refusals() == ["ReasonMissing"]


async def test_setujui_with_a_disposition_opens_its_form_and_the_ticks_decide(office):
    await office.walk_to(7)
    await reply(office, "sekretaris", "setujui", await office.card("sekretaris", "Setujui"))
    assert office.task.step == 7
    assert has(await newest(office, "sekretaris"), "Kirim")
    await office.tap("sekretaris", "Kirim")
    await office.settled()
    assert office.task.step == 8


async def test_two_messages_in_a_row_decide_once_and_the_second_reads_who_decided(any_office):
    office = any_office
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await asyncio.gather(*(office["kabag_umum"].send("setujui", reply_to=card) for _ in range(2)))
    await office.says("kabag_umum", RECORDED)
    await office.says("kabag_umum", "sudah disetujui oleh Kepala Bagian Umum (Dewi) pada 2 Nov, 09.00 WIB")
    assert office.refusals() == ["AlreadyDecided"]
    assert office.task.step == 7


@pytest.mark.parametrize("text", ["Setujui saja deh", "kembalikan karena salah", "Terima kasih"])
async def test_anything_else_decides_nothing_and_the_holder_reads_what_would(office, text):
    await office.walk_to(6)
    before = office.case
    await reply(office, "kabag_umum", text, await office.card("kabag_umum", "Setujui"))
    said = (await newest(office, "kabag_umum")).text
    assert "tidak memutuskan apa pun" in said
    assert "kembalikan: catatan perbaikan" in said
    assert office.case == before
    assert not office.refusals()


async def test_without_a_reply_it_decides_nothing(office):
    await office.walk_to(6)
    await office.card("kabag_umum", "Setujui")
    await office["kabag_umum"].send("setujui")
    await office.says("kabag_umum", "belum dapat kami proses")
    assert office.task.step == 6


async def test_on_a_card_that_is_no_review_it_decides_nothing(office):
    await office.walk_to(2)
    await reply(office, "analis_sdm", "setujui", await office.card("analis_sdm", "Ajukan"))
    assert "belum dapat kami proses" in (await newest(office, "analis_sdm")).text
    assert office.task.step == 2


async def test_whoever_holds_the_desk_no_longer_is_refused(office):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    office.transact(_dismissed, office.members["kabag_umum"])
    await reply(office, "kabag_umum", "setujui", card)
    assert "kewenangan Kepala Bagian Umum" in (await newest(office, "kabag_umum")).text
    assert office.refusals() == ["NotHolder"]
    await reply(office, "kabag_umum", "Terima kasih", card)
    assert "belum dapat kami proses" in (await newest(office, "kabag_umum")).text


def _dismissed(work, member):
    from alur.storage.appointments import APPOINTMENTS

    table = APPOINTMENTS
    work.session.connection().execute(table.delete().where(table.c.member_id == member))


async def test_an_older_copy_and_an_older_version_decide_nothing(office):
    await office.walk_to(6)
    old = await office.card("kabag_umum", "Setujui")
    await office["kabag_umum"].send("/tugas")
    await office.until(lambda: _is_folded(office, old), "the older copy to shrink")
    await reply(office, "kabag_umum", "setujui", old)
    assert "kartu terbaru langkah 6/12 tersedia di bawah" in (await newest(office, "kabag_umum")).text
    await reply(office, "kabag_umum", "kembalikan: tabelnya salah", old)
    assert office.refusals() == ["Replaced", "Replaced"]
    card = await office.card("kabag_umum", "Setujui")
    await office["analis_sdm"].send_file(f"{DRAFT}.pdf", paper(f"{DRAFT}.pdf", b"%PDF-1.4 baru"))
    await office.says("analis_sdm", "Berkas diterima")
    await office.settled()
    await reply(office, "kabag_umum", "setujui", card)
    assert "sudah diperbarui sejak kartu ini dikirim" in (await newest(office, "kabag_umum")).text
    assert office.refusals()[-1] == "OutOfDate"
    assert office.task.step == 6
    await reply(office, "kabag_umum", "setujui", await office.card("kabag_umum", "Setujui"))
    assert office.task.step == 7


async def _is_folded(office, card):
    return (await office.now("kabag_umum", card)).labels == ()


async def test_whoever_drafted_does_not_approve_by_typing_either(office):
    office.transact(_also_kabag, office.members["analis_sdm"])
    await office.walk_to(6)
    await reply(office, "analis_sdm", "setujui", await office.card("analis_sdm", "Setujui"))
    assert "disiapkan oleh Ibu sendiri" in (await newest(office, "analis_sdm")).text
    assert office.refusals() == ["OwnDraft"]
    assert office.task.step == 6


def _also_kabag(work, member):
    from alur.storage import appointments

    appointments.add(work.session, member_id=member, role="kabag_umum")


async def test_it_counts_when_it_was_written_and_outlives_a_long_outage(office):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await office.end()
    sent = await office["kabag_umum"].send("setujui", reply_to=card)
    await office.advance(hours=2)
    await office.begin()
    assert office.task.step == 7
    closed = next(task for task in office.case.tasks if task.step == 6).closing
    assert closed.at == sent.date


async def test_a_reply_to_the_prompt_stays_an_answer_to_the_prompt(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    await office.settled()
    if has(await newest(office, "kabag_umum"), "Lanjut"):
        await office.tap("kabag_umum", "Lanjut")
    await office.fill("kabag_umum", "setujui")
    await office.tap("kabag_umum", "Kirim")
    await office.settled()
    assert office.case.returns[0].reason == "setujui"
