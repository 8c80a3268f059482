"""Strangers, guessers and floods, over real HTTP: what is refused, what is dropped, and what always goes through."""

import asyncio
from datetime import timedelta

import pytest

from alur.services.people.invitations import CODE_BYTES
from alur.storage import inbox, wrong_codes
from alur.workflow.office.guarding import BLOCKED_FOR, MOST_IDLE, WRONG_CODES
from tests.papers import paper

WRONG = "AAAAAAAAAAAAAAAAAAAAA"  # and one sign more
REFUSED, BLOCKED, TOO_MANY = "tidak kami kenali", "sudah beberapa kali tidak sesuai", "Terlalu banyak pesan"
MANY = MOST_IDLE + 12
# As a code comes: by a link, as the whole text, and with words around the link.
FORMS = ("/start {}", "{}", "Kode saya: https://t.me/alur_simulator_bot?start={}")


@pytest.fixture
async def desk(any_office):
    await any_office.begin()
    return any_office


@pytest.fixture
async def stranger(desk):
    return await desk.telegram.person("Tamu")


def wrong(number):
    return FORMS[number % len(FORMS)].format(f"{WRONG}{number}")


async def five_wrong_codes(desk, phone):
    for number in range(WRONG_CODES):
        await phone.send(wrong(number))
    assert len(await desk.saying(phone, REFUSED)) == WRONG_CODES


def kept(desk, account):
    with desk.database.read() as session:
        return len(wrong_codes.last(session, account, 100))


async def flooded(desk, phone, text="/bantuan", count=MANY):
    """Sends that many at once, and what the bot said to it."""
    await asyncio.gather(*(phone.send(text) for _ in range(count)))
    await desk.settled()
    return [item for item in await phone.messages() if item.by_bot]


def floods(desk):
    return [item for item in desk.trail(of_office=True) if item["act"].get("what") == "flood"]


# --- Groups


async def test_a_group_decides_nothing_and_hears_nothing(desk):
    await desk.walk_to(6)
    members = [desk["kabag_umum"], desk["analis_sdm"]]
    group = await desk.telegram.group("Bagian Umum", members)
    card, before, since = await desk.card("kabag_umum", "Setujui"), desk.case, await desk.last_call()
    approve = card.button("Setujui").data
    kabag = desk["kabag_umum"]

    await kabag.send("/tugas", chat=group)
    await kabag.send("/start@alur_simulator_bot", chat=group)
    await kabag.send("setuju @alur_simulator_bot", chat=group)
    await kabag.send_file("Konsep Undangan.pdf", paper("a.pdf", b"%PDF-1.4"), caption="/berkas", chat=group)
    answer = await kabag.press_forged(1, approve, chat=group)
    await desk.settled()

    assert desk.case == before
    assert await desk.calls("send*", since=since) == []
    assert await desk.calls("edit*", since=since) == []
    assert await desk.calls("getFile", since=since) == []
    assert [item for item in await kabag.messages(chat=group) if item.by_bot] == []
    assert answer.text.startswith("Mohon maaf, tombol ini tidak kami kenali.")
    assert desk.refusals(of_office=True) == ["Unknown"]


# --- Codes


def test_a_code_has_at_least_128_bits():
    assert CODE_BYTES * 8 >= 128


async def test_two_codes_are_never_alike_and_their_links_carry_them(desk):
    codes = {desk.invite("analis_sdm", "Nina") for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) * 6 >= 128 and len(code) <= 64 for code in codes)


async def test_after_five_wrong_codes_in_any_form_a_right_one_is_refused_for_an_hour_and_then_enrols(desk, stranger):
    code = desk.invite("analis_sdm", "Nina")
    await five_wrong_codes(desk, stranger)

    for form in FORMS:
        await stranger.send(form.format(code))
    first, *others = await desk.saying(stranger, BLOCKED)
    assert len(others) == 2
    assert "dapat dikirim kembali mulai Senin, 2 Nov, 10." in first.text
    assert "Tata Usaha" in first.text
    assert kept(desk, stranger.id) == WRONG_CODES
    assert desk.refusals(of_office=True) == ["InviteRefused"] * 5 + ["CodesBlocked"] * 3

    await desk.telegram.advance(BLOCKED_FOR)
    await stranger.send(f"/start {code}")
    await desk.says(stranger, "Selamat datang", "Analis SDM Aparatur")


async def test_a_code_that_has_expired_counts(desk, stranger):
    code = desk.invite("analis_sdm", "Nina")
    await desk.telegram.advance(timedelta(days=7, hours=1))

    await stranger.send(code)
    await desk.says(stranger, "habis masa berlakunya")
    assert kept(desk, stranger.id) == 1


async def test_a_code_that_another_has_used_counts(desk, stranger):
    code = desk.invite("analis_sdm", "Nina")
    other = await desk.telegram.person("Nina")
    await other.send(f"/start {code}")
    await desk.says(other, "Selamat datang")

    await stranger.send(code)
    await desk.says(stranger, "sudah pernah digunakan")
    assert kept(desk, stranger.id) == 1


async def test_his_own_code_again_is_welcome_as_often_as_he_likes_and_is_no_wrong_one(desk, stranger):
    code = desk.invite("analis_sdm", "Nina")
    for _ in range(WRONG_CODES + 2):
        await stranger.send(f"/start {code}")
    assert len(await desk.saying(stranger, "Selamat datang")) == WRONG_CODES + 2
    assert kept(desk, stranger.id) == 0


async def test_words_that_hold_no_code_are_no_wrong_code_however_long(desk, stranger):
    code = desk.invite("analis_sdm", "Nina")
    for text in (
        "Selamat pagi",
        "Mohon bantuan kami mendaftar di sini. " * 100,
        "kode pendaftaran",
        "/mulai",
        "17" * 9,
    ):
        await stranger.send(text)
        await desk.settled()
    assert kept(desk, stranger.id) == 0

    await stranger.send(code)
    await desk.says(stranger, "Selamat datang")


async def test_a_member_who_guesses_is_blocked_too_and_works_on(desk):
    await desk.walk_to(6)
    for number in range(WRONG_CODES):
        await desk["kabag_umum"].send(f"/start {wrong(0)}{number}")
    await desk["kabag_umum"].send(f"/start {desk.invite('admin', 'Dewi')}")
    await desk.says("kabag_umum", BLOCKED)

    await desk.tap("kabag_umum", "Setujui")
    await desk.settled()
    assert desk.task.step == 7


async def test_the_block_stands_after_a_restart(desk, stranger):
    code = desk.invite("analis_sdm", "Nina")
    await five_wrong_codes(desk, stranger)
    await desk.end()
    await desk.begin()

    await stranger.send(f"/start {code}")
    await desk.says(stranger, BLOCKED)


async def test_another_account_is_not_blocked_with_it(desk, stranger):
    await five_wrong_codes(desk, stranger)
    other = await desk.telegram.person("Nina")
    await other.send(f"/start {desk.invite('analis_sdm', 'Nina')}")
    await desk.says(other, "Selamat datang")


# --- Floods


async def test_a_strangers_flood_is_answered_once_and_then_dropped_until_it_is_calm(desk, stranger):
    said = await flooded(desk, stranger, "Halo")

    told = [item for item in said if TOO_MANY in item.text]
    assert (len(said), len(told)) == (MOST_IDLE + 1, 1)
    assert "mohon menunggu sebentar" in told[0].text.lower()
    assert desk.refusals(of_office=True) == ["NotMember"] * MOST_IDLE + ["TooManyMessages"]
    (entry,) = floods(desk)
    assert entry["act"] == {"act": "attempt", "what": "flood", "account": stranger.id}

    await desk.advance(seconds=11)
    await stranger.send("Halo")
    assert len(await desk.saying(stranger, "hanya untuk pegawai yang terdaftar")) == MOST_IDLE + 1


async def test_a_members_commands_are_a_flood_too_and_others_are_answered_meanwhile(desk):
    said = await flooded(desk, desk["kabag_umum"], "/status")
    assert (len(said), sum(TOO_MANY in item.text for item in said)) == (MOST_IDLE + 1, 1)
    (entry,) = floods(desk)
    assert entry["act"]["by"] == desk.members["kabag_umum"]

    await desk["analis_sdm"].send("/status")
    assert TOO_MANY not in (await desk.says("analis_sdm", "tidak ada proses")).text


async def test_what_is_no_word_of_his_own_and_what_is_not_understood_counts_as_well(desk, stranger):
    await asyncio.gather(*(stranger.send_file(f"{number}.pdf", b"x") for number in range(MANY)))
    assert len(await desk.saying(stranger, TOO_MANY)) == 1
    said = await flooded(desk, desk["analis_sdm"], "entah")
    assert len(said) == MOST_IDLE + 1


async def test_refused_presses_are_answered_until_it_is_a_flood_then_once_and_then_without_a_word(desk):
    await desk.walk_to(6)
    card = await desk.card("kabag_umum", "Setujui")
    approve = card.button("Setujui").data

    answers = [await desk["analis_sdm"].press_forged(1, approve) for _ in range(MANY)]

    refused, told, dropped = answers[:MOST_IDLE], answers[MOST_IDLE], answers[MOST_IDLE + 1 :]
    assert all(item.alert and "kewenangan" in item.text for item in refused)
    assert told.alert
    assert TOO_MANY in told.text
    assert all(item.answered and not item.text and not item.alert for item in dropped)
    assert desk.refusals() == ["NotHolder"] * MOST_IDLE
    assert len(floods(desk)) == 1
    assert desk.task.step == 6


async def test_in_the_midst_of_a_flood_a_valid_press_is_applied_and_answered(desk):
    await desk.walk_to(6)
    card = await desk.card("kabag_umum", "Setujui")
    await flooded(desk, desk["kabag_umum"])

    answer = await desk["kabag_umum"].press(card, "Setujui")
    assert "Persetujuan tercatat" in answer.text
    await desk.settled()
    assert desk.task.step == 7
    again = await desk["kabag_umum"].press(card, "Setujui")
    assert again.answered
    assert not again.text
    assert desk.refusals() == []


async def test_in_the_midst_of_a_flood_a_file_is_taken(desk):
    await desk.walk_to(2)
    await flooded(desk, desk["analis_sdm"])

    await desk["analis_sdm"].send_file("Data capaian.pdf", paper("Data capaian.pdf"))
    await desk.says("analis_sdm", "Data capaian IP ASN", "versi 1")
    assert desk.case.versions[-1].document == "data_capaian"


async def test_in_the_midst_of_a_flood_a_form_is_filled_and_sent(desk):
    await desk.walk_to(6)
    phone = desk["kabag_umum"]
    await desk.tap(phone, "Kembalikan")
    await desk.tap(phone, "Lanjut")
    await desk.asked(phone)
    await flooded(desk, phone, "/status")

    await phone.send("Tabel kedua belum lengkap.")
    await desk.settled()
    await desk.tap(phone, "Kirim")
    await desk.settled()
    assert desk.task.step == 5
    assert floods(desk)


async def test_files_of_a_member_are_no_flood_however_many(desk):
    await desk.walk_to(2)
    phone = desk["analis_sdm"]
    await asyncio.gather(*(phone.send_file(f"{number}.exe", b"MZ", mime_type="a/b") for number in range(MANY)))
    await desk.settled()
    assert floods(desk) == []
    assert desk.refusals(of_office=True) == ["FileRefused"] * MANY


async def test_in_the_midst_of_a_flood_a_right_code_enrols_and_wrong_ones_are_counted(desk, stranger):
    await flooded(desk, stranger, "Halo")
    await five_wrong_codes(desk, stranger)
    assert kept(desk, stranger.id) == WRONG_CODES

    other = await desk.telegram.person("Nina")
    await flooded(desk, other, "Halo")
    await other.send(f"/start {desk.invite('analis_sdm', 'Nina')}")
    await desk.says(other, "Selamat datang")


async def test_whatever_was_dropped_is_done(desk, stranger):
    await flooded(desk, stranger, "Halo")
    with desk.database.read() as session:
        assert inbox.pending(session, 100) == ()


async def test_presses_that_waited_for_us_are_no_flood_since_nobody_knows_how_fast_they_were_made(desk):
    await desk.walk_to(6)
    card = await desk.card("kabag_umum", "Setujui")
    approve = card.button("Setujui").data
    await desk.end()
    pressing = [asyncio.create_task(desk["analis_sdm"].press_forged(1, approve, timeout=20.0)) for _ in range(MANY)]
    await desk.until(lambda: desk_waits(desk, MANY), "the presses at Telegram")
    await desk.begin()
    answers = await asyncio.gather(*pressing)

    assert all("kewenangan" in item.text for item in answers)
    assert floods(desk) == []


async def desk_waits(desk, count):
    return await desk.telegram.waiting_updates() >= count


async def test_messages_that_waited_are_judged_by_when_they_were_sent(desk):
    await desk.end()
    for _ in range(4):
        await asyncio.gather(*(desk["kabag_umum"].send("/bantuan") for _ in range(MOST_IDLE // 2)))
        await desk.advance(seconds=11)
    await desk.begin()

    said = [item for item in await desk["kabag_umum"].messages() if item.by_bot]
    assert len(said) == 4 * (MOST_IDLE // 2)
    assert floods(desk) == []
