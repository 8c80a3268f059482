"""A stored file as cases, forms and appointments name it."""

from typing import Literal

from alur.workflow.file_kinds import Signatures
from alur.workflow.model import Value


class FileRef(Value):
    """Named by its content."""

    sha256: str
    name: str
    size: int  # bytes
    mime: str
    kind: Literal["document", "photo", "voice"] = "document"
    signatures: Signatures | None = None  # of a PDF; None: of a build that did not look for them
