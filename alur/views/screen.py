"""What is shown to one person, as values: text, buttons, files. Made by the views, sent by `bot.telegram`.

All texts are Telegram HTML (captions too), escaped and within Telegram's limits.
"""

from dataclasses import dataclass
from typing import Literal

from alur.workflow.files import FileRef
from alur.workflow.presses import AnyPress

Style = Literal["success", "danger", "primary"]


@dataclass(frozen=True, kw_only=True)
class Button:
    """`label` is what stands on the screen (DESIGN §7), `press` what a tap on it asks for."""

    label: str
    press: AnyPress
    style: Style | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Screen:
    text: str
    buttons: Rows = ()


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file before its card. `version` is the case's version, None for a file that is none (a return's reason).

    `content` is the file itself where it was made for showing and is stored nowhere; `file` names it by its content.
    `title` and `number` (of a version) are what a card calls it that does not bring it again.
    """

    version: int | None
    file: FileRef
    caption: str | None
    content: bytes | None = None
    title: str = ""
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Post:
    """A card with the files before it. `files_key` names exactly the files shown: it changes when one of them does.
    `files` are those that are still to be sent, `own` the messages of those that the post has sent so far. What stands
    further up is named in the card, which is a reply to the newest of it (`reply_to`).

    A closed card has no files to send and keeps the key under which it was decided.
    """

    files: tuple[Attachment, ...]
    files_key: str
    screen: Screen
    own: tuple[int, ...] = ()
    reply_to: int | None = None


@dataclass(frozen=True, kw_only=True)
class Menu:
    """What stands beside the input field of one chat: commands without their slash, each with what it is for."""

    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A file that is made when it is sent, as it is too large to be held until then."""

    name: str
    caption: str


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who will read it, with the roles in which he acts at that moment, and those in which he reads: what he holds while a Plh
    acts in his place, too.
    """

    member: int
    name: str
    sapaan: str | None
    unit: str | None
    roles: tuple[str, ...]
    reads: tuple[str, ...] = ()
