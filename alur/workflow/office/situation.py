"""What the office decides in: its roster, the moment of the act, and what is known of the account that acts."""

from dataclasses import dataclass
from datetime import datetime

from alur.workflow.office.roster import Roster


@dataclass(frozen=True, kw_only=True)
class OfficeSituation:
    roster: Roster
    at: datetime
    wrong_codes: tuple[datetime, ...] = ()  # when the account brought its last ones
