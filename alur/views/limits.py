"""Telegram's limits on a text: how long it is after parsing, and how it is cut without breaking its markup.

Called by `alur.views.environment`, which first asks the templates for shorter words and cuts only as a last resort.
"""

from html import escape, unescape
from html.parser import HTMLParser

MESSAGE = 4096  # a message's text after parsing, in UTF-16 units as Telegram counts
TOAST = 200  # the answer to a press
CAPTION = 1024
ELLIPSIS = "…"


def units(text: str) -> int:
    """The length of plain text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def length(html: str) -> int:
    """The length of a text after its markup is parsed."""
    reader = _Cutter(limit=None)
    reader.feed(html)
    reader.close()
    return reader.used


def shortened(text: str, limit: int) -> str:
    """Plain text of at most `limit` UTF-16 units, cut at a word where one ends near, with "…"."""
    if units(text) <= limit:
        return text
    kept = _first(text, limit - 1)
    head, space, _ = kept.rpartition(" ")
    if space and len(head) > len(kept) * 2 // 3:
        kept = head
    return kept.rstrip(" ,.;:\n") + ELLIPSIS


def pieces(text: str, limit: int) -> tuple[str, ...]:
    """Plain text in pieces of at most `limit` UTF-16 units, all of it, cut at words where one ends near."""
    found = []
    while units(text) > limit:
        kept = _first(text, limit)
        head, space, _ = kept.rpartition(" ")
        if space and len(head) > len(kept) * 2 // 3:
            kept = head
        found.append(kept)
        text = text[len(kept) :].lstrip(" ")
    return (*found, text) if text or not found else tuple(found)


def fitted(html: str, limit: int) -> str:
    """The text cut to `limit` after parsing, every open element closed."""
    if length(html) <= limit:
        return html
    cutter = _Cutter(limit=limit - 1)
    cutter.feed(html)
    cutter.close()
    closing = "".join(f"</{tag}>" for tag in reversed(cutter.open))
    return "".join(cutter.parts).rstrip() + ELLIPSIS + closing


def _first(text: str, count: int) -> str:
    return text.encode("utf-16-le")[: max(count, 0) * 2].decode("utf-16-le", errors="ignore")


class _Cutter(HTMLParser):
    """Copies a text until its parsed length reaches the limit; counts all of it where there is none."""

    def __init__(self, *, limit: int | None) -> None:
        super().__init__(convert_charrefs=True)
        self.limit = limit
        self.used = 0
        self.parts: list[str] = []
        self.open: list[str] = []
        self.full = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if not self.full:
            self.parts.append(self.get_starttag_text() or "")
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.full and tag in self.open:
            self.parts.append(f"</{tag}>")
            self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        if self.full:
            return
        if self.limit is not None and self.used + units(data) > self.limit:
            data = _first(data, self.limit - self.used)
            self.full = True
        self.used += units(data)
        self.parts.append(escape(data, quote=False))


def plain(html: str) -> str:
    """The words of a text without its markup."""
    reader = _Cutter(limit=None)
    reader.feed(html)
    reader.close()
    return unescape("".join(part for part in reader.parts if not part.startswith("<")))
