"""Clears what people wrote out of updates that are long done; the trail stays."""

from alur.services.tidy import clear_bodies
from jobs.context import Office


async def clear_old_bodies(office: Office) -> None:
    await office.write(clear_bodies)
