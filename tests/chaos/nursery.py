"""The bots of a run as processes: launched, signalled, and their ends noticed. Their nursery is `victim`."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE
from pathlib import Path

LAUNCH_WITHIN = 60.0  # seconds on a busy machine, of which the first takes some: the nursery imports the house


def has_port(pid: int, port: int) -> bool:
    """Whether the process holds a TCP connection from that local port (proc(5), /proc/net/tcp)."""
    with contextlib.suppress(OSError):
        lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
        sockets = {f"socket:[{line[9]}]" for line in map(str.split, lines) if int(line[1].split(":")[1], 16) == port}
        return any(str(link.readlink()) in sockets for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink())
    return False


class Bot:
    """One process; `ended` is set when the nursery has seen its end."""

    def __init__(self, pid: int) -> None:
        self.pid, self.status = pid, None
        self.ended = asyncio.Event()
        self.is_stopped = False
        self.ended_at = float("inf")  # by the monotonic clock

    def signal(self, number: signal.Signals) -> None:
        if not self.ended.is_set():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def kill(self) -> None:
        self.signal(signal.SIGKILL)
        await self.ended.wait()


class Nursery:
    def __init__(self, sources: str) -> None:
        self._sources = sources
        self._process = self._reader = None
        self._ordered: list[asyncio.Future[Bot]] = []

    async def open(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ALUR_")}
        command = (sys.executable, "-m", "tests.chaos.victim")
        self._process = await asyncio.create_subprocess_exec(
            *command, cwd=self._sources, env=environment, stdin=PIPE, stdout=PIPE
        )
        self._reader = asyncio.create_task(self._hear())

    async def close(self) -> None:
        """Whoever still lives there is killed."""
        if self._process is not None:
            self._process.stdin.close()
            await self._process.wait()
            await self._reader

    async def launch(self, order: dict[str, object]) -> Bot:
        """See `victim` for what an order says."""
        ordered: asyncio.Future[Bot] = asyncio.get_running_loop().create_future()
        self._ordered.append(ordered)
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        await self._process.stdin.drain()
        return await asyncio.wait_for(ordered, LAUNCH_WITHIN)

    async def _hear(self) -> None:
        """What the nursery tells, in the order in which it happened."""
        alive: dict[int, Bot] = {}
        while line := await self._process.stdout.readline():
            told = json.loads(line)
            if "pid" in told:
                bot, ordered = Bot(told["pid"]), self._ordered.pop(0)
                alive[bot.pid] = bot
                if ordered.cancelled():  # nobody waits for it any more
                    bot.signal(signal.SIGKILL)
                else:
                    ordered.set_result(bot)
            elif "ended" in told:
                bot = alive.pop(told["ended"])
                bot.status, bot.ended_at = told["status"], time.monotonic()
                bot.ended.set()
