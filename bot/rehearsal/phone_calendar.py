"""What a phone's calendar makes of the .ics file that comes with an invitation."""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar

SUFFIX = ".ics"


@dataclass(frozen=True, kw_only=True)
class Entry:
    uid: str
    sequence: int
    starts: datetime
    place: str
    is_cancelled: bool


def read(data: bytes) -> Entry:
    """The one event of the file; ValueError where it is no calendar."""
    calendar = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    return Entry(
        uid=str(event["UID"]),
        sequence=int(event.get("SEQUENCE", 0)),
        starts=event.decoded("DTSTART"),
        place=str(event.get("LOCATION", "")),
        is_cancelled=str(event.get("STATUS", "")) == "CANCELLED" or str(calendar.get("METHOD", "")) == "CANCEL",
    )
