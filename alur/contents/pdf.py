"""PDF (ISO 32000), read by qpdf."""

import io
import logging

import pikepdf

from alur.workflow.file_kinds import Finding

PADDED = 256 * 1024  # bytes at the end that may be nothing but padding
TAIL = 4096  # bytes at the end among which a whole file says so; readers look at the last 1024, some append a little
MOST_PAGES = 5_000
MOST_FIELDS = 2_000  # of a form that are looked at

UNREADABLE = (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RuntimeError, TypeError, KeyError)

logging.getLogger("pikepdf").setLevel(logging.ERROR)  # what it mends


def look(data: bytes) -> Finding:
    """A file whose table of contents is off is mended by every reader, and taken; one that was cut is not."""
    try:
        return _looked(data, mends=False)
    except pikepdf.PasswordError:
        return Finding("pdf", "password")
    except UNREADABLE as error:
        if "encrypt" in str(error).lower():  # by a way that nobody else can open either
            return Finding("pdf", "password")
    if b"%%EOF" not in data[-PADDED:].rstrip(b"\x00\r\n\t ")[-TAIL:]:
        return Finding("pdf", "damaged")
    try:
        return _looked(data, mends=True)
    except pikepdf.PasswordError:
        return Finding("pdf", "password")
    except UNREADABLE:
        return Finding("pdf", "damaged")


def _looked(data: bytes, *, mends: bool) -> Finding:
    with pikepdf.open(io.BytesIO(data), attempt_recovery=mends, suppress_warnings=True) as file:
        pages = len(file.pages)
    if pages == 0:
        return Finding("pdf", "empty")
    return Finding("pdf", "too_much" if pages > MOST_PAGES else None)


def may_be_signed(data: bytes) -> bool:
    """Whether it is worth asking what is signed in it; a file that was saved anew may keep that where only a reader finds it."""
    if b"/ByteRange" in data:
        return True
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as file:
            return _has_signature(file)
    except UNREADABLE:
        return False


def _has_signature(file: pikepdf.Pdf) -> bool:
    form = file.Root.get("/AcroForm")
    waiting = [form.get("/Fields")] if isinstance(form, pikepdf.Dictionary) else []
    for _ in range(MOST_FIELDS):
        if not waiting:
            return False
        field = waiting.pop()
        if isinstance(field, pikepdf.Array):
            waiting += list(field)
        elif isinstance(field, pikepdf.Dictionary):
            value = field.get("/V")
            if isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value:
                return True
            waiting.append(field.get("/Kids"))
    return True
