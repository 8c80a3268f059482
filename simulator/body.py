"""Reads a request's parameters and uploads, in the ways in which the Bot API takes them; for `bot_api` and `control`."""

import json
from typing import Any

from aiohttp import BodyPartReader, hdrs, web

from simulator.errors import BadRequest, EntityTooLarge
from simulator.state.files import Upload


async def read_body(request: web.Request, *, limit: int | None) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Parameters of query, JSON, form or multipart body, and the files of the latter by the name of their part.

    A file above `limit` bytes raises EntityTooLarge, a JSON body that is none BadRequest.
    """
    parameters: dict[str, Any] = dict(request.query)
    if not request.can_read_body:
        return parameters, {}
    match request.content_type:
        case "multipart/form-data":
            return await _read_parts(request, parameters, limit)
        case "application/json":
            try:
                given = json.loads(await request.text() or "{}")
            except json.JSONDecodeError:
                raise BadRequest("can't parse request body as JSON") from None
            if not isinstance(given, dict):
                raise BadRequest("object expected as request body")
            return {**parameters, **given}, {}
        case _:
            return {**parameters, **dict(await request.post())}, {}


async def _read_parts(
    request: web.Request, parameters: dict[str, Any], limit: int | None
) -> tuple[dict[str, Any], dict[str, Upload]]:
    uploads: dict[str, Upload] = {}
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = await _read_part(part, limit)
        if part.filename is None:
            parameters[part.name] = data.decode()
        else:
            mime_type = part.headers.get(hdrs.CONTENT_TYPE)
            uploads[part.name] = Upload(data=data, name=part.filename, mime_type=mime_type)
    return parameters, uploads


async def _read_part(part: BodyPartReader, limit: int | None) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(2**18):
        data += chunk
        if limit is not None and len(data) > limit:
            raise EntityTooLarge
    return bytes(data)
