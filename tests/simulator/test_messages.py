"""sendMessage, edits, replies and deletions, in Telegram's words."""

from datetime import timedelta

import pytest

from simulator import SimulatorRefusedError
from tests.origins import NOT_OWN

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x", "parse_mode": "Word"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"text": "x", "reply_parameters": {"message_id": 999_999}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        ({"text": "x", "reply_parameters": 5}, "object expected as reply parameters"),
        ({"text": "x", "reply_parameters": {"message_id": "five"}}, 'field "message_id" must be of type Number'),
        (
            {"text": "x", "reply_parameters": {"message_id": 999_999, "allow_sending_without_reply": "yes"}},
            'field "allow_sending_without_reply" must be of type Boolean',
        ),
    ],
)
async def test_a_bad_message_is_refused_in_telegrams_words(api, rina, refused, parameters, description):
    with refused(f"Bad Request: {description}"):
        await api("sendMessage", chat_id=rina.id, **parameters)


async def test_lengths_are_counted_after_parsing(api, rina):
    text = "<b>" + "&lt;" * 4096 + "</b>"

    message = await api("sendMessage", chat_id=rina.id, text=text, parse_mode="HTML")

    assert message["text"] == "<" * 4096


@pytest.mark.parametrize("data", ["", "x" * 65, "é" * 33])
async def test_callback_data_has_1_to_64_bytes(api, rina, refused, data):
    markup = {"inline_keyboard": [[{"text": "Ya", "callback_data": data}]]}

    with refused("Bad Request: BUTTON_DATA_INVALID"):
        await api("sendMessage", chat_id=rina.id, text="x", reply_markup=markup)


async def test_callback_data_of_64_bytes_and_a_style_pass(api, rina):
    button = {"text": "Ya", "callback_data": "é" * 32, "style": "success"}

    message = await api("sendMessage", chat_id=rina.id, text="x", reply_markup={"inline_keyboard": [[button]]})

    assert message["reply_markup"] == {"inline_keyboard": [[button]]}


async def test_an_unknown_chat_and_one_who_never_started_are_told_apart(api, telegram, refused):
    stranger = await telegram.person("Budi")

    with refused("Bad Request: chat not found"):
        await api("sendMessage", chat_id=12345, text="x")
    with refused("Bad Request: chat_id is empty"):
        await api("sendMessage", text="x")
    with refused("Forbidden: bot can't initiate conversation with a user") as caught:
        await api("sendMessage", chat_id=stranger.id, text="x")
    assert caught.value.status == 403


async def test_a_reply_shows_what_it_replies_to_to_one_level(api, rina):
    first = await rina.send("pertanyaan")
    second = await api("sendMessage", chat_id=rina.id, text="jawaban", reply_parameters={"message_id": first.id})

    third = await rina.send("lagi", reply_to=second["message_id"])

    assert second["reply_to_message"]["text"] == "pertanyaan"
    assert third.raw["reply_to_message"]["text"] == "jawaban"
    assert "reply_to_message" not in third.raw["reply_to_message"]


async def test_a_lost_reply_is_sent_without_it_if_allowed(api, rina):
    parameters = {"message_id": 999_999, "allow_sending_without_reply": True}

    message = await api("sendMessage", chat_id=rina.id, text="x", reply_parameters=parameters)

    assert "reply_to_message" not in message


async def test_an_edit_replaces_text_and_takes_the_keyboard_away(api, rina, buttons):
    message = await api("sendMessage", chat_id=rina.id, text="lama", reply_markup=buttons("Ya"))

    edited = await api("editMessageText", chat_id=rina.id, message_id=message["message_id"], text="baru")

    assert edited["text"] == "baru"
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= message["date"]
    assert (await rina.messages())[-1].text == "baru"


async def test_an_edit_that_changes_nothing_is_refused(api, rina, refused, buttons):
    message = await api(
        "sendMessage", chat_id=rina.id, text="<b>sama</b>", parse_mode="HTML", reply_markup=buttons("Ya")
    )
    where = {"chat_id": rina.id, "message_id": message["message_id"]}

    with refused(NOT_MODIFIED):
        await api("editMessageText", **where, text="<b>sama</b>", parse_mode="HTML", reply_markup=buttons("Ya"))
    assert (await api("editMessageText", **where, text="sama", reply_markup=buttons("Ya")))["text"] == "sama"


async def test_what_can_not_be_edited_is_refused(api, rina, refused):
    hers = await rina.send("milik Rina")
    prompt = await api("sendMessage", chat_id=rina.id, text="Alasan?", reply_markup={"force_reply": True})

    with refused("Bad Request: message to edit not found"):
        await api("editMessageText", chat_id=rina.id, message_id=999_999, text="x")
    for message_id in (hers.id, prompt["message_id"]):
        with refused("Bad Request: message can't be edited"):
            await api("editMessageText", chat_id=rina.id, message_id=message_id, text="x")


async def test_a_prompt_asks_her_phone_for_an_input(api, rina):
    markup = {"force_reply": True, "input_field_placeholder": "Tulis alasan"}

    message = await api("sendMessage", chat_id=rina.id, text="Alasan?", reply_markup=markup)

    assert "reply_markup" not in message
    assert (await rina.messages())[-1].force_reply == "Tulis alasan"


async def test_a_message_is_deleted_within_48_hours(api, rina, telegram, refused):
    young = await api("sendMessage", chat_id=rina.id, text="muda")
    old = await api("sendMessage", chat_id=rina.id, text="tua")
    assert await api("deleteMessage", chat_id=rina.id, message_id=young["message_id"]) is True

    await telegram.ask("POST", "/clock", {"advance": 49 * 3600})

    with refused("Bad Request: message can't be deleted"):
        await api("deleteMessage", chat_id=rina.id, message_id=old["message_id"])
    with refused("Bad Request: message to delete not found"):
        await api("deleteMessage", chat_id=rina.id, message_id=young["message_id"])
    with refused("Bad Request: message to edit not found"):
        await api("editMessageText", chat_id=rina.id, message_id=young["message_id"], text="x")
    assert (await api("editMessageText", chat_id=rina.id, message_id=old["message_id"], text="x"))["text"] == "x"
    assert "muda" not in [message.text for message in await rina.messages()]


async def test_copies_and_forwards_leave_the_buttons_behind(api, rina, telegram, buttons):
    budi = await telegram.person("Budi")
    await budi.send("/start")
    source = await api("sendMessage", chat_id=rina.id, text="kartu", reply_markup=buttons("Ya"))
    where = {"chat_id": budi.id, "from_chat_id": rina.id, "message_id": source["message_id"]}

    copy = await api("copyMessage", **where)
    forward = await api("forwardMessage", **where)

    shown = {message.id: message for message in await budi.messages()}
    assert shown[copy["message_id"]].text == "kartu"
    assert shown[copy["message_id"]].buttons == ()
    assert forward["forward_origin"]["sender_user"]["is_bot"]
    assert "reply_markup" not in forward


async def test_protected_content_is_neither_copied_nor_forwarded(api, rina, refused):
    source = await api("sendMessage", chat_id=rina.id, text="rahasia", protect_content=True)
    where = {"chat_id": rina.id, "from_chat_id": rina.id, "message_id": source["message_id"]}

    with refused("Bad Request: message can't be copied"):
        await api("copyMessage", **where)
    with refused("Bad Request: message can't be forwarded"):
        await api("forwardMessage", **where)


async def test_the_menu_follows_its_scope(api, rina, telegram, refused):
    budi = await telegram.person("Budi")
    await api("setMyCommands", commands=[{"command": "bantuan", "description": "Bantuan"}])
    scope = {"type": "chat", "chat_id": rina.id}
    await api("setMyCommands", commands=[{"command": "tugas", "description": "Tugas saya"}], scope=scope)

    assert await rina.menu() == {"tugas": "Tugas saya"}
    assert await budi.menu() == {"bantuan": "Bantuan"}
    await api("deleteMyCommands", scope=scope)
    assert await api("getMyCommands", scope=scope) == []
    assert await rina.menu() == {"bantuan": "Bantuan"}
    with refused("Bad Request: BOT_COMMAND_INVALID"):
        await api("setMyCommands", commands=[{"command": "Tugas Saya!", "description": "x"}])


# --- What people change inside their own messages


async def test_a_changed_text_comes_as_an_edited_message_with_its_moment(api, telegram, rina):
    sent = await rina.send("lama")
    await telegram.advance(timedelta(minutes=5))

    changed = await rina.edit(sent, text="/baru sekali")

    first, second = await api("getUpdates")
    assert first["message"]["text"] == "lama"
    body = second["edited_message"]
    assert (body["message_id"], body["text"], body["date"]) == (sent.id, "/baru sekali", first["message"]["date"])
    assert body["edit_date"] >= body["date"] + 300
    assert body["entities"][0]["type"] == "bot_command"
    assert (changed.text, changed.edited.timestamp()) == ("/baru sekali", body["edit_date"])
    assert changed.update_id == second["update_id"]


async def test_of_a_file_the_caption_or_the_file_itself_is_changed(api, rina, picture):
    sent = await rina.send_file("a.pdf", b"%PDF-1", caption="satu", reply_to=await rina.send("untuk"))

    await rina.edit(sent, caption="dua")
    await rina.replace_file(sent, "b.png", picture(), kind="photo")

    first, second, third = ([*update.values()][1] for update in (await api("getUpdates"))[1:])
    assert (second["caption"], second["document"]) == ("dua", first["document"])
    assert third["reply_to_message"] == first["reply_to_message"]
    assert {"photo", "caption", "document"} & third.keys() == {"photo"}


async def test_a_file_may_be_put_into_a_text_but_no_text_in_the_place_of_a_file(rina):
    text, file = await rina.send("teks"), await rina.send_file("a.pdf", b"%PDF-1")

    changed = await rina.replace_file(text, "b.pdf", b"%PDF-2", caption="dua")

    assert (changed.text, [item.name for item in changed.files]) == ("dua", ["b.pdf"])
    with pytest.raises(SimulatorRefusedError, match="no text"):
        await rina.edit(file, text="teks")
    with pytest.raises(SimulatorRefusedError, match="no caption"):
        await rina.edit(await rina.send("teks"), caption="x")


async def test_only_an_own_message_that_was_not_forwarded_is_changed(api, telegram, rina):
    budi = await telegram.person("Budi")
    await rina.send("halo")
    ours = await api("sendMessage", chat_id=rina.id, text="x")

    with pytest.raises(SimulatorRefusedError, match="no message"):
        await rina.edit(ours["message_id"], text="y")
    with pytest.raises(SimulatorRefusedError, match="no message"):
        await rina.edit(await budi.send("halo"), text="y")
    with pytest.raises(SimulatorRefusedError, match="forwarded"):
        await rina.edit(await rina.send("halo", origin=NOT_OWN["User"]), text="y")
