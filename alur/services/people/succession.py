"""The open cards follow whoever holds a role: found by the date, and compared with whom they followed last (`storage.followed`).

Called with every act on people and by the clock's tick, each in one transaction, so that a day that begins, a start after an
outage and an order that is entered late are one thing. What was followed is not followed again.
"""

from collections.abc import Iterable

from alur.services.incoming.form_rows import end
from alur.services.people import menus
from alur.services.tell import report_unreachable
from alur.services.work import Work
from alur.storage import cards, followed, forms, members, tasks
from alur.storage.followed import Holders
from alur.storage.members import Member
from alur.workflow.engine.standing import Standing
from alur.workflow.people import Office


def is_due(work: Work) -> bool:
    """Whether somebody holds a role now who did not when the cards followed last, or no longer does."""
    return followed.get(work.session) != holders(work, work.office())


def follow(work: Work, *, posted: int | None = None) -> bool:
    """Shows every open card as its reader stands to it now, and rings for whoever has come, but for the member whose cards
    have just been `posted`; whether anything had changed.
    """
    office = work.office()
    before, now = followed.get(work.session), holders(work, office)
    if before == now:
        return False
    followed.put(work.session, now)
    if before is None:  # an office from before appointments had days: its cards stand where they belong
        return True
    for role in sorted({*before, *now}):
        (was, was_absent), (acts, absent) = (found.get(role, ([], [])) for found in (before, now))
        come = [number for number in acts if number not in was and number != posted]
        gone = [number for number in (*was, *was_absent) if number not in acts]
        _move(work, role, come=come, seen=dict.fromkeys((*gone, *absent)))
    concerned = dict.fromkeys(
        number for pair in (*before.values(), *now.values()) for found in pair for number in found
    )
    menus.refresh(work, *_people(work, concerned))
    return True


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


def _move(work: Work, role: str, *, come: Iterable[int], seen: Iterable[int]) -> None:
    """The open tasks to which the role stands: their cards ring for those who have come, and say to the others how it is."""
    standing_to = tasks.standing_for(work.session, role)
    for member in _people(work, come):
        for item in standing_to:
            _card(work, item, member, ring=True)
            if not member.reachable and item.standing == Standing.HOLDER.value:
                report_unreachable(work, member, case_id=item.case_id, task=item.task)
    for number in seen:
        own = set(cards.open_of(work.session, number))
        for member in _people(work, [number]):
            for item in standing_to:
                if (item.case_id, item.task) in own:
                    _card(work, item, member, ring=False)
        _end_form(work, number, {(item.case_id, item.task) for item in standing_to})


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
