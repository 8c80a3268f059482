"""PDF (ISO 32000), read by qpdf."""

import io
import logging

import pikepdf

from alur.workflow.file_kinds import Finding

PADDED = 256 * 1024  # bytes at the end that may be nothing but padding
TAIL = 4096  # bytes at the end among which a whole file says so; readers look at the last 1024, some append a little
MOST_PAGES = 5_000

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
