"""What is typed or sent into an open form: a text, or a file, as the answer to its question."""

import re
from typing import Literal

from alur.services.incoming.form_check import check_other
from alur.services.incoming.form_rows import ask_anew, begun_by_of, form_of, save
from alur.services.incoming.replies import Reply, about, is_orphan
from alur.services.work import Work
from alur.storage import forms, inbox, own_messages
from alur.storage.forms import FormRow
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.errors import FileWanted, Refusal
from alur.workflow.files import FileRef
from alur.workflow.form_moves import chosen, filed, seeking, typed
from alur.workflow.forms import Field, Form, named_option
from alur.workflow.taken import AsAnswer, AsNothing, Taken

LINK = re.compile(r"\b(https?://|www\.|t\.me/|drive\.google|bit\.ly|s\.id/)", re.IGNORECASE)


def typed_text(work: Work, *, telegram_id: int, text: str, reply: Reply | None) -> Taken | None:
    """A text that was typed; None where no form waits for it. A reply to another message is not meant for the form."""
    member = work.member(telegram_id)
    record = forms.open_for(work.session, member.id) if member else None
    if member is None or record is None or not is_meant(work, member, record, reply):
        return None
    field = form_of(record).asked
    if field is None:
        return None
    if not field.is_typed:
        return _picked(work, record, field, text)
    if field.kind == "file":
        is_link = LINK.search(text) is not None
        refusal = FileWanted(field=field.name, kinds=field.accepts, is_link=is_link)
        ask_anew(work, record, notices.Refused.by(refusal, of_form=record.kind))
        return AsNothing()
    zone = work.calendar.zone
    try:
        form = typed(form_of(record), text, today=work.at.astimezone(zone).date(), zone=zone)
    except Refusal as refusal:
        ask_anew(work, record, notices.Refused.by(refusal, of_form=record.kind))
        return AsAnswer(form=record.id, field=field.name)
    save(work, record, form, ring=True)
    return parts_of(record, form, field.name, is_file=False)


def _picked(work: Work, record: FormRow, field: Field, text: str) -> Taken | None:
    """One of the options, typed instead of tapped; of many also a part of it, by which fewer are shown."""
    value = named_option(field, text)
    if value is None:
        return None if field.most_shown is None else _sought(work, record, field, text)
    form = chosen(form_of(record), field.name, value)
    save(work, record, form, ring=True)
    return parts_of(record, form, field.name, is_file=False)


def _sought(work: Work, record: FormRow, field: Field, text: str) -> Taken:
    try:
        form = seeking(form_of(record), text)
    except Refusal as refusal:
        ask_anew(work, record, notices.Refused.by(refusal, of_form=record.kind))
    else:
        save(work, record, form, ring=True)
    return AsAnswer(form=record.id, field=field.name)


def parts_of(record: FormRow, form: Form, name: str, *, is_file: bool, caption: str = "") -> AsAnswer:
    """What a message gave to the field of the form: its words, or its file and what stands under it."""
    held = name if form.field(name).kind == "file" else "file"
    parts = {held: form.answers[held]["sha256"]} if is_file else {name: str(form.answers[name])}
    if is_file and held != name and caption.strip():
        parts[name] = str(form.answers[name])
    return AsAnswer(form=record.id, field=name, parts=parts)


Wanted = Literal["reason", "paper", "file"]


def wanted(work: Work, *, telegram_id: int, reply: Reply | None, update_id: int | None) -> Wanted | None:
    """What a file that comes now is to be, where it answers an open form's question. Nothing is written."""
    member = work.member(telegram_id)
    record = waiting_for_file(work, member, reply, update_id) if member else None
    return wanted_by(record) if record else None


def wanted_by(record: FormRow) -> Wanted | None:
    field = form_of(record).asked
    if field is None:
        return None
    return "reason" if field.kind == "reason" else "paper" if field.accepts else "file"


def take_file(work: Work, member: Member, file: FileRef, reply: Reply | None, *, caption: str = "") -> Taken | None:
    """A file as the answer to the form's question, with its caption; None where it is not asked for one."""
    record = waiting_for_file(work, member, reply, work.update_id)
    field = form_of(record).asked if record else None
    if record is None or field is None:
        return None
    try:
        form = form_of(record)
        check_other(work, record, form, form.asked, file)
        form = filed(form, file, caption)
    except Refusal as refusal:
        ask_anew(work, record, notices.Refused.by(refusal, of_form=record.kind))
        return AsNothing()
    save(work, record, form, ring=True)
    return parts_of(record, form, field.name, is_file=True, caption=caption)


def waiting_for_file(work: Work, member: Member, reply: Reply | None, update_id: int | None) -> FormRow | None:
    """His open form, where it asks for a file and means this one. While a file is fetched its sender may begin a form about
    another case: what he sent before, and not in reply to it, is not meant for it.
    """
    record = forms.open_for(work.session, member.id)
    field = form_of(record).asked if record else None
    if record is None or field is None or field.kind not in ("file", "reason"):
        return None
    begun_by = begun_by_of(record)
    if reply is None and begun_by and update_id and inbox.is_later(work.session, begun_by, update_id):
        return None
    return record if is_meant(work, member, record, reply) else None


def is_meant(work: Work, member: Member, record: FormRow, reply: Reply | None) -> bool:
    """A message without reply, or in reply to the form: to any copy of it, also one that has gone meanwhile or is not of
    record; or to a message of his own that was an answer to it.
    """
    if reply is None or is_orphan(work, member, reply):
        return True
    if found := about(work, member, reply):
        return found.get("form") == record.id
    own = own_messages.get(work.session, member.telegram_id, reply.message_id)
    return own is not None and isinstance(own.taken, AsAnswer) and own.taken.form == record.id
