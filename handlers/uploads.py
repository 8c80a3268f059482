"""Files sent in chat: right and size are looked at first, then the file is fetched, looked into and stored, then placed."""

from telegram import Message, Update

from alur.services.incoming import files
from alur.services.incoming.files import Incoming
from alur.services.people import enrolment
from handlers.context import Context, DownloadFailed, NotLookedAt, Unfit
from handlers.texts import reply_of


async def upload(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or message.from_user is None:
        return
    person, reply = message.from_user.id, reply_of(message)
    file_id, mime, incoming = _incoming(message)
    verdict, why = await context.read(
        files.check, telegram_id=person, incoming=incoming, reply=reply, update_id=update.update_id
    )
    if verdict == "stranger":
        await context.transact(enrolment.refuse_stranger, telegram_id=person, what="file")
        return
    if verdict == "refuse":
        await context.transact(files.refuse, telegram_id=person, name=incoming.name, reason=why or "kind", reply=reply)
        return
    try:
        file = await context.fetch(
            file_id=file_id, name=incoming.name, size=incoming.size, mime=mime, kind=incoming.kind
        )
    except (DownloadFailed, NotLookedAt):
        await context.transact(files.refuse, telegram_id=person, name=incoming.name, reason="download", reply=reply)
        return
    except Unfit as unfit:
        await context.transact(
            files.refuse,
            telegram_id=person,
            name=incoming.name,
            reason=unfit.fault,
            found=unfit.found,
            named=unfit.named,
            reply=reply,
        )
        return
    await context.transact(
        files.take,
        telegram_id=person,
        message_id=message.message_id,
        file=file,
        caption=message.caption or "",
        reply=reply,
    )


async def recording(update: Update, context: Context) -> None:
    """Music, videos, round ones too: none is taken, and its sender is told how his words, or a picture, can be sent."""
    message = update.effective_message
    if message is None or message.from_user is None:
        return
    person = message.from_user.id
    if await context.read(files.is_stranger, telegram_id=person):
        await context.transact(enrolment.refuse_stranger, telegram_id=person, what="file")
        return
    await context.transact(
        files.refuse,
        telegram_id=person,
        name=_name_of(message),
        reason="kind",
        found="audio" if message.audio else "video",
        reply=reply_of(message),
    )


def _name_of(message: Message) -> str | None:
    return next((item.file_name for item in (message.audio, message.video) if item and item.file_name), None)


def _incoming(message: Message) -> tuple[str, str, Incoming]:
    """Telegram's id of the file, its media type, and what is known of it. Of a photo the largest size is taken."""
    if message.photo:
        photo = message.photo[-1]
        name = f"foto-{message.message_id}.jpg"
        return photo.file_id, "image/jpeg", Incoming(name=name, size=photo.file_size, kind="photo")
    if message.voice:
        voice = message.voice
        name = f"rekaman-{message.message_id}.ogg"
        return (
            voice.file_id,
            voice.mime_type or "audio/ogg",
            Incoming(name=name, size=voice.file_size, kind="voice"),
        )
    document = message.document
    if document is None:
        return "", "", Incoming(name=f"berkas-{message.message_id}", size=None, kind="document")
    mime = document.mime_type or "application/octet-stream"
    name = document.file_name or f"berkas-{message.message_id}"
    return document.file_id, mime, Incoming(name=name, size=document.file_size, kind="document")
