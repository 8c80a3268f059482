"""*Setujui*: the versions shown are good; approval makes the products of the step."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Outcome, Task, Version
from alur.workflow.engine.advance import chosen, close, forward, is_last_review
from alur.workflow.engine.drafts import OverDraftsRule, check_not_own
from alur.workflow.engine.rule import HandingOn
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.versions import needs_note, next_number
from alur.workflow.engine.words import TOLD, check_words, ticks_and_text, worded, words_of
from alur.workflow.errors import DocumentsMissing, NoteMissing
from alur.workflow.events import Event, VersionAdded
from alur.workflow.forms import Form
from alur.workflow.people import Actor
from alur.workflow.presses import On
from alur.workflow.sop import TaskKind


class Approve(HandingOn):
    act: Literal["approve"] = "approve"
    ticks: tuple[str, ...] = ()
    text: str | None = None


class ApproveRule(OverDraftsRule[Approve]):
    act, name, kind = Approve, "approve", TaskKind.REVIEW
    asks = True
    answer, values = "recorded", {"outcome": Outcome.APPROVED.value}

    def always_asks(self, s: Situation, task: Task) -> bool:
        return s.definition(task).with_disposition

    def form(self, s: Situation, member: int, on: On) -> Form | None:
        """An instruction goes with it where the SOP says so; a note where nothing was changed after a return."""
        task = self._task(s, on)
        if s.definition(task).with_disposition:
            return self.asking(s, on, **worded(s, task))
        return self.asking(s, on, fields=(TOLD,)) if needs_note(s, task) else None

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> Approve:
        ticks, text = ticks_and_text(form)
        return Approve(by=member, **self.decided_on(on), ticks=ticks, text=text)

    def decide(self, s: Situation, act: Approve) -> tuple[Event, ...]:
        task, actor = self.decider(s, act)
        check_not_own(s, s.under_decision(task), act.by)
        if s.definition(task).with_disposition:
            ticks, text = check_words(s, task, act.ticks, act.text)
        else:
            ticks, text = (), words_of(act.text, "text")
        if needs_note(s, task) and text is None:
            raise NoteMissing(step=task.step)
        way = chosen(s.definition(task).ways, act.way)
        return (
            close(s, task, actor, Outcome.APPROVED, ticks=ticks, text=text, way=way),
            *_products(s, task, actor),
            *forward(s, task, actor, way),
        )


def _products(s: Situation, task: Task, actor: Actor) -> tuple[VersionAdded, ...]:
    """The step's last approval makes the newest version of each source the next version of its product, same bytes. Where
    these are those of the product's newest version, the number stays.
    """
    made: list[VersionAdded] = []
    if not is_last_review(s, task):
        return ()
    for source, product in s.step(task).sources.items():
        version = s.case.newest(source)
        if version is None:
            raise DocumentsMissing(documents=(source,))
        before = s.case.newest(product)
        is_same = before is not None and before.file.sha256 == version.file.sha256
        copy = Version(
            id=len(s.case.versions) + len(made) + 1,
            document=product,
            number=before.number if before is not None and is_same else next_number(s.case, product),
            file=version.file,
            by=actor,
            at=s.at,
            step=task.step,
            task=task.id,
            source=version.id,
        )
        made.append(VersionAdded(version=copy, use="product"))
    return tuple(made)
