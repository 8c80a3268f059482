"""Checkpoints of the tree as C2SP writes them (https://c2sp.org/tlog-checkpoint): whose tree it is, its size and its root,
three lines signed as a note. Ours have no further lines: readers of such notes disagree about what may stand there.
"""

import base64
import re
from dataclasses import dataclass

from alur.evidence.note import Note, NoteInvalid, Signer, Verifier, parsed
from alur.evidence.tree import DIGEST

SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
MARK = "\ufeff"  # of the bytes' order: some editors put it before what is pasted


@dataclass(frozen=True, slots=True)
class Checkpoint:
    origin: str  # whose tree it is; ours are named like their key
    size: int  # leaves
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def signed(checkpoint: Checkpoint, signer: Signer) -> str:
    return signer.signed(checkpoint.text)


def read(note: str, *verifiers: Verifier) -> tuple[Checkpoint, Verifier]:
    """What it says, and whose word it is. Raises `NoteInvalid`, also where none of the keys has signed it, or one of the
    signatures under their names is wrong.
    """
    whole = parsed(note)
    checkpoint = _checkpoint(whole)
    for verifier in [item for item in verifiers if item.has_signed(whole)]:
        if verifier.name == checkpoint.origin:
            return checkpoint, verifier
    raise NoteInvalid("it is signed by none of the keys of this office")


def mended(pasted: str) -> str:
    """The note as it was before it went through chats, editors and clipboards: what they do to a text's ends and to the ends of
    its lines is undone, and nothing else.
    """
    text = pasted.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")
    return text.strip("\n") + "\n"


def _checkpoint(note: Note) -> Checkpoint:
    lines = note.text[:-1].split("\n")
    if len(lines) != 3 or not lines[0] or not SIZE.fullmatch(lines[1]):
        raise NoteInvalid("a checkpoint is three lines: whose tree, its size, its root")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except ValueError:
        root = b""
    checkpoint = Checkpoint(origin=lines[0], size=int(lines[1]), root=root)
    if len(root) != DIGEST or checkpoint.text != note.text:
        raise NoteInvalid("the third line is no SHA-256 in base64")
    return checkpoint
