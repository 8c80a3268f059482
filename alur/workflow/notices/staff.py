"""Notices to those who decide about people: /kelola and its pages, an invitation's link, and what becomes of it."""

from typing import ClassVar, Literal

from alur.workflow.notices.notice import Need, Notice, Person
from alur.workflow.people import Appointment


class People(Notice):
    """/kelola: everybody, from the one at `start` on."""

    template: ClassVar[str] = "people"
    needs = frozenset({Need.PEOPLE})
    start: int = 0


class PersonShown(Notice):
    """A member's page: his data, what he is appointed to, and what may be done."""

    template: ClassVar[str] = "person"
    needs = frozenset({Need.PEOPLE})
    member: int


class InvitationShown(Notice):
    """The page of an invitation; once it was redeemed or withdrawn it says so."""

    template: ClassVar[str] = "invitation"
    needs = frozenset({Need.PEOPLE})
    invitation: int


class InvitationLink(Notice):
    """The text to pass on to who is invited; once it serves nobody any more it says why. It keeps no code."""

    template: ClassVar[str] = "invitation_link"
    needs = frozenset({Need.PEOPLE, Need.CODE})
    invitation: int


class InvitationPicture(Notice):
    """The same link as a picture to be read by a phone's camera."""

    template: ClassVar[str] = "invitation_picture"
    needs = frozenset({Need.PEOPLE, Need.CODE})
    invitation: int


class InvitationTried(Notice):
    """To those who may invite: somebody came with an invitation that has run out."""

    template: ClassVar[str] = "invitation_tried"
    needs = frozenset({Need.PEOPLE})
    invitation: int


class StaffNews(Notice):
    """To the other administrators: what one of them, or the command line, has done."""

    template: ClassVar[str] = "staff_news"
    what: Literal["unlinked", "administrator", "appointed"]
    member: Person
    by: Person | None = None
    appointment: Appointment | None = None  # what he was appointed to
