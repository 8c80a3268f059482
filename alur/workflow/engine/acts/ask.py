"""*Tanya*: a holder asks any desk of the case something without deciding."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Question, Task
from alur.workflow.engine.rule import Row, Rule, TaskAct
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import TOLD, words_of
from alur.workflow.errors import FieldMissing, Unknown
from alur.workflow.events import Event, QuestionAsked
from alur.workflow.forms import Field, Form, Option
from alur.workflow.people import Actor
from alur.workflow.presses import On, known


class Ask(TaskAct):
    act: Literal["ask"] = "ask"
    to_role: str
    text: str


class AskRule(Rule[Ask]):
    act, name, row = Ask, "ask", Row.HELP
    asks = True
    answer = "question_sent"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        task = s.task(on.task)
        actor = s.actor_at(task, member)
        s.open_task(task.id)
        return actor

    def form(self, s: Situation, member: int, on: On) -> Form:
        roles = tuple(Option(value=role, label=s.sop.role(role).title) for role in desks(s, s.task(on.task)))
        return self.asking(s, on, fields=(Field(name="role", kind="choice", options=roles), TOLD))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> Ask:
        answers = known(form, "form").answers
        return Ask(by=member, task=known(on.task, "task"), to_role=answers["role"], text=answers["text"])

    def decide(self, s: Situation, act: Ask) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(task=act.task))
        if act.to_role not in desks(s, s.task(act.task)):
            raise Unknown(subject=act.to_role)
        text = words_of(act.text, "question")
        if text is None:
            raise FieldMissing(field="question")
        number = len(s.case.questions) + 1
        question = Question(id=number, task=act.task, by=actor, to_role=act.to_role, text=text, at=s.at)
        return (QuestionAsked(question=question),)


def desks(s: Situation, task: Task) -> tuple[str, ...]:
    """Whom the holder of `task` may ask: the roles that have a task of their own in the SOP, but for his."""
    roles = (definition.role for step in s.sop.steps for definition in step.tasks)
    return tuple(role for role in dict.fromkeys(roles) if role != task.role)
