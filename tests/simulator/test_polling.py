"""getUpdates: offset, limit, long poll, one poller, age."""

import asyncio

import aiohttp
import pytest


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(api, rina):
    await rina.send("satu")

    (first,) = await api("getUpdates")
    (again,) = await api("getUpdates")
    confirmed = await api("getUpdates", offset=first["update_id"] + 1)
    forgotten = await api("getUpdates", offset=first["update_id"])

    assert first == again
    assert first["message"]["text"] == "satu"
    assert confirmed == []
    assert forgotten == []


async def test_limit_bounds_a_batch_and_order_is_kept(api, rina):
    for text in ("satu", "dua", "tiga"):
        await rina.send(text)

    batch = await api("getUpdates", limit=2)

    assert [update["message"]["text"] for update in batch] == ["satu", "dua"]
    assert batch[0]["update_id"] + 1 == batch[1]["update_id"]


async def test_a_negative_offset_keeps_the_newest_and_forgets_the_others(api, rina):
    for text in ("satu", "dua", "tiga"):
        await rina.send(text)

    newest = await api("getUpdates", offset=-1)

    assert [update["message"]["text"] for update in newest] == ["tiga"]
    assert len(await api("getUpdates")) == 1


async def test_a_long_poll_answers_as_soon_as_something_comes(api, rina, telegram, until):
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await until(telegram.is_polled)

    await rina.send("akhirnya")

    (update,) = await asyncio.wait_for(poll, 5)
    assert update["message"]["text"] == "akhirnya"


async def test_a_long_poll_ends_empty_after_its_timeout(api, rina):
    loop = asyncio.get_running_loop()
    began = loop.time()

    updates = await api("getUpdates", timeout=1)

    assert updates == []
    assert 0.9 < loop.time() - began < 3


async def test_a_second_poller_terminates_the_first(api, rina, telegram, until, refused):
    first = asyncio.create_task(api("getUpdates", timeout=30))
    await until(telegram.is_polled)

    second = asyncio.create_task(api("getUpdates", timeout=1))

    words = "terminated by other getUpdates request; make sure that only one bot instance is running"
    with refused(f"Conflict: {words}") as caught:
        await asyncio.wait_for(first, 5)
    assert caught.value.status == 409
    assert await second == []


async def test_polling_is_refused_while_a_webhook_is_set(api, refused):
    await api("setWebhook", url="http://127.0.0.1:9/never")

    words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    with refused(f"Conflict: {words}"):
        await api("getUpdates")

    await api("deleteWebhook", drop_pending_updates=True)
    assert await api("getUpdates") == []


async def test_setting_a_webhook_terminates_a_waiting_poll(api, rina, telegram, until, refused):
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await until(telegram.is_polled)

    await api("setWebhook", url="http://127.0.0.1:9/never")

    with refused("Conflict: terminated by setWebhook request"):
        await asyncio.wait_for(poll, 5)


async def test_allowed_updates_hold_for_what_comes_later_and_are_remembered(api, rina, buttons):
    await rina.send("sebelum")
    message = await api("sendMessage", chat_id=rina.id, text="x", reply_markup=buttons("Ya"))
    before = await api("getUpdates", allowed_updates=["callback_query"])
    await rina.send("sesudah")
    await rina.press_forged(message["message_id"], "act:Ya", timeout=0)

    after = await api("getUpdates", offset=before[-1]["update_id"] + 1)

    assert [update["message"]["text"] for update in before] == ["sebelum"]
    assert ["callback_query" in update for update in after] == [True]


async def test_an_update_dies_after_24_hours(api, rina, telegram):
    await rina.send("basi")
    await telegram.ask("POST", "/clock", {"advance": 24 * 3600 + 5})
    await rina.send("segar")

    updates = await api("getUpdates")

    assert [update["message"]["text"] for update in updates] == ["segar"]


async def test_a_press_dies_after_its_life_but_a_message_stays(api, rina, telegram, buttons):
    message = await api("sendMessage", chat_id=rina.id, text="x", reply_markup=buttons("Ya"))
    await rina.press_forged(message["message_id"], "act:Ya", timeout=0)
    await rina.send("tetap")

    await telegram.ask("POST", "/clock", {"advance": 160})

    updates = await api("getUpdates")
    assert [update.get("message", {}).get("text") for update in updates] == ["tetap"]


async def test_a_confirmed_update_can_be_delivered_once_more_under_its_old_id(api, rina, telegram):
    sent = await rina.send("dua kali")
    (first,) = await api("getUpdates")
    assert await api("getUpdates", offset=first["update_id"] + 1) == []

    await telegram.deliver_again(sent.update_id)

    assert await api("getUpdates", offset=first["update_id"] + 1) == [first]
    assert await api("getUpdates", offset=first["update_id"] + 1) == []


async def test_a_senseless_update_is_delivered_as_it_was_injected(api, rina, telegram):
    update_id = await telegram.inject({"message": {"nonsense": [1, 2]}})
    later = await rina.send("sesudahnya")

    updates = await api("getUpdates")

    assert updates[0] == {"message": {"nonsense": [1, 2]}, "update_id": update_id}
    assert later.update_id == update_id + 1


@pytest.mark.parametrize("verb", ["GET", "POST"])
async def test_parameters_come_by_query_form_or_json(api, rina, verb):
    values = {"chat_id": str(rina.id), "text": "halo", "disable_notification": "true", "unknown": "ignored"}
    sent = {"params": values} if verb == "GET" else {"data": values}
    async with api.session.request(verb, f"{api.root}/SENDmessage", **sent) as response:
        body = await response.json()

    assert body["result"]["text"] == "halo"
    assert (await rina.messages())[-1].silent


async def test_a_wrong_token_and_an_unknown_method_are_told_apart(api, simulator):
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{simulator.url}/bot1:wrong/getMe") as response:
            assert (response.status, (await response.json())["description"]) == (401, "Unauthorized")
        async with session.get(f"{simulator.url}/bot{simulator.token}/getNothing") as response:
            assert (response.status, (await response.json())["description"]) == (404, "Not Found")
