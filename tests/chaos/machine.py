"""Trouble on our own machine: processes that are killed or stand still, a database that is held or restarts, a full disk."""

import asyncio
import signal
import sqlite3
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from tests.chaos.people import AWAY
from tests.chaos.troubles import Troubles

REFUSES_WITHIN = 12.0  # seconds, on a busy machine


class Machine(Troubles):
    # Processes

    async def kill(self) -> None:
        alive = [bot for bot in self.target.bots if not bot.ended.is_set()]
        if not alive:
            return
        bot = self.dice.choice(alive)
        trouble = self.ledger.begin("kills", of_leader=await self._may_lead(bot))
        await bot.kill()
        self.ledger.end(trouble)
        self.watch(trouble)

    async def cut_power(self) -> None:
        """Every process is gone at once, and the folder is as its last syncs left it, or has kept a little more."""
        trouble = self.ledger.begin("power cuts")
        await self.target.power.fail(self.dice if self.dice.random() < 0.5 else None)
        self.ledger.end(trouble)
        self.watch(trouble)

    async def stop_process(self) -> None:
        """SIGSTOP, and on again after it has lost the lead, or before."""
        alive = [bot for bot in self.target.bots if not bot.ended.is_set() and not bot.is_stopped]
        if len(alive) < 2:
            return
        bot, seconds = self.dice.choice(alive), self.dice.choice((1.0, 3.0, 9.0))
        trouble = self.ledger.begin("stops", of_leader=await self._may_lead(bot))
        bot.is_stopped = True
        bot.signal(signal.SIGSTOP)

        async def go_on() -> None:
            try:
                await asyncio.sleep(seconds)
            finally:
                bot.is_stopped = False
                bot.signal(signal.SIGCONT)
                self.ledger.end(trouble)

        self.meanwhile(go_on())

    async def cut_lead(self) -> None:
        trouble = self.ledger.begin("lead cuts")
        with suppress(SQLAlchemyError):  # the server is away just now
            await asyncio.to_thread(self.target.cut_lead)
        self.ledger.end(trouble)
        self.watch(trouble)

    async def second_process(self) -> None:
        """On SQLite a second one must refuse to work, whether the first just dies or not."""
        if any(bot.ended.is_set() for bot in self.target.bots) or not self.target.bots:
            return
        self.ledger.counts["second processes"] += 1
        first, second = self.target.bots[0], await self.target.launch()
        try:
            async with asyncio.timeout(REFUSES_WITHIN):
                await second.ended.wait()
        except TimeoutError:
            if not first.ended.is_set():
                self.ledger.parts.setdefault("a second process works on SQLite", []).append(second.pid)
        finally:
            if first.ended.is_set() and not second.ended.is_set():  # it has taken the place of one that died just then
                self.ledger.end(self.ledger.begin("kills"))
            await second.kill()

    async def _may_lead(self, bot) -> bool:
        """Whether it sends, as far as can be told: nobody says who leads while the database is away."""
        if self.target.server is None:
            return True
        leader = None
        with suppress(SQLAlchemyError):
            leader = await asyncio.to_thread(self.target.leader)
        return leader in (None, bot.pid)

    # The clock

    async def dip_clock(self) -> None:
        """The machine's wall clock goes back or ahead by hours, and is put right some seconds later."""
        trouble = self.ledger.begin("dips of the clock")
        self.target.wall.move(self.dice.choice((-9, -3, -1, 2, 8)))
        seconds = self.dice.uniform(1.0, 6.0)

        async def put_right() -> None:
            try:
                await asyncio.sleep(seconds)
            finally:
                self.target.wall.move(0)
                self.ledger.end(trouble)

        self.meanwhile(put_right())

    # The database and the disk

    async def lock_database(self) -> None:
        """Another program holds SQLite's file, also for longer than anybody waits for it."""
        trouble = self.ledger.begin("locks of the database")
        seconds = self.dice.choice((0.5, 0.5, 2.0, 7.0))

        def hold() -> sqlite3.Connection | None:
            connection = sqlite3.connect(str(self.target.database.url.database), timeout=2, check_same_thread=False)
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

        self.meanwhile(release())

    async def restart_database(self) -> None:
        trouble = self.ledger.begin("restarts of the database")
        await asyncio.to_thread(self.target.server.restart, self.dice.choice(("immediate", "fast")))
        self.ledger.end(trouble)
        self.watch(trouble)

    async def fill_disk(self) -> None:
        trouble = self.ledger.begin("full disks")
        seconds = self.dice.choice((0.5, 2.0, 5.0))

        async def full() -> None:
            try:
                with self.target.full_disk():
                    for person in self.dice.sample(self.people, 3):  # just then
                        with suppress(*AWAY):
                            await person.send_file("Data capaian IP ASN", None)
                    await asyncio.sleep(seconds)
            finally:
                self.ledger.end(trouble)

        self.meanwhile(full())
