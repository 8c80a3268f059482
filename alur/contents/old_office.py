"""The containers of Word, Excel and PowerPoint before 2007 (MS-CFB). Office files under a password are such too."""

import io

import olefile

from alur.workflow.file_kinds import Finding

MAGIC = olefile.MAGIC
LOCKED = "EncryptedPackage"  # MS-OFFCRYPTO 2.3.4: an Office Open XML file, encrypted whole
STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))


def look(data: bytes) -> Finding:
    """Which of them; "ole" where its inside cannot be read, or tells of none."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            if file.exists(LOCKED):
                return Finding("ole", "password")
            return Finding(next((kind for stream, kind in STREAMS if file.exists(stream)), "ole"))
    except (OSError, ValueError, IndexError, TypeError, AttributeError):  # olefile's own, of a container that is cut
        return Finding("ole")
