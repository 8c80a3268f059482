"""The files before a card: which versions a reader sees at a task, and the key that names exactly these."""

from dataclasses import replace
from hashlib import sha256

from alur.views import calendar_file, limits
from alur.views.environment import render, vocabulary
from alur.views.screen import Attachment, Reader
from alur.views.words import document_title
from alur.workflow.case import UNIT_FILE, Case, Task, Version
from alur.workflow.engine import Situation
from alur.workflow.engine.meetings import in_calendars
from alur.workflow.engine.papers import missing_documents
from alur.workflow.engine.standing import Standing, standing
from alur.workflow.engine.versions import key_of
from alur.workflow.sop import BRINGS, TaskKind


def attachments(s: Situation, task: Task, own: Standing, reader: Reader) -> tuple[Attachment, ...]:
    """The files as they stand; of a closed task, as they stood when it closed."""
    shown = [_of_version(s, version) for version in versions(s, task, own, reader)]
    shown += of_meeting(s, task, own)
    if own in (Standing.HOLDER, Standing.HELPER):
        shown += _of_returns(s, task)
    return tuple(shown)


def files_key(files: tuple[Attachment, ...]) -> str:
    names = (str(item.version) if item.version is not None else item.file.sha256 for item in files)
    return sha256(" ".join(names).encode()).hexdigest()[:12]


def versions(s: Situation, task: Task, own: Standing, reader: Reader) -> tuple[Version, ...]:
    if task.closing is not None:
        if (
            own in (Standing.HOLDER, Standing.HELPER, Standing.ABSENT)
            and task.kind not in BRINGS
            and task.kind is not TaskKind.ARCHIVE
        ):
            found = (s.case.version(number) for number in task.closing.decided)
            return tuple(version for version in found if version is not None)
        s = replace(s, case=_as_of_closing(s.case, task))
    match own:
        case Standing.HOLDER | Standing.HELPER:
            return _of_desk(s, task, own, reader)
        case Standing.PARTICIPANT | Standing.OUTSIDE:
            return _sent(s, task, reader)
        case Standing.ABSENT | Standing.COLLEAGUE | Standing.ONLOOKER:
            return ()


def papers(s: Situation, task: Task, reader: Reader, readable: tuple[Version, ...]) -> tuple[Version, ...]:
    """What the reader's card of the task is about, of what he may read, newest first: its files, what its desk works on and has
    brought, and the signed copies of letters among these.
    """
    own, _ = standing(s, task, reader.member, reader.roles)
    found = [*versions(s, task, own, reader)]
    if own.is_desk:
        found += _newest(s.case, s.step(task).needs)
        brought = {key_of(item): item for item in s.case.versions if item.task == task.id and not item.withdrawn}
        found += brought.values()
    found += _newest(s.case, tuple(dict.fromkeys(item.document for item in found)), signed=True)
    return tuple(sorted((item for item in readable if item in found), key=lambda item: item.id, reverse=True))


def _of_desk(s: Situation, task: Task, own: Standing, reader: Reader) -> tuple[Version, ...]:
    needs = _newest(s.case, s.step(task).needs)
    match task.kind:
        case TaskKind.ARCHIVE:
            return needs + _newest(s.case, s.step(task).needs, signed=True)
        case TaskKind.CONVENE:
            accepted = _newest(s.case, s.definition(task).accepts)
            brought = tuple(item for item in accepted if item.by.member != reader.member)
            if own is Standing.HOLDER and not missing_documents(s, task):
                # Complete: he sees what *Rapat Selesai* decides over, if somebody else brought it.
                brought += tuple(item for item in s.under_decision(task) if item.by.role != task.role)
            return needs + brought
        case TaskKind.PREPARE:
            return needs
        case _:
            return s.under_decision(task)


def _sent(s: Situation, task: Task, reader: Reader) -> tuple[Version, ...]:
    """What the task sends, and the file made for the reader's own unit; never another unit's. The invitation to a
    meeting that was cancelled invites nobody.
    """
    last = s.case.last_meeting(task.step)
    if last and last.cancelled_at and s.definition(task).participants:
        return ()
    of_unit = s.case.newest(UNIT_FILE, unit=reader.unit) if reader.unit else None
    return _newest(s.case, s.definition(task).sends) + ((of_unit,) if of_unit else ())


def _newest(case: Case, documents: tuple[str, ...], *, signed: bool = False) -> tuple[Version, ...]:
    found = (case.newest(document, signed=signed) for document in documents)
    return tuple(version for version in found if version is not None)


def _as_of_closing(case: Case, task: Task) -> Case:
    """The case with the versions that there were when the task closed; what the closing itself made came after."""
    closed_at = task.closing.recorded_at if task.closing else case.opened_at
    kept = tuple(
        item
        for item in case.versions
        if item.at <= closed_at and not (item.task == task.id and item.source is not None)
    )
    return case.model_copy(update={"versions": kept})


def _of_version(s: Situation, version: Version) -> Attachment:
    title, number = document_title(s.sop, version), version.number
    caption = _caption(title, number=number)
    return Attachment(version=version.id, file=version.file, caption=caption, title=title, number=number)


def of_meeting(s: Situation, task: Task, own: Standing) -> list[Attachment]:
    """The meeting for the calendars of those who take part; a cancelled one to be taken out of them."""
    meeting = in_calendars(s, task, own)
    if meeting is None:
        return []
    file, content = calendar_file.file_of(s, meeting)
    title = vocabulary("titles")["calendar_cancelled" if meeting.cancelled_at else "calendar"]
    return [Attachment(version=None, file=file, caption=_caption(title), content=content, title=title)]


def _of_returns(s: Situation, task: Task) -> list[Attachment]:
    """Photos, files and voice notes in which open returns give their reasons."""
    back = [item for item in s.case.returns if item.id in task.returns]
    title = vocabulary("titles")["notes"]
    caption = _caption(title)
    found = (item.file for item in reversed(back) if item.file)
    return [Attachment(version=None, file=file, caption=caption, title=title) for file in found]


def _caption(title: str, *, number: int | None = None) -> str:
    return render("caption.html", {"title": title, "number": number}, limit=limits.CAPTION)
