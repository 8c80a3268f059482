"""What a year's report costs: its picture and papers, each time of other figures, and a case that is read and looked at for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from alur.storage.cases import parsed
from alur.views import report as view
from alur.workflow.record import report
from alur.workflow.record.report import Report
from tests.bench.spent import cpu_spent
from tests.factories import SOP, WIB
from tests.views.reported import CALENDAR, busy, three_years

MOST = 100  # milliseconds of CPU
TIMES = 9


@dataclass(frozen=True, kw_only=True)
class Made:
    what: str
    size: int  # bytes
    cpu: float  # milliseconds


def reports() -> list[Made]:
    found, play = three_years(), busy()
    state, now = play.case.model_dump_json(), play.at
    return [
        _made("its picture", lambda nth: view.picture(_another(found, nth), WIB)[1]),
        _made("its PDF", lambda nth: view.pdf([_another(found, nth)], WIB)[1]),
        _made("its workbook", lambda nth: view.xlsx([_another(found, nth)], WIB)[1]),
        _made("a case read for it", lambda _: _looked_at(state, now)),
    ]


def _looked_at(state: str, now: datetime) -> bytes:
    report.taken(SOP, parsed(state), CALENDAR, now)
    return state.encode()


def _another(found: Report, nth: int) -> Report:
    return replace(found, as_of=found.as_of + timedelta(hours=nth))


def _made(what: str, make: Callable[[int], bytes]) -> Made:
    size, spent = len(make(0)), []
    for nth in range(1, TIMES + 1):
        begun = cpu_spent()
        make(nth)
        spent.append(cpu_spent() - begun)
    return Made(what=what, size=size, cpu=median(spent) * 1000)
