"""What `/kelola` shows of an office: samples for the gallery and for the tests of these screens."""

from dataclasses import replace
from datetime import timedelta

from alur.views.notice import message
from alur.views.notice.maker import Given
from alur.workflow.notices import InvitationPicture
from alur.workflow.office import Invitation, Person
from alur.workflow.office.listed import listed, shown_to
from alur.workflow.office.rooms import staff_rule
from alur.workflow.presses import On
from tests.factories import ADMIN, ANALIS, KABAG, SOP, START, TU, WIB
from tests.views import appointing

CODE = "AbCdEfGhIjKlMnOpQrStUv"
OPEN, EXPIRED, USED, WITHDRAWN, ANEW = range(501, 506)
GONE = ANALIS  # whose phone was unlinked
NOBODYS = 600  # who holds nothing
HELD = 1  # the first appointment of the office


def staff(office, words=""):
    """The office's people with an invitation of each kind; people's own texts are `words`, where there are any."""
    known = appointing.staff(office, words)
    people = tuple(
        item.model_copy(update={"account": None, "reachable": False} if item.id == GONE else {})
        for item in known.roster.people
    )
    people = (*people, Person(id=NOBODYS, account=7000 + NOBODYS, name=words or "Zulfa", sapaan="Ibu"))
    named = {"name": words or "Zulfa", "sapaan": "Ibu", "unit": words or None}
    later, before = START + timedelta(days=7), START - timedelta(days=1)
    invitations = (
        Invitation(id=OPEN, role="unit_terkait", expires_at=later, **named),
        Invitation(id=EXPIRED, role="kabag_umum", expires_at=before, **named),
        Invitation(id=USED, role="analis_sdm", expires_at=later, used_by=7000 + KABAG, **named),
        Invitation(id=WITHDRAWN, role="admin", expires_at=later, is_withdrawn=True, **named),
        Invitation(id=ANEW, expires_at=later, member=GONE, **named),
    )
    roster = known.roster.model_copy(update={"people": people, "invitations": invitations})
    return replace(known, roster=roster)


def seen_by(s, member):
    """The people as the member may see them."""
    accounts = {item.account: START for item in s.roster.people if item.account is not None}
    return shown_to(s, member, listed(s.roster, accounts, s.now))


def form(s, name, on=None, by=ADMIN):
    """As the rule's button begins it."""
    rule = staff_rule(name)
    on = on or ABOUT[name]
    rule.may(s, by, on)
    choices = replace(appointing.choices(s), open_tasks={"kabag_umum": 3, "sekretaris": 1})
    return rule.form(s, by, on, choices)


ABOUT = {
    "invite": On(),
    "invite_again": On(invitation=EXPIRED),
    "relink": On(member=GONE),
    "withdraw_invite": On(invitation=OPEN),
    "change_person": On(member=NOBODYS),
    "hand_over_role": On(appointment=HELD),
    "end": On(appointment=HELD),
    "unlink": On(member=KABAG),
}


def forms(s):
    """Each as it begins."""
    yield from (form(s, name) for name in ABOUT)


def picture(s, reader):
    """The invitation's link, as it is sent to be read by a camera."""
    given = Given(
        reader=reader,
        sops=(SOP,),
        today=s.today,
        zone=WIB,
        people=seen_by(s, reader.member),
        code=CODE,
        username="alur_bot",
    )
    (found,) = message.render(InvitationPicture(invitation=OPEN), given)
    return found


def notices(s):
    """Template, about, reader, and what was looked up."""
    for member in (ADMIN, TU, KABAG):
        known = {"people": seen_by(s, member), "code": CODE}
        for start in (0, 8, 800):
            yield "people", {"start": start}, member, known
        for item in known["people"].everybody:
            if item.invitation is None:
                yield "person", {"member": item.member}, member, known
        for number in (OPEN, EXPIRED, USED, WITHDRAWN, ANEW):
            for template in ("invitation", "invitation_link", "invitation_tried"):
                yield template, {"invitation": number}, member, known
    name = {"name": s.roster.invitation(OPEN).name, "sapaan": "Ibu"}
    for what in ("unlinked", "administrator"):
        for by in (None, name):
            held = {
                "member": 3,
                "role": "kabag_umum",
                "name": "Dewi",
                "kind": "plh",
                "starts": "2026-12-07",
                "ends": "2026-12-11",
            }
            yield "staff_news", {"what": what, "member": name, "by": by}, ADMIN, {}
            yield "staff_news", {"what": "appointed", "member": name, "by": by, "appointment": held}, ADMIN, {}
