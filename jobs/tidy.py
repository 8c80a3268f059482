"""Clears what people wrote out of updates that are long done, and what was told long ago; the trail stays."""

from alur.services.clock import agendas
from alur.services.clock.tidy import clear_bodies, clear_invitation_codes, clear_own_messages, clear_wrong_codes
from jobs.context import House


async def clear_old_bodies(house: House) -> None:
    await house.write(clear_bodies)
    await house.write(clear_own_messages)
    await house.write(clear_wrong_codes)
    await house.write(clear_invitation_codes)
    await house.write(agendas.clear)
