"""`alur` as a process of its own that is forked from one which has read the house: to read it costs each process a second.

Its arguments, environment, folder, output and exit status are those of a process that was begun by itself.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
import tempfile
from pathlib import Path

from bot.cli.app import COMMANDS, GROUPS, main

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload([f"bot.cli.{name}" for name in (*COMMANDS, *GROUPS)] + ["bot.run", "tests.forked"])


class Process:
    """What `asyncio.subprocess.Process` is, as far as tests ask; `settings` are names and values of its environment."""

    def __init__(self, *arguments, folder, settings, out, error):
        given = {"folder": str(folder), "settings": settings, "out": str(out), "error": str(error)}
        self._process = FORKING.Process(target=_command, args=arguments, kwargs=given)
        self._process.start()

    @property
    def returncode(self):
        return self._process.exitcode

    def join(self, within):
        """Its exit status; it is killed where it takes too long."""
        self._process.join(within)
        self.kill()
        self._process.join()
        return self.returncode

    async def wait(self):
        while self.returncode is None:  # noqa: ASYNC110 - no loop watches the children of another process
            await asyncio.sleep(0.02)
        return self.returncode

    def send_signal(self, number):
        if self.returncode is None:
            os.kill(self._process.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def terminate(self):
        self.send_signal(signal.SIGTERM)


def said(*arguments, folder, settings, within=60):
    """Status, output and errors of a command."""
    with tempfile.TemporaryDirectory(prefix="alur-said-") as place:
        out, error = Path(place) / "out", Path(place) / "error"
        status = Process(*arguments, folder=folder, settings=settings, out=out, error=error).join(within)
        return status, out.read_text(), error.read_text()


def _command(*arguments, folder, settings, out, error):
    for number, name in ((1, out), (2, error)):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    for name in [name for name in os.environ if name.startswith("ALUR_")]:
        del os.environ[name]
    os.environ.update(settings)
    os.chdir(folder)
    sys.argv = ["alur", *map(str, arguments)]
    main()
