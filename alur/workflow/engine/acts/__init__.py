"""Every act that a person may do in a case, one room each; and the clock's. `RULES` is the one table of transitions: the
order of its rows is that of the buttons in a row under a card.
"""

from collections.abc import Mapping
from typing import Any

from alur.workflow.engine.acts.answer_invitation import AbsentRule, PresentRule, RepresentRule
from alur.workflow.engine.acts.answer_question import AnswerQuestionRule
from alur.workflow.engine.acts.approve import ApproveRule
from alur.workflow.engine.acts.archive import ArchiveRule
from alur.workflow.engine.acts.ask import AskRule
from alur.workflow.engine.acts.assign_task import AssignRule
from alur.workflow.engine.acts.cancel_case import CancelCaseRule
from alur.workflow.engine.acts.cancel_meeting import CancelMeetingRule
from alur.workflow.engine.acts.close_meeting import CloseMeetingRule
from alur.workflow.engine.acts.correct import CorrectRule
from alur.workflow.engine.acts.direct import DirectRule
from alur.workflow.engine.acts.dispose import DisposeRule
from alur.workflow.engine.acts.grant_days import GrantRule
from alur.workflow.engine.acts.hand_on import HandOnRule, WithdrawDecisionRule
from alur.workflow.engine.acts.hand_over import HandOverInvitedRule, HandOverRule
from alur.workflow.engine.acts.nudge_desk import NudgeRule
from alur.workflow.engine.acts.open_case import OpenCaseRule
from alur.workflow.engine.acts.record_attendance import AttendanceRule
from alur.workflow.engine.acts.record_nadine import NadineRule
from alur.workflow.engine.acts.record_paper import RecordPaperRule
from alur.workflow.engine.acts.recount import RecountRule
from alur.workflow.engine.acts.reopen_step import ReopenRule
from alur.workflow.engine.acts.report_obstacle import ObstacleRule
from alur.workflow.engine.acts.return_work import ReturnRule
from alur.workflow.engine.acts.schedule_meeting import ScheduleRule
from alur.workflow.engine.acts.submit import SubmitRule
from alur.workflow.engine.acts.suspend import ResumeRule, SuspendRule
from alur.workflow.engine.acts.upload import UploadRule
from alur.workflow.engine.acts.withdraw import WithdrawRule
from alur.workflow.engine.acts.withdraw_ask import WithdrawAskRule
from alur.workflow.engine.acts.withdraw_grant import WithdrawGrantRule
from alur.workflow.engine.acts.withdraw_signed import WithdrawSignedRule
from alur.workflow.engine.rule import Act, Rule


def of_kept(kept: Mapping[str, Any]) -> tuple[Rule[Any], Act]:
    """The act as a state keeps it, with its rule."""
    rule = next(item for kind, item in _BY_ACT.items() if kind.model_fields["act"].default == kept["act"])
    return rule, rule.act.model_validate(kept)


RULES: tuple[Rule[Any], ...] = (
    # rule                  leads to
    OpenCaseRule(),  #      a case, and the first desk
    DisposeRule(),  #       the next desk
    SubmitRule(),  #        the next desk
    ApproveRule(),  #       its products, the next desk
    ReturnRule(),  #        an earlier step, once more
    CloseMeetingRule(),  #  the next desk
    DirectRule(),  #        the next desk
    ArchiveRule(),  #       the end
    PresentRule(),
    AbsentRule(),
    RepresentRule(),
    ScheduleRule(),  #      a date, and the limit that follows from it
    CancelMeetingRule(),  # the clock stands still
    NadineRule(),
    AttendanceRule(),
    UploadRule(),  #        a version
    WithdrawRule(),  #      a version less
    WithdrawSignedRule(),  # likewise
    AskRule(),
    WithdrawAskRule(),
    AnswerQuestionRule(),
    ObstacleRule(),
    GrantRule(),  #         a later limit
    WithdrawGrantRule(),  # the limit as it was before
    NudgeRule(),
    HandOverRule(),
    HandOverInvitedRule(),
    RecordPaperRule(),  #   what the act on paper leads to
    AssignRule(),  #        one holder's alone, or everybody's again
    ReopenRule(),  #        an earlier step, once more
    HandOnRule(of_kept),  #        what a held decision leads to
    WithdrawDecisionRule(),  # the task is open again
    SuspendRule(),  #       the case stands still
    ResumeRule(),  #        later limits
    CancelCaseRule(),  #    an end without a result
    CorrectRule(),  #       what was typed wrong as it should have been
    RecountRule(),  #       the limit by a changed calendar
)

_BY_NAME = {rule.name: rule for rule in RULES if rule.name}
_BY_ACT: dict[type[Act], Rule[Any]] = {rule.act: rule for rule in RULES}


def named(name: str) -> Rule[Any] | None:
    """The rule that a button or a form of that name begins; None where there is none."""
    return _BY_NAME.get(name)


def of_act(act: Act) -> Rule[Any]:
    return _BY_ACT[type(act)]
