"""One stream per open page: changes as they come, and every second the clock and whether the bot listens."""

import json
from contextlib import suppress
from typing import Any

from aiohttp import web

from simulator.world import World

BEAT_SECONDS = 1.0  # real ones; a page that hears nothing for several of them takes the line for dead


class StreamControl:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/control/stream", self.stream)]

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Ends when the simulator does, or when the page has gone."""
        since = int(request.headers.get("Last-Event-ID") or request.query.get("since") or 0)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        with suppress(ConnectionError):  # a page was closed, and nobody is left to be told
            await self._follow(response, since)
        return response

    async def _follow(self, response: web.StreamResponse, since: int) -> None:
        born = {"id": self._world.identity(), "change": self._world.messages.last_change()}
        await response.write(_event("world", born))
        while not self._world.closing:
            await response.write(_event("state", self._state()))
            while found := self._world.messages.changes(since=since, chat_id=None):
                for change in found:
                    await response.write(_event("change", change, number=change["change"]))
                since = found[-1]["change"]
            await self._world.bells.wait("changes", BEAT_SECONDS)

    def _state(self) -> dict[str, Any]:
        webhook = self._world.store.setting("webhook")
        return {
            "now": self._world.clock.now().isoformat(),
            "connected": self._world.polling > 0 or webhook is not None,
            "waiting": self._world.updates.count(),
        }


def _event(name: str, value: dict[str, Any], *, number: int | None = None) -> bytes:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(value)}\n\n".encode()
