"""Questions: a holder asks any desk of the case something without deciding (*Tanya*, *Jawab*)."""

from alur.workflow.acts import AnswerQuestion, Ask
from alur.workflow.case import Question, Task
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import words_of
from alur.workflow.errors import AlreadyAnswered, FieldMissing, Unknown
from alur.workflow.events import Event, QuestionAnswered, QuestionAsked


def desks(s: Situation, task: Task) -> tuple[str, ...]:
    """Whom the holder of `task` may ask: the roles that have a task of their own in the SOP, but for his."""
    roles = (definition.role for step in s.sop.steps for definition in step.tasks)
    return tuple(role for role in dict.fromkeys(roles) if role != task.role)


def ask(s: Situation, act: Ask) -> tuple[Event, ...]:
    task = s.case.task(act.task)
    if task is None:
        raise Unknown(subject=f"{s.case.code}.{act.task}")
    actor = s.actor(act.by, (task.role,))
    s.open_task(task.id)
    if act.to_role not in desks(s, task):
        raise Unknown(subject=act.to_role)
    text = words_of(act.text, "question")
    if text is None:
        raise FieldMissing(field="question")
    question = Question(id=len(s.case.questions) + 1, task=task.id, by=actor, to_role=act.to_role, text=text, at=s.at)
    return (QuestionAsked(question=question),)


def answer_question(s: Situation, act: AnswerQuestion) -> tuple[Event, ...]:
    question = s.case.question(act.question)
    if question is None:
        raise Unknown(subject=f"{s.case.code}?{act.question}")
    actor = s.actor(act.by, (question.to_role,))
    if question.answered_by is not None and question.answered_at is not None:
        raise AlreadyAnswered(role=question.to_role, by=question.answered_by.name, at=question.answered_at)
    text = words_of(act.text, "answer")
    if text is None:
        raise FieldMissing(field="answer")
    return (QuestionAnswered(question=question.id, answer=text, by=actor, at=s.at),)
