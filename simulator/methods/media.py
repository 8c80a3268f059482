"""sendDocument, sendPhoto, sendVoice, sendMediaGroup and getFile."""

from pathlib import Path
from typing import Any

from simulator.errors import BadRequest
from simulator.limits import ALBUM_ITEMS
from simulator.methods.call import Call, Method, Parameter, file, flag, integer, structure, text
from simulator.methods.writing import REPLY_MARKUP, SENDING, open_chat, post, read_call_caption, read_caption
from simulator.state.files import Kind, StoredFile
from simulator.world import World

CAPTION = (text("caption"), text("parse_mode"), structure("caption_entities"))
TYPE_NAMES = {Kind.DOCUMENT: "Document", Kind.PHOTO: "Photo", Kind.VOICE: "VoiceNote"}


def _bring(world: World, call: Call, kind: Kind, given: str, *, duration: int = 0) -> dict[str, Any]:
    """The part of a message that shows an upload (`attach://name`) or a file that Telegram has (a file_id)."""
    if given.startswith("attach://"):
        upload = call.uploads.get(given.removeprefix("attach://"))
        if upload is None:
            raise BadRequest("file to upload not found in the request")
        if not upload.data:
            raise BadRequest("file must be non-empty")
        return world.files.add(kind, upload, duration=duration)
    if given.startswith(("http://", "https://")):
        raise BadRequest("failed to get HTTP URL content")  # a simulator fetches nothing from the network
    shown = world.files.shown(given)
    if shown is None:
        raise BadRequest("wrong file identifier/HTTP URL specified")
    if shown[0] is not kind:
        raise BadRequest(f"can't use file of type {TYPE_NAMES[shown[0]]} as {TYPE_NAMES[kind]}")
    return shown[1]


def _send(world: World, call: Call, kind: Kind) -> dict[str, Any]:
    open_chat(world, call)  # before the bytes are kept
    caption = read_call_caption(call)
    given = call.text(kind.value)
    shown = _bring(world, call, kind, given, duration=call.integer("duration") or 0)
    return post(world, call, {**shown, **caption, **_looks(call)}).body


def _looks(call: Call) -> dict[str, Any]:
    looks = {"show_caption_above_media": "show_caption_above_media", "has_spoiler": "has_media_spoiler"}
    return {shown: True for name, shown in looks.items() if call.flag(name)}


def send_document(world: World, call: Call) -> dict[str, Any]:
    return _send(world, call, Kind.DOCUMENT)


def send_photo(world: World, call: Call) -> dict[str, Any]:
    return _send(world, call, Kind.PHOTO)


def send_voice(world: World, call: Call) -> dict[str, Any]:
    return _send(world, call, Kind.VOICE)


def send_media_group(world: World, call: Call) -> list[dict[str, Any]]:
    """All items or none; documents stand alone, photos too, since the simulator knows no video."""
    items = call.json("media")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadRequest("can't parse media JSON object")
    if len(items) not in ALBUM_ITEMS:
        many = len(items) >= ALBUM_ITEMS.stop
        raise BadRequest("too many messages to send as an album" if many else "wrong number of messages")
    kinds = [_album_kind(item) for item in items]
    if len(set(kinds)) > 1:
        raise BadRequest("document can't be mixed with other media types")
    open_chat(world, call)
    album = str(world.store.next("album", first=13_900_000_000_000_001))
    contents = [
        {
            **_bring(world, call, kind, str(item.get("media") or "")),
            **read_caption(str(item.get("caption") or ""), item.get("parse_mode"), item.get("caption_entities")),
        }
        for kind, item in zip(kinds, items, strict=True)
    ]
    return [post(world, call, content, media_group_id=album).body for content in contents]


def _album_kind(item: dict[str, Any]) -> Kind:
    if item.get("type") not in {Kind.DOCUMENT, Kind.PHOTO}:
        raise BadRequest("can't parse InputMedia: media type must be photo or document here")
    return Kind(item["type"])


def get_file(world: World, call: Call) -> dict[str, Any]:
    found = world.files.find(call.text("file_id"))
    if found is None:
        raise BadRequest("wrong file_id or the file is temporarily unavailable")
    if found.size > world.options.download_limit:
        raise BadRequest("file is too big")
    return {
        "file_id": found.file_id,
        "file_unique_id": found.unique_id,
        "file_size": found.size,
        "file_path": found.path if world.options.local_files is None else _put(world, found, world.options.local_files),
    }


def _put(world: World, file: StoredFile, folder: Path) -> str:
    path = (folder / world.options.token / file.path).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(world.files.read(file.path) or b"")
    return str(path)


def _sending(kind: Kind, *own: Parameter) -> tuple[Parameter, ...]:
    missing = f"there is no {kind.value} in the request"
    return (*SENDING, file(kind.value, required=True, missing=missing), *CAPTION, *own, REPLY_MARKUP)


METHODS = (
    Method(name="sendDocument", parameters=_sending(Kind.DOCUMENT), run=send_document, counted=True),
    Method(
        name="sendPhoto",
        parameters=_sending(Kind.PHOTO, flag("show_caption_above_media"), flag("has_spoiler")),
        run=send_photo,
        counted=True,
    ),
    Method(name="sendVoice", parameters=_sending(Kind.VOICE, integer("duration")), run=send_voice, counted=True),
    Method(
        name="sendMediaGroup",
        parameters=(*SENDING, structure("media", required=True, missing="there are no messages to send")),
        run=send_media_group,
        counted=True,
    ),
    Method(
        name="getFile",
        parameters=(text("file_id", required=True, missing="file_id not specified"),),
        run=get_file,
    ),
)
