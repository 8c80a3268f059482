"""What a year's cases tell of a procedure, held against cases whose figures are known."""

from datetime import timedelta
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from alur.workflow.record import report
from alur.workflow.record.report import BESIDE, State
from alur.workflow.record.rounds import Course, Days, RoundTaken
from tests.factories import MEMO, SOP
from tests.views.reported import busy, called_off, one_year, quiet, running, taken, three_years
from tests.workflow.walk import wib


def steps(year, name):
    return [getattr(item, name) for item in year.steps]


def test_a_year_whose_figures_are_known():
    """Two days at step 1 of one, five at the first round of step 5 of three, four at step 9 of three; two returns; Biro SDM's date
    came after a week.
    """
    own = one_year(busy(), 2027).own
    assert steps(own, "days") == [(2,), (2,), (0,), (0,), (0, 0, 5), (0, 0, 0), (0,), (0,), (4,), (1,), (0,), (0,)]
    assert steps(own, "in_time") == [0, 1, 1, 1, 2, 3, 1, 1, 0, 1, 1, 1]
    assert (own.step(SOP.step(5).title).median, own.step(SOP.step(5).title).worst) == (0, 5)
    assert (own.done, own.in_time, own.returns, own.waited_outside, own.days, own.limit) == (16, 13, 2, 5, 19, 18)
    assert own.step(SOP.step(8).title).awaited == "biro_sdm"


def test_what_runs_counts_what_is_done_and_what_was_cancelled_is_named_and_not_counted():
    own = three_years().own
    assert [(case.code, case.state, case.is_counted) for case in own.cases] == [
        ("ip-asn-2028", State.CANCELLED, False),
        ("ip-asn-2028-2", State.RUNNING, True),
    ]
    assert own.cases[0].rounds == ()
    assert own.cases[0].days is None
    assert steps(own, "done") == [1, 1, 1, 1, 2, 2, 0, 0, 0, 0, 0, 0]
    assert (own.days, own.step(SOP.step(7).title).running, own.step(SOP.step(7).title).overdue) == (None, 1, 1)


def test_earlier_years_stand_beside_it_and_later_ones_and_those_long_ago_do_not():
    cases = [taken(quiet(year)) for year in (2026, 2027)]
    assert [item.year for item in report.reports(cases, 2027, wib("2027-12-01 09:00"))[0].years] == [2027, 2026]
    assert [item.year for item in report.reports(cases, 2026, wib("2027-12-01 09:00"))[0].years] == [2026]
    assert report.reports(cases, 2028, wib("2028-12-01 09:00")) == ()
    assert report.wanted(2030) == (2030, 2029, 2028, 2027, 2026)
    assert len(report.wanted(2030)) == BESIDE + 1


def test_a_report_is_as_of_the_last_end_unless_something_runs():
    now = wib("2028-12-30 09:00")
    play = busy()
    (over,) = report.reports([taken(play, now=now)], 2027, now)
    assert over.as_of == play.case.finished_at
    (at_work,) = report.reports([taken(running(), now=now)], 2028, now)
    assert at_work.as_of == now


def test_each_procedure_is_told_for_itself():
    one, two = taken(busy()), taken(quiet(2027))
    renamed = report.CaseTaken(
        **{name: getattr(two, name) for name in two.__slots__} | {"sop": two.sop.model_copy(update={"id": "aaa"})}
    )
    found = report.reports([one, renamed], 2027, wib("2027-12-30 09:00"))
    assert [(item.own.sop.id, item.own.done) for item in found] == [("aaa", 12), ("ip-asn", 16)]


def test_a_step_is_known_by_its_title_where_another_version_of_the_sop_numbers_it_otherwise():
    moved = SOP.model_copy(
        update={
            "steps": (*SOP.steps[:2], *(item.model_copy(update={"number": item.number + 1}) for item in SOP.steps[2:]))
        }
    )
    old, new = taken(quiet(2026)), taken(busy())
    other = report.CaseTaken(**{name: getattr(new, name) for name in new.__slots__} | {"sop": moved, "rounds": ()})
    (found,) = report.reports([old, other], 2027, wib("2027-12-30 09:00"))
    beside = found.earlier[0].step(found.own.steps[4].title)
    assert (found.own.steps[4].number, beside.number, beside.days) == (6, 5, (1,))
    assert found.earlier[0].step("Langkah yang tidak ada") is None


def test_a_suspended_case_is_as_it_was_when_it_was_suspended():
    play = running().suspend()
    early, late = taken(play), taken(play, now=play.at + timedelta(days=60))
    assert early == late
    assert early.state is State.SUSPENDED


ROUND = st.builds(
    RoundTaken,
    step=st.integers(1, len(SOP.steps)),
    number=st.integers(1, 5),
    course=st.sampled_from(Course),
    days=st.builds(Days, limit=st.integers(1, 9), used=st.integers(0, 40), waited=st.integers(0, 9)) | st.none(),
    is_late=st.booleans(),
    awaited=st.sampled_from([None, "biro_sdm"]),
    is_return=st.booleans(),
    on_paper=st.integers(0, 2),
    granted=st.integers(0, 3),
)


@given(st.lists(st.lists(ROUND, max_size=20), min_size=1, max_size=4))
def test_every_round_is_counted_once_and_the_median_lies_among_them(cases):
    one = taken(called_off(), code="x", cancellation=None, finished_at=None)
    facts = [
        report.CaseTaken(**{name: getattr(one, name) for name in one.__slots__} | {"rounds": tuple(rounds)})
        for rounds in cases
    ]
    (found,) = report.reports(facts, 2028, wib("2028-12-30 09:00"))
    own, everything = found.own, [item for rounds in cases for item in rounds]
    done = [item for item in everything if item.course is Course.DONE]
    assert own.done == len(done)
    assert sum(item.running for item in own.steps) == sum(item.course is Course.RUNNING for item in everything)
    assert own.in_time == sum(not item.is_late for item in done)
    for step in own.steps:
        used = [item.days.used for item in done if item.step == step.number and item.days is not None]
        assert sorted(used) == list(step.days)
        assert step.median == (median(used) if used else None)
        assert step.worst == (max(used) if used else None)
        assert step.overdue <= step.running
        assert step.in_time <= step.done
    assert own.is_uncounted == any(item.days is None for item in done)


def test_of_an_sop_with_ways_what_was_passed_over_was_not_done():
    assert len({item.title for item in MEMO.steps}) == len(MEMO.steps)  # by which they are known
