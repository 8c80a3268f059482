"""Signed checkpoints of the trail: when one is due, and how it is made. The tree is gone through in a snapshot, beside whoever
writes; signing is one short transaction. Called by `jobs.checkpoints` and, at the start, by `bot.run`.
"""

from dataclasses import dataclass

from alur.evidence import checkpoint
from alur.evidence.checkpoint import Checkpoint
from alur.evidence.note import Signer
from alur.evidence.tree import Tree
from alur.services.work import Work
from alur.storage import audit, checkpoints, signing_keys
from alur.storage.checkpoints import CheckpointRow
from alur.workflow.errors import Fault
from alur.workflow.office.events import KeyBegun


class TrailBroken(Fault):
    """What stands in the trail is no longer what was written: nothing more is signed until a person has looked."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(f"the trail's first {size} entries are not what they were; run `alur audit verify`")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The tree as it stood in one snapshot."""

    size: int
    root: bytes


def begin_key(work: Work, signer: Signer) -> bool:
    """Names the key in the office's chain, before anything is signed with it. Whether it took another's place."""
    key = str(signer.verifier)
    if signing_keys.is_known(work.session, key):
        return False
    was = signing_keys.all_(work.session)
    signing_keys.add(work.session, key, at=work.now)
    events = [KeyBegun(key=key).model_dump(mode="json")]
    entry = {"act": {"act": "begin_key"}, "events": events, "applied": work.now.isoformat(), "update": None}
    audit.append(work.session, case_id=None, at=work.now, member=None, entry=entry)
    return bool(was)


def is_due(work: Work) -> bool:
    """Whether something was written since the last one, and the office has closed since, or a case was archived. A new office
    signs at the first closing after its first entry, not at its first tick. `CalendarNotCovered` where it depends on a closing
    that the calendar does not know.
    """
    tree, last = audit.tree_size(work.session), checkpoints.last(work.session)
    signed = last.size if last is not None else 0
    if tree.size <= signed:
        return False
    if tree.wanted > signed:
        return True
    if last is not None:
        return last.at < work.calendar.last_closing(work.now)
    begun = audit.begun_at(work.session)
    return begun is None or begun <= work.calendar.last_closing(work.now)


def measured(work: Work) -> Measured:
    """Raises `TrailBroken` where an entry is missing, or the tree has not grown out of the last one that was signed."""
    size, last = audit.tree_size(work.session).size, checkpoints.last(work.session)
    tree = Tree(audit.leaves(work.session, upto=size))
    if tree.size != size:
        raise TrailBroken(tree.size + 1)
    if last is not None and (last.size > size or tree.root_at(last.size).hex() != last.root):
        raise TrailBroken(last.size)
    return Measured(size=size, root=tree.root)


def sign(work: Work, tree: Measured, signer: Signer) -> CheckpointRow | None:
    """None where one of that size, or a later one, stands already."""
    last = checkpoints.last(work.session)
    if last is not None and last.size >= tree.size:
        return None
    made = Checkpoint(origin=signer.verifier.name, size=tree.size, root=tree.root)
    row = CheckpointRow(
        size=made.size,
        root=made.root.hex(),
        at=work.now,
        key=str(signer.verifier),
        note=checkpoint.signed(made, signer),
    )
    checkpoints.add(work.session, row)
    return row
