"""How a person's bytes are handed to a browser: it shows photos and plays voice notes, everything else is a download.

An uploaded file may be anything, a page with scripts too; it must never run in the place where the phones live.
"""

from aiohttp import web
from aiohttp.helpers import content_disposition_header

from simulator.state.files import Kind
from simulator.state.pictures import picture_type


def hand_over(data: bytes, *, kind: Kind, name: str | None) -> web.Response:
    # Not to be kept: another simulator at the same address gives the same ids to other files.
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    match kind:
        case Kind.PHOTO if shown := picture_type(data):
            content_type = shown
        case Kind.VOICE:
            content_type = "audio/ogg"
        case _:
            content_type = "application/octet-stream"
            headers["Content-Disposition"] = content_disposition_header("attachment", filename=name or "file")
    return web.Response(body=data, content_type=content_type, headers=headers)
