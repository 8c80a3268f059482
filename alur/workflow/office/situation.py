"""What the office decides in: its roster, and the moment of the act."""

from dataclasses import dataclass
from datetime import datetime

from alur.workflow.office.roster import Roster


@dataclass(frozen=True, kw_only=True)
class OfficeSituation:
    roster: Roster
    at: datetime
