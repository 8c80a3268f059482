"""The seeded hand that breaks things: one trouble after the other, some at once, each written into the ledger.

What it does, in which order and how long, follows from the seed; when exactly a process feels it does not.
"""

import asyncio
import random
import signal
from contextlib import suppress

from tests.chaos.machine import Machine
from tests.chaos.people import AWAY
from tests.chaos.staffing import Staffing
from tests.chaos.wire import Wire

REST = (0.3, 1.8)  # seconds between two troubles


class Hand:
    def __init__(self, target, people, *, dice: random.Random) -> None:
        self.target, self.people, self.dice, self.ledger = target, people, dice, target.ledger
        self.over = asyncio.Event()
        self.wire, self.machine = Wire(target, people, dice=dice), Machine(target, people, dice=dice)
        self.staffing = Staffing(target, people, dice=dice)

    async def work(self) -> None:
        """Until `over` is set; a trouble that has begun is ended in good order, so that Telegram is there again."""
        wire, machine, staffing = self.wire, self.machine, self.staffing
        troubles = {
            machine.kill: 3,
            machine.dip_clock: 1.5,
            wire.cut_calls: 6,
            wire.slow_down: 2,
            wire.fail_calls: 2,
            wire.say_nothing: 1.5,
            wire.say_nonsense: 1,
            wire.hold_one: 0.5,
            wire.deliver_again: 3,
            wire.inject: 1,
            wire.restart_telegram: 1,
            wire.block: 1,
            wire.move_clock: 1,
            staffing.appoint: 3,
            staffing.call_back: 1,
            staffing.hand_over: 1,
            staffing.lose_phone: 1,
        }
        if self.target.database.dialect == "sqlite":
            troubles |= {machine.lock_database: 1.5, machine.second_process: 1}
        else:
            troubles |= {machine.restart_database: 0.8, machine.stop_process: 1.5, machine.cut_lead: 1.5}
        if self.target.has_small_disk:
            troubles |= {machine.fill_disk: 1}
        if self.target.power is not None:
            troubles |= {machine.cut_power: 12}
        keeper = asyncio.create_task(self._keep_up())
        try:
            while not self.over.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.over.wait(), self.dice.uniform(*REST))
                    break
                trouble = self.dice.choices(list(troubles), list(troubles.values()))[0]
                with suppress(*AWAY):
                    await trouble()
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)

    async def calm(self) -> None:
        """Nothing is broken any more."""
        aside = (*self.wire.aside, *self.machine.aside, *self.staffing.aside)
        for task in aside:
            task.cancel()
        await asyncio.gather(*aside, return_exceptions=True)
        for bot in self.target.bots:
            bot.signal(signal.SIGCONT)
        await self.target.telegram.clear_faults()
        for person in self.people:
            await self.wire.let_in(person)
        for person in await asyncio.to_thread(self.staffing.without_phone):
            await self.staffing.replace_phone(person)
        self.target.drain_calls()

    async def _keep_up(self) -> None:
        """Starts again what ended, a moment later, and reads the wire's log."""
        while True:
            await asyncio.sleep(0.2)
            self.target.drain_calls()
            for bot in self.target.bots:
                if bot.ended.is_set() and bot.status not in (0, -signal.SIGKILL):
                    self.ledger.counts["bots that ended by themselves"] += 1
            await self.target.fill_up()
