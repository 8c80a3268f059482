"""Telegram's own parser and finder, from its client library TDLib (`tdjson`): what Telegram makes of a text that we send.

It runs in this process and asks no network. Where there is no `tdjson` (it has wheels for Linux with glibc, Windows and
Apple's own processors) the tests that need it are left out, but never in CI.
"""

import json
import os

import pytest

from alur.views.environment import vocabulary
from simulator.entities import find_typed, parse_html

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
    "DateTime": "date_time",
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


# --- What we send


def sent(calls):
    """The HTML texts and captions in the bot's calls, as the simulator keeps them."""
    for call in calls:
        given = call["parameters"]
        media = given.get("media", [])
        for item in [given, *(json.loads(media) if isinstance(media, str) else media)]:
            html = item.get("text") or item.get("caption")
            if html and call["method"] != "answerCallbackQuery":
                assert item["parse_mode"] == "HTML", call
                yield html


def previewed(calls):
    """The texts in the bot's calls under which Telegram may show what is behind a link."""
    for call in calls:
        given = call["parameters"]
        options = given.get("link_preview_options") or "{}"
        options = json.loads(options) if isinstance(options, str) else options
        if given.get("text") and call["method"] != "answerCallbackQuery" and not options.get("is_disabled"):
            yield given["text"]


COMMANDS = {f"/{name}" for name in vocabulary("commands")}


def unmeant(html):
    """What Telegram finds in a text of ours although nobody meant it: all but the menu's commands."""
    return [(kind, words) for kind, words in found_in(html) if kind != "bot_command" or words not in COMMANDS]


def differences(html):
    """Where the simulator sees another text, or other entities, than Telegram does."""
    text, entities = parsed(html)
    taken = [item for item in entities if item["type"] in {"code", "pre", "text_link"}]
    everything = entities + [item for item in located(text) if not any(_meet(item, one) for one in taken)]
    mine, own = entities_of(html)
    theirs = {(item["type"], item["offset"], item["length"]) for item in everything}
    ours = {(item["type"], item["offset"], item["length"]) for item in own}
    return (mine, text) if mine != text else theirs ^ ours


def entities_of(html):
    text, entities = parse_html(html)
    return text, find_typed(text, entities)


def judge(calls):
    """All that the bot sent: nothing in it is a link or a command that was not meant, nothing is previewed, and the
    simulator has understood it as Telegram does.
    """
    texts = set(sent(calls))
    assert len(texts) > 20
    assert {html: found for html in texts if (found := unmeant(html))} == {}
    assert {html: found for html in texts if (found := differences(html))} == {}
    assert list(previewed(calls)) == []
