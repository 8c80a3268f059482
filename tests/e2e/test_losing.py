"""Who comes too late, or hears no answer: he reads what became of it, and stands in the trail."""

import asyncio

import pytest

from alur.services.cases.perform import perform
from tests import acts


async def colleague_of(office, role="kabag_umum"):
    return await office.enrol(role, "Budi", sapaan="Bapak")


async def test_the_loser_of_a_kirim_reads_who_decided_and_when_and_stands_in_the_trail(any_office):
    office = any_office
    colleague = await colleague_of(office)
    await office.walk_to(6)
    await office.tap(colleague, "Kembalikan")
    await office.tap(colleague, "Lanjut")
    await office.fill(colleague, "Tabel per unit belum sesuai.")
    form = await office.card(colleague, "Kirim")
    await office.tap("kabag_umum", "Setujui")
    answer = await office.tap(colleague, "Kirim", form)
    assert answer.alert
    assert (
        "Mohon maaf, Bapak. Langkah 6/12 sudah disetujui oleh Kepala Bagian Umum (Dewi) pada 2 Nov, 09." in answer.text
    )
    (entry,) = [item for item in office.trail() if "refusal" in item]
    assert (entry["refusal"], entry["act"]["act"]) == ("AlreadyDecided", "return")
    assert entry["by"] == "Dewi"


async def test_two_kirim_at_once_decide_once_and_the_loser_reads_of_the_other(any_office):
    office = any_office
    colleague = await colleague_of(office, "sekretaris")
    await office.walk_to(11)
    phones = ("sekretaris", colleague)
    for phone in phones:
        await office.tap(phone, "Beri Arahan")
    forms = [await office.card(phone, "Kirim") for phone in phones]
    answers = await asyncio.gather(
        *(office.tap(phone, "Kirim", form) for phone, form in zip(phones, forms, strict=True))
    )
    (lost,) = [answer for answer in answers if answer.alert]
    assert "Langkah 11/12 sudah diberi arahan oleh Sekretaris Direktorat Jenderal" in lost.text
    assert office.refusals() == ["AlreadyDecided"]
    assert office.task.step == 12


async def test_a_kirim_over_papers_that_moved_is_told_so_and_stands_in_the_trail(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    await office.tap("kabag_umum", "Lanjut")
    await office.fill("kabag_umum", "Tabel per unit belum sesuai.")
    form = await office.card("kabag_umum", "Kirim")
    draft = {"document": "konsep_nota_dinas_rapat", "file": office.stored("Konsep baru.pdf")}
    replaced = acts.Upload(by=office.members["analis_sdm"], **draft)
    assert office.transact(perform, office.record.id, replaced).refusal is None
    answer = await office.tap("kabag_umum", "Kirim", form)
    assert "Dokumen pada langkah 6/12 sudah diperbarui" in answer.text
    assert office.refusals() == ["OutOfDate"]
    assert office.task.step == 6


async def test_a_second_kirim_after_the_answer_was_lost_is_refused_by_name_and_in_the_trail(office):
    await office.walk_to(11)
    await office.tap("sekretaris", "Beri Arahan")
    form = await office.card("sekretaris", "Kirim")
    await office.tap("sekretaris", "Kirim", form)
    again = await office.tap("sekretaris", "Kirim", form)
    assert "sudah diberi arahan oleh Sekretaris Direktorat Jenderal (Hartono)" in again.text
    assert office.refusals() == ["AlreadyDecided"]


async def test_a_second_kirim_of_what_decides_nothing_says_when_it_was_recorded(office):
    await office.walk_to(5)
    await office.tap("analis_sdm", "Ada Kendala")
    await office.fill("analis_sdm", "Data dari dua unit belum masuk.")
    form = await office.card("analis_sdm", "Kirim")
    await office.tap("analis_sdm", "Kirim", form)
    again = await office.tap("analis_sdm", "Kirim", form)
    assert "Isian ini sudah tercatat pada 2 Nov, 09." in again.text
    assert office.refusals() == ["InputOver"]
    assert len(office.case.obstacles) == 1


@pytest.mark.parametrize("status", [500, 502])
async def test_a_press_whose_answer_met_a_server_error_is_answered_while_it_lives(office, status):
    await office.walk_to(6)
    await office.telegram.faults("server_error", "answerCallbackQuery", status=status, times=2)
    answer = await office.tap("kabag_umum", "Setujui")
    assert answer.text == "Terima kasih, Ibu. Persetujuan tercatat dan diteruskan."
    calls = await office.calls("answerCallbackQuery")
    assert [call["answer"]["ok"] for call in calls] == [False, False, True]
    assert len({call["parameters"]["callback_query_id"] for call in calls}) == 1


async def test_while_an_answer_is_said_again_its_person_is_served(office):
    await office.walk_to(6)
    await office.telegram.faults("server_error", "answerCallbackQuery", status=500, times=None)
    card = await office.card("kabag_umum", "Setujui")
    pressing = asyncio.create_task(office["kabag_umum"].press(card, "Setujui"))
    await office.until(lambda: office.task.step == 7, "the decision")
    again = asyncio.create_task(office["kabag_umum"].press(card, "Setujui"))
    await office.until(lambda: office.refusals() == ["AlreadyDecided"], "the second press in the trail")
    await office["kabag_umum"].send("/status")
    await office.says("kabag_umum", "Langkah 7/12")
    await office.telegram.clear_faults()
    first, second = await asyncio.gather(pressing, again)
    assert "Persetujuan tercatat" in first.text
    assert "sudah disetujui oleh Kepala Bagian Umum (Dewi)" in second.text


async def test_an_answer_that_is_too_old_is_said_no_more(office):
    await office.walk_to(6)
    await office.telegram.faults("server_error", "answerCallbackQuery", status=500)
    pressing = asyncio.create_task(office["kabag_umum"].press(await office.card("kabag_umum", "Setujui"), "Setujui"))
    await office.until(lambda: office.task.step == 7, "the decision")
    await office.advance(minutes=10)

    async def refused():
        return [call for call in await office.calls("answerCallbackQuery") if "too old" in str(call["answer"])]

    assert len(await office.until(refused, "the refusal of an old answer")) == 1
    pressing.cancel()
    await office["kabag_umum"].send("/status")
    await office.says("kabag_umum", "Langkah 7/12")
    assert len(await office.calls("answerCallbackQuery")) == 2
