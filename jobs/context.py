"""What jobs need of the bot: Protocols, so that they never import it."""

from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from alur.services.work import Work
from alur.storage.lead import Lead
from alur.workflow.calendar import Calendar

P = ParamSpec("P")
T = TypeVar("T")


class House(Protocol):
    async def write(self, service: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs the service as one transaction."""
        ...

    async def read(self, query: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a query on a snapshot."""
        ...

    async def in_thread(self, job: Callable[[], T]) -> T:
        """Runs slow work that needs no transaction."""
        ...


class Watch(Protocol):
    def now(self) -> datetime:
        """The present moment."""
        ...

    async def reset(self) -> datetime:
        """Asks the clock anew."""
        ...


class HouseWithClock(House, Protocol):
    """What the ticking itself needs besides."""

    calendar: Calendar  # by which the house counts; the ticking puts a new one in its place

    @property
    def watch(self) -> Watch: ...

    @property
    def lead(self) -> Lead: ...
