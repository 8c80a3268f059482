"""Decisions that are typed as a reply to a review card: they work as its buttons do, and live 24 hours at Telegram, where a
press lives 150 seconds. Called by `screens` for a text that no form waits for.
"""

from dataclasses import replace
from typing import Any

from alur.services.cases.perform import perform, record_refusal
from alur.services.incoming import copies, presses
from alur.services.incoming.copies import Copy
from alur.services.incoming.replies import Reply
from alur.services.tell import occasion, tell
from alur.services.work import Answer, Work, done, refused
from alur.storage import cases, sops
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.case import Task
from alur.workflow.engine.acts.approve import ApproveRule
from alur.workflow.engine.acts.return_work import ReturnRule, ReturnWork
from alur.workflow.presses import On, PressAct
from alur.workflow.sop import TaskKind
from alur.workflow.verdicts import Verdict, verdict

NO_REVISION = -1  # of a card that was sent before its revision was kept: any decision on it is out of date


def decide(work: Work, member: Member, *, text: str, reply: Reply | None, about: dict[str, Any] | None) -> bool:
    """Whether the text was a word on a review card; `about` is the subject of the message that is replied to. It decides at
    the revision that this message shows. Where a form opens, the form is the answer.
    """
    if reply is None or about is None or "task" not in about or "notice" in about:
        return False
    case_id = int(about["case_id"])
    record = cases.get(work.session, case_id)
    task = record.case.task(int(about["task"])) if record else None
    if task is None or task.kind is not TaskKind.REVIEW:
        return False
    sop = sops.get(work.session, record.case.sop_hash) if record else None
    found = verdict(text, sop.task(task.step, task.index).ways if sop else ())
    if found is None:
        return _hinted(work, member, case_id, task)
    copy = Copy(
        case_id=case_id,
        task=task.id,
        revision=int(about.get("revision", NO_REVISION)),
        message_id=reply.message_id,
    )
    answer = _applied(replace(work, is_typed=True), member, found, copy)
    if answer.is_refusal:
        refusal, facts = answer.values["refusal"], answer.values["facts"]
        tell(work, member, notices.Refused(case_id=case_id, task=task.id, refusal=refusal, facts=facts))
    elif answer.name == "recorded":
        values = {name: answer.values[name] for name in ("outcome", "to", "awaits", "vacant")}
        said = notices.Recorded(case_id=case_id, decided=task.id, **values)
        tell(work, member, said, once=occasion(notices.Recorded, case_id, task.id))
    return True


def _applied(work: Work, member: Member, found: Verdict, copy: Copy) -> Answer:
    if found.reason is None:
        rule = ApproveRule.name if found.approves else ReturnRule.name
        about = On(task=copy.task, revision=copy.revision, way=found.way)
        press = PressAct(rule=rule, case=copy.case_id, on=about)
        return presses.press(work, telegram_id=member.telegram_id, press=press, message_id=copy.message_id)
    if refusal := copies.used(work, member, copy):
        record_refusal(work, copy.case_id, member.id, button=ReturnRule.name, refusal=refusal.record())
        return refused(refusal)
    act = ReturnWork(by=member.id, task=copy.task, revision=copy.revision, reason=found.reason)
    made = perform(work, copy.case_id, act)
    if made.refusal:
        return refused(made.refusal)
    return done(ReturnRule(), made.case, copy.task, vacant=made.vacant)


def _hinted(work: Work, member: Member, case_id: int, task: Task) -> bool:
    """To whoever could decide with a reply: what it is to say."""
    if not task.is_open or work.office().appointment(member.id, (task.role,), work.at) is None:
        return False
    tell(work, member, notices.CardReply(case_id=case_id, task=task.id))
    return True
