"""The sandbox: a simulated Telegram in this process, and the bot as a process of its own, which can be killed.

`run` has a script run in it, `interactive` hands its phones to whoever looks at the page. Little is imported here, so
that the bot's process starts early.
"""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import bot
from bot.rehearsal.expectations import CannotGoOn
from bot.rehearsal.profiles import Profile
from simulator import Options, Simulator, SimulatorClient

START = datetime.fromisoformat("2026-11-02T08:15:00+07:00")  # a Monday, early enough to end within the year
TEMPORARY = "alur-demo-"  # how the folder of a rehearsal begins that names none
READY_WITHIN = 120.0  # seconds for the bot to start; on a busy machine that reads it for the first time half a minute
STOP_WITHIN = 10.0  # seconds for it to stop in good order
LOOK_EVERY = 0.03  # seconds
TAIL = 30  # lines of the log that are shown after a failure


class Sandbox:
    """`async with Sandbox(folder) as sandbox:` starts both; on leaving, the bot is stopped by SIGTERM.

    The clock stands at `start`; the simulator listens on `port`, 0 lets the system choose. `is_kept`: its state is
    kept in the folder too, and goes on from there, the clock also. `invites`: somebody will be invited at once. `holidays` is the
    office's own file of holidays, empty at first. Of settings the bot reads those of the folder's own `.env`, if there is one.
    `database` is the URL of one that is migrated; without it there is SQLite's file in the folder.
    """

    def __init__(
        self,
        folder: Path,
        *,
        start: datetime = START,
        port: int = 0,
        is_kept: bool = False,
        invites: bool = True,
        database: str | None = None,
    ) -> None:
        self.folder = folder
        self.database = database or f"sqlite:///{folder.resolve() / 'alur.sqlite3'}"
        options = Options(start=start, data=folder / "telegram" if is_kept else None, clock_waits=is_kept)
        self._telegram = Simulator(options, port=port)
        self._invites = invites
        self._client: SimulatorClient | None = None
        self._bot: Process | None = None
        self._invitations: Process | None = None
        self.log = folder / "bot.log"
        self.holidays = folder / "hari-libur.yaml"
        self.undo = 0  # seconds for which a decision may be withdrawn, from the next start on: nobody waits

    @property
    def telegram(self) -> SimulatorClient:
        if self._client is None:
            raise RuntimeError("this sandbox has not been started")
        return self._client

    async def __aenter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.holidays.touch()
        await self._telegram.start()
        self._client = await SimulatorClient(self._telegram.url).__aenter__()
        try:
            if self._invites:
                self._invitations = await self._inviting()
            await self.restart()
        except BaseException:
            await self.__aexit__(None, None, None)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        if self._invitations and self._invitations.returncode is None:
            self._invitations.kill()
            await self._invitations.communicate()
        await self.telegram.__aexit__(kind, error, trace)
        await self._telegram.stop()

    async def restart(self) -> None:
        """Starts the bot, and waits until it asks for updates. Raises CannotGoOn where it does not come up."""
        seen = await self._last_call()
        with self.log.open("ab") as log:
            self._bot = await self._started("bot.rehearsal.child_bot", "run", stdin=PIPE, stdout=log, stderr=STDOUT)
        until = asyncio.get_running_loop().time() + READY_WITHIN
        while not await self._works(since=seen):
            if self._bot.returncode is not None or asyncio.get_running_loop().time() > until:
                raise CannotGoOn(f"the bot did not start; its last lines:\n{self.tail()}")
            await asyncio.sleep(LOOK_EVERY)

    async def kill(self) -> None:
        """As a power cut would end it."""
        if self._bot and self._bot.returncode is None:
            self._bot.kill()
            await self._bot.wait()

    async def stop(self) -> None:
        """In good order; killed where it takes too long."""
        if self._bot and self._bot.returncode is None:
            self._bot.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self._bot.wait(), STOP_WITHIN)
            except TimeoutError:
                await self.kill()

    async def ended(self) -> int:
        """Waits until the bot's process is over; its exit status."""
        if self._bot is None:
            raise RuntimeError("this sandbox has not been started")
        return await self._bot.wait()

    async def invite(self, profiles: Sequence[Profile]) -> tuple[str, ...]:
        """The payloads of links as `alur invite` prints them, one for each person."""
        inviting, self._invitations = self._invitations or await self._inviting(), None
        people = json.dumps([_person(profile) for profile in profiles]).encode()
        printed, complained = await inviting.communicate(people)
        links = printed.decode().split()
        if inviting.returncode or len(links) != len(profiles):
            raise CannotGoOn(f"alur invite: {complained.decode()}")
        return tuple(link.partition("?start=")[2] for link in links)

    async def alur(self, *words: str) -> str:
        """What the office types on the command line beside the running bot; what it prints."""
        process = await self._started("bot.cli", *words, stdin=DEVNULL, stdout=PIPE, stderr=PIPE)
        printed, complained = await process.communicate()
        if process.returncode:
            raise CannotGoOn(f"alur {' '.join(words)}: {complained.decode()}")
        return printed.decode()

    def tail(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-TAIL:])

    async def _works(self, *, since: int) -> bool:
        """Whether this very process polls: a poll of one that was killed may still hang in the simulator."""
        greeted = await self.telegram.calls(since=since, method="getMe")
        return bool(greeted) and await self.telegram.is_polled()

    async def _last_call(self) -> int:
        return max((call["number"] for call in await self.telegram.calls()), default=0)

    async def _inviting(self) -> Process:
        return await self._started("bot.rehearsal.invitations", stdin=PIPE, stdout=PIPE, stderr=PIPE)

    async def _started(self, module: str, *words: str, **streams: Any) -> Process:
        """In a process group of its own: the terminal's Ctrl-C is for us, and we end the others in good order."""
        command = (sys.executable, "-m", module, *words)
        return await asyncio.create_subprocess_exec(
            *command, cwd=self.folder, env=self._environment(), process_group=0, **streams
        )

    def _environment(self) -> dict[str, str]:
        """Nothing of a real bot's settings reaches the rehearsal: neither the environment's nor a .env's of elsewhere."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ALUR_")}
        sources = str(Path(bot.__file__).parents[1])
        return kept | {
            "PYTHONPATH": os.pathsep.join(filter(None, (sources, kept.get("PYTHONPATH")))),
            "ALUR_BOT_TOKEN": self._telegram.token,
            "ALUR_API_URL": self._telegram.url,
            "ALUR_CLOCK_URL": f"{self._telegram.url}/clock",
            "ALUR_DATA_DIR": str(self.folder.resolve()),
            "ALUR_DATABASE_URL": self.database,
            "ALUR_UNDO_SECONDS": str(self.undo),
            "ALUR_HOLIDAYS_FILE": str(self.holidays.resolve()),
        }


def _person(profile: Profile) -> dict[str, str | None]:
    """What `invitations` is told."""
    return {"role": profile.role, "name": profile.name, "sapaan": profile.sapaan, "unit": profile.unit}
