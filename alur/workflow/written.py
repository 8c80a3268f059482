"""Days, hours, numbers of letters and texts as people write them. Read for the typed answers of forms, and by the engine for
words that come another way; months are also written by their names.
"""

import re
from datetime import date, time, timedelta

from alur.workflow.errors import FieldMissing, ReasonMissing, TooLong

MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
SPELLINGS = {"agt": "agu", "ags": "agu", "peb": "feb", "nop": "nov"}  # as some write them
LONGEST_WORDS = 4096  # characters of people's own words: as many as Telegram takes in one message, counted as it does
LONGEST_FIELD = 1000  # characters of any other answer: a number, a place, a name
FARTHEST = timedelta(days=3653)  # from today, ten years: a day beyond is a slip of the finger


def read_date(text: str, today: date, field: str = "date") -> date:
    """A day as people write it: 15-12-2026, 15/12/26, 15.12, 15 Desember 2026, Selasa, 15 Des. Without a year: the one
    that makes it nearest to `today`.
    """
    bare = re.sub(r"(?i)^(senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu)\b[\s,]*", "", text.strip(" ,."))
    match = re.fullmatch(r"(\d{1,2})[\s./-]+(\d{1,2}|[A-Za-z]{3,9})(?:[\s./-]+(\d{4}|\d{2}))?", bare)
    if match is None:
        raise FieldMissing(field=field)
    day, month_text, year_text = match.groups()
    if month_text.isdecimal():
        month = int(month_text)
    else:
        name = month_text.lower()[:3]
        name = SPELLINGS.get(name, name)
        month = MONTHS.index(name) + 1 if name in MONTHS else 0
    if year_text:
        years = [int(year_text) + (2000 if len(year_text) == 2 else 0)]
    else:
        years = [today.year - 1, today.year, today.year + 1]
    found = []
    for year in years:
        try:
            found.append(date(year, month, int(day)))
        except ValueError:
            continue
    nearest = min(found, key=lambda item: abs(item - today), default=None)
    if nearest is None or abs(nearest - today) > FARTHEST:
        raise FieldMissing(field=field)
    return nearest


def read_time(text: str, field: str = "time") -> time:
    """An hour as people write it: 09.30, 9:30, 0930, 9, pukul 13.00 WIB."""
    bare = re.sub(r"(?i)^(pukul|pkl|jam)\.?\s*|\s*wib$", "", text.strip(" ,."))
    match = re.fullmatch(r"(\d{1,2})(?:[.:]?(\d{2}))?", bare)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise FieldMissing(field=field)
    return time(int(match[1]), int(match[2] or 0))


def read_number(text: str) -> str:
    """The number of a letter or folder: "12 /OT.03 / SDL/2026" has no blanks at its slashes."""
    return re.sub(r"\s*/\s*", "/", text)


def read_text(text: str, field: str, *, least: int = 1, most: int = LONGEST_FIELD) -> str:
    """The text without the blanks around it, of `least` to `most` characters. One rule for all ways in which it comes: what
    Telegram took as a message (it counts code points) is never refused as words.
    """
    bare = text.strip()
    if len(bare) < least:
        raise ReasonMissing(least=least, length=len(bare)) if least > 1 else FieldMissing(field=field)
    if len(bare) > most:
        raise TooLong(field=field, length=len(bare), most=most)
    return bare
