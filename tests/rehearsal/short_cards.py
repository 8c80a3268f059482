"""How long the cards are that a played case shows: counted as a reader sees them, over everything that the bot sent."""

import json
import re

from simulator.entities import parse_html

OPEN = re.compile(r"^Langkah \d+/\d+ · .*(?:batas waktu|menunggu)", re.MULTILINE)


def open_cards(calls):
    """Text and buttons of every open card that was sent, or into which one was changed."""
    for call in calls:
        given = call["parameters"]
        if call["method"] not in ("sendMessage", "editMessageText") or "text" not in given:
            continue
        text = parse_html(given["text"])[0]
        markup = given.get("reply_markup") or {}
        keyboard = (json.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard", [])
        if OPEN.search(text) and text.startswith("Yth.") and keyboard:
            yield text, [button["text"] for row in keyboard for button in row]
