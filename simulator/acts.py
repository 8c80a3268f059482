"""What people do on their phones: write, send a file, press a button, block the bot; called by the control API.

Each act changes the world and queues the update that Telegram would send; the bot is told nothing else.
"""

import re
from dataclasses import dataclass
from typing import Any

from simulator.entities import find_typed, trim, utf16_length
from simulator.keyboards import find_button
from simulator.methods.chats import member
from simulator.methods.writing import without_reply
from simulator.state.files import Kind, Upload
from simulator.state.messages import Stored
from simulator.state.people import Person, Standing
from simulator.world import World

START_LINK = re.compile(r"/start ([A-Za-z0-9_-]{1,64})")  # what a phone sends that follows one


class ActRefusedError(Exception):
    """A person can not do that: no such chat, message or button, or the bot is blocked. The message says which."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """update_id is None when the bot is not told, as of a group's small talk."""

    stored: Stored
    update_id: int | None


@dataclass(frozen=True, kw_only=True)
class Pressed:
    query_id: str
    update_id: int | None


def write(
    world: World,
    person: Person,
    chat_id: int,
    content: dict[str, Any],
    *,
    reply_to: int | None = None,
    media_group_id: str | None = None,
    origin: dict[str, Any] | None = None,
) -> Sent:
    """Send content (`text`, or what `attach` made of a file) as the person; his first message starts the bot. `origin` is
    what the Bot API says of a message that is not his own: `forward_origin`, or `via_bot`.
    """
    chat = _chat_of(world, person, chat_id)
    if person.standing in {Standing.BLOCKED, Standing.DEACTIVATED} and chat["type"] == "private":
        raise ActRefusedError("the bot is blocked: unblock it first")
    body: dict[str, Any] = {"from": person.user, "chat": chat, "date": world.clock.stamp()}
    if reply_to is not None:
        replied = world.messages.find(chat_id, reply_to)
        if replied is None:
            raise ActRefusedError(f"there is no message {reply_to} in this chat to reply to")
        body["reply_to_message"] = without_reply(replied.body)
    if media_group_id:
        body["media_group_id"] = media_group_id
    stored = world.messages.add(body={**body, **content, **(origin or {})}, by_bot=False)
    if person.standing is Standing.NEW and chat["type"] == "private":
        world.people.stand(person.user_id, Standing.STARTED)
        world.messages.note("person", chat_id, {"user_id": person.user_id})
    if (started := START_LINK.fullmatch(content.get("text", ""))) and world.tray.follow(started[1]):
        world.messages.note("tray", None, {"what": "links"})
    told = chat["type"] == "private" or _concerns_bot(world, stored.body)
    update_id = world.updates.emit("message", stored.body, chat_id=chat_id) if told else None
    return Sent(stored=stored, update_id=update_id)


def edit(world: World, person: Person, message_id: int, content: dict[str, Any]) -> Sent:
    """Change the person's own message in his private chat: another `text`, another `caption` (empty takes it away), or what
    `attach` made of another file. As on Telegram the bot is told also where what is seen stays the same.
    """
    stored = world.messages.find(person.user_id, message_id)
    if stored is None or stored.by_bot:
        raise ActRefusedError(f"there is no message {message_id} of his own in this chat to edit")
    is_file = any(kind in content for kind in Kind)
    if not is_file and ("text" in content) is not ("text" in stored.body):
        raise ActRefusedError("a text has no caption, and a file's message no text")
    if "forward_origin" in stored.body:
        raise ActRefusedError("what was forwarded can not be edited")
    if person.standing in {Standing.BLOCKED, Standing.DEACTIVATED}:
        raise ActRefusedError("the bot is blocked: unblock it first")
    named = {"text", "entities"} if "text" in content else {"caption", "caption_entities"}
    if is_file:
        named |= {"text", "entities", *Kind}
    kept = {name: value for name, value in stored.body.items() if name not in named}
    body = {**kept, **content, "edit_date": world.clock.stamp()}
    world.messages.edit(stored, body)
    found = world.messages.find(person.user_id, message_id) or stored
    return Sent(stored=found, update_id=world.updates.emit("edited_message", body, chat_id=person.user_id))


def captioned(caption: str) -> dict[str, Any]:
    """A caption as the content of a message; none for an empty one."""
    text, entities = trim(caption, [])
    found = find_typed(text, entities)
    return ({"caption": text} if text else {}) | ({"caption_entities": found} if found else {})


def typed(text: str) -> dict[str, Any]:
    """A typed text as the content of a message; a phone sends no empty one and none above 4096."""
    text, entities = trim(text, [])
    if not text or utf16_length(text) > 4096:
        raise ActRefusedError("a text has 1 to 4096 characters")
    found = find_typed(text, entities)
    return {"text": text, "entities": found} if found else {"text": text}


def attach(world: World, kind: Kind, upload: Upload, *, caption: str | None, duration: int = 0) -> dict[str, Any]:
    """A file as the content of a message."""
    content = world.files.add(kind, upload, duration=duration)
    return {**content, **captioned(caption or "")}


def press(
    world: World,
    person: Person,
    chat_id: int,
    message_id: int,
    *,
    label: str | None = None,
    data: str | None = None,
    forged: bool = False,
) -> Pressed:
    """Press the button with this label or data; forged data need not be on the keyboard, nor the message exist."""
    chat = _chat_of(world, person, chat_id)
    stored = world.messages.find(chat_id, message_id)
    if not forged:
        if stored is None:
            raise ActRefusedError(f"there is no message {message_id} in this chat")
        button = find_button(stored.body, label=label, data=data)
        if button is None or "callback_data" not in button:
            raise ActRefusedError(f"there is no button to press with {label or data!r} under message {message_id}")
        data = button["callback_data"]
    query_id = world.queries.open()
    message = stored.body if stored else {"chat": chat, "message_id": message_id, "date": 0}
    query = {
        "id": query_id,
        "from": person.user,
        "message": message,
        "chat_instance": str(7_000_000_000_000_000_000 + abs(chat_id)),
        "data": data,
    }
    pressed = {"user_id": person.user_id, "query_id": query_id, "pressed": message_id, "data": data}
    world.messages.note("press", chat_id, pressed)
    return Pressed(query_id=query_id, update_id=world.updates.emit("callback_query", query, chat_id=chat_id))


def stand(world: World, person: Person, standing: Standing) -> None:
    """Block or unblock the bot, or leave Telegram; the bot is told by `my_chat_member`."""
    was_in, is_in = (each in {Standing.NEW, Standing.STARTED} for each in (person.standing, standing))
    world.people.stand(person.user_id, standing)
    world.messages.note("person", person.user_id, {"user_id": person.user_id})
    if was_in != is_in and standing is not Standing.DEACTIVATED:
        change = {
            "chat": person.chat,
            "from": person.user,
            "date": world.clock.stamp(),
            "old_chat_member": member(world.bot, "member" if was_in else "kicked"),
            "new_chat_member": member(world.bot, "member" if is_in else "kicked"),
        }
        world.updates.emit("my_chat_member", change, chat_id=person.user_id)


def found_group(world: World, title: str, members: tuple[Person, ...]) -> dict[str, Any]:
    """Create a group with the bot in it; its founder is the first member."""
    group = world.people.add_group(title=title, members=tuple(person.user_id for person in members))
    founder = members[0].user
    now = world.clock.stamp()
    born = {"from": founder, "chat": group.chat, "date": now, "group_chat_created": True}
    stored = world.messages.add(body=born, by_bot=False)
    joined = {
        "chat": group.chat,
        "from": founder,
        "date": now,
        "old_chat_member": member(world.bot, "left"),
        "new_chat_member": member(world.bot, "member"),
    }
    world.updates.emit("my_chat_member", joined, chat_id=group.chat_id)
    world.updates.emit("message", stored.body, chat_id=group.chat_id)
    return group.chat


def _chat_of(world: World, person: Person, chat_id: int) -> dict[str, Any]:
    if chat_id == person.user_id:
        return person.chat
    group = world.people.find_group(chat_id)
    if group is None or person.user_id not in group.members:
        raise ActRefusedError(f"{person.user['first_name']} is not in chat {chat_id}")
    return group.chat


def _concerns_bot(world: World, body: dict[str, Any]) -> bool:
    """Privacy mode: in a group the bot sees commands, replies to it and mentions of it."""
    text = body.get("text") or body.get("caption") or ""
    replied = body.get("reply_to_message", {}).get("from", {}).get("id")
    return text.startswith("/") or f"@{world.options.bot_username}" in text or replied == world.bot["id"]
