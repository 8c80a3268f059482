"""What is tried when the hand has let go and all is quiet: buttons of one card under the message of another, answers that can
never be sent, one chat that Telegram makes wait for an hour, and one in which every call meets a 502. Everybody else is to be
served within seconds, the hour is to be obeyed, what met the 502 is to come in the end, and no card takes another's place.
"""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from alur.storage.cards import CARDS
from alur.storage.members import MEMBERS
from alur.storage.notices import NOTICES
from simulator.phone import NothingCameError
from tests.chaos.victim import UNANSWERABLE
from tests.chaos.wire import HOUR

SERVED_WITHIN = 5.0  # seconds
GOES_ON_WITHIN = 15.0  # seconds, after ten tries of two answers that can never be sent
LOOK_EVERY = 0.05  # seconds
OWN_CARDS = (
    select(CARDS.c.case_id, CARDS.c.task, CARDS.c.message_id)
    .join(MEMBERS, MEMBERS.c.id == CARDS.c.member_id)
    .where(CARDS.c.message_id.is_not(None))
    .order_by(CARDS.c.message_id.desc())
)


class Exam:
    def __init__(self, judge, people, *, dice) -> None:
        self.judge, self.target, self.dice = judge, judge.target, dice
        self.people = [person for person in people if person.profile.role != "admin"]
        self._since = 0  # the number of the last call before

    async def let_an_hour_pass(self) -> None:
        """On the clock by which chats wait; then nothing of it is left."""
        await self.target.telegram.clear_faults()
        self.target.ledger.clock_is(await self.target.telegram.advance(timedelta(seconds=HOUR + 1)))

    async def forge(self) -> None:
        """A button of one card is pressed under the message of another: that stays what it is (the judge looks at it)."""
        for person in self.people:
            with self.target.database.read() as session:
                found = session.execute(OWN_CARDS.where(MEMBERS.c.telegram_id == person.phone.id)).all()
            if len(found) > 1:
                first, second = found[:2]
                await person.phone.press_forged(second.message_id, f"files:c{first.case_id}.{first.task}:0")

    async def take(self) -> None:
        held, away, writer, *others = self.dice.sample(self.people, len(self.people))
        self._since = max((call["number"] for call in self.target.simulator._world.calls.since(0)), default=0)
        await self.target.telegram.faults("too_many", "*", chat_id=held.phone.id, retry_after=HOUR, times=None)
        await self.target.telegram.faults("server_error", "*", chat_id=away.phone.id, status=502, times=None)
        await away.phone.send("/bantuan")
        await held.phone.send("/bantuan")
        if not await self._until(lambda: self._refusals(held)):
            self.judge.complain(f"chat {held.phone.id} was to get a 429 and was not written to")
        for words in UNANSWERABLE:
            await writer.phone.send(words)
        served = [self._is_served(person, SERVED_WITHIN, "though nothing is wrong with it") for person in others]
        goes_on = self._is_served(writer, GOES_ON_WITHIN, "after what could not be sent to it")
        await asyncio.gather(*served, goes_on)
        if (times := len(self._refusals(held))) > 1:
            self.judge.complain(f"chat {held.phone.id} was to wait for an hour, and was written to {times} times")
        if not self._is_told(held):
            self.judge.complain(f"chat {held.phone.id} waits for an hour, and no administrator was told")

    async def _is_served(self, person, seconds: float, why: str) -> None:
        """Whether an answer to a question comes in time."""
        asked = await person.phone.send("/bantuan")
        try:
            await person.phone.wait_for(
                lambda message: message.by_bot and message.id > asked.id and "Bantuan" in message.text, timeout=seconds
            )
        except NothingCameError:
            self.judge.complain(f"chat {person.phone.id} was not served within {seconds} s, {why}")

    def _refusals(self, person):
        calls = self.target.simulator._world.calls.since(0)
        return [
            call
            for call in calls
            if str(call["parameters"].get("chat_id")) == str(person.phone.id)
            and ((call["answer"] or {}).get("parameters") or {}).get("retry_after") == HOUR
            and call["number"] > self._since
        ]

    def _is_told(self, person) -> bool:
        with self.target.database.read() as session:
            told = NOTICES.c.once.is_not(None)  # a press on one has it told again, for no occasion
            found = session.execute(select(NOTICES.c.once).where(NOTICES.c.template == "chat_waits", told)).scalars()
            return any(once.split(":")[1] == str(person.phone.id) for once in found)

    async def _until(self, holds) -> bool:
        deadline = asyncio.get_running_loop().time() + SERVED_WITHIN
        while not holds():
            if asyncio.get_running_loop().time() > deadline:
                return False
            await asyncio.sleep(LOOK_EVERY)
        return True
