"""The key that signs checkpoints as whoever keeps the office sees it: its file, and what the office tells of it."""

import shlex
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from alur.evidence.note import Verifier
from alur.storage import key_file, signing_keys
from alur.storage.address import address
from alur.storage.database import is_begun
from alur.storage.migrations import is_current
from alur.storage.troubles import database_errors
from alur.workflow.errors import Fault
from bot import wiring
from bot.settings import Settings


def begun(settings: Settings) -> tuple[str, ...] | None:
    """The keys that this office has begun, oldest first; None where no database of this version can be asked. It makes none."""
    with suppress(Fault, *database_errors()):
        if is_begun(address(settings.database)):
            with closing(wiring.database(settings)) as database:
                if is_current(database):
                    with database.read() as session:
                        return signing_keys.all_(session)
    return None


def exposed(path: Path) -> str | None:
    """A sentence where others than its owner may read the file; None where it is not there, or cannot be looked at."""
    with suppress(OSError):
        if not key_file.is_private(path):
            return f"ALUR_AUDIT_KEY_FILE: {path} can be read by others: chmod 600 {shlex.quote(str(path))}"
    return None


def news(path: Path, own: Verifier | None, keys: Sequence[str]) -> Iterator[str]:
    """What the next start will do that whoever put the file there may not mean. `own` is what it has, `keys` those begun."""
    last = Verifier.of(keys[-1]).name if keys else None
    if own is None and last is not None:
        yield (
            f"{path} is missing, and the office has signed with {last}: put it back, or the next start of `alur run` begins "
            "a new key and tells the administrators"
        )
    elif own is not None and str(own) not in keys:
        begins = f"the next start of `alur run` begins {own.name}"
        yield f"{begins}, in the place of {last}" if last is not None else begins
