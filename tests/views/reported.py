"""Years as their reports should be looked at: one without a fault, one with returns, an overdue step and a wait outside, one that runs."""

from datetime import timedelta

from alur.workflow.record import report
from tests.factories import KABAG, PEOPLE, SEKRETARIS, a_calendar, an_office
from tests.workflow.walk import STRAIGHT, Play, wib

CALENDAR = a_calendar(last_year=2030)


def played(year, *, hours=None, stop=None, returns=0, wait=0, before=None):
    """A case of that year, from its first working day of November on. `hours` is how long a step takes, where that is not one;
    it stops before the step `stop`; step 6 is returned so often; Biro SDM's date comes after `wait` days.
    """
    play = Play(office=an_office(people=PEOPLE, calendar=CALENDAR), at=wib(f"{year}-11-02 08:00")).open(
        period=str(year)
    )
    for (step, index), move in STRAIGHT.items():
        if step == stop:
            break
        play.pace = timedelta(minutes=10)
        play.at += timedelta(hours=(hours or {}).get(step, 1) if index == 0 else 1)
        if step == 6:
            for _ in range(returns):
                play.send_back(KABAG).on(f"{play.at + timedelta(days=1):%Y-%m-%d} 09:00")
                play.bring("konsep_nota_dinas_rapat").submit()
        if step == 8 and wait:
            play.at += timedelta(days=wait)
        move(play)
    return play


def taken(play, *, now=None, **changes):
    case = play.case.model_copy(update=changes)
    return report.taken(play.sop, case, CALENDAR, now or play.at)


def quiet(year=2026):
    return played(year, hours=dict.fromkeys((2, 5, 9), 26))


def busy(year=2027):
    return played(year, hours={1: 50, 2: 30, 5: 24 * 8, 9: 24 * 4, 10: 60}, returns=2, wait=7)


def running(year=2028):
    return played(year, hours={2: 24, 3: 50}, returns=1, stop=7)


def called_off(year=2028):
    play = Play(office=an_office(calendar=CALENDAR), at=wib(f"{year}-10-02 08:00")).open(period=str(year))
    return play.dispose(SEKRETARIS).cancel()


def three_years():
    """As of two weeks after the last act of the case that runs."""
    now = running().at + timedelta(days=14)
    off = taken(called_off(), code="ip-asn-2028")
    cases = (taken(quiet()), taken(busy()), off, taken(running(), now=now, code="ip-asn-2028-2"))
    (found,) = report.reports(cases, 2028, now)
    return found


def one_year(play, year):
    (found,) = report.reports([taken(play)], year, play.at)
    return found


def many(count=400):
    """As many cases as no office has."""
    one = taken(busy())
    cases = tuple(
        report.CaseTaken(**{name: getattr(one, name) for name in one.__slots__} | {"code": f"ip-asn-2027-{number}"})
        for number in range(count)
    )
    (found,) = report.reports(cases, 2027, one.ended_at)
    return found
