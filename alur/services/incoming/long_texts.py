"""A text that is longer than a message, which the phone sends as several, one right after the other. A later part is no answer of
its own: neither to the next question of the form, nor to another form.
"""

from datetime import timedelta

from alur.services.incoming.form_amended import parts_in
from alur.services.incoming.form_input import is_meant
from alur.services.incoming.form_rows import form_of, save
from alur.services.incoming.replies import Reply
from alur.services.work import Work
from alur.storage import forms, own_messages
from alur.storage.members import Member
from alur.storage.own_messages import Said
from alur.workflow import notices
from alur.workflow.errors import TooLong
from alur.workflow.form_moves import asked_anew
from alur.workflow.taken import AsAnswer
from alur.workflow.written import LONGEST_WORDS

AT_ONCE = timedelta(seconds=3)  # between two parts, by Telegram's clock: nobody types so much in that time
TRIMMED = 16  # characters: blanks and line breaks that are lost where the text is cut
IN_WORDS = ("text", "number", "reason")  # the kinds of field that take nearly any text
MOST = 8  # parts that are looked for


def parts_before(work: Work, member: Member, text: str, reply: Reply | None, message_id: int) -> tuple[Said, ...]:
    """The parts of the same text that came before this one, the newest first: together they are longer than a message. What
    replies to something else than they answered is no part of it.
    """
    found: list[Said] = []
    at, length = work.at, len(text)
    for item in own_messages.before(work.session, member.telegram_id, message_id, most=MOST):
        is_full = item.length >= LONGEST_WORDS // 2  # a phone cuts where a sentence or word ends near the limit
        if at - item.said_at > AT_ONCE or not is_full or item.length + length <= LONGEST_WORDS - TRIMMED:
            break
        found.append(item)
        at, length = item.said_at, item.length
    return tuple(found) if reply is None or _answers_the_same(work, member, found, reply) else ()


def _answers_the_same(work: Work, member: Member, parts: list[Said], reply: Reply) -> bool:
    first = parts[0].taken if parts else None
    row = forms.get(work.session, first.form) if isinstance(first, AsAnswer) else None
    return row is not None and is_meant(work, member, row, reply)


def would_swallow(work: Work, member: Member) -> bool:
    """Whether his open form asks for words, for which the rest of any text would be taken. A day, an hour or an option is what
    it is, whatever was sent right before it.
    """
    row = forms.open_for(work.session, member.id)
    field = form_of(row).asked if row is not None else None
    return field is not None and field.kind in IN_WORDS


def refuse(work: Work, member: Member, text: str, parts: tuple[Said, ...]) -> AsAnswer | None:
    """The whole is too long for the field that its parts were to answer, which is asked for anew; a part that was taken is the
    answer no more. None where they were no answer to a form that is still open.
    """
    first = parts[0].taken
    row = forms.get(work.session, first.form) if isinstance(first, AsAnswer) else None
    if not isinstance(first, AsAnswer) or row is None or row.ended_at is not None:
        return None
    form = form_of(row)
    if form.asking != first.field:
        if not first.parts or not parts_in(form, first):
            return None
        form = asked_anew(form, first.field)
    length = len(text) + sum(item.length for item in parts)
    refusal = TooLong(field=first.field, length=length, most=form.field(first.field).most)
    save(work, row, form, ring=True, remark=notices.Refused.by(refusal, of_form=row.kind))
    refused = AsAnswer(form=row.id, field=first.field)
    for item in parts:
        own_messages.retake(work.session, member.telegram_id, item.message_id, refused)
    return refused
