"""Tells what a content is: by how it begins, then by its own inside."""

import re

import filetype

from alur.contents import office, old_office, pdf, pictures
from alur.workflow.file_kinds import Finding

HEAD = 1024  # bytes among which a PDF may begin (ISO 32000, annex of implementation notes)
TEXT = 64 * 1024  # bytes of a text that are looked at
WEB = re.compile(
    rb"(?>\s+|<\?xml[^>]*>|<!--.*?-->)*+<(!doctype\s+html|html|head|body|script|style|meta|title|table|div|svg)\b",
    re.IGNORECASE | re.DOTALL,
)
ARCHIVED_PAGE = re.compile(rb"(mime-version|content-type):", re.IGNORECASE)
BYTE_ORDER = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
SORTS = {"audio": "audio", "video": "video", "image": "picture"}  # the first half of a media type
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def look(data: bytes) -> Finding:
    """What it is. Raises nothing but MemoryError: what cannot be read is damaged."""
    if not data.strip(b"\x00 \t\r\n"):
        return Finding("unknown", "empty")
    if data.startswith(ZIPS):
        return office.look(data)
    if data.startswith(old_office.MAGIC):
        return old_office.look(data)
    if data.startswith(PROGRAMS):
        return Finding("program")
    if data.startswith(pictures.JPEG):
        return pictures.look(data, "jpg")
    if data.startswith(pictures.PNG):
        return pictures.look(data, "png")
    if data.find(b"%PDF-", 0, HEAD) >= 0:
        return pdf.look(data)
    if data.startswith(b"{\\rtf"):
        return Finding("rtf")
    return _by_signature(data) or _text(data)


def _by_signature(data: bytes) -> Finding | None:
    guessed = filetype.guess(data[: 8 * 1024])
    if guessed is None:
        return None
    sort = SORTS.get(guessed.mime.partition("/")[0])
    if sort is None and guessed.extension in ("rar", "7z", "gz", "tar", "bz2", "xz", "zst", "Z", "lz"):
        sort = "archive"
    return Finding(sort) if sort else None


def _text(data: bytes) -> Finding:
    head = data[:TEXT]
    for mark in BYTE_ORDER:
        head = head.removeprefix(mark)
    if data.startswith(BYTE_ORDER[1:]):  # two bytes a letter
        head = head.replace(b"\x00", b"")
    if WEB.match(head) or (ARCHIVED_PAGE.match(head) and b"multipart/" in head.lower()):
        return Finding("web_page")
    if b"\x00" in head or sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head) > len(head) // 100:
        return Finding("unknown")
    return Finding("xml" if head.lstrip().startswith(b"<?xml") else "text")
