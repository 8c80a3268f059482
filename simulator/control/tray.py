"""Control of what lies ready beside the phones: sample files, start links, the office's hours."""

import re
from datetime import datetime
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from simulator.control.asking import UnknownError, known_person, read_json
from simulator.control.handing import hand_over
from simulator.hours import Hours
from simulator.state.files import Kind, Upload
from simulator.state.tray import Link
from simulator.world import World

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")  # what Telegram lets a start link carry


class TrayControl:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/control/samples", self.add_sample),
            web.get("/control/samples", self.samples),
            web.get("/control/samples/{sample_id}", self.sample),
            web.post("/control/links", self.add_link),
            web.get("/control/links", self.links),
            web.post("/control/links/{link_id}", self.renew_link),
            web.delete("/control/links/{link_id}", self.use_link),
            web.post("/control/hours", self.set_hours),
            web.get("/control/hours", self.hours),
        ]

    async def add_sample(self, request: web.Request) -> web.Response:
        form = await request.post()  # not `read_body`: `for` comes once per person
        file = form["file"]
        if not isinstance(file, FileField):
            raise TypeError("a sample is a file with a name")
        upload = Upload(data=file.file.read(), name=file.filename, mime_type=file.content_type)
        people = tuple(known_person(self._world, user_id).user_id for user_id in form.getall("for", ()))
        note = str(form["note"]) if form.get("note") else None
        with self._world.store.transaction():
            sample = self._world.tray.add_sample(upload, people=people, note=note)
            self._note("samples")
        return web.json_response(sample.view())

    async def samples(self, _request: web.Request) -> web.Response:
        return web.json_response({"samples": [sample.view() for sample in self._world.tray.samples()]})

    async def sample(self, request: web.Request) -> web.Response:
        found = self._world.tray.sample(int(request.match_info["sample_id"]))
        if found is None:
            raise UnknownError("there is no such sample")
        sample, data = found
        return hand_over(data, kind=Kind.DOCUMENT, name=sample.name)

    async def add_link(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        if not given["label"]:
            raise ValueError("a link has a label")
        payload, until = _payload(given), _until(given)
        meant = {"name": given.get("name"), "about": given.get("about")}
        with self._world.store.transaction():
            link = self._world.tray.add_link(given["label"], payload, until=until, **meant)
            self._note("links")
        return web.json_response(link.view())

    async def renew_link(self, request: web.Request) -> web.Response:
        given = await read_json(request)
        link = self._known_link(request)
        with self._world.store.transaction():
            self._world.tray.renew_link(link.link_id, _payload(given), until=_until(given))
            self._note("links")
        return await self.links(request)

    async def links(self, _request: web.Request) -> web.Response:
        now = self._world.clock.now()
        links = self._world.tray.links()
        views = {held: [link.view() for link in links if link.holds(now) is held] for held in (True, False)}
        return web.json_response({"links": views[True], "expired": views[False]})

    async def use_link(self, request: web.Request) -> web.Response:
        link = self._known_link(request)
        if not link.holds(self._world.clock.now()):
            raise ValueError("this link has expired")
        with self._world.store.transaction():
            self._world.tray.use_link(link.link_id)
            self._note("links")
        return await self.links(request)

    def _known_link(self, request: web.Request) -> Link:
        link = self._world.tray.link(int(request.match_info["link_id"]))
        if link is None:
            raise UnknownError("there is no such link, or it was used before")
        return link

    async def set_hours(self, request: web.Request) -> web.Response:
        hours = Hours.read(await read_json(request))
        with self._world.store.transaction():
            self._world.tray.set_hours(hours)
            self._note("hours")
        return await self.hours(request)

    async def hours(self, _request: web.Request) -> web.Response:
        return web.json_response(self._world.tray.hours().view())

    def _note(self, what: str) -> None:
        """Pages that are open look again."""
        self._world.messages.note("tray", None, {"what": what})


def _payload(given: dict[str, Any]) -> str:
    if not PAYLOAD.fullmatch(given["payload"]):
        raise ValueError("a link has a payload of 1 to 64 characters of A-Z, a-z, 0-9, _ and -")
    return str(given["payload"])


def _until(given: dict[str, Any]) -> datetime | None:
    until = datetime.fromisoformat(given["until"]) if given.get("until") else None
    if until and until.tzinfo is None:
        raise ValueError("the moment needs its offset from UTC")
    return until
