"""A bundle as ZIPs that go through a chat, each at most `MOST` bytes; unpacked into one place they are the same folder.

Nothing in them is compressed: what is large is a document that is so already, and what a compression writes depends on the
library that the machine has.
"""

from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from alur.services.evidence.bundle.folder import ExportFailed
from alur.services.evidence.bundle.place import made as place_made
from alur.services.evidence.bundle.plan import Item, Plan
from alur.storage.durable import sync
from alur.storage.file_store import FileStore

MOST = 45_000_000
HEADERS = 30 + 46  # bytes of each file's two, besides its name in both
END = 22
UNIX = 3
READABLE = 0o100644 << 16  # a plain file, as its attributes say it


def parts(plan: Plan) -> tuple[tuple[Item, ...], ...]:
    """The files of each ZIP, in the plan's order."""
    found: list[list[Item]] = [[]]
    size = END
    for item in plan.items:
        more = HEADERS + 2 * len(_inside(plan, item)) + item.size
        if size + more > MOST and found[-1]:
            found.append([])
            size = END
        found[-1].append(item)
        size += more
    return tuple(map(tuple, found))


def names(plan: Plan) -> tuple[str, ...]:
    count = len(parts(plan))
    if count == 1:
        return (f"{plan.code}.zip",)
    return tuple(f"{plan.code} - {number} dari {count}.zip" for number in range(1, count + 1))


def packed(plan: Plan, store: FileStore, number: int) -> bytes:
    """The ZIP of that number, from 0. Raises `FileDamaged`; IndexError where there is none of that number."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for item in parts(plan)[number]:
            info = ZipInfo(_inside(plan, item), max(plan.at.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
            info.create_system, info.external_attr = UNIX, READABLE
            archive.writestr(info, item.read(store))
    return made.getvalue()


def written(plan: Plan, store: FileStore, place: Path) -> tuple[Path, ...]:
    """All ZIPs, beside each other. Raises `FileDamaged`, and `ExportFailed` where one cannot be made or is there already."""
    paths = tuple(place / name for name in names(plan))
    for path in paths:
        if path.exists():
            raise ExportFailed(f"{path} exists already")
    beside = tuple(path.with_name(f".{path.name}.part") for path in paths)
    try:
        with place_made(place):
            _write(plan, store, beside, paths)
            sync(place)
    except OSError as error:
        raise ExportFailed(f"{error.filename or place}: {error.strerror}") from error
    return paths


def _write(plan: Plan, store: FileStore, beside: Sequence[Path], paths: Sequence[Path]) -> None:
    try:
        for number, path in enumerate(beside):
            path.write_bytes(packed(plan, store, number))
            sync(path)
        for path, name in zip(beside, paths, strict=True):
            path.replace(name)
    finally:
        for path in beside:
            with suppress(OSError):
                path.unlink()  # there only where something went wrong


def _inside(plan: Plan, item: Item) -> str:
    return f"{plan.code}/{item.name}"
