"""python-telegram-bot's own Bot works against the simulator."""

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument
from telegram.constants import KeyboardButtonStyle
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter
from telegram.request import HTTPXRequest


@pytest.fixture
async def bot(simulator):
    async with Bot(simulator.token, base_url=f"{simulator.url}/bot", base_file_url=f"{simulator.url}/file/bot") as bot:
        yield bot


async def test_it_knows_itself(bot):
    me = await bot.get_me()

    assert (me.username, me.is_bot) == ("alur_simulator_bot", True)


async def test_a_conversation_with_buttons(bot, rina):
    style = KeyboardButtonStyle.SUCCESS
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Setujui", callback_data="ok:1", style=style)]])
    sent = await bot.send_message(rina.id, "<b>Kartu</b>", parse_mode="HTML", reply_markup=keyboard)
    card = await rina.wait_for(lambda message: message.text == "Kartu")
    press = asyncio.create_task(rina.press(card, "Setujui"))

    (update,) = await bot.get_updates(timeout=5)
    await update.callback_query.answer("Baik")
    edited = await bot.edit_message_text("Selesai", chat_id=rina.id, message_id=sent.message_id)

    assert sent.reply_markup == keyboard
    assert card.button("Setujui").style == "success"
    assert update.callback_query.message.text == "Kartu"
    assert (await press).text == "Baik"
    assert edited.text == "Selesai"
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_documents_go_up_by_bytes_and_by_id_and_come_down(bot, rina):
    sent = await bot.send_document(rina.id, b"isi", filename="a.pdf", caption="Berkas")
    again = await bot.send_document(rina.id, sent.document.file_id)
    album = await bot.send_media_group(
        rina.id, [InputMediaDocument(b"1", filename="1.pdf"), InputMediaDocument(sent.document, caption="dua")]
    )
    file = await bot.get_file(sent.document)

    assert again.document == sent.document
    assert [message.document.file_name for message in album] == ["1.pdf", "a.pdf"]
    assert bytes(await file.download_as_bytearray()) == b"isi"


async def test_her_document_comes_down(bot, rina):
    await rina.send_file("data.xlsx", b"angka", caption="Data")

    (update,) = await bot.get_updates()
    file = await update.message.document.get_file()

    assert bytes(await file.download_as_bytearray()) == b"angka"


async def test_errors_become_its_exceptions(bot, rina, telegram, simulator, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "x")
    await rina.block()
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(rina.id, "x")
    await telegram.faults("too_many", retry_after=3)
    with pytest.raises(RetryAfter):
        await bot.send_message(rina.id, "x")
    await bot.set_webhook("http://127.0.0.1:9/never")
    with pytest.raises(Conflict):
        await bot.get_updates()
    async with HTTPXRequest() as request:
        stranger = Bot("1:wrong", base_url=f"{simulator.url}/bot", request=request, get_updates_request=request)
        with pytest.raises(InvalidToken):
            await stranger.get_me()
