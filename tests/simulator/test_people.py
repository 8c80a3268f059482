"""People: standing with the bot, groups, the clients that act for them."""

import asyncio

import pytest

from simulator import NothingCameError, SimulatorRefusedError


async def test_ids_do_not_fit_into_32_bits(telegram):
    rina, budi = await telegram.person("Rina"), await telegram.person("Budi")

    assert rina.id > 2**32
    assert budi.id == rina.id + 1
    assert await telegram.people() == (rina, budi)


async def test_a_username_is_taken_once(telegram):
    await telegram.person("Rina", username="rina")

    with pytest.raises(SimulatorRefusedError, match="exists already"):
        await telegram.person("Rani", username="RINA")


async def test_a_command_is_marked_and_a_payload_is_not(api, rina):
    await rina.send("/start kode_123")

    (update,) = await api("getUpdates")

    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_who_blocks_the_bot_is_out_of_reach_until_she_unblocks_it(api, rina, refused):
    await rina.block()

    with refused("Forbidden: bot was blocked by the user"):
        await api("sendMessage", chat_id=rina.id, text="x")
    with pytest.raises(SimulatorRefusedError, match="unblock"):
        await rina.send("halo")
    await rina.unblock()
    assert await api("sendMessage", chat_id=rina.id, text="x")
    changes = [update["my_chat_member"] for update in await api("getUpdates")]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]


async def test_who_left_telegram_is_out_of_reach(api, rina, refused):
    await rina.leave_telegram()

    with refused("Forbidden: user is deactivated"):
        await api("sendMessage", chat_id=rina.id, text="x")


async def test_in_a_group_the_bot_sees_only_what_concerns_it(api, rina, telegram, buttons):
    budi = await telegram.person("Budi")
    group = await telegram.group("Tim SDM", [rina, budi])
    await budi.send("obrolan biasa", chat=group)
    await budi.send("/status", chat=group)
    card = await api("sendMessage", chat_id=group.id, text="Kartu", reply_markup=buttons("Ya"))
    shown = await rina.wait_for(lambda message: message.labels, chat=group)
    await rina.press(shown, "Ya", timeout=0)

    updates = await api("getUpdates")

    assert group.id < -(2**32)
    texts = [update["message"].get("text") for update in updates if "message" in update]
    assert texts == [None, "/status"]
    query = updates[-1]["callback_query"]
    assert (query["from"]["id"], query["message"]["message_id"]) == (rina.id, card["message_id"])
    member = await api("getChatMember", chat_id=group.id, user_id=budi.id)
    assert member["status"] == "member"


async def test_a_stranger_is_not_in_the_group(rina, telegram):
    budi = await telegram.person("Budi")
    group = await telegram.group("Tim", [rina])

    with pytest.raises(SimulatorRefusedError, match="Budi is not in chat"):
        await budi.send("halo", chat=group)


async def test_waiting_finds_what_is_there_and_what_comes(api, rina):
    await api("sendMessage", chat_id=rina.id, text="sudah ada")
    sent = await rina.send("mulai")
    later = asyncio.create_task(rina.wait_for(lambda message: "baru" in message.text, after=sent))

    found = await rina.wait_for(lambda message: "sudah" in message.text)
    await api("sendMessage", chat_id=rina.id, text="yang baru")

    assert found.text == "sudah ada"
    assert (await later).text == "yang baru"


async def test_waiting_sees_an_edit(api, rina, buttons):
    message = await api("sendMessage", chat_id=rina.id, text="Kartu", reply_markup=buttons("Ya"))
    shown = await rina.wait_for()
    waiting = asyncio.create_task(rina.wait_for(lambda message: not message.labels, after=shown))

    await api("editMessageText", chat_id=rina.id, message_id=message["message_id"], text="Selesai")

    edited = await waiting
    assert (edited.id, edited.text) == (shown.id, "Selesai")
    assert edited.edited is not None


async def test_waiting_in_vain_says_what_came_instead(api, rina, buttons):
    await api("sendMessage", chat_id=rina.id, text="Lain", reply_markup=buttons("Ya"))

    with pytest.raises(NothingCameError, match=r"'Lain'.*'Ya'"):
        await rina.wait_for(lambda message: "Kartu" in message.text, timeout=0.1)


async def test_changes_are_followed_over_all_chats(api, rina, telegram):
    cursor = await telegram.last_change()
    following = asyncio.create_task(telegram.changes(since=cursor, timeout=5))

    message = await api("sendMessage", chat_id=rina.id, text="satu")
    first = await following
    await api("sendChatAction", chat_id=rina.id, action="typing")
    await api("deleteMessage", chat_id=rina.id, message_id=message["message_id"])

    rest = await telegram.changes(since=first[-1]["change"])
    assert [(change["kind"], change["chat_id"]) for change in first] == [("message", rina.id)]
    assert [change["kind"] for change in rest] == ["action", "delete"]
    assert rest[1]["deleted"]


async def test_a_chat_is_described(api, rina):
    chat = await api("getChat", chat_id=rina.id)
    by_name = await api("getChat", chat_id="@rina")

    assert (chat["type"], chat["first_name"]) == ("private", "Rina")
    assert chat == by_name
