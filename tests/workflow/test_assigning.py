"""*Alihkan Tugas*: of two who hold a role one has the task alone, as long as he acts in it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alur.workflow.agenda import Occasion, lines_at
from alur.workflow.apply import replay
from alur.workflow.engine.acts import named
from alur.workflow.engine.drafts import is_undecidable
from alur.workflow.engine.slots import slots
from alur.workflow.engine.standing import Standing, people_at, standing
from alur.workflow.errors import (
    AlreadyDecided,
    AssignedMeanwhile,
    AssignedToAnother,
    CannotTakeOver,
    DecisionHeld,
    NobodyElse,
    NotHolder,
    ReasonMissing,
)
from alur.workflow.events import EVENTS
from alur.workflow.forms import offered
from alur.workflow.people import AppointmentKind
from alur.workflow.presses import On
from alur.workflow.watched import Thing, watched
from tests import acts
from tests.factories import (
    ADMIN,
    ANALIS,
    BUDI,
    KABAG,
    MEMO,
    SEKRETARIS,
    TU,
    Walk,
    a_file,
    an_appointment,
    an_office,
    walked,
    with_budi,
)


def shared(step=5, index=0):
    return walked(step, index, office=with_budi(an_office()))


def handing(walk, to, **values):
    since = walk.task.assigned.at if walk.task.assigned else None
    known = {"by": ADMIN, "task": walk.task.id, "to": to, "reason": "Sedang dinas luar.", "since": since}
    return acts.AssignTask(**known | values)


def has(walk):
    return {item.member for found, item in people_at(walk.s, walk.task) if found is Standing.HOLDER}


def away(walk, member):
    """Somebody else acts for the member from now on."""
    day = walk.at.date()
    plh = an_appointment(TU, "analis_sdm", "Wulan", kind=AppointmentKind.PLH, order="9", starts=day, in_place_of=member)
    return replace(walk, office=replace(walk.office, appointments=(*walk.office.appointments, plh)))


def test_it_is_his_alone_until_it_is_everybodys_again_and_a_replay_says_so_too():
    walk = shared()
    assert has(walk) == {ANALIS, BUDI}
    before = walk.case
    walk.assign(BUDI)
    assert replay(EVENTS.validate_python(walk.trail[-1][1]["events"]), before) == walk.case
    assert has(walk) == {BUDI}
    assert has(walk.assign(ANALIS)) == {ANALIS}
    assert has(walk.assign(None)) == {ANALIS, BUDI}


COLLEAGUES = [
    lambda task: acts.Submit(by=ANALIS, task=task.id, revision=task.revision),
    lambda task: acts.Ask(by=ANALIS, task=task.id, to_role="kabag_umum", text="Sumbernya?"),
    lambda task: acts.ReportObstacle(by=ANALIS, task=task.id, reason="Data belum masuk."),
]


@pytest.mark.parametrize("act", COLLEAGUES)
def test_the_other_may_do_nothing_there_and_reads_who_has_it(act):
    walk = shared().assign(BUDI)
    refusal = walk.refusal(act(walk.task))
    assert isinstance(refusal, AssignedToAnother)
    assert refusal.facts["by"] == "Budi"
    assert slots(walk.s, BUDI)
    assert not [slot for slot in slots(walk.s, ANALIS) if slot.task == walk.task.id]
    found = standing(walk.s, walk.task, ANALIS, ("analis_sdm",))
    assert found == (Standing.COLLEAGUE, "analis_sdm")


def test_the_other_is_not_reminded_and_a_meetings_date_is_not_his_to_set():
    walk = shared().assign(BUDI)
    at = walk.office.calendar.next_opening(walk.task.due)
    found = lines_at(walk.office, watched(walk.s, walk.task), Thing.TASK, at, at)
    told = {line.member for line in found if line.occasion is Occasion.OVERDUE}
    assert BUDI in told
    assert ANALIS not in told
    walk = shared(3, 1).assign(BUDI)
    dated = {"step": 4, "starts": walk.at + timedelta(days=5), "place": "Aula"}
    assert isinstance(walk.refusal(acts.ScheduleMeeting(by=ANALIS, **dated)), AssignedToAnother)
    assert walk.refusal(acts.ScheduleMeeting(by=BUDI, **dated)) is None


@pytest.mark.parametrize("how", ["Plh", "ended", "unlinked"])
def test_it_is_everybodys_as_long_as_he_does_not_act(how):
    walk = shared().assign(BUDI)
    if how == "Plh":
        gone, left = away(walk, BUDI), {ANALIS, TU}
    elif how == "ended":
        ended = [
            item.model_copy(update={"ends": date(2026, 10, 1)}) if item.member == BUDI else item
            for item in walk.office.appointments
        ]
        gone, left = replace(walk, office=replace(walk.office, appointments=tuple(ended))), {ANALIS}
    else:
        gone, left = replace(walk, office=replace(walk.office, unlinked=frozenset({BUDI}))), {ANALIS, BUDI}
    assert has(gone) == left
    task = gone.upload(ANALIS, "konsep_nota_dinas_rapat").upload(ANALIS, "data_awal").task
    assert gone.refusal(acts.Submit(by=ANALIS, task=task.id, revision=task.revision)) is None
    assert has(walk) == {BUDI}  # and his again when he is back


def test_a_later_round_is_everybodys():
    walk = shared().assign(BUDI)
    walk.upload(BUDI, "konsep_nota_dinas_rapat").upload(BUDI, "data_awal").submit(BUDI).send_back(KABAG)
    assert walk.task.assigned is None
    assert has(walk) == {ANALIS, BUDI}


def test_it_is_refused_where_there_is_nobody_else_to_whoever_may_not_and_while_a_decision_is_held():
    alone = walked(5)
    rule = named("assign")
    assert isinstance(alone.refusal(handing(alone, BUDI)), CannotTakeOver)
    assert isinstance(alone.refusal(handing(alone, None)), NobodyElse)
    assert not rule.offers(alone.s, ADMIN, On())
    walk = shared()
    assert rule.offers(walk.s, ADMIN, On())
    assert rule.offers(walk.s, SEKRETARIS, On())
    assert not rule.offers(walk.s, TU, On())
    assert isinstance(walk.refusal(handing(walk, BUDI, by=TU)), NotHolder)
    assert isinstance(walk.refusal(handing(walk, BUDI, reason="-")), ReasonMissing)
    walk.assign(BUDI)
    twice = walk.refusal(handing(walk, BUDI))
    assert isinstance(twice, AssignedToAnother)
    walk.upload(BUDI, "konsep_nota_dinas_rapat").upload(BUDI, "data_awal")
    task = walk.task
    walk.holding().submit(BUDI)
    assert isinstance(walk.refusal(acts.AssignTask(by=ADMIN, task=task.id, to=ANALIS, reason="Salah.")), DecisionHeld)
    done = shared(6)
    assert isinstance(done.refusal(acts.AssignTask(by=ADMIN, task=1, to=BUDI, reason="Salah.")), AlreadyDecided)


def test_it_is_handed_to_nobody_who_has_drafted_what_lies_there():
    both = an_appointment(ANALIS, "kabag_umum", "Rina", sapaan="Ibu")
    walk = walked(6)
    walk.office = an_office(people=(*walk.office.appointments, both))
    assert isinstance(walk.refusal(handing(walk, ANALIS)), CannotTakeOver)
    assert walk.refusal(handing(walk, KABAG)) is None
    assert not is_undecidable(walk.s, walk.task)


def test_the_form_asks_which_task_to_whom_and_why_as_far_as_it_must():
    rule = named("assign")
    walk = shared()
    form = rule.begin(walk.s, ADMIN, On())
    assert [item.name for item in form.sequence] == ["holder"]
    assert [item.label for _, item in offered(form, form.asked)] == ["Ibu Rina", "Bapak Budi"]
    walk.assign(BUDI)
    form = rule.begin(walk.s, ADMIN, On())
    assert [item.value for _, item in offered(form, form.asked)] == [str(ANALIS), "all"]
    # Two desks beside each other, each with two holders.
    memo = Walk(office=an_office(), sop=MEMO).open(way=2).upload(ANALIS, "konsep", a_file("konsep.docx").name).submit()
    people = (
        *memo.office.appointments,
        an_appointment(BUDI, "tata_usaha", "Budi"),
        an_appointment(BUDI + 1, "biro_sdm", "Citra"),
    )
    memo.office = an_office(people=people)
    form = rule.begin(memo.s, ADMIN, On())
    assert len(form.asked.options) == 2
    first = form.asked.options[0].value
    form = form.model_copy(update={"answers": {"task": first}, "asking": "holder"})
    assert {item.label for _, item in offered(form, form.asked)} == {"Ibu Wulan", "Budi"}


def test_of_two_who_hand_it_to_different_people_the_second_reads_who_was_first():
    third = an_appointment(92, "analis_sdm", "Tini")
    walk = shared()
    walk.office = replace(walk.office, appointments=(*walk.office.appointments, third))
    first, second = handing(walk, BUDI), handing(walk, third.member, by=SEKRETARIS)
    walk.do(first)
    refusal = walk.refusal(second)
    admin = next(item for item in walk.office.appointments if item.member == ADMIN).actor()
    assert refusal == AssignedMeanwhile(step=5, to="Budi", **admin.as_facts, at=walk.at)
    assert walk.refusal(second.model_copy(update={"since": walk.task.assigned.at})) is None
