"""sendMessage, sendChatAction and deleteMessage."""

from datetime import UTC, datetime
from typing import Any

from simulator.errors import BadRequest
from simulator.limits import DELETABLE_FOR
from simulator.methods.call import CHAT, Call, Method, integer, structure, text
from simulator.methods.writing import REPLY_MARKUP, SENDING, find_chat, open_chat, post, read_text
from simulator.world import World

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(world: World, call: Call) -> dict[str, Any]:
    return post(world, call, read_text(call)).body


def send_chat_action(world: World, call: Call) -> bool:
    if call.text("action") not in ACTIONS:
        raise BadRequest("wrong parameter action in request")
    chat = open_chat(world, call)
    world.messages.note("action", chat["id"], {"action": call.text("action")})
    return True


def delete_message(world: World, call: Call) -> bool:
    """Within 48 hours; in a group only the bot's own, since it is no administrator there."""
    chat = find_chat(world, call)
    stored = world.messages.find(chat["id"], call.integer("message_id"))
    if stored is None:
        raise BadRequest("message to delete not found")
    age = world.clock.now() - datetime.fromtimestamp(stored.body["date"], UTC)
    if age > DELETABLE_FOR or (chat["type"] != "private" and not stored.by_bot):
        raise BadRequest("message can't be deleted")
    world.messages.delete(stored)
    return True


METHODS = (
    Method(
        name="sendMessage",
        parameters=(
            *SENDING,
            text("text", required=True),
            text("parse_mode"),
            structure("entities"),
            structure("link_preview_options"),
            REPLY_MARKUP,
        ),
        run=send_message,
        counted=True,
    ),
    Method(
        name="sendChatAction",
        parameters=(CHAT, text("action", required=True)),
        run=send_chat_action,
    ),
    Method(
        name="deleteMessage",
        parameters=(CHAT, integer("message_id", required=True, missing="message identifier is not specified")),
        run=delete_message,
    ),
)
