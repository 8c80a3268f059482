"""What waits for a person: the cards of his open tasks, posted anew at the bottom of his chat, a few at a time. All of it is
found in rows, and no case is read for it.
"""

from dataclasses import dataclass

from alur.services.tell import tell
from alur.services.work import Work
from alur.storage import cards, tasks
from alur.storage.members import Member
from alur.storage.tasks import Waiting
from alur.workflow import notices
from alur.workflow.presses import PressTasksPage

MOST = 10  # cards that are posted at once: each is a message of its own, with its files before it


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some of what waits for somebody."""

    posted: tuple[Waiting, ...]  # the oldest first
    start: int  # how many stand before them, by their limits
    count: int  # in all
    meetings: int  # of these, those at which nothing is to be done
    suspended: int  # and those whose case stands still
    further: PressTasksPage | None  # what asks for the next ones

    @property
    def is_whole(self) -> bool:
        return len(self.posted) == self.count


def deliver_tasks(work: Work, member: Member, after: PressTasksPage | None = None) -> None:
    """/tugas: says how many tasks wait, and posts their cards; `after` that one where *Berikutnya* was pressed."""
    page = _page(work, member, after)
    _tell(work, member, page)
    _post(work, member, page)


def deliver_waiting(work: Work, member: Member) -> None:
    """The cards alone, where something else has been said; where not all of them follow, that is said too."""
    page = _page(work, member, None)
    if not page.is_whole:
        _tell(work, member, page)
    _post(work, member, page)


def has_before_him(work: Work, member: Member) -> tuple[tuple[int, int], ...]:
    """Case and task of everything open that waits for him, with a card or without one: of somebody who has very much to do not
    every card was posted. What was his and is another's now keeps its card, and waits for him no longer.
    """
    waiting = _waiting(work, member)
    return tuple((item.case_id, item.task) for item in waiting)


def _page(work: Work, member: Member, after: PressTasksPage | None) -> Page:
    """Those whose limit ends first; what waits for a meeting has none and comes last. Where nothing stands behind `after`
    any more, it begins anew.
    """
    waiting = _waiting(work, member)
    by_limit = sorted(map(_place, waiting), key=_key)
    rest = [item for item in by_limit if after is None or _key(item) > _key(after)] or by_limit
    shown = rest[:MOST]
    own = {(item.case, item.task) for item in shown}
    return Page(
        posted=tuple(item for item in waiting if (item.case_id, item.task) in own),
        start=len(by_limit) - len(rest),
        count=len(by_limit),
        meetings=sum(item.is_meeting for item in waiting),
        suspended=sum(item.is_suspended for item in waiting),
        further=shown[-1] if len(rest) > MOST else None,
    )


def _waiting(work: Work, member: Member) -> tuple[Waiting, ...]:
    """Without what was handed to another who holds his role too, and has a phone."""
    office = work.office()
    roles = office.roles(member.id, work.now)
    acting = {(role, item.member) for role in roles for item in office.holders(role, work.now)}
    colleagues = [(role, number) for role, number in sorted(acting) if number not in (member.id, *office.unlinked)]
    return tasks.waiting_for(work.session, roles, colleagues)


def _place(item: Waiting) -> PressTasksPage:
    """Where the task stands among the others, as a button can name it."""
    return PressTasksPage(case=item.case_id, task=item.task, due=int(item.due.timestamp()) if item.due else None)


def _key(place: PressTasksPage) -> tuple[bool, int, int, int]:
    return place.due is None, place.due or 0, place.case, place.task


def _tell(work: Work, member: Member, page: Page) -> None:
    counts = {"count": page.count, "meetings": page.meetings, "suspended": page.suspended}
    if page.is_whole:
        tell(work, member, notices.Tasks(**counts))
        return
    tell(work, member, notices.Tasks(**counts, start=page.start, posted=len(page.posted), further=page.further))


def _post(work: Work, member: Member, page: Page) -> None:
    for item in page.posted:
        cards.announce(work.session, case_id=item.case_id, task=item.task, member_id=member.id, at=work.now, ring=True)
