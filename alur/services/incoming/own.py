"""A person's own messages: taken as what they are, and remembered with that, so that a change inside one finds it
(`edits`). Called by the handlers.
"""

from dataclasses import dataclass

from alur.services.incoming import files, texts, unwanted
from alur.services.incoming.replies import Reply
from alur.services.work import Effect, Work
from alur.storage import own_messages
from alur.storage.members import Member
from alur.workflow.files import FileRef
from alur.workflow.taken import AsNothing, Taken


@dataclass(frozen=True, kw_only=True)
class Own:
    """What a message of a person's says."""

    message_id: int
    words: str  # the text, or what stands under the file
    file: str | None  # `file_unique_id` of the Bot API


def text(work: Work, member: Member, *, own: Own, reply: Reply | None) -> Effect:
    taken = texts.text(work, member, body=own.words, reply=reply, message_id=own.message_id)
    remember(work, member, own, taken)
    return Effect.NOTHING if isinstance(taken, AsNothing) else Effect.CHANGE


def not_understood(work: Work, member: Member, *, own: Own) -> None:
    texts.not_understood(work, member)
    remember(work, member, own, AsNothing())


def take(work: Work, *, telegram_id: int, own: Own, file: FileRef, reply: Reply | None) -> None:
    """A stored file, with what stands under it."""
    member = work.member(telegram_id)
    taken = files.take(
        work, telegram_id=telegram_id, message_id=own.message_id, file=file, caption=own.words, reply=reply
    )
    if member is not None:
        remember(work, member, own, taken)


def refuse(
    work: Work,
    *,
    telegram_id: int,
    own: Own,
    name: str | None,
    reason: str,
    reply: Reply | None,
    found: str | None = None,
    named: str | None = None,
) -> None:
    """A file that is not taken. Where it stands in the place of one that was, that one stays what it is."""
    unwanted.refuse(work, telegram_id=telegram_id, name=name, reason=reason, reply=reply, found=found, named=named)
    member = work.member(telegram_id)
    if member is not None:
        before = own_messages.get(work.session, telegram_id, own.message_id)
        remember(work, member, own, before.taken if before else AsNothing())


def remember(work: Work, member: Member, own: Own, taken: Taken) -> None:
    own_messages.remember(
        work.session,
        member.telegram_id,
        own.message_id,
        words=own.words,
        file=own.file,
        taken=taken,
        at=work.now,
        said_at=work.at,
    )
