"""What stays when the power fails: a file's bytes once it was synced, and a name once its folder was. A process that is killed
loses neither, so that only a cut shows what was forgotten (docs/reliability.md).
"""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """A file's bytes, or the names that were given in a folder, are on the disk when this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """The folder, with those above it that are missing, each known to the one above when this returns."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync(folder.parent)
