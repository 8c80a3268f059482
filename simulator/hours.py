"""When the office is open, as the simulator is told: where its clock goes at "next opening", "next working day" and "+1 day".

Pure; kept by `state.tray`, asked by `control.people`. It knows no holidays of its own: whoever does names the days.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ZONE = "Asia/Jakarta"
USUAL = (time(7, 30), time(16, 0))  # Monday to Friday, while nobody has named the days
DAYS_AHEAD = 400  # how far an opening is looked for


@dataclass(frozen=True, kw_only=True)
class Hours:
    """zone is an IANA name; days give opening and closing in its local time, none at all mean the usual week."""

    zone: str = ZONE
    days: Mapping[date, tuple[time, time]] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """From JSON; raises ValueError for an unknown zone and for hours that do not open before they close."""
        try:
            ZoneInfo(given["zone"])
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"there is no time zone {given['zone']!r}") from None
        days = {date.fromisoformat(day): _read_day(day, hours) for day, hours in given["days"].items()}
        return cls(zone=given["zone"], days=days)

    def view(self) -> dict[str, Any]:
        days = {
            day.isoformat(): [moment.isoformat(timespec="minutes") for moment in hours]
            for day, hours in sorted(self.days.items())
        }
        return {"zone": self.zone, "days": days}

    def next(self, what: str, now: datetime, *, at: time | None = None) -> datetime:
        """`opening` or `working_day`, strictly after the aware `now`; raises ValueError where the days end before.

        `day` is the one after today, a day off too, `at` a time of day there; without one at the time that it is now.
        """
        match what:
            case "day":
                local = now.astimezone(ZoneInfo(self.zone))
                return datetime.combine(local.date() + timedelta(days=1), at or local.time(), local.tzinfo)
            case "opening":
                found = (opening for _, opening, _ in self._open_days(now) if opening > now)
            case "working_day":
                today = now.astimezone(ZoneInfo(self.zone)).date()
                found = (self._same_time(now, *day) for day in self._open_days(now) if day[0] > today)
            case _:
                raise ValueError('the clock knows the next "opening", "working_day" and "day"')
        moment = next(found, None)
        if moment is None:
            raise ValueError("no office hours are known after this day")
        return moment

    def _open_days(self, now: datetime) -> Iterator[tuple[date, datetime, datetime]]:
        """Day, opening and closing, from today on."""
        zone = ZoneInfo(self.zone)
        today = now.astimezone(zone).date()
        for ahead in range(DAYS_AHEAD):
            day = today + timedelta(days=ahead)
            usual = None if self.days or day.weekday() >= 5 else USUAL
            if hours := self.days.get(day, usual):
                opening, closing = (datetime.combine(day, moment, zone) for moment in hours)
                yield day, opening, closing

    def _same_time(self, now: datetime, day: date, opening: datetime, closing: datetime) -> datetime:
        """The time of day of `now` on the day, or its opening where it is closed at that time."""
        zone = ZoneInfo(self.zone)
        moment = datetime.combine(day, now.astimezone(zone).time(), zone)
        return moment if opening <= moment <= closing else opening


def _read_day(day: str, hours: Any) -> tuple[time, time]:
    opening, closing = (time.fromisoformat(moment) for moment in hours)
    if opening >= closing:
        raise ValueError(f"{day} closes before it opens")
    return opening, closing
