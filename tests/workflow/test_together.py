"""Tasks of a step that are open together, and ways: the second procedure of the tests, in every order of its desks."""

from itertools import permutations

import pytest

from alur.storage.sop_files import content_hash
from alur.workflow.apply import replay
from alur.workflow.case import Case, Outcome
from alur.workflow.engine import decide
from alur.workflow.errors import AlreadyDecided, NotWanted, OutOfDate, Unknown, WayMissing
from alur.workflow.events import EVENTS, TaskOpened
from alur.workflow.sop import Filing
from tests import acts
from tests.factories import (
    ANALIS,
    BIRO,
    KABAG,
    MEMO,
    SEKRETARIS,
    SOP,
    TU,
    Walk,
    a_calendar,
    a_file,
    an_office,
)

THREE = (KABAG, TU, BIRO)


def opened(way=2):
    return Walk(sop=MEMO).open(way=way)


def paraf():
    """Three desks have the draft before them."""
    return opened().upload(ANALIS, "konsep").submit()


def one_of_two():
    return paraf().approve(TU).approve(BIRO).approve(KABAG)


def signing():
    return one_of_two().approve(BIRO)


def desks(walk):
    return [(task.step, task.role) for task in walk.case.open_tasks]


def by_role(walk, role, step=3):
    return next(task for task in reversed(walk.case.tasks) if (task.step, task.role) == (step, role))


def approval(walk, by):
    task = walk.task_of(by)
    return acts.Approve(by=by, task=task.id, revision=task.revision)


# --- all


def test_the_tasks_of_such_a_step_open_at_once_each_named_by_what_led_to_it():
    walk = paraf()
    assert desks(walk) == [(3, "kabag_umum"), (3, "tata_usaha"), (3, "biro_sdm")]
    assert [task.before for task in walk.case.open_tasks] == [(1,), (1,), (1,)]
    assert {task.due for task in walk.case.open_tasks} == {walk.case.round(3).due}
    assert [item.step for item in walk.case.rounds] == [2, 3]


@pytest.mark.parametrize("order", list(permutations(THREE)))
def test_the_work_goes_on_after_the_last_of_all_in_whatever_order_they_decide(order):
    walk = paraf()
    for by in order[:-1]:
        walk.approve(by)
        assert walk.case.newest("nota_dinas") is None
        assert {task.step for task in walk.case.open_tasks} == {3}
    walk.approve(order[-1])
    assert desks(walk) == [(4, "kabag_umum"), (4, "biro_sdm")]
    assert [task.before for task in walk.case.open_tasks] == [(2, 3, 4), (2, 3, 4)]
    assert [item.document for item in walk.case.versions] == ["surat_masuk", "konsep", "nota_dinas"]
    assert walk.case.newest("nota_dinas").by.member == order[-1]


@pytest.mark.parametrize("by", THREE)
@pytest.mark.parametrize("before", [(), (0,), (1,), (0, 1)])
def test_a_return_by_one_ends_the_others_and_the_step_before_is_done_again(by, before):
    walk = paraf()
    others = [other for other in THREE if other != by]
    approved = [others[index] for index in before]
    for other in approved:
        walk.approve(other)
    walk.send_back(by)
    assert desks(walk) == [(2, "analis_sdm")]
    outcomes = {
        task.closing.by.member if not task.closing.ended_by else task.role: task.closing.outcome
        for task in walk.case.tasks[1:4]
    }
    assert outcomes[by] is Outcome.RETURNED
    assert [outcomes[other] for other in approved] == [Outcome.APPROVED] * len(approved)
    ended = [task for task in walk.case.tasks[1:4] if task.closing.outcome is Outcome.ENDED]
    assert len(ended) == 2 - len(approved)
    assert {task.closing.ended_by for task in ended} <= {
        task.id for task in walk.case.tasks if task.closing and task.closing.outcome is Outcome.RETURNED
    }
    for task in walk.case.tasks[1:4]:
        if task.closing.outcome is Outcome.APPROVED:
            assert walk.case.undone(task) == walk.case.returns[0]


def test_whoever_comes_after_the_return_reads_who_returned():
    walk = paraf()
    late = approval(walk, TU)
    refusal = walk.send_back(BIRO).refusal(late)
    assert isinstance(refusal, AlreadyDecided)
    assert (refusal.facts["outcome"], refusal.facts["by"]) == ("returned", "Andi")


def test_the_step_that_is_done_again_opens_for_all_of_them_anew():
    walk = paraf().approve(TU).send_back(BIRO).upload(ANALIS, "konsep", "konsep 2.docx").submit()
    assert desks(walk) == [(3, "kabag_umum"), (3, "tata_usaha"), (3, "biro_sdm")]
    assert {task.round for task in walk.case.open_tasks} == {2}
    assert [(item.step, item.number) for item in walk.case.rounds] == [(2, 1), (3, 1), (2, 2), (3, 2)]


def test_what_all_approve_may_be_replaced_until_the_first_of_them_has_decided():
    walk = paraf()
    shown = {by: approval(walk, by) for by in THREE}
    walk.upload(ANALIS, "konsep", "konsep 2.docx")
    assert [walk.refusal(shown[by]) for by in THREE] == [OutOfDate(step=3)] * 3
    walk.approve(TU)
    act = acts.Upload(by=ANALIS, document="konsep", file=a_file("konsep 3.docx"))
    assert walk.refusal(act) == NotWanted(document="konsep", roles=("kabag_umum", "biro_sdm"))


def test_days_for_one_desk_move_its_own_limit_and_the_rounds_as_far_as_it_is_the_latest():
    walk = paraf()
    due = walk.task.due
    task = by_role(walk, "tata_usaha")
    walk.do(acts.ReportObstacle(by=TU, task=task.id, reason="Pejabat sedang dinas luar."))
    walk.grant(KABAG, 1, days=2)
    later = by_role(walk, "tata_usaha").due
    assert later == a_calendar().closing(later.date()) > due
    assert by_role(walk, "kabag_umum").due == by_role(walk, "biro_sdm").due == due
    assert walk.case.round(3).due == later


def test_by_the_same_calendar_no_limit_beside_others_ever_moves():
    walk = paraf()
    walk.do(acts.ReportObstacle(by=TU, task=3, reason="Pejabat sedang dinas luar.")).grant(KABAG, 1, days=2)
    for task in walk.case.open_tasks:
        assert decide(MEMO, walk.case, acts.Recount(by=0, task=task.id), walk.at, walk.office).events == ()


def test_a_changed_calendar_moves_all_of_them_and_back_again_is_as_before():
    walk = paraf()
    before = walk.case
    off = an_office(calendar=a_calendar(days_off={before.open_tasks[0].due.date(): "Cuti bersama"}))

    def recounted(case, office):
        for task in case.open_tasks:
            case = replay(decide(MEMO, case, acts.Recount(by=0, task=task.id), walk.at, office).events, case)
        return case

    moved = recounted(before, off)
    assert {task.due > before.round(3).due for task in moved.open_tasks} == {True}
    assert {task.due for task in moved.open_tasks} == {moved.round(3).due}
    assert recounted(moved, walk.office) == before


# --- any


@pytest.mark.parametrize(("by", "other"), [(KABAG, "biro_sdm"), (BIRO, "kabag_umum")])
def test_one_of_two_is_enough_and_ends_the_other(by, other):
    walk = one_of_two()
    late = approval(walk, BIRO if by == KABAG else KABAG)
    walk.approve(by)
    assert desks(walk) == [(5, "sekretaris")]
    ended = by_role(walk, other, 4)
    assert ended.closing.outcome is Outcome.ENDED
    assert ended.closing.by.member == by
    assert walk.task.before == (ended.closing.ended_by,)
    refusal = walk.refusal(late)
    assert (refusal.facts["outcome"], refusal.facts["step"]) == ("approved", 4)


def test_a_return_by_one_of_two_opens_the_step_of_three_again():
    walk = one_of_two().send_back(KABAG)
    assert desks(walk) == [(3, "kabag_umum"), (3, "tata_usaha"), (3, "biro_sdm")]
    assert {task.returns for task in walk.case.open_tasks} == {(1,)}
    task = walk.task_of(TU)
    assert _sources(walk, TU) == ["konsep"]
    walk.upload(TU, "konsep", "konsep paraf.docx")
    assert walk.case.task(task.id).revision == task.revision + 1
    walk.approve(BIRO)  # without a note: what one of them brought is new to all
    assert _sources(walk, TU) == []  # a desk beside it has decided on what there is


def _sources(walk, member):
    from alur.workflow.engine import slots

    return [slot.document for slot in slots(walk.s, member) if slot.use == "source"]


# --- ways


def test_the_way_that_the_opening_chooses_is_where_the_case_begins():
    walk = opened(2)
    assert desks(walk) == [(2, "analis_sdm")]
    assert walk.task.before == ()
    assert walk.case.skipped == (1,)
    assert opened(1).case.skipped == ()


def test_the_letter_may_be_replaced_while_the_first_desk_has_it():
    walk = opened(2)
    act = acts.Upload(by=TU, document="surat_masuk", file=a_file("surat 2.pdf"))
    assert walk.refusal(act) is None
    walk.upload(ANALIS, "konsep").submit()
    assert isinstance(walk.refusal(act), NotWanted)


@pytest.mark.parametrize(("way", "step", "skipped"), [(8, 8, (1, 6, 7)), (6, 6, (1,))])
def test_a_way_goes_where_it_says_and_what_lies_between_is_skipped(way, step, skipped):
    walk = signing().approve(SEKRETARIS, way=way)
    assert {task.step for task in walk.case.open_tasks} == {step}
    assert walk.case.skipped == skipped
    assert walk.case.tasks[-2].closing.way == way


def test_without_a_way_or_with_another_than_those_offered_nothing_is_decided():
    walk = signing()
    task = walk.task
    bare = acts.Approve(by=SEKRETARIS, task=task.id, revision=task.revision)
    assert walk.refusal(bare) == WayMissing(ways=("Tanda Tangani", "Bahas Dahulu"))
    assert walk.refusal(bare.model_copy(update={"way": 7})) == Unknown(subject="way 7")
    one_way = paraf()
    assert one_way.refusal(approval(one_way, TU).model_copy(update={"way": 4})) == Unknown(subject="way 4")
    assert isinstance(
        Walk(sop=SOP).open().refusal(acts.Dispose(by=SEKRETARIS, task=1, revision=1, text="x", way=2)), Unknown
    )


def test_a_case_whose_opening_chooses_no_way_is_not_opened():
    from alur.workflow.engine import begin

    act = acts.OpenCase(by=TU, period="2026", letter_number="1", letter_date=Walk().at.date(), file=a_file("surat.pdf"))
    walk = Walk()
    decided = [begin(MEMO, "hash", act.model_copy(update={"way": way}), walk.at, walk.office) for way in (None, 3, 1)]
    assert [item.refusal for item in decided] == [
        WayMissing(ways=("Dengan Disposisi", "Langsung Konsep")),
        Unknown(subject="way 3"),
        None,
    ]


def test_after_a_return_what_is_skipped_is_counted_anew():
    walk = signing().approve(SEKRETARIS, way=6).dispose(KABAG, way=8)
    assert walk.case.skipped == (1, 7)
    walk = signing().send_back(SEKRETARIS)
    assert walk.case.skipped == (1,)


def test_directions_of_two_desks_are_given_together():
    walk = signing().approve(SEKRETARIS, way=6).dispose(KABAG, way=7)
    assert desks(walk) == [(7, "sekretaris"), (7, "kabag_umum")]
    walk.direct(KABAG)
    assert desks(walk) == [(7, "sekretaris")]
    walk.direct(SEKRETARIS)
    assert desks(walk) == [(8, "tata_usaha")]
    walk.archive(TU)
    assert walk.case.finished_at
    assert walk.case.open_tasks == ()


def test_the_whole_case_is_replayed_from_its_events():
    walk = signing().approve(SEKRETARIS, way=6).dispose(KABAG, way=7).direct(KABAG).direct(SEKRETARIS).archive(TU)
    events = [event for _, entry in walk.trail for event in EVENTS.validate_python(entry["events"])]
    assert replay(events) == walk.case
    assert Case.model_validate_json(walk.case.model_dump_json()) == walk.case


# --- older builds


def test_an_event_of_a_build_with_one_open_task_names_the_one_before_by_its_number():
    walk = Walk(sop=SOP).open().dispose(SEKRETARIS).dispose(KABAG)
    events = [event for _, entry in walk.trail for event in EVENTS.validate_python(entry["events"])]
    older = [event.model_copy(update={"before": None}) if isinstance(event, TaskOpened) else event for event in events]
    assert [task.before for task in replay(older).tasks] == [(), (1,), (2,)]
    assert replay(older) == walk.case


def test_the_hash_of_a_procedure_that_uses_none_of_it_is_what_it_was():
    unsaid = SOP.model_copy(update={"archive": Filing()})
    assert content_hash(unsaid) == "94720f4caa1dc05c2834940e2e6a82f3ea964966ed890ff7fb77f5d62877e187"
