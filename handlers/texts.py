"""Typed texts and commands. Whoever is not enrolled is refused politely, or enrolled by the code of an invitation."""

import re
from collections.abc import Callable

from telegram import Message, Update

from alur.services import reports
from alur.services.incoming import forms, own, reading, screens, texts
from alur.services.incoming.own import Own
from alur.services.incoming.replies import Reply
from alur.services.people import appointed, enrolment, manage
from alur.services.work import Effect, Work
from alur.storage.members import Member
from alur.workflow.errors import CodesBlocked
from handlers import invitations
from handlers.context import Context
from handlers.own import own_of

COMMAND = re.compile(r"/(?P<name>\w+)(?:@\w+)?(?P<argument>.*)", re.DOTALL)
# A command that only shows something stands in `concerns.PLAIN` too; in the menus by `services/people/menus.py`, and with its
# words under `commands` in the vocabulary.
SCREENS: dict[str, Callable[[Work, Member], object]] = {
    "tugas": screens.tasks,
    "status": screens.status,
    "berkas": reading.documents,
    "riwayat": reading.history,
    "laporan": reports.show,
    "plh": appointed.show,
    "kelola": manage.show,
    "bantuan": screens.help_,
    "start": screens.start,
    "mulai": screens.open_case,
}


async def command(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or message.from_user is None or not message.text:
        return
    found = COMMAND.fullmatch(message.text)
    name, argument = (found["name"].lower(), found["argument"].strip()) if found else ("", "")
    await context.attempt(_command, person=message.from_user.id, said=own_of(message), name=name, argument=argument)


async def text(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or message.from_user is None or message.text is None:
        return
    await context.attempt(
        _text,
        person=message.from_user.id,
        said=own_of(message),
        reply=reply_of(message),
    )


async def forwarded(update: Update, context: Context) -> None:
    """Words of another person, or of another bot: they decide, answer and command nothing, and nobody enrols by them."""
    message = update.effective_message
    if message is not None and message.from_user is not None:
        await context.attempt(_forwarded, person=message.from_user.id)


def reply_of(message: Message) -> Reply | None:
    """What the message replies to; in a private chat a bot's message is ours."""
    replied = message.reply_to_message
    if replied is None:
        return None
    return Reply(message_id=replied.message_id, to_bot=bool(replied.from_user and replied.from_user.is_bot))


def _command(work: Work, *, person: int, said: Own, name: str, argument: str) -> Effect:
    """Of what a command does, only a form that opens or closes, and a code, change something."""
    if name == "start" and argument:
        return _enrol(work, person, _known(work, argument, may_be_inside=True) or argument)
    member = work.member(person)
    if member is None:
        enrolment.refuse_stranger(work, telegram_id=person, what=f"/{name}"[:32])
        return Effect.NOTHING
    before = texts.number_of_form(work, member)
    if name == "batal":
        forms.cancel(work, telegram_id=person)
    elif name in SCREENS:
        SCREENS[name](work, member)
    else:
        own.not_understood(work, member, own=said)
    return Effect.NOTHING if texts.number_of_form(work, member) == before else Effect.CHANGE


def _text(work: Work, *, person: int, said: Own, reply: Reply | None) -> Effect:
    member = work.member(person)
    is_free = member is None or not texts.awaits_text(work, member, reply)
    body = said.words
    code = _known(work, body, may_be_inside=is_free) or (invitations.certain(body) if member is None else None)
    if code is not None:
        return _enrol(work, person, code)
    if member is None:
        enrolment.refuse_stranger(work, telegram_id=person, what="text")
        return Effect.NOTHING
    return own.text(work, member, own=said, reply=reply)


def _enrol(work: Work, person: int, code: str) -> Effect:
    """A wrong code changes something: it is counted. While the account is blocked none is."""
    decision = enrolment.enrol(work, telegram_id=person, code=code)
    is_counted = decision.refusal is not None and not isinstance(decision.refusal, CodesBlocked)
    return Effect.CHANGE if decision.events or is_counted else Effect.NOTHING


def _known(work: Work, text: str, *, may_be_inside: bool) -> str | None:
    """The invitation that the text is; where it is no answer to anything, also one with words around it."""
    found = (invitations.whole(text), *(invitations.inside(text) if may_be_inside else ()))
    return next((code for code in found if code and texts.is_invitation(work, code)), None)


def _forwarded(work: Work, *, person: int) -> Effect:
    member = work.member(person)
    if member is None:
        enrolment.refuse_stranger(work, telegram_id=person, what="forwarded")
    else:
        texts.forwarded(work, member)
    return Effect.NOTHING
