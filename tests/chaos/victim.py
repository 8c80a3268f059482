"""The real bot with a seeded hand inside it: `python -m tests.chaos.victim` is a nursery of such bots.

It imports the house once and then forks a bot for each order on its standard input, so that one that was killed is back
within moments and more kills fit into a minute. An order is a line of JSON: {"log", "environment", "seed", "chances"};
each is answered by {"pid": …}, and each end told by {"ended": pid, "status": …}. What is patched is patched in the child
alone; the product knows nothing of it.
"""

import errno
import json
import os
import random
import select
import signal
import sys
import time
from functools import wraps
from pathlib import Path

from alur.services.clock import outage
from alur.services.incoming import files, forms, presses, texts
from alur.services.tell import tell
from alur.storage.file_store import FileStore
from alur.views.notice import message
from alur.views.screen import Screen
from alur.workflow import notices
from bot import rendering, wiring
from bot.cli import main
from bot.cli import run as _run  # noqa: F401 - imported before the forks, which would else do it each time
from bot.telegram import network
from bot.telegram.application import AlurContext
from jobs.ticking import Ticking
from tests.chaos.procedures import procedures
from tests.walls import WallFile

POISON = "Pesan ini selalu gagal."  # a text that no handler survives
# Texts whose answer can never be rendered, or never be put into a request, and the notice that is to answer them.
UNANSWERABLE = {
    "Jawaban pesan ini tidak dapat dirangkai.": "chaos_unshowable",
    "Jawaban pesan ini tidak dapat dikirim.": "chaos_unsendable",
}


class Unshowable(notices.Notice):
    template = "chaos_unshowable"


class Unsendable(notices.Notice):
    template = "chaos_unsendable"


UNSENDABLE = "\u27ea-\u27eb"  # in the text of a request that cannot be built


class InjectedError(Exception):
    """What a handler raises because the hand wants it."""


class Sabotage:
    """`chances` are probabilities per call: `handler` (in a transaction), `answer` (after it), `disk` (a file's writing),
    `render` (of a row that is to be sent), `request` (its building).
    """

    def __init__(self, seed, chances):
        self.dice, self.chances = random.Random(seed), chances

    def install(self):
        for room in (presses, forms, files):
            room.perform = self._stumbling(room.perform)
        AlurContext.answer = self._failing("answer", InjectedError("a tap's answer"), AlurContext.answer)
        FileStore.put = self._failing("disk", OSError(errno.ENOSPC, "No space left on device"), FileStore.put)
        texts.text = self._poisoned(texts.text)
        rendering._shown = self._failing("render", InjectedError("rendering"), rendering._shown)
        network._form = self._failing("request", ValueError("a request"), self._unbuildable(network._form))
        notices.KINDS |= {kind.template: kind for kind in (Unshowable, Unsendable)}
        message.render = self._marked(message.render)

    def _stumbling(self, function):
        """Fails after the work was done, inside its transaction: nothing of it may stay."""

        @wraps(function)
        def stumbles(*args, **kwargs):
            result = function(*args, **kwargs)
            if self.dice.random() < self.chances["handler"]:
                raise InjectedError("a handler")
            return result

        return stumbles

    def _failing(self, name, error, function):
        @wraps(function)
        def fails(*args, **kwargs):
            if self.dice.random() < self.chances[name]:
                raise error
            return function(*args, **kwargs)

        return fails

    def _poisoned(self, function):
        @wraps(function)
        def takes(work, member, *, body, **known):
            taken = function(work, member, body=body, **known)
            if body == POISON:
                raise InjectedError("this text")
            if body in UNANSWERABLE:
                tell(work, member, notices.KINDS[UNANSWERABLE[body]]())
            return taken

        return takes

    def _unbuildable(self, function):
        @wraps(function)
        def builds(request_data):
            if UNSENDABLE in request_data.json_parameters.get("text", ""):
                raise ValueError("no header can hold it")
            return function(request_data)

        return builds

    def _marked(self, function):
        @wraps(function)
        def renders(notice, given):
            if isinstance(notice, Unsendable):
                return Screen(text=UNSENDABLE)
            return function(notice, given)

        return renders


class Diary:
    """What the judge cannot see from outside: when a process that leads begins a tick and when it waits for the next, and
    when it takes itself to have been away. Lines of: what, process, term, and the moment by the clock that nobody sets.
    """

    def __init__(self, path):
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(self, what, term=0):
        os.write(self._file, f"{what} {os.getpid()} {term} {time.monotonic()}\n".encode())

    def keep(self):
        start, tick, stop, received = Ticking.start, Ticking.tick, Ticking.stop, outage.received

        async def starts(ticking):
            await start(ticking)
            self.note("waits", id(ticking))

        async def ticks(ticking):
            self.note("ticks", id(ticking))
            try:
                await tick(ticking)
            finally:
                if not ticking._is_stopped:  # a tick that is cut off by the end of its term waits for no other
                    self.note("waits", id(ticking))

        async def stops(ticking):
            self.note("stops", id(ticking))
            await stop(ticking)

        def receives(work, heard_at):
            anew = received(work, heard_at)
            if anew:
                self.note("outage")
            return anew

        Ticking.start, Ticking.tick, Ticking.stop, outage.received = starts, ticks, stops, receives


def nursery():
    ready = procedures()
    wiring.procedures = lambda _settings: ready
    wiring.calendar = _once_a_year(wiring.calendar)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the run, which ends us
    children, buffer = set(), b""
    _say({"ready": True})
    while True:
        if select.select([0], [], [], 0.05)[0]:
            read = os.read(0, 65536)
            if not read:
                break
            *lines, buffer = (buffer + read).split(b"\n")
            for line in lines:
                pid = os.fork() or _live(json.loads(line))
                children.add(pid)
                _say({"pid": pid})
        for pid in tuple(children):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                children.remove(pid)
                _say({"ended": pid, "status": os.waitstatus_to_exitcode(status)})
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _once_a_year(build):
    """The calendar is the same in every child; reading two libraries' holidays takes a second."""
    known = {}

    def calendar(settings, today):
        key = (today.year, settings.holidays_file)
        if key not in known:
            known[key] = build(settings, today)
        return known[key]

    return calendar


def _live(order):
    """The child: becomes `alur run`, and never returns."""
    status = 1
    try:
        os.setsid()
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ.update(order["environment"])
        random.seed(order["seed"])
        Sabotage(order["seed"], order["chances"]).install()
        WallFile(Path(order["wall"])).install()
        Diary(order["diary"]).keep()
        sys.argv = ["alur", "run"]
        main()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001 - whatever it was, it ends this process and must be in its log
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(status)


def _say(words):
    os.write(1, json.dumps(words).encode() + b"\n")


if __name__ == "__main__":
    nursery()
