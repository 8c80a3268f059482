"""What the plays do not come to, and what is a screen all the same: after the last act of each."""

import asyncio
from datetime import UTC, datetime, timedelta

from alur.storage import reception
from alur.storage.database import Database
from bot.demo import late, play
from bot.demo.company import Company
from bot.demo.stage import Stage

OUTAGE = timedelta(minutes=10)  # more than a press lives at Telegram


async def perform(company: Company) -> None:
    await play.perform(company)
    await company.sekretaris.write("/bantuan")
    await company.sekretaris.sees("Bantuan", "Disposisikan")


async def perform_late(company: Company, stage: Stage) -> None:
    await late.perform(company, house=stage)
    await _an_outage(company, stage)


async def _an_outage(company: Company, stage: Stage) -> None:
    """The bot is started again as if it had last received some minutes ago, by the machine's own clock."""
    await company.later("2026-12-28 10:00")
    await stage.stop()
    await asyncio.to_thread(_heard_last, stage, datetime.now(UTC) - OUTAGE)
    await stage.restart()
    await company.kabag.sees("mohon tekan kembali", new=False)
    await company.settle()


def _heard_last(stage: Stage, at: datetime) -> None:
    database = Database(f"sqlite:///{(stage.folder / 'alur.sqlite3').resolve()}")
    with database.write() as session:
        reception.heard(session, at)
    database.close()
