#!/usr/bin/env bash
# The Bot API hands over a message that is no longer to be had as chat, message_id and "date": 0. python-telegram-bot 22.8 makes
# a Message of it where its button was pressed (CallbackQuery.message), and an InaccessibleMessage where it was pinned
# (Message.pinned_message); both are annotated MaybeInaccessibleMessage. So isinstance(query.message, InaccessibleMessage) is
# never true, and isinstance(query.message, Message) lets through what has neither text nor keyboard. The pinned one makes
# to_json() of the whole update a TypeError: its date stands in api_kwargs too, as a datetime. Expected: an InaccessibleMessage
# in both places, and JSON of both. is_accessible tells rightly in both. Output seen:
#   python-telegram-bot 22.8
#   pressed: Message, accessible False, to_json gives date 0
#   pinned: InaccessibleMessage, accessible False, to_json TypeError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-telegram-bot==22.8
"$folder/venv/bin/python" - <<'PY' | tee "$folder/seen"
import json
from importlib.metadata import version

from telegram import Update

CHAT = {"id": 5, "type": "private", "first_name": "Budi"}
PERSON = {"id": 5, "is_bot": False, "first_name": "Budi"}
OLD = {"chat": CHAT, "message_id": 7, "date": 0}
PRESS = {"id": "1", "from": PERSON, "chat_instance": "1", "data": "x", "message": OLD}
PIN = {"message_id": 9, "date": 1796000000, "chat": CHAT, "from": PERSON, "pinned_message": OLD}


def told(what, update, where):
    """The class that the old message was given, and whether the update can be written as JSON."""
    outer, inner = where
    message = getattr(getattr(update, outer), inner)
    try:
        written = f"gives date {json.loads(update.to_json())[outer][inner]['date']}"
    except TypeError as error:
        written = type(error).__name__
    print(f"{what}: {type(message).__name__}, accessible {message.is_accessible}, to_json {written}")


print("python-telegram-bot", version("python-telegram-bot"))
told("pressed", Update.de_json({"update_id": 1, "callback_query": PRESS}), ("callback_query", "message"))
told("pinned", Update.de_json({"update_id": 2, "message": PIN}), ("message", "pinned_message"))
PY
diff - "$folder/seen" <<'SEEN'
python-telegram-bot 22.8
pressed: Message, accessible False, to_json gives date 0
pinned: InaccessibleMessage, accessible False, to_json TypeError
SEEN
