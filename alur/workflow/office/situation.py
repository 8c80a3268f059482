"""What the office decides in: its roster, what the SOPs say of roles, the moment of the act, and what is known of its account."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from alur.workflow.office.roster import Roster


@dataclass(frozen=True, kw_only=True)
class OfficeRules:
    """What the SOPs at hand say of the people of the office, who have one roster for all of them."""

    zone: tzinfo
    roles: tuple[str, ...]  # of all of them, and the administrator's
    appoint: frozenset[str] = frozenset()  # the roles that may enter appointments
    units: frozenset[str] = frozenset()  # the roles that are invited by unit: several people hold them


@dataclass(frozen=True, kw_only=True)
class OfficeSituation:
    roster: Roster
    rules: OfficeRules
    at: datetime  # when the act was received
    now: datetime  # when it is applied
    wrong_codes: tuple[datetime, ...] = ()  # when the account brought its last ones

    @property
    def today(self) -> date:
        return self.now.astimezone(self.rules.zone).date()
