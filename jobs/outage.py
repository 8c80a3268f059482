"""After an outage: posts anew what could have lost a press."""

from alur.services import outage
from jobs.context import Office


async def post_anew(office: Office) -> int:
    """How many messages are to be posted."""
    return await office.write(outage.post_anew)
