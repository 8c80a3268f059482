"""Once a tick: whether a day has begun, or passed, on which somebody else holds a role."""

from alur.services.people import succession
from jobs.context import HouseWithClock


async def follow(house: HouseWithClock) -> bool:
    """Moves the open cards to whoever acts now; nothing is written where nobody has changed. Whether something was."""
    if not await house.read(succession.is_due):
        return False
    return await house.write(succession.follow)
