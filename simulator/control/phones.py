"""Control of what people do: write, send files, press buttons and wait for the answer."""

import asyncio
import json
from typing import Any

from aiohttp import web

from simulator import acts
from simulator.body import read_body
from simulator.control.asking import known_person, read_json, seconds_to_wait
from simulator.state.files import Kind
from simulator.world import World


class PhoneControl:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/control/people/{user_id}/text", self.text),
            web.post("/control/people/{user_id}/file", self.file),
            web.post("/control/people/{user_id}/edit", self.edit),
            web.post("/control/people/{user_id}/replace", self.replace),
            web.post("/control/people/{user_id}/press", self.press),
            web.get("/control/queries/{query_id}", self.query),
        ]

    async def text(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        person = known_person(self._world, request.match_info["user_id"])
        with self._world.store.transaction():
            sent = acts.write(
                self._world,
                person,
                int(given.get("chat_id") or person.user_id),
                acts.typed(given["text"]),
                reply_to=_number(given.get("reply_to")),
                origin=_origin(given),
            )
        return _sent(sent)

    async def file(self, request: web.Request) -> web.Response:
        given, uploads = await read_body(request, limit=None)
        person = known_person(self._world, request.match_info["user_id"])
        kind = Kind(given.get("kind", Kind.DOCUMENT))
        with self._world.store.transaction():
            content = acts.attach(
                self._world,
                kind,
                uploads["file"],
                caption=given.get("caption"),
                duration=int(given.get("duration", 0)),
            )
            sent = acts.write(
                self._world,
                person,
                int(given.get("chat_id") or person.user_id),
                content,
                reply_to=_number(given.get("reply_to")),
                media_group_id=given.get("media_group_id"),
                origin=_origin(given),
            )
        return _sent(sent)

    async def edit(self, request: web.Request) -> web.Response:
        """Another text, or another caption, in a message of his own."""
        given = await read_json(request)
        person = known_person(self._world, request.match_info["user_id"])
        with self._world.store.transaction():
            content = acts.typed(given["text"]) if "text" in given else acts.captioned(given["caption"])
            sent = acts.edit(self._world, person, int(given["message_id"]), content)
        return _sent(sent)

    async def replace(self, request: web.Request) -> web.Response:
        """Another file in a message of his own."""
        given, uploads = await read_body(request, limit=None)
        person = known_person(self._world, request.match_info["user_id"])
        with self._world.store.transaction():
            kind = Kind(given.get("kind", Kind.DOCUMENT))
            content = acts.attach(self._world, kind, uploads["file"], caption=given.get("caption"))
            sent = acts.edit(self._world, person, int(given["message_id"]), content)
        return _sent(sent)

    async def press(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        person = known_person(self._world, request.match_info["user_id"])
        with self._world.store.transaction():
            pressed = acts.press(
                self._world,
                person,
                int(given.get("chat_id") or person.user_id),
                int(given["message_id"]),
                label=given.get("button"),
                data=given.get("data"),
                forged=given.get("forged") is True,
            )
        answer = await self._answer(pressed.query_id, seconds_to_wait(given.get("timeout")))
        return web.json_response({"query_id": pressed.query_id, "update_id": pressed.update_id, "answer": answer})

    async def query(self, request: web.Request) -> web.Response:
        timeout = seconds_to_wait(request.query.get("timeout"))
        return web.json_response({"answer": await self._answer(request.match_info["query_id"], timeout)})

    async def _answer(self, query_id: str, seconds: float) -> dict[str, Any] | None:
        """The answer to a press, waited for in real seconds; None when none came."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while (answer := self._world.queries.answered(query_id)) is None:
            left = until - loop.time()
            if left <= 0 or self._world.closing:
                return None
            await self._world.bells.wait(f"query {query_id}", left)
        return answer


def _number(given: Any) -> int | None:
    return int(given) if given is not None else None


def _origin(given: dict[str, Any]) -> dict[str, Any]:
    """Where a message came from that is not the person's own; in a form the objects are JSON."""
    found = {name: given[name] for name in ("forward_origin", "via_bot") if given.get(name)}
    return {name: json.loads(value) if isinstance(value, str) else value for name, value in found.items()}


def _sent(sent: acts.Sent) -> web.Response:
    return web.json_response({**sent.stored.view(), "update_id": sent.update_id})
