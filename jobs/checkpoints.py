"""Once a tick: signs the trail's checkpoint where one is due, and queues the bundles that it brings. Used by `ticking`."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from alur.evidence.note import Signer
from alur.services.evidence import bundles, checkpoints, signing
from alur.services.evidence.bundle import chat
from alur.services.evidence.bundles import Due
from alur.services.evidence.checkpoints import TrailBroken
from alur.storage.database import is_transient
from alur.workflow.calendar import CalendarNotCovered
from jobs.context import House

log = structlog.get_logger()

AGAIN = timedelta(hours=1)  # after what went wrong: the whole trail is gone through each time


class Checkpoints:
    """`is_kept` looks whether the key's file still holds the key of `signer`. `fault` is what keeps the trail from being
    signed, if anything does.
    """

    def __init__(self, house: House, signer: Signer, *, is_kept: Callable[[], bool]) -> None:
        self._house, self._signer, self._is_kept = house, signer, is_kept
        self._not_before: datetime | None = None
        self._is_uncovered = False
        self._may_lack_bundles = True  # a kill may have come between a checkpoint and its bundles
        self.fault: str | None = None

    async def run(self, now: datetime) -> bool:
        """Whether something was queued. Nothing is raised but where the database is away."""
        try:
            is_told = await self._sign(now)
            self._may_lack_bundles = self._may_lack_bundles or is_told
            if self._may_lack_bundles:
                is_told = await self._queue_bundles() or is_told
        except Exception as error:
            if is_transient(error):
                raise
            log.exception("the trail cannot be signed, or its bundles not be sent")
            self._not_before, is_told = now + AGAIN, False
        self._may_lack_bundles = False
        return is_told

    async def _sign(self, now: datetime) -> bool:
        if self._not_before is not None and now < self._not_before:
            return False
        if not await self._is_due():
            return False
        try:
            tree = await self._house.read(checkpoints.measured)
        except TrailBroken as broken:
            self.fault, self._not_before = str(broken), now + AGAIN
            log.error("the trail is broken", size=broken.size, error=str(broken))  # noqa: TRY400 - nobody's code failed
            await self._house.write(signing.tell_broken, broken.size)
            return True
        self.fault = None
        is_kept = await self._house.in_thread(self._is_kept)
        if not is_kept:
            log.error("the key's file no longer holds the key that signs")
        return await self._house.write(signing.sign, tree, self._signer, is_kept=is_kept)

    async def _is_due(self) -> bool:
        """Beyond the years of the calendar only what was archived is signed; that is logged once."""
        try:
            is_due = await self._house.read(checkpoints.is_due)
        except CalendarNotCovered as error:
            if not self._is_uncovered:
                log.error("no daily checkpoint is signed", error=str(error))  # noqa: TRY400 - the calendar's want
            self._is_uncovered = True
            return False
        self._is_uncovered = False
        return is_due

    async def _queue_bundles(self) -> bool:
        """One case at a time: what cannot be read of one holds up no other's."""
        are_queued = False
        for case_id in await self._house.read(bundles.touched):
            try:
                item = await self._house.read(bundles.due, case_id)
                if item is not None and await self._house.write(bundles.queue, item, await self._parts(item)):
                    are_queued = True
            except Exception as error:
                if is_transient(error):
                    raise
                log.exception("a bundle cannot be queued", case=case_id)
        return are_queued

    async def _parts(self, item: Due) -> int:
        """Of a bundle that cannot even be planned one is queued: whoever delivers it tells the administrators."""
        try:
            return len(await self._house.read(chat.part_names, item.case_id, item.size))
        except Exception as error:
            if is_transient(error):
                raise
            log.exception("a bundle cannot be planned", case=item.case_id, size=item.size)
            return 1
