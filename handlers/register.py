"""All handlers, in the order in which an update is offered to them; exactly one takes it. The commands: `texts.SCREENS`."""

from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from alur.services.incoming import texts
from alur.services.people import enrolment
from alur.services.work import Effect, Work
from handlers.context import Context
from handlers.edits import edited
from handlers.membership import membership
from handlers.taps import tap
from handlers.texts import command, forwarded, text
from handlers.uploads import recording, upload

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
CHANGED = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
FILES = filters.Document.ALL | filters.PHOTO | filters.VOICE
# Not the sender's own words. A document or picture is what it is, whoever wrote it; a voice note is words.
OF_OTHERS = filters.FORWARDED | filters.VIA_BOT | filters.IS_AUTOMATIC_FORWARD
WORDS_OF_OTHERS = OF_OTHERS & ~(filters.Document.ALL | filters.PHOTO)
RECORDINGS = filters.AUDIO | filters.VIDEO | filters.VIDEO_NOTE


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    application.add_handlers(
        [
            CallbackQueryHandler(tap),
            ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(PRIVATE & WORDS_OF_OTHERS, forwarded),
            MessageHandler(PRIVATE & filters.COMMAND, command),
            MessageHandler(PRIVATE & FILES, upload),
            MessageHandler(PRIVATE & RECORDINGS, recording),
            MessageHandler(PRIVATE & filters.TEXT, text),
            MessageHandler(CHANGED & (filters.TEXT | FILES | RECORDINGS), edited),
            MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, other),
            TypeHandler(Update, nothing),
        ]
    )


async def other(update: Update, context: Context) -> None:
    """Stickers, places, contacts: nothing of it has a meaning here, and the sender is told what has."""
    message = update.effective_message
    if message is not None and message.from_user is not None:
        await context.attempt(_other, person=message.from_user.id)


async def nothing(_update: Update, context: Context) -> None:
    """What nobody wants (groups, changes inside what has no words and no file, reactions) is done all the same: its row must not come again."""
    await context.transact(_nothing)


def _other(work: Work, *, person: int) -> Effect:
    member = work.member(person)
    if member is None:
        enrolment.refuse_stranger(work, telegram_id=person, what="message")
    else:
        texts.not_understood(work, member)
    return Effect.NOTHING


def _nothing(work: Work) -> None:
    """Marks the update as done."""
