"""The tree over all chains: its numbers, and its roots against every checkpoint, those that are stored and those that people
kept.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from sqlmodel import Session

from alur.evidence import checkpoint
from alur.evidence.checkpoint import Checkpoint
from alur.evidence.note import KeyInvalid, NoteInvalid, Verifier, parsed
from alur.evidence.tree import Growing
from alur.services.evidence.inspection.notes import Notes
from alur.services.evidence.inspection.pasted import PASTED, inspect_pasted
from alur.services.evidence.inspection.people import Key
from alur.storage import audit, checkpoints
from alur.storage.checkpoints import CheckpointRow
from alur.workflow.plural import plural

TRAIL = "trail"  # all chains together


def inspect_tree(
    session: Session, notes: Notes, keys: Mapping[str, Key], pasted: Sequence[str], own: Verifier | None
) -> None:
    """`keys` are those that the office's chain tells of; `own` is one that may have signed what was `pasted`, though the office
    tells of it no more.
    """
    claimed: list[tuple[str, Checkpoint]] = []
    with notes.reading("checkpoints"):
        for row in checkpoints.all_(session):
            notes.checkpoints += 1
            claimed += [(_place(row), item) for item in _stored(notes, keys, row)]
    verifiers = [*_verifiers(keys), *((own,) if own else ())]
    claimed += inspect_pasted(notes, verifiers, pasted)
    with notes.reading(TRAIL):
        size = _size(session, notes)
        roots = _roots(session, {item.size for _, item in claimed} | {size})
        if size not in roots:
            notes.tell(TRAIL, f"of its {_entries(size)} no unbroken row of numbers and hashes is left")
        for where, item in claimed:
            _judge(notes, where, item, size, roots)
        known = {item.size for where, item in claimed if not where.startswith(PASTED)}
        for where, item in claimed:
            if item.size not in known:
                notes.tell(where, f"the office signed it, of {_entries(item.size)}, and has it no more")


def _size(session: Session, notes: Notes) -> int:
    tree, written = audit.tree_size(session), audit.written(session)
    if tree.size != written:
        notes.tell(TRAIL, f"it has {_entries(written)}, and counts {tree.size:,}")
    if not 0 <= tree.wanted <= tree.size:
        notes.tell(TRAIL, f"a checkpoint was asked for at {_entries(tree.wanted)}, of {tree.size:,}")
    return tree.size


def _roots(session: Session, sizes: Collection[int]) -> dict[int, bytes]:
    """The tree's root at each of these sizes that it comes to."""
    tree, found = Growing(), dict[int, bytes]()
    if 0 in sizes:
        found[0] = tree.root
    for leaf in audit.leaves(session, upto=max(sizes)):
        tree.add(leaf)
        if tree.size in sizes:
            found[tree.size] = tree.root
    return found


def _judge(notes: Notes, where: str, item: Checkpoint, size: int, roots: Mapping[int, bytes]) -> None:
    if item.size > size:
        notes.tell(where, f"of {_entries(item.size)} that were signed the trail has {size:,}: some were cut off")
    elif item.size not in roots:
        notes.tell(where, f"the first {item.size} entries are no longer all there")
    elif roots[item.size] != item.root:
        notes.tell(where, f"the first {item.size} entries are not those that were signed")


def _stored(notes: Notes, keys: Mapping[str, Key], row: CheckpointRow) -> Iterator[Checkpoint]:
    """What its note says, if it is one of a key of this office; the row must say the same."""
    where = _place(row)
    try:
        item, _ = checkpoint.read(row.note, Verifier.of(row.key))
        signatures = len(parsed(row.note).signatures)
    except (NoteInvalid, KeyInvalid) as fault:
        notes.tell(where, str(fault))
        return
    key = keys.get(row.key)
    if key is None:
        notes.tell(where, "it is signed with a key that the office's chain does not tell of")
    elif key.entry > row.size:
        notes.tell(where, "it is signed with a key that began later")
    if (item.size, item.root.hex(), signatures) != (row.size, row.root, 1):
        notes.tell(where, "its row says other than its note")
    yield item


def _verifiers(keys: Iterable[str]) -> Iterator[Verifier]:
    """What is told of as a key and is none has signed nothing."""
    for key in keys:
        with suppress(KeyInvalid):
            yield Verifier.of(key)


def _place(row: CheckpointRow) -> str:
    return f"checkpoint of {_entries(row.size)}"


def _entries(number: int) -> str:
    return plural(number, "entry", "entries")
