"""copyMessage and forwardMessage; buttons do not survive either."""

from typing import Any

from simulator.errors import BadRequest
from simulator.methods.call import Call, Method, Parameter, ParameterKind, integer
from simulator.methods.media import CAPTION
from simulator.methods.writing import REPLY_MARKUP, SENDING, find_chat, post, read_call_caption
from simulator.state.messages import Stored
from simulator.world import World

CONTENT = ("text", "entities", "caption", "caption_entities", "document", "photo", "voice", "link_preview_options")
FROM = (
    Parameter(name="from_chat_id", kind=ParameterKind.CHAT, required=True, missing="chat_id is empty"),
    integer("message_id", required=True, missing="message identifier is not specified"),
)


def _source(world: World, call: Call, act: str) -> Stored:
    """The message to copy or forward; protected content is neither copied nor forwarded."""
    chat = find_chat(world, call, "from_chat_id")
    stored = world.messages.find(chat["id"], call.integer("message_id"))
    if stored is None:
        raise BadRequest(f"message to {act} not found")
    if stored.body.get("has_protected_content"):
        raise BadRequest(f"message can't be {'copied' if act == 'copy' else 'forwarded'}")
    return stored


def copy_message(world: World, call: Call) -> dict[str, Any]:
    source = _source(world, call, "copy").body
    content = {name: source[name] for name in CONTENT if name in source}
    if call.has("caption") and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= read_call_caption(call)
    return {"message_id": post(world, call, content).message_id}


def forward_message(world: World, call: Call) -> dict[str, Any]:
    source = _source(world, call, "forward").body
    content = {name: source[name] for name in CONTENT if name in source}
    origin = {"type": "user", "date": source["date"], "sender_user": source["from"]}
    return post(world, call, content, forward_origin=origin).body


METHODS = (
    Method(
        name="copyMessage",
        parameters=(*SENDING, *FROM, *CAPTION, REPLY_MARKUP),
        run=copy_message,
        counted=True,
    ),
    Method(
        name="forwardMessage",
        parameters=(*(each for each in SENDING if each.name != "reply_parameters"), *FROM),
        run=forward_message,
        counted=True,
    ),
)
