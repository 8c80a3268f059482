"""What every kind of trouble shares: the house that it strikes, the dice, and what goes on beside it."""

import asyncio
import random

RECOVERS_WITHIN = 40.0  # seconds


class Troubles:
    """`aside` is what still lasts: a lock that is held, a process that stands still."""

    def __init__(self, target, people, *, dice: random.Random) -> None:
        self.target, self.people, self.dice, self.ledger = target, people, dice, target.ledger
        self.aside: set[asyncio.Task] = set()

    def meanwhile(self, what) -> None:
        task = asyncio.create_task(what)
        self.aside.add(task)
        task.add_done_callback(self.aside.discard)

    def watch(self, trouble) -> None:
        """How long it took until the bot asked for updates again."""

        async def look() -> None:
            loop = asyncio.get_running_loop()
            began, seen = loop.time(), self.target.polls
            while loop.time() - began < RECOVERS_WITHIN:
                await asyncio.sleep(0.05)
                if self.target.polls < seen:
                    seen = 0
                if self.target.polls > seen:
                    trouble.recovered = loop.time() - began
                    return

        self.meanwhile(look())
