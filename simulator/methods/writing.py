"""What all sending methods share: the chat they may write to, the text with entities, the reply, the message itself."""

from typing import Any

from simulator.entities import find_typed, parse_html, trim, utf16_length
from simulator.errors import BadRequest, Forbidden
from simulator.keyboards import read_markup
from simulator.limits import CAPTION_LENGTH, TEXT_LENGTH
from simulator.methods.call import CHAT, Call, flag, structure
from simulator.state.messages import Stored
from simulator.state.people import Standing
from simulator.world import World

SENDING = (CHAT, flag("disable_notification"), flag("protect_content"), structure("reply_parameters"))
REPLY_MARKUP = structure("reply_markup")


def find_chat(world: World, call: Call, name: str = "chat_id") -> dict[str, Any]:
    """The chat of the call as the Bot API shows it; raises "chat not found"."""
    given = call.values.get(name)
    if isinstance(given, int) and (group := world.people.find_group(given)):
        return group.chat
    if given is not None and (person := world.people.find(given)):
        return person.chat
    raise BadRequest("chat not found")


def open_chat(world: World, call: Call) -> dict[str, Any]:
    """The chat of the call, if the bot may write to it; raises Forbidden where a person has not let it."""
    chat = find_chat(world, call)
    person = world.people.find(chat["id"])
    match person.standing if person else Standing.STARTED:
        case Standing.NEW:
            raise Forbidden("bot can't initiate conversation with a user")
        case Standing.BLOCKED:
            raise Forbidden("bot was blocked by the user")
        case Standing.DEACTIVATED:
            raise Forbidden("user is deactivated")
        case Standing.STARTED:
            return chat


def _read_formatted(source: str, parse_mode: Any, given: Any) -> tuple[str, list[dict[str, Any]]]:
    entities: list[dict[str, Any]] = []
    match str(parse_mode or "").lower():
        case "":
            entities = given if isinstance(given, list) else []
        case "html":
            source, entities = parse_html(source)
        case _:
            raise BadRequest("unsupported parse_mode")
    source, entities = trim(source, entities)
    return source, find_typed(source, entities)


def read_text(call: Call) -> dict[str, Any]:
    """`text` and `entities` of a message; raises for an empty or too long one."""
    text, entities = _read_formatted(call.text("text"), call.text("parse_mode"), call.json("entities"))
    if not text:
        raise BadRequest("message text is empty")
    if utf16_length(text) > TEXT_LENGTH:
        raise BadRequest("message is too long")
    content: dict[str, Any] = {"text": text, "entities": entities} if entities else {"text": text}
    if isinstance(call.json("link_preview_options"), dict):
        content["link_preview_options"] = call.json("link_preview_options")
    return content


def read_caption(caption: str, parse_mode: Any, given: Any) -> dict[str, Any]:
    """`caption` and `caption_entities`, nothing for an empty one; raises for one that is too long."""
    text, entities = _read_formatted(caption, parse_mode, given)
    if utf16_length(text) > CAPTION_LENGTH:
        raise BadRequest("message caption is too long")
    content: dict[str, Any] = {}
    if text:
        content["caption"] = text
    if entities:
        content["caption_entities"] = entities
    return content


def read_call_caption(call: Call) -> dict[str, Any]:
    return read_caption(call.text("caption"), call.text("parse_mode"), call.json("caption_entities"))


def find_reply(world: World, call: Call, chat_id: int) -> dict[str, Any]:
    """The part of a message that shows what it replies to, to one level; only messages of the same chat are known here."""
    if not call.has("reply_parameters"):
        return {}
    given = call.json("reply_parameters")
    if not isinstance(given, dict):
        raise BadRequest("object expected as reply parameters")
    number, is_optional = given.get("message_id", 0), given.get("allow_sending_without_reply", False)
    if isinstance(number, bool) or not str(number).lstrip("-").isdecimal():
        raise BadRequest('field "message_id" must be of type Number')
    if not isinstance(is_optional, bool):
        raise BadRequest('field "allow_sending_without_reply" must be of type Boolean')
    if int(number) <= 0:
        return {}
    replied = world.messages.find(chat_id, int(number))
    if replied is None:
        if is_optional:
            return {}
        raise BadRequest("message to be replied not found")
    return {"reply_to_message": without_reply(replied.body)}


def without_reply(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "reply_to_message"}


def post(world: World, call: Call, content: dict[str, Any], **extra: Any) -> Stored:
    """Send what was read as the bot's message, with keyboard, reply and flags of the call."""
    markup = read_markup(call.json("reply_markup"))
    chat = open_chat(world, call)
    body = {
        "from": world.bot,
        "chat": chat,
        "date": world.clock.stamp(),
        **find_reply(world, call, chat["id"]),
        **extra,
        **content,
    }
    if call.flag("protect_content"):
        body["has_protected_content"] = True
    if markup.inline:
        body["reply_markup"] = markup.inline
    return world.messages.add(body=body, by_bot=True, silent=call.flag("disable_notification"), markup=markup.other)
