"""An invitation's link, as a text and as a picture for a phone's camera. Called by the makers of notices and by `alur invite`."""

from hashlib import sha256
from io import BytesIO

import segno

from alur.views.screen import Attachment
from alur.workflow.files import FileRef

DOT, MARGIN = 12, 4  # pixels to a module; modules around them, as the standard wants


def link(username: str, code: str) -> str:
    """What Telegram opens the bot's chat by."""
    return f"https://t.me/{username}?start={code}"


def picture(address: str, caption: str) -> Attachment:
    """The address as a QR code: never as a Micro QR, which phones do not read."""
    made = BytesIO()
    segno.make_qr(address).save(made, kind="png", scale=DOT, border=MARGIN)
    content = made.getvalue()
    named = {"name": "pendaftaran.png", "size": len(content), "mime": "image/png"}
    file = FileRef(sha256=sha256(content).hexdigest(), kind="photo", **named)
    return Attachment(version=None, file=file, caption=caption, content=content)
