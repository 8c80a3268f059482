"""The chart of an SOP: all that the engine may do next is an edge of it, and nothing else is."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from alur.workflow.record.flow import Course, Shape, flow, walked
from alur.workflow.record.marks import State, marks
from alur.workflow.sop import TaskKind
from tests.factories import ANALIS, BIRO, KABAG, MEMO, SEKRETARIS, SOP, START, TU, Walk, an_office
from tests.workflow.charts import sops
from tests.workflow.walk import STRAIGHT, Play


def landing(sop, number):
    step = sop.step(number)
    return [(number, index) for index in range(len(step.tasks) if step.together else 1)]


def onward(sop):
    """From which task to which the work may go, as DESIGN §4 says it."""
    for step in sop.steps:
        for index, task in enumerate(step.tasks):
            own = (step.number, index)
            if not step.together and index + 1 < len(step.tasks):
                yield own, (step.number, index + 1)
                continue
            for number in [way.to for way in task.ways] or [step.number + 1]:
                if number <= len(sop.steps):
                    yield from ((own, to) for to in landing(sop, number))


def back(sop):
    for step in sop.steps:
        for index, task in enumerate(step.tasks):
            if task.returns_to is not None:
                yield from (((step.number, index), to) for to in landing(sop, task.returns_to))


def linked(found, course):
    """The tasks between which lines of that course lead, with nothing but bars between."""
    tasks = {at: (node.step, node.task) for at, node in enumerate(found.nodes) if node.task is not None}
    return {(tasks[one], tasks[other]) for one in tasks for other in tasks if found.path(one, other, course)}


@given(sops())
@settings(deadline=None)
def test_every_edge_of_the_sop_is_there_and_no_other(sop):
    found = flow(sop)

    assert linked(found, Course.ONWARD) == set(onward(sop))
    assert linked(found, Course.BACK) == set(back(sop))
    start = found.start
    assert (start is not None) == bool(sop.start.ways)
    for way in sop.start.ways:
        assert all(found.path(start, found.of_task(*to), Course.ONWARD) for to in landing(sop, way.to))


@given(sops())
@settings(deadline=None)
def test_whoever_is_asked_in_stands_beside_the_task_and_is_linked_to_it(sop):
    found = flow(sop)
    for step in sop.steps:
        for index, task in enumerate(step.tasks):
            own = found.of_task(step.number, index)
            asked, reached = [own], {own}
            while asked:
                here = asked.pop()
                beside = [e.target for e in found.edges if e.source == here and e.course is Course.WITH]
                asked += beside
                reached.update(beside)
            wanted = {role for role in (*task.participants, task.waits_for) if role} - {task.role}
            parties = [found.nodes[at] for at in reached if found.nodes[at].shape is Shape.PARTY]
            assert sorted(node.role for node in parties) == sorted(wanted)
            assert {(node.step, node.level) for node in parties} <= {(step.number, found.nodes[own].level)}


@given(sops())
@settings(deadline=None)
def test_no_two_nodes_of_a_role_stand_on_the_same_level(sop):
    places = [(node.step, node.level, node.role) for node in flow(sop).nodes]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("sop", [SOP, MEMO], ids=lambda sop: sop.id)
def test_reviews_are_diamonds_and_the_ends_are_capsules(sop):
    shapes = {(node.step, node.task): node.shape for node in flow(sop).nodes if node.task is not None}
    last = len(sop.steps)
    for step in sop.steps:
        for index, task in enumerate(step.tasks):
            is_end = step.number == last or ((step.number, index) == (1, 0) and not sop.start.ways)
            inner = Shape.DIAMOND if task.kind is TaskKind.REVIEW else Shape.BOX
            assert shapes[step.number, index] is (Shape.CAPSULE if is_end else inner)


def test_a_case_in_time_has_gone_by_every_edge_that_leads_on_and_by_no_return():
    play = Play(office=an_office(), at=START).open()
    for move in STRAIGHT.values():
        move(play)
    found = flow(SOP)
    gone = walked(found, play.case)

    assert gone == {at for at, edge in enumerate(found.edges) if edge.course is not Course.BACK}
    assert {mark.state for mark in marks(play.s).values()} == {State.DONE}


def test_what_came_back_went_by_its_return_and_is_to_come_once_more():
    play = Play(office=an_office(), at=START).open()
    for place, move in STRAIGHT.items():
        if place == (7, 0):
            break
        move(play)
    play.send_back(SEKRETARIS)
    play.send_back(KABAG)
    found = flow(SOP)
    gone = walked(found, play.case)

    returns = {(found.nodes[e.source].step, found.nodes[e.target].step) for e in found.edges if e.course is Course.BACK}
    taken = {
        (found.nodes[found.edges[at].source].step, found.nodes[found.edges[at].target].step)
        for at in gone
        if found.edges[at].course is Course.BACK
    }
    assert returns == {(6, 5), (7, 6), (10, 9)}
    assert taken == {(7, 6), (6, 5)}
    states = {place: mark.state for place, mark in marks(play.s).items()}
    assert (states[5, 0], states[6, 0], states[7, 0]) == (State.CURRENT, State.AHEAD, State.AHEAD)
    assert [marks(play.s)[step, 0].returned for step in (5, 6, 7)] == [0, 1, 1]


def test_of_desks_together_one_may_be_enough_and_what_a_way_passes_is_skipped():
    walk = Walk(sop=MEMO, office=an_office()).open(way=2)
    walk.upload(ANALIS, "konsep").submit()
    for member in (KABAG, TU, BIRO):
        walk.approve(member)
    walk.approve(BIRO)
    walk.approve(SEKRETARIS, way=8)

    states = {place: mark.state for place, mark in marks(walk.s).items()}
    assert (states[4, 0], states[4, 1]) == (State.DONE, State.DONE)
    assert [states[step, 0] for step in (1, 6, 7)] == [State.SKIPPED] * 3
    found = flow(MEMO)
    gone = walked(found, walk.case)
    for (one, other), is_gone in {((5, 0), (8, 0)): True, ((5, 0), (6, 0)): False, ((6, 0), (8, 0)): False}.items():
        path = found.path(found.of_task(*one), found.of_task(*other), Course.ONWARD)
        assert (set(path) <= gone) == is_gone
    assert set(found.path(found.start, found.of_task(2, 0), Course.ONWARD)) <= gone


def test_what_stands_still_is_not_late():
    play = Play(office=an_office(), at=START).open()
    play.suspend()
    play.until(START.replace(day=20))

    assert marks(play.s)[1, 0].state is State.WAITING
    play.resume()
    play.until(START.replace(day=27))
    assert marks(play.s)[1, 0].state is State.OVERDUE


@given(sops())
@settings(deadline=None)
def test_levels_of_a_step_follow_one_another(sop):
    for step in sop.steps:
        own = sorted({node.level for node in flow(sop).nodes if node.step == step.number})
        assert all(later == earlier + 1 for earlier, later in pairwise(own))
