"""Texts and their entities: HTML to plain text with entities, and what Telegram finds in a text by itself.

Offsets and lengths count UTF-16 units, places in errors count bytes, both as in Telegram. Called by the methods for
what a bot sends and by `acts` for what a person types.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from simulator.errors import BadRequest

Entity = dict[str, Any]

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
JOINER = "\u2060"  # has no width
CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));?")
ATTRIBUTE = re.compile(r"\s*([^\s=>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
TYPED = re.compile(
    r"(?P<bot_command>(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?!\w))"
    r"|(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
    r"|(?P<mention>(?<!\w)@[A-Za-z0-9_]{3,32}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
)


@dataclass(kw_only=True)
class _Open:
    """A start tag that waits for its end."""

    tag: str
    offset: int
    extra: Entity = field(default_factory=dict)


def utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _unescape(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        name, decimal, hexadecimal = match.groups()
        if name:
            return CHARACTERS[name]
        number = int(decimal) if decimal else int(hexadecimal, 16)
        return chr(number) if 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else match.group()

    return CHARACTER.sub(character, text)


def _refuse(source: str, place: int, words: str) -> BadRequest:
    return BadRequest(f"can't parse entities: {words.replace('%', str(len(source[:place].encode())))}")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities of an HTML text; raises BadRequest with Telegram's words for a fault in it."""
    parts: list[str] = []
    entities: list[Entity] = []
    stack: list[_Open] = []
    length = place = 0
    while place < len(source):
        start = source.find("<", place)
        words = _unescape(source[place:] if start < 0 else source[place:start])
        parts.append(words)
        length += utf16_length(words)
        if start < 0:
            break
        if source.startswith("</", start):
            place = _end_tag(source, start, stack, entities, length)
        else:
            place = _start_tag(source, start, stack, length)
    if stack:
        raise BadRequest(f"can't parse entities: Can't find end tag corresponding to start tag \"{stack[-1].tag}\"")
    return "".join(parts), sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _end_tag(source: str, start: int, stack: list[_Open], entities: list[Entity], length: int) -> int:
    end = source.find(">", start)
    if end < 0:
        raise _refuse(source, start, "Unclosed end tag at byte offset %")
    name = source[start + 2 : end].strip().lower()
    if not stack:
        raise _refuse(source, start, "Unexpected end tag at byte offset %")
    opened = stack.pop()
    if name and name != opened.tag:
        words = f'Unmatched end tag at byte offset %, expected "</{opened.tag}>", found "</{name}>"'
        raise _refuse(source, start, words)
    if length > opened.offset and _is_shown(opened):
        entity = {"type": STYLES[opened.tag], "offset": opened.offset, "length": length - opened.offset, **opened.extra}
        _nest_language(entity, entities)
        entities.append(entity)
    return end + 1


def _is_shown(opened: _Open) -> bool:
    """A link without an address is plain text."""
    return opened.tag != "a" or "url" in opened.extra


def _nest_language(entity: Entity, entities: list[Entity]) -> None:
    """<pre><code class="language-…"> is one block with a language; a language elsewhere is dropped."""
    last = entities[-1] if entities else {}
    if entity["type"] == "pre" and last.get("type") == "code":
        if (last["offset"], last["length"]) == (entity["offset"], entity["length"]):
            entities.pop()
            entity |= {"language": last["language"]} if "language" in last else {}
    elif last.get("type") == "code":
        last.pop("language", None)


def _start_tag(source: str, start: int, stack: list[_Open], length: int) -> int:
    named = re.compile(r"<([^\s>]*)").match(source, start)
    name = named.group(1).lower() if named else ""
    end = source.find(">", start)
    if end < 0:
        raise _refuse(source, start, "Unclosed start tag at byte offset %")
    if name not in STYLES:
        raise _refuse(source, start, f'Unsupported start tag "{name}" at byte offset %')
    place = start + 1 + len(name)
    attributes: dict[str, str] = {}
    while source[place:].lstrip()[:1] not in {">", ""}:
        found = ATTRIBUTE.match(source, place)
        if not found:
            raise _refuse(source, start, f'Empty attribute name in the tag "{name}" at byte offset %')
        attributes[found.group(1).lower()] = _unescape(next((v for v in found.groups()[1:] if v is not None), ""))
        place = found.end()
    place = source.find(">", place)
    if place < 0:
        raise _refuse(source, start, "Unclosed start tag at byte offset %")
    stack.append(_Open(tag=name, offset=length, extra=_extra(source, start, name, attributes)))
    return place + 1


def _extra(source: str, start: int, name: str, attributes: dict[str, str]) -> Entity:
    """What the entity of a tag holds beside type and place."""
    match name:
        case "a" if re.match(r"(?:https?|tg)://", attributes.get("href", "")):
            return {"url": attributes["href"]}
        case "code" if attributes.get("class", "").startswith("language-"):
            return {"language": attributes["class"].removeprefix("language-")}
        case "blockquote" if "expandable" in attributes:
            return {"type": "expandable_blockquote"}
        case "tg-emoji":
            return {"custom_emoji_id": attributes.get("emoji-id", "")}
        case "tg-time" if attributes.get("unix", "").isdigit():
            return {"unix_time": int(attributes["unix"]), "date_time_format": attributes.get("format", "")}
        case "span" if attributes.get("class") != "tg-spoiler":
            raise _refuse(source, start, 'Tag "span" must have class "tg-spoiler" at byte offset %')
        case _:
            return {}


def find_typed(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities with those added that Telegram finds by itself: commands, addresses, mentions, hashtags."""
    taken = [entity for entity in entities if entity["type"] in {"code", "pre", "text_link"}]
    found = []
    for match in TYPED.finditer(text):
        offset, length = utf16_length(text[: match.start()]), utf16_length(match.group())
        if not any(e["offset"] < offset + length and offset < e["offset"] + e["length"] for e in taken):
            found.append({"type": str(match.lastgroup), "offset": offset, "length": length})
    return sorted([*entities, *found], key=lambda entity: (entity["offset"], -entity["length"]))


def seen(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """As a phone shows it: without word joiners, the entities where they then are."""
    units = text.encode("utf-16-le")

    def place(offset: int) -> int:
        return offset - units[: offset * 2].decode("utf-16-le", "ignore").count(JOINER)

    placed = []
    for entity in entities:
        start, end = place(entity["offset"]), place(entity["offset"] + entity["length"])
        placed.append({**entity, "offset": start, "length": end - start})
    return text.replace(JOINER, ""), placed


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without white space around and control characters inside, the entities cut to what is left of them."""
    text = re.sub(r"[\x00-\x09\x0b-\x1f]", " ", text.replace("\r", ""))
    cut = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    length = utf16_length(text)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, length)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept
