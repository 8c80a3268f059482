"""A quick thumb: what a desk hands on is taken from an older copy of its card, while all that is newer came from that thumb."""

from datetime import datetime

import pytest

from alur.services.cases.perform import perform
from tests import acts
from tests.e2e.desk import WIB, has
from tests.papers import paper


async def send(phone, *names):
    for name in names:
        await phone.send_file(f"{name}.pdf", paper(f"{name}.pdf", name.encode()))


@pytest.fixture
async def drafting(any_office):
    """At step 2, with the card as it landed."""
    await any_office.walk_to(2)
    return any_office, await any_office.card("analis_sdm", "Ajukan")


async def test_who_sends_his_papers_and_presses_the_card_above_them_has_submitted(drafting):
    office, first = drafting
    await send(office["analis_sdm"], "Data capaian", "Konsep undangan")
    newest = await office.card("analis_sdm", "Ajukan", after=first)
    answer = await office["analis_sdm"].press_forged(first.id, first.button("Ajukan").data)
    assert answer.text == "Terima kasih, Ibu. Pengajuan tercatat dan diteruskan."
    assert (office.task.step, office.refusals()) == (3, [])
    again = await office.tap("analis_sdm", "Ajukan", newest)
    assert again.alert
    assert office.refusals() == ["AlreadyDecided"]


async def test_a_colleague_of_the_same_post_who_brought_nothing_presses_the_older_copy_in_vain(drafting):
    office, _ = drafting
    colleague = await office.enrol("analis_sdm", "Budi", sapaan="Bapak")
    await colleague.send("/tugas")
    his = await office.card(colleague, "Ajukan")
    await send(office["analis_sdm"], "Data capaian", "Konsep undangan")
    await office.settled()
    answer = await colleague.press_forged(his.id, his.button("Ajukan").data)
    assert answer.alert
    assert (office.task.step, office.refusals()) == (2, ["OutOfDate"])


async def test_who_has_dated_the_meeting_submits_from_the_copy_above_and_not_after_another_moved_it(office):
    await office.walk_to(3, 1)
    rina = office["analis_sdm"]
    await send(rina, "Undangan rapat")
    await office.settled()
    older = await office.card(rina, "Ajukan")
    await office.tap(rina, "Jadwalkan Rapat")
    await office.fill(rina, "12-11-2026", "09.30", "Ruang Rapat Lantai 4")
    await office.tap(rina, "Kirim")
    await office.settled()
    assert not has(await office.now(rina, older), "Ajukan")
    answer = await rina.press_forged(older.id, older.button("Ajukan").data)
    assert answer.text == "Terima kasih, Ibu. Pengajuan tercatat dan diteruskan."
    assert (office.task.step, office.refusals()) == (4, [])


async def test_an_older_copy_that_was_only_shown_again_is_taken(drafting):
    office, first = drafting
    await send(office["analis_sdm"], "Data capaian", "Konsep undangan")
    await office.card("analis_sdm", "Ajukan", after=first)
    await office.settled()
    before = await office.card("analis_sdm", "Ajukan")
    await office["analis_sdm"].send("/tugas")
    await office.card("analis_sdm", "Ajukan", after=before)
    answer = await office["analis_sdm"].press_forged(before.id, before.button("Ajukan").data)
    assert answer.text == "Terima kasih, Ibu. Pengajuan tercatat dan diteruskan."


async def test_the_question_before_the_hour_stays_while_he_alone_brings_papers(office):
    await office.walk_to(4)
    kabag = office["kabag_umum"]
    first = await office.card(kabag, "Rapat Selesai")
    await send(kabag, "Notula", "Pemutakhiran data")
    await office.card(kabag, "Rapat Selesai", after=first)
    await kabag.press_forged(first.id, first.button("Rapat Selesai").data)
    await office.says(kabag, "Waktu rapat ini belum tiba")
    await send(kabag, "Notula")  # the same bytes: nothing new
    await kabag.send_file("Notula.pdf", paper("Notula.pdf", b"notula yang benar"))
    await office.settled()
    form = await office.says(kabag, "Waktu rapat ini belum tiba")
    await office.tap(kabag, "Kirim", form)
    assert office.task.step == 5
    assert "OutOfDate" not in office.refusals()


async def test_the_same_question_ends_when_another_brings_one(office):
    await office.walk_to(4)
    kabag = office["kabag_umum"]
    await send(kabag, "Notula", "Pemutakhiran data")
    await office.settled()
    await office.tap(kabag, "Rapat Selesai")
    form = await office.says(kabag, "Waktu rapat ini belum tiba")
    newer = acts.Upload(
        by=office.members["analis_sdm"], document="pemutakhiran_data", file=office.stored("Pemutakhiran.pdf")
    )
    assert office.transact(perform, office.record.id, newer).refusal is None
    await office["analis_sdm"].send("/tugas")
    await office.settled()
    answer = await kabag.press_forged(form.id, form.button("Kirim").data)
    assert "sudah diperbarui" in answer.text
    assert office.task.step == 4


async def test_a_note_that_is_not_wanted_any_more_is_not_asked_for(office):
    """After a return nothing was changed; then he sends the correction into the open question."""
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    await office.tap("kabag_umum", "Lanjut")
    await office.fill("kabag_umum", "Tabel belum sesuai.")
    await office.tap("kabag_umum", "Kirim")
    rina = office["analis_sdm"]
    await office.settled()
    await office.tap(rina, "Ajukan")
    await office.says(rina, "Isi dokumen belum berubah")
    await rina.send_file("Data awal.pdf", paper("Data awal.pdf", b"tabel baru"))
    await office.settled()
    assert await office.saying(rina, "tidak berlaku lagi")
    await office.tap(rina, "Ajukan")
    assert office.task.step == 6


async def is_held_to_the_newest(office, holder, button, by, document):
    """Somebody else replaces what the card only shows: the copy above the new card decides nothing any more."""
    step, phone = office.task.step, office[holder]
    older = await office.card(phone, button)
    replaced = acts.Upload(by=office.members[by], document=document, file=office.stored(f"{document} yang benar.pdf"))
    assert office.transact(perform, office.record.id, replaced).refusal is None
    await phone.send("/tugas")
    await office.settled()
    newest = await office.card(phone, button, after=older)
    answer = await phone.press_forged(older.id, older.button(button).data)
    assert answer.alert
    assert (office.task.step, office.refusals()) == (step, ["Replaced"])
    await office.tap(phone, button, newest)
    assert office.task.step == step + 1


async def test_a_file_that_the_desk_before_replaced_kills_the_copy_above_the_new_card(office):
    await office.walk_to(9)
    await send(office["analis_sdm"], "Konsep nota dinas laporan")
    await office.settled()
    await is_held_to_the_newest(office, "analis_sdm", "Ajukan", by="kabag_umum", document="notula_validasi")


async def test_so_does_an_invitation_that_was_replaced_before_the_meeting_is_closed(office):
    await office.walk_to(4)
    await send(office["kabag_umum"], "Notula", "Pemutakhiran data")
    await office.settled()
    await office.card("kabag_umum", "Rapat Selesai")
    await office.advance(days=14)
    await is_held_to_the_newest(office, "kabag_umum", "Rapat Selesai", by="analis_sdm", document="undangan")


@pytest.fixture
async def asked_before_the_hour(office):
    """At step 4, with the question whether the meeting is over already."""
    await office.walk_to(4)
    kabag = office["kabag_umum"]
    await send(kabag, "Notula", "Pemutakhiran data")
    await office.settled()
    await office.tap(kabag, "Rapat Selesai")
    return office, await office.says(kabag, "Waktu rapat ini belum tiba")


def another_date(office, role):
    starts = datetime(2026, 11, 19, 9, 30, tzinfo=WIB)
    return acts.ScheduleMeeting(by=office.members[role], step=4, starts=starts, place="Ruang lain")


async def pressed_after(office, form, act):
    """What *Kirim* is answered once that has been done."""
    assert office.transact(perform, office.record.id, act).refusal is None
    await office["analis_sdm"].send("/tugas")
    await office.settled()
    return await office["kabag_umum"].press_forged(form.id, form.button("Kirim").data)


async def test_the_question_ends_when_another_moves_the_meeting(asked_before_the_hour):
    office, form = asked_before_the_hour
    answer = await pressed_after(office, form, another_date(office, "analis_sdm"))
    assert "tidak berlaku lagi" in answer.text
    assert (office.task.step, office.refusals()) == (4, ["InputOver"])
    await office.settled()
    await office.tap("kabag_umum", "Rapat Selesai")
    await office.settled()
    await office.tap("kabag_umum", "Kirim")
    assert office.task.step == 5


async def test_the_question_stays_when_its_own_person_moves_the_meeting(asked_before_the_hour):
    office, form = asked_before_the_hour
    await pressed_after(office, form, another_date(office, "kabag_umum"))
    assert (office.task.step, office.refusals()) == (5, [])


async def test_the_question_ends_when_another_replaces_the_invitation(asked_before_the_hour):
    office, form = asked_before_the_hour
    file = office.stored("Undangan yang benar.pdf")
    newer = acts.Upload(by=office.members["analis_sdm"], document="undangan", file=file)
    answer = await pressed_after(office, form, newer)
    assert "tidak berlaku lagi" in answer.text
    assert office.task.step == 4


async def test_the_question_stays_when_another_does_what_its_card_does_not_show(asked_before_the_hour):
    office, form = asked_before_the_hour
    by, task = office.members["analis_sdm"], office.task.id
    await pressed_after(office, form, acts.ReportObstacle(by=by, task=task, reason="Ruang rapat dipakai."))
    assert office.task.step == 5
