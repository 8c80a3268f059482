"""Taps: every button's press comes through here, and gets one answer."""

from typing import assert_never

from telegram import Chat, Update

from alur.services import reports
from alur.services.incoming import files, forms, presses, screens
from alur.services.people import appointed, desk, manage
from alur.services.work import Answer, Work
from alur.workflow.presses import (
    AnyPress,
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
from handlers.context import Context


async def tap(update: Update, context: Context) -> None:
    query = update.callback_query
    if query is None:
        return
    person, message = query.from_user.id, query.message
    press = decode(query.data or "")
    if press is None or message is None or message.chat.type != Chat.PRIVATE:
        answer = await context.attempt(presses.forged, telegram_id=person, data=query.data or "")
    else:
        answer = await context.attempt(_press, person=person, press=press, message_id=message.message_id)
    await context.answer(answer.name, alert=answer.alert, **answer.values)


def _press(work: Work, *, person: int, press: AnyPress, message_id: int) -> Answer:
    """By the service that the press is for."""
    match press:
        case PressAct() | PressCard() | PressFiles() | PressHistory() | PressMore() | PressLess():
            return presses.press(work, telegram_id=person, press=press, message_id=message_id)
        case FormPress():
            return forms.press(work, telegram_id=person, press=press, message_id=message_id)
        case PressPlace():
            return files.choose(work, telegram_id=person, press=press, message_id=message_id)
        case PressStatusPage() | PressStatusCase() | PressBoard() | PressTasksPage() | PressCases():
            return presses.press_reading(work, telegram_id=person, press=press, message_id=message_id)
        case (
            PressDocumentsPage()
            | PressHistoryPage()
            | PressVersion()
            | PressAllFiles()
            | PressArchiveList()
            | PressControlCard()
        ):
            return presses.press_reading(work, telegram_id=person, press=press, message_id=message_id)
        case PressReport():
            return reports.press(work, telegram_id=person, press=press, message_id=message_id)
        case PressAppointments() | PressAppointment() | PressOrder():
            return appointed.press(work, telegram_id=person, press=press, message_id=message_id)
        case PressStaff():
            return desk.press(work, telegram_id=person, press=press, message_id=message_id)
        case PressPeople() | PressPerson() | PressInvitation():
            return manage.press(work, telegram_id=person, press=press, message_id=message_id)
        case PressOpen():
            return screens.press_open(work, telegram_id=person, press=press, message_id=message_id)
        case _:
            assert_never(press)
