"""review: approves (*Setujui*), or returns for correction (*Kembalikan*)."""

from alur.workflow.acts import Approve, ReturnWork
from alur.workflow.case import Case, Outcome, Return, Task, Version
from alur.workflow.engine.advance import back, close, forward
from alur.workflow.engine.prepare import needs_note
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import check_words, words_of
from alur.workflow.errors import DocumentsMissing, NoteMissing, OwnDraft, ReasonMissing, Unknown
from alur.workflow.events import Event, VersionAdded, WorkReturned
from alur.workflow.people import Actor
from alur.workflow.sop import TaskKind

SHORTEST_REASON = 5  # characters


def approve(s: Situation, act: Approve) -> tuple[Event, ...]:
    task, actor = s.deciding(act, TaskKind.REVIEW)
    versions = s.under_decision(task)
    _check_not_own(s, versions, act.by)
    if s.definition(task).with_disposition:
        ticks, text = check_words(s, task, act.ticks, act.text)
    else:
        ticks, text = (), words_of(act.text, "text")
    if needs_note(s, task) and text is None:
        raise NoteMissing(step=task.step)
    return (
        close(s, task, actor, Outcome.APPROVED, ticks=ticks, text=text),
        *_products(s, task, actor),
        *forward(s, task),
    )


def return_work(s: Situation, act: ReturnWork) -> tuple[Event, ...]:
    task, actor = s.deciding(act, TaskKind.REVIEW)
    to_step = s.definition(task).returns_to
    if to_step is None:
        raise Unknown(subject=f"{s.case.code}.{task.id}")
    reason = words_of(act.reason, "reason", least=1 if act.file else SHORTEST_REASON)
    if act.file is None and reason is None:
        raise ReasonMissing(least=SHORTEST_REASON, length=0)
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
        back(s, task, to_step=to_step, returned=returned.id),
    )


def _check_not_own(s: Situation, versions: tuple[Version, ...], member: int) -> None:
    """Whoever brought or submitted a version at a `prepare` task may not approve that version (DOMAIN, "People").
    A product is judged by the version it was made from.
    """
    for shown in versions:
        version = shown
        while version.source is not None:
            version = s.case.versions[version.source - 1]
        if member in _drafters(s.case, version):
            raise OwnDraft(document=version.document)


def _drafters(case: Case, version: Version) -> set[int]:
    """Who brought the version at a `prepare` task, and who submitted it at one: after a return also unchanged."""
    prepared = [task for task in case.tasks if task.kind is TaskKind.PREPARE]
    brought = {version.by.member for task in prepared if task.id == version.task}
    closings = {task.id: task.closing for task in prepared if task.closing}
    return brought | {
        closing.by.member
        for number, closing in closings.items()
        if number == version.task or version.id in closing.decided
    }


def _products(s: Situation, task: Task, actor: Actor) -> tuple[VersionAdded, ...]:
    """Approval makes the newest version of each source the next version of its product, same bytes."""
    made: list[VersionAdded] = []
    for source, product in s.step(task).sources.items():
        version = s.case.newest(source)
        if version is None:
            raise DocumentsMissing(documents=(source,))
        number = count_of(s.case, product) + 1
        next_id = len(s.case.versions) + len(made) + 1
        copy = Version(
            id=next_id,
            document=product,
            number=number,
            file=version.file,
            by=actor,
            at=s.at,
            step=task.step,
            task=task.id,
            source=version.id,
        )
        made.append(VersionAdded(version=copy, use="product"))
    return tuple(made)


def count_of(case: Case, document: str, *, unit: str | None = None, signed: bool = False) -> int:
    """How many versions there were, withdrawn ones too: a number is never given twice."""
    return sum((item.document, item.unit, item.signed) == (document, unit, signed) for item in case.versions)
