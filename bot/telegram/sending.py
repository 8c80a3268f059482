"""Single calls to Telegram: a screen, an edit, a removal, a few files. What fails raises `telegram.error`, or
FileNotFoundError for a stored file that is gone.
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

from telegram import (
    Bot,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    InputMediaDocument,
    InputMediaPhoto,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import RetryAfter, TelegramError

from alur.storage.file_store import FileStore
from alur.views.screen import Attachment, Menu, Screen
from bot.telegram.keyboards import keyboard

LARGEST_ALBUM = 10  # files (Bot API, sendMediaGroup)

FileId = Callable[[Attachment], str | None]


def groups(files: Sequence[Attachment]) -> list[tuple[Attachment, ...]]:
    """The calls that the files take: documents and photos never mixed, at most ten at once, a voice by itself."""
    found: list[tuple[Attachment, ...]] = []
    for kind, run in groupby(files, key=lambda item: item.file.kind):
        same = list(run)
        size = 1 if kind == "voice" else LARGEST_ALBUM
        found += [tuple(same[start : start + size]) for start in range(0, len(same), size)]
    return found


class Sender:
    def __init__(self, bot: Bot, store: FileStore) -> None:
        self._bot, self.store = bot, store

    @property
    def username(self) -> str:
        """The bot's own, as Telegram named it when the bot began."""
        return self._bot.username

    async def is_heard(self) -> bool:
        """Whether Telegram can be read just now: an answer that cannot be read is then that one call's, and no network's
        that answers in Telegram's place.
        """
        try:
            await self._bot.get_me()
        except RetryAfter:
            return True
        except (TelegramError, LookupError, TypeError, ValueError):
            return False
        return True

    async def screen(
        self, chat_id: int, screen: Screen, *, silent: bool = False, reply_to: int | None = None
    ) -> Message:
        """The message as it was sent: without `reply_to_message` where the one that it was to reply to is not there."""
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to is not None else None
        return await self._bot.send_message(
            chat_id,
            screen.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(screen.buttons),
            disable_notification=silent,
            reply_parameters=reply,
        )

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        await self._bot.edit_message_text(
            screen.text,
            chat_id=chat_id,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(screen.buttons),
        )

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Within 48 hours of its sending; later Telegram refuses."""
        await self._bot.delete_message(chat_id, message_id)

    async def menu(self, chat_id: int | None, menu: Menu) -> None:
        """The commands of one chat, or, without one, of every chat that has none of its own."""
        scope = BotCommandScopeDefault() if chat_id is None else BotCommandScopeChat(chat_id)
        await self._bot.set_my_commands(menu.commands, scope=scope)

    async def files(
        self, chat_id: int, group: Sequence[Attachment], file_id: FileId, *, silent: bool = False
    ) -> tuple[Message, ...]:
        """Sends one group; by Telegram's own id where it is known, else the stored bytes."""
        if len(group) > 1:
            media = [self._media(item, file_id(item)) for item in group]
            return tuple(await self._bot.send_media_group(chat_id, media, disable_notification=silent))
        item = group[0]
        content, caption = file_id(item) or self._source(item), item.caption
        match item.file.kind:
            case "photo":
                sent = await self._bot.send_photo(
                    chat_id, content, caption=caption, parse_mode=ParseMode.HTML, disable_notification=silent
                )
            case "voice":
                sent = await self._bot.send_voice(
                    chat_id, content, caption=caption, parse_mode=ParseMode.HTML, disable_notification=silent
                )
            case "document":
                sent = await self._bot.send_document(
                    chat_id,
                    content,
                    caption=caption,
                    parse_mode=ParseMode.HTML,
                    filename=item.file.name,
                    disable_content_type_detection=True,
                    disable_notification=silent,
                )
        return (sent,)

    def _media(self, item: Attachment, file_id: str | None) -> InputMediaDocument | InputMediaPhoto:
        content = file_id or self._bytes(item)
        if item.file.kind == "photo":
            return InputMediaPhoto(content, caption=item.caption, parse_mode=ParseMode.HTML, filename=item.file.name)
        return InputMediaDocument(
            content,
            caption=item.caption,
            parse_mode=ParseMode.HTML,
            filename=item.file.name,
            disable_content_type_detection=True,
        )

    def _source(self, item: Attachment) -> Path | bytes:
        if item.content is not None:
            return item.content
        path = self.store.path(item.file.sha256)
        path.stat()  # of a missing file PTB would make a file_id
        return path

    def _bytes(self, item: Attachment) -> bytes:
        return item.content if item.content is not None else self.store.path(item.file.sha256).read_bytes()


def file_id_of(message: Message, kind: str) -> str | None:
    """How Telegram names the file that was sent; a PDF or picture sent as a document keeps its kind."""
    if kind == "photo":
        return message.photo[-1].file_id if message.photo else None
    if kind == "voice":
        return message.voice.file_id if message.voice else None
    return message.document.file_id if message.document else None
