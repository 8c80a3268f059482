"""Control of who exists: people, their standing with the bot, groups, the bot itself, the clock."""

from datetime import datetime, time
from typing import Any

from aiohttp import web

from simulator import acts
from simulator.control.asking import known_person, read_json
from simulator.state.people import Person, Standing
from simulator.world import World


class PeopleControl:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/clock", self.clock),
            web.post("/clock", self.move_clock),
            web.get("/control/bot", self.bot),
            web.post("/control/people", self.add),
            web.get("/control/people", self.everyone),
            web.post("/control/people/{user_id}/standing", self.stand),
            web.post("/control/groups", self.found_group),
            web.get("/control/chats", self.chats),
        ]

    async def clock(self, _request: web.Request) -> web.Response:
        return web.json_response({"now": self._world.clock.now().isoformat()})

    async def move_clock(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        if "next" in given:
            at = time.fromisoformat(given["at"]) if "at" in given else None
            self._world.clock.move_to(self._world.tray.hours().next(given["next"], self._world.clock.now(), at=at))
        elif "to" in given:
            moment = datetime.fromisoformat(given["to"])
            if moment.tzinfo is None:
                raise ValueError("the moment needs its offset from UTC")
            self._world.clock.move_to(moment)
        else:
            self._world.clock.advance(float(given["advance"]))
        self._world.bells.ring("updates", "changes")
        return await self.clock(request)

    async def bot(self, _request: web.Request) -> web.Response:
        change = self._world.messages.last_change()
        return web.json_response({"user": self._world.bot, "token": self._world.options.token, "change": change})

    async def add(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        user_id = given.get("user_id")
        with self._world.store.transaction():
            person = self._world.people.add(
                first_name=given["first_name"],
                last_name=given.get("last_name"),
                username=given.get("username"),
                user_id=int(user_id) if user_id is not None else None,
                about=given.get("about"),
            )
            self._world.messages.note("person", person.user_id, {"user_id": person.user_id})
            if "standing" in given:
                acts.stand(self._world, person, Standing(given["standing"]))
        return web.json_response(_view(known_person(self._world, person.user_id)))

    async def everyone(self, _request: web.Request) -> web.Response:
        return web.json_response({"people": [_view(person) for person in self._world.people.everyone()]})

    async def stand(self, request: web.Request) -> web.Response:
        person = known_person(self._world, request.match_info["user_id"])
        given = await read_json(request)
        with self._world.store.transaction():
            acts.stand(self._world, person, Standing(given["standing"]))
        return web.json_response(_view(known_person(self._world, person.user_id)))

    async def found_group(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        members = tuple(known_person(self._world, user_id) for user_id in given["members"])
        if not members:
            raise ValueError("a group has members")
        with self._world.store.transaction():
            chat = acts.found_group(self._world, given["title"], members)
            self._world.messages.note("group", chat["id"], {"chat": chat})
        return web.json_response({"chat": chat})

    async def chats(self, _request: web.Request) -> web.Response:
        private = [person.chat for person in self._world.people.everyone()]
        groups = [{**group.chat, "members": list(group.members)} for group in self._world.people.groups()]
        return web.json_response({"chats": private + groups})


def _view(person: Person) -> dict[str, Any]:
    return {"user": person.user, "standing": person.standing, "about": person.about}
