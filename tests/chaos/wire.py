"""Trouble on the way to Telegram, with what comes from there, and with the clock."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from tests.chaos.people import AWAY
from tests.chaos.troubles import Troubles

CALLS = ("sendMessage", "sendMessage", "editMessageText", "send*", "answerCallbackQuery", "getUpdates", "getFile", "*")
HOUR = 3600  # seconds


class Wire(Troubles):
    async def restart_telegram(self) -> None:
        trouble = self.ledger.begin("restarts of Telegram")
        await self.target.restart_simulator(self.dice.uniform(0.1, 2.0))
        self.ledger.end(trouble)
        self.watch(trouble)

    async def cut_calls(self) -> None:
        await self._faults(self.dice.choice(("cut_before", "cut_after", "cut_after")), times=self.dice.randint(1, 4))

    async def slow_down(self) -> None:
        await self._faults("too_many", times=self.dice.randint(1, 3), retry_after=self.dice.randint(1, 3))

    async def fail_calls(self) -> None:
        await self._faults("server_error", times=self.dice.randint(1, 4), status=self.dice.choice((500, 502, 504)))

    async def say_nonsense(self) -> None:
        """An answer that nobody can read: what was sent is there, and counts against its row."""
        await self._faults("garbled", times=1)

    async def hold_one(self) -> None:
        """One chat is to wait for an hour, which passes on the clock that the hand moves."""
        self.ledger.counts["hours for one chat"] += 1
        person = self.dice.choice(self.people)
        await self.target.telegram.faults("too_many", "*", chat_id=person.phone.id, retry_after=HOUR)

    async def say_nothing(self) -> None:
        kind = self.dice.choice(("silence", "late"))
        await self._faults(kind, times=self.dice.randint(1, 3), seconds=self.dice.uniform(0.5, 4.0))

    async def _faults(self, kind: str, **rule: float) -> None:
        self.ledger.counts[f"{kind} ordered"] += 1
        method = self.dice.choice(CALLS)
        if method == "getUpdates":  # the receiver rests after each: more of them would only be a long pause
            rule["times"] = 1
        await self.target.telegram.faults(kind, method, **rule)
        if self.dice.random() < 0.4:
            await self.target.telegram.faults(kind, "download", **rule)

    async def deliver_again(self) -> None:
        store = self.target.simulator._world and self.target.simulator._world.store
        known = (
            store.rows("SELECT update_id FROM updates WHERE state = 'confirmed' ORDER BY update_id") if store else []
        )
        for (number,) in self.dice.sample(known, min(3, len(known))):
            await self.target.telegram.deliver_again(number)
            self.ledger.counts["duplicated updates"] += 1

    async def inject(self) -> None:
        """An update that no library understands, from somebody who goes on."""
        person = self.dice.choice(self.people)
        sender = {"id": person.phone.id, "is_bot": False, "first_name": person.profile.name}
        kind = self.dice.choice(("parked", "unknown"))
        body = (
            {"message": {"from": sender, "text": 17, "chat": "nobody"}}
            if kind == "parked"
            else {"new": {"from": sender}}
        )
        number = await self.target.telegram.inject(body)
        self.ledger.counts["unparseable updates"] += 1
        if kind == "parked":
            self.ledger.poisoned.add(number)

    async def block(self) -> None:
        person = self.dice.choice(self.people)
        if person.blocked:
            return
        self.ledger.counts["blocks"] += 1
        person.blocked = True
        await person.phone.block()

        async def forgive() -> None:
            await asyncio.sleep(self.dice.uniform(1, 6))
            while person.blocked:
                with suppress(*AWAY):
                    await self.let_in(person)
                await asyncio.sleep(0.2)

        self.meanwhile(forgive())

    async def let_in(self, person) -> None:
        if person.blocked:
            await person.phone.unblock()
            person.blocked = False

    async def move_clock(self) -> None:
        hours = self.dice.choice((0.5, 1, 2, 5, 15))
        self.ledger.clock_is(await self.target.telegram.advance(timedelta(hours=hours)))
        self.ledger.counts["hours that passed"] += hours
