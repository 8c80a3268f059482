"""A build's real bot (`alur run`, SQLite with FULL commits) before a simulated Telegram, each a process of its own, with many
cases that wait for *Setujui*.
"""

import asyncio
import json
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.presses import HERE, ROOT, asked
from bench.processes import PATIENCE, cpu_of, running, telegram_running

from simulator import Message, Phone, SimulatorClient
from simulator.world import DEFAULT_TOKEN

COMMAND = (sys.executable, "-m", "bot.cli", "run")
LABEL = "Setujui"
START = "2026-11-03T10:00:00+07:00"  # the day on which the cases came to their sixth step
LOOKED_EVERY = 0.003  # seconds
UNDELIVERED = """
    SELECT (SELECT count(*) FROM cards WHERE shown < wanted OR rung < ring)
         + (SELECT count(*) FROM notices WHERE sent_at IS NULL AND dropped_at IS NULL)
"""


@dataclass
class RunningBot:
    pid: int
    telegram: SimulatorClient
    is_settled: Callable[[int], Awaitable[bool]]  # whether everything is shown that so many presses lead to
    waiting: list[tuple[Phone, Message]] = field(default_factory=list)  # whose card, and the card: office by office

    async def settled(self, presses: int = 0, *, patience: float = PATIENCE) -> None:
        until = time.monotonic() + patience
        while not await self.is_settled(presses):
            assert time.monotonic() < until, "something is not delivered"
            await asyncio.sleep(LOOKED_EVERY)

    async def press(self) -> None:
        """One more case is approved, answered and shown to all."""
        phone, card = self.waiting.pop()
        answer = await phone.press(card, LABEL)
        assert answer.answered, "no answer"
        assert not answer.alert, answer.text
        await self.settled(1)

    async def burst(self, presses: int) -> list[float]:
        """So many more cases are approved at once: the seconds until each press was answered."""

        async def pressed(phone: Phone, card: Message) -> float:
            begun = time.perf_counter()
            answer = await phone.press(card, LABEL, timeout=PATIENCE)
            assert answer.answered, "no answer"
            assert not answer.alert, answer.text
            return time.perf_counter() - begun

        found = await asyncio.gather(*(pressed(*self.waiting.pop()) for _ in range(presses)))
        await self.settled(presses)
        return list(found)

    async def turn(self, presses: int) -> float:
        """Seconds of CPU for one press, of so many, one after the other."""
        before = cpu_of(self.pid)
        for _ in range(presses):
            await self.press()
        return (cpu_of(self.pid) - before) / presses

    async def calls(self, since: int = 0) -> list[dict[str, Any]]:
        """All but the polls, the newest last."""
        return [call for call in await self.telegram.calls(since=since) if call["method"] != "getUpdates"]

    async def calls_of_a_press(self) -> list[dict[str, Any]]:
        """One more press: what the bot calls, in order, with its parameters."""
        since = (await self.calls())[-1]["number"]
        await self.press()
        return [_plain(call) for call in await self.calls(since)]


def _plain(call: dict[str, Any]) -> dict[str, Any]:
    """Its method and parameters; what is an object inside them read from its JSON."""
    parameters = {
        name: json.loads(value) if name in ("media", "reply_markup") else value
        for name, value in call["parameters"].items()
    }
    return {"method": call["method"], **parameters}


@asynccontextmanager
async def office(
    adapter: str,
    root: Path,
    folder: Path,
    *,
    offices: int = 1,
    cases: int = 0,
    notices: int = 0,
    most: int | None = None,
) -> AsyncIterator[RunningBot]:
    """A bot of that build's sources with so many cases in each of so many offices, when all have their cards; and so many
    notices. With `most`, Telegram takes so many messages in any second, and the bot goes by the machine's clock, as
    it does before the real one; else it need not spare a simulator.
    """
    orders = (f"standing {offices} {cases}", *((f"tell {notices}",) if notices else ()))
    made = await asyncio.to_thread(_founded, adapter, root, folder, *orders)
    data = folder / f"{adapter}-data"
    async with telegram_running(ROOT, *(() if most else ("--start", START))) as url, SimulatorClient(url) as telegram:
        for number in made["people"]:
            await (await telegram.person(f"Pegawai {number}", user_id=number)).unblock()
        if most:
            await telegram.rates(per_bot=most)
        with closing(sqlite3.connect(f"file:{data / 'alur.sqlite3'}?mode=ro", uri=True)) as database:
            settings = settings_for(url, data) | ({} if most else {"ALUR_CLOCK_URL": f"{url}/clock"})
            async with running(*COMMAND, cwd=root, log=folder / "log", **settings) as process:

                async def is_settled(_presses: int) -> bool:
                    return not database.execute(UNDELIVERED).fetchone()[0]

                bot = RunningBot(pid=process.pid, telegram=telegram, is_settled=is_settled)
                await bot.settled(patience=300 + offices * cases)  # a second for the cards of each case: a busy machine
                bot.waiting = await _waiting(telegram, made["reviewers"], cases)
                yield bot


def _founded(adapter: str, root: Path, folder: Path, *orders: str) -> dict[str, list[int]]:
    """By that build's driver: what the first order made, who is there and who reviews."""
    with asked(adapter, root, folder) as ask:
        first, *_ = [ask(order) for order in orders]
    return dict(first["made"])


def settings_for(url: str, data: Path) -> dict[str, str]:
    return {
        "ALUR_BOT_TOKEN": DEFAULT_TOKEN,
        "ALUR_API_URL": url,
        "ALUR_DATA_DIR": str(data),
        "ALUR_SOP_DIR": str(data / "sops"),
        "ALUR_UNDO_SECONDS": "0",
    }


@asynccontextmanager
async def bare(calls: list[dict[str, Any]], folder: Path, *, cases: int) -> AsyncIterator[RunningBot]:
    """A bot of python-telegram-bot alone, that answers each press with these calls."""
    reviewer = next(int(call["chat_id"]) for call in calls if call["method"] == "editMessageText")
    async with telegram_running(ROOT, "--start", START) as url, SimulatorClient(url) as telegram:
        for number in {int(call["chat_id"]) for call in calls if "chat_id" in call}:
            await (await telegram.person(f"Pegawai {number}", user_id=number)).unblock()
        script = (sys.executable, HERE / "bare.py", url, DEFAULT_TOKEN, json.dumps(calls), str(reviewer), str(cases))
        async with running(*script, cwd=ROOT, log=folder / "log") as process:
            bot = RunningBot(pid=process.pid, telegram=telegram, is_settled=lambda _: telegram.is_polled())
            await bot.settled()
            bot.waiting = await _waiting(telegram, [reviewer], cases)
            bot.is_settled = _Called(bot, len(calls), (await bot.calls())[-1]["number"]).is_settled
            yield bot


@asynccontextmanager
async def quick(
    python: Path, calls: list[dict[str, Any]], reviewers: list[int], folder: Path, *, cases: int
) -> AsyncIterator[RunningBot]:
    """A bot of aiogram, that answers each press of these people with these calls: the first is the answer."""
    own = next(int(call["chat_id"]) for call in calls if call["method"] == "editMessageText")
    placed = [{**call, "distance": int(call["chat_id"]) - own} if "chat_id" in call else call for call in calls]
    chats = {one + call.get("distance", 0) for one in reviewers for call in placed}
    async with telegram_running(ROOT, "--start", START) as url, SimulatorClient(url) as telegram:
        for number in chats:
            await (await telegram.person(f"Pegawai {number}", user_id=number)).unblock()
        told = {"url": url, "token": DEFAULT_TOKEN, "calls": placed, "pressers": reviewers, "cards": cases}
        script = (python, HERE / "against" / "quick.py", json.dumps(told))
        async with running(*script, cwd=ROOT, log=folder / "log") as process:
            bot = RunningBot(pid=process.pid, telegram=telegram, is_settled=lambda _: telegram.is_polled())
            await bot.settled()
            bot.waiting = await _waiting(telegram, reviewers, cases)
            bot.is_settled = _Called(bot, len(calls), (await bot.calls())[-1]["number"]).is_settled
            yield bot


@dataclass
class _Called:
    """Who stores nothing is known by his calls."""

    bot: RunningBot
    each: int  # calls of a press
    seen: int

    async def is_settled(self, presses: int) -> bool:
        """Asked until it is so, once for them."""
        found = await self.bot.calls(self.seen)
        if len(found) < self.each * presses:
            return False
        self.seen = found[-1]["number"]
        return True


async def _waiting(telegram: SimulatorClient, reviewers: list[int], cases: int) -> list[tuple[Phone, Message]]:
    """The cards that can be approved, of all offices by turns."""
    phones = {phone.id: phone for phone in await telegram.people()}
    held = []
    for number in reviewers:
        cards = [message for message in await phones[number].messages() if LABEL in message.labels]
        assert len(cards) == cases, (number, len(cards))
        held.append([(phones[number], card) for card in cards])
    return [one for turn in zip(*held, strict=True) for one in turn]
