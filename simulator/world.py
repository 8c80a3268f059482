"""The world that the simulator shows: its options, its clock, its state; handed to every method and control act."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from simulator.bells import Bells
from simulator.calls import CallLog
from simulator.clock import Clock
from simulator.faults import Faults
from simulator.limits import MEGABYTE, Limiter, Rates
from simulator.state.files import Files
from simulator.state.messages import Messages
from simulator.state.people import People
from simulator.state.queries import Queries
from simulator.state.store import Store
from simulator.state.tray import Tray
from simulator.state.updates import Updates

DEFAULT_TOKEN = "7654321098:AAH-simulator-token-for-loopback-only"  # noqa: S105 - no secret: it opens nothing


@dataclass(frozen=True, kw_only=True)
class Options:
    """What may be chosen when a simulator starts. Durations are in seconds of the simulator's clock, sizes in bytes.

    start is the clock's first moment (aware), None the real now; with clock_waits the clock stands still while the
    simulator is stopped, where its state is kept; webhook_backoff is (first, longest) wait between two tries of a
    webhook, in real seconds. With local_files the server is in local mode: getFile puts the file there and names its path.
    """

    token: str = DEFAULT_TOKEN
    bot_name: str = "Alur"
    bot_username: str = "alur_simulator_bot"
    data: Path | None = None
    start: datetime | None = None
    clock_waits: bool = False
    query_life: float = 150.0
    rates: Rates = field(default_factory=Rates)
    webhook_backoff: tuple[float, float] = (0.2, 10.0)
    upload_limit: int = 50 * MEGABYTE
    download_limit: int = 20 * MEGABYTE
    local_files: Path | None = None


class World:
    def __init__(self, options: Options) -> None:
        self.options = options
        self.bells = Bells()
        self.closing = False
        self.polls = 0  # which getUpdates is the newest: an older one that still waits is terminated
        self.polling = 0  # how many of them wait
        self.store = Store(options.data)
        stopped_at = self.store.setting("stopped_at") if options.clock_waits else None
        self.store.put_setting("stopped_at", None)  # known at the next start only where this one stops in good order
        self.clock = Clock(
            start=datetime.fromisoformat(stopped_at) if stopped_at else options.start,
            kept=None if stopped_at else self.store.setting("clock_offset"),
            keep=lambda seconds: self.store.put_setting("clock_offset", seconds),
        )
        life = timedelta(seconds=options.query_life)
        self.people = People(self.store)
        self.messages = Messages(self.store, self.bells)
        self.updates = Updates(self.store, self.bells, self.clock, query_life=life)
        self.queries = Queries(self.store, self.bells, self.clock, life=life)
        self.files = Files(self.store)
        self.tray = Tray(self.store)
        self.limiter = Limiter(now=self.clock.now, rates=options.rates)
        self.faults = Faults()
        self.calls = CallLog()

    @property
    def bot(self) -> dict[str, Any]:
        """The bot as a user; its id is the number that its token begins with."""
        number = self.options.token.partition(":")[0]
        return {
            "id": int(number) if number.isdigit() else 7_654_321_098,
            "is_bot": True,
            "first_name": self.options.bot_name,
            "username": self.options.bot_username,
        }

    def identity(self) -> str:
        """The same as long as the state is; a page that sees another one has to begin anew."""
        if not (kept := self.store.setting("identity")):
            kept = uuid4().hex
            self.store.put_setting("identity", kept)
        return str(kept)

    def close_doors(self) -> None:
        """Nobody waits any longer; the state stays readable for those who are on their way out."""
        self.store.put_setting("stopped_at", self.clock.now().isoformat())
        self.closing = True
        self.bells.ring_all()
