"""A case's bundle as it goes through a chat: its ZIPs as of a checkpoint, the same bytes whenever they are asked for. To be
called in a reader's thread; one ZIP at a time is in memory.
"""

from alur.services.evidence.bundle import archive
from alur.services.evidence.bundle.plan import Plan, planned
from alur.services.work import Work
from alur.storage.file_store import FileStore


def part_names(work: Work, case_id: int, size: int) -> tuple[str, ...]:
    """The names of its ZIPs, of the entries that a checkpoint of that size covers; usually one."""
    return archive.names(_plan(work, case_id, size))


def part(work: Work, store: FileStore, case_id: int, size: int, number: int) -> bytes:
    """The ZIP of that number, from 0. Raises `FileDamaged` where a stored file is gone."""
    return archive.packed(_plan(work, case_id, size), store, number)


def left_out(work: Work, case_id: int, size: int) -> tuple[str, ...]:
    """The files that are too large for any of them, as the bundle would name them."""
    return _plan(work, case_id, size).left_out


def _plan(work: Work, case_id: int, size: int) -> Plan:
    return planned(work.session, work.calendar, case_id, papers=work.papers, size=size, by_chat=True)
