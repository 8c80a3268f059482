"""Whose updates that change nothing come too fast (`alur.workflow.office.guarding`). The working process remembers them, in
the one thread in which it writes; a process that takes over begins anew. Asked by `bot.telegram.application`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from alur.services.work import Judged, Work
from alur.storage.inbox import InboxRow
from alur.workflow.errors import AlurError
from alur.workflow.office.guarding import Recent, Stage

P = ParamSpec("P")
T = TypeVar("T", bound=Judged)

REMEMBERED = 1000  # senders; whoever was silent for longest is forgotten first
PRESS = "callback_query"


class Flooded(AlurError):
    """An update changed nothing, in a flood: what it did is to be rolled back. `begins`: it is to be answered for all."""

    def __init__(self, *, begins: bool) -> None:
        super().__init__()
        self.begins = begins


class Floods:
    """`waited` says whether an update waited at Telegram while nobody received."""

    def __init__(self, waited: Callable[[InboxRow], bool]) -> None:
        self._waited = waited
        self._recent: dict[int, Recent] = {}

    def guarded(self, row: InboxRow, service: Callable[Concatenate[Work, P], T]) -> Callable[Concatenate[Work, P], T]:
        """The service for this update. It raises `Flooded` where it has changed nothing, in a flood of its sender's."""

        @wraps(service)
        def guarded(work: Work, /, *args: P.args, **kwargs: P.kwargs) -> T:
            result = service(work, *args, **kwargs)
            stage = self._stage(row, work) if result.is_idle else Stage.CALM
            if stage is not Stage.CALM:
                raise Flooded(begins=stage is Stage.BEGINS)
            return result

        return guarded

    def _stage(self, row: InboxRow, work: Work) -> Stage:
        """With this update. A press has no date: of those that waited nobody knows how fast they were made."""
        if row.sender is None or (row.kind == PRESS and self._waited(row)):
            return Stage.CALM
        recent = self._recent.pop(row.sender, Recent()).after(row.update_id, work.at)
        self._recent[row.sender] = recent  # at the end: it was heard last
        if len(self._recent) > REMEMBERED:
            del self._recent[next(iter(self._recent))]
        return recent.stage(row.update_id)
