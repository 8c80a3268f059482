"""One person with his Telegram: writes, sends files, presses buttons, waits for what the bot writes."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import aiohttp

from simulator.line import Line
from simulator.shown import Message, NoSuchButtonError, read_message

ROUND_SECONDS = 20.0  # how long one long poll waits before it is asked again


class NothingCameError(Exception):
    """No message matched in time; the message shows what the chat holds instead."""


@dataclass(frozen=True, kw_only=True)
class PressAnswer:
    """What the press brought: text is None for a mere end of the progress bar; answered is False when none came."""

    answered: bool
    text: str | None
    alert: bool
    query_id: str
    update_id: int | None


@dataclass(frozen=True, kw_only=True)
class Group:
    id: int
    title: str


@dataclass(frozen=True, kw_only=True)
class Phone:
    """A person with his Telegram; made by `SimulatorClient.person`. Without `chat` acts happen in his private chat."""

    id: int
    name: str
    line: Line = field(repr=False, compare=False)

    async def send(
        self,
        text: str,
        *,
        reply_to: Message | int | None = None,
        chat: Group | None = None,
        origin: Mapping[str, Any] | None = None,
    ) -> Message:
        """Write a text; the message that is returned holds the update_id and is good as `after` of wait_for. `origin` is
        `forward_origin` or `via_bot` of a text that is not the person's own, as the Bot API has it.
        """
        given = {"text": text, "reply_to": _id(reply_to), "chat_id": self._chat(chat), **(origin or {})}
        return read_message(await self.line.ask("POST", f"/control/people/{self.id}/text", given), self.line)

    async def send_file(
        self,
        name: str,
        data: bytes,
        *,
        kind: str = "document",
        caption: str | None = None,
        reply_to: Message | int | None = None,
        mime_type: str | None = None,
        media_group_id: str | None = None,
        chat: Group | None = None,
        origin: Mapping[str, Any] | None = None,
    ) -> Message:
        # Unquoted: a server takes "%20" in a file's name for what it says, as Telegram does.
        form = aiohttp.FormData({"kind": kind, "chat_id": str(self._chat(chat))}, quote_fields=False)
        objects = {name: json.dumps(value) for name, value in (origin or {}).items()}
        optional = {"caption": caption, "reply_to": _id(reply_to), "media_group_id": media_group_id, **objects}
        for field_name, value in optional.items():
            if value is not None:
                form.add_field(field_name, str(value))
        form.add_field("file", BytesIO(data), filename=name, content_type=mime_type or "application/octet-stream")
        return read_message(await self.line.ask("POST", f"/control/people/{self.id}/file", form), self.line)

    async def send_photo(self, data: bytes, **options: Any) -> Message:
        return await self.send_file("photo.jpg", data, kind="photo", **options)

    async def send_voice(self, data: bytes, **options: Any) -> Message:
        return await self.send_file("voice.oga", data, kind="voice", **options)

    async def edit(self, message: Message | int, *, text: str | None = None, caption: str | None = None) -> Message:
        """Change the text, or the caption, of a message of his own in his private chat."""
        given = {"message_id": _id(message)} | ({"caption": caption or ""} if text is None else {"text": text})
        return read_message(await self.line.ask("POST", f"/control/people/{self.id}/edit", given), self.line)

    async def replace_file(
        self,
        message: Message | int,
        name: str,
        data: bytes,
        *,
        kind: str = "document",
        caption: str | None = None,
        mime_type: str | None = None,
    ) -> Message:
        """Put another file into a message of his own; a caption that is not given again is gone."""
        form = aiohttp.FormData({"kind": kind, "message_id": str(_id(message))}, quote_fields=False)
        if caption is not None:
            form.add_field("caption", caption)
        form.add_field("file", BytesIO(data), filename=name, content_type=mime_type or "application/octet-stream")
        return read_message(await self.line.ask("POST", f"/control/people/{self.id}/replace", form), self.line)

    async def press(
        self,
        message: Message,
        label: str | None = None,
        *,
        data: str | None = None,
        timeout: float = 10.0,  # noqa: ASYNC109 - it is the server that waits
    ) -> PressAnswer:
        """Press the button with the label, or with the data, as the message was when it was read; wait for the answer.

        Raises NoSuchButtonError when it is not there. An old message's button is pressed even where the chat shows
        another keyboard by now, as a phone that has not heard of an edit would; timeout 0 does not wait.
        """
        if label is not None:
            data = message.button(label).data
            if data is None:
                raise NoSuchButtonError(f"{label!r} calls nothing back")
        elif data not in {button.data for row in message.keyboard for button in row}:
            raise NoSuchButtonError(f"no button with {data!r} under message {message.id}")
        return await self.press_forged(message, str(data), timeout=timeout)

    async def press_forged(
        self,
        message: Message | int,
        data: str,
        *,
        chat: Group | None = None,
        timeout: float = 10.0,  # noqa: ASYNC109 - it is the server that waits
    ) -> PressAnswer:
        """Press with data that no keyboard need have, under any message id."""
        given = {
            "message_id": _id(message),
            "data": data,
            "forged": True,
            "chat_id": message.chat_id if isinstance(message, Message) else self._chat(chat),
            "timeout": timeout,
        }
        found = await self.line.ask("POST", f"/control/people/{self.id}/press", given)
        answer = found["answer"] or {}
        return PressAnswer(
            answered=found["answer"] is not None,
            text=answer.get("text"),
            alert=bool(answer.get("show_alert")),
            query_id=found["query_id"],
            update_id=found["update_id"],
        )

    async def messages(self, *, after: Message | int | None = None, chat: Group | None = None) -> tuple[Message, ...]:
        """Of the chat, in order of sending, without deleted ones; after: only what came or changed since then."""
        return (await self._look(after, chat))[1]

    async def _look(self, after: Message | int | None, chat: Group | None) -> tuple[int, tuple[Message, ...]]:
        """A cursor, and the messages up to it."""
        path = f"/control/chats/{self._chat(chat)}/messages"
        found = await self.line.ask("GET", path, query={"since": _change(after)})
        messages = (read_message(view, self.line) for view in found["messages"])
        return found["change"], tuple(message for message in messages if not message.deleted)

    async def wait_for(
        self,
        wanted: Callable[[Message], object] = lambda message: True,  # noqa: ARG005 - any message
        *,
        after: Message | int | None = None,
        chat: Group | None = None,
        timeout: float = 10.0,  # noqa: ASYNC109 - a whole conversation with the server, not one await
    ) -> Message:
        """The newest message of the bot that is wanted, now or as soon as it comes (or is edited to be so).

        after (a message or a `change`) leaves out what has not changed since. Raises NothingCameError.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + timeout
        while True:
            cursor, seen = await self._look(after, chat)
            found = next((message for message in reversed(seen) if message.by_bot and wanted(message)), None)
            if found:
                return found
            left = until - loop.time()
            if left <= 0:
                held = "\n".join(f"  {message.text!r} {list(message.labels)}" for message in seen if message.by_bot)
                raise NothingCameError(f"{self.name} waited {timeout} s; the bot wrote:\n{held or '  nothing'}")
            query = {"since": cursor, "chat_id": self._chat(chat), "timeout": min(left, ROUND_SECONDS)}
            await self.line.ask("GET", "/control/changes", query=query)

    async def menu(self, *, chat: Group | None = None) -> dict[str, str]:
        """The commands that the menu of the chat shows, with their descriptions."""
        found = await self.line.ask("GET", f"/control/chats/{self._chat(chat)}/menu")
        return {each["command"]: each["description"] for each in found["commands"]}

    async def block(self) -> None:
        await self._stand("blocked")

    async def unblock(self) -> None:
        await self._stand("started")

    async def leave_telegram(self) -> None:
        await self._stand("deactivated")

    async def _stand(self, standing: str) -> None:
        await self.line.ask("POST", f"/control/people/{self.id}/standing", {"standing": standing})

    def _chat(self, chat: Group | None) -> int:
        return chat.id if chat else self.id


def _id(message: Message | int | None) -> int | None:
    return message.id if isinstance(message, Message) else message


def _change(after: Message | int | None) -> int:
    return after.change if isinstance(after, Message) else after or 0
