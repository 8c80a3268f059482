"""What a message of a person's says: its words, and which file it holds."""

from telegram import Message

from alur.services.incoming.own import Own


def own_of(message: Message) -> Own:
    """Of a picture the largest size stands for all."""
    photo = message.photo[-1] if message.photo else None
    kinds = (photo, message.document, message.voice, message.audio, message.video, message.video_note)
    file = next((item.file_unique_id for item in kinds if item is not None), None)
    return Own(message_id=message.message_id, words=message.text or message.caption or "", file=file)
