"""The quickest answer that aiogram gives: to each press the answer first, then the other calls of such a press; nothing is
stored. Run by the rivals' own interpreter, with what to do as JSON: the simulator's address, the token, the calls (each with
the distance of its chat from the presser's), the pressers, and how many cards are to lie in the chat of each.
"""

import asyncio
import json
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
)

CARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Setujui", callback_data="approve")]])


async def main(url: str, token: str, calls: list[dict], pressers: list[int], cards: int) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    sent = await bot.send_document(pressers[0], BufferedInputFile(b"x", filename="x.docx"))
    file = sent.document.file_id

    @dispatcher.callback_query()
    async def press(query: CallbackQuery) -> None:
        for call in calls:
            chat = query.from_user.id + call.get("distance", 0)
            words = {"text": call.get("text"), "parse_mode": call.get("parse_mode")}
            markup = call.get("reply_markup") and InlineKeyboardMarkup.model_validate(call["reply_markup"])
            match call["method"]:
                case "answerCallbackQuery":
                    await query.answer(call["text"])
                case "editMessageText":
                    await query.message.edit_text(**words, reply_markup=markup)
                case "sendMessage":
                    await bot.send_message(chat, **words, reply_markup=markup)
                case "sendMediaGroup":
                    parts = [InputMediaDocument(media=file, caption=part.get("caption")) for part in call["media"]]
                    await bot.send_media_group(chat, parts)
                case other:
                    raise ValueError(other)

    for chat in pressers:
        for number in range(cards):
            await bot.send_message(chat, f"{number}", reply_markup=CARD)
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(**json.loads(sys.argv[1])))
