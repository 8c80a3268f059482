"""Counts the running cases by the calendar as it is, where they were counted by another: some of them at a time, so that
people's presses come in between and no more than a page is ever in memory. Used by `ticking`.
"""

from alur.services.clock import recount
from jobs.context import House


async def recount_where_changed(house: House) -> int:
    """How many limits were moved. A kill in between leaves the mark as it was: the next start counts all again, and what has
    been moved already stays.
    """
    if await house.read(recount.is_noted):
        return 0
    moved = await _recount(house) if await house.read(recount.is_due) else 0
    await house.write(recount.note)
    return moved


async def _recount(house: House) -> int:
    moved, after = 0, 0
    while True:
        page = await house.write(recount.recount, after)
        moved += page.moved
        if page.last is None:
            return moved
        after = page.last
