"""Nothing is told that a power cut could take back: not to Telegram, by the next offset or a webhook's 200, and not to people.

A real `alur run` works on a disk of the model (`tests/power`). At each acknowledgement and each call of the bot, before the
simulator takes it, the disk is looked at as a cut just then would leave it.
"""

import asyncio
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from alur.storage import audit, cases
from alur.storage.database import Database
from alur.storage.file_store import FileStore
from alur.storage.named_files import named_files
from tests.e2e.test_serving import serve, taken
from tests.papers import paper
from tests.power.disk import Disk, shim

SOURCES = Path(__file__).parents[2]
STARTS_WITHIN = 90.0  # seconds, on a busy machine


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return shim(tmp_path_factory.mktemp("power"))


@pytest.fixture
def disk(office, library, tmp_path_factory):
    """The office's data folder, as everybody was enrolled."""
    office.database.close()
    return Disk(office.settings.data_dir, tmp_path_factory.mktemp("book"), library)


class Watch:
    """Looks at the disk whenever something is told; `acknowledged` are the updates that Telegram will not bring again."""

    def __init__(self, office, disk, folder):
        self.office, self.disk, self.faults = office, disk, []
        self.acknowledged, self.calls, self._folder, self._numbers = set(), 0, folder, count()
        world = office.simulator._world
        self._listen(world.updates, "confirm", lambda number: {number})
        self._listen(
            world.updates,
            "confirm_below",
            lambda offset: {n for n, _ in world.updates.waiting(limit=500) if n < offset},
        )
        self._listen(world.calls, "add", lambda **call: self._called(call["method"]))

    def _listen(self, room, name, told):
        function = getattr(room, name)

        def listens(*args, **known):
            if (numbers := told(*args, **known)) is not None:
                self.look(name, numbers)
                self.acknowledged |= numbers
            return function(*args, **known)

        setattr(room, name, listens)

    def _called(self, method):
        if method.startswith(("send", "edit", "answer")):
            self.calls += 1
            return set()
        return None

    def look(self, name, numbers):
        seen = known(self.office.settings.data_dir)  # whoever reads now is told so
        left = self.left()
        kept = known(left)
        for what, there in seen.items():
            if there - kept[what]:
                self.faults.append(
                    f"at {name}: a cut takes {what} {sorted(there - kept[what])}, which could be read already"
                )
        if numbers - kept["updates"]:
            self.faults.append(f"at {name}: a cut takes updates {sorted(numbers - kept['updates'])}")
        self.faults += lost_files(left)
        shutil.rmtree(left)

    def left(self):
        return self.disk.remains(self._folder / f"left-{next(self._numbers)}")


def known(folder):
    with closing(sqlite3.connect(folder / "alur.sqlite3")) as book:
        return {
            "updates": {row[0] for row in book.execute("SELECT update_id FROM inbox")},
            "entries": {row[0] for row in book.execute("SELECT id FROM audit")},
        }


def lost_files(folder):
    store = FileStore(folder / "files")
    with closing(Database(f"sqlite:///{folder / 'alur.sqlite3'}")) as database, database.read() as session:
        broken = [fault for owner in (None, *cases.codes(session).values()) for fault in audit.verify(session, owner)]
        return [
            *map(str, broken),
            *(f"{name} is named and gone" for name in named_files(session) - set(store.stored())),
        ]


@pytest.fixture
async def run(office, disk, tmp_path_factory):
    """Begins `alur run` on the disk, or on another folder."""
    begun = []

    async def begin(folder=disk.root, watched=disk.environment):
        settings = office.settings
        own = {
            "ALUR_BOT_TOKEN": settings.token,
            "ALUR_API_URL": settings.api_url,
            "ALUR_CLOCK_URL": settings.clock_url,
            "ALUR_DATA_DIR": str(folder),
            "ALUR_UNDO_SECONDS": "0",
            "ALUR_WEBHOOK_URL": settings.webhook_url,
            "ALUR_WEBHOOK_LISTEN": settings.webhook_listen,
            "ALUR_WEBHOOK_SECRET": settings.webhook_secret.get_secret_value(),
        }
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ALUR_")}
        environment["PYTHONPATH"] = str(SOURCES)
        where, seen = tmp_path_factory.mktemp("elsewhere"), await office.last_call()
        begun.append(
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.cli", "run", cwd=where, env={**environment, **own, **watched}
            )
        )
        async with asyncio.timeout(STARTS_WITHIN):
            while not await office.calls("setMyCommands", since=seen):  # noqa: ASYNC110 - the simulator rings no bell for it
                await asyncio.sleep(0.05)
        return begun[-1]

    yield begin
    for process in begun:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def open_case(office):
    await office.tap_through_opening()
    await office.tap("sekretaris", "Disposisikan")
    await office.settled()
    await office["analis_sdm"].send("/tugas")
    await office["tata_usaha"].send_file("Lain.pdf", paper("Lain.pdf", b"lain"))
    await office.settled()


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_nothing_is_told_that_a_power_cut_could_take_back(office, disk, run, way, tmp_path_factory, monkeypatch):
    if way == "webhook":
        serve(office)
        monkeypatch.setattr(office, "settled", lambda: taken(office))
    watch = Watch(office, disk, tmp_path_factory.mktemp("left"))
    process = await run()
    await open_case(office)

    left = watch.left()
    process.kill()
    await process.wait()

    assert watch.faults == []
    assert len(watch.acknowledged) >= 8
    assert watch.calls >= 8
    assert watch.acknowledged <= known(left)["updates"]
    assert lost_files(left) == []
    store = FileStore(left / "files")
    assert store.read(office.case.versions[0].file.sha256) == paper("surat.pdf", b"%PDF-1.4 surat")

    # What the cut left goes on where it was.
    await run(left, {})
    office.database.close()
    office.database = Database(f"sqlite:///{left / 'alur.sqlite3'}")
    assert (await office.tap("sekretaris", "Kirim")).text.startswith("Terima kasih")
    assert office.task.role == "kabag_umum"
