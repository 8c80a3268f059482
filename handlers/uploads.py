"""Files sent in chat: right and size are looked at first, then the file is fetched, looked into and stored, then placed."""

from telegram import Message, Update

from alur.services.incoming import files, own
from alur.services.incoming.files import Incoming
from alur.services.people import enrolment
from alur.services.work import Effect, Work
from alur.workflow.file_kinds import Unfit
from alur.workflow.files import FileRef
from handlers.context import Context, DownloadFailed, NotLookedAt
from handlers.own import own_of
from handlers.texts import reply_of


async def upload(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or message.from_user is None:
        return
    file = await fetched(update.update_id, message, context)
    if file is None:
        return
    await context.transact(
        own.take, telegram_id=message.from_user.id, own=own_of(message), file=file, reply=reply_of(message)
    )


async def recording(update: Update, context: Context) -> None:
    """Music, videos, round ones too: none is taken, and its sender is told how his words, or a picture, can be sent."""
    message = update.effective_message
    if message is None or message.from_user is None:
        return
    if await context.read(files.is_stranger, telegram_id=message.from_user.id):
        await context.attempt(_refuse_stranger, person=message.from_user.id)
        return
    await _refuse(message, context, name=_name_of(message), reason="kind", found="audio" if message.audio else "video")


async def fetched(update_id: int, message: Message, context: Context) -> FileRef | None:
    """The message's file, looked at, fetched and stored; None where it is refused and the update done."""
    if message.audio or message.video or message.video_note:
        found = "audio" if message.audio else "video"
        await _refuse(message, context, name=_name_of(message), reason="kind", found=found)
        return None
    person = message.from_user.id if message.from_user else 0
    file_id, mime, incoming = _incoming(message)
    verdict, why = await context.read(
        files.check, telegram_id=person, incoming=incoming, reply=reply_of(message), update_id=update_id
    )
    if verdict == "stranger":
        await context.attempt(_refuse_stranger, person=person)
        return None
    if verdict == "refuse":
        await _refuse(message, context, name=incoming.name, reason=why or "kind")
        return None
    try:
        return await context.fetch(
            file_id=file_id, name=incoming.name, size=incoming.size, mime=mime, kind=incoming.kind
        )
    except (DownloadFailed, NotLookedAt):
        await _refuse(message, context, name=incoming.name, reason="download")
    except Unfit as unfit:
        await _refuse(message, context, name=incoming.name, reason=unfit.fault, found=unfit.found, named=unfit.named)
    return None


def _refuse_stranger(work: Work, *, person: int) -> Effect:
    enrolment.refuse_stranger(work, telegram_id=person, what="file")
    return Effect.NOTHING


async def _refuse(
    message: Message,
    context: Context,
    *,
    name: str | None,
    reason: str,
    found: str | None = None,
    named: str | None = None,
) -> None:
    await context.transact(
        own.refuse,
        telegram_id=message.from_user.id if message.from_user else 0,
        own=own_of(message),
        name=name,
        reason=reason,
        reply=reply_of(message),
        found=found,
        named=named,
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
