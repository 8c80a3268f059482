"""What stays when the power fails: a file's bytes once it was synced, and a name once its folder was. A process that is killed
loses neither, so that only a cut shows what was forgotten (docs/reliability.md).

Whoever finds a thing that another made asks for it to be kept all the same: that one may have been killed before he had.
"""

import errno
import os
from contextlib import suppress
from pathlib import Path

UNABLE = (errno.EINVAL, errno.EBADF, errno.ENOTSUP)  # of a file system that syncs no folders: it promises what it does


def sync(path: Path) -> None:
    """A file's bytes, or the names that were given in a folder, are on the disk when this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in UNABLE or not path.is_dir():
            raise
    finally:
        os.close(descriptor)


def sync_name(path: Path) -> None:
    """The name is known to its folder when this returns. Where the folder may not be read it was given by somebody else, and
    long before.
    """
    with suppress(PermissionError):
        sync(path.parent)


def make_folder(folder: Path) -> None:
    """The folder, with those above it that are missing, each known to the one above when this returns. One in which something
    stands is known: nobody puts anything into it before.
    """
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
    elif _is_used(folder):
        return
    sync_name(folder)


def _is_used(folder: Path) -> bool:
    with suppress(PermissionError):
        return any(folder.iterdir())
    return False
