"""Checkpoints of the tree as C2SP writes them (https://c2sp.org/tlog-checkpoint): whose tree it is, its size and its root,
three lines signed as a note. Ours have no further lines: readers of such notes disagree about what may stand there.
"""

import base64
import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from alur.evidence.note import Note, NoteInvalid, Signer, Verifier, decoded, parsed
from alur.evidence.tree import DIGEST

SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
MARK = "\ufeff"  # of the bytes' order: some editors put it before what is pasted
# Around a line: blanks, fences, and signs without a width, which chats put there.
AROUND = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "`\u200b\u200c\u200d\u200e\u200f\u2060" + MARK
STAMPED = re.compile(r".*[:\]]\s+(\S+)")  # a chat's "[30/11/26, 16.00] Alur: " before the first line
DASHED = re.compile(r"(?:—|\u2013|--?)\s+(\S+)(?:\s+(\S+))?")
PIECE = re.compile(r"[A-Za-z0-9+/]+={0,2}")
ROOT_LIKE = re.compile(r"[A-Za-z0-9+/]{20,}={0,2}")
SIGNED = 92  # signs of an Ed25519 signature with its key's number, in base64


class NotSigned(NoteInvalid):
    """By none of the keys that were asked."""

    def __init__(self) -> None:
        super().__init__("it is signed by none of the keys of this office")


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
    """What it says, and whose word it is. Raises `NotSigned` where none of the keys has signed it, and `NoteInvalid`, also where
    one of the signatures under their names is wrong.
    """
    whole = parsed(note)
    checkpoint = _checkpoint(whole)
    for verifier in [item for item in verifiers if item.has_signed(whole)]:
        if verifier.name == checkpoint.origin:
            return checkpoint, verifier
    raise NotSigned


def mended(pasted: str) -> str:
    """The note as it was before it went through chats, editors and clipboards: what they do to a text's ends and to the ends of
    its lines is undone, and nothing else.
    """
    text = pasted.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")
    return text.strip("\n") + "\n"


def text_of(data: bytes) -> str:
    """What an editor may have saved: UTF-8, UTF-16 with its mark or without, or a code page of Windows. Of other bytes it makes
    a text in which nothing is found.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if data.count(0) > len(data) // 4:
        is_little = data[1::2].count(0) > data[::2].count(0)
        return data.decode("utf-16-le" if is_little else "utf-16-be", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def found(text: str) -> tuple[str, ...]:
    """The notes that stand in a text, each as it was signed if nothing in it was changed; none of them is believed yet.

    Three lines before one that begins with a dash, and whose words look like a checkpoint or a signature. What chats, editors and
    mail do around lines is undone: words before and after the block, quoting, fences, blanks, empty lines more or less, a shorter
    dash, a signature broken into several lines. Inside the lines nothing is.
    """
    lines = [line for line in map(_bare, text.splitlines()) if line]
    notes: list[str] = []
    at = begin = 0
    while at < len(lines):
        body = lines[max(begin, at - 3) : at]
        signatures, after = _signatures(lines, at, is_due=len(body) == 3 and _looks_signed(body))
        if signatures and len(body) == 3:
            stamped = STAMPED.fullmatch(body[0])
            origin = _bare(stamped[1]) if stamped else body[0]
            notes.append("\n".join((origin, *body[1:], "", *signatures, "")))
            begin = after
        at = max(after, at + 1)
    return tuple(notes)


def names(note: str) -> tuple[str, ...]:
    """Whose it says to be: as its first line has it, then as its signatures do. Of one that is damaged, what can be read."""
    origin, *others = note.split("\n")
    return (origin, *(item[1] for line in others if (item := DASHED.fullmatch(line))))


def _bare(line: str) -> str:
    return line.strip(AROUND).lstrip(f"{AROUND}>")


def _looks_signed(body: Sequence[str]) -> bool:
    return body[1].isdigit() and ROOT_LIKE.fullmatch(body[2]) is not None


def _signatures(lines: Sequence[str], at: int, *, is_due: bool) -> tuple[list[str], int]:
    """Those that begin there, and where the rest of the text begins. Where one `is_due` a line that begins with a dash is meant
    as one; elsewhere one must look like ours.
    """
    signatures: list[str] = []
    while at < len(lines) and (dashed := DASHED.fullmatch(lines[at])):
        name, value, after = dashed[1], dashed[2] or "", at + 1
        while after < len(lines) and len(value) < SIGNED and PIECE.fullmatch(value + lines[after]):
            value, after = value + lines[after], after + 1
        is_like = len(decoded(value) or b"") > 4
        if not (is_like if signatures else is_due or (is_like and len(value) >= SIGNED)):
            break
        signatures.append(f"— {name} {value}".rstrip())
        at = after
    return signatures, at


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
