"""The seeded hand that breaks things: one trouble after the other, some at once, each written into the ledger.

What it does, in which order and how long, follows from the seed; when exactly a process feels it does not.
"""

import asyncio
import random
import signal
import sqlite3
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from tests.chaos.people import AWAY

CALLS = ("sendMessage", "sendMessage", "editMessageText", "send*", "answerCallbackQuery", "getUpdates", "getFile", "*")
REST = (0.3, 1.8)  # seconds between two troubles
RECOVERS_WITHIN = 40.0  # seconds


class Hand:
    def __init__(self, office, people, *, dice: random.Random) -> None:
        self.office, self.people, self.dice, self.ledger = office, people, dice, office.ledger
        self._aside: set[asyncio.Task] = set()

    async def work(self) -> None:
        """Until it is cancelled."""
        troubles = {
            self._kill: 3,
            self._cut_calls: 6,
            self._slow_down: 2,
            self._fail_calls: 2,
            self._say_nothing: 1.5,
            self._deliver_again: 3,
            self._inject: 1,
            self._restart_telegram: 1,
            self._block: 1,
            self._move_clock: 1,
        }
        if self.office.database.dialect == "sqlite":
            troubles |= {self._lock_database: 1.5, self._second_process: 0.5}
        else:
            troubles |= {self._restart_database: 0.8, self._stop_process: 1.5, self._cut_lead: 1.5}
        if self.office.has_small_disk:
            troubles |= {self._fill_disk: 1}
        keeper = asyncio.create_task(self._keep_up())
        try:
            while True:
                await asyncio.sleep(self.dice.uniform(*REST))
                trouble = self.dice.choices(list(troubles), list(troubles.values()))[0]
                with suppress(*AWAY):
                    await trouble()
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)

    async def calm(self) -> None:
        """Nothing is broken any more."""
        for task in self._aside:
            task.cancel()
        await asyncio.gather(*self._aside, return_exceptions=True)
        for bot in self.office.bots:
            self.office.signal(bot, signal.SIGCONT)
        await self.office.telegram.clear_faults()
        for person in self.people:
            await self._let_in(person)
        self.office.drain_calls()

    async def _keep_up(self) -> None:
        """Starts again what ended, a moment later, and reads the wire's log."""
        while True:
            await asyncio.sleep(0.2)
            self.office.drain_calls()
            for bot in self.office.bots:
                if bot.ended.is_set() and bot.status not in (0, -signal.SIGKILL):
                    self.ledger.counts["bots that ended by themselves"] += 1
            await self.office.fill_up()

    # Processes

    async def _kill(self) -> None:
        alive = [bot for bot in self.office.bots if not bot.ended.is_set()]
        if not alive:
            return
        trouble = self.ledger.begin("kills")
        await self.office.kill(self.dice.choice(alive))
        self.ledger.end(trouble)
        self._watch(trouble)

    async def _stop_process(self) -> None:
        """SIGSTOP, and on again after it has lost the lead, or before."""
        alive = [bot for bot in self.office.bots if not bot.ended.is_set() and not bot.is_stopped]
        if len(alive) < 2:
            return
        bot, seconds = self.dice.choice(alive), self.dice.choice((1.0, 3.0, 9.0))
        trouble = self.ledger.begin("stops")
        bot.is_stopped = True
        self.office.signal(bot, signal.SIGSTOP)

        async def go_on() -> None:
            try:
                await asyncio.sleep(seconds)
            finally:
                bot.is_stopped = False
                self.office.signal(bot, signal.SIGCONT)
                self.ledger.end(trouble)

        self._meanwhile(go_on())

    async def _cut_lead(self) -> None:
        trouble = self.ledger.begin("lead cuts")
        with suppress(SQLAlchemyError):  # the server is away just now
            await asyncio.to_thread(self.office.cut_lead)
        self.ledger.end(trouble)
        self._watch(trouble)

    async def _second_process(self) -> None:
        """On SQLite a second one must refuse to work, whether the first just dies or not."""
        if any(bot.ended.is_set() for bot in self.office.bots) or not self.office.bots:
            return
        self.ledger.counts["second processes"] += 1
        first, second = self.office.bots[0], await self.office.launch()
        with suppress(TimeoutError):
            await asyncio.wait_for(second.ended.wait(), 5)
        # One that still waits for the simulator's clock is right; one that works beside the first is not.
        if not second.ended.is_set() and await self._works_beside(first):
            self.ledger.parts.setdefault("two processes at once on SQLite", []).append(second.pid)
        await self.office.kill(second)

    async def _works_beside(self, first) -> bool:
        before = self.ledger.counts["409"]
        await asyncio.sleep(1)
        self.office.drain_calls()
        return self.ledger.counts["409"] > before and not first.ended.is_set()

    # Telegram

    async def _restart_telegram(self) -> None:
        trouble = self.ledger.begin("restarts of Telegram")
        await self.office.restart_simulator(self.dice.uniform(0.1, 2.0))
        self.ledger.end(trouble)
        self._watch(trouble)

    async def _cut_calls(self) -> None:
        await self._faults(self.dice.choice(("cut_before", "cut_after", "cut_after")), times=self.dice.randint(1, 4))

    async def _slow_down(self) -> None:
        await self._faults("too_many", times=self.dice.randint(1, 3), retry_after=self.dice.randint(1, 3))

    async def _fail_calls(self) -> None:
        await self._faults("server_error", times=self.dice.randint(1, 4), status=self.dice.choice((500, 502, 504)))

    async def _say_nothing(self) -> None:
        kind = self.dice.choice(("silence", "late"))
        await self._faults(kind, times=self.dice.randint(1, 3), seconds=self.dice.uniform(0.5, 4.0))

    async def _faults(self, kind: str, **rule: float) -> None:
        self.ledger.counts[f"{kind} ordered"] += 1
        method = self.dice.choice(CALLS)
        if method == "getUpdates":  # the receiver rests after each: more of them would only be a long pause
            rule["times"] = 1
        await self.office.telegram.faults(kind, method, **rule)
        if self.dice.random() < 0.4:
            await self.office.telegram.faults(kind, "download", **rule)

    async def _deliver_again(self) -> None:
        store = self.office.simulator._world and self.office.simulator._world.store
        known = (
            store.rows("SELECT update_id FROM updates WHERE state = 'confirmed' ORDER BY update_id") if store else []
        )
        for (number,) in self.dice.sample(known, min(3, len(known))):
            await self.office.telegram.deliver_again(number)
            self.ledger.counts["duplicated updates"] += 1

    async def _inject(self) -> None:
        """An update that no library understands, from somebody who goes on."""
        person = self.dice.choice(self.people)
        sender = {"id": person.phone.id, "is_bot": False, "first_name": person.part.name}
        kind = self.dice.choice(("parked", "unknown"))
        body = (
            {"message": {"from": sender, "text": 17, "chat": "nobody"}}
            if kind == "parked"
            else {"new": {"from": sender}}
        )
        number = await self.office.telegram.inject(body)
        self.ledger.counts["unparseable updates"] += 1
        if kind == "parked":
            self.ledger.poisoned.add(number)

    async def _block(self) -> None:
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
                    await self._let_in(person)
                await asyncio.sleep(0.2)

        self._meanwhile(forgive())

    async def _let_in(self, person) -> None:
        if person.blocked:
            await person.phone.unblock()
            person.blocked = False

    async def _move_clock(self) -> None:
        hours = self.dice.choice((0.5, 1, 2, 5, 15))
        self.ledger.clock_is(await self.office.telegram.advance(timedelta(hours=hours)))
        self.ledger.counts["hours that passed"] += hours

    # The database and the disk

    async def _lock_database(self) -> None:
        """Another program holds SQLite's file, also for longer than anybody waits for it."""
        trouble = self.ledger.begin("locks of the database")
        seconds = self.dice.choice((0.5, 0.5, 2.0, 7.0))

        def hold() -> sqlite3.Connection | None:
            connection = sqlite3.connect(str(self.office.database.url.database), timeout=2, check_same_thread=False)
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:  # the disk is full just now
                connection.close()
                return None
            return connection

        held = await asyncio.to_thread(hold)

        async def release() -> None:
            try:
                await asyncio.sleep(seconds)
            finally:
                if held is not None:
                    held.close()
                self.ledger.end(trouble)

        self._meanwhile(release())

    async def _restart_database(self) -> None:
        trouble = self.ledger.begin("restarts of the database")
        await asyncio.to_thread(self.office.server.restart, self.dice.choice(("immediate", "fast")))
        self.ledger.end(trouble)
        self._watch(trouble)

    async def _fill_disk(self) -> None:
        trouble = self.ledger.begin("full disks")
        seconds = self.dice.choice((0.5, 0.5, 2.0, 6.0))

        async def full() -> None:
            try:
                with self.office.full_disk():
                    await asyncio.sleep(seconds)
            finally:
                self.ledger.end(trouble)

        self._meanwhile(full())

    # How

    def _meanwhile(self, what) -> None:
        task = asyncio.create_task(what)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    def _watch(self, trouble) -> None:
        """How long it took until the bot asked for updates again."""

        async def look() -> None:
            loop = asyncio.get_running_loop()
            began, seen = loop.time(), self.office.polls
            while loop.time() - began < RECOVERS_WITHIN:
                await asyncio.sleep(0.05)
                if self.office.polls < seen:
                    seen = 0
                if self.office.polls > seen:
                    trouble.recovered = loop.time() - began
                    return

        self._meanwhile(look())
