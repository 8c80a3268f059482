"""The file that puts a meeting into a phone's calendar (RFC 5545). Called by `alur.views.attachments`.

It is made anew whenever it is shown and is the same bytes for the same meeting. One meeting keeps one UID: a changed
date comes with a higher SEQUENCE, a cancelled meeting with its STATUS, and the phone renews what it has.
"""

from datetime import UTC, timedelta
from hashlib import sha256

from alur.workflow.case import Meeting
from alur.workflow.engine import Situation
from alur.workflow.files import FileRef

LENGTH = timedelta(hours=2)  # nobody is asked how long a meeting lasts
MIME = "text/calendar"


def file_of(s: Situation, meeting: Meeting) -> tuple[FileRef, bytes]:
    """The file as it is named and sent, and its content."""
    content = content_of(s, meeting)
    name = f"rapat-{s.case.code}-{meeting.step}.ics"
    return FileRef(sha256=sha256(content).hexdigest(), name=name, size=len(content), mime=MIME), content


def content_of(s: Situation, meeting: Meeting) -> bytes:
    """Moments stand in UTC, so that no phone needs to know the office's zone."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - few days have a meeting

    event = Event()
    event.add("uid", f"{s.case.code}-{meeting.step}@alur")
    event.add("dtstamp", (meeting.cancelled_at or meeting.at).astimezone(UTC))
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    event.add("dtstart", meeting.starts.astimezone(UTC))
    event.add("duration", LENGTH)
    event.add("summary", f"{s.sop.step(meeting.step).title} ({s.case.code})")
    event.add("location", meeting.place)
    calendar = Calendar()
    calendar.add("prodid", "-//Alur//Rapat//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
