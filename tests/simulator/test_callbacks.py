"""Presses of buttons: what the bot receives, one answer each, within 150 seconds."""

import asyncio

import pytest

from simulator import NoSuchButtonError, SimulatorRefusedError

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def card(api, rina, buttons):
    await api("sendMessage", chat_id=rina.id, text="Kartu", reply_markup=buttons("Setujui", "Kembalikan"))
    return (await rina.messages())[-1]


async def test_a_press_reaches_the_bot_with_the_message_and_brings_its_answer(api, rina, card):
    press = asyncio.create_task(rina.press(card, "Setujui"))
    (update,) = await api("getUpdates", timeout=5)
    query = update["callback_query"]

    await api("answerCallbackQuery", callback_query_id=query["id"], text="Tercatat", show_alert=True)

    answer = await press
    assert (query["data"], query["from"]["id"]) == ("act:Setujui", rina.id)
    assert query["message"] == card.raw
    assert (answer.answered, answer.text, answer.alert) == (True, "Tercatat", True)


async def test_a_press_without_an_answer_says_so(rina, card):
    answer = await rina.press(card, "Setujui", timeout=0.05)

    assert (answer.answered, answer.text, answer.alert) == (False, None, False)


async def test_a_query_is_answered_once(api, rina, card, refused):
    answer = await rina.press(card, "Setujui", timeout=0)

    assert await api("answerCallbackQuery", callback_query_id=answer.query_id) is True
    with refused(TOO_OLD):
        await api("answerCallbackQuery", callback_query_id=answer.query_id)
    with refused(TOO_OLD):
        await api("answerCallbackQuery", callback_query_id="1")


async def test_a_query_is_not_answered_after_150_seconds(api, rina, card, telegram, refused):
    answer = await rina.press(card, "Setujui", timeout=0)
    await telegram.ask("POST", "/clock", {"advance": 152})

    with refused(TOO_OLD):
        await api("answerCallbackQuery", callback_query_id=answer.query_id)


async def test_a_toast_has_at_most_200_characters(api, rina, card, refused):
    answer = await rina.press(card, "Setujui", timeout=0)

    with refused("Bad Request: MESSAGE_TOO_LONG"):
        await api("answerCallbackQuery", callback_query_id=answer.query_id, text="x" * 201)
    assert await api("answerCallbackQuery", callback_query_id=answer.query_id, text="x" * 200) is True


async def test_a_label_that_is_not_there_can_not_be_pressed(rina, card, telegram):
    with pytest.raises(NoSuchButtonError, match="Setujui"):
        await rina.press(card, "Tolak")
    with pytest.raises(NoSuchButtonError):
        await rina.press(card, data="act:Tolak")
    with pytest.raises(SimulatorRefusedError, match="no button"):
        await telegram.ask("POST", f"/control/people/{rina.id}/press", {"message_id": card.id, "button": "Tolak"})


async def test_data_can_be_forged_even_under_a_deleted_message(api, rina, card):
    await api("deleteMessage", chat_id=rina.id, message_id=card.id)

    await rina.press_forged(card, "approve:1:0", timeout=0)

    query = (await api("getUpdates"))[0]["callback_query"]
    assert query["data"] == "approve:1:0"
    assert query["message"] == {"chat": card.raw["chat"], "message_id": card.id, "date": 0}


async def test_a_button_that_was_edited_away_is_pressed_on_a_phone_that_has_not_heard(api, rina, card):
    await api("editMessageText", chat_id=rina.id, message_id=card.id, text="Selesai")

    await rina.press(card, "Setujui", timeout=0)

    query = (await api("getUpdates"))[0]["callback_query"]
    assert query["data"] == "act:Setujui"
    assert query["message"]["text"] == "Selesai"
