"""The files that went up: their bytes, their ids, and the object (`document`, `photo`, `voice`) that shows them.

A photo is one asset with two files, a small grey stand-in and the picture itself, as Telegram keeps several
sizes: whoever takes the first instead of the last sees it. A file_id is good for its own kind only.
"""

import base64
import hashlib
import json
import mimetypes
import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from simulator.state.pictures import picture_size
from simulator.state.store import Store


class Kind(StrEnum):
    DOCUMENT = "document"
    PHOTO = "photo"
    VOICE = "voice"


PREFIXES = {Kind.DOCUMENT: "BQAC", Kind.PHOTO: "AgAC", Kind.VOICE: "AwAC"}
FOLDERS = {Kind.DOCUMENT: "documents", Kind.PHOTO: "photos", Kind.VOICE: "voice"}


@dataclass(frozen=True, kw_only=True)
class Upload:
    """Bytes as they arrived, with the name and type that their sender gave them."""

    data: bytes
    name: str
    mime_type: str | None = None


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    file_id: str
    unique_id: str
    path: str
    size: int


class Files:
    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, kind: Kind, upload: Upload, *, duration: int = 0) -> dict[str, Any]:
        """Keep an upload; returns the part of a message that shows it, such as {"document": {...}}."""
        asset = self._store.next("asset")
        guessed = mimetypes.guess_type(upload.name)[0]
        mime_type = guessed or upload.mime_type or "application/octet-stream"
        content: dict[str, Any]
        match kind:
            case Kind.DOCUMENT:
                file = self._keep(asset, kind, upload.data, PurePosixPath(upload.name).suffix)
                content = {"file_name": upload.name, "mime_type": mime_type, **_shown(file)}
            case Kind.VOICE:
                file = self._keep(asset, kind, upload.data, ".oga")
                audio = mime_type if mime_type.startswith("audio/") else "audio/ogg"
                content = {"duration": duration, "mime_type": audio, **_shown(file)}
            case Kind.PHOTO:
                return self._remember(asset, kind, self._photo(asset, upload.data))
        return self._remember(asset, kind, content)

    def _photo(self, asset: int, data: bytes) -> list[dict[str, Any]]:
        width, height = picture_size(data)
        small = self._keep(asset, Kind.PHOTO, _grey_picture(90, 90), ".png")
        large = self._keep(asset, Kind.PHOTO, data, ".jpg")
        return [
            {**_shown(small), "width": 90, "height": 90},
            {**_shown(large), "width": width, "height": height},
        ]

    def _keep(self, asset: int, kind: Kind, data: bytes, suffix: str) -> StoredFile:
        number = self._store.next("file")
        digest = hashlib.sha256(f"file {number}".encode()).digest()
        file = StoredFile(
            file_id=PREFIXES[kind] + base64.urlsafe_b64encode(digest[:30]).decode(),
            unique_id="AgAD" + base64.urlsafe_b64encode(digest[:9]).decode(),
            path=f"{FOLDERS[kind]}/file_{number}{suffix}",
            size=len(data),
        )
        sql = "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)"
        self._store.run(sql, file.file_id, file.unique_id, asset, file.path, file.size, data)
        return file

    def _remember(self, asset: int, kind: Kind, content: Any) -> dict[str, Any]:
        shown = {kind.value: content}
        self._store.run("INSERT INTO assets VALUES (?, ?, ?)", asset, kind, json.dumps(shown))
        return shown

    def shown(self, file_id: str) -> tuple[Kind, dict[str, Any]] | None:
        """The kind of a file and the part of a message that shows it; None for an unknown id."""
        sql = "SELECT kind, content FROM assets JOIN files USING (asset) WHERE file_id = ?"
        row = self._store.row(sql, file_id)
        return (Kind(row[0]), json.loads(row[1])) if row else None

    def find(self, file_id: str) -> StoredFile | None:
        sql = "SELECT file_id, unique_id, path, size FROM files WHERE file_id = ?"
        row = self._store.row(sql, file_id)
        return StoredFile(file_id=row[0], unique_id=row[1], path=row[2], size=row[3]) if row else None

    def read(self, path: str) -> bytes | None:
        return self._store.value("SELECT bytes FROM files WHERE path = ?", path)

    def read_by_id(self, file_id: str) -> bytes | None:
        return self._store.value("SELECT bytes FROM files WHERE file_id = ?", file_id)


def _shown(file: StoredFile) -> dict[str, Any]:
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}


def _grey_picture(width: int, height: int) -> bytes:
    """A PNG of one grey, 8 bits per pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x99" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
