"""The house's own server: updates that Telegram brings, and what it says of its health and its work."""

import asyncio
import json
import socket
from io import BytesIO

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from bot import health
from tests.e2e.desk import TOKEN
from tests.e2e.fleet import Fleet
from tests.e2e.test_leading import LEADS, STANDS_BY, STARTS_WITHIN, on_postgresql

SECRET = "a-secret_of-the-tests"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def serve(office, *, is_hooked=True):
    """The office's bot will listen; with a webhook, Telegram brings the updates. Returns the root of its server."""
    address = f"127.0.0.1:{free_port()}"
    hook = {"webhook_url": f"http://{address}/hook/alur", "webhook_secret": SECRET} if is_hooked else {}
    office.settings = type(office.settings).model_validate(
        office.settings.model_dump(exclude={"bot_token", "webhook_secret"})
        | {"bot_token": TOKEN, "webhook_listen": address, **hook}
    )
    return f"http://{address}"


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


async def taken(office):
    """Until Telegram has nothing left to bring and the bot nothing to do; there is no poll to look at."""

    async def is_quiet():
        found = await office.telegram.ask("GET", "/control/updates")
        return not found["waiting"] and await asyncio.to_thread(office._has_nothing_waiting)

    await office.until(is_quiet, "quiet")


async def hooked(office):
    office.start()
    await office.until(lambda: is_hooked(office), "the webhook")


async def is_hooked(office):
    return await office.calls("setWebhook")


async def test_a_tap_that_telegram_brings_is_worked_like_one_that_was_fetched(any_office):
    office = any_office
    serve(office)
    office.transact(office._walk, 6, 0)
    await hooked(office)
    await taken(office)

    answer = await office.tap("kabag_umum", "Setujui")
    await taken(office)

    assert answer.text.startswith("Terima kasih")
    assert office.task.step == 7
    (call,) = await office.calls("setWebhook")
    assert call["parameters"]["secret_token"] == SECRET
    assert "drop_pending_updates" not in call["parameters"]
    assert not await office.calls("getUpdates")


@pytest.mark.parametrize("given", [{}, {"X-Telegram-Bot-Api-Secret-Token": "another"}])
async def test_whoever_does_not_know_the_secret_is_turned_away(office, http, given):
    root = serve(office)
    await hooked(office)

    async with http.post(f"{root}/hook/alur", json={"update_id": 5}, headers=given) as answer:
        assert answer.status == 401

    assert stored(office) == []


async def test_what_is_no_update_is_taken_and_forgotten_and_what_is_too_large_is_not_read(office, http):
    root = serve(office)
    await hooked(office)

    for body in (b"no json", b"[1]", b'{"update_id": "5"}', b'{"update_id": true}'):
        async with http.post(f"{root}/hook/alur", data=body, headers=HEADER) as answer:
            assert answer.status == 200
    async with http.post(f"{root}/hook/alur", data=BytesIO(b"x" * (2**20 + 1)), headers=HEADER) as answer:
        assert answer.status == 413

    assert stored(office) == []


async def test_while_the_database_is_away_telegram_is_asked_to_come_again(office, http, monkeypatch):
    root = serve(office)
    await hooked(office)
    body = {"update_id": 5, "message": {"from": {"id": 7}, "text": "\ud800 \x00"}}
    with monkeypatch.context() as patch:
        patch.setattr("bot.house.inbox.store", away)
        async with http.post(f"{root}/hook/alur", json=body, headers=HEADER) as answer:
            assert answer.status == 503

    async with http.post(f"{root}/hook/alur", json=body, headers=HEADER) as answer:
        assert answer.status == 200
    assert [number for number, _ in stored(office)] == [5]
    assert json.loads(stored(office)[0][1]) == body


def away(*_, **__):
    raise OperationalError("INSERT", {}, Exception("away"))


def stored(office):
    from alur.storage.inbox import INBOX

    with office.database.read() as session:
        return [(row.update_id, row.body) for row in session.execute(INBOX.select())]


async def test_a_webhook_of_an_earlier_setting_is_taken_away_by_the_poll(office):
    await office.telegram.ask("POST", f"/bot{TOKEN}/setWebhook", {"url": "http://127.0.0.1:9/never"})

    await office.begin()

    assert len(await office.calls("deleteWebhook")) == 1
    await office["analis_sdm"].send("/tugas")
    await office.says("analis_sdm", "tidak ada tugas")


async def test_health_says_that_all_is_well_and_what_is_not(office, http, monkeypatch):
    root = serve(office, is_hooked=False)
    await office.begin()

    assert await asked(http, root) == (
        200,
        {
            "status": "good",
            "leads": True,
            "database": True,
            "telegram": True,
            "inbox": None,
            "outbox": None,
            "timers": None,
            "webhook_error": None,
            "parked": 0,
            "paused": {"chats": 0, "longest": 0.0},
            "trail_fault": None,
        },
    )

    with monkeypatch.context() as patch:
        patch.setattr(health, "QUIET", 0.0)
        await office.telegram.faults("server_error", "getMe", times=None)
        status, told = await asked(http, root)
        assert (status, told["status"], told["telegram"]) == (503, "not good", False)
        await office.telegram.clear_faults()
    with monkeypatch.context() as patch:
        patch.setattr("bot.health._waiting", away)
        status, told = await asked(http, root)
        assert (status, told["database"], told["telegram"]) == (503, False, None)
    assert (await asked(http, root))[0] == 200


async def test_what_waits_too_long_is_not_well(office, http):
    root = serve(office, is_hooked=False)
    await office.begin()
    await office.telegram.faults("server_error", "sendMessage", times=None)
    await office["analis_sdm"].send("/tugas")
    await office.until(lambda: unsent(office), "the answer that cannot be sent")
    await office.advance(minutes=6)

    async def is_late():
        status, told = await asked(http, root)
        return status == 503 and told["outbox"] > 300

    await office.until(is_late, "the look at the outbox")


def unsent(office):
    from alur.storage import outbox

    with office.database.read() as session:
        return outbox.oldest_unsent(session)


async def asked(http, root):
    async with http.get(f"{root}/healthz") as answer:
        return answer.status, await answer.json()


async def test_metrics_count_what_was_done_and_name_nobody(office, http):
    root = serve(office, is_hooked=False)
    await office.walk_to(6)
    await office.tap("kabag_umum", "Setujui")
    await office.settled()

    async with http.get(f"{root}/metrics") as answer:
        told = await answer.text()

    assert 'alur_telegram_calls_total{method="answerCallbackQuery",status="200"}' in told
    assert "alur_leads 1.0" in told
    assert 'alur_updates_worked_total{result="done"}' in told
    assert "alur_transaction_seconds_count" in told
    for name in ("Dewi", "ip-asn", TOKEN, str(office["kabag_umum"].id)):
        assert name not in told


async def test_an_address_that_is_taken_is_said_in_one_sentence(office):
    root = serve(office, is_hooked=False)
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(root.rpartition(":")[2])))
        other.listen()
        office.start()
        with pytest.raises(Exception, match="ALUR_WEBHOOK_LISTEN: cannot listen on"):
            await office.settled()


@on_postgresql
async def test_whoever_stands_by_takes_what_telegram_brings_and_rings_for_the_leader(any_office, http, tmp_path):
    office, fleet = any_office, Fleet(settings=any_office.settings, folder=tmp_path)
    office.transact(office._walk, 6, 0)
    ports = [free_port(), free_port()]
    hook = {"ALUR_WEBHOOK_URL": f"http://127.0.0.1:{ports[1]}/hook", "ALUR_WEBHOOK_SECRET": SECRET}
    try:
        for port, word in zip(ports, (LEADS, STANDS_BY), strict=True):
            ship = await fleet.launch(ALUR_WEBHOOK_LISTEN=f"127.0.0.1:{port}", **hook)
            await fleet.says(ship, word, within=STARTS_WITHIN)
        await taken(office)

        answer = await office.tap("kabag_umum", "Setujui")
        await taken(office)
        told = [(await asked(http, f"http://127.0.0.1:{port}"))[1]["leads"] for port in ports]
    finally:
        await fleet.end()

    assert answer.text.startswith("Terima kasih")
    assert office.task.step == 7
    assert told == [True, False]
