"""What a call to Telegram has left in a chat, as `steps` writes it down."""

from dataclasses import dataclass
from typing import Any

from telegram import Message

from alur.services.work import Work
from alur.storage import file_store, messages
from alur.storage.messages import CaseFile
from alur.views.screen import Attachment
from alur.workflow.files import FileRef
from bot.telegram.sending import file_id_of


@dataclass(frozen=True, kw_only=True)
class Sent:
    message_id: int
    about: dict[str, Any]
    file: FileRef | None = None
    file_id: str | None = None  # under which Telegram knows the file
    case_id: int | None = None  # of the file


def sent_file(item: Attachment, message: Message, about: dict[str, Any], case_id: int | None) -> Sent:
    """The message that brought a file of a case; `about` becomes more exact where the file is a version."""
    about = about if item.version is None else {**about, "version": item.version}
    file_id = file_id_of(message, item.file.kind)
    return Sent(message_id=message.message_id, about=about, file=item.file, file_id=file_id, case_id=case_id)


def record(work: Work, chat_id: int, sent: tuple[Sent, ...]) -> None:
    for item in sent:
        kept = None
        if item.file is not None and item.case_id is not None:
            kept = CaseFile(case_id=item.case_id, sha256=item.file.sha256, name=item.file.name)
        messages.record(work.session, chat_id, item.message_id, item.about, file=kept)
        if item.file is not None and item.file_id is not None:
            file_store.remember_file_id(work.session, item.file, item.file_id)
