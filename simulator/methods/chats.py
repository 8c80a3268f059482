"""getMe, getChat and getChatMember."""

from typing import Any

from simulator.errors import BadRequest
from simulator.methods.call import CHAT, Call, Method, integer
from simulator.methods.writing import find_chat
from simulator.state.people import Standing
from simulator.world import World


def get_me(world: World, _call: Call) -> dict[str, Any]:
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(world: World, call: Call) -> dict[str, Any]:
    chat = find_chat(world, call)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    usernames = {"active_usernames": [chat["username"]]} if "username" in chat else {}
    return {
        **chat,
        **usernames,
        "accent_color_id": abs(chat["id"]) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def get_chat_member(world: World, call: Call) -> dict[str, Any]:
    chat = find_chat(world, call)
    user_id = call.integer("user_id")
    if user_id == world.bot["id"]:
        person = world.people.find(chat["id"])
        kicked = person is not None and person.standing is Standing.BLOCKED
        return member(world.bot, "kicked" if kicked else "member")
    person = world.people.find(user_id) if user_id is not None else None
    if person is None:
        raise BadRequest("invalid user_id specified")
    group = world.people.find_group(chat["id"])
    inside = person.user_id in group.members if group else person.user_id == chat["id"]
    return member(person.user, "member" if inside else "left")


def member(user: dict[str, Any], status: str) -> dict[str, Any]:
    """A ChatMember; one who was kicked, as a bot by who blocks it, is so for ever (until_date 0)."""
    return {"status": status, "user": user, **({"until_date": 0} if status == "kicked" else {})}


METHODS = (
    Method(name="getMe", parameters=(), run=get_me),
    Method(name="getChat", parameters=(CHAT,), run=get_chat),
    Method(
        name="getChatMember",
        parameters=(CHAT, integer("user_id", required=True, missing="invalid user_id specified")),
        run=get_chat_member,
    ),
)
