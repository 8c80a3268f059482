"""Whether the house is well: what `/healthz` says of the database, of Telegram, and of what waits too long."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from alur.services.work import Work
from alur.storage import inbox, outbox, timers
from alur.storage.parked import KINDS, parked
from bot import metrics
from bot.house import House
from bot.telegram.hook import Hook
from bot.telegram.pauses import Pauses

PATIENCE = 3.0  # seconds for the database, and for Telegram
QUIET = 60.0  # seconds without a word from Telegram after which it is asked; a long poll is answered within 25
LATE = {"inbox": 60.0, "outbox": 300.0, "timers": 120.0}  # seconds that the oldest of each may wait


@dataclass(frozen=True, kw_only=True)
class Health:
    """Ages are seconds, None where nothing waits. `telegram` is None in a process that stands by: it asks nobody.
    `webhook_error` says why Telegram cannot bring updates, where it has told us. `parked` is how much was set aside after it
    had failed again and again; `paused` which chats Telegram makes wait for long: what waits there is no age of the outbox.
    `trail_fault` says why no checkpoint of the trail is signed. These three do not make the house unwell: a restart would mend
    nothing.
    """

    leads: bool
    database: bool
    telegram: bool | None
    inbox: float | None = None
    outbox: float | None = None
    timers: float | None = None
    webhook_error: str | None = None
    parked: int = 0
    paused: dict[str, float] = field(default_factory=lambda: {"chats": 0, "longest": 0.0})
    trail_fault: str | None = None

    @property
    def is_good(self) -> bool:
        ages = ((limit, getattr(self, name)) for name, limit in LATE.items())
        late = self.leads and any(age is not None and age > limit for limit, age in ages)
        return self.database and self.telegram is not False and not late and self.webhook_error is None

    def view(self) -> dict[str, object]:
        return {"status": "good" if self.is_good else "not good", **asdict(self)}


class Pulse:
    """When Telegram last answered, on the monotonic clock."""

    def __init__(self) -> None:
        self._heard = float("-inf")

    def beat(self) -> None:
        self._heard = time.monotonic()

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self._heard < QUIET


async def examine(
    house: House,
    pulse: Pulse,
    hook: Hook,
    greet: Callable[[], Awaitable[object]] | None,
    pauses: Pauses | None = None,
    trail_fault: str | None = None,
) -> Health:
    """`greet` asks Telegram something cheap; None where this process may not. `pauses` is None where it sends nothing."""
    leads = house.lead.is_sure
    metrics.TRAIL_FAULT.set(trail_fault is not None)
    held = pauses.held_long() if pauses else set()
    try:
        async with asyncio.timeout(PATIENCE):
            waiting = await house.read(_waiting, held)
            aside = await house.read(_aside)
    except Exception:  # noqa: BLE001 - whatever it is, the database did not answer, and that is what is asked here
        return Health(leads=leads, database=False, telegram=None, webhook_error=hook.error)
    now = house.watch.now()
    ages = {name: None if since is None else (now - since).total_seconds() for name, since in waiting.items()}
    metrics.LEADS.set(leads)
    for name, age in ages.items():
        metrics.AGES.labels(name).set(age or 0)
    for kind in KINDS:
        metrics.PARKED.labels(kind).set(aside[kind])
    told: dict[str, Any] = {**ages, "parked": aside.total(), "trail_fault": trail_fault} | (
        {"paused": pauses.view()} if pauses else {}
    )
    telegram = await _answers(pulse, greet) if leads else None
    return Health(leads=leads, database=True, telegram=telegram, webhook_error=hook.error, **told)


async def _answers(pulse: Pulse, greet: Callable[[], Awaitable[object]] | None) -> bool:
    if not pulse.is_fresh and greet is not None:
        try:
            async with asyncio.timeout(PATIENCE):
                await greet()
        except Exception:  # noqa: BLE001 - the same, of Telegram
            return False
    return pulse.is_fresh


def _aside(work: Work) -> Counter[str]:
    """How much of each kind was set aside."""
    return Counter(item.kind for item in parked(work.session, now=work.now))


def _waiting(work: Work, held: set[int]) -> dict[str, datetime | None]:
    """Since when the oldest of each waits, but what Telegram itself makes wait. Nobody is reminded outside office hours: then no timer is late."""
    held_back = timers.held_due(work.session, now=work.now, limit=1)
    nearest = (
        timers.nearest(work.session) if work.calendar.is_open(work.now) else held_back[0].at if held_back else None
    )
    return {
        "inbox": inbox.oldest_pending(work.session),
        "outbox": outbox.oldest_unsent(work.session, without=held),
        "timers": nearest if nearest is not None and nearest <= work.now else None,
    }
