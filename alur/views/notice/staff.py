"""Makers of what those who decide about people are shown: /kelola and its pages, and what is told of an invitation."""

from functools import partial

from markupsafe import Markup, escape

from alur.views import appointments, invitations, limits, people, words
from alur.views.buttons import turning
from alur.views.environment import render
from alur.views.notice.maker import Given, Parts, make, wanted
from alur.views.screen import Attachment, Rows
from alur.workflow import notices
from alur.workflow.office import Invitation
from alur.workflow.office.listed import Listed
from alur.workflow.presses import PressPeople


@make.register
def _staff_news(notice: notices.StaffNews, given: Given) -> Parts:
    item = notice.appointment
    if item is None:
        return Parts({"post": "", "days": ""})
    return Parts(
        {"post": words.post(item.role, item.kind, given.sops), "days": appointments.days(item.starts, item.ends)}
    )


@make.register
def _people(notice: notices.People, given: Given) -> Parts:
    """A page behind the last, as people may have gone since its button was made, is the first."""
    everybody = wanted(given.people).everybody
    start = notice.start if notice.start < len(everybody) else 0
    return _page(given, start, everybody[start : start + people.PAGE])


def _page(given: Given, start: int, shown: tuple[Listed, ...]) -> Parts:
    """These people, or fewer where their words are too long: the next page begins where this one ends."""
    staff = wanted(given.people)
    count, last = len(staff.everybody), start + len(shown)
    context = {
        "items": [people.lines(item, given.sops, today=given.today, zone=given.zone) for item in shown],
        "first": start + 1,
        "last": last,
        "count": count,
        "is_page": start > 0 or last < count,
    }
    turns = turning(
        PressPeople(start=max(0, start - people.PAGE)) if start > 0 else None,
        PressPeople(start=last) if last < count else None,
    )
    fewer = partial(_page, given, start, shown[:-1]) if len(shown) > 1 else None
    return Parts(context, (*people.list_buttons(staff, shown), *turns), fewer)


@make.register
def _person(notice: notices.PersonShown, given: Given) -> Parts | None:
    staff = wanted(given.people)
    item = staff.person(notice.member)
    if item is None:
        return None
    about = people.lines(item, given.sops, today=given.today, zone=given.zone, past=people.PAST)
    return Parts({"item": about}, people.member_buttons(staff, item, given.sops))


@make.register
def _invitation(notice: notices.InvitationShown, given: Given) -> Parts | None:
    staff = wanted(given.people)
    found, item = staff.s.roster.invitation(notice.invitation), staff.invited(notice.invitation)
    if found is None:
        return None
    context = _about(found, given)
    context["item"] = people.lines(item, given.sops, today=given.today, zone=given.zone) if item else None
    return Parts(context, people.invitation_buttons(staff, found))


@make.register
def _link(notice: notices.InvitationLink, given: Given) -> Parts | None:
    """Once the link was sent it is said no more: only what has become of it."""
    found = wanted(wanted(given.people).s.roster.invitation(notice.invitation))
    context = _about(found, given)
    if context["is_open"] and given.code is None:
        return None
    address = invitations.link(given.username, given.code or "")
    return Parts({**context, "link": Markup(escape(address))})  # noqa: S704 - it was escaped just here


@make.register
def _picture(notice: notices.InvitationPicture, given: Given) -> tuple[Attachment, ...] | None:
    found = wanted(wanted(given.people).s.roster.invitation(notice.invitation))
    context = _about(found, given)
    if not context["is_open"] or given.code is None:
        return None
    caption = render("invitation_caption.html", context, limit=limits.CAPTION)
    return (invitations.picture(invitations.link(given.username, given.code), caption),)


@make.register
def _tried(notice: notices.InvitationTried, given: Given) -> Parts:
    """*Undang Pegawai*, until somebody has done so."""
    staff = wanted(given.people)
    found = wanted(staff.s.roster.invitation(notice.invitation))
    is_renewed = any(_renews(item, found) for item in staff.s.roster.invitations)
    again = None if is_renewed else people.again_button(staff, found)
    buttons: Rows = ((again,),) if again else ()
    return Parts({**_about(found, given), "is_renewed": is_renewed}, buttons)


def _renews(item: Invitation, found: Invitation) -> bool:
    same = (item.role, item.member, item.name) == (found.role, found.member, found.name)
    return same and item.id > found.id and not item.is_withdrawn


def _about(found: Invitation, given: Given) -> dict[str, object]:
    """Whom it is for, and what has become of it."""
    staff = wanted(given.people)
    redeemed = staff.s.roster.with_account(found.used_by) if found.used_by is not None else None
    return {
        "name": people.called(found),
        "post": people.posted(found.role, given.sops),
        "unit": found.unit,
        "is_open": found.is_open(staff.s.now),
        "is_used": found.used_by is not None,
        "is_withdrawn": found.is_withdrawn,
        "joined": notices.Person(name=redeemed.name, sapaan=redeemed.sapaan) if redeemed else None,
        "until": words.moment(found.expires_at, given.zone) if found.expires_at else "",
    }
