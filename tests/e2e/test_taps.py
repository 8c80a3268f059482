"""Presses: each gets one answer, decides at most once, and is believed in nothing."""

import asyncio

import pytest

from tests.e2e.desk import has
from tests.papers import paper

# One press of every button that stands under a card or notice of the straight path: step, task, who, label.
EVERY_BUTTON = [
    (1, 0, "sekretaris", "Disposisikan"),
    (1, 0, "sekretaris", "Tanya"),
    (2, 0, "analis_sdm", "Ajukan"),
    (3, 1, "analis_sdm", "Jadwalkan Rapat"),
    (4, 0, "kabag_umum", "Rapat Selesai"),
    (4, 0, "unit_terkait", "Hadir"),
    (4, 0, "unit_terkait", "Tidak Hadir"),
    (4, 0, "unit_terkait", "Diwakili"),
    (6, 0, "kabag_umum", "Setujui"),
    (6, 0, "kabag_umum", "Kembalikan"),
    (7, 0, "sekretaris", "Setujui"),
    (7, 0, "sekretaris", "Kembalikan"),
    (7, 0, "analis_sdm", "Isi Nomor Nadine"),
    (8, 0, "biro_sdm", "Jadwalkan Rapat"),
    (11, 0, "sekretaris", "Beri Arahan"),
    (12, 0, "tata_usaha", "Sudah Diarsipkan"),
    (12, 0, "tata_usaha", "Isi Nomor Nadine"),
]


@pytest.mark.parametrize(("step", "index", "role", "label"), EVERY_BUTTON)
async def test_every_button_is_answered_exactly_once(office, step, index, role, label):
    await office.walk_to(step, index)
    answer = await office.tap(role, label)
    await office.settled()
    answers = await office.calls("answerCallbackQuery")
    assert [call["parameters"]["callback_query_id"] for call in answers] == [answer.query_id]
    assert answers[0]["answer"]["ok"]
    assert "tidak kami kenali" not in (answer.text or "")


async def test_every_button_of_a_form_is_answered_exactly_once(office):
    await office.walk_to(7)
    await office.tap("sekretaris", "Setujui")
    pressed = 1
    for label in ("Tindak lanjuti", "Pantau", "Pantau", "Tambah Catatan", "Batal"):
        await office.tap("sekretaris", label)
        pressed += 1
        await office.settled()
    answers = [call["parameters"]["callback_query_id"] for call in await office.calls("answerCallbackQuery")]
    assert len(answers) == len(set(answers)) == pressed


async def test_a_double_tap_decides_once_and_the_second_is_answered_with_who_and_when(any_office):
    office = any_office
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    first, second = await asyncio.gather(*(office.tap("kabag_umum", "Setujui", card) for _ in range(2)))
    if first.alert:
        first, second = second, first
    assert first.text == "Terima kasih, Ibu. Persetujuan tercatat dan diteruskan."
    assert second.alert
    assert "sudah disetujui oleh Kepala Bagian Umum (Dewi) pada 2 Nov, 09.00 WIB" in second.text
    assert office.refusals() == ["AlreadyDecided"]
    assert (office.task.step, len([task for task in office.case.tasks if task.step == 6])) == (7, 1)


async def test_a_colleagues_later_tap_is_answered_with_who_decided(office):
    colleague = await office.enrol("kabag_umum", "Budi", sapaan="Bapak")
    await office.walk_to(6)
    his = await office.card(colleague, "Setujui")
    await office.tap("kabag_umum", "Setujui")
    after = office.case
    answer = await office.tap(colleague, "Kembalikan", his)
    assert answer.alert
    assert "Mohon maaf, Bapak" in answer.text
    assert "Kepala Bagian Umum (Dewi)" in answer.text
    assert office.case == after
    assert office.refusals() == ["AlreadyDecided"]


async def test_both_holders_see_what_was_decided_without_buttons_that_decide(office):
    colleague = await office.enrol("kabag_umum", "Budi", sapaan="Bapak")
    await office.walk_to(6)
    cards = {phone: await office.card(phone, "Setujui") for phone in (office["kabag_umum"], colleague)}
    await office.tap(colleague, "Setujui")
    await office.settled()
    for phone, card in cards.items():
        shown = await office.now(phone, card)
        assert shown.labels == ("Lihat Berkas", "Riwayat")
        assert "2 Nov 2026, 09.00 WIB" in shown.text
    assert "Budi" in (await office.now("kabag_umum", cards[office["kabag_umum"]])).text


async def test_whoever_does_not_hold_the_role_is_refused(office):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    before = office.case
    others = ["analis_sdm", "sekretaris", "unit_terkait", "tata_usaha", "admin"]
    for role in others:
        answer = await office[role].press_forged(card.id, card.button("Setujui").data)
        assert answer.alert
        assert "kewenangan Kepala Bagian Umum" in answer.text
    assert office.case == before
    refused = [(entry["refusal"], entry["act"]["by"]) for entry in office.trail() if "refusal" in entry]
    assert refused == [("NotHolder", office.members[role]) for role in others]


FORGED = [
    "approve:c1.99:1",
    "approve:c99.1:1",
    "explode:c1.10:1",
    "approve:c1.10",
    "approve:c1.10:-1",
    "x" * 64,
    "send:f99:0",
    "file:u99:0:1.undangan",
    "nadine:c1:0:no_such_document",
    "answer:c1:0:99",
    "schedule:c1:0:99",
    "schedule:c1:0:4",
    "delivered:c1.10:1:0",
]


async def test_forged_data_is_answered_and_changes_nothing(office):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    before = office.case
    for data in FORGED:
        answer = await office["kabag_umum"].press_forged(card.id, data)
        assert answer.answered, data
        assert answer.alert, data
        assert answer.text.startswith("Mohon maaf"), data
    assert office.case == before


async def test_another_persons_form_is_not_his_to_send(office):
    await office.walk_to(1)
    await office.tap("sekretaris", "Disposisikan")
    form = await office.card("sekretaris", "Kirim")
    answer = await office["kabag_umum"].press_forged(form.id, form.button("Kirim").data)
    assert answer.alert
    assert (office.task.step, office.task.index) == (1, 0)
    assert await office.tap("sekretaris", "Kirim")
    assert office.task.index == 1


async def test_an_old_button_is_refused_after_a_new_version_came(office):
    await office.walk_to(6)
    old = await office.card("kabag_umum", "Setujui")
    await office["analis_sdm"].send_file("b.pdf", paper("b.pdf", b"%PDF-1.4 newer"), caption="Konsep nota dinas rapat")
    new = await office.card("kabag_umum", "Setujui", after=old)
    answer = await office.tap("kabag_umum", "Setujui", old)
    assert answer.alert
    assert "sudah diperbarui" in answer.text
    assert office.task.step == 6
    assert office.refusals() == ["OutOfDate"]
    await office.tap("kabag_umum", "Setujui", new)
    assert office.task.step == 7


async def test_an_answer_to_an_invitation_kills_no_button(office):
    await office.walk_to(4)
    for document in ("Notula", "Pemutakhiran data"):
        await office["kabag_umum"].send_file(f"{document}.pdf", paper(f"{document}.pdf", document.encode()))
        await office.settled()
    card = await office.card("kabag_umum", "Rapat Selesai")
    await office.tap("unit_terkait", "Hadir")
    await office.tap("kabag_umum", "Rapat Selesai", card)
    await office.tap("kabag_umum", "Kirim")  # before its hour it is asked about
    assert office.task.step == 5


async def test_a_press_in_a_group_decides_nothing(office):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    group = await office.telegram.group("Bagian Umum", [office["kabag_umum"], office["analis_sdm"]])
    answer = await office["kabag_umum"].press_forged(card.id, card.button("Setujui").data, chat=group)
    assert answer.answered
    assert answer.alert
    assert office.task.step == 6


async def test_an_orphaned_copy_of_a_card_is_taken_and_edited_from_then_on(office):
    await office.walk_to(5)
    await office.telegram.faults("cut_after", "sendMessage", chat_id=office["kabag_umum"].id)
    for document in ("Konsep nota dinas rapat", "Data awal"):
        await office["analis_sdm"].send_file(f"{document}.pdf", paper(f"{document}.pdf", document.encode()))
        await office.settled()
    await office.tap("analis_sdm", "Ajukan")
    await office.settled()
    orphan, known = [item for item in await office["kabag_umum"].messages() if has(item, "Setujui")]
    answer = await office.tap("kabag_umum", "Setujui", orphan)
    assert answer.text.startswith("Terima kasih")
    await office.settled()
    shown = [await office.now("kabag_umum", item) for item in (orphan, known)]
    assert [item.labels for item in shown] == [(), ("Lihat Berkas", "Riwayat")]
    assert office.task.step == 7


async def test_an_orphan_that_is_pressed_too_late_is_refused_and_loses_its_buttons(office):
    await office.walk_to(5)
    await office.telegram.faults("cut_after", "sendMessage", chat_id=office["kabag_umum"].id)
    for document in ("Konsep nota dinas rapat", "Data awal"):
        await office["analis_sdm"].send_file(f"{document}.pdf", paper(f"{document}.pdf", document.encode()))
        await office.settled()
    await office.tap("analis_sdm", "Ajukan")
    await office.settled()
    orphan, known = [item for item in await office["kabag_umum"].messages() if has(item, "Setujui")]
    await office.tap("kabag_umum", "Setujui", known)
    answer = await office.tap("kabag_umum", "Setujui", orphan)
    assert answer.alert
    await office.settled()
    assert (await office.now("kabag_umum", orphan)).labels == ()
    assert office.refusals() == ["AlreadyDecided"]


async def test_whoever_drafted_may_not_approve_his_own_draft(office):
    code = office.invite("kabag_umum", "Rina", sapaan="Ibu")
    await office.begin()
    await office["analis_sdm"].send(f"/start {code}")
    await office.settled()
    await office.walk_to(6)
    card = await office.card("analis_sdm", "Setujui")
    answer = await office.tap("analis_sdm", "Setujui", card)
    assert answer.alert
    assert "disiapkan oleh Ibu sendiri" in answer.text
    assert office.refusals() == ["OwnDraft"]


async def test_submitting_without_the_documents_names_them(office):
    await office.walk_to(2)
    answer = await office.tap("analis_sdm", "Ajukan")
    assert answer.alert
    assert "Data capaian IP ASN" in answer.text.replace("data", "Data")
    assert office.refusals() == ["DocumentsMissing"]


async def test_a_button_forged_under_another_message_does_not_make_that_a_copy_of_its_card(office):
    await office.walk_to(6)
    kabag = office["kabag_umum"]
    card = await office.card(kabag, "Kembalikan")
    await office.tap(kabag, "Kembalikan", card)
    form = await office.card(kabag, "Lanjut")
    (file, *_) = [item for item in await kabag.messages() if item.files]
    for other, data in (
        (form, card.button("Lihat Berkas").data),
        (file, card.button("Tanya").data),
        (card, form.button("Lanjut").data),
    ):
        await kabag.press_forged(other, data)
        await office.settled()
    assert (await office.now(kabag, card)).labels == card.labels
    assert (await office.now(kabag, form)).text.startswith("Pengembalian untuk perbaikan")
    assert not await office.saying("admin", "sisihkan")


async def test_the_message_under_which_days_are_granted_says_so_afterwards(office):
    await office.walk_to(5)
    await office.tap("analis_sdm", "Ada Kendala")
    await office.fill("analis_sdm", "Data dari dua unit belum masuk.")
    await office.tap("analis_sdm", "Kirim")
    told = await office.card("kabag_umum", "2 hari kerja")
    await office.tap("kabag_umum", "2 hari kerja", told)
    await office.settled()
    said = await office.now("kabag_umum", told)
    assert (said.labels, "Tambahan 2 hari kerja telah diberikan" in said.text) == (("Tarik Tambahan Waktu",), True)


async def test_a_question_that_was_answered_loses_its_button_at_the_next_tap(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Tanya")
    await office.tap("kabag_umum", "Analis SDM Aparatur")
    await office.fill("kabag_umum", "Apakah data unit sudah lengkap?")
    await office.tap("kabag_umum", "Kirim")
    question = await office.card("analis_sdm", "Jawab")
    await office["analis_sdm"].send("Sudah, per 1 November.", reply_to=question)
    await office.settled()
    assert (await office.tap("analis_sdm", "Jawab", question)).alert
    await office.settled()
    said = await office.now("analis_sdm", question)
    assert (said.labels, "Dijawab:\nSudah, per 1 November." in said.text) == ((), True)
