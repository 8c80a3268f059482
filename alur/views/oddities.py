"""What is unusual about the answers of a form, in words: said before *Kirim*, and forbids nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from alur.views import words
from alur.views.environment import joined, vocabulary
from alur.workflow.calendar import Calendar
from alur.workflow.correcting import LETTER_DATE
from alur.workflow.engine import Situation
from alur.workflow.engine.acts.archive import ArchiveRule
from alur.workflow.engine.filing import known_number
from alur.workflow.forms import Form
from alur.workflow.letter_days import LetterOddity, odd_letter
from alur.workflow.meeting_days import Oddity, odd, rest_on
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import Office
from alur.workflow.written import number_key


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a form is held against: the office's calendar, the moment, the codes of the cases of which another letter has the
    number that was entered, and, where a case is to be opened or an appointment entered, who holds which post.
    """

    calendar: Calendar
    now: datetime
    numbered: tuple[str, ...] = ()
    office: Office | None = None
    staff: OfficeSituation | None = None  # where the form is about people


def oddities(form: Form, around: Around, s: Situation | None = None) -> Iterator[str]:
    """As soon as they are entered: of a meeting its day and hour, of a letter its number and date, of what is filed the number
    that Nadine gave it.
    """
    known = known_number(s.sop, s.case) if s is not None and form.kind == ArchiveRule.name else None
    if known and form.answers.get("letter_number") and number_key(form.answers["letter_number"]) != number_key(known):
        yield vocabulary("letter_oddities")[LetterOddity.OTHER].format(number=known)
    if around.numbered:
        yield vocabulary("letter_oddities")[LetterOddity.TAKEN].format(cases=joined(around.numbered))
    if letter_date := form.answers.get("letter_date") or form.answers.get(LETTER_DATE):
        dated = date.fromisoformat(letter_date)
        today = around.now.astimezone(around.calendar.zone).date()
        for letters in odd_letter(around.calendar, today, dated):
            yield _of_day(vocabulary("letter_oddities")[letters], around.calendar, dated)
    if form.kind == "schedule" and form.answers.get("date"):
        day, hour = date.fromisoformat(form.answers["date"]), form.answers.get("time")
        for what in odd(around.calendar, around.now, day, time.fromisoformat(hour) if hour else None):
            yield _of_day(vocabulary("oddities")[what], around.calendar, day)
        if form.hour_said and form.hour_said.until:
            yield vocabulary("oddities")[Oddity.UNTIL].format(until=form.hour_said.until)


def _of_day(text: str, calendar: Calendar, day: date) -> str:
    hours, rest = calendar.week.on(day), rest_on(calendar, day)
    return text.format(
        weekday=words.day(day).partition(",")[0],
        name=calendar.days_off.get(day),
        year=day.year,
        opening=f"{hours.opening:%H.%M}",
        closing=f"{hours.closing:%H.%M}",
        rest=vocabulary("titles")["friday_rest" if rest.is_friday else "noon_rest"],
        rest_begins=f"{rest.begins:%H.%M}",
        rest_ends=f"{rest.ends:%H.%M}",
    )
