"""What a person changes inside a message that he has sent: another text, another caption, another file."""

from telegram import Update

from alur.services.incoming import edits
from handlers.context import Context
from handlers.own import own_of
from handlers.texts import reply_of
from handlers.uploads import fetched


async def edited(update: Update, context: Context) -> None:
    message = update.edited_message
    if message is None or message.from_user is None:
        return
    person, own, reply = message.from_user.id, own_of(message), reply_of(message)
    if own.file is None or not await context.read(edits.wants_file, telegram_id=person, own=own):
        await context.transact(edits.changed, telegram_id=person, own=own, reply=reply)
        return
    file = await fetched(update.update_id, message, context)
    if file is not None:
        await context.transact(edits.changed, telegram_id=person, own=own, reply=reply, file=file)
