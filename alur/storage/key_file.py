"""The key that signs checkpoints, in a file of its own that only its owner reads. Made at the first start by whichever process
comes first; a backup does not contain it, so that who holds one cannot sign.
"""

import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from alur.evidence.note import KeyInvalid, Signer
from alur.storage.durable import make_folder, sync, sync_name
from alur.workflow.errors import Fault

FILE = "audit.key"  # in the data folder, where the setting names no other
PREFIX = "alur-audit"  # of a key's name, before what is its own


class KeyUnusable(Fault):
    """`why` is a clause."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"ALUR_AUDIT_KEY_FILE: {path} {why}")


class KeyMissing(KeyUnusable):
    def __init__(self, path: Path) -> None:
        super().__init__(path, "does not exist; `alur run` makes it at its first start")


def load(path: Path) -> Signer:
    """Raises `KeyUnusable`."""
    try:
        return Signer.of(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        raise KeyMissing(path) from None
    except OSError as error:
        raise KeyUnusable(path, f"cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, KeyInvalid):
        raise KeyUnusable(path, "is no key of Alur's; put the right file back, or take it away") from None


def load_or_make(path: Path) -> Signer:
    """The office's key, on the disk when this returns. Of two that make it at once both get the one that stands."""
    try:
        signer = load(path)
    except KeyMissing:
        _make(path)
        signer = load(path)
    try:
        sync(path)
        sync_name(path)  # also one that another process has made just now: what it signs is known to the office
    except OSError as error:
        raise KeyUnusable(path, f"cannot be kept: {error.strerror}") from None
    return signer


def holds(path: Path, signer: Signer) -> bool:
    """Whether the file is there, can be read, and has this key."""
    try:
        return load(path).verifier.key_id == signer.verifier.key_id
    except KeyUnusable:
        return False


def is_private(path: Path) -> bool:
    """Whether nobody but its owner can read it."""
    return path.stat().st_mode & 0o077 == 0


def _make(path: Path) -> None:
    secret = secrets.token_bytes(32)
    unnamed = Signer("unnamed", secret)
    own = sha256(unnamed.verifier.public).hexdigest()[:12]
    signer = Signer(f"{PREFIX}-{own}", secret)
    try:
        make_folder(path.parent)
        with NamedTemporaryFile("w", encoding="ascii", dir=path.parent, prefix=".") as file:
            file.write(f"{signer.line()}\n")
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileExistsError):  # another was quicker; a renaming would put ours in its place
                os.link(file.name, path)
    except OSError as error:
        raise KeyUnusable(path, f"cannot be made: {error.strerror}") from None
