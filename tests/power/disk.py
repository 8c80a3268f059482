"""A model of a power cut: what a program's folder holds afterwards, by what it had synced.

A file keeps the bytes of its last sync, a folder the names of its own: what was made, renamed or removed since is as if it had
not been, and a name whose file was never synced is empty. That is the least which a disk promises. It may have kept more, of
each name and each file by itself: `dice` choose which. `shim.c`, preloaded into every process that writes, keeps the book.
"""

import ctypes
import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).with_name("shim.c")
COMPILER = shutil.which("gcc") or shutil.which("cc")
KEY = 64  # bytes of an inode's name


class Inode(NamedTuple):
    is_folder: bool
    key: str  # of its entry on the model's disk


def shim(folder: Path) -> Path:
    """The shim, built there. Without a C compiler a test is left out, but never in CI."""
    if COMPILER is None:
        reason = "there is no C compiler (gcc or cc): no power is cut"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    made = folder / "power.so"
    command = [COMPILER, "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", str(SOURCE), "-ldl", "-o", str(made)]
    subprocess.run(command, check=True)
    return made


class Disk:
    """The disk under `root`, whose own name is safe. All that stands there when it is made counts as synced."""

    def __init__(self, root: Path, book: Path, library: Path) -> None:
        """`book` is a place outside of `root`, `library` the shim."""
        self.root, self.book, self.library = root.resolve(), book.resolve(), library
        self._shim = ctypes.CDLL(str(library))
        self.begin()

    @property
    def environment(self) -> dict[str, str]:
        """Of a process that is to be watched."""
        return {
            "LD_PRELOAD": str(self.library),
            "ALUR_POWER_ROOT": str(self.root),
            "ALUR_POWER_DISK": str(self.book),
        }

    def begin(self) -> None:
        """All that stands there now counts as synced, and nothing else."""
        shutil.rmtree(self.book, ignore_errors=True)
        self.book.mkdir()
        for path in (self.root, *self.root.rglob("*")):
            if path.is_dir() or path.is_file():
                assert self._shim.power_keep(os.fsencode(path), os.fsencode(self.book)) == 0, path

    def remains(self, into: Path, dice: Random | None = None) -> Path:
        """What a cut just now leaves, as a new folder. With `dice` nobody may be writing."""
        with self._still():
            self._lay(self._inode(self.root), self.root, into, dice)
        return into

    def cut(self, dice: Random | None = None) -> None:
        """The folder is what a cut leaves of it; whoever wrote there must have been killed. The folder itself stays."""
        self.become(self.remains(self.book.with_name(f"{self.book.name}-left"), dice))

    def become(self, left: Path) -> None:
        """The folder is what was left, which is used up, and nobody may have a file of it open."""
        for path in self.root.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for path in left.iterdir():
            shutil.move(path, self.root / path.name)
        left.rmdir()
        self.begin()

    @contextmanager
    def _still(self) -> Iterator[None]:
        """Nothing becomes synced meanwhile."""
        with (self.book / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _lay(self, inode: Inode, now: Path | None, into: Path, dice: Random | None) -> None:
        """`now` is where the same inode stands, if it does."""
        entry = self.book / inode.key
        if not inode.is_folder:
            is_later = now is not None and dice is not None and dice.random() < 0.5
            kept = now if is_later else entry
            into.write_bytes(kept.read_bytes() if kept is not None and kept.exists() else b"")
            return
        into.mkdir()
        kept = _names(entry)
        standing = {path.name: self._inode(path) for path in now.iterdir()} if now is not None and dice else {}
        for name in sorted(kept.keys() | standing.keys()):
            is_later = dice is not None and dice.random() < 0.5
            if (chosen := (standing if is_later else kept).get(name)) is not None:
                self._lay(chosen, self._place(chosen, now, name), into / name, dice)

    def _place(self, inode: Inode, folder: Path | None, name: str) -> Path | None:
        """Where the inode stands now: under its old name, or, as far as is needed here, nowhere."""
        path = folder / name if folder is not None else None
        return path if path is not None and os.path.lexists(path) and self._inode(path) == inode else None

    def _inode(self, path: Path) -> Inode | None:
        key = ctypes.create_string_buffer(KEY)
        if self._shim.power_key(os.fsencode(path), key):
            return None  # neither a file nor a folder
        return Inode(path.is_dir(), key.value.decode())


def _names(entry: Path) -> dict[str, Inode]:
    """Of a folder when it was last synced; of one that never was, none."""
    lines = entry.read_text(encoding="utf-8").splitlines() if entry.exists() else []
    told = (line.split(" ", 2) for line in lines)
    return {name: Inode(kind == "d", key) for kind, key, name in told}
