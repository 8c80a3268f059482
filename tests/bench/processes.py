"""Processes that are measured from outside: what a bot and its children have spent, and what they hold."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")  # a second, of the CPU times in proc(5)
TIMES = slice(
    11, 15
)  # in /proc/PID/stat after the name: utime, stime, and the same of the children that were waited for
PATIENCE = 60.0  # seconds until whoever says nothing is given up


def tree(pid: int) -> Iterator[int]:
    """The process and all that it has begun and that still lives."""
    yield pid
    with suppress(FileNotFoundError):
        for listed in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in listed.read_text().split():
                yield from tree(int(child))


def cpu_of(pid: int) -> float:
    """Seconds, user and system, of the process and its children; whole ticks of 10 ms each."""
    ticks = 0
    for one in tree(pid):
        with suppress(FileNotFoundError):
            values = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, values[TIMES]))
    return ticks / TICKS


def memory_of(pid: int) -> float:
    """MiB: what they share is counted once (`Pss`)."""
    found = 0
    for one in tree(pid):
        with suppress(FileNotFoundError):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            found += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return found / 1024


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@asynccontextmanager
async def running(*command: str | Path, cwd: Path, log: Path, **environment: str) -> AsyncIterator[Process]:
    """A process with the interpreter of this one, or with the command's own; ended when the block is left."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("ALUR_")}
    env |= {"PYTHONPATH": str(cwd), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=cwd, env=env, stdin=DEVNULL, stdout=out, stderr=STDOUT
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


@asynccontextmanager
async def telegram_running(root: Path, *arguments: str) -> AsyncIterator[str]:
    """The simulator as a process of its own: its address."""
    command = (sys.executable, "-m", "simulator", *arguments)
    process = await asyncio.create_subprocess_exec(*command, cwd=root, stdin=DEVNULL, stdout=PIPE)
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            address = await process.stdout.readline()
        yield address.decode().strip()
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
