"""*Jawab*: the desk that was asked answers; by a reply to the question as well."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Question
from alur.workflow.engine.acts.withdraw_ask import check_asked
from alur.workflow.engine.rule import Act, Rule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import TOLD, words_of
from alur.workflow.errors import FieldMissing, Unknown
from alur.workflow.events import Event, QuestionAnswered
from alur.workflow.forms import Form
from alur.workflow.people import Actor
from alur.workflow.presses import On, known


class AnswerQuestion(Act):
    act: Literal["answer_question"] = "answer_question"
    question: int
    text: str


class AnswerQuestionRule(Rule[AnswerQuestion]):
    act, name, names = AnswerQuestion, "answer", ("question",)
    asks = True
    while_suspended = True
    answer = "answer_sent"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        question = _question(s, on)
        actor = s.actor(member, (question.to_role,))
        check_asked(question)
        return actor

    def form(self, s: Situation, member: int, on: On) -> Form:
        task = s.case.task(_question(s, on).task)
        return self.asking(s, on, step=task.step if task else None, fields=(TOLD,))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> AnswerQuestion:
        text = known(form, "form").answers["text"]
        return AnswerQuestion(by=member, question=known(on.question, "question"), text=text)

    def decide(self, s: Situation, act: AnswerQuestion) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(question=act.question))
        text = words_of(act.text, "answer")
        if text is None:
            raise FieldMissing(field="answer")
        return (QuestionAnswered(question=act.question, answer=text, by=actor, at=s.at),)


def _question(s: Situation, on: On) -> Question:
    question = s.case.question(known(on.question, "question"))
    if question is None:
        raise Unknown(subject=f"{s.case.code}?{on.question}")
    return question
