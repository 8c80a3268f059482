"""The least that a bot can be: python-telegram-bot alone, which answers a press with the calls that it was given, one after
the other, and stores nothing. Started by `press_whole.py` with the simulator's address, the calls of one press as JSON, the
presser's chat and how many cards are to lie there.
"""

import json
import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

CARD = InlineKeyboardMarkup([[InlineKeyboardButton("Setujui", callback_data="approve")]])


def main(url: str, token: str, calls: str, chat: str, cards: str) -> None:
    wanted = json.loads(calls)
    files: dict[int, list[str]] = {}  # by the call that sends them, as Telegram names them: they are sent once

    async def lay_out(app: Application) -> None:
        for number, call in enumerate(wanted):
            if call["method"] == "sendMediaGroup":
                sent = [await app.bot.send_document(chat, b"x", filename="x.docx") for _ in call["media"]]
                files[number] = [message.document.file_id for message in sent if message.document]
        for number in range(int(cards)):
            await app.bot.send_message(chat, f"{number}", reply_markup=CARD)

    async def press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query, bot = update.callback_query, context.bot
        assert query is not None
        for number, call in enumerate(wanted):
            words = {"text": call.get("text"), "parse_mode": call.get("parse_mode")}
            markup = InlineKeyboardMarkup.de_json(call["reply_markup"], bot) if "reply_markup" in call else None
            match call["method"]:
                case "answerCallbackQuery":
                    await query.answer(call["text"])
                case "editMessageText":
                    await query.edit_message_text(**words, reply_markup=markup)
                case "sendMessage":
                    await bot.send_message(call["chat_id"], **words, reply_markup=markup)
                case "sendMediaGroup":
                    media = zip(files[number], call["media"], strict=True)
                    documents = [InputMediaDocument(file, caption=part.get("caption")) for file, part in media]
                    await bot.send_media_group(call["chat_id"], documents)
                case other:
                    raise ValueError(other)

    app = Application.builder().token(token).base_url(f"{url}/bot").post_init(lay_out).build()
    app.add_handler(CallbackQueryHandler(press))
    app.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
