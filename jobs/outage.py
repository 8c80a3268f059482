"""After an outage: posts anew what could have lost a press."""

from alur.services.clock import outage
from jobs.context import House


async def post_anew(house: House) -> int:
    """How many messages are to be posted."""
    return await house.write(outage.post_anew)
