"""A file that stands unchanged in a chat is not sent again with a later card: the card says where it is (decision 31)."""

from collections import Counter
from hashlib import sha256

import pytest

from alur.storage import cards
from tests.e2e.desk import has
from tests.e2e.test_delivery import delete
from tests.papers import paper

ABOVE = "Berkas di atas: "
TO_STEP_6 = ((1, 0), (1, 1), (2, 0), (3, 0), (3, 1), (4, 0), (5, 0), (6, 0))


async def sheets(office, role="kabag_umum"):
    """Message, name and bytes of every file that the bot has sent to that phone."""
    await office.settled()
    sent = [item for item in await office[role].messages() if item.by_bot and item.files]
    return [(item, item.files[0].name, sha256(await item.download()).hexdigest()) for item in sent]


async def names(office, *, after, role="kabag_umum"):
    return [name for item, name, _ in await sheets(office, role) if item.id > after.id]


async def walk(office, *places):
    """Each card is delivered on the way."""
    for place in places:
        await office.walk_to(*place)


async def give_back(office, role, reason):
    await office.tap(role, "Kembalikan")
    await office.settled()
    if has(await office.card(role, "Batal"), "Lanjut"):
        await office.tap(role, "Lanjut")
    await office.fill(role, reason)
    await office.tap(role, "Kirim")
    await office.settled()


async def bring(office, role, title, mark, *, submit=False):
    """A new version, under a name of its own."""
    name = f"{title} {mark}.pdf"
    await office[role].send_file(name, paper(name, name), caption=title)
    await office.says(role, "Berkas diterima", name)
    await office.settled()
    if submit:
        await office.tap(role, "Ajukan")
        await office.settled()


async def returned_to_5(office):
    """Returned at 6, with a new draft that is not submitted yet; the newest card at 6 so far."""
    await walk(office, *TO_STEP_6)
    first = await office.card("kabag_umum", "Setujui")
    await give_back(office, "kabag_umum", "Mohon dilengkapi dasar hukumnya.")
    return first


async def test_a_case_with_three_returns_brings_the_kabag_no_file_twice(any_office):
    office = any_office
    await returned_to_5(office)
    await bring(office, "analis_sdm", "Konsep nota dinas rapat", "kedua", submit=True)
    await office.tap("kabag_umum", "Setujui")
    await give_back(office, "sekretaris", "Mohon diperbaiki tanggalnya.")
    await bring(office, "kabag_umum", "Konsep nota dinas rapat", "ketiga")
    await office.tap("kabag_umum", "Setujui")
    await office.settled()
    await walk(office, (8, 0), (9, 0), (10, 0))
    await give_back(office, "kabag_umum", "Mohon dilengkapi lampirannya.")
    await bring(office, "analis_sdm", "Konsep nota dinas laporan", "kedua", submit=True)
    await walk(office, (11, 0), (12, 0))

    found = await sheets(office)
    times = Counter((name, digest) for _, name, digest in found)
    assert [name for (name, _), count in times.items() if count > 1] == []
    assert len(found) <= 14  # 17 when each card brought its own
    assert len([entry for entry in office.trail() if entry["act"]["act"] == "return"]) == 3
    pointing = [item for item in await office["kabag_umum"].messages() if item.by_bot and item.reply_to is not None]
    assert len(pointing) >= 5
    files = {item.id: item for item, _, _ in found}
    for card in pointing:
        assert files[card.reply_to].id < card.id


async def test_a_card_sends_what_is_new_and_names_what_stands_and_replies_to_it(office):
    first = await returned_to_5(office)
    await bring(office, "analis_sdm", "Konsep nota dinas rapat", "kedua", submit=True)
    again = await office.card("kabag_umum", "Setujui", after=first)
    assert again.id > first.id
    assert await names(office, after=first) == ["Konsep nota dinas rapat kedua.pdf"]
    assert f"{ABOVE}1." in again.text
    (standing,) = [item for item, name, _ in await sheets(office) if name == "data_awal.pdf"]
    assert again.reply_to == standing.id
    assert again.raw["reply_to_message"]["document"]["file_name"] == "data_awal.pdf"
    assert ABOVE not in first.text  # what comes right before a card is not named
    assert first.reply_to is None


async def test_the_line_stays_when_the_card_is_edited(office):
    await returned_to_5(office)
    await bring(office, "analis_sdm", "Konsep nota dinas rapat", "kedua", submit=True)
    card = await office.card("kabag_umum", "Setujui")
    await office.tap("kabag_umum", "Tanya")
    await office.tap("kabag_umum", "Analis SDM Aparatur")
    await office.fill("kabag_umum", "Apakah datanya final?")
    await office.tap("kabag_umum", "Kirim")
    await office.settled()
    now = await office.now("kabag_umum", card)
    assert "Apakah datanya final?" in now.text
    assert f"{ABOVE}1." in now.text


async def test_lihat_berkas_brings_what_stands_further_up(office):
    await returned_to_5(office)
    await bring(office, "analis_sdm", "Konsep nota dinas rapat", "kedua", submit=True)
    card = await office.card("kabag_umum", "Setujui")
    await office.tap("kabag_umum", "Lihat Berkas", card)
    screen = await office.card("kabag_umum", "Data awal capaian IP ASN · versi 1", after=card)
    await office.tap("kabag_umum", "Data awal capaian IP ASN · versi 1", screen)
    assert await names(office, after=card) == ["data_awal.pdf"]
    await office.tap("kabag_umum", "Data awal capaian IP ASN · versi 1", screen)
    assert await names(office, after=card) == ["data_awal.pdf"] * 2


async def test_the_newest_message_of_a_file_is_the_one_that_is_replied_to(office):
    first = await returned_to_5(office)
    await office["kabag_umum"].send("/berkas")
    await office.tap("kabag_umum", "Data awal capaian IP ASN · versi 1")
    await bring(office, "analis_sdm", "Konsep nota dinas rapat", "kedua", submit=True)
    again = await office.card("kabag_umum", "Setujui", after=first)
    *_, newest = [item for item, name, _ in await sheets(office) if name == "data_awal.pdf"]
    assert newest.id > first.id
    assert again.reply_to == newest.id


async def test_what_a_killed_bot_had_sent_of_a_post_is_not_sent_again(any_office):
    office = any_office
    first = await returned_to_5(office)
    await bring(office, "analis_sdm", "Konsep nota dinas rapat", "kedua")
    chat = office["kabag_umum"].id
    await office.telegram.faults("server_error", "sendMessage", chat_id=chat, status=502, times=100)
    await office.tap("analis_sdm", "Ajukan")

    async def has_file():
        return [item for item in await office["kabag_umum"].messages(after=first) if item.files]

    await office.until(has_file, "the file before its card")
    await office.kill()
    await office.telegram.clear_faults()
    office.start()
    again = await office.card("kabag_umum", "Setujui", after=first)
    assert await names(office, after=first) == ["Konsep nota dinas rapat kedua.pdf"]
    assert f"{ABOVE}1." in again.text


@pytest.mark.parametrize("kind", ["cut_after", "cut_before", "server_error"])
async def test_a_fault_at_the_card_that_replies_repeats_no_file(office, kind):
    first = await returned_to_5(office)
    await office.telegram.faults(kind, "sendMessage", chat_id=office["kabag_umum"].id)
    await bring(office, "analis_sdm", "Konsep nota dinas rapat", "kedua", submit=True)
    assert await names(office, after=first) == ["Konsep nota dinas rapat kedua.pdf"]
    again = await office.card("kabag_umum", "Setujui", after=first)
    assert again.reply_to is not None


async def test_a_file_whose_message_is_gone_comes_anew_with_a_card_below_it(office):
    first = await returned_to_5(office)
    (gone,) = [item for item, name, _ in await sheets(office) if name == "data_awal.pdf"]
    await delete(office, gone)
    await bring(office, "analis_sdm", "Konsep nota dinas rapat", "kedua", submit=True)
    assert "data_awal.pdf" in await names(office, after=first)
    (card,) = [item for item in await office["kabag_umum"].messages() if has(item, "Setujui")]
    assert (card.reply_to, ABOVE in card.text) == (None, False)
    assert card.id > max(item.id for item, _, _ in await sheets(office))


async def test_the_files_of_a_card_whose_message_is_gone_come_anew(office):
    await walk(office, *TO_STEP_6)
    card = await office.card("kabag_umum", "Setujui")
    await delete(office, card)
    office.transact(announce_again, office)
    anew = await office.card("kabag_umum", "Setujui", after=card)
    assert anew.id > card.id
    assert set(await names(office, after=card)) == {"konsep_nota_dinas_rapat.pdf", "data_awal.pdf"}
    assert ABOVE not in anew.text


async def test_after_an_outage_a_card_points_to_its_files_and_does_not_bring_them_again(office):
    await walk(office, *TO_STEP_6)
    card = await office.card("kabag_umum", "Setujui")
    office.transact(post_anew, office)
    anew = await office.card("kabag_umum", "Setujui", after=card)
    assert anew.id > card.id
    assert await names(office, after=card) == []
    assert f"{ABOVE}2." in anew.text
    assert anew.reply_to == max(item.id for item, _, _ in await sheets(office))


async def test_whoever_begins_the_chat_anew_gets_his_cards_with_their_files(office):
    await walk(office, *TO_STEP_6)
    card = await office.card("kabag_umum", "Setujui")
    await office["kabag_umum"].send("/start")
    anew = await office.card("kabag_umum", "Setujui", after=card)
    assert anew.id > card.id
    assert set(await names(office, after=card)) == {"konsep_nota_dinas_rapat.pdf", "data_awal.pdf"}
    assert (ABOVE in anew.text, anew.reply_to) == (False, None)


async def test_whoever_had_blocked_the_bot_gets_his_cards_with_their_files_when_he_is_back(office):
    await walk(office, *TO_STEP_6)
    card = await office.card("kabag_umum", "Setujui")
    await office["kabag_umum"].block()
    await office.settled()
    await office["kabag_umum"].unblock()
    await office["kabag_umum"].send("/status")
    anew = await office.card("kabag_umum", "Setujui", after=card)
    await office.settled()
    assert anew.id > card.id
    assert set(await names(office, after=card)) == {"konsep_nota_dinas_rapat.pdf", "data_awal.pdf"}


def announce_again(work, office):
    """For an edit, as when something beside the papers changes."""
    task, member = office.task.id, office.members["kabag_umum"]
    cards.announce(work.session, case_id=office.record.id, task=task, member_id=member, at=work.now, ring=False)


def post_anew(work, office):
    for row in cards.of_task(work.session, office.record.id, office.task.id):
        cards.post_anew(work.session, row.id, work.now)
