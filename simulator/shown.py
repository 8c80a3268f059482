"""What a phone shows: messages with their buttons and files, as frozen values that `phone` and `client` hand out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from simulator.entities import seen
from simulator.line import Line


class NoSuchButtonError(Exception):
    """The label or data is not on the message's keyboard; the message names what is."""


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file in a message; `kind` is document, photo or voice, `name` is None for a photo and a voice note."""

    kind: str
    file_id: str
    name: str | None
    mime_type: str | None
    size: int
    line: Line = field(repr=False, compare=False)

    async def download(self) -> bytes:
        return await self.line.download(self.file_id)


@dataclass(frozen=True, kw_only=True)
class Button:
    label: str
    data: str | None
    style: str | None
    url: str | None


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message as it was when it was asked for. `change` grows with every change of any message.

    text is the caption where there is a file; it is what is seen, without word joiners, which `raw` has. force_reply is None, or the placeholder ("" for none) of the input
    that the bot asked for. update_id is known of what a person has just sent. Dates are aware, in UTC.
    """

    id: int
    chat_id: int
    change: int
    by_bot: bool
    deleted: bool
    silent: bool
    date: datetime
    edited: datetime | None
    text: str
    entities: tuple[Mapping[str, Any], ...]
    keyboard: tuple[tuple[Button, ...], ...]
    files: tuple[SentFile, ...]
    reply_to: int | None
    media_group_id: str | None
    force_reply: str | None
    update_id: int | None
    raw: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def buttons(self) -> tuple[tuple[str, ...], ...]:
        """Labels, row by row."""
        return tuple(tuple(button.label for button in row) for row in self.keyboard)

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels, row after row."""
        return tuple(button.label for row in self.keyboard for button in row)

    @property
    def replied(self) -> str:
        """What it replies to, as a phone quotes it: the first line, or what stands instead; empty where it is no reply."""
        body = self.raw.get("reply_to_message") or {}
        said = body.get("text") or body.get("caption") or body.get("document", {}).get("file_name")
        return seen(said, [])[0].partition("\n")[0] if said else ("Message" if body else "")

    def button(self, label: str) -> Button:
        """Raises NoSuchButtonError."""
        found = next((button for row in self.keyboard for button in row if button.label == label), None)
        if found is None:
            raise NoSuchButtonError(f"{label!r} is not among {list(self.labels)}")
        return found

    async def download(self) -> bytes:
        """The bytes of its first file."""
        return await self.files[0].download()


def read_message(view: Mapping[str, Any], line: Line) -> Message:
    """A view of the control API as a message."""
    raw = view["message"]
    text, entities = seen(
        raw.get("text") or raw.get("caption") or "", raw.get("entities") or raw.get("caption_entities") or []
    )
    markup = view["markup"] or {}
    rows = raw.get("reply_markup", {}).get("inline_keyboard", [])
    return Message(
        id=raw["message_id"],
        chat_id=raw["chat"]["id"],
        change=view["change"],
        by_bot=view["by_bot"],
        deleted=view["deleted"],
        silent=view["silent"],
        date=datetime.fromtimestamp(raw["date"], UTC),
        edited=datetime.fromtimestamp(raw["edit_date"], UTC) if "edit_date" in raw else None,
        text=text,
        entities=tuple(entities),
        keyboard=tuple(tuple(_read_button(button) for button in row) for row in rows),
        files=tuple(_read_file(kind, raw[kind], line) for kind in ("document", "photo", "voice") if kind in raw),
        reply_to=raw.get("reply_to_message", {}).get("message_id"),
        media_group_id=raw.get("media_group_id"),
        force_reply=markup.get("input_field_placeholder", "") if markup.get("force_reply") else None,
        update_id=view.get("update_id"),
        raw=raw,
    )


def _read_button(raw: Mapping[str, Any]) -> Button:
    return Button(label=raw["text"], data=raw.get("callback_data"), style=raw.get("style"), url=raw.get("url"))


def _read_file(kind: str, shown: Any, line: Line) -> SentFile:
    best = shown[-1] if kind == "photo" else shown
    return SentFile(
        kind=kind,
        file_id=best["file_id"],
        name=best.get("file_name"),
        mime_type=best.get("mime_type"),
        size=best["file_size"],
        line=line,
    )
