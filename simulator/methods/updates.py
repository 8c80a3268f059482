"""getUpdates: long polling with Telegram's offset, one poller at a time."""

import asyncio
from typing import Any

from simulator.errors import Conflict
from simulator.limits import BATCH_OF_UPDATES, POLL_SECONDS
from simulator.methods.call import Call, Method, integer, structure
from simulator.world import World

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
WEBHOOK_SET = "terminated by setWebhook request"


async def get_updates(world: World, call: Call) -> list[dict[str, Any]]:
    """What waits from the offset on, or what comes within the timeout; a newer call terminates a waiting one."""
    if world.store.setting("webhook"):
        raise Conflict(WEBHOOK_ACTIVE)
    world.polls += 1
    mine = world.polls
    world.bells.ring("updates")
    with world.store.transaction():
        if call.has("allowed_updates") and isinstance(call.json("allowed_updates"), list):
            world.updates.allow(call.json("allowed_updates"))
        world.updates.confirm_below(call.integer("offset") or 0)
    given = call.integer("limit") or BATCH_OF_UPDATES
    limit = given if 1 <= given <= BATCH_OF_UPDATES else BATCH_OF_UPDATES
    loop = asyncio.get_running_loop()
    until = loop.time() + min(max(call.integer("timeout") or 0, 0), POLL_SECONDS)
    while not world.closing:
        if world.polls != mine:
            raise Conflict(OTHER_POLLER)
        if world.store.setting("webhook"):
            raise Conflict(WEBHOOK_SET)
        batch = world.updates.waiting(limit=limit)
        left = until - loop.time()
        if batch or left <= 0:
            world.updates.handed_over([update_id for update_id, _ in batch])
            return [body for _, body in batch]
        world.polling += 1
        try:
            await world.bells.wait("updates", left)
        finally:
            world.polling -= 1
    return []


METHODS = (
    Method(
        name="getUpdates",
        parameters=(integer("offset"), integer("limit"), integer("timeout"), structure("allowed_updates")),
        run=get_updates,
    ),
)
