"""*Lainnya*: what is rare stands behind it, on the same message, until anything else is done or comes."""

import pytest

from alur.storage import cards
from tests.e2e.desk import has

CARD = ("Setujui", "Kembalikan", "Tanya", "Lihat Berkas", "Lainnya")
REST = ("Ada Kendala", "Riwayat", "Kembali")


async def labels(office, card):
    await office.settled()
    return (await office.now("kabag_umum", card)).labels


async def unfolded(office):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    assert card.labels == CARD
    return await office.unfold("kabag_umum", card, "Riwayat")


async def test_the_rest_opens_in_place_and_closes_again_with_kembali(any_office):
    card = await unfolded(any_office)
    assert card.labels == REST
    answer = await any_office.tap("kabag_umum", "Kembali", card)
    assert (answer.alert, answer.text) == (False, None)
    assert await labels(any_office, card) == CARD
    assert any_office.refusals() == []


async def test_after_one_of_the_rest_the_card_is_as_it_was(office):
    card = await unfolded(office)
    await office.tap("kabag_umum", "Ada Kendala", card)
    assert await labels(office, card) == CARD
    assert has(await office.card("kabag_umum", "Batal"), "Batal")


async def test_what_happens_meanwhile_folds_it(office):
    card = await unfolded(office)
    await office["analis_sdm"].send_file("Data awal.xlsx", b"PK other data", reply_to=None)
    await office.settled()
    await office["kabag_umum"].send("/tugas")
    await office.settled()
    assert (await office.card("kabag_umum", "Setujui")).labels == CARD
    assert await labels(office, card) == ()


async def test_it_stands_open_over_a_kill_and_two_hasty_presses_open_it_once(office):
    await office.walk_to(6)
    kabag = office["kabag_umum"]
    card = await office.card(kabag, "Setujui")
    answers = [await kabag.press(card, "Lainnya") for _ in "12"]
    assert all(item.answered and not item.alert for item in answers)
    assert await labels(office, card) == REST
    await office.kill()
    await office.begin()
    assert await labels(office, card) == REST
    await office.tap(kabag, "Kembali", await office.now(kabag, card))
    assert await labels(office, card) == CARD


async def test_an_edit_that_was_cut_is_made_again_as_it_was_asked_for(office):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await office.telegram.faults("server_error", "editMessageText")
    await office["kabag_umum"].press(card, "Lainnya")
    assert await labels(office, card) == REST


async def test_on_an_older_copy_it_opens_the_newest(office):
    await office.walk_to(6)
    kabag = office["kabag_umum"]
    older = await office.card(kabag, "Setujui")
    await kabag.send("/tugas")
    await office.settled()
    newest = await office.card(kabag, "Setujui")
    await kabag.press_forged(older.id, older.button("Lainnya").data)
    assert await labels(office, newest) == REST
    assert await labels(office, older) == ()


@pytest.mark.parametrize("name", ["Lainnya", "Kembali"])
async def test_nobody_opens_what_is_decided_or_is_not_his(office, name):
    card = await unfolded(office)
    data = card.button("Kembali").data if name == "Kembali" else card.button("Kembali").data.replace("less", "more")
    (own,) = [item for item in await office["unit_terkait"].messages() if item.by_bot][-1:]
    assert (await office["unit_terkait"].press_forged(own.id, data)).alert
    assert office.refusals() == ["NotHolder"]
    await office.tap("kabag_umum", "Kembali", card)
    await office.tap("kabag_umum", "Setujui", await office.card("kabag_umum", "Setujui"))
    await office.settled()
    assert "sudah disetujui" in (await office["kabag_umum"].press_forged(card.id, data)).text
    with office.database.read() as session:
        assert not any(row.is_unfolded for row in cards.of_task(session, 1, office.case.tasks[-2].id))
