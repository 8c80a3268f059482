"""Invitations as people paste them: the bare code, the link that carries it, "start CODE", with whatever stands around.

Clients drop the payload of a link where the chat exists already, so whoever has one pastes it. Only `handlers.texts` asks;
whether a code is good is decided by the service.
"""

import re
import unicodedata
from collections.abc import Iterator

CODE = re.compile(r"[A-Za-z0-9_-]{22}")  # as `alur invite` writes it
AROUND = " \t\r\n\"'`“”«»*<>()[]{}.,;:!"  # quotation marks and the like, which are no part of it
LINK = r"\S*[?&]start="
WORD = r"(?:/?start(?:@\w+)?|kode|code)(?=[\s:=])"
# The whole text, where line breaks and blanks may have got into the code.
WHOLE = re.compile(rf"(?i:{LINK}|{WORD})?[\s:=\"'`]*(?P<code>(?:[A-Za-z0-9_-]\s*){{1,64}})(?:&\S*)?")
INSIDE = re.compile(rf"(?i:[?&]start=|(?<!\w){WORD})[\s:=\"'`]*(?P<code>[A-Za-z0-9_-]{{1,64}})")
CERTAIN = re.compile(rf"(?i:{LINK})\s*(?P<link>[A-Za-z0-9_-]{{1,64}})|(?i:{WORD})?[\s:=\"'`]*(?P<bare>{CODE.pattern})")


def whole(text: str) -> str | None:
    """The code where the text is nothing else; it may still be any other words, so that only a known one counts."""
    found = WHOLE.fullmatch(_plain(text))
    return re.sub(r"\s", "", found["code"]) if found else None


def inside(text: str) -> Iterator[str]:
    """What may be codes, with any words around them."""
    yield from dict.fromkeys(found["code"] for found in INSIDE.finditer(_plain(text)))


def certain(text: str) -> str | None:
    """What was meant as an invitation beyond doubt, known or not: a link, or a text that has a code's form."""
    plain = _plain(text)
    if found := CERTAIN.fullmatch(plain):
        return found["link"] or found["bare"]
    link = re.search(rf"(?i:(?:t\.me|telegram\.me|tg:)\S*[?&]start=)\s*(?P<link>{CODE.pattern})", plain)
    return link["link"] if link else None


def _plain(text: str) -> str:
    """Without what cannot be seen (zero-width marks), and without quotation marks around."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip(AROUND)
