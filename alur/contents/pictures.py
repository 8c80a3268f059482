"""Pictures that every phone shows, read by Pillow."""

import io
import warnings

from PIL import Image

from alur.workflow.file_kinds import Finding

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
MOST = 200_000_000  # points: more than any phone or scanner makes
FORMATS = {"jpg": "JPEG", "png": "PNG"}
SMALL = 64  # points of a side: a JPEG is read at an eighth of its size, to see whether its end is there

Image.MAX_IMAGE_PIXELS = None  # the bound is ours, and no warning
warnings.filterwarnings("ignore", module="PIL")


def look(data: bytes, kind: str) -> Finding:
    try:
        with Image.open(io.BytesIO(data), formats=(FORMATS[kind],)) as picture:
            if picture.width * picture.height > MOST:
                return Finding(kind, "too_much")
            if kind == "png":
                picture.verify()  # every part against its checksum; nothing is unpacked
            else:
                picture.draft("L", (SMALL, SMALL))
                picture.load()
    except (OSError, SyntaxError, ValueError, EOFError, IndexError):
        return Finding(kind, "damaged")
    return Finding(kind)
