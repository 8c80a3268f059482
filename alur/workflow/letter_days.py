"""What is unusual about a letter's date and its number. It is said before *Kirim* and forbids nothing. Asked by
`alur.views.oddities`.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from alur.workflow.calendar import SATURDAY, Calendar


class LetterOddity(StrEnum):
    AHEAD = "ahead"  # dated after today
    WEEKEND = "weekend"
    JOINT_LEAVE = "joint_leave"  # cuti bersama
    HOLIDAY = "holiday"
    TAKEN = "taken"  # another letter has the number
    OTHER = "other"  # the letter that is filed has another Nadine number


def odd_letter(calendar: Calendar, today: date, dated: date) -> Iterator[LetterOddity]:
    """In the order in which it is said."""
    if dated > today:
        yield LetterOddity.AHEAD
    if dated.weekday() >= SATURDAY:
        yield LetterOddity.WEEKEND
    if dated in calendar.days_off:
        yield LetterOddity.JOINT_LEAVE if dated in calendar.joint_leave else LetterOddity.HOLIDAY
