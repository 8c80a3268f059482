"""Typed texts and commands. Whoever is not enrolled is refused politely, or enrolled by the code of an invitation."""

import re
from collections.abc import Callable

from telegram import Message, Update

from alur.services import enrolment, forms, reading, screens
from alur.services.replies import Reply
from alur.services.work import Work
from alur.storage.members import Member
from handlers.context import Context

CODE = re.compile(r"[A-Za-z0-9_-]{22}")  # an invitation as `alur invite` writes it
SCREENS: dict[str, Callable[[Work, Member], object]] = {
    "tugas": screens.tasks,
    "status": screens.status,
    "berkas": reading.documents,
    "riwayat": reading.history,
    "bantuan": screens.help_,
    "start": screens.start,
    "mulai": screens.open_case,
}


async def command(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or message.from_user is None or not message.text:
        return
    name, _, argument = message.text.partition(" ")
    name = name.removeprefix("/").partition("@")[0].lower()
    await context.transact(_command, person=message.from_user.id, name=name, argument=argument.strip())


async def text(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or message.from_user is None or message.text is None:
        return
    await context.transact(
        _text,
        person=message.from_user.id,
        body=message.text,
        reply=reply_of(message),
    )


def reply_of(message: Message) -> Reply | None:
    """What the message replies to; in a private chat a bot's message is ours."""
    replied = message.reply_to_message
    if replied is None:
        return None
    return Reply(message_id=replied.message_id, to_bot=bool(replied.from_user and replied.from_user.is_bot))


def _command(work: Work, *, person: int, name: str, argument: str) -> None:
    member = work.member(person)
    if name == "start" and argument:
        enrolment.enrol(work, telegram_id=person, code=argument)
    elif member is None:
        enrolment.refuse_stranger(work, telegram_id=person, what=f"/{name}"[:32])
    elif name == "batal":
        forms.cancel(work, telegram_id=person)
    elif name in SCREENS:
        SCREENS[name](work, member)
    else:
        screens.not_understood(work, member)


def _text(work: Work, *, person: int, body: str, reply: Reply | None) -> None:
    member = work.member(person)
    if CODE.fullmatch(body.strip()) and (member is None or screens.is_invitation(work, body.strip())):
        enrolment.enrol(work, telegram_id=person, code=body.strip())
    elif member is None:
        enrolment.refuse_stranger(work, telegram_id=person, what="text")
    else:
        screens.text(work, member, body=body, reply=reply)
