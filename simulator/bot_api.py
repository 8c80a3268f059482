"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>, with faults on order and a log of calls."""

import asyncio
import inspect
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from simulator.body import read_body
from simulator.errors import ApiError, NotFound, ServerError, TooManyRequests, Unauthorized
from simulator.faults import Fault, FaultKind
from simulator.methods import METHODS
from simulator.methods.call import Call, Method, decode
from simulator.state.files import Upload
from simulator.world import World

PAGE = "<html><body>This site is blocked by your administrator.</body></html>"


class BotApi:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One call, from its HTTP request to its answer, or to the cut connection that a fault asks for."""
        try:
            method = self._find(request)
            given, uploads = await read_body(request, limit=self._world.options.upload_limit)
        except ApiError as error:
            return _respond(error.answer(), error)
        fault = self._world.faults.pick(method.name, _number(given.get("chat_id")))
        if fault and fault.kind in {FaultKind.CUT_BEFORE, FaultKind.SILENCE}:
            if fault.kind is FaultKind.SILENCE:
                await self._pause(fault.seconds)
            self._log(method, given, uploads, None, None)
            return _cut(request)
        refusal, answer = await self._perform(method, given, uploads, fault)
        if fault and fault.kind is FaultKind.LATE:
            await self._pause(fault.seconds)
        if fault and fault.kind is FaultKind.CUT_AFTER:
            self._log(method, given, uploads, None, answer.get("result"))
            return _cut(request)
        if fault and fault.kind is FaultKind.GARBLED:
            self._log(method, given, uploads, None, answer.get("result"))
            return web.Response(text="<html>", content_type="text/html")
        self._log(method, given, uploads, answer, answer.get("result"))
        return _respond(answer, refusal)

    def _find(self, request: web.Request) -> Method:
        if unquote(request.match_info["token"]) != self._world.options.token:
            raise Unauthorized
        method = METHODS.get(request.match_info["method"].lower())
        if method is None:
            raise NotFound
        return method

    async def _perform(
        self, method: Method, given: dict[str, Any], uploads: dict[str, Upload], fault: Fault | None
    ) -> tuple[ApiError | None, dict[str, Any]]:
        """The refusal, if it is one, and the body of the answer."""
        try:
            if fault and fault.kind is FaultKind.TOO_MANY:
                raise TooManyRequests(fault.retry_after)
            if fault and fault.kind is FaultKind.SERVER_ERROR:
                raise ServerError(fault.status)
            result = await self._run(method, decode(method, given, uploads))
        except ApiError as error:
            return error, error.answer()
        return None, {"ok": True, "result": result}

    async def _run(self, method: Method, call: Call) -> Any:
        if inspect.iscoroutinefunction(method.run):
            return await method.run(self._world, call)
        with self._world.store.transaction():
            if method.counted and isinstance(call.values.get("chat_id"), int):
                self._world.limiter.check(call.values["chat_id"])
            return method.run(self._world, call)

    async def _pause(self, seconds: float) -> None:
        """Sleep, but not longer than the simulator lives."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not self._world.closing and (left := until - loop.time()) > 0:
            await self._world.bells.wait("end", left)

    def _log(
        self,
        method: Method,
        given: dict[str, Any],
        uploads: dict[str, Upload],
        answer: dict[str, Any] | None,
        effect: Any,
    ) -> None:
        files = {name: {"file_name": upload.name, "size": len(upload.data)} for name, upload in uploads.items()}
        at = self._world.clock.now().isoformat()
        self._world.calls.add(method=method.name, parameters={**given, **files}, answer=answer, effect=effect, at=at)

    async def download(self, request: web.Request) -> web.Response:
        if unquote(request.match_info["token"]) != self._world.options.token:
            refusal = Unauthorized()
            return _respond(refusal.answer(), refusal)
        fault = self._world.faults.pick("download", None)
        if fault and fault.kind is FaultKind.SERVER_ERROR:
            failure = ServerError(fault.status)
            return _respond(failure.answer(), failure)
        if fault and fault.kind is FaultKind.PAGE:
            return web.Response(text=PAGE, content_type="text/html")
        if fault and fault.kind not in {FaultKind.TOO_MANY, FaultKind.SHORT}:
            if fault.kind in {FaultKind.SILENCE, FaultKind.LATE}:
                await self._pause(fault.seconds)
            if fault.kind is not FaultKind.LATE:
                return _cut(request)
        is_served = self._world.options.local_files is None  # in local mode a server serves none
        data = self._world.files.read(request.match_info["path"]) if is_served else None
        if data is None:
            missing = NotFound()
            return _respond(missing.answer(), missing)
        if fault and fault.kind is FaultKind.SHORT:
            data = data[: len(data) // 2]
        return web.Response(body=data, content_type="application/octet-stream")


def _number(chat_id: Any) -> int | None:
    try:
        return int(chat_id)
    except (TypeError, ValueError):
        return None


def _respond(answer: dict[str, Any], error: ApiError | None) -> web.Response:
    return web.json_response(answer, status=error.code if error else 200)


def _cut(request: web.Request) -> web.Response:
    """Close the connection under the request, as a network does; what is returned is never sent."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
