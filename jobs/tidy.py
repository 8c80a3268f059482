"""Clears what people wrote out of updates that are long done; the trail stays."""

from alur.services.clock.tidy import clear_bodies
from jobs.context import House


async def clear_old_bodies(house: House) -> None:
    await house.write(clear_bodies)
