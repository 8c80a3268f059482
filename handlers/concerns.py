"""Which cases an update may concern, before it is worked: while a file of a person's is fetched, the worker goes on with
what concerns other cases (DESIGN §5.3). Nothing is decided or written here.
"""

from collections.abc import Sequence
from typing import assert_never

from telegram import CallbackQuery, Message, Update

from alur.services.incoming.files import cases_for
from alur.services.incoming.replies import about
from alur.services.work import Work
from alur.storage import forms
from alur.storage.forms import FormRow
from alur.storage.members import Member
from alur.workflow.presses import (
    FormPress,
    PressAct,
    PressAllFiles,
    PressAppointment,
    PressAppointments,
    PressArchiveList,
    PressBoard,
    PressCard,
    PressCases,
    PressControlCard,
    PressDocumentsPage,
    PressFiles,
    PressHistory,
    PressHistoryPage,
    PressInvitation,
    PressLess,
    PressMore,
    PressOpen,
    PressOrder,
    PressPeople,
    PressPerson,
    PressPlace,
    PressReport,
    PressStaff,
    PressStatusCase,
    PressStatusPage,
    PressTasksPage,
    PressVersion,
)
from handlers.callbacks import decode
from handlers.texts import reply_of

Concern = frozenset[int] | None  # the cases; None where it cannot be told
FORM = 0  # stands for the person's open form, beside its case
NOTHING: Concern = frozenset()
PLAIN = (
    "tugas",
    "status",
    "berkas",
    "riwayat",
    "laporan",
    "plh",
    "kelola",
    "bantuan",
)  # they show something and change nothing


def may_go_on(work: Work, updates: Sequence[Update | None], in_hand: Sequence[bool]) -> int | None:
    """Which of a person's updates, in their order, may be taken beside those `in_hand`: the first that concerns nothing of
    what stands before it. None of the updates is one that cannot be read.
    """
    before: list[Concern] = []
    for number, (update, is_in_hand) in enumerate(zip(updates, in_hand, strict=True)):
        concern = concern_of(work, update) if update is not None else None
        if not is_in_hand and all(_is_apart(concern, other) for other in before):
            return number
        before.append(concern)
    return None


def _is_apart(concern: Concern, other: Concern) -> bool:
    if concern is None or other is None:
        return NOTHING in (concern, other)
    return concern.isdisjoint(other)


def concern_of(work: Work, update: Update) -> Concern:
    query, message = update.callback_query, update.message
    person = query.from_user if query else message.from_user if message else None
    member = work.member(person.id) if person else None
    if member is None:
        return None
    if query is not None:
        return _of_press(work, member, query)
    return _of_message(work, member, message) if message is not None else None


def _of_press(work: Work, member: Member, query: CallbackQuery) -> Concern:
    press = decode(query.data or "")
    match press:
        case FormPress():
            return _of_form(forms.get(work.session, press.form))
        case PressPlace():
            return frozenset({press.place.case}) if press.place else NOTHING
        case PressAct() | PressCard() | PressMore() | PressLess():
            return frozenset({press.case}) | _of_open_form(work, member)  # it may begin a form, in the place of another
        case PressOpen():
            return _of_open_form(work, member)
        case PressStaff():
            return None  # who may decide what, in every case
        case PressFiles() | PressHistory() | PressDocumentsPage() | PressHistoryPage():
            return frozenset({press.case})
        case (
            PressVersion()
            | PressAllFiles()
            | PressStatusCase()
            | PressBoard()
            | PressArchiveList()
            | PressControlCard()
        ):
            return frozenset({press.case})
        case (
            PressAppointments() | PressAppointment() | PressOrder() | PressPeople() | PressPerson() | PressInvitation()
        ):
            return NOTHING
        case PressStatusPage() | PressTasksPage() | PressCases() | PressReport() | None:  # None is forged
            return NOTHING
        case _:
            assert_never(press)


def _of_message(work: Work, member: Member, message: Message) -> Concern:
    reply = reply_of(message)
    subject = about(work, member, reply) or {}
    if message.effective_attachment is not None:
        found = cases_for(work, member, reply)
        return frozenset(found) if reply and "case_id" in subject else found | _of_open_form(work, member)
    if message.text is None:
        return None
    if message.text.startswith("/"):
        name = message.text.split()[0].removeprefix("/").partition("@")[0].lower()
        return NOTHING if name in PLAIN else _of_open_form(work, member) if name in ("mulai", "batal") else None
    form = _of_open_form(work, member)
    if "case_id" in subject:
        return form | {int(subject["case_id"])}
    return form or None


def _of_open_form(work: Work, member: Member) -> frozenset[int]:
    return _of_form(forms.open_for(work.session, member.id))


def _of_form(row: FormRow | None) -> frozenset[int]:
    if row is None:
        return frozenset()
    return frozenset({FORM}) if row.case_id is None else frozenset({FORM, row.case_id})
