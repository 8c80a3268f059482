"""Where a forwarded message came from, in each of the Bot API's kinds."""

CHANNEL = {"id": -1001, "type": "channel", "title": "Warta"}
ORIGINS = {
    "User": {"type": "user", "date": 1, "sender_user": {"id": 77, "is_bot": False, "first_name": "Dewi"}},
    "HiddenUser": {"type": "hidden_user", "date": 1, "sender_user_name": "Dewi"},
    "Chat": {"type": "chat", "date": 1, "sender_chat": {"id": -1002, "type": "supergroup", "title": "Tim"}},
    "Channel": {"type": "channel", "date": 1, "chat": CHANNEL, "message_id": 3},
}
VIA_BOT = {"via_bot": {"id": 5, "is_bot": True, "first_name": "Gif", "username": "gif"}}
NOT_OWN = {**{kind: {"forward_origin": origin} for kind, origin in ORIGINS.items()}, "via a bot": VIA_BOT}
