"""What a person changes inside a message that he has sent. While what it was taken as is still his to change, the change is
taken as he would send it anew: another text for the field, another version of the document. Afterwards he is told once that
it does not count; a decision is never made, nor undone, by a change.
"""

from alur.services.incoming import files, form_amended
from alur.services.incoming.own import Own, remember
from alur.services.incoming.places import Place, places_in
from alur.services.incoming.replies import Reply
from alur.services.people.office import refuse
from alur.services.tell import tell
from alur.services.work import Work
from alur.storage import cases, messages, own_messages, uploads
from alur.storage.members import Member
from alur.storage.own_messages import OwnMessage
from alur.workflow import notices
from alur.workflow.case import Version
from alur.workflow.errors import MessageChanged
from alur.workflow.files import FileRef
from alur.workflow.matching import match
from alur.workflow.office.attempts import Attempt
from alur.workflow.taken import AsAct, AsAnswer, AsNothing, AsUpload, Taken


def wants_file(work: Work, *, telegram_id: int, own: Own) -> bool:
    """Before anything is fetched, and without writing: whether the file that the message holds now is taken."""
    member = work.member(telegram_id)
    before = _before(work, telegram_id, own)
    if member is None or before is None:
        return False
    is_other = before.file != own.file
    if version := _version(work, member, own):
        return is_other and _place(work, member, *version) is not None
    match before.taken:
        case AsAnswer(parts=parts):
            return not parts or (is_other and form_amended.takes_file(work, member, before.taken))
        case AsUpload(upload=number):
            return is_other or not _is_asked(work, number)
        case AsNothing():
            return True
        case AsAct():
            return False


def changed(work: Work, *, telegram_id: int, own: Own, reply: Reply | None, file: FileRef | None = None) -> None:
    """The message says something else now; `file` is what it holds, where that was fetched. What changes nothing (Telegram
    tells of a link's preview too) and what is not of record has no effect.
    """
    member = work.member(telegram_id)
    before = _before(work, telegram_id, own)
    if member is None or before is None:
        return
    taken = None if own.file is None and own.words.startswith("/") else _taken(work, member, before, own, reply, file)
    if taken is not None:
        remember(work, member, own, taken)
        return
    is_other = before.file not in (None, own.file)  # which weighs more than another word under it
    if before.told_at is None or is_other:
        refuse(work, Attempt(what="edited", by=member.id), MessageChanged())
        about = {"is_file": own.file is not None, "is_version": _version(work, member, own) is not None}
        tell(work, member, notices.MessageChanged(**about, is_recorded=isinstance(before.taken, AsAct | AsAnswer)))
        own_messages.told(work.session, telegram_id, own.message_id, at=work.now, of_file=is_other)


def _before(work: Work, telegram_id: int, own: Own) -> OwnMessage | None:
    """What the message said; None where it says the same, or nothing is known of it."""
    found = own_messages.get(work.session, telegram_id, own.message_id)
    return None if found is None or found.says(own.words, own.file) else found


def _taken(
    work: Work, member: Member, before: OwnMessage, own: Own, reply: Reply | None, file: FileRef | None
) -> Taken | None:
    """What the change was taken as; None where it does not count."""
    is_other = before.file != own.file
    if version := _version(work, member, own):
        return _as_version(work, member, *version, own, file) if file or not is_other else None
    match before.taken:
        case AsAnswer(parts=parts) if parts or own.file is None:
            if is_other and file is None:
                return None
            is_file = own.file is not None
            return form_amended.amend(work, member, before.taken, words=own.words, file=file, is_file=is_file)
        case AsUpload(upload=number) if _is_asked(work, number):
            return _asked_anew(work, member, number, own, reply, file, is_other=is_other)
        case AsAct():
            return None
        case _:
            return _as_new(work, member, own, reply, file) if file is not None else None


def _as_new(work: Work, member: Member, own: Own, reply: Reply | None, file: FileRef) -> Taken:
    return files.take(
        work, telegram_id=member.telegram_id, message_id=own.message_id, file=file, caption=own.words, reply=reply
    )


def _version(work: Work, member: Member, own: Own) -> tuple[int, Version] | None:
    """The case, and the version that the message brought, if it did."""
    about = messages.about(work.session, member.telegram_id, own.message_id)
    record = cases.get(work.session, int(about["case_id"])) if about and "version" in about else None
    version = record.case.version(int(about["version"])) if record and about else None
    return (record.id, version) if record is not None and version is not None else None


def _places(work: Work, member: Member, case_id: int, version: Version) -> tuple[Place, ...]:
    """Where what he brings in its place may land: nowhere when the task that it was brought for is closed."""
    record = cases.get(work.session, case_id)
    task = record.case.task(version.task) if record and version.task is not None else None
    if task is None or not task.is_open:
        return ()
    return tuple(item for item in places_in(work, member, case_id) if item.slot.use not in ("replacement", "signed"))


def _place(work: Work, member: Member, case_id: int, version: Version) -> Place | None:
    """That of its own document."""
    return next((item for item in _places(work, member, case_id, version) if _is_of(version, item)), None)


def _is_of(version: Version, place: Place) -> bool:
    return (place.slot.document, place.slot.unit) == (version.document, version.unit)


def _as_version(
    work: Work, member: Member, case_id: int, version: Version, own: Own, file: FileRef | None
) -> Taken | None:
    """Another file is taken as in reply to the older one. Where its name, or the words under it, name another document, it
    becomes that, and the older one is taken back where it was. None where the task is closed.
    """
    if _place(work, member, case_id, version) is None:
        return None
    named = _named(_places(work, member, case_id, version), f"{own.words}; {file.name}" if file else own.words)
    if named is not None and not _is_of(version, named):
        files.move(work, member, named, version, file or version.file, own.message_id)
    elif file is not None:
        return _as_new(work, member, own, Reply(message_id=own.message_id, to_bot=False), file)
    return AsNothing()


def _named(places: tuple[Place, ...], text: str) -> Place | None:
    """The one whose title or alias occurs in the text."""
    candidates = tuple(item.candidate().model_copy(update={"is_asked": False}) for item in places)
    found = match(text, candidates)
    return next((item for item in places if item.id == found.one), None)


def _is_asked(work: Work, number: int) -> bool:
    """Whether it is still asked which document the file is."""
    upload = uploads.get(work.session, number)
    return upload is not None and upload.settled_at is None


def _asked_anew(
    work: Work,
    member: Member,
    number: int,
    own: Own,
    reply: Reply | None,
    file: FileRef | None,
    *,
    is_other: bool,
) -> Taken | None:
    """The file is taken as it is now, and the question about what it was is over where it stands."""
    upload = uploads.get(work.session, number)
    if upload is None or (is_other and file is None):
        return None
    files.give_up(work, member, upload)
    return _as_new(work, member, own, reply, file or upload.file)
