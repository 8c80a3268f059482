"""Checkpoints that people kept, as they come back from a chat: whose they are, and what they say. What is another office's, or
can be read by nobody, says nothing of this one; what bears this office's name and is not its word is a fault.
"""

from collections.abc import Collection, Iterator, Sequence

from alur.evidence import checkpoint
from alur.evidence.checkpoint import Checkpoint, NotSigned
from alur.evidence.note import NoteInvalid, Verifier
from alur.services.evidence.inspection.notes import FOREIGN, Notes

PASTED = "pasted checkpoint"


def inspect_pasted(
    notes: Notes, verifiers: Collection[Verifier], pasted: Sequence[str]
) -> Iterator[tuple[str, Checkpoint]]:
    """Those that one of these keys has signed, each with its place. A text may have several, and words around them."""
    number = 0
    for text in pasted:
        for note in checkpoint.found(text) or (text,):
            number += 1
            notes.checkpoints += 1
            where = f"{PASTED} {number}"
            try:
                item, _ = checkpoint.read(note, *verifiers)
            except NoteInvalid as fault:
                what, matter = _why(note, {item.name for item in verifiers}, fault)
                notes.tell(where, what, matter=matter)
            else:
                yield where, item


def _why(note: str, own: Collection[str], fault: NoteInvalid) -> tuple[str, str]:
    origin, *others = checkpoint.names(note)
    claimed = next((name for name in (origin, *others) if name in own), None)
    is_read = isinstance(fault, NotSigned)
    if claimed is None and not is_read:
        return str(fault), FOREIGN
    if claimed is None and not own:
        return f"it is of {origin}, and this office knows no key: none has begun, or what told of it is gone", FOREIGN
    if claimed is None:
        return f"it is another office's ({origin}): it says nothing of this one", FOREIGN
    if not is_read:
        return f"it says to be of this office ({claimed}), and is damaged or altered: {fault}", ""
    if claimed != origin:
        return f"it bears the name of this office's key ({claimed}) under another's tree ({origin})", ""
    return f"it says to be of this office ({claimed}), and is not signed with its key: another has signed", ""
