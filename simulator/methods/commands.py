"""The bot's menu: setMyCommands, getMyCommands, deleteMyCommands per scope, and the menu button."""

import json
import re
from typing import Any

from simulator.errors import BadRequest
from simulator.limits import COMMAND_DESCRIPTION_LENGTH, COMMANDS
from simulator.methods.call import Call, Method, integer, structure, text
from simulator.world import World

SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)
WHERE = (structure("scope"), text("language_code"))


def _place(world: World, call: Call) -> str:
    """The name under which the commands of this scope and language are kept."""
    scope = call.json("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in SCOPES:
        raise BadRequest("can't parse BotCommandScope: Unsupported type specified")
    chat_id = scope.get("chat_id")
    if scope["type"].startswith("chat") and not _is_known(world, chat_id):
        raise BadRequest("chat not found")
    return f"commands {json.dumps(scope, sort_keys=True)} {call.text('language_code')}"


def _is_known(world: World, chat_id: Any) -> bool:
    try:
        number = int(chat_id)
    except (TypeError, ValueError):
        return False
    return bool(world.people.find(number) or world.people.find_group(number))


def set_my_commands(world: World, call: Call) -> bool:
    place = _place(world, call)
    commands = call.json("commands")
    if not isinstance(commands, list) or not all(isinstance(command, dict) for command in commands):
        raise BadRequest("can't parse commands JSON object")
    if len(commands) > COMMANDS:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for command in commands:
        name, description = str(command.get("command", "")), str(command.get("description", "")).strip()
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name.removeprefix("/").lower()):
            raise BadRequest("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= COMMAND_DESCRIPTION_LENGTH:
            raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name.removeprefix("/").lower(), "description": description})
    world.store.put_setting(place, kept)
    return True


def get_my_commands(world: World, call: Call) -> list[dict[str, str]]:
    return world.store.setting(_place(world, call)) or []


def delete_my_commands(world: World, call: Call) -> bool:
    world.store.put_setting(_place(world, call), None)
    return True


def set_chat_menu_button(world: World, call: Call) -> bool:
    button = call.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"default", "commands", "web_app"}:
        raise BadRequest("can't parse menu button: unsupported type specified")
    world.store.put_setting(f"menu button {call.integer('chat_id') or 'default'}", button)
    return True


def get_chat_menu_button(world: World, call: Call) -> dict[str, Any]:
    own = world.store.setting(f"menu button {call.integer('chat_id') or 'default'}")
    return own or world.store.setting("menu button default") or {"type": "default"}


METHODS = (
    Method(
        name="setMyCommands",
        parameters=(structure("commands", required=True, missing="can't parse commands JSON object"), *WHERE),
        run=set_my_commands,
    ),
    Method(name="getMyCommands", parameters=WHERE, run=get_my_commands),
    Method(name="deleteMyCommands", parameters=WHERE, run=delete_my_commands),
    Method(
        name="setChatMenuButton",
        parameters=(integer("chat_id"), structure("menu_button")),
        run=set_chat_menu_button,
    ),
    Method(name="getChatMenuButton", parameters=(integer("chat_id"),), run=get_chat_menu_button),
)
