"""The power of a run, which the hand cuts: every process ends, and the data folder is what the model of a disk kept of it
(`tests/power/disk.py`). The bots go on there, and a copy of it is started anew by itself (`copies`).
"""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.chaos.copies import Copies, Copy
from tests.power.disk import Disk


class Power:
    """`is_on` is held while it is off: nobody begins to work then. `own_writers` holds the run's own transactions apart from it,
    whose ends the ledger knows.
    """

    def __init__(self, target) -> None:
        self._target = target
        self.copies = Copies(target)
        self.is_on, self.own_writers = asyncio.Lock(), threading.Lock()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """What stands in the data folder is safe; what this process and the bots change there from now on is watched."""
        book = self._target.folder / "disk"
        self._disk = Disk(self._target.data, book, Path(os.environ["LD_PRELOAD"]))
        self.environment = {name: value for name, value in self._disk.environment.items() if name != "LD_PRELOAD"}
        os.environ.update(self.environment)
        try:
            yield
        finally:
            for name in self.environment:
                del os.environ[name]

    async def fail(self, dice: Random | None) -> None:
        """And come back. With `dice` the disk has kept some of what was not synced."""
        async with self.is_on:
            for bot in self._target.launched:
                await bot.kill()
            copy = await asyncio.to_thread(self._cut, dice)
        self.copies.examine(copy)

    def _cut(self, dice: Random | None) -> Copy:
        """What is left is set aside before the run closes its own connections: the last to close syncs what the bots had not.
        The copy is taken before anybody opens it: SQLite mends what it opens.
        """
        with self.own_writers:
            folder, told = self.copies.known()
            left = self._disk.remains(folder / "left", dice)
            self._target.database.close()
            self._disk.become(left)
            return self.copies.take(folder, told)
