"""A 429 in one chat holds that chat; what is taken for everybody is tried again soon; long pauses are said."""

import json
from datetime import timedelta

import aiohttp
import pytest
from sqlalchemy import select

from alur.storage import notices
from alur.storage.notices import NOTICES
from tests import probes
from tests.e2e.desk import MONDAY
from tests.e2e.test_serving import asked, serve
from tests.papers import paper


async def held_back(office, role="kabag_umum", seconds=10_000):
    """That person's chat answers 429, and his first message has met it."""
    await office.telegram.faults("too_many", "*", chat_id=office[role].id, retry_after=seconds, times=None)
    await office[role].send("/bantuan")
    await office.until(lambda: refused(office, role), "the 429")


async def refused(office, role):
    found = await to(office, role)
    return [call for call in found if call["answer"].get("error_code") == 429]


async def to(office, role):
    return [
        call
        for call in await office.calls("*")
        if str(call["parameters"].get("chat_id")) == str(office[role].id) and call["answer"]
    ]


async def test_one_chat_waits_as_long_as_it_is_told_and_the_others_go_on(any_office):
    office = any_office
    await office.begin()
    await held_back(office)
    for role in ("analis_sdm", "sekretaris", "tata_usaha"):
        await office[role].send("/bantuan")
        await office.says(role, "Bantuan")

    told = await office.says("admin", "Telegram menahan pengiriman pesan kepada Ibu Dewi")
    assert "2 Nov 2026, 11.46 WIB" in told.text
    assert len(await refused(office, "kabag_umum")) == 1

    await office.telegram.clear_faults()
    await office.advance(seconds=10_001)
    await office.says("kabag_umum", "Bantuan")
    assert len([item for item in await office["kabag_umum"].messages() if "Bantuan" in item.text]) == 1


async def test_an_administrators_own_pause_is_told_to_the_other_administrators_only(office):
    other = await office.enrol("admin", "Tono")
    await office.begin()
    await held_back(office, "admin")
    await office.says(other, "menahan pengiriman", "Eko")
    with office.database.read() as session:
        told = session.execute(select(NOTICES).where(NOTICES.c.template == "chat_waits")).all()
    assert [row.chat_id for row in told] == [other.id]


async def test_a_pause_outlives_a_restart_also_where_another_row_is_the_next_and_is_told_once_a_day(any_office):
    office = any_office
    await office.begin()
    await office.telegram.faults("too_many", "*", chat_id=office["kabag_umum"].id, retry_after=10_000, times=None)
    office.transact(office._walk, 6, 0)
    await office.says("admin", "menahan pengiriman")
    await office["kabag_umum"].send("/tugas")  # the card goes to the end of its queue, and a notice is before it
    await office.until(lambda: heads(office) == ["tasks"], "the notice")
    for _ in range(2):
        await office["analis_sdm"].send("/tugas")
        await office.says("analis_sdm", "tidak ada tugas")
        await office.kill()
        office.start()
    await office["analis_sdm"].send("/bantuan")
    await office.says("analis_sdm", "Bantuan")
    assert len(await refused(office, "kabag_umum")) == 1

    await office.advance(seconds=10_001)
    await office.until(lambda: twice(office), "the next 429")
    await office["analis_sdm"].send("/status")
    await office.says("analis_sdm", "Langkah 6/12")
    assert len(await said(office, "admin", "menahan pengiriman")) == 1


def heads(office):
    with office.database.read() as session:
        row = probes.next_in_chat(session, office["kabag_umum"].id, now=MONDAY + timedelta(hours=1))
    return [row.template] if isinstance(row, notices.NoticeRow) else []


async def twice(office):
    return len(await refused(office, "kabag_umum")) == 2


async def said(office, role, words):
    return [item for item in await office[role].messages() if words in item.text]


async def test_health_and_metrics_show_the_pause_and_a_chat_that_waits_makes_nobody_unwell(office):
    root = serve(office, is_hooked=False)
    await office.begin()
    await held_back(office)
    await office.advance(seconds=1_000)

    async with aiohttp.ClientSession() as http:

        async def is_shown():
            status, told = await asked(http, root)
            # What waits for the held chat is older than 1,000 s; what is about to go to others may be there for a moment.
            assert (status, told["paused"]["chats"], (told["outbox"] or 0) < 60) == (200, 1, True), told
            assert "Dewi" not in json.dumps(told)
            return 8_900 < told["paused"]["longest"] <= 9_000

        await office.until(is_shown, "the clock")
        async with http.get(f"{root}/metrics") as answer:
            assert "alur_paused_chats 1.0" in await answer.text()


async def test_a_429_to_everybody_is_tried_again_after_a_second_and_not_after_an_hour(office):
    await office.begin()
    others = ("analis_sdm", "sekretaris", "tata_usaha", "unit_terkait")
    for role in ("kabag_umum", "admin"):
        await office.telegram.faults("too_many", "*", chat_id=office[role].id, retry_after=3_600, times=None)
    for role in ("kabag_umum", "admin"):
        await office[role].send("/bantuan")
    for role in ("kabag_umum", "admin"):
        await office.until(lambda role=role: refused(office, role), "the 429")
    for role in others:
        await office[role].send("/bantuan")
    for role in others:
        await office.says(role, "Bantuan")
    for role in ("kabag_umum", "admin"):
        assert len(await refused(office, role)) == 1


async def test_an_hour_of_429_to_the_poll_makes_nobody_deaf(office):
    await office.begin()
    await office.telegram.faults("too_many", "getUpdates", retry_after=3_600)
    await office["kabag_umum"].send("/bantuan")
    await office.says("kabag_umum", "Bantuan")
    await office["kabag_umum"].send("/tugas")
    await office.says("kabag_umum", "tidak ada tugas")


@pytest.mark.parametrize("method", ["getMe", "setMyCommands"])
async def test_an_hour_of_429_at_the_start_keeps_nobody_out(office, method):
    await office.telegram.faults("too_many", method, retry_after=3_600)
    await office.begin()
    await office["kabag_umum"].send("/tugas")
    await office.says("kabag_umum", "tidak ada tugas")


async def test_a_file_that_telegram_would_not_hand_over_for_an_hour_is_asked_for_again_at_once(office):
    await office.walk_to(2)
    await office.telegram.faults("too_many", "getFile", retry_after=3_600, times=None)
    await office["analis_sdm"].send_file("Data capaian.xlsx", paper("Data capaian.xlsx", b"PK 1"))
    await office.says("analis_sdm", "ohon", "kirim")
    await office["analis_sdm"].send("/bantuan")
    await office.says("analis_sdm", "Bantuan")
