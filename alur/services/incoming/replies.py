"""What a message replies to. Told apart: a message of ours that we know, one of ours whose id was lost, anything else."""

from dataclasses import dataclass
from typing import Any

from alur.services.work import Work
from alur.storage import messages
from alur.storage.members import Member


@dataclass(frozen=True, kw_only=True)
class Reply:
    message_id: int
    to_bot: bool  # whether the message that is replied to is ours


def about(work: Work, member: Member, reply: Reply | None) -> dict[str, Any] | None:
    """The subject of the message that is replied to; None where it has none, or there is no reply."""
    return messages.about(work.session, member.telegram_id, reply.message_id) if reply else None


def is_orphan(work: Work, member: Member, reply: Reply) -> bool:
    """A message of ours that is not of record: the answer to its sending was lost, and it stands there twice."""
    return reply.to_bot and about(work, member, reply) is None
