"""*Tarik Pertanyaan*: whoever asked takes a question back that nobody has answered; it went to the wrong desk."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Question
from alur.workflow.engine.rule import Act, Row, Rule
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import AlreadyAnswered, NoLongerAsked, NotHolder, Unknown
from alur.workflow.events import Event, QuestionWithdrawn
from alur.workflow.forms import Field, Form, Option
from alur.workflow.people import Actor
from alur.workflow.presses import On

LONGEST = 200  # characters of a question by which it is known again


class WithdrawAsk(Act):
    act: Literal["withdraw_ask"] = "withdraw_ask"
    question: int | None = None  # None: the only one of his that waits, of the task or of the case
    task: int | None = None


class WithdrawAskRule(Rule[WithdrawAsk]):
    """The only one that waits is taken back by the tap; of several, one is chosen. Also when its task has closed since: then it
    stands on /status.
    """

    act, name, names, row = WithdrawAsk, "withdraw_ask", ("question",), Row.MORE
    asks = True
    on_status = True
    answer = "question_withdrawn"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        if on.question is not None:
            return _asker(s, member, _question(s, on.question))
        own = _waiting(s, member, on) or _own(s, member, on)
        if not own:
            raise Unknown(subject=f"{s.case.code}.{on.task} {self.name}")
        return _asker(s, member, own[0])

    def form(self, s: Situation, member: int, on: On) -> Form | None:
        own = _waiting(s, member, on)
        if on.question is not None or len(own) == 1:
            return None
        options = tuple(Option(value=str(item.id), label=_named(s, item)) for item in own)
        return self.asking(s, On(), fields=(Field(name="question", kind="choice", options=options),))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> WithdrawAsk:
        chosen = int(form.answers["question"]) if form is not None else on.question
        return WithdrawAsk(by=member, question=chosen, task=on.task)

    def decide(self, s: Situation, act: WithdrawAsk) -> tuple[Event, ...]:
        on = On(question=act.question, task=act.task)
        actor = self.may(s, act.by, on)
        number = act.question if act.question is not None else _waiting(s, act.by, on)[0].id
        return (QuestionWithdrawn(question=number, by=actor, at=s.at),)


def check_asked(question: Question) -> None:
    """Raises the refusal that says why it is no longer to be answered, or taken back."""
    if question.answered_by is not None and question.answered_at is not None:
        raise AlreadyAnswered(**question.answered_by.as_facts, at=question.answered_at)
    if question.withdrawn_at is not None:
        raise NoLongerAsked(**question.by.as_facts, at=question.withdrawn_at)


def _asker(s: Situation, member: int, question: Question) -> Actor:
    """Alone: another of his desk may wait for the answer, too, and asks him."""
    actor = s.actor(member, (question.by.role,))
    if question.by.member != member:
        raise NotHolder(role=question.by.role)
    check_asked(question)
    return actor


def _own(s: Situation, member: int, on: On) -> tuple[Question, ...]:
    """What he asked, of one task or of the case; the newest first. Where nothing of it waits, the last one says why."""
    return tuple(
        item for item in reversed(s.case.questions) if item.by.member == member and on.task in (None, item.task)
    )


def _waiting(s: Situation, member: int, on: On) -> tuple[Question, ...]:
    """Those that nobody has answered."""
    return tuple(item for item in _own(s, member, on) if item.is_open)


def _question(s: Situation, number: int) -> Question:
    question = s.case.question(number)
    if question is None:
        raise Unknown(subject=f"{s.case.code}?{number}")
    return question


def _named(s: Situation, question: Question) -> str:
    return f"{s.sop.role(question.to_role).title}: {question.text[:LONGEST]}"
