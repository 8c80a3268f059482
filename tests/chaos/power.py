"""The power of a run, which the hand cuts: every process ends, and the data folder is what the model of a disk kept of it
(`tests/power/disk.py`). At once it is asked whether anything is gone that Telegram was told of.
"""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from sqlalchemy import select

from alur.storage import audit, cases
from alur.storage.file_store import FileStore
from alur.storage.inbox import INBOX
from alur.storage.named_files import named_files
from tests.power.disk import Disk


class Power:
    """`is_on` is held while it is off: nobody begins to work then. `own_writers` holds the run's own transactions apart from it,
    whose ends the ledger knows.
    """

    def __init__(self, target) -> None:
        self._target = target
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
            told = {number for (number,) in self._acknowledged()}
            for sentence in await asyncio.to_thread(self._cut, told, dice):
                self._target.ledger.parts.setdefault("a power cut", []).append(sentence)

    def _acknowledged(self) -> list:
        world = self._target.simulator._world
        return world.store.rows("SELECT update_id FROM updates WHERE state = 'confirmed'") if world else []

    def _cut(self, told: set[int], dice: Random | None) -> list[str]:
        with self.own_writers:
            self._target.database.close()
            self._disk.cut(dice)
            return list(self._lost(told))

    def _lost(self, told: set[int]) -> Iterator[str]:
        store = FileStore(self._target.settings.files_dir)
        with self._target.database.read() as session:
            kept = set(session.execute(select(INBOX.c.update_id)).scalars())
            for number in sorted(told - kept):
                yield f"took update {number}, which had been acknowledged"
            for digest in sorted(named_files(session) - set(store.stored())):
                yield f"took the file {digest}, which the database names"
            for owner in (None, *cases.codes(session).values()):
                for fault in audit.verify(session, owner):
                    yield f"left the chain of case {owner} broken: {fault}"
