"""Who held which role when something was decided: the office's chain, replayed from the people with whom a run began. Asked
by `judge`.
"""

from datetime import datetime, timedelta

from alur.workflow.office import Roster
from alur.workflow.office.events import replay
from alur.workflow.office.trail import events_of
from alur.workflow.people import Office

CLOCKS_DIFFER = timedelta(seconds=5)  # between the office's clock as it was asked here and there
AT_ONCE = 2  # entries of the trail: so near, one who decides may have begun before the other was done


class Tenure:
    def __init__(self, founded: Roster, entries, calendar, settled=None) -> None:
        """`settled` says of an entry of the office which was the newest of all when its transaction was over."""
        self._settled = settled or {}
        self._calendar, self._states = calendar, [(0, founded)]  # the roster as it is behind the entry of that number
        self._unlinked: list[tuple[int, datetime, datetime | None]] = []  # the account, and from when until when
        for item in entries:
            before = self._states[-1][1]
            after = replay(events_of(item.entry, before), before)
            if after != before:
                self._states.append((item.id, after))
                self._note(before, after, datetime.fromisoformat(item.entry["applied"]))

    @property
    def last(self) -> Roster:
        return self._states[-1][1]

    @property
    def changes(self) -> int:
        return len(self._states) - 1

    @property
    def moved(self) -> set[int]:
        """The members who have come to a role, or lost one, be it for a day."""
        concerned = set(self.last.appointments) ^ set(self._states[0][1].appointments)
        return {number for item in concerned for number in (item.member, item.in_place_of) if number is not None}

    def was_unlinked(self, account: int, since: datetime, until: datetime) -> bool:
        """Whether the phone was nobody's at some moment between."""
        return any(
            number == account and begun <= until + CLOCKS_DIFFER and (ended is None or since <= ended + CLOCKS_DIFFER)
            for number, begun, ended in self._unlinked
        )

    def acted(self, entry, role: str, account: int | None) -> bool:
        """Whether the member of the entry acted in the role at its moment, with the phone that it came from (None: not known)."""
        return any(self._acts(roster, entry, role, account) for roster in self._at(entry.id))

    def _note(self, before: Roster, after: Roster, at: datetime) -> None:
        """Which phones were unlinked by the change, and which linked."""
        was, now = ({item.account for item in roster.people} for roster in (before, after))
        self._unlinked = [
            (account, begun, at if ended is None and account in now else ended)
            for account, begun, ended in self._unlinked
        ]
        self._unlinked += [(account, at, None) for account in was - now if account is not None]

    def _at(self, number: int) -> list[Roster]:
        """As it was then; also as it was right before, where it changed just then: an entry has its number before it is
        committed, and whoever decides meanwhile does not see it.
        """
        last = max(index for index, (since, _) in enumerate(self._states) if since < number)
        found = [self._states[last][1]]
        while last and number <= self._settled.get(since := self._states[last][0], since) + AT_ONCE:
            last -= 1
            found.append(self._states[last][1])
        return found

    def _acts(self, roster: Roster, entry, role: str, account: int | None) -> bool:
        office = Office(calendar=self._calendar, appointments=roster.appointments)
        member = roster.person(entry.member)
        is_his = member is not None and account in (None, member.account)
        return is_his and role in office.roles(entry.member, entry.at)
