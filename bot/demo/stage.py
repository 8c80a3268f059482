"""The stage: a simulated Telegram in this process, and the bot as a process of its own, which can be killed.

`play` is what `alur demo --play` calls. Everything is kept in a temporary folder unless one is given.
"""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import bot
from alur.storage import inbox, outbox, timers
from alur.storage.database import Database
from bot.demo import hours, late
from bot.demo.cast import Part
from bot.demo.company import Company, Disturbance
from bot.demo.expectations import CannotGoOn
from bot.demo.play import perform
from bot.demo.transcript import Transcript
from simulator import NothingCameError, Options, Simulator, SimulatorClient

CURTAIN = datetime.fromisoformat("2026-11-02T08:15:00+07:00")  # a Monday, early enough to end within the year
Script = Callable[[Company], Awaitable[None]]
READY_WITHIN = 40.0  # seconds for the bot to start
STOP_WITHIN = 10.0  # seconds for it to stop in good order
LOOK_EVERY = 0.03  # seconds
TAIL = 30  # lines of the log that are shown after a failure


class Stage:
    """`async with Stage(folder) as stage:` starts both; on leaving, the bot is stopped by SIGTERM.

    The clock stands at `curtain`; the simulator listens on `port`, 0 lets the system choose. `holidays` is the office's
    own file of holidays, empty at first.
    """

    def __init__(self, folder: Path, *, curtain: datetime = CURTAIN, port: int = 0) -> None:
        self._folder = folder
        self._telegram = Simulator(Options(start=curtain), port=port)
        self._client: SimulatorClient | None = None
        self._bot: Process | None = None
        self._invitations: Process | None = None
        self._database = Database(f"sqlite:///{(folder / 'alur.sqlite3').resolve()}")
        self.log = folder / "bot.log"
        self.holidays = folder / "hari-libur.yaml"

    @property
    def telegram(self) -> SimulatorClient:
        if self._client is None:
            raise RuntimeError("this stage is not set")
        return self._client

    async def __aenter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self.holidays.touch()
        await self._telegram.start()
        self._client = await SimulatorClient(self._telegram.url).__aenter__()
        try:
            self._invitations = await self._started("bot.demo.invitations", stdin=PIPE, stdout=PIPE, stderr=PIPE)
            await self.restart()
        except BaseException:
            await self.__aexit__(None, None, None)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        self._database.close()
        if self._invitations and self._invitations.returncode is None:
            self._invitations.kill()
            await self._invitations.communicate()
        await self.telegram.__aexit__(kind, error, trace)
        await self._telegram.stop()

    async def restart(self) -> None:
        """Starts the bot, and waits until it asks for updates. Raises CannotGoOn where it does not come up."""
        seen = await self._last_call()
        with self.log.open("ab") as log:
            self._bot = await self._started("bot.cli", "run", stdout=log, stderr=STDOUT)
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

    async def invite(self, parts: Sequence[Part]) -> tuple[str, ...]:
        """The payloads of the links that `alur invite` prints, one for each part. Can be called once."""
        if self._invitations is None:
            raise RuntimeError("this stage is not set")
        words = json.dumps([_words(part) for part in parts]).encode()
        printed, complained = await self._invitations.communicate(words)
        links = printed.decode().split()
        if self._invitations.returncode or len(links) != len(parts):
            raise CannotGoOn(f"alur invite: {complained.decode()}")
        return tuple(link.partition("?start=")[2] for link in links)

    async def is_idle(self) -> bool:
        """Whether the bot has worked every update that it keeps, sent every message, and fired what is due."""
        now = await self.telegram.clock()
        return await asyncio.to_thread(self._is_idle, now)

    def _is_idle(self, now: datetime) -> bool:
        with self._database.read() as session:
            if inbox.oldest_pending(session) or outbox.oldest_unsent(session):
                return False
            nearest = timers.nearest(session)
        return nearest is None or nearest > now or not hours.are_open(now)

    def tail(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-TAIL:])

    async def _works(self, *, since: int) -> bool:
        """Whether this very process polls: a poll of one that was killed may still hang in the simulator."""
        greeted = await self.telegram.calls(since=since, method="getMe")
        return bool(greeted) and await self.telegram.is_polled()

    async def _last_call(self) -> int:
        return max((call["number"] for call in await self.telegram.calls()), default=0)

    async def _started(self, module: str, *words: str, **streams: Any) -> Process:
        command = (sys.executable, "-m", module, *words)
        return await asyncio.create_subprocess_exec(*command, cwd=self._folder, env=self._environment(), **streams)

    def _environment(self) -> dict[str, str]:
        """Nothing of a real bot's settings reaches the demo: neither the environment's nor a .env's."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ALUR_")}
        sources = str(Path(bot.__file__).parents[1])
        return kept | {
            "PYTHONPATH": os.pathsep.join(filter(None, (sources, kept.get("PYTHONPATH")))),
            "ALUR_BOT_TOKEN": self._telegram.token,
            "ALUR_API_URL": self._telegram.url,
            "ALUR_CLOCK_URL": f"{self._telegram.url}/clock",
            "ALUR_DATA_DIR": str(self._folder.resolve()),
            "ALUR_HOLIDAYS_FILE": str(self.holidays.resolve()),
        }


def _words(part: Part) -> list[str]:
    """What stands after `alur invite`."""
    sapaan = ["--sapaan", part.sapaan] if part.sapaan else []
    unit = ["--unit", part.unit] if part.unit else []
    return [part.role, "--name", part.name, *sapaan, *unit]


async def put_on(
    stage: Stage, transcript: Transcript, *, script: Script = perform, disturbance: Disturbance | None = None
) -> Company:
    """The whole play on a stage that is set; the company knows its expectations, also where it could not go on."""
    company = Company(
        telegram=stage.telegram,
        invite=stage.invite,
        transcript=transcript,
        is_idle=stage.is_idle,
        disturbance=disturbance,
    )
    trouble = None
    try:
        await script(company)
    except (CannotGoOn, NothingCameError) as stopped:
        trouble = str(stopped)
        company.expect.check("the play goes on to its end", held=False, seen=trouble)
    await company.drain()
    transcript.end(company.expect, ending=company.ending, trouble=trouble)
    if company.expect.failed:
        transcript.note(f"The bot's last lines:\n{stage.tail()}")
    return company


def play(data_dir: Path | None, *, is_late: bool = False, port: int = 0) -> int:
    """`alur demo --play`, and `--late`: 0 if it came to its end and every expectation held, else 1. `data_dir` is kept."""
    if data_dir is not None and data_dir.exists() and any(data_dir.iterdir()):
        print(f"{data_dir} is not empty: the play needs a folder of its own", file=sys.stderr)  # noqa: T201
        return 1
    if data_dir is not None:
        return asyncio.run(_play(data_dir, is_late=is_late, port=port))
    with TemporaryDirectory(prefix="alur-demo-") as folder:
        return asyncio.run(_play(Path(folder), is_late=is_late, port=port))


async def _play(folder: Path, *, is_late: bool, port: int) -> int:
    try:
        async with Stage(folder, curtain=late.CURTAIN if is_late else CURTAIN, port=port) as stage:
            script = partial(late.perform, house=stage) if is_late else perform
            company = await put_on(stage, Transcript(), script=script)
    except (CannotGoOn, OSError) as stopped:
        print(stopped, file=sys.stderr)  # noqa: T201 - the stage could not be set
        return 1
    return 0 if company.ending and not company.expect.failed else 1
