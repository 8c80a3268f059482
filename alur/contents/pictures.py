"""Pictures that every phone shows, read by Pillow: their headers and whether their end is there. Nothing is unpacked."""

import io
import warnings

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from alur.workflow.file_kinds import Finding

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
END_OF_JPEG = (
    b"\xff\xd9"  # which cannot stand inside a picture's data (ITU-T T.81, B.1.1.5); phones write more behind it
)
MOST = 200_000_000  # points: more than any phone or scanner makes
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError)

Image.MAX_IMAGE_PIXELS = None  # the bound is ours, and no warning
warnings.filterwarnings("ignore", module="PIL")


def look(data: bytes, kind: str) -> Finding:
    try:
        source = io.BytesIO(data)
        with JpegImageFile(source) if kind == "jpg" else PngImageFile(source) as picture:
            if picture.width * picture.height > MOST:
                return Finding(kind, "too_much")
            if kind == "png":
                picture.verify()  # every part against its checksum
            elif data.find(END_OF_JPEG, source.tell()) < 0:  # it has been read up to its data
                return Finding(kind, "damaged")
    except UNREADABLE:
        return Finding(kind, "damaged")
    return Finding(kind)
