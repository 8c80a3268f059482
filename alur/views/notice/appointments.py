"""Makers of the screens of `/plh`, of the file behind an appointment, and of the news that one person holds what needs two."""

from datetime import date

from alur.views import appointments, limits, words
from alur.views.buttons import button, turning
from alur.views.environment import called, render
from alur.views.notice.maker import Given, Parts, make, wanted
from alur.views.screen import Attachment, Button, Rows
from alur.workflow import notices
from alur.workflow.office.rooms import STAFF_RULES
from alur.workflow.office.rooms.appoint import AppointRule
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import Appointment, nearest_with
from alur.workflow.presses import On, PressAppointment, PressAppointments, PressOrder, PressStaff
from alur.workflow.sop import LONGEST_LABEL, Right

PAGE = 8  # appointments on one screen
ON_A_PAGE = ("amend", "end")  # what may be done about one


@make.register
def _appointments(notice: notices.Appointments, given: Given) -> Parts:
    """A line each; a button for each that is not over."""
    s = wanted(given.staff)
    found = appointments.listed(s)
    start = notice.start if notice.start < len(found) else 0
    shown = found[start : start + PAGE]
    rows: list[tuple[Button, ...]] = []
    if AppointRule().offers(s, given.reader.member, On()):
        rows.append((button(PressStaff(rule=AppointRule.name)),))
    rows += [(_choice(item, given),) for item in shown if not appointments.is_over(item, s.today)]
    rows += turning(
        PressAppointments(start=max(0, start - PAGE)) if start > 0 else None,
        PressAppointments(start=start + PAGE) if start + PAGE < len(found) else None,
    )
    return Parts({"lines": [_line(item, s, given) for item in shown]}, tuple(rows))


def _choice(item: Appointment, given: Given) -> Button:
    post = words.post(item.role, item.kind, given.sops)
    label = limits.shortened(f"{appointments.named(item)} · {post}", LONGEST_LABEL)
    return Button(label=label, press=PressAppointment(appointment=item.id or 0))


def _line(item: Appointment, s: OfficeSituation, given: Given) -> dict[str, str | None]:
    return {
        "post": words.post(item.role, item.kind, given.sops),
        "name": appointments.named(item),
        "days": appointments.days(item.starts, _last_day(item)),
        "order": item.order,
        "stage": appointments.stage(item, s.today),
    }


def _last_day(item: Appointment) -> date | None:
    """None of one that was withdrawn: what its last day was to be is not kept."""
    return None if item.is_withdrawn else item.ends


@make.register
def _appointment(notice: notices.AppointmentShown, given: Given) -> Parts:
    """All that was entered of it, and what may be done about it now."""
    s = wanted(given.staff)
    item = wanted(s.roster.appointment(notice.appointment))
    absent = s.roster.person(item.in_place_of)
    context = {
        **_line(item, s, given),
        "days": appointments.whole_days(item.starts, _last_day(item)),
        "order_day": words.letter_day(item.order_date) if item.order_date else None,
        "absent": appointments.named(absent) if absent else None,
        "file": item.order_file,
    }
    return Parts(context, _of_page(item, s, given))


def _of_page(item: Appointment, s: OfficeSituation, given: Given) -> Rows:
    on, reader = On(appointment=item.id), given.reader.member
    rules = sorted(
        (rule for rule in STAFF_RULES if rule.name in ON_A_PAGE), key=lambda rule: ON_A_PAGE.index(rule.name)
    )
    acts = tuple(button(PressStaff(rule=rule.name, on=on)) for rule in rules if rule.offers(s, reader, on))
    order = (button(PressOrder(appointment=item.id or 0)),) if item.order_file else ()
    back = (button(PressAppointments(), label="less"),)
    return tuple(row for row in (acts, order, back) if row)


@make.register
def _order(notice: notices.OrderSent, given: Given) -> tuple[Attachment, ...] | None:
    item = wanted(given.staff).roster.appointment(notice.appointment)
    if item is None or item.order_file is None:
        return None
    caption = render("order_caption.html", {"said": appointments.sentence(item, given.sops)}, limit=limits.CAPTION)
    return (Attachment(version=None, file=item.order_file, caption=caption),)


@make.register
def _conflicting(notice: notices.Conflicting, given: Given) -> Parts:
    found = notice.conflict
    ask = next((nearest_with(sop, Right.APPOINT) for sop in given.sops if sop.id == found.sop), None)
    person = called(notice.member)
    own = set(given.reader.roles)
    official = any(words.is_official(role, sop) for sop in given.sops for role in own)
    return Parts(
        {
            "said": appointments.conflict(found, person, given.sops),
            "official": official,
            "ask": ask if ask not in own else None,
        }
    )
