"""A decision that was taken on paper: who may have signed it, on which days, and at which moment it counts."""

from collections.abc import Iterator
from datetime import date, datetime

from alur.workflow.case import Task
from alur.workflow.engine.drafts import check_not_own
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import FieldMissing, NotBegun, OwnDraft, SignerDoubtful, SignerRefused
from alur.workflow.form_moves import check_day
from alur.workflow.forms import Ahead, Form, Option
from alur.workflow.model import Value
from alur.workflow.offers import days_back
from alur.workflow.people import Actor, AppointmentKind, Invited
from alur.workflow.sop import BRINGS, TaskKind
from alur.workflow.written import is_part_of_name, name_words, read_name

NOBODY = 0  # the member number of whoever has no account


class Signer(Value):
    """Who signed: a member, somebody who was invited and has not joined, or a name that was typed."""

    member: int | None = None
    invitation: int | None = None
    name: str | None = None
    kind: AppointmentKind = AppointmentKind.DEFINITIVE
    order: str | None = None  # of a name that was typed


def signers(s: Situation, task: Task) -> tuple[Option, ...]:
    """Whoever held the post on one of the days in question, who acts there now first; but for those whose own draft it is."""
    first, last = first_day(s, task), _day(s, s.at)
    acting = s.office.holders(task.role, s.at)
    held = [item for item in s.office.appointments if item.role == task.role and item.overlaps(first, last)]
    ordered = [item for item in (*acting, *held) if not _is_own(s, task, item.actor())]
    found = {f"{item.kind.value}:{item.role}:m{item.member}": _called(item.sapaan, item.name) for item in ordered}
    invited = [item for item in s.office.invited if item.role == task.role]
    found |= {f"{_DEFINITIVE}:{item.role}:i{item.id}": _called(item.sapaan, item.name) for item in invited}
    return tuple(Option(value=value, label=label) for value, label in found.items())


_DEFINITIVE = AppointmentKind.DEFINITIVE.value


def _called(sapaan: str | None, name: str) -> str:
    return f"{sapaan} {name}" if sapaan else name


def signer_of(form: Form) -> Signer:
    """The one that was tapped, or whose name was typed."""
    answer = str(form.answers["signer"])
    if answer not in {item.value for item in form.field("signer").options}:
        kind, order = form.answers.get("kind", _DEFINITIVE), form.answers.get("order")
        return Signer(name=answer, kind=AppointmentKind(kind), order=order)
    kind, _, whom = answer.split(":")
    number = int(whom[1:])
    return Signer(
        kind=AppointmentKind(kind),
        member=number if whom.startswith("m") else None,
        invitation=number if whom.startswith("i") else None,
    )


def signed_by(s: Situation, task: Task, signer: Signer, dated: date) -> Actor:
    """Who he was on that day. Raises `SignerRefused` where he did not hold the post then."""
    if signer.name is not None:
        return _named(s, task, signer, dated)
    if signer.invitation is not None:
        invited = s.office.who_is_invited(signer.invitation)
        if invited is None or invited.role != task.role:
            raise FieldMissing(field="signer")  # he has joined meanwhile, and is chosen as a member
        return _invited(invited)
    own = [item for item in s.office.appointments if (item.member, item.role) == (signer.member, task.role)]
    found = next((item for item in own if item.kind is signer.kind and item.is_in_force(dated)), None)
    if found is not None:
        return found.actor()
    if not own:
        raise FieldMissing(field="signer")
    raise refused("post", own[-1].actor(), dated)


def _named(s: Situation, task: Task, signer: Signer, dated: date) -> Actor:
    """A name that the office knows is whose it is: a typed one must not hide that he drafted what he approves, nor give him a
    post that he did not hold.
    """
    name = read_name(signer.name or "", "signer")
    known = [item for item in s.office.appointments if name_words(item.name) == name_words(name)]
    holds = next((item for item in known if item.role == task.role and item.is_in_force(dated)), None)
    if holds is not None:
        return holds.actor()
    members = {item.member for item in known}
    member, sapaan = (known[0].member, known[0].sapaan) if len(members) == 1 else (NOBODY, None)
    called = known[0].name if member else name
    actor = Actor(member=member, role=task.role, name=called, kind=signer.kind, order=signer.order, sapaan=sapaan)
    if member and signer.kind is AppointmentKind.DEFINITIVE:
        raise refused("post", actor, dated)
    return actor


def check_sure(s: Situation, task: Task, signer: Signer, actor: Actor, dated: date) -> None:
    """Raises `SignerDoubtful` where a typed name may be that of somebody whom the office knows, where another holds the post
    definitively, and where the office does not know that he acts in it.
    """
    if signer.name is None:
        return
    own = [item for item in s.office.appointments if item.role == task.role and item.is_in_force(dated)]
    if actor.member:
        if not any(item.actor() == actor for item in own):
            raise _doubt("acting", actor, dated)
        return
    others = [item for item in s.office.appointments if item.is_in_force(dated) and item not in own]
    meant = [item for item in (*own, *others) if is_part_of_name(actor.name, item.name)]
    holds = [item for item in own if item.kind is actor.kind is AppointmentKind.DEFINITIVE]
    invited = [item for item in s.office.invited if item.role == task.role and is_part_of_name(actor.name, item.name)]
    if meant:
        raise _doubt("name", meant[0].actor(), dated)
    if invited:
        raise _doubt("name", _invited(invited[0]), dated)
    if holds:
        raise _doubt("holder", holds[0].actor(), dated)


def _doubt(reason: str, actor: Actor, dated: date) -> SignerDoubtful:
    return SignerDoubtful(reason=reason, **actor.as_facts, sapaan_of=actor.sapaan, starts=dated.isoformat())


def _invited(item: Invited) -> Actor:
    return Actor(member=NOBODY, role=item.role, name=item.name, unit=item.unit, sapaan=item.sapaan)


def refused(reason: str, actor: Actor, dated: date) -> SignerRefused:
    return SignerRefused(reason=reason, **actor.as_facts, sapaan_of=actor.sapaan, starts=dated.isoformat())


def check_begun(s: Situation, task: Task) -> None:
    """A meeting that has not begun was not closed on paper either."""
    first = _first(s, task)
    if first > s.at:
        raise NotBegun(at=first)


def first_day(s: Situation, task: Task) -> date:
    return _day(s, _first(s, task))


def ahead_of(s: Situation, task: Task) -> Ahead:
    """What a day before the first is ahead of."""
    return max(_before(s, task), key=lambda item: item[0])[1]


def _first(s: Situation, task: Task) -> datetime:
    """The moment before which it cannot have been decided: when it landed, when what is judged came, when the meeting began."""
    return max(moment for moment, _ in _before(s, task))


def _before(s: Situation, task: Task) -> Iterator[tuple[datetime, Ahead]]:
    yield task.landed_at, "task"
    if task.kind not in BRINGS:
        yield from ((version.at, "papers") for version in s.under_decision(task))
    meeting = s.case.meeting(task.step) if task.kind is TaskKind.CONVENE else None
    if meeting is not None:
        yield meeting.starts, "meeting"


def paper_days(s: Situation, task: Task) -> tuple[Option, ...]:
    """Today, yesterday, and the last working days since the task landed, from the latest on."""
    first, today = first_day(s, task), _day(s, s.at)
    worked = (item.value for item in days_back(s.office.calendar, today))
    near = {today.isoformat(), date.fromordinal(today.toordinal() - 1).isoformat(), *worked}
    return tuple(Option(value=day, label="") for day in sorted(near, reverse=True) if day >= first.isoformat())


def taken_at(s: Situation, task: Task, dated: date) -> datetime:
    """At the closing of its day, or when it is recorded if that comes first; a day of which it cannot be is refused."""
    check_begun(s, task)
    check_day(dated, first_day(s, task), _day(s, s.at), ahead_of(s, task))
    calendar = s.office.calendar
    closing = datetime.combine(dated, calendar.week.on(dated).closing, calendar.zone)
    return max(_first(s, task), min(s.at, closing))


def _is_own(s: Situation, task: Task, actor: Actor) -> bool:
    if task.kind not in (TaskKind.DISPOSE, TaskKind.REVIEW):
        return False
    try:
        check_not_own(s, s.under_decision(task), actor.member)
    except OwnDraft:
        return True
    return False


def _day(s: Situation, moment: datetime) -> date:
    return moment.astimezone(s.office.calendar.zone).date()
