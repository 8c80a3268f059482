"""What a run breaks: a simulated Telegram, a database of the run's own, people enrolled, cases open, and the bots.

The hand breaks it through the methods of `Target`; each is undone by its counterpart, or by `calm`.
"""

import asyncio
import contextlib
import os
import shutil
import subprocess
import time
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

from sqlalchemy import create_engine, make_url, text

import bot as bot_package
from alur.services.cases.perform import open_, perform
from alur.services.clock import year
from alur.services.people import succession
from alur.services.work import Work
from alur.storage import appointments, cases, members, roster, sops
from alur.storage.database import Database
from alur.storage.file_store import FileStore
from alur.storage.migrations import migrate
from alur.storage.sop_files import Procedure
from alur.workflow.files import FileRef
from bot import wiring
from bot.settings import Settings
from simulator import Options, Simulator, SimulatorClient
from tests import acts
from tests.chaos.cluster import Borrowed, Cluster
from tests.chaos.ledger import Ledger
from tests.chaos.nursery import Bot, Nursery, has_port
from tests.chaos.power import Power
from tests.chaos.procedures import procedures
from tests.chaos.profiles import PROFILES, Profile
from tests.e2e.desk import Desk
from tests.papers import mime_of
from tests.walls import WallFile

Server = Cluster | Borrowed
SOURCES = str(Path(bot_package.__file__).parents[1])
TOKEN = "123456:TEST-token-for-the-simulator-only"
MONDAY = datetime.fromisoformat("2026-11-02T09:00:00+07:00")
DISK = 96  # megabytes of the folder that the hand can fill

UNDO = 2  # seconds for which a decision may be withdrawn
# What counts, in the database itself, how often an update was marked as done: independent of what we call exactly once.
DONE_TABLE = "CREATE TABLE chaos_done (update_id BIGINT NOT NULL)"
DONE_TRIGGERS = {
    "sqlite": (
        """CREATE TRIGGER chaos_done AFTER UPDATE OF done_at ON inbox WHEN NEW.done_at IS NOT NULL
        BEGIN INSERT INTO chaos_done VALUES (NEW.update_id); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION chaos_done() RETURNS trigger AS
        $$ BEGIN INSERT INTO chaos_done VALUES (NEW.update_id); RETURN NEW; END $$ LANGUAGE plpgsql""",
        """CREATE TRIGGER chaos_done AFTER UPDATE OF done_at ON inbox FOR EACH ROW WHEN (NEW.done_at IS NOT NULL)
        EXECUTE FUNCTION chaos_done()""",
    ),
}


class Target:
    def __init__(
        self,
        folder: Path,
        *,
        seed: int,
        running: int,
        server: Server | None,
        bots: int,
        chances: dict[str, float],
        power: bool = False,
    ) -> None:
        """`server` is a PostgreSQL; None is SQLite under the folder. `running` cases are open from the beginning. With `power`
        it may fail.
        """
        self.folder, self.seed, self.running, self.chances = folder, seed, running, chances
        self.data = folder / "data"
        self.simulator = Simulator(Options(token=TOKEN, start=MONDAY, data=folder / "telegram"))
        self.ledger = Ledger(now=MONDAY)
        self.server, self._slots = server, bots
        self.bots: list[Bot] = []
        self.launched: list[Bot] = []  # all that there ever were
        self.wall, self.diary = WallFile(folder / "wall"), folder / "diary"
        self.power = Power(self) if power else None
        self._launches = 0
        self._nursery, self._client = Nursery(SOURCES), None
        self._calls = 0

    # Its beginning and end

    async def __aenter__(self) -> Self:
        async with contextlib.AsyncExitStack() as stack:  # undone where the rest cannot be set
            await self._set(stack)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def _set(self, stack: contextlib.AsyncExitStack) -> None:
        self.data.mkdir(parents=True)
        self.has_small_disk = self.power is None and await asyncio.to_thread(self._mount)
        if self.has_small_disk:
            unmount = ["umount", "-l", str(self.data)]
            stack.push_async_callback(asyncio.to_thread, subprocess.run, unmount, check=True)
        await stack.enter_async_context(self.simulator)
        self._client = await stack.enter_async_context(SimulatorClient(self.simulator.url))
        self.settings = Settings(
            _env_file=None,
            bot_token=TOKEN,
            api_url=self.simulator.url,
            database_url=self.server.url if self.server else "",
            data_dir=self.data,
            clock_url=f"{self.simulator.url}/clock",
            undo_seconds=UNDO if self.seed % 2 else 0,  # every other run hands on at once
        )
        self.procedures = procedures()
        self.calendar = wiring.calendar(self.settings, MONDAY)
        self.database = Database(self.settings.database)
        stack.callback(self.database.close)
        await asyncio.to_thread(self._found)
        self.phones = {}
        for profile in PROFILES:
            self.phones[profile] = await self.telegram.person(profile.name, user_id=profile.telegram_id)
            await self._stand(profile, "started")
        if self.power is not None:
            self.database.close()
            stack.enter_context(self.power.watched())
        stack.push_async_callback(self._nursery.close)
        await self._nursery.open()

    def _mount(self) -> bool:
        """Whether the folder is a small file system of its own, which may be filled."""
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", str(self.data)]
        return os.geteuid() == 0 and subprocess.run(mount, check=False, capture_output=True).returncode == 0

    def _found(self) -> None:
        """Tables, members, and the cases that are open from the beginning."""
        migrate(self.database)
        with self.database.writer.begin() as connection:
            for statement in (DONE_TABLE, *DONE_TRIGGERS[self.database.dialect]):
                connection.execute(text(statement))
        self.members = {}
        with self.database.write() as session:
            work = self.work(session)
            for procedure in self.procedures:
                sops.store(session, procedure.sop, procedure.hash, at=MONDAY)
            for profile in PROFILES:
                known = {
                    "telegram_id": profile.telegram_id,
                    "name": profile.name,
                    "sapaan": profile.sapaan,
                    "unit": profile.unit,
                }
                member = members.enrol(session, at=MONDAY, **known)
                appointments.add(session, member_id=member.id, role=profile.role)
                self.members[profile] = member.id
            year.keep_in_step(work)
            succession.follow(work)
            self.founded = roster.load(session)
        self.desks = {profile.role: self.members[profile] for profile in reversed(PROFILES)}
        with self.database.write() as session:
            for number, procedure in enumerate(self.procedures[: self.running]):
                self._open(self.work(session), procedure, step=number % len(procedure.sop.steps) + 1)

    def _open(self, work: Work, procedure: Procedure, *, step: int) -> None:
        """A case that has come to the step by the straight path, so that every desk has work from the first moment."""
        act = acts.OpenCase(
            by=self.desks["tata_usaha"],
            period="2026",
            letter_number="B-1234/KP.05/SJP/2026",
            letter_date=date(2026, 10, 30),
            file=self.stored("surat.pdf"),
            way=1 if procedure.sop.start.ways else None,
        )
        decision, number = open_(work, procedure, act)
        assert decision.refusal is None
        walker = SimpleNamespace(members=self.desks, stored=self.stored)
        while (task := (case := cases.get(work.session, number).case).open_tasks[0]).step < step:
            for move in Desk._move(walker, work, case, task):
                assert perform(work, number, move).refusal is None

    def stored(self, name: str) -> FileRef:
        data = f"%PDF-1.4 {name}".encode()
        sha256 = FileStore(self.settings.files_dir).put(data)
        return FileRef(sha256=sha256, name=name, size=len(data), mime=mime_of(name))

    def work(self, session, at: datetime = MONDAY) -> Work:
        return Work(session=session, at=at, now=at, calendar=self.calendar, procedures=self.procedures)

    @property
    def telegram(self) -> SimulatorClient:
        return self._client

    # The bots

    async def launch(self) -> Bot:
        """One more process; the seed of its hand follows from the run's and its own number."""
        async with self.power.is_on if self.power else contextlib.nullcontext():
            return await self._launch()

    async def _launch(self) -> Bot:
        order = self._order(self.folder, self.simulator.url, chances=self.chances)
        if self.power is not None:
            order["environment"] |= self.power.environment
        bot = await self._nursery.launch(order)
        self.launched.append(bot)
        return bot

    async def launch_beside(self, folder: Path, api: str) -> Bot:
        """One that is no part of the run, in a folder like the run's, before another Telegram; nothing stumbles in it."""
        return await self._nursery.launch(self._order(folder, api, chances=dict.fromkeys(self.chances, 0.0)))

    def _order(self, folder: Path, api: str, *, chances: dict[str, float]) -> dict[str, Any]:
        self._launches += 1
        environment = {
            "ALUR_BOT_TOKEN": TOKEN,
            "ALUR_API_URL": api,
            "ALUR_CLOCK_URL": f"{api}/clock",
            "ALUR_UNDO_SECONDS": str(self.settings.undo_seconds),
            "ALUR_DATABASE_URL": self.settings.database_url,
            "ALUR_DATA_DIR": str(folder / self.data.name),
        }
        order = {"log": str(folder / "bots.log"), "environment": environment, "chances": chances}
        own = {"wall": str(folder / self.wall.path.name), "diary": str(folder / self.diary.name)}
        return order | own | {"seed": self.seed * 1000 + self._launches}

    async def fill_up(self) -> None:
        """As many processes as there should be; those that ended are replaced, as a service manager does."""
        self.bots = [bot for bot in self.bots if not bot.ended.is_set()]
        while len(self.bots) < self._slots:
            self.bots.append(await self.launch())

    # Telegram

    async def restart_simulator(self, pause: float) -> None:
        self.drain_calls()
        await self.simulator.stop()
        await asyncio.sleep(pause)
        self._calls = 0
        await self.simulator.start()
        self.ledger.clock_is(await self.telegram.clock())

    def drain_calls(self) -> None:
        """Reads the calls since the last time; the simulator forgets them with each restart."""
        world = self.simulator._world
        if world is None:
            return
        for call in world.calls.since(self._calls):
            self._calls = call["number"]
            self.ledger.read_call(call)

    @property
    def polls(self) -> int:
        """How often updates were asked for since the simulator's last start."""
        return self.simulator._world.polls if self.simulator._world else 0

    async def _stand(self, profile: Profile, standing: str) -> None:
        await self.telegram.ask("POST", f"/control/people/{profile.telegram_id}/standing", {"standing": standing})

    # The database and the disk

    @contextlib.contextmanager
    def writing(self):
        """A transaction of the run's own, beside the bots'."""
        with self.power.own_writers if self.power else contextlib.nullcontext(), self.database.write() as session:
            yield session

    def cut_lead(self) -> None:
        """Ends the session that holds the lock, and nothing else. PostgreSQL alone."""
        self._of_leader("pg_terminate_backend(pid)")

    def leader(self) -> int | None:
        """The process whose session holds the lock; None where nobody does."""
        port = self._of_leader("client_port")
        return next((bot.pid for bot in self.bots if port and has_port(bot.pid, port)), None)

    def _of_leader(self, what: str) -> int | None:
        select = f"SELECT {what} FROM pg_locks JOIN pg_stat_activity USING (pid)"
        where = f"locktype = 'advisory' AND granted AND application_name = '{self.server.name}'"
        url = make_url(self.server.url).update_query_dict({"application_name": "hand"})
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                return connection.execute(text(f"{select} WHERE {where}")).scalars().first()
        finally:
            engine.dispose()

    @contextlib.contextmanager
    def full_disk(self):
        """Not a byte is left in the folder. Only where it is a small file system of its own."""
        ballast = self.data / f"ballast-{time.monotonic_ns()}"
        try:
            with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
                while file.write(bytes(2**20 if shutil.disk_usage(self.data).free > 2**20 else 512)):
                    pass
            yield
        finally:
            ballast.unlink()
