"""What is told of an invitation that was made in chat: its link and picture to whoever made it, what becomes of it where that
stands, and to those who may invite that somebody has come too late.

The link's code is kept for these two messages alone, and forgotten when they are sent (`bot.telegram.steps`).
"""

import secrets

from alur.services.people import office
from alur.services.tell import tell_anew, tell_once, tell_roles
from alur.services.work import Work
from alur.storage import invites
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.office import Invitation
from alur.workflow.office.entitled import inviting

CODE_BYTES = 16  # 22 characters of [A-Za-z0-9_-], which a deep link can carry


def fresh_code() -> str:
    return secrets.token_urlsafe(CODE_BYTES)


def pass_on(work: Work, inviter: Member, invitation: Invitation, code: str) -> None:
    """A text to pass on, and the same link as a picture."""
    invites.keep_code(work.session, invitation.id, code)
    for kind in (notices.InvitationLink, notices.InvitationPicture):
        once = f"{_occasion(kind, invitation.id)}:{inviter.id}"
        tell_once(work, once, inviter, kind(invitation=invitation.id))


def settled(work: Work, invitation: int) -> None:
    """It was redeemed or withdrawn: the text says so where it stands."""
    tell_anew(work, _occasion(notices.InvitationLink, invitation), office=work.office())


def tried(work: Work, invitation: Invitation) -> tuple[str, ...]:
    """Somebody came with one that has run out: those who may invite to its role are told, once; which roles these are."""
    roles = inviting(office.rules(work), invitation.role or "")
    once = _occasion(notices.InvitationTried, invitation.id)
    tell_roles(work, roles, notices.InvitationTried(invitation=invitation.id), once=once)
    return roles


def _occasion(kind: type[notices.Notice], invitation: int) -> str:
    return f"{kind.template}:{invitation}"
