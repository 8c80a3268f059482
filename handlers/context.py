"""What handlers need of the bot: a Protocol, so that they never import it."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from alur.services.work import Answer, Judged, Work
from alur.workflow.files import FileRef

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=Judged)


class DownloadFailed(Exception):
    """Telegram did not hand a file over as it was announced, however often it was asked; its sender is to send it again."""


class NotLookedAt(Exception):
    """It could not be said what the file is, through no fault of the file's; its sender is to send it again."""


class Context(Protocol):
    async def transact(self, service: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs the service as the one transaction of this update, which also marks the update as done."""
        ...

    async def attempt(
        self, service: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R | Answer:
        """The same for a service that may change nothing. Where it does so in a flood, nothing of it is kept; the answer is
        what is said to a press instead.
        """
        ...

    async def read(self, query: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a query on a snapshot; it can write nothing."""
        ...

    async def answer(self, name: str, *, alert: bool = False, **values: Any) -> None:
        """Answers the tap, best effort; called once, after the transaction."""
        ...

    async def fetch(self, *, file_id: str, name: str, size: int | None, mime: str, kind: str) -> FileRef:
        """Downloads a file, of the size that was told, looks into it, and stores it under the name and media type that its
        content gives it. What concerns other cases may go on meanwhile. Raises `DownloadFailed`, `NotLookedAt`, or `file_kinds.Unfit`
        for a file that is not taken, of which nothing is stored.
        """
        ...
