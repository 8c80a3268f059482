"""Stored files against the hashes by which they are named."""

from collections.abc import Iterable
from typing import Any

from alur.services.evidence.inspection.notes import Notes
from alur.storage.errors import FileDamaged
from alur.storage.file_store import NAME, FileStore
from alur.storage.named_files import titled_in


class Files:
    """Each is read once, whoever names it; of the bytes none are held."""

    def __init__(self, store: FileStore, notes: Notes) -> None:
        self._store, self._notes = store, notes
        self._seen: set[str] = set()

    @property
    def count(self) -> int:
        return len(self._seen)

    def add(self, where: str, digests: Iterable[str]) -> None:
        for digest in digests:
            self._add(where, digest, "")

    def add_in(self, where: str, value: Any) -> None:
        """Those that a JSON value names, however deep inside it."""
        for digest, name in titled_in(value):
            self._add(where, digest, name)

    def _add(self, where: str, digest: str, name: str) -> None:
        if digest not in self._seen:
            self._seen.add(digest)
            self._look(where, digest, name)

    def _look(self, where: str, digest: str, name: str) -> None:
        if not NAME.fullmatch(digest):
            self._notes.tell(where, f"it names a file by {digest[:80]!r}, which is no hash")
            return
        try:
            self._store.read(digest)
        except FileDamaged:
            self._notes.tell(where, str(FileDamaged(digest, name)))
        except OSError as error:
            self._notes.tell(
                where, f"the stored file {digest}{f' ({name})' if name else ''} cannot be read: {error.strerror}"
            )
