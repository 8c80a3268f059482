"""Several `alur run` as processes of their own, on one database and one data folder, before a simulated Telegram."""

import asyncio
import signal
from dataclasses import dataclass, field
from pathlib import Path

from alur.storage.database import Database
from bot.settings import Settings
from tests.forked import Process


@dataclass
class Fleet:
    """`ended` are those that were killed; whoever is left is killed at the end."""

    settings: Settings
    folder: Path  # of the logs
    ships: list[Process] = field(default_factory=list)

    async def launch(self, **settings: str) -> Process:
        """One more process; `settings` are names and values beside the fleet's own."""
        known = {
            "ALUR_BOT_TOKEN": self.settings.token,
            "ALUR_API_URL": self.settings.api_url,
            "ALUR_CLOCK_URL": self.settings.clock_url,
            "ALUR_DATABASE_URL": self.settings.database_url,
            "ALUR_DATA_DIR": str(self.settings.data_dir),
            "ALUR_UNDO_SECONDS": str(self.settings.undo_seconds),
            **settings,
        }
        log = self.folder / f"bot-{len(self.ships) + 1}.log"
        log.touch()
        ship = await asyncio.to_thread(Process, "run", folder=self.folder, settings=known, out=log, error=log)
        self.ships.append(ship)
        return ship

    def log(self, ship: Process) -> str:
        return (self.folder / f"bot-{self.ships.index(ship) + 1}.log").read_text()

    def mark(self, ship: Process) -> int:
        """What it says from here on: for `says`."""
        return len(self.log(ship))

    async def says(self, ship: Process, words: str, *, since: int = 0, within: float) -> None:
        """Waits until the process has said this; fails after so many seconds."""
        until = asyncio.get_running_loop().time() + within
        while words not in self.log(ship)[since:]:
            assert ship.returncode is None, self.log(ship)
            assert asyncio.get_running_loop().time() < until, f"no {words!r} in {within} s:\n{self.log(ship)[-3000:]}"
            await asyncio.sleep(0.05)

    async def end(self) -> None:
        for ship in self.ships:
            if ship.returncode is None:
                ship.send_signal(signal.SIGCONT)
                ship.kill()
                await ship.wait()


def leader_of(database: Database) -> int | None:
    """The server's process that holds the lead; None where nobody leads."""
    with database.reader.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND ((classid::bigint << 32) | objid::bigint)"
            " = hashtextextended('alur ' || current_schema(), 0)"
        ).scalar_one_or_none()
    return None if found is None else int(found)
