"""Once a tick: whether a day has begun, or passed, on which somebody else holds a role."""

from alur.services.people import conflicts, succession
from jobs.context import HouseWithClock


async def follow(house: HouseWithClock) -> bool:
    """Moves the open cards to whoever acts now; nothing is written where nobody has changed. Whether something was."""
    has_changed = await house.read(succession.is_due) and await house.write(succession.follow)
    if await house.read(conflicts.is_due):
        await house.write(conflicts.follow)
    return has_changed
