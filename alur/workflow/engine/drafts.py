"""Whose draft a version is: nobody decides over his own (DESIGN §4, "Guards")."""

from alur.workflow.case import Case, Task, Version
from alur.workflow.engine.rule import A, HandingOnRule
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import OwnDraft
from alur.workflow.forms import Form
from alur.workflow.people import Actor
from alur.workflow.presses import On
from alur.workflow.sop import TaskKind
from alur.workflow.written import is_longer_spelling


class OverDraftsRule(HandingOnRule[A]):
    """One that decides over what others have brought: said at the press already, before anything is asked."""

    def begin(self, s: Situation, member: int, on: On) -> Form | None:
        self.check_running(s)
        self.may(s, member, on)
        check_not_own(s, s.under_decision(self._task(s, on)), member)
        return self.form(s, member, on)


def check_not_own(s: Situation, versions: tuple[Version, ...], member: int) -> None:
    """Whoever brought or submitted a version at a `prepare` task may neither approve nor dispose that version (DOMAIN, "People").
    A product is judged by the version it was made from. Who signed on paper and is no member is known by his name, however much
    of it is written.
    """
    signer = s.signer if s.signer is not None and s.signer.member == member else None
    for shown in versions:
        version = shown
        while version.source is not None:
            version = s.case.versions[version.source - 1]
        if any(_is_his(by, member, signer) for by in _drafters(s.case, version)):
            raise OwnDraft(document=version.document)


def is_undecidable(s: Situation, task: Task) -> bool:
    """Whether everybody who holds the role has a draft of his own before him. A desk that nobody holds waits for another reason."""
    holders = s.holders(task)
    return bool(holders) and all(has_own(s, task, item.member) for item in holders)


def has_own(s: Situation, task: Task, member: int) -> bool:
    """Whether the member would have a draft of his own before him there."""
    if task.kind not in (TaskKind.DISPOSE, TaskKind.REVIEW):
        return False
    try:
        check_not_own(s, s.under_decision(task), member)
    except OwnDraft:
        return True
    return False


def _is_his(by: Actor, member: int, signer: Actor | None) -> bool:
    """Whether the member drafted it; where one of the two has no account, whether the signer's name says so."""
    if by.member and member:
        return by.member == member
    return signer is not None and is_longer_spelling(by.name, signer.name)


def _drafters(case: Case, version: Version) -> tuple[Actor, ...]:
    """Who brought the version at a `prepare` task, and who submitted it at one: after a return also unchanged."""
    prepared = [task for task in case.tasks if task.kind is TaskKind.PREPARE]
    brought = tuple(version.by for task in prepared if task.id == version.task)
    closings = {task.id: task.closing for task in prepared if task.closing}
    submitted = (
        closing.by for number, closing in closings.items() if number == version.task or version.id in closing.decided
    )
    return (*brought, *submitted)
