"""Signed notes as C2SP writes them (https://c2sp.org/signed-note), with Ed25519 (RFC 8032): a text, an empty line, and a
line for each signature. A verifier's key is one line of ASCII that can be passed on by hand; so is a signer's, which must not.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from alur.workflow.errors import Fault

ED25519 = b"\x01"  # the algorithm, as the note's keys name it
SECRET = "PRIVATE+KEY"  # noqa: S105 - how a signer's line begins
NAME = re.compile(r"[!-*,-~]+")  # ASCII without blanks and without the plus that parts a key's line
SIGNATURE = re.compile(r"— ([^\s+]+) (\S+)")  # what stands before the name is an em dash


class NoteInvalid(Fault):
    """`why` is a clause."""

    def __init__(self, why: str) -> None:
        super().__init__(f"no signed note: {why}")


class KeyInvalid(Fault):
    """`why` is a clause."""

    def __init__(self, why: str) -> None:
        super().__init__(f"no key of a signed note: {why}")


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    key_id: bytes  # 4 bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Note:
    text: str  # with its final line feed
    signatures: tuple[Signature, ...]


class Verifier:
    """Whoever can tell whether a note was signed by the key of this name."""

    def __init__(self, name: str, public: bytes) -> None:
        self.name, self.public = name, public
        self.key_id = sha256(f"{name}\n".encode() + ED25519 + public).digest()[:4]

    @classmethod
    def of(cls, line: str) -> "Verifier":
        """Of a line as `str(verifier)` writes it. `KeyInvalid` where it is none."""
        verifier = cls(*_key(line.strip(), parts=3))
        if str(verifier) != line.strip():
            raise KeyInvalid("its number is another key's")
        return verifier

    def __str__(self) -> str:
        return _line(self.name, self.key_id, self.public)

    def has_signed(self, note: Note) -> bool:
        """Whether there is a signature of this key. `NoteInvalid` where one bears its name and number and is not its own: some
        readers judge by the first, some by any.
        """
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - 10 MB, and few commands sign or verify
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - likewise

        own = [item.value for item in note.signatures if (item.name, item.key_id) == (self.name, self.key_id)]
        try:
            for value in own:
                Ed25519PublicKey.from_public_bytes(self.public).verify(value, note.text.encode())
        except InvalidSignature:
            raise NoteInvalid(f"the signature of {self.name} is not of this text") from None
        return bool(own)


class Signer:
    """Signs under a name; `secret` are the 32 bytes of RFC 8032."""

    def __init__(self, name: str, secret: bytes) -> None:
        if not NAME.fullmatch(name):
            raise KeyInvalid("its name must be ASCII without blanks and plus signs")
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - likewise

        self._secret = secret
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.verifier = Verifier(name, self._key.public_key().public_bytes_raw())

    @classmethod
    def of(cls, line: str) -> "Signer":
        """Of a line as `line()` writes it. `KeyInvalid` where it is none; the message shows nothing of it."""
        name, secret = _key(line.strip().removeprefix(f"{SECRET}+"), parts=3)
        signer = cls(name, secret)
        if signer.line() != line.strip():
            raise KeyInvalid("its number is another key's")
        return signer

    def line(self) -> str:
        """The secret itself, in one line."""
        return f"{SECRET}+{_line(self.verifier.name, self.verifier.key_id, self._secret)}"

    def signed(self, text: str) -> str:
        """The text, which must end with a line feed, as a note with our signature."""
        value = base64.b64encode(self.verifier.key_id + self._key.sign(text.encode())).decode()
        return f"{text}\n— {self.verifier.name} {value}\n"


def parsed(note: str) -> Note:
    """Raises `NoteInvalid`. Nothing of it is believed yet: that is for a `Verifier` to say."""
    text, parting, tail = note.rpartition("\n\n")
    if not parting or not tail.endswith("\n"):
        raise NoteInvalid("a text, an empty line and a signature, each line ended, are what it consists of")
    if any(ord(sign) < 0x20 and sign != "\n" for sign in note):
        raise NoteInvalid("there is a control character in it")
    if any("\ud800" <= sign <= "\udfff" for sign in note):
        raise NoteInvalid("it is no UTF-8")
    return Note(text=f"{text}\n", signatures=tuple(_signature(line) for line in tail[:-1].split("\n")))


def decoded(text: str) -> bytes | None:
    """Only what base64 writes itself: of two texts for the same bytes one could be changed for the other unseen."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return value if base64.b64encode(value).decode() == text else None


def _signature(line: str) -> Signature:
    found = SIGNATURE.fullmatch(line)
    value = decoded(found[2]) if found else None
    if not found or value is None or len(value) <= 4:
        raise NoteInvalid(f"{line!r} is no signature")
    return Signature(name=found[1], key_id=value[:4], value=value[4:])


def _key(line: str, *, parts: int) -> tuple[str, bytes]:
    found = line.split("+", parts - 1)
    value = decoded(found[-1]) if len(found) == parts else None
    if value is None or value[:1] != ED25519 or len(value) != 33 or not NAME.fullmatch(found[0]):
        raise KeyInvalid("it is not NAME+NUMBER+KEY of an Ed25519 key")
    return found[0], value[1:]


def _line(name: str, key_id: bytes, key: bytes) -> str:
    return f"{name}+{key_id.hex()}+{base64.b64encode(ED25519 + key).decode()}"
