"""Telegram's own parser and finder, from its client library TDLib (`tdjson`): what Telegram makes of a text that we send.

It runs in this process and asks no network. Where there is no `tdjson` (it has wheels for Linux with glibc, Windows and
Apple's own processors) the tests that need it are left out, but never in CI.
"""

import json
import os

import pytest

NAMES = {
    "Bold": "bold",
    "Italic": "italic",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "TextUrl": "text_link",
    "Spoiler": "spoiler",
    "Url": "url",
    "EmailAddress": "email",
    "BotCommand": "bot_command",
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "BankCardNumber": "bank_card",
    "MediaTimestamp": "timestamp",
}


def found(text):
    """What Telegram finds by itself, as (type, words); the types as in the Bot API."""
    return [(item["type"], _cut(text, item)) for item in located(text)]


def located(text):
    return [_entity(item) for item in _asked({"@type": "getTextEntities", "text": text})["entities"]]


def parsed(html):
    """(text, entities) of what we send as HTML, before anything is looked for; a fault in it is a ValueError."""
    answer = _asked({"@type": "parseTextEntities", "text": html, "parse_mode": {"@type": "textParseModeHTML"}})
    if answer["@type"] == "error":
        raise ValueError(f"{answer['message']}: {html}")
    return answer["text"], [_entity(item) for item in answer["entities"]]


def found_in(html):
    """What Telegram finds by itself in a message: not inside what is code or a link already."""
    text, entities = parsed(html)
    taken = [item for item in entities if item["type"] in {"code", "pre", "text_link"}]
    return [(item["type"], _cut(text, item)) for item in located(text) if not any(_meet(item, one) for one in taken)]


def _meet(one, other):
    return one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"]


def _entity(item):
    kind = item["type"]["@type"].removeprefix("textEntityType")
    return {"type": NAMES.get(kind, kind), "offset": item["offset"], "length": item["length"]}


def _cut(text, item):
    units = text.encode("utf-16-le")
    return units[item["offset"] * 2 : (item["offset"] + item["length"]) * 2].decode("utf-16-le")


def _asked(request):
    try:
        from tdjson import td_execute
    except ImportError:
        reason = "there is no tdjson on this machine: what Telegram finds in our texts is not tried"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')  # it would write to stderr
    return json.loads(td_execute(json.dumps(request).encode()))
