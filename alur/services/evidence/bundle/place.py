"""Where a bundle is put."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from alur.storage.durable import make_folder


@contextmanager
def made(place: Path) -> Iterator[None]:
    """Inside, the folder is there; where it and those above were made for this and it fails, they are gone again unless somebody
    put something into them.
    """
    missing = [folder for folder in (place, *place.parents) if not folder.exists()]
    try:
        make_folder(place)
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise
