"""What jobs need of the bot: a Protocol, so that they never import it."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from alur.services.work import Work

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
