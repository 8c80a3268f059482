"""What a year's cases tell of a procedure: per step its limit against the working days that it took, without a word of it.

A case is looked at once (`taken`) and let go; what is kept of it is small, so that an office with many cases is told by one pass
over them. `alur.views.report` makes message, picture and papers of these.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import median

from alur.workflow.calendar import Calendar, CalendarNotCovered
from alur.workflow.case import ArchiveFields, Case, Letter
from alur.workflow.engine import Situation
from alur.workflow.people import Office
from alur.workflow.record import spent
from alur.workflow.record.rounds import Course, RoundTaken, rounds
from alur.workflow.sop import Sop

BESIDE = 4  # earlier years that are told beside a year


class State(StrEnum):
    FINISHED = "finished"
    RUNNING = "running"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseTaken:
    """What a report keeps of a case."""

    sop: Sop
    year: int
    code: str
    letter: Letter
    opened_at: datetime
    state: State
    ended_at: datetime | None
    steps: tuple[int, ...]  # on which it stands
    days: int | None  # working days from its opening to its end, or until now; None where it was cancelled
    rounds: tuple[RoundTaken, ...]
    archive: ArchiveFields | None

    @property
    def is_counted(self) -> bool:
        """What was cancelled is named, and counts in nothing."""
        return self.state is not State.CANCELLED


@dataclass(frozen=True, kw_only=True, slots=True)
class StepTaken:
    """A step in the cases of a year. Of days only rounds speak that are done, and whose days can be counted."""

    number: int
    title: str
    limit: int  # working days, as the SOP has them
    done: int = 0  # rounds
    in_time: int = 0  # of these
    days: tuple[int, ...] = ()  # that they took, in order of size
    returns: int = 0  # rounds that ended by sending the work back
    waited: int = 0  # days for a meeting's date, altogether
    awaited: str | None = None  # the outside role for which it waited
    granted: int = 0  # days
    on_paper: int = 0  # decisions
    running: int = 0  # rounds
    overdue: int = 0  # of these

    @property
    def median(self) -> float | None:
        return median(self.days) if self.days else None

    @property
    def worst(self) -> int | None:
        return self.days[-1] if self.days else None


@dataclass(frozen=True, kw_only=True, slots=True)
class YearTaken:
    """A procedure in a year. What was cancelled is named, and counts in nothing."""

    year: int
    sop: Sop  # as its newest case has it
    cases: tuple[CaseTaken, ...]  # in order of opening
    steps: tuple[StepTaken, ...]

    def of_state(self, *states: State) -> tuple[CaseTaken, ...]:
        return tuple(item for item in self.cases if item.state in states)

    @property
    def done(self) -> int:
        return sum(item.done for item in self.steps)

    @property
    def in_time(self) -> int:
        return sum(item.in_time for item in self.steps)

    @property
    def returns(self) -> int:
        return sum(item.returns for item in self.steps)

    @property
    def limit(self) -> int:
        """Working days of the SOP's whole path."""
        return sum(item.limit for item in self.steps)

    @property
    def days(self) -> float | None:
        """What a finished case took from its opening to its end: the median."""
        found = [item.days for item in self.of_state(State.FINISHED) if item.days is not None]
        return median(found) if found else None

    @property
    def waited_outside(self) -> int:
        return sum(item.waited for item in self.steps if item.awaited is not None)

    @property
    def is_uncounted(self) -> bool:
        """Whether something was done whose days cannot be counted, as the calendar does not cover its year."""
        return any(len(item.days) < item.done for item in self.steps)

    def step(self, title: str) -> StepTaken | None:
        """By its title: another version of the SOP may number it otherwise."""
        return next((item for item in self.steps if item.title == title), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A procedure in a year, and in those before it that have cases, newest first."""

    year: int
    as_of: datetime
    years: tuple[YearTaken, ...]  # at least one; the first is the year's own, unless that has no case

    @property
    def own(self) -> YearTaken:
        return self.years[0]

    @property
    def earlier(self) -> tuple[YearTaken, ...]:
        return self.years[1:]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reports:
    """All that are told of a year to one reader, and the nearest years that have cases beside it."""

    year: int
    told: tuple[Report, ...]
    earlier: int | None
    later: int | None


def wanted(year: int) -> tuple[int, ...]:
    """The years of which a report on this one tells."""
    return tuple(range(year, year - BESIDE - 1, -1))


def taken(sop: Sop, case: Case, calendar: Calendar, now: datetime) -> CaseTaken:
    """As the case is now; who is appointed to what has no part in it."""
    s = Situation(sop=sop, case=case, at=now, now=now, office=Office(calendar=calendar, appointments=()))
    return CaseTaken(
        sop=sop,
        year=int(case.period),
        code=case.code,
        letter=case.letter,
        opened_at=case.opened_at,
        state=_state(s),
        ended_at=case.finished_at,
        steps=tuple(sorted({item.step for item in case.tasks_at_hand})),
        days=_days(s),
        rounds=rounds(s) if case.cancellation is None else (),
        archive=case.archive if case.finished_at is not None and case.cancellation is None else None,
    )


def reports(found: Iterable[CaseTaken], year: int, now: datetime) -> tuple[Report, ...]:
    """One for each procedure that has a case in the year, in the order of their ids. As of now, where one of its cases runs;
    else as of the last end of one, so that the same cases make the same report.
    """
    by_sop: dict[str, dict[int, list[CaseTaken]]] = {}
    for item in found:
        by_sop.setdefault(item.sop.id, {}).setdefault(item.year, []).append(item)
    told = (_report(years, year, now) for _, years in sorted(by_sop.items()) if year in years)
    return tuple(told)


def _report(by_year: dict[int, list[CaseTaken]], year: int, now: datetime) -> Report:
    years = tuple(_year(number, tuple(by_year[number])) for number in wanted(year) if number in by_year)
    ends = [case.ended_at for item in years for case in item.cases]
    as_of = max((item for item in ends if item is not None), default=now)
    return Report(year=year, as_of=now if None in ends else as_of, years=years)


def _year(year: int, cases: tuple[CaseTaken, ...]) -> YearTaken:
    sop = max(cases, key=lambda item: item.opened_at).sop
    by_title: dict[str, list[RoundTaken]] = {}
    for case in cases:
        for item in case.rounds:
            by_title.setdefault(case.sop.step(item.step).title, []).append(item)
    steps = tuple(_step(step.number, step.title, step.working_days, by_title.get(step.title, [])) for step in sop.steps)
    return YearTaken(year=year, sop=sop, cases=cases, steps=steps)


def _step(number: int, title: str, limit: int, found: list[RoundTaken]) -> StepTaken:
    done = [item for item in found if item.course is Course.DONE]
    running = [item for item in found if item.course is Course.RUNNING]
    counted = [item.days for item in done if item.days is not None]
    return StepTaken(
        number=number,
        title=title,
        limit=limit,
        done=len(done),
        in_time=sum(not item.is_late for item in done),
        days=tuple(sorted(item.used for item in counted)),
        returns=sum(item.is_return for item in done),
        waited=sum(item.days.waited for item in (*done, *running) if item.days is not None),
        awaited=next((item.awaited for item in found if item.awaited is not None), None),
        granted=sum(item.granted for item in (*done, *running)),
        on_paper=sum(item.on_paper for item in (*done, *running)),
        running=len(running),
        overdue=sum(item.is_late for item in running),
    )


def _state(s: Situation) -> State:
    if s.case.cancellation is not None:
        return State.CANCELLED
    if s.case.finished_at is not None:
        return State.FINISHED
    return State.SUSPENDED if s.case.suspension is not None else State.RUNNING


def _days(s: Situation) -> int | None:
    if s.case.cancellation is not None:
        return None
    until = s.case.finished_at or spent.now(s)
    try:
        return s.office.calendar.days_used(s.case.opened_at, until)
    except CalendarNotCovered:
        return None
