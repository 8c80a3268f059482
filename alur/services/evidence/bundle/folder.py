"""A bundle as a folder of its own: whole, on the disk and under its name, or not there at all."""

import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

from alur.services.evidence.bundle.place import made as place_made
from alur.services.evidence.bundle.plan import Plan
from alur.storage.durable import sync
from alur.storage.file_store import FileStore
from alur.workflow.errors import Fault


class ExportFailed(Fault):
    """`why` is a clause."""

    def __init__(self, why: str) -> None:
        super().__init__(f"nothing was exported: {why}")


def written(plan: Plan, store: FileStore, place: Path) -> Path:
    """The folder, named like the case. Raises `FileDamaged`, and `ExportFailed` where it cannot be made or has something in it
    already.
    """
    folder = place / plan.code
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportFailed(f"{folder} exists already")
    try:
        with place_made(place):
            made = Path(mkdtemp(dir=place, prefix=f".{plan.code}."))
            try:
                _fill(made, plan, store)
                made.chmod(0o777 & ~_umask())
                made.replace(folder)
            except BaseException:
                shutil.rmtree(made)
                raise
            sync(place)
    except OSError as error:
        raise ExportFailed(f"{error.filename or place}: {error.strerror}") from error
    return folder


def _fill(folder: Path, plan: Plan, store: FileStore) -> None:
    folders = {folder}
    for item in plan.items:
        path = folder / item.name
        if path.parent not in folders:
            path.parent.mkdir()
            folders.add(path.parent)
        with path.open("xb") as file:
            file.write(item.read(store))
            file.flush()
            os.fsync(file.fileno())
    for each in folders:
        sync(each)


def _umask() -> int:
    """It cannot be asked without being set."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
