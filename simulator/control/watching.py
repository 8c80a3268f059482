"""Control of what is seen: messages of a chat, changes as they come, calls of the bot, files, the menu."""

import asyncio
import json

from aiohttp import web

from simulator.control.asking import UnknownError, known_chat, seconds_to_wait
from simulator.control.handing import hand_over
from simulator.state.files import Kind
from simulator.world import World


class WatchingControl:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/control/chats/{chat_id}/messages", self.messages),
            web.get("/control/chats/{chat_id}/menu", self.menu),
            web.get("/control/changes", self.changes),
            web.get("/control/calls", self.calls),
            web.get("/control/files/{file_id}", self.file),
        ]

    async def messages(self, request: web.Request) -> web.Response:
        chat_id = known_chat(self._world, request.match_info["chat_id"])
        found = self._world.messages.of_chat(chat_id, since=int(request.query.get("since", 0)))
        views = [stored.view() for stored in found]
        return web.json_response({"messages": views, "change": self._world.messages.last_change()})

    async def menu(self, request: web.Request) -> web.Response:
        """The narrowest scope that has commands, as a phone shows it."""
        chat_id = known_chat(self._world, request.match_info["chat_id"])
        general = "all_private_chats" if chat_id > 0 else "all_group_chats"
        scopes = ({"type": "chat", "chat_id": chat_id}, {"type": general}, {"type": "default"})
        for scope in scopes:
            for language in ("id", ""):
                place = f"commands {json.dumps(scope, sort_keys=True)} {language}"
                if commands := self._world.store.setting(place):
                    return web.json_response({"commands": commands})
        return web.json_response({"commands": []})

    async def changes(self, request: web.Request) -> web.Response:
        since = int(request.query.get("since", 0))
        chat_id = int(request.query["chat_id"]) if "chat_id" in request.query else None
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds_to_wait(request.query.get("timeout"))
        topic = "changes" if chat_id is None else f"chat {chat_id}"
        while not (found := self._world.messages.changes(since=since, chat_id=chat_id)):
            left = until - loop.time()
            if left <= 0 or self._world.closing:
                break
            await self._world.bells.wait(topic, left)
        last = found[-1]["change"] if found else since
        return web.json_response({"changes": found, "change": last})

    async def calls(self, request: web.Request) -> web.Response:
        since = int(request.query.get("since", 0))
        return web.json_response({"calls": self._world.calls.since(since, pattern=request.query.get("method", "*"))})

    async def file(self, request: web.Request) -> web.Response:
        file_id = request.match_info["file_id"]
        data, shown = self._world.files.read_by_id(file_id), self._world.files.shown(file_id)
        if data is None or shown is None:
            raise UnknownError("there is no such file")
        kind, content = shown
        return hand_over(data, kind=kind, name=content[kind].get("file_name") if kind is Kind.DOCUMENT else None)
