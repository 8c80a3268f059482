"""What a paper that is printed for the bundle is made of. Its makers are views: whoever builds the house hands them over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alur.evidence import verifikasi
from alur.storage.checkpoints import CheckpointRow
from alur.workflow.calendar import Calendar
from alur.workflow.sop import Sop


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    entries: list[dict[str, Any]]  # as `verifikasi.read_trail` gives them
    sop: Sop  # with which the case began
    calendar: Calendar
    checkpoint: CheckpointRow | None  # the first that covers these entries

    @property
    def trail(self) -> tuple[tuple[datetime, Mapping[str, Any]], ...]:
        """When each was written, and what it says."""
        return tuple((verifikasi.moment_of(item["at"]), item["entry"]) for item in self.entries)


Papers = Mapping[str, Callable[[Source], bytes]]  # by name; each makes the same bytes of the same source
