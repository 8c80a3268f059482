"""A person blocks the bot, or lets it in again: Telegram tells it at once, before any send fails."""

from telegram import Chat, ChatMember, Update

from alur.services.people import reach
from alur.services.work import Work
from handlers.context import Context


async def membership(update: Update, context: Context) -> None:
    change = update.my_chat_member
    if change is None or change.chat.type != Chat.PRIVATE:
        await context.transact(_nothing)
        return
    blocked = change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
    await context.transact(_changed, person=change.from_user.id, blocked=blocked)


def _changed(work: Work, *, person: int, blocked: bool) -> None:
    member = work.member(person)
    if member is None:
        return
    if blocked:
        reach.lost(work, telegram_id=person)
    else:
        reach.returned(work, member)


def _nothing(work: Work) -> None:
    """Groups are not where decisions are made: nothing follows from who is in one."""
