"""One run: the house is set, broken for so many seconds, calmed, and judged. `make chaos` and the test call it."""

import asyncio
import os
import platform
import random
import shutil
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alur.storage import inbox, outbox, timers
from bot import retries
from jobs.ticking import TICK_OF_A_DEMO
from tests.chaos.cluster import BORROWED, Borrowed, Cluster, is_to_be_had
from tests.chaos.exam import Exam
from tests.chaos.hand import Hand
from tests.chaos.judge import Judge
from tests.chaos.people import Person
from tests.chaos.screens import Screens
from tests.chaos.target import Target

BEGINS_WITHIN = 60.0  # seconds until the first poll
FAR = datetime(2100, 1, 1, tzinfo=UTC)  # by then every timer is due
QUIET_WITHIN = 120.0  # seconds from the last trouble until nothing waits
LOOK_EVERY = 0.05  # seconds
LONGEST_PAUSE = retries.SENDING.longest.total_seconds() + 1  # for which a row may wait before it is sent again
MOST_COPIES = 10  # times as many as were asked for
CHANCES = {"handler": 0.02, "answer": 0.02, "disk": 0.05, "render": 0.02, "request": 0.01}


@dataclass(frozen=True, kw_only=True)
class Plan:
    seconds: float
    seed: int
    database: str  # sqlite or postgresql
    power: bool = False  # whether it fails; this process must have been begun with the shim
    copies: int = 20  # so often at least, if it does …
    updates: int = 500  # … and among so many at least, however long it takes
    cases: int = 20
    chances: dict = field(default_factory=lambda: dict(CHANCES))

    @property
    def bots(self) -> int:
        return 3 if self.database == "postgresql" else 1

    @property
    def command(self) -> str:
        seconds = f"SECONDS={self.seconds:g} " if self.seconds else ""
        return f"make chaos DATABASE={self.database} {seconds}SEED={self.seed}{' POWER=1' * self.power}"


@dataclass
class Report:
    plan: Plan
    faults: list = field(default_factory=list)
    facts: dict = field(default_factory=dict)
    tail: str = ""

    def __str__(self) -> str:
        lines = [f"{self.plan.command}  ({os.cpu_count()} cores, Python {platform.python_version()})"]
        lines += [f"  {name}: {value}" for name, value in self.facts.items()]
        lines += [f"  WRONG: {fault}" for fault in self.faults[:40]]
        lines += [f"  and {len(self.faults) - 40} more"] if len(self.faults) > 40 else []
        return "\n".join(
            [*lines, "  nothing lost, nothing doubled" if not self.faults else f"  {len(self.faults)} faults"]
        )


async def run(plan: Plan, say=print, keep: Path | None = None) -> Report:
    """`keep` is a folder for what a failed run leaves behind: the databases and the bots' log."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="alur-chaos-")))
        os.chmod(folder, 0o755)  # noqa: PTH101 - the server of a cluster is another user
        server = None
        if plan.database == "postgresql":
            server = Cluster(folder / "postgresql") if is_to_be_had() else Borrowed()
            say(
                f"on {'a cluster' if is_to_be_had() else 'a schema of ' + BORROWED + ': only sessions are ended there'}"
            )
            await asyncio.to_thread(server.start)
            stack.push_async_callback(asyncio.to_thread, server.stop)
        target = await stack.enter_async_context(
            Target(
                folder,
                seed=plan.seed,
                running=plan.cases,
                server=server,
                bots=plan.bots,
                chances=plan.chances,
                power=plan.power,
            )
        )
        report = await _run(plan, target, say)
        if keep is not None and report.faults:
            shutil.copytree(folder, keep, ignore=shutil.ignore_patterns("postgresql"), dirs_exist_ok=True)
        return report


async def _run(plan: Plan, target: Target, say) -> Report:
    report, book = Report(plan), {}
    people = [
        Person(profile, phone, dice=random.Random(f"{plan.seed} {profile.name}"), ledger=target.ledger, book=book)
        for profile, phone in target.phones.items()
    ]
    hand = Hand(target, people, dice=random.Random(plan.seed))
    await target.fill_up()
    async with asyncio.timeout(BEGINS_WITHIN):
        while not target.polls:  # noqa: ASYNC110 - the simulator rings no bell for it
            await asyncio.sleep(LOOK_EVERY)
    living = [asyncio.create_task(person.live()) for person in people]
    breaking = asyncio.create_task(hand.work())
    try:
        await _watch(plan, target, (*living, breaking), say)
    finally:
        for task in living:
            task.cancel()
        hand.over.set()
        await asyncio.gather(*living, breaking, return_exceptions=True)
    judge = Judge(target)
    if target.power is not None:
        if (among := target.power.copies.among) < plan.updates:
            judge.complain(f"only {among} of {plan.updates} updates were acknowledged before the last power cut")
        await hand.machine.cut_power()  # also where the dice never fell on it
        await target.power.copies.over()
        judge.faults += target.power.copies.faults
    await hand.calm()
    screens = Screens(judge)
    exam = Exam(judge, people, dice=random.Random(plan.seed))
    await exam.let_an_hour_pass()
    quiet = await _quiet(target)
    if quiet:
        await exam.forge()
        await exam.take()
        await exam.let_an_hour_pass()
        quiet = await _quiet(target)
    if not quiet:
        judge.complain(f"after {QUIET_WITHIN} s without trouble it is not quiet: {_waiting(target)}")
    screens.look()
    duplicates = screens.duplicates()
    tapped = await screens.tap_orphans()
    if tapped and not await _quiet(target):
        judge.complain(f"after the orphans were tapped it is not quiet: {_waiting(target)}")
    screens.look()
    judge.look()
    screens.tapped()
    screens.try_all()
    judge.try_all()
    report.faults = judge.faults
    report.facts = _facts(target, judge, duplicates, tapped)
    report.tail = _tail(target.folder / "bots.log")
    return report


async def _watch(plan: Plan, target: Target, tasks, say) -> None:
    """Until the time is over, and copies enough were taken; a line now and then; what fails in the suite itself is raised."""
    began = time.monotonic()
    every = max(5.0, min(60.0, plan.seconds / 6))
    told = began
    while (now := time.monotonic()) - began < plan.seconds or not _has_enough(plan, target):
        done, _ = await asyncio.wait(tasks, timeout=0.5, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
        if now - told >= every:
            told = now
            counts = target.ledger.counts
            named = ("taps", "taps answered", "texts", "files", "kills", "calls", "calls cut", "429", "5xx")
            say(f"{now - began:5.0f} s  " + ", ".join(f"{counts[name]} {name}" for name in named), flush=True)


def _has_enough(plan: Plan, target: Target) -> bool:
    """Whether power cuts have left copies enough, or so many that the updates will not come any more."""
    if target.power is None:
        return True
    taken, among = len(target.power.copies.taken), target.power.copies.among
    return (taken >= plan.copies and among >= plan.updates) or taken > MOST_COPIES * plan.copies


async def _quiet(target: Target) -> bool:
    """Whether, within bounds, nothing waits any more: to be received, to be worked, to be delivered."""
    deadline = time.monotonic() + QUIET_WITHIN
    calm_since = None
    while time.monotonic() < deadline:
        await target.fill_up()
        # Rows that failed again and again wait up to a minute: it passes on the simulator's clock.
        target.ledger.clock_is(await target.telegram.advance(timedelta(seconds=LONGEST_PAUSE / 20)))
        waiting = _waiting(target)
        if any(waiting.values()) or not target.simulator._world.polling:
            calm_since = None
        elif calm_since is None:
            calm_since = time.monotonic()
        elif time.monotonic() - calm_since > 4 * TICK_OF_A_DEMO:  # some ticks: what became due just now has been told
            return True
        await asyncio.sleep(0.2)
    return False


def _waiting(target: Target) -> dict:
    with target.database.read() as session:
        return {
            "updates at Telegram": target.simulator._world.updates.count(),
            "updates in the inbox": str(inbox.oldest_pending(session) or ""),
            "rows in the outbox": str(outbox.oldest_unsent(session) or ""),
            "held decisions": str(next((row.key for row in timers.held_due(session, now=FAR, limit=1)), "")),
        }


def _facts(target: Target, judge: Judge, duplicates: int, tapped: int) -> dict:
    recovered = sorted(t.recovered for t in target.ledger.troubles if t.recovered is not None)
    facts = dict(judge.facts) | {name: target.ledger.counts[name] for name in sorted(target.ledger.counts)}
    facts |= {"duplicate sends": duplicates, "orphans tapped": tapped}
    if recovered:
        middle, last = recovered[len(recovered) // 2], recovered[-1]
        facts["seconds to recover (median, longest)"] = f"{middle:.1f}, {last:.1f}"
    if target.power is not None:
        facts |= target.power.copies.facts()
    return {name: facts[name] for name in sorted(facts)}


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-60:]) if log.exists() else ""
