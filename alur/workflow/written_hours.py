"""Hours as people write them, with the zone that they name: an hour of another zone is turned into the office's own."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from alur.workflow.errors import FieldMissing, HourElsewhere
from alur.workflow.written import plain

ZONE_LABELS = {7: "WIB", 8: "WITA", 9: "WIT"}  # hours east of UTC
ZONE_HOURS = {label.lower(): hours for hours, label in ZONE_LABELS.items()}
LONG_LABELS = {"barat": "wib", "tengah": "wita", "timur": "wit"}
NOON, LAST = 12, 23
EARLIEST_PLAIN = 6  # "9-1 siang": the nine is of the morning

ZONE = r"wib|wita|wit|(?:utc|gmt)(?:[+-]\d{1,2}(?::?\d{2})?)?"
PART = r"pagi|siang|sore|petang|malam"
CLOCK = rf"(?:(?P<half>setengah) )?(?P<hour>\d{{1,2}})(?:[.:,]?(?P<minute>\d{{2}}))?(?: ?(?P<part>{PART}))?"
UNTIL = r"(?: ?- ?| ?s ?[./]? ?d\.? ?| sampai (?:dengan )?| hingga )"
LEADING = re.compile(r"(?:(?:pukul|pkl|jam|waktu)\b[.:\s]*)+")


@dataclass(frozen=True, kw_only=True)
class Hour:
    """An hour in the office's zone; what was written beside it."""

    clock: time
    zoned: str = ""  # "09.00 WIB", where it was written in another zone
    until: str = ""  # "11.00", where an end was written


def read_hour(text: str, *, zone: tzinfo, day: date, field: str = "time") -> Hour:
    """An hour as people write it: 09.30, 0930, 9, pukul 13.00 WIB, jam 9 pagi, setengah 10, 09.00 s.d. selesai, 09.00-11.00.
    A zone that is named counts, on that `day`; without one it is the office's.

    Raises `FieldMissing` for what cannot be read, `HourElsewhere` where the office has another day at that hour.
    """
    own = zone_label(datetime(day.year, day.month, day.day, 12, tzinfo=zone)).lower()
    zones = rf"{re.escape(own)}|{ZONE}" if own else ZONE
    first, last = rf"{CLOCK}(?: ?(?P<zone>{zones}))?", rf"{_second(CLOCK)}(?: ?(?P<zone2>{zones}))?"
    whole = rf"{first}(?:{UNTIL}(?:(?:pukul|pkl\.?|jam) )?(?:{last}|selesai(?: ?(?P<zone3>{zones}))?))?"
    match = re.fullmatch(whole, _spoken(text))
    if match is None:
        raise FieldMissing(field=field)
    named = {item for item in (match["zone"], match["zone2"], match["zone3"]) if item}
    start, end = _span(match, field)
    if len(named) > 1:
        raise FieldMissing(field=field)
    said = next(iter(named), own)
    until = f"{end:%H.%M}" if end else ""
    there = datetime.combine(day, start, tzinfo=zone if said == own else _zone(said, field))
    here = there.astimezone(zone)
    if there.utcoffset() == here.utcoffset():
        return Hour(clock=start, until=until)
    if here.date() != day:
        raise HourElsewhere(zone=own.upper())
    ended = f"{until} {said.upper()}" if until else ""
    return Hour(clock=here.time(), zoned=f"{start:%H.%M} {said.upper()}", until=ended)


def _span(match: re.Match[str], field: str) -> tuple[time, time | None]:
    """The hour, and the end that is written behind it. "1-3 siang" is of one part of the day, "9-1 siang" of two."""
    start = _clock(match, "", match["part"])
    if match["hour2"] is None:
        if start is None:
            raise FieldMissing(field=field)
        return start, None
    end, part = _clock(match, "2", match["part2"]), match["part2"]
    if part and not match["part"] and not match["half"]:
        is_morning = start is not None and start.hour >= EARLIEST_PLAIN
        start = _clock(match, "", part) or (start if is_morning else None)
    if start is None or end is None or end <= start:
        raise FieldMissing(field=field)
    return start, end


def zone_label(local: datetime) -> str:
    """WIB, WITA or WIT by the offset; another zone by its own name."""
    known = (label for hours, label in ZONE_LABELS.items() if local.utcoffset() == timedelta(hours=hours))
    return next(known, local.tzname() or "")


def _spoken(text: str) -> str:
    """In small letters, without the word before it; zones by their short names, "setempat" is the office's own."""
    bare = re.sub(r"[()\s]+", " ", plain(text).lower()).strip(" ,.")
    bare = re.sub(r"waktu indonesia( bagian)? (barat|tengah|timur)", lambda found: LONG_LABELS[found[2]], bare)
    bare = re.sub(r" waktu setempat\b", "", bare)
    label = LEADING.match(bare)
    return bare[label.end() :] if label else bare


def _second(pattern: str) -> str:
    return re.sub(r"\(\?P<(\w+)>", r"(?P<\g<1>2>", pattern)


def _clock(match: re.Match[str], which: str, part: str | None) -> time | None:
    """None for what no day has."""
    hour, minute = int(match[f"hour{which}"]), int(match[f"minute{which}"] or 0)
    if match[f"half{which}"]:  # half past the hour before
        hour, minute = (hour - 1, 30) if match[f"minute{which}"] is None and 1 <= hour <= NOON else (LAST + 1, 0)
    at = _of_part(hour, part) if part else hour
    return time(at, minute) if at is not None and at <= LAST and minute <= 59 else None


def _of_part(hour: int, part: str) -> int | None:
    """The hour of the whole day; None where that part of the day does not have it."""
    if part == "pagi":
        return hour if hour < NOON else None
    first, last = {"siang": (10, 15), "sore": (13, 18), "petang": (13, 19), "malam": (18, LAST)}[part]
    return next((item for item in (hour, hour + NOON) if first <= item <= last), None)


def _zone(label: str, field: str) -> tzinfo:
    if label in ZONE_HOURS:
        return timezone(timedelta(hours=ZONE_HOURS[label]))
    sign, figures = (label[3:4] or "+"), label[4:].replace(":", "")
    hours, minutes = (figures[:-2], figures[-2:]) if len(figures) > 2 else (figures, "0")
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes))
    if offset >= timedelta(hours=24):
        raise FieldMissing(field=field)
    return timezone(offset if sign == "+" else -offset)
