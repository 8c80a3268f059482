"""*Kembalikan*: an earlier step is done again, with the reason why."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Outcome, Return
from alur.workflow.engine.advance import back, close
from alur.workflow.engine.rule import Deciding, DecisionRule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import SHORTEST_REASON, words_of
from alur.workflow.errors import ReasonMissing, Unknown
from alur.workflow.events import Event, WorkReturned
from alur.workflow.files import FileRef
from alur.workflow.forms import Field, Form, Option, file_of
from alur.workflow.people import Actor
from alur.workflow.presses import On, known
from alur.workflow.sop import TaskKind
from alur.workflow.written import LONGEST_WORDS

REASON = Field(name="reason", kind="reason", least=SHORTEST_REASON, most=LONGEST_WORDS)


class ReturnWork(Deciding):
    act: Literal["return"] = "return"
    documents: tuple[str, ...] = ()  # none means all
    reason: str | None = None
    file: FileRef | None = None  # a photo, file or voice note of the corrections


class ReturnRule(DecisionRule[ReturnWork]):
    act, name, kind = ReturnWork, "return", TaskKind.REVIEW
    asks = True
    answer, values = "recorded", {"outcome": Outcome.RETURNED.value}

    def may(self, s: Situation, member: int, on: On) -> Actor:
        actor = super().may(s, member, on)
        if s.definition(self._task(s, on)).returns_to is None:
            raise Unknown(subject=f"{s.case.code}.{on.task}")
        return actor

    def form(self, s: Situation, member: int, on: On) -> Form:
        """Which of several documents are deficient; with one there is nothing to tick."""
        versions = s.under_decision(self._task(s, on))
        options = tuple(Option(value=item.document, label=s.sop.document(item.document).title) for item in versions)
        ticks = (Field(name="documents", kind="ticks", options=options),) if len(versions) > 1 else ()
        return self.asking(s, on, fields=(*ticks, REASON))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> ReturnWork:
        form = known(form, "form")
        answers = form.answers
        return ReturnWork(
            by=member,
            task=known(on.task, "task"),
            revision=on.revision,
            documents=tuple(answers.get("documents", ())),
            reason=answers.get("reason"),
            file=file_of(form),
        )

    def decide(self, s: Situation, act: ReturnWork) -> tuple[Event, ...]:
        task, actor = self.decider(s, act)
        to_step = s.definition(task).returns_to
        if to_step is None:
            raise Unknown(subject=f"{s.case.code}.{task.id}")
        reason = words_of(act.reason, "reason", least=1 if act.file else SHORTEST_REASON)
        if act.file is None and reason is None:
            raise ReasonMissing(field="reason", least=SHORTEST_REASON, length=0)
        decided = tuple(version.document for version in s.under_decision(task))
        if unknown := set(act.documents) - set(decided):
            raise Unknown(subject=min(unknown))
        returned = Return(
            id=len(s.case.returns) + 1,
            task=task.id,
            to_step=to_step,
            documents=tuple(item for item in decided if item in act.documents) or decided,
            by=actor,
            at=s.at,
            reason=reason,
            file=act.file,
        )
        return (
            close(s, task, actor, Outcome.RETURNED, text=reason),
            WorkReturned(back=returned),
            *back(s, task, actor, to_step=to_step, returned=returned.id),
        )
