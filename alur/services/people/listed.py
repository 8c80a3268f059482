"""Everybody whom the office knows, looked up with when each was last heard."""

from alur.services.work import Work
from alur.storage import inbox, roster
from alur.workflow.office.listed import Listed, listed


def people(work: Work) -> tuple[Listed, ...]:
    """Members in order of joining, then the invitations that were not redeemed, in order of making."""
    present = roster.load(work.session)
    seen = inbox.last_from(work.session, [item.account for item in present.people if item.account is not None])
    return listed(present, seen, work.now)
