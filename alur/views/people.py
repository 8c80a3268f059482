"""People in words, as those who decide about them read them: a line of /kelola, a member's page, the buttons of what may be done.
Called by `alur.views.notice.staff`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from alur.views import appointments, limits, words
from alur.views.buttons import button
from alur.views.environment import vocabulary
from alur.views.screen import Button, Rows, Style
from alur.workflow.office import Invitation
from alur.workflow.office.listed import Listed, Staff, State
from alur.workflow.office.rooms import staff_rule
from alur.workflow.people import Appointment, Stage
from alur.workflow.presses import On, PressInvitation, PressPeople, PressPerson, PressStaff
from alur.workflow.sop import LONGEST_LABEL, Sop

PAGE = 8  # people: as many as one screen of a phone shows with a button each
PAST = 3  # appointments that are over, on a member's page
OF_MEMBER = ("change_person", "hand_over_role", "end", "relink", "unlink")  # the rules, in the order of their buttons
OF_INVITATION = ("invite_again", "withdraw_invite")
LABELS = {"invite_again": "invite", "relink": "invite"}  # the same act under the same label
STYLES: dict[str, Style] = {"unlink": "danger", "end": "danger", "withdraw_invite": "danger", "invite": "primary"}


@dataclass(frozen=True, kw_only=True)
class HeldLine:
    post: str
    days: str
    order: str | None
    stage: str


@dataclass(frozen=True, kw_only=True)
class PersonLines:
    """What a screen says of one member, or of one who is invited."""

    name: str
    unit: str | None
    state: str
    held: tuple[HeldLine, ...]


def lines(item: Listed, sops: Iterable[Sop], *, today: date, zone: tzinfo, past: int = 0) -> PersonLines:
    """With what is in force or scheduled, and the last `past` of what is over."""
    over = [held for held in item.appointments if not _is_ahead(held, today)]
    kept = (
        {held.id for held in sorted(over, key=lambda held: held.ends or date.min)[len(over) - past :]} if past else ()
    )
    shown = [held for held in item.appointments if _is_ahead(held, today) or held.id in kept]
    return PersonLines(
        name=called(item),
        unit=item.unit,
        state=_state(item, tuple(sops), today=today, zone=zone),
        held=tuple(_held(held, tuple(sops), today) for held in shown),
    )


def called(item: Listed | Invitation) -> str:
    return f"{item.sapaan or vocabulary('titles')['sapaan']} {item.name}"


def posted(role: str | None, sops: Iterable[Sop]) -> str | None:
    """The post that somebody is invited to; None where it is a new phone for whom the office knows."""
    return words.role_title(role, sops) if role is not None else None


def list_buttons(staff: Staff, shown: Iterable[Listed]) -> Rows:
    """*Undang Pegawai* on top, then everybody by name."""
    top = _offered(staff, "invite", On())
    named = [Button(label=limits.shortened(called(item), LONGEST_LABEL), press=_page_of(item)) for item in shown]
    rows = tuple(tuple(named[start : start + 2]) for start in range(0, len(named), 2))
    return ((top,), *rows) if top else rows


def member_buttons(staff: Staff, item: Listed, sops: tuple[Sop, ...]) -> Rows:
    """Each act that may be done now; what he may lose is named where there is more than one."""
    rows: list[tuple[Button, ...]] = []
    for name in OF_MEMBER:
        rule = staff_rule(name)
        if rule is not None and rule.about == "appointment":
            rows += _of_appointments(staff, name, item.appointments, sops)
        elif found := _offered(staff, name, On(member=item.member)):
            rows.append((found,))
    return (*rows, _back())


def invitation_buttons(staff: Staff, invitation: Invitation) -> Rows:
    """One that can still be redeemed is passed on or withdrawn; one that has run out is made anew, too."""
    found = []
    for name in OF_INVITATION:
        if name == "invite_again" and invitation.is_open(staff.s.now):
            continue
        found.append(_offered(staff, name, On(invitation=invitation.id)))
    return (*((item,) for item in found if item), _back())


def again_button(staff: Staff, invitation: Invitation) -> Button | None:
    """*Undang Pegawai* with all that the invitation said of him."""
    if invitation.member is not None:
        return _offered(staff, "relink", On(member=invitation.member))
    return _offered(staff, "invite_again", On(invitation=invitation.id))


def _of_appointments(
    staff: Staff, name: str, held: Iterable[Appointment], sops: tuple[Sop, ...]
) -> list[tuple[Button, ...]]:
    offers = [(item, _offered(staff, name, On(appointment=item.id))) for item in held]
    found = [(item, made) for item, made in offers if made is not None]
    if len(found) == 1:
        return [(found[0][1],)]
    named = vocabulary("titles")["of_desk"]
    posts = [words.post(item.role, item.kind, sops) for item, _ in found]
    labels = [named.format(made.label, post) for (_, made), post in zip(found, posts, strict=True)]
    return [
        (replace(made, label=limits.shortened(label, LONGEST_LABEL)),)
        for (_, made), label in zip(found, labels, strict=True)
    ]


def _offered(staff: Staff, name: str, on: On) -> Button | None:
    """The button, where the office's rule lets him press it now."""
    rule = staff_rule(name)
    if rule is None or not rule.offers(staff.s, staff.by, on):
        return None
    label = LABELS.get(name, name)
    return button(PressStaff(rule=name, on=on), label=label, style=STYLES.get(label))


def _back() -> tuple[Button, ...]:
    return (button(PressPeople()),)


def _page_of(item: Listed) -> PressPerson | PressInvitation:
    if item.invitation is not None:
        return PressInvitation(invitation=item.invitation)
    return PressPerson(member=item.member or 0)


def _is_ahead(held: Appointment, today: date) -> bool:
    return held.stage(today) in (Stage.ACTIVE, Stage.SCHEDULED)


def _held(held: Appointment, sops: tuple[Sop, ...], today: date) -> HeldLine:
    return HeldLine(
        post=words.post(held.role, held.kind, sops),
        days=appointments.days(held.starts, held.ends),
        order=held.order,
        stage=appointments.stage(held, today),
    )


def _state(item: Listed, sops: tuple[Sop, ...], *, today: date, zone: tzinfo) -> str:
    """As in "aktif, terakhir terlihat Sel 1 Des, 09.12"; of who is invited, to what, and until when."""
    titles, state = vocabulary("titles"), vocabulary("states")[item.state.value]
    if item.last_seen is not None:
        seen = titles["last_seen"].format(words.line_moment(item.last_seen, zone, year=today.year))
        return f"{state}, {seen}"
    if item.invitation is None:
        return state
    post = posted(item.role, sops)
    told = titles["invited_as"].format(post) if post else titles["invited_anew"]
    limit = titles["redeemable" if item.state is State.INVITED else "run_out"]
    until = limit.format(words.moment(item.until, zone)) if item.until else ""
    return ", ".join(filter(None, (state, told, until)))
