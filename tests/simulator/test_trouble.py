"""Faults on order, limits of messages per second, the log of calls."""

import asyncio

import aiohttp
import pytest

from simulator import Options, SimulatorRefusedError


async def test_429_names_the_seconds_and_strikes_as_often_as_told(api, rina, telegram, refused):
    await telegram.faults("too_many", "send*", retry_after=7, times=2)

    for _ in range(2):
        with refused("Too Many Requests: retry after 7") as caught:
            await api("sendMessage", chat_id=rina.id, text="x")
        assert (caught.value.status, caught.value.body["parameters"]) == (429, {"retry_after": 7})
    assert (await api("sendMessage", chat_id=rina.id, text="x"))["text"] == "x"


async def test_a_server_error_has_no_effect(api, rina, telegram, refused):
    await telegram.faults("server_error", "sendMessage", status=502)

    with refused("Bad Gateway") as caught:
        await api("sendMessage", chat_id=rina.id, text="hilang")

    assert caught.value.status == 502
    assert "hilang" not in [message.text for message in await rina.messages()]


@pytest.mark.parametrize(("kind", "sent"), [("cut_before", False), ("cut_after", True)])
async def test_a_cut_connection_leaves_the_bot_without_an_answer(api, rina, telegram, kind, sent):
    await telegram.faults(kind, "sendMessage")

    with pytest.raises(aiohttp.ClientConnectionError):
        await api("sendMessage", chat_id=rina.id, text="sampai?")

    assert ("sampai?" in [message.text for message in await rina.messages()]) is sent


async def test_an_answer_may_be_one_that_nobody_can_read(api, rina, telegram):
    await telegram.faults("garbled", "sendMessage")

    with pytest.raises(aiohttp.ContentTypeError):
        await api("sendMessage", chat_id=rina.id, text="sampai?")

    assert "sampai?" in [message.text for message in await rina.messages()]


@pytest.mark.parametrize(("kind", "sent"), [("silence", False), ("late", True)])
async def test_an_answer_may_be_awaited_in_vain(api, rina, telegram, kind, sent):
    await telegram.faults(kind, "sendMessage", seconds=30)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await api("sendMessage", chat_id=rina.id, text="sampai?")

    assert ("sampai?" in [message.text for message in await rina.messages()]) is sent


async def test_a_fault_can_be_bound_to_a_chat(api, rina, telegram, refused):
    budi = await telegram.person("Budi")
    await budi.send("/start")
    await telegram.faults("server_error", chat_id=budi.id, times=None)

    assert await api("sendMessage", chat_id=rina.id, text="x")
    with refused("Bad Gateway"):
        await api("sendMessage", chat_id=budi.id, text="x")
    await telegram.clear_faults()
    assert await api("sendMessage", chat_id=budi.id, text="x")


async def test_a_seeded_fault_strikes_the_same_calls_each_time(api, telegram):
    async def play() -> list[bool]:
        await telegram.clear_faults()
        await telegram.faults("server_error", "getMe", times=None, chance=0.5, seed=7)
        passed = []
        for _ in range(12):
            async with api.session.get(f"{api.root}/getMe") as response:
                passed.append(response.ok)
        return passed

    first, second = await play(), await play()

    assert first == second
    assert set(first) == {True, False}


async def test_an_unknown_kind_of_fault_is_refused(telegram):
    with pytest.raises(SimulatorRefusedError, match="gremlin"):
        await telegram.faults("gremlin")


async def test_the_log_of_calls_has_parameters_and_answers(api, rina, telegram, refused):
    last = (await telegram.calls())[-1]["number"]
    await api("sendMessage", chat_id=rina.id, text="x")
    with refused("Bad Request: chat not found"):
        await api("sendMessage", chat_id=1, text="x")

    good, bad = await telegram.calls(since=last, method="send*")

    assert good["parameters"] == {"chat_id": rina.id, "text": "x"}
    assert good["answer"]["result"]["text"] == "x"
    assert bad["answer"]["error_code"] == 400


class TestWithRates:
    async def test_a_chat_that_gets_too_many_answers_429_and_recovers(self, api, rina, telegram, refused):
        await telegram.rates(per_chat=2, chat_window=30)
        for _ in range(2):
            await api("sendMessage", chat_id=rina.id, text="x")

        with refused("Too Many Requests: retry after 30"):
            await api("sendMessage", chat_id=rina.id, text="x")
        answer_is_free = await api("getMe")

        await telegram.ask("POST", "/clock", {"advance": 31})
        assert await api("sendMessage", chat_id=rina.id, text="x")
        assert answer_is_free

    async def test_the_bot_as_a_whole_has_a_limit_too(self, api, rina, telegram, refused):
        await telegram.rates(per_bot=1)
        await api("sendMessage", chat_id=rina.id, text="x")

        with refused("Too Many Requests: retry after 1"):
            await api("sendMessage", chat_id=rina.id, text="x")

    def test_by_default_nothing_is_limited(self):
        assert (Options().rates.per_chat, Options().rates.per_bot) == (None, None)
