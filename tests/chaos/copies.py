"""Copies of the data folder as the last syncs left it, one for each power cut, each started anew beside the run. There nothing else
breaks, so that all of it must hold: what Telegram was told of is there, the office is whole, and a bot comes to its first poll.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from alur.services.evidence.inspection.notes import PEOPLE
from alur.services.evidence.inspection.whole import inspect
from alur.storage.database import Database
from alur.storage.file_store import FileStore
from alur.storage.inbox import INBOX
from simulator import Options, Simulator

BEGINS_WITHIN = 60.0  # seconds until the first poll, on a busy machine
LOOK_EVERY = 0.05  # seconds
FIRST = 3  # faults of a copy, which are told; of the others how many
TOLD = "SELECT update_id FROM updates WHERE state = 'confirmed'"


@dataclass(frozen=True)
class Copy:
    """Its `data` are what the cut left, its `telegram` is what Telegram knew at that moment."""

    folder: Path
    cut_at: float  # real seconds since the run began
    told: frozenset[int]  # the updates that were acknowledged


class Copies:
    def __init__(self, target) -> None:
        self._target, self._folder = target, target.folder / "copies"
        self._one_by_one, self._examined = asyncio.Lock(), []
        self.first_polls: list[float] = []  # seconds from the start, of each that came to it
        self.taken: list[Copy] = []
        self.faults: list[str] = []  # a sentence for each copy that is not as it must be

    @property
    def among(self) -> int:
        """How many updates had been acknowledged before the last copy."""
        return len(self.taken[-1].told) if self.taken else 0

    def facts(self) -> dict[str, object]:
        seconds = sorted(self.first_polls) or [0.0]
        return {
            "copies started anew": len(self.first_polls),
            "copies taken, among so many updates": f"{len(self.taken)}, {self.among}",
            "seconds to a copy's first poll (median, longest)": f"{seconds[len(seconds) // 2]:.1f}, {seconds[-1]:.1f}",
        }

    def known(self) -> tuple[Path, frozenset[int]]:
        """The folder of the next copy, with Telegram's state in it, and which updates count as acknowledged there."""
        folder = self._folder / str(len(self.taken) + 1)
        (folder / "telegram").mkdir(parents=True)
        with (
            closing(sqlite3.connect(self._target.folder / "telegram" / "telegram.sqlite3")) as known,
            closing(sqlite3.connect(folder / "telegram" / "telegram.sqlite3")) as copy,
        ):
            known.backup(copy)
            return folder, frozenset(number for (number,) in copy.execute(TOLD))

    def take(self, folder: Path, told: frozenset[int]) -> Copy:
        """After the cut, before anybody has opened what it left."""
        shutil.copytree(self._target.data, folder / "data")
        copy = Copy(folder, self._target.ledger.elapsed(), told)
        self.taken.append(copy)
        return copy

    def examine(self, copy: Copy) -> None:
        """Beside the run, one of them at a time."""
        self._examined.append(asyncio.create_task(self._examine(copy)))

    async def over(self) -> None:
        await asyncio.gather(*self._examined)

    async def _examine(self, copy: Copy) -> None:
        async with self._one_by_one:
            faults = await asyncio.to_thread(self._inspected, copy)
            faults += [fault async for fault in self._started(copy)]
        if faults:
            more = f" (and {len(faults) - FIRST} more)" if len(faults) > FIRST else ""
            told = "; ".join(faults[:FIRST]) + more
            self.faults.append(f"the copy of the power cut at {copy.cut_at:.1f} s: {told}")
        else:
            shutil.rmtree(copy.folder)

    def _inspected(self, copy: Copy) -> list[str]:
        """Of a twin: SQLite mends what it opens, and the bot is to find what the cut left."""
        twin = shutil.copytree(copy.folder / "data", copy.folder / "inspected")
        return [*lost(self._target.settings.model_copy(update={"data_dir": twin}), copy.told)]

    async def _started(self, copy: Copy):
        """A bot on the copy, before the Telegram of its moment."""
        async with Simulator(Options(token=self._target.settings.token, data=copy.folder / "telegram")) as telegram:
            bot, began = await self._target.launch_beside(copy.folder, telegram.url), asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(BEGINS_WITHIN):
                    while not telegram._world.polls and not bot.ended.is_set():  # noqa: ASYNC110 - it rings no bell for it
                        await asyncio.sleep(LOOK_EVERY)
            except TimeoutError:
                yield f"does not ask for updates within {BEGINS_WITHIN} s"
            if bot.ended.is_set():
                yield f"starts no bot: it ended with status {bot.status}"
            elif telegram._world.polls:
                self.first_polls.append(asyncio.get_running_loop().time() - began)
            await bot.kill()


def lost(settings, told: frozenset[int]) -> Iterator[str]:
    """A sentence for each thing that the data folder lacks."""
    try:
        with closing(Database(settings.database)) as database, database.read() as session:
            kept = set(session.execute(select(INBOX.c.update_id)).scalars())
            for number in sorted(told - kept):
                yield f"lacks update {number}, which had been acknowledged"
            for finding in inspect(session, FileStore(settings.files_dir)).findings:
                if finding.matter != PEOPLE:  # with whom a run begins, and of whom no entry tells
                    yield str(finding)
    except SQLAlchemyError as error:
        yield f"cannot be read: {error}"
