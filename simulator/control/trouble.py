"""Control of what goes wrong: updates delivered twice or made up, faults of calls, limits of messages per second."""

from aiohttp import web

from simulator.control.asking import UnknownError, read_json
from simulator.faults import Fault
from simulator.world import World


class TroubleControl:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/control/updates", self.waiting),
            web.post("/control/updates", self.inject),
            web.post("/control/updates/{update_id}/again", self.again),
            web.get("/control/faults", self.faults),
            web.post("/control/faults", self.add_fault),
            web.delete("/control/faults", self.clear_faults),
            web.post("/control/rates", self.rates),
        ]

    async def waiting(self, _request: web.Request) -> web.Response:
        return web.json_response({"waiting": self._world.updates.count(), "polling": self._world.polling > 0})

    async def inject(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        if not isinstance(given["update"], dict):
            raise TypeError("an update is a JSON object")
        with self._world.store.transaction():
            update_id = self._world.updates.inject(given["update"])
        return web.json_response({"update_id": update_id})

    async def again(self, request: web.Request) -> web.Response:
        update_id = int(request.match_info["update_id"])
        if not self._world.updates.again(update_id):
            raise UnknownError(f"update {update_id} is unknown or has not been confirmed yet")
        return web.json_response({"update_id": update_id})

    async def faults(self, _request: web.Request) -> web.Response:
        return web.json_response({"faults": self._world.faults.view()})

    async def add_fault(self, request: web.Request) -> web.Response:
        self._world.faults.add(Fault(**await read_json(request)))
        return await self.faults(request)

    async def clear_faults(self, request: web.Request) -> web.Response:
        self._world.faults.clear()
        return await self.faults(request)

    async def rates(self, request: web.Request) -> web.Response:
        self._world.limiter.change(**await read_json(request))
        return web.json_response(vars(self._world.limiter.rates))
