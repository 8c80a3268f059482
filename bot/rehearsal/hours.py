"""The hours and days off as the people of a script know them, without asking the bot: what its messages are held to."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = "Asia/Jakarta"
JAKARTA = ZoneInfo(ZONE)
OPENING, CLOSING, CLOSING_ON_FRIDAY = time(7, 30), time(16), time(16, 30)
FRIDAY, SATURDAY = 4, 5
DAYS_OFF = (date(2026, 11, 10), date(2026, 12, 24), date(2026, 12, 25))  # the first by the decree of the script


def are_open(moment: datetime) -> bool:
    local = moment.astimezone(JAKARTA)
    if local.weekday() >= SATURDAY or local.date() in DAYS_OFF:
        return False
    return OPENING <= local.time() <= (CLOSING_ON_FRIDAY if local.weekday() == FRIDAY else CLOSING)
