"""Notices about people: who joins, whom a stranger may ask, a role that nobody holds, whom Telegram does not reach."""

from typing import ClassVar

from alur.workflow.model import Value
from alur.workflow.notices.notice import AboutCase, Notice


class Stranger(Notice):
    """To whoever is not enrolled: whom to ask."""

    template: ClassVar[str] = "stranger"
    contacts: tuple[str, ...]
    is_forwarded: bool = False


class InviteRefused(Notice):
    template: ClassVar[str] = "invite_refused"
    reason: str  # unknown, used or expired
    contacts: tuple[str, ...]


class Welcome(Notice):
    template: ClassVar[str] = "welcome"
    roles: tuple[str, ...]
    is_again: bool = False  # his code has been redeemed before, by himself


class Enrolled(Notice):
    """To the administrators: who has joined."""

    template: ClassVar[str] = "enrolled"
    name: str
    role: str


class RoleVacant(AboutCase):
    template: ClassVar[str] = "role_vacant"
    role: str
    task: int


class Unreached(Value):
    """A member whom Telegram does not reach."""

    id: int
    name: str


class HandOver(Notice):
    """A text to read out or print for somebody; without a task only the news that he cannot be reached."""

    template: ClassVar[str] = "hand_over"
    member: Unreached
    case_id: int | None = None
    task: int | None = None


class Delivered(Notice):
    """In the place of a text to hand over: who has handed it over."""

    template: ClassVar[str] = "delivered"
    name: str
    by: str
