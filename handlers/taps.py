"""Taps: every button's press comes through here, and gets one answer."""

from telegram import Chat, Update

from alur.services import files, forms, presses, reading, screens
from alur.services.work import Answer, Work
from handlers.callbacks import Callback, decode
from handlers.context import Context


async def tap(update: Update, context: Context) -> None:
    query = update.callback_query
    if query is None:
        return
    person, message = query.from_user.id, query.message
    callback = decode(query.data or "")
    if callback is None or message is None or message.chat.type != Chat.PRIVATE:
        answer = await context.transact(presses.forged, telegram_id=person, data=query.data or "")
    else:
        answer = await context.transact(_press, person=person, callback=callback, message_id=message.message_id)
    await context.answer(answer.name, alert=answer.alert, **answer.values)


def _press(work: Work, *, person: int, callback: Callback, message_id: int) -> Answer:
    """The service that the button's subject names."""
    match callback:
        case Callback(form=int(form)):
            return forms.press(
                work,
                telegram_id=person,
                button=callback.act,
                form_id=form,
                argument=callback.argument,
                message_id=message_id,
            )
        case Callback(upload=int(upload), act="file"):
            return files.choose(
                work, telegram_id=person, upload_id=upload, place=callback.argument or "", message_id=message_id
            )
        case Callback(case=int(case), task=int(task)):
            return presses.press_task(
                work,
                telegram_id=person,
                button=callback.act,
                case_id=case,
                task=task,
                revision=callback.revision,
                message_id=message_id,
                argument=callback.argument,
            )
        case Callback(act=act, form=None, upload=None) if act in reading.BUTTONS:
            return presses.press_reading(
                work,
                telegram_id=person,
                button=act,
                case_id=callback.case,
                argument=callback.argument,
                message_id=message_id,
            )
        case Callback(case=int(case)):
            return presses.press_case(
                work,
                telegram_id=person,
                button=callback.act,
                case_id=case,
                argument=callback.argument,
                message_id=message_id,
            )
        case Callback(act="open", upload=None):
            return screens.press_open(work, telegram_id=person, argument=callback.argument, message_id=message_id)
        case _:
            return presses.forged(work, telegram_id=person, data=callback.act)
