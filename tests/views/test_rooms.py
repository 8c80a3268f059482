"""An act is one room: what a card offers, what a press begins and what the engine takes are one answer, for every act, every
kind of person and every state of a case.
"""

from datetime import timedelta

import pytest

from alur.views.buttons import card_buttons
from alur.views.screen import Reader
from alur.workflow.case import Attendance
from alur.workflow.engine import decide
from alur.workflow.engine.acts import RULES, named
from alur.workflow.engine.meetings import dated_by
from alur.workflow.engine.rule import DecisionRule
from alur.workflow.errors import DateMissing, NotBegun, NotYours, OwnDraft, Refusal, TooLate, Unknown
from alur.workflow.presses import On
from tests import acts
from tests.factories import BIRO, KABAG, SARI, a_reader
from tests.workflow.test_engine_exhaustively import EVERYBODY, NAMES, closing_acts, played

STRANGER = 99
NOBODY = Reader(member=STRANGER, name="Tamu", sapaan=None, unit=None, roles=())
UNDER_A_CARD = [rule for rule in RULES if rule.row is not None]
WORDS = "Mohon ditindaklanjuti segera."


def refusal_of(ask, *args):
    try:
        ask(*args)
    except Refusal as refusal:
        return refusal
    return None


def act_of(rule, s, member, task):
    """The act of the rule, filled in as well as can be; None where its subject is missing in this state."""
    on = {"by": member, "task": task.id}
    if isinstance(rule, DecisionRule):
        return next(act for act in closing_acts(member, task.id, task.revision) if type(act) is rule.act)
    match rule.name:
        case "present" | "absent" | "represent":
            return acts.AnswerInvitation(**on, attendance=Attendance.PRESENT)
        case "schedule":
            step = dated_by(s, task)
            starts = s.at + timedelta(days=3)
            act = acts.ScheduleMeeting(by=member, step=step, starts=starts, place="Aula") if step else None
            return act if task.is_open else None  # it is about the step, whichever card it comes from
        case "cancel_meeting":
            return acts.CancelMeeting(**on)
        case "attendance":
            return acts.RecordAttendance(**on, units=())
        case "withdraw":
            own = [item.id for item in s.case.versions if item.task == task.id and not item.withdrawn]
            mine = [number for number in own if s.case.version(number).by.member == member]
            return acts.Withdraw(by=member, version=(mine or own)[0]) if own else None
        case "ask":
            return acts.Ask(**on, to_role=next(role.id for role in s.sop.roles if role.id != task.role), text=WORDS)
        case "withdraw_ask":
            own = [item.id for item in s.case.questions if item.is_open and item.by.member == member]
            mine = [number for number in own if s.case.question(number).task == task.id]
            return acts.WithdrawAsk(by=member, question=mine[-1]) if mine else None
        case "withdraw_grant":
            return acts.WithdrawGrant(**on)
        case "obstacle":
            return acts.ReportObstacle(**on, reason=WORDS)
    raise AssertionError(f"no act of {rule.name} is tried: add it here")


def shown_to(play, task, reader):
    """The names of all presses under a card, those behind *Lainnya* too."""
    found = [
        card_buttons(play.s, case_id=7, task=task, reader=reader, is_unfolded=is_unfolded)
        for is_unfolded in (False, True)
    ]
    return {button.press.name for rows in found for row in rows for button in row}


@pytest.mark.parametrize("name", NAMES)
def test_button_form_and_engine_give_one_answer(name):
    play, wrong = played()[name], []
    s = play.s
    for member in (*EVERYBODY, STRANGER):
        reader = NOBODY if member == STRANGER else a_reader(member, play.office, at=s.at)
        for task in play.case.tasks:
            on = On(task=task.id, revision=task.revision)
            shown = shown_to(play, task, reader)
            for rule in UNDER_A_CARD:
                may = refusal_of(rule.may, s, member, on)
                begun = refusal_of(rule.begin, s, member, on)
                act = act_of(rule, s, member, task)
                decided = decide(s.sop, s.case, act, s.at, s.office).refusal if act else may
                answers = {
                    "the button": (rule.name in shown) == (may is None and task.is_open),
                    "the form": begun == may or (may is None and isinstance(begun, NotBegun)),
                    "the engine": type(decided) is type(may) if may else not isinstance(decided, (TooLate, *WHOSE)),
                }
                wrong += [(rule.name, member, task.id, who, may, decided) for who, same in answers.items() if not same]
    assert wrong == []


# Whose it is, and what is no act of the task at all. `OwnDraft` is of the versions, not of the person: it is said at the press.
WHOSE = tuple(kind for kind in (NotYours, Unknown) if kind is not OwnDraft)


def test_every_act_under_a_card_is_tried_at_its_own_kind_of_task():
    """None of them is refused everywhere: each has a state and a person for whom it is."""
    taken = {
        rule.name
        for play in played().values()
        for member in EVERYBODY
        for task in play.case.tasks
        for rule in UNDER_A_CARD
        if rule.offers(play.s, member, On(task=task.id, revision=task.revision))
    }
    assert taken == {rule.name for rule in UNDER_A_CARD}


def begun(play, name, member):
    on = On(task=play.task.id, revision=play.task.revision)
    return named(name).begin(play.s, member, on)


def test_the_outside_party_takes_back_the_invitation_that_it_brought():
    play = played()["8 dated"].copy()
    assert "withdraw" in shown_to(play, play.task, a_reader(BIRO, play.office, at=play.at))

    (option,) = begun(play, "withdraw", BIRO).asked.options
    play.do(acts.Withdraw(by=BIRO, version=int(option.value)))
    assert play.case.newest("undangan_validasi") is None


def test_to_be_represented_at_a_meeting_that_was_called_off_is_refused_before_a_name_is_asked_for():
    play = played()["4 invited"].copy()
    play.do(acts.CancelMeeting(by=KABAG, task=play.task.id))
    assert refusal_of(begun, play, "represent", SARI) == DateMissing(step=4)


def test_an_obstacle_at_a_clock_that_stands_still_is_refused_with_what_is_missing():
    assert refusal_of(begun, played()["8 waiting"], "obstacle", KABAG) == DateMissing(step=8)
