"""editMessageText, editMessageCaption and editMessageReplyMarkup: what may be edited, and when nothing changes."""

from typing import Any

from simulator.errors import BadRequest
from simulator.keyboards import read_markup
from simulator.methods.call import CHAT_IF_ANY, Call, Method, flag, integer, structure, text
from simulator.methods.media import CAPTION
from simulator.methods.writing import REPLY_MARKUP, open_chat, read_call_caption, read_text
from simulator.state.messages import Stored
from simulator.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
WHICH = (CHAT_IF_ANY, integer("message_id"))
TEXT = ("text", "entities", "link_preview_options")
CAPTIONED = ("caption", "caption_entities", "show_caption_above_media")


def _find(world: World, call: Call) -> Stored:
    """The bot's own message of the call; raises for others' messages and for those with a keyboard of the chat."""
    if not call.has("chat_id"):
        raise BadRequest("message identifier is not specified" if not call.has("message_id") else "chat_id is empty")
    chat = open_chat(world, call)
    if not call.has("message_id"):
        raise BadRequest("message identifier is not specified")
    stored = world.messages.find(chat["id"], call.integer("message_id"))
    if stored is None:
        raise BadRequest("message to edit not found")
    if not stored.by_bot or stored.markup is not None or "forward_origin" in stored.body:
        raise BadRequest("message can't be edited")
    return stored


def _write(world: World, call: Call, stored: Stored, names: tuple[str, ...], content: dict[str, Any]) -> dict[str, Any]:
    """Replace the named parts; a keyboard that the call does not bring is taken away."""
    keyboard = read_markup(call.json("reply_markup")).inline
    kept = {name: value for name, value in stored.body.items() if name not in {*names, "reply_markup", "edit_date"}}
    body = {**kept, **content} | ({"reply_markup": keyboard} if keyboard else {})
    if body == {name: value for name, value in stored.body.items() if name != "edit_date"}:
        raise BadRequest(NOT_MODIFIED)
    body["edit_date"] = world.clock.stamp()
    world.messages.edit(stored, body)
    return body


def edit_text(world: World, call: Call) -> dict[str, Any]:
    content = read_text(call)
    stored = _find(world, call)
    if "text" not in stored.body:
        raise BadRequest("there is no text in the message to edit")
    return _write(world, call, stored, TEXT, content)


def edit_caption(world: World, call: Call) -> dict[str, Any]:
    content = read_call_caption(call)
    if call.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    stored = _find(world, call)
    if "text" in stored.body:
        raise BadRequest("there is no caption in the message to edit")
    return _write(world, call, stored, CAPTIONED, content)


def edit_reply_markup(world: World, call: Call) -> dict[str, Any]:
    return _write(world, call, _find(world, call), (), {})


METHODS = (
    Method(
        name="editMessageText",
        parameters=(
            *WHICH,
            text("text"),
            text("parse_mode"),
            structure("entities"),
            structure("link_preview_options"),
            REPLY_MARKUP,
        ),
        run=edit_text,
        counted=True,
    ),
    Method(
        name="editMessageCaption",
        parameters=(*WHICH, *CAPTION, flag("show_caption_above_media"), REPLY_MARKUP),
        run=edit_caption,
        counted=True,
    ),
    Method(
        name="editMessageReplyMarkup",
        parameters=(*WHICH, REPLY_MARKUP),
        run=edit_reply_markup,
        counted=True,
    ),
)
