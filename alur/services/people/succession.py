"""The open cards follow whoever holds a role: found by the date, and compared with whom they followed last (`storage.followed`).

Called with every act on people and by the clock's tick, each in one transaction, so that a day that begins, a start after an
outage and an order that is entered late are one thing. What was followed is not followed again.
"""

from collections.abc import Iterable

from alur.services.incoming.form_rows import end
from alur.services.people import conflicts, menus
from alur.services.tell import report_unreachable, tell
from alur.services.work import Work
from alur.storage import cards, followed, forms, members, tasks
from alur.storage.followed import Holders
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.engine.standing import Standing
from alur.workflow.people import Office


def is_due(work: Work) -> bool:
    """Whether somebody holds a role now who did not when the cards followed last, or no longer does; or has yet to hear of it."""
    known = followed.get(work.session)
    return known.holders != holders(work, work.office()) or (bool(known.unheard) and work.calendar.is_open(work.now))


def follow(work: Work, *, posted: int | None = None) -> bool:
    """Shows every open card as its reader stands to it now, and rings for whoever has come, but for the member whose cards
    have just been `posted`; whether anything had changed. Outside office hours nothing sounds: at the next opening he hears of it.
    """
    office = work.office()
    known, now = followed.get(work.session), holders(work, office)
    come = [] if known.holders is None else _moved(work, known.holders, now, posted)
    waiting = (*known.unheard, *come)
    unheard = () if work.calendar.is_open(work.now) else tuple(dict.fromkeys(waiting))
    if known.holders == now and known.unheard == unheard:
        return False
    followed.put(work.session, now, unheard)
    if not unheard:
        for number, role in dict.fromkeys(known.unheard):
            _tell(work, number, role, office)
    if work.calendar.is_open(work.now):
        conflicts.follow(work)
    return True


def _moved(work: Work, before: Holders, now: Holders, posted: int | None) -> list[tuple[int, str]]:
    """Who has come, and to which role, where something lay open before it."""
    if before == now:
        return []
    found = []
    for role in sorted({*before, *now}):
        (was, was_absent), (acts, absent) = (known.get(role, ([], [])) for known in (before, now))
        come = [number for number in acts if number not in was and number != posted]
        gone = [number for number in (*was, *was_absent) if number not in acts]
        if _move(work, role, come=come, seen=dict.fromkeys((*gone, *absent))):
            found += [(number, role) for number in come]
    everybody = (number for known in (before, now) for pair in known.values() for some in pair for number in some)
    menus.refresh(work, *_people(work, dict.fromkeys(everybody)))
    return found


def _tell(work: Work, number: int, role: str, office: Office) -> None:
    """That what came to him without a sound waits for him; nothing where he holds the role no longer."""
    count = sum(item.standing == Standing.HOLDER.value for item in tasks.standing_for(work.session, role))
    held = office.appointment(number, (role,), work.now)
    if count and held is not None:
        for member in _people(work, [number]):
            tell(work, member, notices.TasksCome(role=role, kind=held.kind, count=count))


def show(work: Work, member: int) -> None:
    """The open cards that name the member or an appointment of his say it as it is now, without a ring: his own, and those of
    whom he acts for.
    """
    office = work.office()
    own = [item for item in office.everybody(work.now) if item.member == member]
    absent = [item.member for each in own for item in office.absent(each.role, work.now) if each.replaces(item)]
    for person in _people(work, dict.fromkeys((member, *absent))):
        for case_id, task in cards.open_of(work.session, person.id):
            cards.announce(work.session, case_id=case_id, task=task, member_id=person.id, at=work.now, ring=False)


def holders(work: Work, office: Office) -> Holders:
    """Who acts in each role, and who holds it while a Plh acts in his place."""
    roles = dict.fromkeys(item.role for item in office.everybody(work.now))
    return {
        role: (
            [item.member for item in office.holders(role, work.now)],
            [item.member for item in office.absent(role, work.now)],
        )
        for role in roles
    }


def _move(work: Work, role: str, *, come: Iterable[int], seen: Iterable[int]) -> bool:
    """The open tasks to which the role stands: their cards ring for those who have come, and say to the others how it is; what
    was handed to one who has come or gone is his alone again, or everybody's. Whether one of them is its desk's.
    """
    standing_to, office = tasks.standing_for(work.session, role), work.office()
    come, seen = tuple(come), tuple(seen)
    for member in _people(work, come):
        for item in standing_to:
            if member.id not in _acting(office, item, role, work):
                continue
            _card(work, item, member, ring=True)
            if not member.reachable and item.standing == Standing.HOLDER.value:
                report_unreachable(work, member, case_id=item.case_id, task=item.task)
    for number in seen:
        own = set(cards.open_of(work.session, number))
        for member in _people(work, [number]):
            for item in standing_to:
                if (item.case_id, item.task) in own:
                    _card(work, item, member, ring=False)
        _end_form(work, number, {(item.case_id, item.task) for item in standing_to} - _still_before(work, number))
    for item in standing_to:
        if item.handed_to in (*come, *seen):
            _share(work, item, role, but=(*come, *seen))
    return any(item.standing == Standing.HOLDER.value for item in standing_to)


def share(work: Work, member: int) -> None:
    """What was handed to the member alone, whose phone has come or gone: it is his alone, or everybody's who holds the role."""
    for lying in tasks.handed_to(work.session, member):
        standing_to = tasks.standing_for(work.session, lying.role)
        for item in standing_to:
            if (item.case_id, item.task) == (lying.case_id, lying.task):
                _share(work, item, lying.role, but=(member,))


def _share(work: Work, item: tasks.StandingTo, role: str, *, but: Iterable[int]) -> None:
    """The cards of those who hold the role all the while: they ring where the task has become theirs."""
    office = work.office()
    his = _acting(office, item, role, work)
    others = dict.fromkeys(held.member for held in office.holders(role, work.now) if held.member not in set(but))
    for member in _people(work, others):
        _card(work, item, member, ring=member.id in his)
        if member.id not in his:
            _end_form(work, member.id, {(item.case_id, item.task)})


def _acting(office: Office, item: tasks.StandingTo, role: str, work: Work) -> frozenset[int]:
    """Who stands to the task in that role."""
    return frozenset(held.member for held in office.holders(role, work.now, item.handed_to))


def _still_before(work: Work, member: int) -> set[tuple[int, int]]:
    """The open tasks to which he stands in any role."""
    held = work.office().roles(member, work.now)
    return {(item.case_id, item.task) for role in held for item in tasks.standing_for(work.session, role)}


def _end_form(work: Work, member: int, about: set[tuple[int, int]]) -> None:
    """What he had begun at a task that is no longer his is over, and says so."""
    row = forms.open_for(work.session, member)
    if row is not None and (row.case_id, row.task) in about:
        end(work, row, "overtaken")


def _card(work: Work, item: tasks.StandingTo, member: Member, *, ring: bool) -> None:
    cards.announce(work.session, case_id=item.case_id, task=item.task, member_id=member.id, at=work.now, ring=ring)


def _people(work: Work, numbers: Iterable[int]) -> list[Member]:
    found = (members.get(work.session, number) for number in numbers)
    return [member for member in found if member is not None]
